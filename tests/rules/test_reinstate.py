"""A mistaken withdrawal can be taken back (撤回撤销): it is a pause, and nobody's attempt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.rules.acts.command import Command
from engine.rules.acts.decide import decide
from engine.rules.deadline import ENDED, RESTS, RUNS
from engine.rules.event import Event
from engine.rules.ticket import Ticket, evolve
from engine.rules.timing.lateness import lateness
from engine.rules.worktime import Pause
from tests.rules.conftest import COOPERATOR, LEAD, Matter, local, workflow

MISTAKE = {"reason": "撤错了编号"}


@pytest.mark.parametrize("state", ["found", "assigned", "rectifying", "submitted"])
def test_it_goes_back_to_where_it_was_with_its_number(matter: Callable[..., Matter], state: str) -> None:
    found = matter().open(grade="B")
    if state != "found":
        found.do("assign", lead="SCJGJ", **{"with": ("SWJ",)})
    if state in ("rectifying", "submitted"):
        found.do("accept", LEAD).do("sign-off", COOPERATOR)
    if state == "submitted":
        found.ticket = found.ticket._replace(endorsed=True)
        found.do("submit", LEAD, {"note": "已整改"})
    before = found.ticket
    found.do("withdraw", words=MISTAKE)
    assert (found.ticket.state, found.ticket.final, found.ticket.withdrawn_from) == ("withdrawn", True, state)
    found.at("2020-09-27T15:00").do("reinstate", words=MISTAKE)
    after = found.ticket
    assert (after.state, after.final, after.closed_as, after.withdrawn_from) == (state, False, None, None)
    assert (after.number, after.attempt, after.hands, after.signed, after.turn) == (
        before.number, before.attempt, before.hands, before.signed, before.turn,
    )
    assert after.wake_at is not None and "state-wrong" in found.reasons("reinstate", words=MISTAKE)


def test_the_time_withdrawn_is_a_pause(rectifying: Matter) -> None:
    rectifying.do("withdraw", words=MISTAKE)
    promise = rectifying.ticket.promise
    assert promise is not None and promise.state == RESTS and rectifying.ticket.deadlines["part:SWJ"].state == RESTS
    rectifying.at("2020-09-28T10:00").do("reinstate", words=MISTAKE)
    promise = rectifying.ticket.promise
    assert promise is not None and (promise.state, promise.epoch, promise.due_at) == (RUNS, 1, local("2020-10-12T18:00"))
    assert rectifying.ticket.deadlines["part:SWJ"].state == RUNS


def test_what_the_office_has_to_answer_is_given_the_time_that_was_left(rectifying: Matter) -> None:
    """Two working days, of which one was left when the ticket was withdrawn; the office's ladder may differ by grade."""
    ladder = rectifying.definition.ladders["office"]
    graded = ladder._replace(rungs=(ladder.rungs[0]._replace(at={"C": 1, "*": 0}), *ladder.rungs[1:]))
    ladders = {**rectifying.definition.ladders, "office": graded}
    rectifying.definition = replace(rectifying.definition, ladders=ladders, hash="graded-office")
    rectifying.do("request-extension", LEAD, {"reason": "等待批复"}, to=local("2020-10-14T18:00"))
    assert rectifying.ticket.deadlines["answer"].due_at == local("2020-09-28T18:00")
    rectifying.at("2020-09-28T10:00").do("withdraw", words=MISTAKE)
    assert rectifying.ticket.deadlines["answer"].state == ENDED
    rectifying.at("2020-09-30T10:00").do("reinstate", words=MISTAKE)
    answer = rectifying.ticket.deadlines["answer"]
    assert (answer.state, answer.epoch, answer.due_at) == (RUNS, 1, local("2020-09-30T18:00"))
    assert (answer.stopped_at, answer.next_at) == (None, local("2020-10-09T18:00"))
    assert answer.pauses == (Pause(local("2020-09-28T10:00"), local("2020-09-30T10:00")),)


TIMES = {"version", "changed_at", "told_at", "state_since", "closed_at", "deadlines"}
"""What a withdrawal that is taken back at once leaves in the ticket: when something happened."""


def same_but_for_times(before: Ticket, after: Ticket) -> None:
    assert {name: (getattr(before, name), getattr(after, name)) for name in Ticket._fields if name not in TIMES
            and getattr(before, name) != getattr(after, name)} == {}
    for name, item in before.deadlines.items():
        then = after.deadlines[name]
        assert (then.due_at, then.state, then.rung, then.level, then.next_at) == (
            item.due_at, item.state, item.rung, item.level, item.next_at,
        )


@pytest.mark.parametrize("state", ["found", "assigned", "rectifying", "requested", "proposed", "submitted"])
def test_what_is_withdrawn_and_taken_back_at_once_is_as_before(matter: Callable[..., Matter], state: str) -> None:
    found = matter().open(grade="B", lead="SCJGJ", cooperators=("SWJ",))
    if state != "found":
        found.do("assign")
    if state in ("rectifying", "requested", "proposed", "submitted"):
        found.do("accept", LEAD).do("sign-off", COOPERATOR)
    if state == "submitted":
        found.ticket = found.ticket._replace(endorsed=True)
        found.do("submit", LEAD, {"note": "已整改"})
    if state == "requested":
        found.do("request-extension", LEAD, {"reason": "等待批复", "approved_by": "局长"}, to=local("2020-10-30T18:00"))
    if state == "proposed":
        found.at("2020-11-10T10:00").sweep()
        assert found.ticket.proposals and found.ticket.level
    before = found.ticket
    found.do("withdraw", words=MISTAKE)
    assert (found.ticket.lead is None, found.ticket.proposals, found.ticket.request) == (state == "found", (), None)
    found.do("reinstate", words=MISTAKE)
    same_but_for_times(before, found.ticket)


def test_lateness_survives(rectifying: Matter) -> None:
    rectifying.at("2020-10-27T10:00").sweep()
    before = rectifying.ticket
    late = lateness(before, rectifying.now, rectifying.calendar)
    rectifying.do("withdraw", words=MISTAKE)
    rectifying.at("2020-10-27T10:05").do("reinstate", words=MISTAKE)
    after = rectifying.ticket
    assert late and lateness(after, rectifying.now, rectifying.calendar) == late
    assert (after.level, after.promised_at, after.attempt) == (before.level, before.promised_at, before.attempt)


def test_the_date_asked_for_moves_by_the_time_withdrawn_if_it_had_passed(rectifying: Matter) -> None:
    """The office neither answered nor closed it in time: the days it was withdrawn make nobody later."""
    rectifying.do("request-extension", LEAD, {"reason": "等待批复"}, to=local("2020-10-14T18:00"))
    rectifying.at("2020-10-19T10:00").do("withdraw", words=MISTAKE)
    late = lateness(rectifying.ticket, rectifying.now, rectifying.calendar)
    rectifying.at("2020-10-21T10:00").do("reinstate", words=MISTAKE)
    assert rectifying.ticket.request is not None and rectifying.ticket.request.to == local("2020-10-16T18:00")
    assert lateness(rectifying.ticket, rectifying.now, rectifying.calendar) == late


@pytest.mark.parametrize("name", ["complaint", "bad-review"])
def test_the_promise_of_every_shipped_workflow_moves_by_the_closes_only(matter: Callable[..., Matter], name: str) -> None:
    found = matter(name=name).open(source="complaint" if name == "complaint" else "review", grade=None, lead="SCJGJ")
    if name == "complaint":
        found.do("assign")
    before = found.ticket
    assert before.promised_at is not None
    found.do("withdraw", words=MISTAKE).do("reinstate", words=MISTAKE)
    same_but_for_times(before, found.ticket)
    found.do("withdraw", words=MISTAKE).at("2020-09-27T19:00").do("reinstate", words=MISTAKE)
    assert found.ticket.promised_at is not None and found.ticket.promised_at > before.promised_at


def test_a_date_that_fell_inside_is_asked_for(matter: Callable[..., Matter]) -> None:
    found = matter().open(due=local("2020-09-30T18:00")).do("assign", lead="SCJGJ").do("accept", LEAD)
    found.do("withdraw", words=MISTAKE).at("2020-10-10T10:00")
    assert found.reasons("reinstate", words=MISTAKE) == {"date-in-pause"}
    found.do("reinstate", words=MISTAKE, due=local("2020-10-16T18:00"))
    assert found.ticket.promised_at == local("2020-10-16T18:00")


def test_a_suspended_one_goes_back_to_where_it_was_suspended(rectifying: Matter) -> None:
    rectifying.do("suspend", words={"reason": "等待批复"}).do("withdraw", words=MISTAKE)
    assert rectifying.ticket.withdrawn_from == "rectifying"
    rectifying.do("comment", words={"note": "电话说明"}).do("reinstate", words=MISTAKE)
    assert (rectifying.ticket.state, rectifying.ticket.returns_to) == ("rectifying", None)


def test_what_was_never_withdrawn_is_not_taken_back(submitted: Matter) -> None:
    submitted.do("verify")
    assert submitted.reasons("reinstate", words=MISTAKE) == {"state-wrong"}


@pytest.mark.parametrize("name", ["complaint", "bad-review"])
def test_every_shipped_workflow_takes_a_withdrawal_back(matter: Callable[..., Matter], name: str) -> None:
    found = matter(name=name).open(source="complaint" if name == "complaint" else "review", grade=None, lead="SCJGJ")
    before = found.ticket.state
    found.do("withdraw", words=MISTAKE).do("reinstate", words=MISTAKE)
    assert found.ticket.state == before and found.ticket.wake_at is not None
    assert workflow(name).triggers["reinstate"].back


def test_a_unit_that_ended_meanwhile_is_not_given_back(matter: Callable[..., Matter]) -> None:
    found = matter().open(lead="SCJGJ", cooperators=("SWJ", "FY")).do("withdraw", words=MISTAKE)
    at = found.situation()._replace(ended=frozenset({"SCJGJ", "SWJ"}))
    outcome = decide(at, Command("reinstate", {}, MISTAKE, salt="salt"))
    assert isinstance(outcome, Event)
    after = evolve(found.ticket, outcome)
    assert (after.lead, after.cooperators, after.set_aside) == (None, ("FY",), None)
    named = found.do("reinstate", words=MISTAKE, lead="GAJ").ticket
    assert (named.lead, named.cooperators) == ("GAJ", ("SWJ", "FY"))


def test_another_unit_takes_it_over_only_where_the_lead_is_no_more(rectifying: Matter) -> None:
    """Or it would be late at once with what the former lead was late with."""
    rectifying.at("2020-11-02T10:00").do("withdraw", words=MISTAKE)
    assert rectifying.reasons("reinstate", words=MISTAKE, lead="GAJ") == {"lead-stays"}
    at, command = rectifying.situation(), Command("reinstate", {"lead": "GAJ"}, MISTAKE, salt="salt")
    outcome = decide(at._replace(ended=("SCJGJ",)), command)
    assert isinstance(outcome, Event) and evolve(rectifying.ticket, outcome).lead == "GAJ"
    assert rectifying.do("reinstate", words=MISTAKE, lead="SCJGJ").ticket.lead == "SCJGJ"
