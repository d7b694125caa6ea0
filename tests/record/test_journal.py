from __future__ import annotations

import json
from contextlib import closing, nullcontext
from datetime import UTC, timedelta
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import Conflict
from engine.record import counters, erasing, journal, queries
from engine.record.aggregates import TICKETS
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.access import Actor
from engine.rules.deadline import Deadline
from engine.rules.event import Event
from engine.rules.loop.measurement import Measurement
from engine.rules.proof.chain import GENESIS, LARGEST_INTEGER, digest_words, stamp
from engine.rules.ticket import Ticket, evolve, fold
from engine.rules.ticket_facts import (
    Attempt,
    Consent,
    Denial,
    Entered,
    Grant,
    Instruction,
    Objection,
    Proposal,
    Request,
    SetAside,
)
from engine.rules.worktime import Pause
from tests.record.conftest import NOON, Office, deadline, did, furnish, opened

ADMIN = Actor("admin", "admin", None, "cli:root")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
MOMENTS = st.datetimes(timezones=st.just(UTC))
DEADLINES = st.builds(
    Deadline, clock=TEXT, of=TEXT, epoch=st.integers(1, 9), started_at=MOMENTS, due_at=MOMENTS, amount=st.none() | TEXT,
    stopped_at=st.none() | MOMENTS, rung=st.integers(0, 5), next_at=st.none() | MOMENTS, warn_at=st.none() | MOMENTS,
    promise=st.booleans(), skipped=st.lists(TEXT, max_size=2).map(tuple),
    pauses=st.lists(st.builds(Pause, MOMENTS, MOMENTS), max_size=2).map(tuple),
)
PARTS: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(0, LARGEST_INTEGER - 1), str: TEXT, bool: st.booleans(), type(NOON): MOMENTS,
}
UNITS = st.sampled_from(["FGW", "GAJ"])
SEQS = st.integers(1, 99)
REQUESTS = st.builds(Request, MOMENTS, MOMENTS, TEXT, SEQS)
PROPOSALS = st.lists(
    st.builds(Proposal, TEXT, SEQS, TEXT, SEQS, MOMENTS, SEQS, MOMENTS, st.none() | TEXT), max_size=2,
).map(tuple)
SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "deadlines": st.dictionaries(st.sampled_from(["accept", "rectify"]), DEADLINES),
    "request": st.none() | REQUESTS, "proposals": PROPOSALS,
    "set_aside": st.none() | st.builds(
        SetAside, st.none() | UNITS, st.lists(UNITS, max_size=2).map(tuple), PROPOSALS, st.none() | REQUESTS,
    ),
    **dict.fromkeys(("signed", "left_out"), st.dictionaries(UNITS, MOMENTS)),
    "past": st.dictionaries(UNITS, SEQS), "objections": st.dictionaries(UNITS, st.builds(Objection, MOMENTS, SEQS)),
    **dict.fromkeys(("cooperators", "hands", "team", "repeats"), st.lists(TEXT, max_size=3).map(tuple)),
    **{name: st.lists(values, max_size=2).map(tuple) for name, values in {
        "entered": st.builds(Entered, UNITS, UNITS, MOMENTS, SEQS),
        "consents": st.builds(Consent, UNITS, UNITS, st.booleans(), MOMENTS, SEQS),
        "grants": st.builds(Grant, MOMENTS, MOMENTS, MOMENTS), "denials": st.builds(Denial, UNITS, MOMENTS, SEQS, st.none() | UNITS),
        "attempts": st.builds(
            Attempt, SEQS, TEXT, st.none() | UNITS, st.none() | MOMENTS, st.none() | MOMENTS, st.none() | SEQS,
        ),
        "measurements": st.builds(
            Measurement, TEXT, st.dates(), TEXT, TEXT, st.none() | TEXT, st.none() | TEXT, st.none() | TEXT, SEQS, st.none() | UNITS,
        ),
        "instructions": st.builds(Instruction, TEXT, MOMENTS, SEQS, st.none() | MOMENTS),
    }.items()},
}


def part(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if name in SPECIAL:
        return SPECIAL[name]
    kinds = getattr(hint, "__args__", (hint,))
    return st.one_of(*(st.none() if kind is type(None) else PARTS[kind] for kind in kinds))


EVERY_TICKET = st.builds(Ticket, **{name: part(name, hint) for name, hint in get_type_hints(Ticket).items()})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a ticket has many fields, and this machine may be busy
@given(EVERY_TICKET)
def test_a_ticket_comes_back_from_its_columns_as_it_was(ticket: Ticket) -> None:
    values = TICKETS.values(ticket, GENESIS)
    assert list(values) == queries.TICKET_COLUMNS.split(", ")
    assert TICKETS.read(tuple(values.values())) == ticket


def test_the_fold_of_the_events_is_the_row(office: Office) -> None:
    office.assigned("FGW", ("GAJ", "SHUIWJ"))
    after = office.do(1, "rectifying", {"hands": ["fgw"], "signed": {"GAJ": stamp(NOON)}}, {"note": "已签收\n第二行"})
    found = journal.read_ticket(office.db, "ZG-2026-0001")
    assert found == (after, office.tickets[1][1])
    assert found == journal.read_ticket(office.db, 1, lock=False)
    assert fold(journal.read_events(office.db, 1)) == after
    assert journal.read_tickets(office.db, [1, 2]) == [found]
    assert journal.read_ticket(office.db, 2) is None
    assert journal.read_ticket(office.db, "ZG-2026-0002") is None


def test_events_come_back_as_they_were_written_with_their_words(office: Office) -> None:
    office.open()
    office.do(1, "assigned", {"wake_at": stamp(NOON)}, {"note": "请\"尽快\"办理"})
    first, second = journal.read_events(office.db, 1)
    assert first == opened(1)
    assert second.words == {"note": "请\"尽快\"办理"}
    assert [head for _, head in journal.stored_events(office.db, 1)][-1] == office.tickets[1][1]


def test_only_columns_that_change_are_written(office: Office) -> None:
    before = office.open()
    after = evolve(before, did(before, "found"))
    statement, values = TICKETS.change(before, after, GENESIS)
    assert set(values) == {"id", "read_version", "head", "version", "changed_at", "told_at"}
    written = "version = :version, changed_at = :changed_at, told_at = :told_at, head = :head"
    assert statement == f"UPDATE ticket SET {written} {{from given}} WHERE id = :id AND version = :read_version"


@pytest.mark.parametrize("locked", [True, False])
def test_of_two_writers_who_read_the_same_version_one_meets_a_conflict(office: Office, record_url: str, locked: bool) -> None:
    before = office.open()
    head = office.tickets[1][1]
    winner = office.do(1, "assigned", {"turn": "lead"})
    with closing(connect(record_url)) as late, pytest.raises(Conflict), late.write():
        if locked:
            journal.read_ticket(late, 1, lock=True)
        event = did(before, "withdrawn")
        journal.append(late, [event], before, evolve(before, event), head)
    assert fold(journal.read_events(office.db, 1)) == winner


def test_a_row_that_moved_without_an_event_is_a_conflict_too(office: Office, tamper: Any) -> None:
    before = office.open()
    tamper("UPDATE ticket SET version = 7")
    event = did(before, "assigned")
    with pytest.raises(Conflict), office.db.write():
        journal.append(office.db, [event], before, evolve(before, event), office.tickets[1][1])
    assert len(journal.read_events(office.db, 1)) == 1


def test_words_and_their_digest_go_together(office: Office) -> None:
    before = office.open()
    good = did(before, "found", words={"note": "a"})
    wrong = [
        good._replace(words={"note": "b"}), good._replace(salt="other"), good._replace(salt=None), good._replace(words=None),
        good._replace(data={**good.data, "words": "0" * 64}), did(before, "found")._replace(words={"note": "a"}, salt="grain"),
    ]
    for event in wrong:
        with pytest.raises(ValueError, match="words"), office.db.write():
            journal.append(office.db, [event], before, evolve(before, event), office.tickets[1][1])
    assert len(journal.read_events(office.db, 1)) == 1


def test_events_must_lead_from_the_ticket_before_to_the_ticket_after(office: Office) -> None:
    before = office.open()
    one = did(before, "assigned")
    middle = evolve(before, one)
    two = did(middle, "rectifying")
    after = evolve(middle, two)
    for events, end in [([], before), ([one], after), ([two], after), ([two, one], after), ([one, two], middle)]:
        with pytest.raises(ValueError, match="do not lead"), office.db.write():
            journal.append(office.db, events, before, end, office.tickets[1][1])


def test_cooperators_are_an_index_of_the_fold(office: Office) -> None:
    office.assigned("FGW", ("GAJ", "SHUIWJ"))
    office.do(1, "assigned", {"with": ["GAJ"]})
    assert office.db.rows("SELECT ticket, unit FROM cooperator") == [(1, "GAJ")]
    office.do(1, "assigned", {"with": []})
    assert office.db.rows("SELECT ticket, unit FROM cooperator") == []


def test_a_notice_is_queued_with_its_event_once(office: Office) -> None:
    office.open()
    later = NOON + timedelta(hours=5)
    notice = journal.Notice(2, "fgw", "inbox", later)
    office.do(1, "assigned", notices=(notice, notice._replace(channel="mail", body="{}")))
    rows = office.db.rows(
        "SELECT stream, recipient, channel, not_before, created_at, next_try_at, sent_at, tries, dead, body FROM notice ORDER BY id"
    )
    made = NOON + timedelta(hours=1)
    assert rows == [
        (1, "fgw", "inbox", later, made, later, None, 0, False, None), (1, "fgw", "mail", later, made, later, None, 0, False, "{}"),
    ]
    before, head = office.tickets[1]
    event = did(before, "assigned")
    with pytest.raises(Conflict), office.db.write():
        journal.append(office.db, [event], before, evolve(before, event), head, [notice._replace(seq=3)] * 2)
    assert len(journal.read_events(office.db, 1)) == 2


def moved(office: Office, ticket: int, hours: int = 0) -> journal.Change:
    """Two events for a ticket: one rung after the other."""
    before, head = office.tickets[ticket]
    one = did(before, before.state, {"deadlines": {"rectify": deadline(NOON, level=1)}})
    middle = evolve(before, one)
    two = did(middle, before.state, {"wake_at": stamp(NOON + timedelta(hours=hours)), "with": ["GAJ"] if hours else []})
    notice = journal.Notice(middle.version, "fgw", "inbox", NOON)
    return journal.Change(before, evolve(middle, two), (one, two), head, (notice,))


def test_a_batch_writes_what_single_appends_would_write(office: Office) -> None:
    for _ in range(5):
        office.assigned("FGW", ("SHUIWJ",))
    batch = [moved(office, ticket, hours=ticket % 2) for ticket in range(1, 6)]
    with office.db.write():
        journal.append_many(office.db, batch)
    assert [ticket for ticket, _ in journal.read_tickets(office.db, range(1, 6))] == [change.after for change in batch]
    for change in batch:
        history = journal.stored_events(office.db, change.after.id)
        assert fold(event for event, _ in history) == change.after
        found = journal.read_ticket(office.db, change.after.id)
        assert found is not None
        assert found[1] == history[-1][1]
    assert office.db.rows("SELECT stream FROM notice ORDER BY stream") == [(1,), (2,), (3,), (4,), (5,)]
    assert office.db.rows("SELECT ticket, unit FROM cooperator ORDER BY ticket") == [(1, "GAJ"), (3, "GAJ"), (5, "GAJ")]


def test_a_batch_with_one_ticket_that_moved_meanwhile_writes_nothing(office: Office) -> None:
    for _ in range(3):
        office.assigned("FGW")
    batch = [moved(office, ticket) for ticket in (1, 2, 3)]
    office.do(2, "withdrawn", {"final": True, "wake_at": None})
    with pytest.raises(Conflict), office.db.write():
        journal.append_many(office.db, batch)
    assert [len(journal.read_events(office.db, ticket)) for ticket in (1, 2, 3)] == [2, 3, 2]


def test_an_empty_batch_is_nothing(office: Office) -> None:
    with office.db.write():
        journal.append_many(office.db, [])


def test_a_batch_meets_a_row_that_moved_without_an_event(office: Office, tamper: Any) -> None:
    office.assigned("FGW")
    batch = [moved(office, 1)]
    tamper("UPDATE ticket SET version = 9")
    with pytest.raises(Conflict), office.db.write():
        journal.append_many(office.db, batch)
    assert len(journal.read_events(office.db, 1)) == 2


def test_administration_is_a_stream_of_its_own(database: Database) -> None:
    with database.write():
        journal.administer(database, "set", NOON, ADMIN, {"name": "office"})
        journal.administer(database, "read", NOON, ADMIN, {"what": "words"}, {"reason": "申请公开"}, "salt")
    one, two = journal.read_events(database, 0)
    assert (one.seq, one.kind, one.data, one.words) == (1, "set", {"name": "office"}, None)
    assert two.words == {"reason": "申请公开"}
    assert two.data["words"] == digest_words({"reason": "申请公开"}, "salt")
    assert journal.administration_head(database) == (2, journal.stored_events(database, 0)[-1][1])


def test_words_of_the_administration_need_a_salt(database: Database) -> None:
    with pytest.raises(ValueError, match="words"), database.write():
        journal.administer(database, "read", NOON, ADMIN, {}, {"reason": "x"})


def test_redaction_takes_the_words_and_keeps_the_facts(office: Office) -> None:
    before = office.open()
    erased = Event(1, 2, NOON, "office", "supervisor", None, "cli", "erased", "found", "found", {"seq": 1, "why": "privacy"})
    with office.db.write():
        after = erasing.redact(office.db, erased, before, office.tickets[1][1])
    assert after.title == "〔已删除〕"
    assert after.detail is None
    found = journal.read_ticket(office.db, 1)
    assert found is not None
    assert found[0] == after
    assert journal.read_events(office.db, 1)[0].words is None
    assert office.db.row("SELECT count(*) FROM event WHERE words LIKE :salt", salt="%salt%") == (0,)


def test_words_are_redacted_once(office: Office) -> None:
    before = office.open()
    erased = Event(1, 2, NOON, "office", "supervisor", None, "cli", "erased", "found", "found", {"seq": 1})
    with office.db.write():
        after = erasing.redact(office.db, erased, before, office.tickets[1][1])
    _, head = journal.read_ticket(office.db, 1) or (None, b"")
    with pytest.raises(Conflict), office.db.write():
        erasing.redact(office.db, erased._replace(seq=3), after, head)
    assert len(journal.read_events(office.db, 1)) == 2


def test_numbers_have_no_gaps_after_a_failure(database: Database) -> None:
    furnish(database)
    drawn = []
    for failing in (False, True, False):
        with pytest.raises(KeyError) if failing else nullcontext(), database.write():
            drawn.append((counters.next_stream(database), counters.next_serial(database, "ZG", 2026)))
            if failing:
                raise KeyError
    with database.write():
        drawn.append((counters.next_stream(database), counters.next_serial(database, "ZG", 2027)))
    assert drawn == [(1, 1), (2, 2), (2, 2), (3, 1)]


def test_stored_facts_are_the_canonical_text_that_was_hashed(office: Office) -> None:
    office.open()
    ((data, words),) = office.db.rows("SELECT data, words FROM event WHERE stream = 1")
    assert list(json.loads(data)) == sorted(json.loads(data))
    assert ": " not in data
    assert json.loads(words) == {"salt": "salt", "text": opened(1).words}
