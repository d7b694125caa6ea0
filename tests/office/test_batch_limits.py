"""The limit within which all of a batch is to be assigned: one alarm for all its tickets, on both databases."""

from __future__ import annotations

import pytest

from engine.errors import Refused
from engine.notices.inbox import read_inbox
from engine.office.batches import Batches
from engine.record import journal
from engine.record.aggregates import BATCHES
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.batch import Batch
from engine.rules.event import Event
from engine.rules.ticket import Ticket
from engine.watch import sweep
from engine.watch.batches import ring_batches
from tests.office.test_batches import codes, opened_in, received
from tests.registry.conftest import OFFICE, Town

LEADER = Actor("leader", "leader", None, "test")
DUE, LATE, AFTER = "2020-10-15T18:00", "2020-10-19T18:00", "2020-10-26T18:00"
"""When a limit of ten working days is over that began on 2020-09-25, two working days later, and when it first comes round."""


def fired(town: Town) -> tuple[list[tuple[Ticket, Event]], list[tuple[Batch, Event]]]:
    """What a sweep of tickets and of batches fires."""
    return sweep(town.desk).fired, ring_batches(town.desk).fired


def told(town: Town, actor: Actor) -> list[tuple[str, str]]:
    """What an account was told, oldest first."""
    return [(entry.line.number, entry.code) for entry in reversed(read_inbox(town.database, actor, town.now, "zh", {}))]


def stored(town: Town, number: str) -> Batch:
    found = journal.read_thing(town.database, BATCHES, number)
    assert found is not None
    return found[0]


def test_many_rows_of_one_letter_are_one_alarm(town: Town) -> None:
    batch = received(town)
    tickets = [opened_in(town, batch.number) for _ in range(5)]
    assert fired(town.at("2020-10-15T17:59")) == ([], [])
    for now in (DUE, LATE, AFTER):
        fired(town.at(now))
    assert told(town.at(AFTER), OFFICE) == [
        (batch.number, "office-due"), (batch.number, "office-late"), (batch.number, "assign-all"),
    ]
    assert told(town.at(AFTER), LEADER) == [(batch.number, "office-late"), (batch.number, "assign-all")]
    rungs = [event.data["rung"] for event in journal.read_events(town.database, 2) if event.kind == "escalated"]
    assert len(tickets) == 5 and rungs == ["office-due", "office-late", "office-late"], "each ticket tells that the office was late"
    assert town.at(AFTER).sound()


def test_what_came_while_nobody_swept_is_one_notice_a_person(town: Town) -> None:
    batch = received(town)
    _, rung = fired(town.at("2020-11-30T09:00"))
    assert [(event.data["rung"], event.data.get("n"), event.data.get("missed")) for _, event in rung] == [
        ("office-due", None, None), ("office-late", None, None), ("office-late", 2, 1),
    ]
    assert told(town.at("2020-11-30T09:00"), OFFICE) == [(batch.number, "assign-all")]
    assert fired(town.at("2020-11-30T09:00")) == ([], []), "exactly once"
    assert town.sound()


def test_a_ticket_of_a_batch_is_to_be_assigned_by_the_date_of_that(town: Town) -> None:
    batch = received(town)
    later = town.at("2020-10-09T09:00")
    first, second = (later.desk.ticket(OFFICE, opened_in(where, batch.number)) for where in (town, later))
    assert first.office_due_at == second.office_due_at == batch.assign_due_at


def test_what_is_assigned_rings_no_more_and_a_closed_batch_does_not(town: Town) -> None:
    batch = received(town)
    town.desk.do(OFFICE, opened_in(town, batch.number), Command("assign", {"lead": "SCJGJ"}))
    closed = Batches(town.desk).close(OFFICE, "1").thing
    assert closed.wake_at is None
    assert ring_batches(town.at("2021-10-15T18:00").desk).fired == []
    assert town.sound()


def test_a_batch_that_is_assigned_as_a_whole_rings_no_more_until_another_ticket_comes(town: Town) -> None:
    batch = received(town)
    town.desk.do(OFFICE, opened_in(town, batch.number), Command("assign", {"lead": "SCJGJ"}))
    late = town.at(AFTER)
    assert ring_batches(late.desk).fired == []
    found = Batches(late.desk)
    view = found.view(found.read(OFFICE, "1"))
    assert (view["office_late"], view["next_alarm"], view["closed_at"]) == (False, None, None)
    opened_in(late, batch.number)
    assert [event.data["rung"] for _, event in ring_batches(late.desk).fired][:1] == ["office-due"]
    assert late.sound()


def test_what_comes_back_into_a_closed_batch_rings_by_itself(town: Town) -> None:
    """A batch that is closed takes no more tickets; one that is its own may come back, by an appeal, and is nobody's then but its own."""
    batch = received(town)
    number = opened_in(town, batch.number)
    town.desk.do(OFFICE, number, Command("withdraw", {"as": "mistake"}, {"reason": "误录"}))
    Batches(town.desk).close(OFFICE, "1")
    back = town.at("2020-09-28T09:00").desk.do(OFFICE, number, Command("reinstate", {}, {"reason": "确有此事"})).ticket
    assert (back.state, back.batch) == ("found", batch.number)
    fired(town.at("2020-12-01T09:00"))
    assert {number for number, _ in told(town.at("2020-12-01T09:00"), OFFICE)} == {number}
    assert Batches(town.desk).read(OFFICE, "1").unassigned == 1
    assert town.sound()


def test_a_ticket_that_was_declined_rings_by_itself_though_its_batch_is_open(town: Town) -> None:
    batch = received(town)
    number = opened_in(town, batch.number)
    town.desk.do(OFFICE, number, Command("assign", {"lead": "FGW"}))
    contact = Actor("fgw", "contact", "FGW", "test")
    town.desk.do(contact, number, Command("decline", {"clause": "职责"}, {"reason": "不属本单位职责"}))
    fired(town.at("2020-10-09T09:00"))
    assert (number, "office-late") in told(town.at("2020-10-09T09:00"), OFFICE)


def test_for_each_unit_nothing_more_comes_into_a_closed_batch(town: Town) -> None:
    batch = received(town)
    number = opened_in(town, batch.number)
    town.desk.do(OFFICE, number, Command("withdraw", {"as": "mistake"}, {"reason": "误录"}))
    Batches(town.desk).close(OFFICE, "1")
    town.desk.do(OFFICE, number, Command("reinstate", {}, {"reason": "确有此事"}))
    with pytest.raises(Refused) as refused:
        town.desk.assign_each(OFFICE, number, Command("assign", {"lead": "SCJGJ"}), ("SCJGJ", "GAJ"))
    assert codes(refused) == ["batch-over"]


def test_a_batch_that_cannot_be_read_stops_no_other(town: Town) -> None:
    if not town.url.startswith("sqlite"):
        pytest.skip("a typed column holds nothing that is no moment")
    first, second = received(town), received(town, number="13号")
    with town.database.write():
        town.database.run("UPDATE batch SET received_at = 'never' WHERE id = :id", id=first.id)
    rung = ring_batches(town.at(DUE).desk)
    assert ([batch.number for batch, _ in rung.fired], rung.unreadable) == ([second.number], 1)
