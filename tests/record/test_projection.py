"""No projected table changes without an entry that tells it: the fold of the entries is what stands in the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, LargeBinary, Text

from engine.errors import Conflict
from engine.record import journal, tables
from engine.record.database import Database
from engine.record.projected import BYTES, DAY, MOMENT, NUMBER, TABLES, TEXT, TRUTH, sha256_of, value_of
from engine.record.projection import Projection, read_projection
from engine.record.row_change import Named, RowChange, RowDropped, RowPut, Unknown, new_row, readable
from engine.rules.access import ADMIN, Actor
from engine.rules.event import Event

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WHO = Actor("admin", ADMIN, None, "cli")
NOT_PROJECTED = {
    "event", "ticket", "batch", "round", "visit", "feedback", "cooperator", "citation", "evidence", "counter", "notice", "heartbeat",
    "sign_in_failure", "web_session", "last_sign_in", "invitation", "kept_answer", "saved_view", "draft",
}
"""What follows from other streams, or is nothing that decides."""

KINDS = [(Boolean, TRUTH), (DateTime, MOMENT), (Date, DAY), (LargeBinary, BYTES), (BigInteger, NUMBER), (Integer, NUMBER), (Text, TEXT)]

OFFICE = new_row("setting", name="office", value="ZG")
UNIT = new_row("unit", code="FGW", kind="bureau", relation="subordinate", in_source=True)
ACCOUNT = new_row(
    "account", name="fgw", title="市发展改革委联络员", role="contact", unit="FGW", active=True, phone="0375-1", chat="https://x/key=1",
    valid_from=NOON,
)


def tell(database: Database, *rows: RowChange, words: Mapping[str, str] | None = None) -> Event:
    with database.write():
        return journal.administer(database, "set", NOON, WHO, {"name": "x"}, words, "salt", rows)


def folded(database: Database) -> Projection:
    with database.snapshot():
        return read_projection(database)


def stored(database: Database, table: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    projected = TABLES[table]
    rows = database.rows(f"SELECT {', '.join(projected.columns)} FROM {table}")
    found = [dict(zip(projected.columns, row, strict=True)) for row in rows]
    return {projected.key_of(values): values for values in found}


def test_every_table_is_told_or_known_not_to_be() -> None:
    assert set(TABLES) | NOT_PROJECTED == set(tables.Row.metadata.tables)
    assert not set(TABLES) & NOT_PROJECTED


@pytest.mark.parametrize("name", TABLES)
def test_a_projected_table_is_told_whole(name: str) -> None:
    table, projected = tables.Row.metadata.tables[name], TABLES[name]
    kinds = {
        column.name: next(kind for type_, kind in KINDS if isinstance(column.type, type_)) for column in table.columns
        if (name, column.name) != ("token", "used_at")
    }
    assert dict(projected.columns) == kinds
    assert set(projected.key) == {column.name for column in table.primary_key}
    assert projected.words | projected.named <= set(kinds)


def test_an_entry_writes_the_rows_that_it_tells(database: Database) -> None:
    event = tell(database, UNIT, ACCOUNT)
    assert stored(database, "unit")["FGW",] == UNIT.values
    assert stored(database, "account")["fgw",] == ACCOUNT.values
    unit, account = event.data["rows"]
    assert unit["put"]["in_source"] is True
    assert account["put"]["valid_from"] == "2026-03-02T04:00:00.000000Z"


def test_what_is_a_word_lies_apart_and_what_is_secret_is_only_named(database: Database) -> None:
    event = tell(database, UNIT, ACCOUNT, words={"called": "市发展改革委联络员"})
    told = event.data["rows"][1]["put"]
    assert told["title"] == {"word": "called"}  # said once
    assert told["phone"] == {"word": "account.fgw.phone"}
    assert told["email"] is None
    assert event.words == {"called": "市发展改革委联络员", "account.fgw.phone": "0375-1"}
    assert told["chat"] == {"sha256": sha256_of("https://x/key=1")}
    assert "0375-1" not in str(event.data)
    assert readable(event).data.keys() == {"name", "words"}
    assert readable(event).words == {"called": "市发展改革委联络员"}


def test_the_fold_of_the_entries_is_what_stands_in_the_tables(database: Database) -> None:
    tell(database, OFFICE, UNIT, ACCOUNT)
    tell(database, RowPut("account", {"name": "fgw", "role": "head", "password_hash": "$argon2id$"}))
    tell(database, new_row("setting", name="city", value="平顶山市"), new_row("setting", name="plan", value="{}"))
    tell(database, RowDropped("setting", {"name": "office"}))
    projection = folded(database)
    assert projection.told_since == 1
    assert projection.rows("unit") == stored(database, "unit")
    assert projection.rows("account")["fgw",] == {
        **ACCOUNT.values, "role": "head", "chat": Named(sha256_of("https://x/key=1")), "password_hash": Named(sha256_of("$argon2id$")),
    }
    assert projection.rows("setting") == {
        ("city",): {"name": "city", "value": "平顶山市"}, ("plan",): {"name": "plan", "value": Named(sha256_of("{}"))},
    }
    tell(database, RowDropped("account", {"name": "fgw"}))
    assert folded(database).rows("account") == {}


def test_a_row_is_known_as_it_was_when_something_else_happened(database: Database) -> None:
    tell(database, OFFICE, UNIT, ACCOUNT)
    tell(database, RowPut("account", {"name": "fgw", "role": "head"}))
    tell(database, RowDropped("account", {"name": "fgw"}))
    ids = [row[0] for row in database.rows("SELECT id FROM event ORDER BY id")]
    projection = folded(database)
    roles = [projection.then("account", ("fgw",), id_) for id_ in (*ids, ids[-1] + 1)]
    assert [row and row["role"] for row in roles] == [None, "contact", "head", None]


def test_words_that_were_erased_are_unknown(database: Database) -> None:
    tell(database, OFFICE, UNIT, ACCOUNT)
    with database.write():
        database.run("UPDATE event SET words = NULL")
    found = folded(database).rows("account")["fgw",]
    assert found["title"] is found["phone"] is Unknown.ERASED
    assert found["email"] is None


@pytest.mark.parametrize("change", [RowPut("unit", {"code": "GAJ", "kind": "county"}), RowDropped("unit", {"code": "GAJ"})])
def test_a_change_of_a_row_that_is_not_there_is_a_conflict(database: Database, change: RowChange) -> None:
    with pytest.raises(Conflict):
        tell(database, UNIT, change)
    assert stored(database, "unit") == {}
    assert journal.read_events(database, 0) == []


@pytest.mark.parametrize(
    "rows",
    [
        7, [7], [{}], [{"table": "event", "put": {"id": 1}}], [{"table": [], "put": {}}], [{"table": "unit", "put": []}],
        [{"table": "unit", "put": {"code": None}}],
        [{"table": "unit", "drop": {"code": "FGW"}}],
        [{"table": "unit", "put": {"code": "FGW", "colour": "red"}}], [{"table": "unit", "put": {"code": {"word": "x"}}}],
        [{"table": "seal", "put": {"n": True}}], [{"table": "seal", "put": {"n": 1, "root": "zz"}}],
        [{"table": "account", "put": {"name": "x", "title": {"word": "nothing"}}}],
        [{"table": "account", "put": {"name": "x", "valid_from": "2026-13-01T00:00:00.000000Z"}}],
        [{"table": "account", "put": {"name": "x", "valid_from": "2026-03-02 04:00"}}],
        [{"table": "setting", "put": {"name": "city", "value": {"sha256": "00"}}}],
    ],
)
def test_an_entry_that_tells_what_cannot_be_is_named_and_stops_nothing(rows: Any) -> None:
    projection = Projection()
    projection.add(_entry(1, [{"table": "setting", "put": {"name": "office", "value": "b"}}]), 1)
    projection.add(_entry(2, rows), 2)
    projection.add(_entry(3, [{"table": "setting", "put": {"name": "office", "value": "c"}}]), 3)
    assert projection.unfit == [2]
    assert projection.rows("setting")["office",]["value"] == "c"


def test_a_record_of_before_is_told_from_its_upgrade_on() -> None:
    projection = Projection()
    projection.add(_entry(1, None), 1)
    projection.add(_entry(2, [{"table": "unit", "put": {"code": "FGW", "kind": "county"}}]), 2)
    assert (projection.told_since, projection.unfit) == (None, [])
    projection.add(_entry(3, [{"table": "setting", "put": {"name": "a", "value": "b"}}], "upgraded"), 3)
    assert projection.told_since == 3
    assert projection.rows("setting")["a",]["value"] == "b"


@pytest.mark.parametrize("node", [
    {"table": "unit", "put": {"code": "GAJ", "kind": "county"}}, {"table": "unit", "drop": {"code": "FGW"}},
    {"table": "unit", "put": {"code": "FGW", "kind": "county"}},
])
def test_a_later_upgrade_tells_nothing_but_what_was_not_told_before(node: Mapping[str, Any]) -> None:
    projection = Projection()
    projection.add(_entry(1, [{"table": "unit", "put": {"code": "FGW", "kind": "bureau"}}], "upgraded"), 1)
    projection.add(_entry(2, [{"table": "unit", "put": {"code": "FGW", "parent": None}}], "upgraded"), 2)
    assert (projection.told_since, projection.unfit) == (1, [])
    projection.add(_entry(3, [node], "upgraded"), 3)
    assert projection.unfit == [3]
    assert dict(projection.rows("unit")) == {("FGW",): {"code": "FGW", "kind": "bureau", "parent": None}}


def test_a_value_is_read_as_it_was_told() -> None:
    assert value_of(DAY, "2026-03-02") == date(2026, 3, 2)
    assert value_of(BYTES, "00ff") == b"\x00\xff"
    assert value_of(NUMBER, 7) == 7
    assert value_of(TRUTH, False) is False
    for kind, told in [(NUMBER, "7"), (NUMBER, True), (TRUTH, 1), (TEXT, 1), (DAY, "20260302"), (BYTES, "00FF"), (MOMENT, 0)]:
        with pytest.raises(ValueError, match="no "):
            value_of(kind, told)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
CHANGES = st.lists(st.tuples(st.sampled_from("abc"), TEXTS | st.none(), st.booleans()), min_size=1, max_size=4)


@given(lives=st.lists(CHANGES, max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_told_the_fold_is_the_table(database: Database, lives: Sequence[Sequence[tuple[str, str | None, bool]]]) -> None:
    with database.write():
        database.run("DELETE FROM unit")
        database.run("DELETE FROM event")
        database.run("DELETE FROM setting")
    there: set[str] = set()
    tell(database, OFFICE)
    for life in lives:
        changes: list[RowChange] = []
        for code, relation, whole in life:
            if whole or code not in there:
                changes.append(new_row("unit", code=code, kind="bureau", relation=relation, in_source=whole))
                there.add(code)
            elif relation is None:
                changes.append(RowDropped("unit", {"code": code}))
                there.remove(code)
            else:
                changes.append(RowPut("unit", {"code": code, "rank_group": relation, "valid_to": date(2026, 3, 2)}))
        tell(database, *changes)
    assert folded(database).rows("unit") == stored(database, "unit")


def _entry(seq: int, rows: Any, kind: str = "set") -> Event:
    return Event(0, seq, NOON, "admin", ADMIN, None, "cli", kind, None, None, {} if rows is None else {"rows": rows}, {"a": "b"}, "salt")
