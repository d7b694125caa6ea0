"""How both databases go about it: a page walks along an index, and is neither sought in the whole table nor sorted.

SQLite says its plan of an empty database as of a full one. PostgreSQL would read an empty table whole; it is asked what it can do where
reading whole tables and sorting cost much.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.record import queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.listing import counts, pages
from engine.record.listing.selection import CLOSED, EVERY, OPEN, Selection
from engine.record.sqlite import SQLite
from tests.conftest import Shared

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
AFTER: dict[str, Any] = {"id": 7, "level": 2, "acted_level": 2}

PAGES: dict[str, Selection] = {
    "open": Selection(NOW, scope=OPEN), "closed": Selection(NOW, scope=CLOSED, sort="closed"), "all": Selection(NOW),
    "newest": Selection(NOW, scope=EVERY, sort="newest"), "changed": Selection(NOW, scope=EVERY, sort="changed"),
    "changed, open": Selection(NOW, scope=OPEN, sort="changed"), "level": Selection(NOW, scope=OPEN, sort="level"),
    "turn-due": Selection(NOW, scope=OPEN, sort="turn-due"), "number": Selection(NOW, scope=OPEN, sort="number"),
    "unit": Selection(NOW, {"unit": ["FGW"]}, scope=OPEN), "units": Selection(NOW, {"unit": ["FGW", "GAJ"]}, scope=OPEN),
    "as a unit": Selection(NOW, {"unit": ["FGW"], "hidden": ["x found"]}, scope=OPEN),
    "unit and light": Selection(NOW, {"unit": ["FGW"]}, lights=["red"], scope=OPEN),
    "closed by lead": Selection(NOW, {"lead": ["FGW"]}, scope=CLOSED, sort="closed"),
    "state": Selection(NOW, {"state": ["found"]}), "states": Selection(NOW, {"state": ["found", "submitted"]}),
    "turn": Selection(NOW, {"turn": ["office"]}, scope=OPEN), "measure": Selection(NOW, {"measure": ["3.1"]}, scope=OPEN),
    "source": Selection(NOW, {"source": ["media"]}, scope=OPEN), "officer": Selection(NOW, {"officer": ["lizy"]}, scope=OPEN),
    "level of": Selection(NOW, {"level": [3]}, scope=OPEN), "of a unit": Selection(NOW, {"unit": ["FGW"], "acted_level": [3]}, scope=OPEN),
    "repeats": Selection(NOW, switches=["repeats"]),
    "overdue": Selection(NOW, switches=["overdue"], scope=OPEN), "red": Selection(NOW, lights=["red"]),
    "yellow": Selection(NOW, lights=["yellow"], scope=OPEN), "asked": Selection(NOW, switches=["asked"], scope=OPEN),
    "instructed": Selection(NOW, switches=["instructed"]), "proposals": Selection(NOW, switches=["proposals"], scope=OPEN, sort="number"),
    "letters due": Selection(NOW, {"state": ["rectifying", "submitted"]}, switches=["proposals"], scope=OPEN),
    "objected": Selection(NOW, switches=["objected"], scope=OPEN),
    "due in a span": Selection(NOW, {"due_from": NOW, "due_before": NOW}, scope=OPEN),
    "closed in a state": Selection(NOW, {"state": ["verified"]}, scope=CLOSED, sort="closed"),
    "closed for a measure": Selection(NOW, {"measure": ["3.1"]}, scope=CLOSED, sort="closed"),
    "closed of a source": Selection(NOW, {"source": ["media"]}, scope=CLOSED, sort="closed"),
    "closed in a span": Selection(NOW, {"closed_from": NOW, "closed_before": NOW}, scope=CLOSED, sort="closed"),
    "changed since": Selection(NOW, {"changed_from": NOW}, sort="changed"),
}


@pytest.fixture
def planner(shared: Shared) -> Database:
    """A record that is asked for plans only, so that all tests can share it."""
    return shared(_without_whole_tables)


def _without_whole_tables(database: Database) -> Database:
    if not isinstance(database, SQLite):
        for name in ("seqscan", "sort", "incremental_sort", "bitmapscan"):
            database.rows(f"SELECT set_config('enable_{name}', 'off', false)")
    return database


def plan(database: Database, sql: str, values: dict[str, Any]) -> list[str]:
    if isinstance(database, SQLite):
        return [row[3] for row in database.rows(f"EXPLAIN QUERY PLAN {sql}", **values)]
    return [row[0] for row in database.rows(f"EXPLAIN {sql}", **values)]


def whole_table_or_sorted(steps: list[str]) -> list[str]:
    """The steps that read a whole table in no order, or put rows in order."""
    return [
        step for step in steps
        if "TEMP B-TREE FOR ORDER" in step or "TEMP B-TREE FOR LAST" in step or "Seq Scan" in step or "Sort" in step
        or (step.startswith(("SCAN ticket", "SCAN cooperator")) and "USING" not in step)
    ]


@pytest.mark.parametrize("again", [False, True], ids=["first page", "next page"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_walks_along_an_index(planner: Database, name: str, again: bool) -> None:
    selection = PAGES[name]
    for part in pages.parts(selection):
        if selection.sort == "closed" and part.dated is False:  # closed before the time of closing was kept: a handful
            continue
        after = (None if part.dated is False else AFTER.get(part.order.column, NOW), 7)
        walked = part if not again else replace(part, after=after)
        for statement, values in pages.branches(walked):
            steps = plan(planner, statement, values)
            in_order_of_ids = selection.sort == "newest" and steps == ["SCAN ticket"]
            assert not whole_table_or_sorted(steps) or in_order_of_ids, steps


WALKED = {
    "open": "ticket_open", "all": "ticket_promised", "changed": "ticket_changed", "changed, open": "ticket_changed_open",
    "level": "ticket_level", "turn-due": "ticket_turn_due",
    "number": "ticket_under_way", "unit": "ticket_of_lead", "as a unit": "ticket_of_lead", "closed": "ticket_closed",
    "closed by lead": "ticket_closed_by_lead", "closed in a state": "ticket_closed_in_state",
    "closed for a measure": "ticket_closed_for_measure", "closed of a source": "ticket_closed_of_source",
    "state": "ticket_in_state", "turn": "ticket_in_turn", "measure": "ticket_for_measure",
    "source": "ticket_of_source", "officer": "ticket_of_officer", "overdue": "ticket_open",
    "repeats": "ticket_repeating_due", "red": "ticket_open", "yellow": "ticket_open",
    "due in a span": "ticket_open", "instructed": "ticket_instructed", "proposals": "ticket_proposing",
    "letters due": "ticket_proposing_due", "asked": "ticket_blue", "objected": "ticket_objected",
}


@pytest.mark.parametrize("name", WALKED)
def test_sqlite_walks_along_the_index_that_holds_least(sqlite_url: str, name: str) -> None:
    """Without statistics it takes the newest of two indexes that serve alike: past all that is closed, if that were the wrong one."""
    with closing(connect(sqlite_url)) as database:
        for part in pages.parts(PAGES[name]):
            (statement, values), *others = pages.branches(part)
            steps = " ".join(plan(database, statement, values)) + " "
            assert part.dated is False or f"INDEX {WALKED[name]} " in steps
            for branch, given in others:
                assert "INDEX cooperator_promised " in " ".join(plan(database, branch, given))


def test_words_are_looked_for_among_the_nearest_and_then_once_in_every_title(planner: Database) -> None:
    selection = next(pages.parts(Selection(NOW, {"text": "Ⅱ类"}, scope=OPEN)))
    statement, values = pages.nearest(selection, 500)
    steps = plan(planner, statement, values)
    assert any("ticket_open" in step for step in steps)
    statement, values = pages.scan(selection)
    assert statement.count("LIKE :text ") == 1


@pytest.mark.parametrize(("filters", "scope"), [({}, EVERY), ({}, CLOSED), ({"grade": ["A"]}, EVERY)], ids=["all", "closed", "of a grade"])
def test_every_title_is_looked_at_in_the_index_of_titles_and_no_ticket_for_it(sqlite_url: str, filters: dict[str, Any], scope: str) -> None:
    selection = Selection(NOW, {**filters, "text": "材料"}, scope=scope)
    with closing(connect(sqlite_url)) as database:
        for statement, values in (pages.scan(selection), counts.counting(selection)):
            walked = [step for step in plan(database, statement, values) if step.startswith("SCAN ticket")]
            assert walked == ["SCAN ticket USING COVERING INDEX ticket_titles"]


def test_figures_are_read_along_the_open_ones_or_those_of_their_time(sqlite_url: str) -> None:
    """Also where they are parted by a column that has an index of every ticket."""
    with closing(connect(sqlite_url)) as database:
        for column in ("state", "opened_at", "source", "workflow"):
            span = Selection(NOW, {"opened_from": NOW, "opened_before": NOW}, sort="number")
            [opened] = [step for step in plan(database, *counts.counting_opened(span, column)) if " ticket " in step]
            assert "INDEX ticket_opened (opened_at>? AND opened_at<?" in opened
            steps = plan(database, *counts.counting_open(Selection(NOW, scope=OPEN, sort="number"), column))
            [along] = [step.rpartition(" ")[2] for step in steps if step.startswith("SCAN ticket USING INDEX")]
            [(text,)] = database.rows("SELECT sql FROM sqlite_master WHERE name = :along", along=along)
            assert text.endswith("WHERE NOT final"), steps


def test_the_doctor_reads_the_end_of_the_log_and_the_first_of_the_open_tickets(database: Database) -> None:
    backwards = plan(_without_whole_tables(database), queries.BACKWARDS, {"after": 9, "limit": 9})
    late = plan(database, queries.STUCK_LATE, {"since": NOW})
    assert not [step for step in (*backwards, *late) if "Seq Scan" in step or step.startswith("SCAN")], (backwards, late)
    assert any("ticket_open" in step for step in late)


@pytest.mark.parametrize("leads", [["FGW"], ["FGW", "GAJ"]], ids=["one lead", "two leads"])
def test_the_figures_of_a_lead_are_read_along_its_own_indexes(sqlite_url: str, leads: list[str]) -> None:
    opened = Selection(NOW, {"lead": leads, "opened_from": NOW, "opened_before": NOW}, sort="number")
    closed = Selection(NOW, {"lead": leads, "closed_from": NOW, "closed_before": NOW}, scope=CLOSED, sort="number")
    under_way = Selection(NOW, {"lead": leads}, scope=OPEN, sort="number")
    with closing(connect(sqlite_url)) as database:
        for (statement, values), index in (
            (counts.counting_opened(opened, "source"), "ticket_opened_for"), (counts.times_of(closed, "source"), "ticket_closed_by_lead"),
            (counts.counting_open(under_way, "source"), "ticket_of_lead"),
        ):
            assert f"INDEX {index} (lead=?" in " ".join(plan(database, statement, values))


def test_whose_unit_has_nobody_is_asked_of_units_and_not_of_every_ticket(database: Database) -> None:
    steps = plan(database, queries.IDLE_UNITS, {"now": NOW})
    assert not any("Seq Scan on ticket" in step or step.startswith(("SCAN ticket", "SCAN cooperator")) for step in steps), steps
    aside = plan(database, queries.IDS_SET_ASIDE, {"limit": 9})
    assert any("event_set_aside" in step for step in aside), aside


@pytest.mark.parametrize(("sql", "values"), [
    (queries.OPENED_BEFORE, {"since": NOW, "id": 1, "measure": "3.1", "lead": "FGW", "limit": 9}),
    (queries.STATES_OF_TICKETS, {}), (queries.EVENT_IDS, {"stream": 1}), (queries.STORED_EVENTS, {"stream": 1}),
    (queries.TICKET_NUMBERED_SEEN, {"number": "x"}),
    (queries.HASHES, {"after": 1, "upto": 9, "limit": 9}), (queries.AUDIT_TICKET, {"stream": 1}),
    (queries.AUDIT_STREAM, {"stream": 1}), (queries.AUDIT_COOPERATORS_OF, {"stream": 1}), (queries.AUDIT_CITATIONS_OF, {"stream": 1}),
])
def test_a_command_on_one_ticket_reads_no_table_whole(planner: Database, sql: str, values: dict[str, Any]) -> None:
    steps = plan(planner, sql, values)
    assert not any("Seq Scan" in step or (step.startswith("SCAN") and "ticket" in step and "USING" not in step) for step in steps), steps


@pytest.mark.parametrize(("sql", "values"), [
    (queries.TICKETS_OF_BATCH, {"batch": "B-2026-0001"}), (queries.TICKETS_OF_BATCHES, {"numbers": ["B-2026-0001"]}),
    (queries.UNASSIGNED_OF_BATCH, {"batch": "B-2026-0001"}), (queries.BATCH_OF_LETTER, {"letter": "1", "sender": "x"}),
    (queries.BATCHES, {"before": 9, "everything": False, "limit": 9}),
    (queries.OF_ANOTHER_VERSION, {"workflow": "x", "definition": "y", "after": 1, "limit": 9}),
    (queries.EVERY_EVENT, {"stream": 1, "seq": 1, "limit": 9}), (queries.CITATIONS, {"hashes": ["ab" * 32]}),
    (queries.FILE_NAMES_OF, {"stream": 1}), (queries.ENTRIES, {}),
    (queries.UNTOLD_FEEDBACK, {"since": NOW, "limit": 9}), (queries.FEEDBACK_OF_LINK, {"token": "x"}),
    (queries.FEEDBACK_OF_TICKET, {"number": "x"}), (queries.REDO_WAITING, {"limit": 9}),
])
def test_what_batches_feedback_and_rebuilding_read_lies_along_an_index(planner: Database, sql: str, values: dict[str, Any]) -> None:
    steps = plan(planner, sql, values)
    along = ("USING", "json_each", "SCAN known")
    whole = [step for step in steps if "Seq Scan on" in step or (step.startswith("SCAN") and not any(word in step for word in along))]
    assert not whole, steps
