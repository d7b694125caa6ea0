"""What is written of a batch is judged again; and what is opened in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from engine.rules.access import Actor
from engine.rules.acts.batch import Letter, close, receive, ring
from engine.rules.acts.redaction import Appointment, ask, confirm
from engine.rules.batch import Batch, evolve, fold
from engine.rules.event import Event
from engine.rules.judging.judge import judge_batch
from engine.rules.judging.judgement import Judgement
from engine.rules.judging.known import Post
from engine.rules.recipients import Directory
from engine.rules.ticket_facts import Evidence
from tests.rules.conftest import OFFICE, Matter, china, local
from tests.rules.test_judging import codes, judge_last, told_otherwise
from tests.rules.told import EVERYBODY, Told

LETTER = Letter("省营商环境评价反馈问题", "豫营商办〔2020〕12号", date(2020, 9, 20), "省营商办")
SCANNED = Letter(
    LETTER.title, LETTER.number, LETTER.dated, LETTER.sender, evidence=(Evidence("ab" * 32, 3, "application/pdf"),),
    file_names={"file-abababababab": "来文.pdf"},
)
ADMIN = Actor("admin", "admin", None, "test")
PEOPLE = Directory(office=("office",), leaders=("leader",))
KNOWN = {**EVERYBODY, "admin": Post("admin", None)}

Make = Callable[..., Matter]


def made(outcome: object) -> Event:
    assert isinstance(outcome, Event), outcome
    return outcome


def received(letter: Letter = LETTER) -> Event:
    return made(receive(letter, OFFICE, local("2020-09-25T09:00"), china(), stream=7, number="B-2020-0001", office="ZG", salt="salt"))


def known(**more: Any) -> Told:
    return Told({}, [china()], **{"posts": KNOWN, **more})


def judged(events: Sequence[Event], told: Told | None = None) -> Judgement:
    """What is said of the last of the events."""
    return judge_batch(events[-1], fold(events[:-1]) if events[:-1] else None, events[:-1], told or known())


def rung(events: Sequence[Event], now: str) -> Event:
    return ring(fold(events), local(now), china(), PEOPLE)


def changed(event: Event, **facts: Any) -> Event:
    return event._replace(data=told_otherwise(event, **facts))


def test_what_the_office_does_with_a_letter_is_lawful() -> None:
    for letter in (LETTER, SCANNED):
        first = received(letter)
        assert judged([first]) == Judgement()
        assert judged([first._replace(words=None, salt=None)]) == Judgement(), "its words are not asked for"
    closed = made(close(fold([first]), 0, OFFICE, local("2020-09-28T09:00")))
    assert judged([first, closed]) == Judgement()


def test_a_batch_that_was_closed_while_something_waited_is_named() -> None:
    first = received()
    closed = made(close(fold([first]), 0, OFFICE, local("2020-09-28T09:00")))
    assert codes(judged([first, closed], known(waiting=2))) == ["batch-unassigned"]


@pytest.mark.parametrize(("facts", "expected"), [
    ({"assign_due_at": "2020-12-31T10:00:00.000000Z"}, ["judged-fact"]), ({"audience": None}, ["judged-fact"]),
    ({"dated": "2020-09-26"}, ["letter-ahead"]), ({"assign_limit": "0 days"}, ["limit-empty"]), ({"letter": " "}, ["words-empty"]),
    ({"given": ["title"]}, ["judged-fact"]), ({"assign_limit": "soon"}, ["judged-form"]), ({"dated": None}, ["judged-form"]),
    ({"evidence": [{"sha256": "ab"}]}, ["judged-form"]),
])
def test_a_letter_that_no_rule_would_receive_is_named(facts: dict[str, Any], expected: list[str]) -> None:
    assert codes(judged([changed(received(), **facts)])) == expected


def test_of_a_batch_it_is_asked_who_wrote_it() -> None:
    first = received()
    assert codes(judged([first._replace(role="leader")])) == ["judged-role", "may-not-receive"]
    assert codes(judged([first._replace(actor="leader", role="leader")])) == ["may-not-receive"]
    assert codes(judged([first._replace(data=[])])) == ["judged-form"]  # type: ignore[arg-type] # a hand in the record


def test_an_event_that_is_none_of_a_batch_is_named() -> None:
    first = received()
    batch = fold([first])
    closed = made(close(batch, 0, OFFICE, first.at))
    over = evolve(batch, closed)
    assert codes(judge_batch(closed, None, (), known())) == ["judged-kind"]
    assert codes(judge_batch(first, batch, (), known())) == ["judged-kind"]
    assert codes(judge_batch(closed._replace(kind="did"), batch, (), known())) == ["judged-kind"]
    assert codes(judge_batch(closed, over, (), known())) == ["batch-over"]


# -- its limit ----------------------------------------------------------------------------------------------------------------


def test_the_rungs_of_its_limit_are_lawful_and_its_repetitions() -> None:
    events = [received()]
    for now in ("2020-10-16T09:00", "2020-10-20T09:00", "2020-11-30T09:00"):
        events.append(rung(events, now))
        assert judged(events) == Judgement(), now


@pytest.mark.parametrize(("facts", "expected"), [
    ({"rung": "office-late"}, ["judged-fact"]), ({"effects": {"rung": 2, "repeated": 0, "wake_at": "2021-10-19T10:00:00.000000Z"}}, [
        "judged-value", "judged-value",
    ]), ({"recipients": ["nobody"]}, ["judged-account"]), ({"recipients": None}, ["judged-form"]),
])
def test_a_rung_that_says_something_else_is_named(facts: dict[str, Any], expected: list[str]) -> None:
    events = [received()]
    assert codes(judged([*events, changed(rung(events, "2020-10-16T09:00"), **facts)])) == expected


def test_a_rung_that_had_not_come_or_was_none_of_the_watch_is_named() -> None:
    events = [received()]
    event = rung(events, "2020-10-16T09:00")
    assert codes(judged([*events, event._replace(at=local("2020-10-15T17:59"))])) == ["judged-rung"]
    assert codes(judged([*events, event._replace(actor="office", role="supervisor")])) == ["judged-watch"]
    closed = made(close(fold(events), 0, OFFICE, local("2020-09-28T09:00")))
    assert codes(judge_batch(event._replace(seq=3), fold([*events, closed]), (), known())) == ["judged-rung"]


def test_whom_a_rung_told_is_not_asked_where_nobody_tells_who_there_was() -> None:
    events = [received()]
    event = changed(rung(events, "2020-10-16T09:00"), recipients=["nobody"])
    assert judged([*events, event], known(tells_people=False)) == Judgement()


# -- words that are erased ----------------------------------------------------------------------------------------------------


def erased(appointed: Sequence[Appointment] = ()) -> list[Event]:
    first = received()
    asked = made(ask(fold([first]), [first], 1, "含个人信息", OFFICE, local("2020-09-26T09:00"), "salt"))
    bare = [first._replace(words=None, salt=None), asked]
    return [*bare, made(confirm(fold(bare), [first, asked], 1, ADMIN, local("2020-09-27T09:00"), appointed))]


def test_two_people_erase_the_words_of_a_letter() -> None:
    events = erased()
    assert judged(events[:2]) == Judgement() and judged(events) == Judgement()
    assert fold(events).title != LETTER.title and fold(events).version == 3


def test_nobody_erases_words_of_a_batch_alone() -> None:
    events = erased()
    assert codes(judged([events[0], events[2]._replace(seq=2)])) == ["erasure-not-asked"]
    assert codes(judged([*events[:2], events[2]._replace(actor="office", role="supervisor")])) == ["erasure-same-person"]
    late = known(appointed=[Appointment("admin", "office", True)])
    assert codes(judged(events, late)) == ["erasure-late-account"]


# -- what is opened in it -----------------------------------------------------------------------------------------------------


def opened_in(matter: Make, batch: Batch) -> Matter:
    return matter().open(source="superior", batch=batch.number, assign_by=batch.assign_due_at)


@pytest.mark.parametrize("thorough", [True, False])
def test_what_is_opened_in_a_batch_is_lawful_while_that_takes_tickets(matter: Make, thorough: bool) -> None:
    batch = fold([received()])
    case = opened_in(matter, batch)
    assert case.ticket.deadlines["assign"].due_at == batch.assign_due_at
    there = Told(
        {case.definition.hash: case.definition}, [case.calendar], thorough=thorough, batches={batch.number: batch},
    )
    assert judge_last(case, there) == Judgement()
    there.batches = {batch.number: batch._replace(closed_at=local("2020-09-25T08:00"))}
    assert "batch-over" in codes(judge_last(case, there))
    there.batches = {}
    assert "judged-batch" in codes(judge_last(case, there))


def test_the_date_of_the_batch_is_computed_again(matter: Make) -> None:
    batch = fold([received()])
    case = opened_in(matter, batch)
    other = batch._replace(assign_due_at=local("2020-12-31T18:00"))
    there = Told({case.definition.hash: case.definition}, [case.calendar], batches={batch.number: other})
    assert set(codes(judge_last(case, there))) == {"judged-value"}
