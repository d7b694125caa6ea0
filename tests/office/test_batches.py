"""What comes in with letters, on both databases: its own streams among those of tickets, and nothing of it for units."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.audit.verify import verify
from engine.desk.filing import HandedIn, inspect
from engine.errors import BatchNotFound, NotPermitted, Refused, TicketNotFound
from engine.notices.inbox import count_inbox, read_inbox
from engine.notices.setup import Setup
from engine.notices.writing import Writer
from engine.office.batches import Batches
from engine.office.stream import Counted
from engine.record import counters, erasing, event_rows, journal, queries
from engine.record.aggregates import BATCHES
from engine.record.evidence import every, folder_of, path_of
from engine.rules.access import Actor
from engine.rules.acts.batch import Letter
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening, open_ticket
from engine.rules.batch import Batch, evolve, fold
from engine.rules.event import Event
from engine.rules.proof.chain import digest_words
from engine.rules.ticket import evolve as evolve_ticket
from engine.rules.wording import file_word
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town

LEADER, AUDITOR, WATCH = (Actor(name, name, None, "test") for name in ("leader", "auditor", "watch"))
LETTER = Letter("省营商环境评价反馈问题", "豫营商办〔2020〕12号", date(2020, 9, 20), "省营商办")


def batches(town: Town) -> Batches:
    return Batches(town.desk)


def received(town: Town, **said: str) -> Batch:
    return batches(town).receive(OFFICE, replace(LETTER, **said)).thing


def opened_in(town: Town, batch: str | None, title: str = "企业开办材料重复提交") -> str:
    return town.desk.open(OFFICE, Opening(title, "superior", batch=batch)).ticket.number


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def stored(town: Town, batch: Batch) -> tuple[Batch, bytes]:
    found = journal.read_thing(town.database, BATCHES, batch.number)
    assert found is not None
    return found


def told(town: Town, batch: Batch, *people: str) -> None:
    """A batch that is closed, of which some people are told."""
    before, head = stored(town, batch)
    event = Event(
        before.id, before.version + 1, town.now, "office", "supervisor", None, "test", "batch-closed", None, None, {"audience": "office"},
    )
    notices = [journal.Notice(event.seq, name, "inbox", town.now, sent_at=town.now) for name in people]
    with town.database.write():
        journal.append(town.database, [event], before, evolve(before, event), head, notices)


def findings(town: Town) -> Sequence[tuple[str, int | None, str | None]]:
    return [(finding.code, finding.stream, finding.field) for finding in verify(town.database)]


# streams ----------------------------------------------------------------------------------------------------------------------


def test_batches_and_tickets_have_ids_from_one_counter_and_numbers_of_their_own(town: Town) -> None:
    first, ticket, second = received(town), opened_in(town, None), received(town, number="13号")
    found = journal.read_ticket(town.database, ticket)
    assert found is not None
    assert [first.id, found[0].id, second.id] == [1, 2, 3]
    assert [first.number, ticket, second.number] == ["B-2020-0001", "ZG-2020-0001", "B-2020-0002"]
    assert findings(town) == []


def test_the_row_of_a_batch_is_the_fold_of_its_events_and_verifies(town: Town) -> None:
    batch = received(town)
    opened = opened_in(town, batch.number)
    town.desk.do(OFFICE, opened, Command("assign", {"lead": "SCJGJ"}))
    later = town.at("2020-09-28T10:00")
    closed = batches(later).close(OFFICE, "1").thing
    events = journal.read_events(town.database, batch.id)
    assert [event.kind for event in events] == ["batch-received", "batch-closed"]
    assert stored(town, batch)[0] == fold(events) == closed
    assert findings(town) == []


@pytest.mark.parametrize(("column", "value"), [
    ("title", "别的来文"), ("letter", "13号"), ("sender", None), ("dated", date(2020, 9, 21)), ("assign_limit", "3 days"),
    ("assign_due_at", None), ("received_by", "bob"), ("version", 1), ("year", 2021), ("serial", 2), ("office", "XX"),
])
def test_a_column_of_a_batch_that_is_not_what_its_events_tell_is_named(town: Town, column: str, value: object) -> None:
    batch = received(town)
    if column == "version":
        batches(town).ask_erasure(OFFICE, "1", 1, "含个人信息")
    given = town.now + timedelta(days=90) if column == "assign_due_at" else value
    with town.database.write():
        town.database.run(f"UPDATE batch SET {column} = :value", value=given)
    assert ("row", batch.id, column) in findings(town)


@pytest.mark.parametrize("kind", ["did", "round-started", "batch-closed", "set", "渣"])
def test_a_stream_that_begins_with_nothing_of_ours_is_found(town: Town, kind: str) -> None:
    batch = received(town)
    stranger = Event(batch.id + 1, 1, town.now, "office", "supervisor", None, "test", kind, None, None, {"number": "X"})
    with town.database.write():
        counters.next_stream(town.database)
        values, _ = event_rows.values_of(stranger, bytes(0))
        town.database.run(queries.APPEND, **values)
    assert {stream for _, stream, _ in findings(town)} == {stranger.ticket}


def test_a_batch_without_its_events_or_without_its_row_is_found(town: Town) -> None:
    batch = received(town)
    with town.database.write():
        town.database.run("DELETE FROM batch")
    assert ("no-ticket", batch.id, None) in findings(town)
    with town.database.write():
        town.database.run(BATCHES.insert, **BATCHES.values(batch._replace(id=9), bytes(32)))
    assert ("no-events", 9, None) in findings(town)


def test_numbers_of_batches_are_counted(town: Town) -> None:
    received(town)
    with town.database.write():
        town.database.run("UPDATE counter SET last = 2 WHERE office = 'B'")
    assert [finding.number for finding in verify(town.database) if finding.code == "number"] == ["B-2020-0002"]
    with town.database.write():
        town.database.run("DELETE FROM counter WHERE office = 'B'")
    assert [finding.number for finding in verify(town.database) if finding.code == "number"] == ["B-2020-0001"]


@pytest.fixture
def scan(tmp_path: Path) -> HandedIn:
    (tmp_path / "来文.pdf").write_bytes(f"%PDF-1.4 {tmp_path}".encode())  # of this test only: offices of one run share a folder
    return inspect(tmp_path / "来文.pdf")


def test_the_scan_of_a_letter_is_its_evidence(town: Town, scan: HandedIn) -> None:
    batch = batches(town).receive(OFFICE, LETTER, files=[scan]).thing
    [row] = town.database.rows(queries.CITATIONS, hashes=[scan.evidence.sha256])
    assert row == (scan.evidence.sha256, batch.id, 1, batch.number)
    [event] = journal.read_events(town.database, batch.id)
    assert sorted(event.words or {}) == sorted([file_word(scan.evidence.sha256), "sender", "title"])
    assert path_of(folder_of(town.database), scan.evidence.sha256).read_bytes() == scan.path.read_bytes()
    assert findings(town) == []
    with town.database.write():
        town.database.run("DELETE FROM citation")
    assert {code for code, _, _ in findings(town)} == {"citations"}


def test_a_letter_that_is_refused_or_rehearsed_keeps_no_scan(town: Town, scan: HandedIn) -> None:
    assert batches(town).receive(OFFICE, LETTER, files=[scan], dry_run=True).event.data["evidence"]
    with pytest.raises(Refused):
        batches(town).receive(OFFICE, replace(LETTER, title=" "), files=[scan])
    with pytest.raises(NotPermitted):
        batches(town).receive(CONTACT, LETTER, files=[scan])
    assert list(every(town.database)) == [] and not path_of(folder_of(town.database), scan.evidence.sha256).exists()


def test_two_people_erase_the_words_of_a_letter(town: Town) -> None:
    batch = received(town)
    asked = batches(town).ask_erasure(OFFICE, "1", 1, "含个人信息").thing
    assert asked.title == LETTER.title
    with pytest.raises(Refused) as refused:
        batches(town).erase(OFFICE, "1", 1)
    assert codes(refused) == ["erasure-same-person"]
    assert batches(town).erase(ADMIN, "1", 1, dry_run=True).thing.sender is None
    assert stored(town, batch)[0].sender == LETTER.sender, "a rehearsal erases nothing"
    after = batches(town).erase(ADMIN, "1", 1).thing
    assert (after.sender, after.letter) == (None, LETTER.number) and stored(town, batch)[0] == after
    assert [event.words for event in journal.read_events(town.database, batch.id)] == [None, {"reason": "含个人信息"}, None]
    assert findings(town) == []
    assert received(town).number == "B-2020-0002", "a letter whose sender was erased is no longer known"


def test_nobody_else_asks_for_words_of_a_letter_to_be_erased_nor_learns_of_one(town: Town) -> None:
    received(town)
    for ask in (lambda: batches(town).ask_erasure(LEADER, "1", 1, "x"), lambda: batches(town).erase(CONTACT, "1", 1)):
        with pytest.raises(NotPermitted):
            ask()
    with pytest.raises(BatchNotFound):
        batches(town).ask_erasure(OFFICE, "2", 1, "误录")


def test_words_that_were_erased_by_no_command_are_found(town: Town) -> None:
    batch = received(town)
    before, head = stored(town, batch)
    data = {"seq": 1, "asked": 1, "audience": "office"}
    erased = Event(batch.id, 2, town.now, "admin", "admin", None, "test", "erased", None, None, data)
    with town.database.write():
        erasing.redact(town.database, erased, before, head)
    assert [(code, stream) for code, stream, _ in findings(town)] == [("unlawful", batch.id)]


def test_a_batch_that_was_closed_though_something_waited_is_found(town: Town) -> None:
    """A well-hashed event, written beside the desk."""
    batch = received(town)
    waiting, withdrawn, assigned = (opened_in(town, batch.number) for _ in range(3))
    town.desk.do(OFFICE, withdrawn, Command("withdraw", {"as": "mistake"}, {"reason": "误录"}))
    before, head = stored(town, batch)
    event = Event(batch.id, 2, town.now, "office", "supervisor", None, "test", "batch-closed", None, None, {"audience": "office"})
    with town.database.write():
        journal.append(town.database, [event], before, evolve(before, event), head)
    for number in (waiting, assigned):
        town.desk.do(OFFICE, number, Command("assign", {"lead": "SCJGJ"}))
    assert findings(town) == [("unlawful", batch.id, "batch-unassigned")], "what it was at the closing counts, not what it is now"


def test_a_ticket_that_was_opened_in_a_closed_batch_is_found(town: Town) -> None:
    batch = received(town)
    batches(town).close(OFFICE, "1")
    calendar, definition = town.desk.rules.calendar(), town.desk.rules.current("rectification")
    with town.database.write():
        stream = counters.next_stream(town.database)
        event = open_ticket(
            definition, Opening("窗口无人值守", "superior", batch=batch.number, assign_by=batch.assign_due_at), OFFICE, town.now, calendar,
            ticket=stream, number="ZG-2020-0001", office="ZG", salt="salt",
        )
        assert isinstance(event, Event)
        counters.next_serial(town.database, "ZG", 2020)
        journal.append(town.database, [event], None, evolve_ticket(None, event))
    assert findings(town) == [("unlawful", stream, "batch-over")]


# what the office does ---------------------------------------------------------------------------------------------------------


def test_a_letter_is_received_once(town: Town) -> None:
    first = received(town)
    with pytest.raises(Refused) as refused:
        received(town)
    assert codes(refused) == ["letter-received"] and refused.value.reasons[0].values["batch"] == first.number
    assert received(town, sender="省发改委").serial == 2, "another sender's letter may have the same number; a refusal takes none"


def test_a_rehearsal_leaves_nothing(town: Town) -> None:
    done = batches(town).receive(OFFICE, LETTER, dry_run=True)
    assert done.thing.number == "B-2020-0001" and done.event.kind == "batch-received"
    assert list(batches(town).every(OFFICE)) == []
    batch = received(town)
    assert batches(town).close(OFFICE, batch.number, dry_run=True).thing.closed_by == "office"
    assert stored(town, batch)[0].closed_at is None


def test_a_batch_is_closed_once_all_of_it_is_assigned_and_takes_no_more(town: Town) -> None:
    batch = received(town)
    number = opened_in(town, batch.number)
    with pytest.raises(Refused) as refused:
        batches(town).close(OFFICE, "1")
    assert codes(refused) == ["batch-unassigned"]
    town.desk.do(OFFICE, number, Command("assign", {"lead": "SCJGJ"}))
    batches(town).close(OFFICE, "B-2020-1")
    with pytest.raises(Refused) as refused:
        opened_in(town, batch.number, title=" ")
    assert codes(refused) == ["batch-over", "title-empty"], "every reason at once"
    with pytest.raises(Refused) as refused:
        batches(town).close(OFFICE, "1")
    assert codes(refused) == ["batch-over"]


def test_tickets_are_counted_in_their_batch(town: Town) -> None:
    batch, other = received(town), received(town, number="13号")
    first, _ = opened_in(town, batch.number), opened_in(town, batch.number)
    town.desk.do(OFFICE, first, Command("assign", {"lead": "SCJGJ"}))
    assert batches(town).read(LEADER, "1") == Counted(stored(town, batch)[0], tickets=2, unassigned=1, open=2)
    assert [item.thing.number for item in batches(town).every(AUDITOR)] == [other.number, batch.number]
    assert [ticket.number for ticket in batches(town).tickets(OFFICE, batch)] == ["ZG-2020-0001", "ZG-2020-0002"]
    batches(town).close(OFFICE, other.number)
    assert [item.thing.number for item in batches(town).every(OFFICE)] == [batch.number]
    assert len(list(batches(town).every(OFFICE, closed=True))) == 2


def test_tickets_for_each_unit_are_of_the_batch_that_is_named_or_of_one_that_they_begin(town: Town) -> None:
    batch = received(town)
    opening = Opening("窗口无人值守", "superior")
    with_letter = town.desk.open_each(OFFICE, opening._replace(batch=batch.number), ("SCJGJ", "GAJ"))
    without = town.desk.open_each(OFFICE, opening, ("SCJGJ", "GAJ"))
    assert {done.ticket.batch for done in with_letter} == {batch.number}
    assert {done.ticket.batch for done in without} == {without[0].ticket.number}
    one = opened_in(town, batch.number)
    assigned = town.desk.assign_each(OFFICE, one, Command("assign", {"lead": "SCJGJ"}), ("SCJGJ", "GAJ"))
    assert {done.ticket.batch for done in assigned} == {batch.number}
    assert findings(town) == []


def test_a_batch_that_does_not_exist_takes_no_ticket(town: Town) -> None:
    for number in ("B-2020-0001", "ZG-2020-0001"):
        with pytest.raises(BatchNotFound):
            opened_in(town, number)
    for typed in ("1", "ZG-2020-0001", "渣", "B-2020-1"):
        with pytest.raises(BatchNotFound):
            batches(town).read(OFFICE, typed)


# who ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", [CONTACT, ADMIN, WATCH], ids=lambda actor: actor.role)
def test_whoever_may_not_read_batches_is_told_so_whatever_it_asks(town: Town, actor: Actor) -> None:
    batch = received(town)
    for ask in (
        lambda: batches(town).read(actor, "1"), lambda: batches(town).every(actor), lambda: batches(town).close(actor, "1"),
        lambda: batches(town).tickets(actor, batch),
    ):
        with pytest.raises(NotPermitted):
            ask()


def test_a_unit_sees_its_ticket_and_not_the_batch_it_came_with(town: Town) -> None:
    batch = received(town)
    number = opened_in(town, batch.number)
    town.desk.do(OFFICE, number, Command("assign", {"lead": "FGW"}))
    assert town.desk.ticket(CONTACT, number).batch is None
    assert all("batch" not in event.data for event in town.desk.events(CONTACT, number))
    assert town.desk.ticket(OFFICE, number).batch == batch.number


def test_no_number_of_a_batch_is_a_ticket_s(town: Town) -> None:
    batch = received(town)
    assert journal.read_ticket(town.database, batch.id) is None
    for typed in (batch.number, "B-2020-1", "1"):
        with pytest.raises(TicketNotFound):
            town.desk.read(OFFICE, typed)


def test_whoever_is_told_of_a_batch_reads_its_number_and_a_unit_reads_nothing_of_it(town: Town) -> None:
    batch = received(town)
    told(town, batch, "office", "fgw")
    [entry] = read_inbox(town.database, OFFICE, town.now, "zh", {})
    assert (entry.line.number, entry.line.title, entry.line.what, entry.code) == (
        batch.number, LETTER.title, "批次办结", "batch-closed",
    )
    assert read_inbox(town.database, CONTACT, town.now, "zh", {}) == []
    assert (count_inbox(town.database, OFFICE), count_inbox(town.database, CONTACT)) == (1, 0)
    facts = Writer(town.database, Setup()).facts(entry.event)
    assert (facts["type"], facts["subject"], facts["data"]) == (
        "zhenggai.batch.batch-closed", batch.number, {"number": batch.number, "seq": 2, "kind": "batch-closed"},
    )
    assert LETTER.title not in str(facts)
    assert findings(town) == []


def test_words_are_kept_beside_the_facts(town: Town) -> None:
    [event] = journal.read_events(town.database, received(town).id)
    assert event.words == LETTER.words() and event.data["words"] == digest_words(LETTER.words(), event.salt or "")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_office_does_the_rows_are_the_folds_of_their_streams(town: Town, seed: int) -> None:
    """Letters, tickets and closings in any order: what is refused leaves nothing, and every row is told by its events."""
    chance, numbers, made = random.Random(seed), [], []  # noqa: S311 – nothing secret
    for turn in range(12):
        now = replace(town, now=town.now + timedelta(hours=turn))
        with suppress(Refused):
            match chance.randrange(4):
                case 0:
                    made.append(received(now, number=f"{chance.randrange(4)}号").number)
                case 1:
                    numbers.append(opened_in(now, chance.choice([None, *made])))
                case 2 if numbers:
                    now.desk.do(OFFICE, numbers.pop(), Command("assign", {"lead": "SCJGJ"}))
                case 3 if made:
                    batches(now).close(OFFICE, chance.choice(made))
    for number in made:
        found = journal.read_thing(town.database, BATCHES, number)
        assert found is not None and found[0] == fold(journal.read_events(town.database, found[0].id))
    assert made and findings(town) == []
