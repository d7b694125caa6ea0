"""A mistaken withdrawal can be taken back (撤回撤销): it is a pause, and nobody's attempt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.rules.deadline import RESTS, RUNS
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


def test_at_least_the_time_of_a_correction_is_left(rectifying: Matter) -> None:
    rectifying.at("2020-10-09T10:00").do("withdraw", words=MISTAKE)
    rectifying.at("2020-10-09T11:00").do("reinstate", words=MISTAKE)
    assert rectifying.ticket.promised_at == local("2020-10-13T18:00")


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
