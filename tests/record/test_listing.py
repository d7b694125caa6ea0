from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.errors import UsageError
from engine.record.database import Database
from engine.record.listing.counts import counting
from engine.record.listing.pages import listing, read_beginnings, read_page
from engine.record.listing.selection import LIGHTS, SORTS, Selection
from engine.rules.proof.chain import stamp
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import light
from tests.conftest import Shared
from tests.record.conftest import HASH, NOON, Office, deadline, furnish

DAY = timedelta(days=1)


@pytest.fixture
def desk(shared: Shared) -> Office:
    """Tickets of every light, some without any date, that all tests read."""
    return shared(filled)


@pytest.fixture
def own_desk(database: Database) -> Office:
    """The same for a test that writes."""
    return filled(database)


def filled(database: Database) -> Office:
    furnish(database)
    office = Office(database)
    for place in range(3):
        office.assigned("FGW", ("GAJ",), due=NOON + place * DAY)
    office.assigned("GAJ", due=NOON + 2 * DAY)
    office.open()
    office.open(source="complaint", measure="3.1", source_ref="100%_a!")
    warned = office.open()
    office.do(warned.id, "assigned", {
        "lead": "SHUIWJ", "deadlines": {"rectify": deadline(NOON + 9 * DAY, warn_at=stamp(NOON + DAY))},
    })
    asked = office.assigned("FGW", due=NOON)
    office.do(asked.id, "assigned", {"request": {"to": stamp(NOON + 9 * DAY), "at": stamp(NOON), "by": "fgw", "seq": 3}})
    resting = office.assigned("FGW")
    office.do(resting.id, "suspended", {"returns_to": "rectifying", "wake_at": stamp(NOON + 30 * DAY)})
    closed = office.assigned("FGW")
    office.do(closed.id, "verified", {"final": True, "wake_at": None, "closed_as": "verified"})
    return office


def found(db: Database, selection: Selection) -> list[Ticket]:
    return [ticket for ticket, _ in read_page(db, selection)]


@pytest.mark.parametrize("hours", [-1, 0, 24, 25, 48, 300])
def test_the_light_of_a_list_is_the_light_of_the_rules(desk: Office, hours: int) -> None:
    now = NOON + timedelta(hours=hours)
    every = [ticket for ticket, _ in desk.tickets.values()]
    for name in LIGHTS:
        assert {ticket.id for ticket in found(desk.db, Selection(now, lights=[name]))} == {
            ticket.id for ticket in every if light(ticket, now) == name
        }
    sql, values = counting(Selection(now))
    counts = dict(desk.db.rows(sql, **values))
    assert counts == {name: number for name in LIGHTS if (number := sum(light(ticket, now) == name for ticket in every))}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_pages_show_every_ticket_once_in_order(desk: Office, sort: str, limit: int) -> None:
    selection = Selection(NOON, sort=sort, limit=limit)
    seen: list[int] = []
    while page := read_page(desk.db, selection):
        seen += [ticket.id for ticket, _ in page]
        selection = replace(selection, after=page[-1][1])
    assert sorted(seen) == sorted(desk.tickets)
    whole = found(desk.db, Selection(NOON, sort=sort, limit=100))
    assert seen == [ticket.id for ticket in whole]
    dates = [ticket.promised_at for ticket in whole]
    if sort == "due":
        assert dates == sorted([at for at in dates if at], key=stamp) + [None] * dates.count(None)


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        ({"filters": {"unit": ["GAJ"]}}, {1, 2, 3, 4}),
        ({"filters": {"unit": ["GAJ", "SHUIWJ"]}}, {1, 2, 3, 4, 7}),
        ({"filters": {"unit": ["GAJ"]}, "scope": "open", "lights": ["red"]}, {1}),
        ({"filters": {"lead": ["GAJ"]}}, {4}),
        ({"filters": {"unit": ["GAJ"], "hidden": [f"{HASH} assigned"]}}, set()),
        ({"filters": {"state": ["found"]}}, {5, 6}),
        ({"filters": {"state": ["found", "suspended"]}}, {5, 6, 9}),
        ({"filters": {"source": ["complaint"]}}, {6}),
        ({"filters": {"level": [0], "lead": ["GAJ"]}}, {4}),
        ({"filters": {"acted_level": [1, 2]}}, set()),
        ({"filters": {"measure": ["3.1"], "state": ["found"]}}, {6}),
        ({"filters": {"turn": ["lead"]}}, {1, 2, 3, 4, 8, 9, 10}),
        ({"filters": {"turn": ["lead"]}, "scope": "open"}, {1, 2, 3, 4, 8, 9}),
        ({"filters": {"text": "不一致 7"}}, {7}),
        ({"filters": {"text": "不一致 7", "unit": ["SHUIWJ"]}}, {7}),
        ({"filters": {"text": "zg-2026-0003"}}, {3}),
        ({"filters": {"text": "%"}}, set()),
        ({"filters": {"text": "_"}}, set()),
        ({"filters": {"text": "' OR 1=1 --"}}, set()),
        ({"switches": ["overdue"]}, {1, 8}),
        ({"scope": "open", "filters": {"lead": ["FGW"]}}, {1, 2, 3, 8, 9}),
        ({"scope": "closed"}, {10}),
        ({"lights": ["red", "grey"]}, {1, 10}),
        ({"switches": ["proposals"]}, set()),
    ],
)
def test_filters_find_what_they_say(desk: Office, selection: dict[str, Any], ids: set[int]) -> None:
    assert {ticket.id for ticket in found(desk.db, Selection(NOON, **selection))} == ids


def test_who_is_or_was_late_is_found_whatever_became_of_it(office: Office) -> None:
    """Late now, late when it was submitted, suspended or closed, and the same in time; a list asks neither calendar nor events."""
    for due, effects, to in [
        (NOON, {}, "assigned"),
        (NOON + DAY, {}, "assigned"),
        (NOON, {"submitted": True, "submitted_at": stamp(NOON), "late_days": 2, "on_time": False}, "submitted"),
        (NOON, {"submitted": True, "submitted_at": stamp(NOON), "late_days": 0, "on_time": True}, "submitted"),
        (NOON, {"late_days": 1, "returns_to": "assigned"}, "suspended"),
        (NOON, {"late_days": 3, "on_time": False, "final": True, "wake_at": None}, "verified"),
        (NOON, {"late_days": 0, "on_time": True, "final": True, "wake_at": None}, "verified"),
    ]:
        rests = {"deadlines": {"rectify": deadline(due, state="rests", stopped_at=stamp(NOON))}} if effects else {}
        office.do(office.assigned(due=due).id, to, {**effects, **rests})
    for switch, ids in [("late", {1, 3, 5, 6}), ("on_time", {4, 7}), ("submitted_late", {3, 6}), ("overdue", {1})]:
        assert {ticket.id for ticket in found(office.db, Selection(NOON, switches=[switch]))} == ids, switch


def test_the_tickets_of_an_officer_are_found(office: Office) -> None:
    office.open()
    office.open(officer="second")
    assert [ticket.id for ticket in found(office.db, Selection(NOON, filters={"officer": ["second"]}))] == [2]


@pytest.mark.parametrize(
    "selection", [
        {"filters": {"colour": 1}}, {"switches": ["tardy"]}, {"lights": ["purple"]}, {"sort": "id; DROP TABLE ticket"}, {"scope": "x"},
    ],
)
def test_what_a_list_does_not_know_is_refused_with_what_it_knows(selection: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        listing(Selection(NOON, **selection))
    assert caught.value.values["known"]


def test_a_footer_counts_no_more_than_it_says(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.record.listing.counts.MOST_COUNTED", 2)
    statement, values = counting(Selection(NOON))
    assert sum(row[1] for row in desk.db.rows(statement, **values)) == 2


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("filters", [{"unit": ["FGW", "GAJ"]}, {"state": ["assigned", "found", "verified"]}, {"text": "不一致"},
                                     {"text": "不一致", "source": ["visit"]}])
@pytest.mark.parametrize("nearest", [1, 2_000])
def test_merged_pages_show_what_one_page_shows_in_its_order(
    desk: Office, sort: str, filters: dict[str, Any], nearest: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.record.listing.pages.NEAREST", (nearest,))
    whole = [ticket.id for ticket in found(desk.db, Selection(NOON, filters, sort=sort, limit=100))]
    seen: list[int] = []
    selection = Selection(NOON, filters, sort=sort, limit=2)
    while page := read_page(desk.db, selection):
        seen += [ticket.id for ticket, _ in page]
        selection = replace(selection, after=page[-1][1])
    assert seen == whole and len(seen) == len(set(seen)) > 2


@pytest.mark.parametrize("sort", SORTS)
def test_the_beginnings_of_several_lists_are_those_that_each_has_by_itself(desk: Office, sort: str) -> None:
    lists = [
        Selection(NOON, sort=sort, **said) for said in (
            {}, {"limit": 3}, {"filters": {"unit": ["FGW", "GAJ"]}, "limit": 2}, {"filters": {"state": ["found", "assigned"]}},
            {"filters": {"state": ["found"]}, "lights": ["red"]}, {"switches": ["asked"]}, {"filters": {"due_from": NOON + DAY}},
            {"switches": ["overdue"], "scope": "open"}, {"filters": {"unit": ["GAJ"], "hidden": [f"{HASH} assigned"]}},
        )
    ]
    assert read_beginnings(desk.db, lists) == [[ticket.id for ticket in found(desk.db, selection)] for selection in lists]


def test_more_values_than_branches_find_the_same(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for filters in ({"unit": ["FGW", "GAJ"]}, {"state": ["found", "assigned"]}, {"cooperating": ["GAJ", "SHUIWJ"]}):
        merged = found(desk.db, Selection(NOON, filters))
        with monkeypatch.context() as few:
            few.setattr("engine.record.listing.ways.MOST_BRANCHES", 1)
            assert merged == found(desk.db, Selection(NOON, filters))


@pytest.mark.parametrize("typed", ["Ⅱ类", "ⅱ类", "ＩＩ类", "ii类"])
def test_words_are_found_however_they_are_spelled(own_desk: Office, typed: str) -> None:
    ticket = own_desk.open(title="第Ⅱ类问题未整改")
    assert [item.id for item in found(own_desk.db, Selection(NOON, {"text": typed}))] == [ticket.id]
