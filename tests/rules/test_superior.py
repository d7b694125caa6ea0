"""A matter from a superior (上级交办事项): two dates, and two closings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import decide
from engine.rules.deadline import ENDED, RESTS, RUNS
from engine.rules.ticket import fold
from tests.rules.conftest import LEAD, OFFICE, Matter, local

Make = Callable[..., Matter]
OUTER = local("2020-11-30T18:00")


@pytest.fixture
def sent_down(matter: Make) -> Matter:
    """A finding of a superior, with the sender's number."""
    return matter(name="superior").open(source="superior", key="省-7")


def codes(case: Matter, trigger: str, actor: object = OFFICE, words: dict[str, str] | None = None, **given: object) -> list[str]:
    outcome = decide(case.situation(actor), Command(trigger, given, words or {}, salt="salt"))  # type: ignore[arg-type]
    return [reason.code for reason in outcome.reasons] if isinstance(outcome, Refusal) else []


def submitted(case: Matter) -> Matter:
    case.do("assign", lead="SCJGJ", outer=OUTER).at("2020-09-25T15:00").do("accept", LEAD)
    return case.do("submit", LEAD, {"note": "已整改"})


def test_it_closes_twice_and_the_sender_s_number_stays(sent_down: Matter) -> None:
    case = submitted(sent_down)
    case.at("2020-09-28T09:00").do("verify")
    assert (case.ticket.state, case.ticket.final, case.ticket.turn, case.ticket.on_time) == ("checked", False, "office", True)
    assert case.ticket.deadlines["rectify"].state == RESTS, "the unit is not late by what we and the superior take"
    case.do("report-up", OFFICE, {"basis": "平营商办〔2020〕9号"})
    assert (case.ticket.state, case.ticket.deadlines["await"].state) == ("reported", RUNS)
    case.at("2020-10-20T09:00").do("close", OFFICE, {"basis": "豫营商办〔2020〕20号"})
    assert (case.ticket.state, case.ticket.final, case.ticket.source_ref) == ("closed", True, "省-7")
    assert case.ticket.deadlines["outer"].state == ENDED
    assert fold(case.events) == case.ticket


def test_what_the_superior_returns_is_rectified_again(sent_down: Matter) -> None:
    case = submitted(sent_down)
    case.do("verify").do("report-up", OFFICE, {"basis": "平营商办〔2020〕9号"})
    case.at("2020-10-20T09:00").do("returned", OFFICE, {"reason": "佐证不足"}, outer=local("2020-12-31T18:00"))
    assert (case.ticket.state, case.ticket.attempt) == ("rectifying", 2)
    assert (case.ticket.deadlines["outer"].due_at, case.ticket.deadlines["outer"].epoch) == (local("2020-12-31T18:00"), 2)
    assert case.ticket.promised_at == local("2020-10-27T18:00"), "what was left when it was handed in"


def test_nothing_of_it_closes_before_the_superior_says_so(sent_down: Matter) -> None:
    case = submitted(sent_down)
    assert codes(case, "close", words={"basis": "x"}) == ["state-wrong"]
    case.do("verify")
    assert codes(case, "close", words={"basis": "x"}) == ["state-wrong"]
    case.do("report-up", OFFICE, {"basis": "x"})
    assert codes(case, "close") == ["input-missing"]


def test_the_superior_s_date_goes_on_through_every_state_and_rings_at_the_office(sent_down: Matter) -> None:
    case = submitted(sent_down)
    case.do("verify").do("report-up", OFFICE, {"basis": "x"})
    case.at("2020-12-02T19:00").sweep()
    rungs = [event.data["rung"] for event in case.events if event.kind == "escalated" and event.data["clock"] == "outer"]
    assert rungs == ["outer-ahead", "outer-due", "outer-late"]
    assert case.ticket.level == 0 and case.ticket.promised_at is not None


def test_no_date_of_ours_is_after_the_superior_s(sent_down: Matter) -> None:
    case = sent_down
    near = local("2020-09-28T18:00")
    assert codes(case, "assign", lead="SCJGJ", outer=near) == ["beyond-outer"], "the limit that would begin ends later"
    assert codes(case, "assign", lead="SCJGJ", outer=near, due=local("2020-09-29T18:00")) == ["beyond-outer"]
    assert codes(case, "assign", lead="SCJGJ", outer=local("2020-09-24T18:00")) == ["beyond-outer", "date-past"]
    case.do("assign", lead="SCJGJ", outer=near, due=near)
    assert case.ticket.promised_at == near
    case.do("accept", LEAD)
    assert codes(case, "reassign", lead="GAJ", words={"reason": "x"}, due=local("2020-10-09T18:00")) == ["beyond-outer"]
    assert codes(case, "reassign", lead="GAJ", words={"reason": "x"}) == [], "the date that stands is not after it"


def test_a_planned_date_and_one_that_is_asked_for_are_held_to_it_too(matter: Make) -> None:
    case = matter(name="superior").open(source="superior", due=local("2020-12-31T18:00"))
    assert codes(case, "assign", lead="SCJGJ", outer=OUTER) == ["beyond-outer"]
    other = matter(name="superior").open(source="superior").do("assign", lead="SCJGJ", outer=local("2020-10-12T18:00")).do("accept", LEAD)
    other.do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-14T18:00"))
    assert codes(other, "grant") == ["beyond-outer"]
    assert codes(other, "grant", to=local("2020-10-12T18:00")) == []


def test_without_a_date_of_the_superior_s_it_is_as_any_other(sent_down: Matter) -> None:
    sent_down.do("assign", lead="SCJGJ")
    assert "outer" not in sent_down.ticket.deadlines and sent_down.ticket.state == "assigned"
