"""What comes with one letter: received, closed, and told by its events alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.access import Actor, may_read_batches, may_receive
from engine.rules.acts.batch import Letter, close, over_problem, receive, ring
from engine.rules.acts.command import Refusal
from engine.rules.batch import BATCH, Batch, evolve, fold, is_batch_number, is_late
from engine.rules.event import Event, for_the_office
from engine.rules.loop.feedback import Feedback
from engine.rules.loop.round import Round
from engine.rules.loop.visit import Visit
from engine.rules.proof.chain import digest_words
from engine.rules.recipients import Directory
from engine.rules.streams import FIRST_KINDS
from engine.rules.ticket import ERASED_TITLE, Ticket
from engine.rules.worktime import Amount
from tests.rules.conftest import AUDITOR, LEAD, LEADER, OFFICE, WATCH, china, local

NOW = local("2020-09-25T09:00")
LETTER = Letter("省营商环境评价反馈问题", "豫营商办〔2020〕12号", date(2020, 9, 20), "省营商办")
DEPUTY = replace(OFFICE, name="bob", stands_for="office")


def received(actor: Actor = OFFICE, at: datetime = NOW, received_as: str | None = None, **said: Any) -> Event | Refusal:
    return receive(
        replace(LETTER, **said), actor, at, china(), stream=7, number="B-2020-0003", office="ZG", salt="s", received_as=received_as,
    )


def batch(**said: Any) -> Batch:
    event = received(**said)
    assert isinstance(event, Event), event
    return evolve(None, event)


def codes(outcome: Event | Refusal) -> list[str]:
    assert isinstance(outcome, Refusal), outcome
    return [reason.code for reason in outcome.reasons]


def test_a_letter_becomes_a_batch_that_is_to_be_assigned_within_ten_working_days() -> None:
    found = batch()
    assert (found.id, found.number, found.year, found.serial, found.office, found.version) == (7, "B-2020-0003", 2020, 3, "ZG", 1)
    assert (found.title, found.letter, found.sender, found.dated) == (
        LETTER.title, LETTER.number, LETTER.sender, LETTER.dated,
    )
    assert (found.assign_limit, found.assign_due_at) == ("10 working days", local("2020-10-15T18:00"))  # over the National Day holiday
    assert (found.received_at, found.received_by, found.closed_at, found.closed_by) == (NOW, "office", None, None)


def test_a_batch_may_have_a_limit_of_its_own() -> None:
    assert batch(assign_limit=Amount(3, "days")).assign_due_at == local("2020-09-28T18:00")


def test_its_events_are_the_office_s_and_what_was_typed_may_be_erased() -> None:
    event = received(DEPUTY)
    assert isinstance(event, Event)
    assert for_the_office(event) and event.data["for"] == "office" and event.actor == "bob"
    assert event.words == {"title": LETTER.title, "sender": LETTER.sender}
    assert event.data["words"] == digest_words(LETTER.words(), "s")
    assert LETTER.title not in str(event.data) and LETTER.sender not in str(event.data)


def test_everything_that_is_wrong_with_a_letter_is_said() -> None:
    wrong = received(
        title=" ", number="", sender="一\n二", dated=date(2020, 9, 26), assign_limit=Amount(0, "days"), received_as="B-2020-0001",
    )
    assert codes(wrong) == ["title-empty", "words-empty", "words-control", "letter-ahead", "limit-empty", "letter-received"]


def test_a_letter_of_today_may_be_received() -> None:
    assert batch(dated=date(2020, 9, 25)).dated == date(2020, 9, 25)


@pytest.mark.parametrize("actor", [LEAD, LEADER, AUDITOR, WATCH, Actor("x", "stranger", None)], ids=lambda actor: actor.role)
def test_nobody_but_the_office_receives_or_closes_or_learns_what_came(actor: Actor) -> None:
    assert not may_receive(actor)
    assert codes(received(actor, received_as="B-2020-0001")) == ["may-not-receive"]
    assert codes(close(batch(), 2, actor, NOW)) == ["may-not-receive", "batch-unassigned"]


def test_leaders_and_the_auditor_read_batches_and_no_unit_does() -> None:
    assert [may_read_batches(actor) for actor in (OFFICE, LEADER, AUDITOR, LEAD, WATCH, Actor("a", "admin", None))] == [
        True, True, True, False, False, False,
    ]


def test_a_closed_batch_takes_no_more_tickets_and_is_closed_once() -> None:
    before, later = batch(), NOW + timedelta(days=1)
    event = close(before, 0, DEPUTY, later)
    assert isinstance(event, Event) and for_the_office(event) and event.seq == 2
    after = evolve(before, event)
    assert (after.version, after.closed_at, after.closed_by, after.changed_at) == (2, later, "bob", later)
    assert over_problem(before) is None
    assert codes(close(after, 1, OFFICE, later)) == ["batch-over", "batch-unassigned"]
    with pytest.raises(ValueError, match="nothing of a batch"):
        evolve(after, event._replace(seq=3))


def test_words_that_were_erased_are_told_as_erased() -> None:
    first = received()
    assert isinstance(first, Event)
    erased = first._replace(seq=2, kind="erased", at=NOW + timedelta(hours=1), data={"seq": 1}, words=None, salt=None)
    found = fold([first._replace(words=None, salt=None), erased])
    assert (found.title, found.sender, found.letter, found.version) == (ERASED_TITLE, None, LETTER.number, 2)
    assert found.changed_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(("seq", "kind"), [(1, "opened"), (1, "batch-closed"), (2, "batch-received")])
def test_no_other_event_begins_a_batch(seq: int, kind: str) -> None:
    event = received()
    assert isinstance(event, Event)
    with pytest.raises(ValueError, match="cannot begin"):
        fold([event._replace(seq=seq, kind=kind)])


def test_an_event_out_of_its_place_or_of_another_kind_cannot_follow() -> None:
    event = received()
    assert isinstance(event, Event)
    with pytest.raises(ValueError, match="cannot follow"):
        fold([event, event._replace(seq=3, kind="batch-closed")])
    with pytest.raises(ValueError, match="nothing of a batch"):
        fold([event, event._replace(seq=2, kind="did")])
    with pytest.raises(ValueError, match="without events"):
        fold([])


# its limit --------------------------------------------------------------------------------------------------------------------


PEOPLE = Directory(office=("office", "clerk"), leaders=("leader",), deputies={"leader": ("deputy",)})


def rings_at(now: str, before: Batch | None = None, people: Directory = PEOPLE) -> tuple[Event, Batch]:
    found = before or batch()
    event = ring(found, local(now), china(), people)
    return event, evolve(found, event)


def test_the_limit_rings_at_the_office_and_two_working_days_later_at_its_leaders() -> None:
    assert batch().wake_at == batch().assign_due_at == local("2020-10-15T18:00")
    first, before = rings_at("2020-10-16T09:00")
    assert first.data["recipients"] == ["office", "clerk"]
    assert (before.rung, before.repeated, before.wake_at) == (1, 0, local("2020-10-19T18:00"))
    second, after = rings_at("2020-10-20T09:00", before)
    assert second.data["recipients"] == ["office", "clerk", "leader", "deputy"]
    assert (after.rung, after.repeated, after.wake_at) == (2, 0, local("2020-10-26T18:00"))
    assert [event.data["rung"] for event in (first, second)] == ["office-due", "office-late"]
    assert (first.actor, first.role, for_the_office(first)) == ("watch", "watch", True)


def test_it_comes_round_and_of_what_was_missed_only_the_last_is_told() -> None:
    _, before = rings_at("2020-10-20T09:00", rings_at("2020-10-16T09:00")[1])
    third, once = rings_at("2020-10-27T09:00", before)
    assert (third.data["n"], "missed" in third.data, once.repeated) == (1, False, 1)
    late, after = rings_at("2020-12-30T09:00", before)
    assert (late.data["n"], late.data["missed"], late.data["level"], after.repeated) == (3, 2, 0, 3)
    assert after.wake_at is not None and after.wake_at > local("2020-12-30T09:00")


def test_where_there_is_no_leader_the_office_hears() -> None:
    before = rings_at("2020-10-16T09:00")[1]
    assert rings_at("2020-10-20T09:00", before, Directory(office=("office",)))[0].data["recipients"] == ["office"]


def test_nothing_rings_before_its_time_nor_of_what_is_closed() -> None:
    with pytest.raises(ValueError, match="nothing rings"):
        rings_at("2020-10-15T17:59")
    event = close(batch(), 0, OFFICE, NOW + timedelta(days=1))
    assert isinstance(event, Event)
    after = evolve(batch(), event)
    assert after.wake_at is None
    with pytest.raises(ValueError, match="nothing rings"):
        rings_at("2020-12-01T09:00", after)


WHEN = st.datetimes(datetime(2020, 9, 1), datetime(2020, 12, 1)).map(lambda at: local(at.isoformat()))  # noqa: DTZ001 – made aware beside


@given(at=WHEN, days=st.integers(1, 60), closed=st.booleans())
def test_the_columns_of_a_batch_give_it_back(at: datetime, days: int, closed: bool) -> None:
    events = [received(at=at, dated=date(2020, 8, 1), assign_limit=Amount(days, "working days"))]
    assert isinstance(events[0], Event)
    if closed:
        events.append(close(evolve(None, events[0]), 0, OFFICE, at + timedelta(hours=1)))
    found = fold([event for event in events if isinstance(event, Event)])
    assert found.version == len(events)
    assert BATCH.read(BATCH.columns(found, {})) == found


def test_the_first_event_says_what_a_stream_is_about() -> None:
    assert {
        "opened": Ticket, "imported": Ticket, "batch-received": Batch, "round-started": Round, "visit-begun": Visit,
        "feedback-received": Feedback,
    } == FIRST_KINDS


def test_numbers_of_batches_and_of_tickets_are_told_apart() -> None:
    assert is_batch_number("B-2020-0001") and not is_batch_number("ZG-2020-0001")


def test_the_office_is_late_once_the_limit_for_assigning_is_over_and_until_the_batch_is_closed() -> None:
    found = batch()
    assert not is_late(found, found.assign_due_at - timedelta(minutes=1)) and is_late(found, found.assign_due_at)
    assert not is_late(found._replace(closed_at=found.assign_due_at), found.assign_due_at)
