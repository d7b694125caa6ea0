from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from engine.audit import verify
from engine.audit.audited import Audited
from engine.record import database, erasing, event_rows, journal
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.access import Actor
from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS, body, canonical, link
from engine.rules.proof.finding import Finding
from tests.record.conftest import NOON, Office

ADMIN = Actor("admin", "admin", None, "cli:root")
Tamper = Callable[..., None]


@pytest.fixture
def history(office: Office) -> Office:
    """Three tickets and some administration."""
    for _ in range(3):
        office.assigned("FGW", ("GAJ", "SHUIWJ"))
    office.do(2, "rectifying", {"turn": "lead"}, {"note": "已签收"})
    with office.db.write():
        journal.administer(office.db, "set", NOON, ADMIN, {"name": "office"})
        journal.administer(office.db, "read", NOON, ADMIN, {}, {"reason": "x"}, "salt")
    return office


def audit(db: Database) -> tuple[list[Finding], Audited]:
    """What the audit finds and what it counts: the same in whatever pieces it reads."""
    told = []
    for piece in (1, 2, 1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database, "PIECE", piece)
            audited = Audited()
            told.append((list(verify.verify(db, audited)), audited))
    assert told[0] == told[1] == told[2]
    return told[0]


def findings(db: Database) -> list[Finding]:
    return audit(db)[0]


def named(code: str, seq: int | None, field: str | None = None) -> Finding:
    return Finding(code, 2, "ZG-2026-0002", seq, field)


def test_an_untouched_record_verifies(history: Office) -> None:
    """Its workflow says nothing and its entries tell of nobody, so that nothing in it can be judged."""
    found, audited = audit(history.db)
    counted = {name: count for name, count in audited.tables.items() if name != "schema"}
    assert counted == {"event": 9, "ticket": 3, "cooperator": 6, "counter": 2, "unit": 3, "definition": 1, "setting": 1}
    assert (found, audited) == ([], Audited(
        events=9, tickets=3, tables=audited.tables, judged=9, unasked=Counter(people=9, definition=7),
    ))


def test_an_empty_record_verifies(database: Database) -> None:
    assert findings(database) == []


@pytest.mark.parametrize(
    "change",
    [
        "data = replace(data, 'assign', 'accept')", "actor = 'nobody'", "role = 'admin'", "unit = 'GAJ'", "via = 'web'",
        "kind = 'linked'", "from_state = 'x'", "hash = (SELECT hash FROM event WHERE stream = 1 AND seq = 1)",
    ],
)
def test_a_changed_event_is_named(history: Office, tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE event SET {change} WHERE stream = 2 AND seq = 2")
    assert findings(history.db)[0] == named("altered", 2)


def test_a_changed_time_is_named(history: Office, tamper: Tamper) -> None:
    tamper("UPDATE event SET at = :at WHERE stream = 2 AND seq = 2", at=NOON)
    assert findings(history.db)[0] == named("altered", 2)


@pytest.mark.parametrize("data", ["not json", "[]", '{"trigger": "assign"}', '{"trigger":"assign","effects":{"level":1.5}}'])
def test_facts_that_cannot_be_read_are_named(history: Office, tamper: Tamper, data: str) -> None:
    tamper("UPDATE event SET data = :data WHERE stream = 2 AND seq = 2", data=data)
    assert findings(history.db)[0] == named("altered", 2)


def test_an_event_that_was_hashed_in_another_form_is_named(history: Office, tamper: Tamper) -> None:
    event, _ = journal.stored_events(history.db, 2)[2]
    previous = journal.stored_events(history.db, 2)[1][1]
    forged = link(previous, body(
        ticket=2, seq=3, at=event.at, actor=event.actor, role=event.role, unit=event.unit, via=event.via, kind=event.kind,
        from_state=event.from_state, to_state=event.to_state, data='{"effects": {}}',
    ))
    tamper("UPDATE event SET data = '{\"effects\": {}}', hash = :hash WHERE stream = 2 AND seq = 3", hash=forged)
    tamper("UPDATE ticket SET head = :hash WHERE id = 2", hash=forged)
    assert findings(history.db) == [named("altered", 3, "data")]


@pytest.mark.parametrize("effects", [{"levle": 4}, {"request": {"to": "2026-03-09", "until": "x"}}])
def test_an_effect_that_the_fold_does_not_know_is_named(history: Office, tamper: Tamper, effects: dict[str, Any]) -> None:
    """An event of a later version, or of a careful hand: its hash and its row fit, and what it says would be lost."""
    (event, _), (_, previous) = journal.stored_events(history.db, 2)[2], journal.stored_events(history.db, 2)[1]
    data = canonical({**event.data, "effects": effects})
    forged = link(previous, body(
        ticket=2, seq=3, at=event.at, actor=event.actor, role=event.role, unit=event.unit, via=event.via, kind=event.kind,
        from_state=event.from_state, to_state=event.to_state, data=data,
    ))
    tamper("UPDATE event SET data = :data, hash = :hash WHERE stream = 2 AND seq = 3", data=data, hash=forged)
    tamper("UPDATE ticket SET head = :hash WHERE id = 2", hash=forged)
    assert findings(history.db) == [named("fold", 3)]


def test_a_forger_who_hashes_one_event_anew_meets_the_next(history: Office, tamper: Tamper) -> None:
    tamper("UPDATE event SET hash = :hash, actor = 'x' WHERE stream = 2 AND seq = 1", hash=bytes(32))
    assert {finding.seq for finding in findings(history.db) if finding.code == "altered"} == {1, 2}


def test_a_removed_event_is_named(history: Office, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE stream = 2 AND seq = 2")
    assert findings(history.db) == [named("gap", 2)]


def test_a_removed_beginning_is_named(history: Office, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE stream = 2 AND seq = 1")
    assert findings(history.db)[0] == named("gap", 1)


def test_a_tail_that_was_cut_off_is_named(history: Office, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE stream = 2 AND seq = 3")
    assert findings(history.db) == [named("cut", 3)]


def test_an_added_event_is_named(history: Office, tamper: Tamper) -> None:
    tamper(
        "INSERT INTO event (stream, seq, at, actor, role, via, kind, from_state, to_state, data, hash) "
        "VALUES (2, 4, :at, 'x', 'supervisor', 'cli', 'did', 'rectifying', 'verified', '{}', :hash)", at=NOON, hash=bytes(32),
    )
    assert findings(history.db)[0] == named("altered", 4)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("state = 'verified'", "state"), ("lead = 'GAJ'", "lead"), ("level = 3", "level"), ("wake_at = opened_at", "wake_at"),
        ("title = 'x'", "title"), ("deadlines = '{}'", "deadlines"), ("hands = 'no json'", "hands"), ("grade = 'A'", "grade"),
        ("opened_by = 'x'", "opened_by"), ("final = TRUE, wake_at = NULL", "final"), ("number = 'ZG-2026-0009'", "number"),
        ("version = 2", "version"), ("cooperators = '[]'", "cooperators"),
    ],
)
def test_a_changed_column_of_a_ticket_is_named(history: Office, tamper: Tamper, change: str, field: str) -> None:
    tamper(f"UPDATE ticket SET {change} WHERE id = 2")
    found = findings(history.db)
    assert field in [finding.field for finding in found]
    assert {(finding.code, finding.stream) for finding in found} == {("row", 2)}


def test_changed_dates_and_heads_of_a_ticket_are_named(history: Office, tamper: Tamper) -> None:
    tamper("UPDATE ticket SET promised_at = :at, head = :head WHERE id = 2", at=NOON, head=bytes(32))
    assert findings(history.db) == [named("row", 3, "promised_at"), named("row", 3, "head")]


def test_changed_words_are_named(history: Office, tamper: Tamper) -> None:
    tamper("UPDATE event SET words = replace(words, '已签收', '未签收') WHERE stream = 2 AND seq = 3")
    assert findings(history.db) == [named("words", 3)]


def test_added_words_are_named(history: Office, tamper: Tamper) -> None:
    tamper("UPDATE event SET words = :words WHERE stream = 2 AND seq = 2", words='{"salt":"s","text":{"note":"x"}}')
    assert findings(history.db) == [named("words", 2)]


def test_words_that_vanish_without_redaction_are_named(history: Office, tamper: Tamper) -> None:
    tamper("UPDATE event SET words = NULL WHERE stream = 2 AND seq = 3")
    tamper("UPDATE event SET words = NULL WHERE stream = 0 AND seq = 2")
    assert findings(history.db) == [Finding("words", 0, None, 2), named("words", 3)]


def test_redacted_words_verify_and_are_counted(history: Office) -> None:
    before, head = history.tickets[2]
    erased = Event(2, 4, NOON, "office", "supervisor", None, "cli", "erased", "rectifying", "rectifying", {"seq": 1})
    with history.db.write():
        erasing.redact(history.db, erased, before, head)
    found, audited = audit(history.db)
    assert (found, audited.redacted) == ([], 1)


def test_a_ticket_without_events_is_named(history: Office, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE stream = 2")
    assert findings(history.db) == [named("no-events", None)]


def test_events_without_a_ticket_and_its_number_are_named(history: Office, tamper: Tamper) -> None:
    tamper("DELETE FROM cooperator WHERE ticket = 2")
    tamper("DELETE FROM ticket WHERE id = 2")
    assert findings(history.db) == [named("no-ticket", None), Finding("number", number="ZG-2026-0002")]


@pytest.mark.parametrize("ticket", [1, 2, 3])
def test_a_ticket_that_vanished_whole_leaves_a_gap_in_the_numbers(history: Office, tamper: Tamper, ticket: int) -> None:
    for table, column in (("cooperator", "ticket"), ("ticket", "id"), ("event", "stream")):
        tamper(f"DELETE FROM {table} WHERE {column} = {ticket}")
    missing = Finding("number", number=f"ZG-2026-000{ticket}")
    assert findings(history.db) == ([missing] if ticket < 3 else [missing, Finding("ids", table="counter", field="last")])


@pytest.mark.parametrize(("sql", "table"), [
    ("ALTER TABLE ticket RENAME COLUMN urged TO urges", "ticket"), ("DROP TABLE cooperator", "cooperator"),
])
def test_a_table_or_column_that_is_gone_is_named_instead_of_ending_the_audit(
    history: Office, tamper: Tamper, sql: str, table: str,
) -> None:
    tamper(sql)
    found = findings(history.db)
    assert {finding.table for finding in found} == {table}
    assert {finding.code for finding in found} <= {"schema-missing", "schema-foreign", "schema-differs"}


def test_ids_that_are_counted_for_an_office_of_its_own_are_named(history: Office, tamper: Tamper) -> None:
    tamper("INSERT INTO counter (office, year, last) VALUES ('QQ', 0, 5)")
    assert findings(history.db) == [Finding("number", number="QQ-0", field="counter")]


def test_an_event_whose_id_is_before_that_of_the_one_before_it_is_named(history: Office, tamper: Tamper) -> None:
    (id_,) = history.db.row("SELECT id FROM event WHERE stream = 2 AND seq = 1") or (0,)
    tamper("UPDATE event SET id = -:id WHERE stream = 2 AND seq = 2", id=id_)
    assert [(item.code, item.seq, item.field) for item in findings(history.db)] == [("altered", 2, "id")]


def test_a_number_that_no_counter_gave_is_named(history: Office, tamper: Tamper) -> None:
    tamper("UPDATE counter SET last = 2 WHERE year = 2026")
    assert findings(history.db) == [Finding("number", number="ZG-2026-0003")]


@pytest.mark.parametrize(
    "change", [
        "DELETE FROM cooperator WHERE ticket = 2 AND unit = 'GAJ'", "UPDATE cooperator SET final = true WHERE ticket = 2",
        "UPDATE cooperator SET promised_at = NULL WHERE ticket = 2",
        "INSERT INTO cooperator (ticket, unit, final) VALUES (2, 'FGW', false)",
    ],
)
def test_an_index_of_cooperators_that_differs_is_named(history: Office, tamper: Tamper, change: str) -> None:
    tamper(change)
    assert findings(history.db) == [named("cooperators", 3)]


def test_a_tail_cut_off_the_administration_is_named(history: Office, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE stream = 0 AND seq = 2")
    assert findings(history.db) == [Finding("cut", 0, None, 2)]


def test_an_administration_removed_whole_is_named(history: Office, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE stream = 0")
    assert findings(history.db) == [Finding("cut", 0, None, 1)]


@pytest.mark.parametrize("value", ["nonsense", "", "1 00"])
def test_a_changed_head_of_the_administration_is_named(history: Office, tamper: Tamper, value: str) -> None:
    tamper("UPDATE setting SET value = :value WHERE name = 'administration'", value=value)
    assert findings(history.db) == [Finding("row", 0, None, 2, "head")]


def test_events_that_hash_but_cannot_follow_each_other_are_named(history: Office, tamper: Tamper) -> None:
    opened, _ = journal.stored_events(history.db, 3)[0]
    forged = opened._replace(seq=1, data={"effects": {}}, words=None, salt=None)
    values, head = event_rows.values_of(forged, GENESIS)
    tamper("DELETE FROM event WHERE stream = 3")
    tamper(journal.queries.APPEND, **values)
    tamper("UPDATE ticket SET version = 1, head = :head WHERE id = 3", head=head)
    assert findings(history.db) == [Finding("fold", 3, "ZG-2026-0003", 1), Finding("unlawful", 3, "ZG-2026-0003", 1, "judged-form")]


def test_a_row_beyond_every_number_is_named(sqlite_url: str) -> None:
    """The infinite is a number to SQLite, and behind it lies what is no number at all."""
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:  # without foreign keys
        other.executemany("INSERT INTO cooperator (ticket, unit, final) VALUES (?, 'FGW', 0)", [(float("inf"),), ("x",)])
        other.commit()
    with closing(connect(sqlite_url)) as db:
        assert findings(db).count(Finding("astray", field="cooperator")) == 2


def test_damaged_times_in_a_file_are_named(sqlite_url: str) -> None:
    from tests.record.conftest import furnish

    with closing(connect(sqlite_url)) as db:
        furnish(db)
        office = Office(db)
        office.assigned()
        office.open()
        for sql in ("UPDATE event SET at = 'yesterday' WHERE stream = 1 AND seq = 1", "UPDATE ticket SET opened_at = 'x' WHERE id = 2"):
            with db.write():
                db.run(sql)
        found: list[Any] = [(finding.code, finding.number, finding.seq, finding.field) for finding in findings(db)]
    assert found == [("altered", "ZG-2026-0001", 1, None), ("row", "ZG-2026-0002", 1, "opened_at")]
