from __future__ import annotations

import ast
import re
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.record import journal, queries
from engine.record.aggregates import BATCHES, FEEDBACKS, ROUNDS, TICKETS, VISITS
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.listing.counts import counting, counting_by_measure
from engine.record.listing.pages import listing, nearest, parts, scan
from engine.record.listing.selection import EITHER, FILTERS, LIGHTS, SCOPES, SORTS, SWITCHES, Selection
from engine.record.projected import BYTES, DAY, MOMENT, NUMBER, TABLES, TEXT, TRUTH
from tests.conftest import Shared

LEVELS = ("level", "acted_level")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
STATEMENTS = {
    name: text for name, text in vars(queries).items()
    if name.isupper() and not name.endswith("COLUMNS") and not name.startswith("STORE_")
}
for store, kept in (
    ("STORE_TICKET", TICKETS), ("STORE_BATCH", BATCHES), ("STORE_ROUND", ROUNDS), ("STORE_VISIT", VISITS), ("STORE_FEEDBACK", FEEDBACKS),
):
    changing = tuple(name for name in kept.declared.names if name != "id")
    STATEMENTS |= {f"{store} {name}": kept.store_statement((name,)) for name in changing}
    STATEMENTS[store] = kept.store_statement(changing)

TYPES: dict[str, Any] = {
    **dict.fromkeys(
        ("final", "endorsed", "to_revise", "instructed", "standing", "designated", "active", "mandatory", "in_source", "dead", "everything",
         "evidenced", "submitted", "on_time", "points", "interim", "unannounced", "halfway"), False,
    ),
    **dict.fromkeys(("now", "at", "not_before", "state_since", "opened_from", "opened_before", "due_from", "due_before",
                     "changed_from", "told_from", "closed_from", "closed_before", "due_later", "since", "stated_before", "idle_since",
                     "begun_before", "halfway_before"), NOON),
    **dict.fromkeys(("head", "hash", "root", "frontier", "previous", "signature", "spared", "asked", "claim", "broken",
                     "packed"), bytes(32)),
    **dict.fromkeys(
        ("id", "year", "serial", "parent", "version", "read_version", "level", "acted_level", "attempt", "urged", "seq", "stream",
         "ticket", "limit", "last", "n", "upto", "size", "bytes", "place", "tries", "before", "event", "after", "after_id", "seconds",
         "count", "late_days", "misses", "relapses", "confirmed", "results_version", "stated_version", "rating", "answered_attempt", "rung",
         "repeated", "answered", "most", "step", "large"), 1,
    ),
    "channels": ["email"], "message": 1, "seqs": [1], "units": ["FGW"], "names": ["office"],
    "text": "窗口", "ids": [1], "hidden": ["found"], "deadline": None, "dated": NOON.date(), "measured_on": NOON.date(),
    "period_from": NOON.date(), "received_on": NOON.date(), "schemes": ["国评"], "refs": ["R1"],
    "keys": ["1|国评|3.5-1|甲县"], "numbers": ["ZG-2026-0001"],
    "valid_from": None, "valid_to": None,
    "hashes": ["d" * 64], "digests": ["d" * 64], "sources": ["visit"], "streams": [1], "day": NOON.date(), "months": 3,
    "lot": "x",
}


@pytest.fixture
def planner(shared: Shared) -> Database:
    """A record that is asked for plans only, so that all tests can share it."""
    return shared(_as_it_is)


def _as_it_is(database: Database) -> Database:
    return database


def values_for(sql: str) -> dict[str, Any]:
    """A value of the right type for every name."""
    return {
        name: TYPES[name] if name in TYPES else NOON if name.endswith("_at") else "x"
        for name in re.findall(r"(?<!:):([a-z][a-z0-9_]*)", sql)
    }


def prepare(db: Database, sql: str, values: dict[str, Any]) -> None:
    """The database reads and plans the statement, and runs nothing. A row lock plans like any other read."""
    assert db.rows(f"EXPLAIN {sql}", **values)


def test_every_statement_is_run_by_somebody() -> None:
    """By its full name, or as a part of another statement."""
    engine = Path(journal.__file__).parents[1]
    text = "".join(path.read_text(encoding="utf-8") for path in engine.rglob("*.py"))
    used = set(re.findall(r"\bqueries\.([A-Z_]+)\b", text)) | set(re.findall(r"\{([A-Z_]+)\}", text))
    assert {name for name in STATEMENTS if " " not in name} - used == set()


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_fits_the_schema(planner: Database, name: str) -> None:
    sql = STATEMENTS[name]
    values = values_for(sql)
    if name == "CALENDAR":
        values["version"] = "2026"
    if "definition" in sql and "ticket" not in sql and "hash" in values:
        values["hash"] = "d" * 64
    prepare(planner, sql, values)


@pytest.mark.parametrize("name", TABLES)
def test_every_statement_of_a_projected_table_fits_the_schema(planner: Database, name: str) -> None:
    table = TABLES[name]
    a_value = {TEXT: "x", NUMBER: 1, TRUTH: False, MOMENT: NOON, DAY: NOON.date(), BYTES: bytes(32)}
    values = {column: a_value[kind] for column, kind in table.columns.items()}
    columns, key = tuple(table.columns), table.key
    prepare(planner, queries.put_row(name, columns, key), values)
    prepare(planner, queries.drop_row(name, key), {column: values[column] for column in key})
    prepare(planner, queries.all_rows(name, columns, key), {})
    if len(columns) > len(key):
        prepare(planner, queries.change_row(name, columns, key), values)


def test_every_statement_says_what_it_is_for() -> None:
    rooms = [ast.parse(path.read_text(encoding="utf-8")).body for path in Path(queries.__file__).parent.glob("*.py")]
    explained = {
        target.id
        for body in rooms for node, following in pairwise(body) if isinstance(node, ast.Assign)
        and isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        for target in node.targets if isinstance(target, ast.Name)
    }
    assert {name for name in STATEMENTS if " " not in name} <= explained


def _value(name: str) -> Any:
    if name in LEVELS:
        return [2]
    return ["FGW"] if name in EITHER or name in ("unit", "cooperating", "round", "repeating") else TYPES.get(name, NOON)


AFTER: dict[str, Any] = {"id": 1, "level": 1, "acted_level": 1}
LISTS = [
    *(Selection(NOON, filters={name: _value(name)}) for name in (*EITHER, *FILTERS)),
    *(Selection(NOON, filters={name: [2, 3] if name in LEVELS else ["FGW", "GAJ"]}) for name in (*EITHER, "unit", "cooperating")),
    *(Selection(NOON, switches=[name]) for name in SWITCHES),
    *(Selection(NOON, lights=[name]) for name in LIGHTS), Selection(NOON, lights=list(LIGHTS)),
    *(Selection(NOON, scope=name) for name in SCOPES),
    *(Selection(NOON, {"unit": ["FGW"]}, sort=name) for name in SORTS),
    *(Selection(NOON, sort=name, after=(AFTER.get(order.column, NOON), 1)) for name, order in SORTS.items()),
    *(Selection(NOON, sort=name, after=(None, 1)) for name, order in SORTS.items() if order.nullable),
]


@pytest.mark.parametrize("place", range(len(LISTS)))
def test_every_list_fits_the_schema(planner: Database, place: int) -> None:
    for part in parts(LISTS[place]):
        prepare(planner, *listing(part))
        if "text" in part.filters:
            prepare(planner, *nearest(part, 500))
            prepare(planner, *scan(LISTS[place]))
    prepare(planner, *counting(LISTS[place]))
    prepare(planner, *counting_by_measure(LISTS[place]))


@pytest.mark.parametrize(
    ("sql", "values", "index"),
    [
        (queries.DUE, {"now": NOON, "after": 0, "limit": 9}, "ticket_wakes"),
        (queries.NUMBER_BY_KEY, {"source": "visit", "source_ref": "x"}, "ticket_source_ref"),
        (queries.NOTICES_WAITING, {"now": NOON, "limit": 9, "channels": ["email"]}, "notice_waiting"),
        (queries.INBOX, {"recipient": "x", "channel": "inbox", "before": 9, "everything": False, "limit": 9}, "notice_inbox"),
        (queries.OUTBOX_DEAD, {"before": 9, "limit": 9}, "notice_dead"),
        (queries.OPENED_BEFORE, {"since": NOON, "id": 1, "measure": "3.1", "lead": "FGW", "limit": 9}, "ticket_of_measure"),
        (queries.OPENED_BEFORE, {"since": NOON, "id": 1, "measure": "3.1", "lead": "FGW", "limit": 9}, "ticket_opened_for"),
    ],
)
def test_an_index_serves_the_reads_it_was_made_for(sqlite_url: str, sql: str, values: dict[str, Any], index: str) -> None:
    with closing(connect(sqlite_url)) as db:
        plan = " ".join(row[3] for row in db.rows(f"EXPLAIN QUERY PLAN {sql}", **values))
    assert index in plan
