"""How late a unit is, and the attempts it made: its own, whatever the office does or leaves undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.rules.event import Event
from engine.rules.ticket import evolve
from engine.rules.ticket_facts import Attempt
from engine.rules.timing.lateness import lateness
from tests.rules.conftest import LEAD, LEAD_HEAD, OFFICE, Matter, china, local, workflow

Make = Callable[..., Matter]
NOTE = {"note": "材料已合并为一套表单"}
WHY = {"reason": "材料不全"}


def late(matter: Matter) -> int | None:
    return lateness(matter.ticket, matter.now, china())


def test_what_was_submitted_in_time_is_never_late_however_long_the_office_takes(matter: Make) -> None:
    """The office's own example: handed in on the day after 交办, read seventeen days later."""
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD)
    case.at("2020-03-03T10:00").do("submit", LEAD, NOTE)
    assert (case.ticket.submitted, case.ticket.late_days, case.ticket.on_time) == (True, 0, True)
    assert late(case.at("2020-03-20T10:00")) == 0
    case.do("verify", OFFICE)
    assert (case.ticket.late_days, case.ticket.on_time, case.ticket.submitted_at) == (0, True, local("2020-03-03T10:00"))
    assert (case.ticket.closed_at, late(case.at("2020-06-01T09:00"))) == (local("2020-03-20T10:00"), 0)


def test_what_was_submitted_late_is_as_late_as_it_was_then(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD)
    assert late(case) == 0
    assert late(case.at("2020-03-09T18:00")) == 1
    case.at("2020-03-11T10:00").do("submit", LEAD, NOTE)
    assert (late(case), case.ticket.on_time) == (2, False)
    assert late(case.at("2020-03-30T10:00")) == 2


def test_an_attempt_that_is_over_is_kept_with_its_date_and_its_lateness(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD)
    due = case.ticket.promised_at
    case.at("2020-03-11T10:00").do("submit", LEAD, NOTE).at("2020-03-16T10:00").do("reject", OFFICE, WHY)
    first = Attempt(1, "rejected", "SCJGJ", due, local("2020-03-11T10:00"), 2)
    assert case.ticket.attempts == (first,)
    assert (case.ticket.submitted, case.ticket.late_days, case.ticket.submitted_at) == (False, None, local("2020-03-11T10:00"))
    assert (late(case), case.ticket.on_time) == (0, False)
    case.do("submit", LEAD, NOTE).do("verify", OFFICE)
    assert case.ticket.on_time is True
    case.do("reopen", OFFICE, WHY)
    assert [(item.attempt, item.ended, item.late_days) for item in case.ticket.attempts] == [(1, "rejected", 2), (2, "reopened", 0)]


def test_a_reassigned_ticket_keeps_what_the_former_lead_did(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-03-10T10:00")
    due = case.ticket.promised_at
    case.do("reassign", OFFICE, {"reason": "职责调整"}, lead="GAJ")
    assert case.ticket.attempts == (Attempt(1, "reassigned", "SCJGJ", due, None, 1),)
    assert (late(case), case.ticket.on_time, case.ticket.submitted_at) == (0, None, None)


def test_a_verified_attempt_that_another_unit_goes_on_with_was_reopened_and_not_reassigned(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD).do("submit", LEAD, NOTE).do("verify", OFFICE)
    case.do("reopen", OFFICE, WHY, lead="GAJ")
    assert [(item.ended, item.lead) for item in case.ticket.attempts] == [("reopened", "SCJGJ")]


def test_the_first_assignment_and_the_last_who_assigned_are_kept(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open()
    assert (case.ticket.officer, case.ticket.assigned_at, case.ticket.assigned_by) == ("office", None, None)
    case.do("assign", lead="SCJGJ").at("2020-03-04T09:00")
    other = replace(OFFICE, name="second")
    case.do("reassign", other, {"reason": "职责调整"}, lead="GAJ")
    assert (case.ticket.assigned_at, case.ticket.assigned_by) == (local("2020-03-02T09:00"), other.name)
    assert case.ticket.changed_at == case.now


def test_a_ticket_may_be_opened_for_another_officer(matter: Make) -> None:
    assert matter().open(officer="second").ticket.officer == "second"


def test_a_ticket_that_begins_with_its_lead_is_assigned_when_it_is_opened(matter: Make) -> None:
    case = matter("2020-03-02T09:00", "bad-review").open(grade=None, lead="SCJGJ")
    assert (case.ticket.assigned_at, case.ticket.assigned_by) == (local("2020-03-02T09:00"), "office")


def test_a_complaint_whose_date_runs_from_its_opening_is_assigned_when_it_is_dispatched(matter: Make) -> None:
    case = matter("2020-03-02T09:00", "complaint").open(grade=None, source="complaint", lead="SCJGJ")
    assert (case.ticket.promised_at is None, case.ticket.assigned_at, case.ticket.assigned_by) == (False, None, None)
    case.at("2020-03-03T09:00").do("assign", lead="SCJGJ")
    assert (case.ticket.assigned_at, case.ticket.assigned_by) == (case.now, "office")


def test_a_suspended_ticket_stays_as_late_as_it_stopped_and_goes_on_so(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-03-10T10:00")
    case.do("suspend", OFFICE, {"reason": "等待省级系统上线"})
    assert (case.ticket.late_days, case.ticket.on_time) == (1, None)
    assert late(case.at("2020-05-11T10:00")) == 1
    case.do("resume")
    assert (case.ticket.late_days, late(case)) == (None, 1)


def test_a_ticket_that_is_withdrawn_while_late_says_how_late_it_was(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-03-10T10:00")
    case.do("withdraw", OFFICE, {"reason": "并案"})
    assert (case.ticket.late_days, case.ticket.on_time, case.ticket.closed_at) == (1, None, case.now)
    case.do("comment", OFFICE, {"note": "存查"})
    assert case.ticket.late_days == 1


def test_a_ticket_whose_withdrawal_is_taken_back_is_as_late_as_it_was_submitted(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD)
    case.at("2020-03-11T10:00").do("submit", LEAD, NOTE).do("withdraw", OFFICE, {"reason": "并案"})
    case.at("2020-03-30T10:00").do("reinstate", OFFICE, {"reason": "误撤"})
    assert (case.ticket.state, case.ticket.late_days, case.ticket.on_time) == ("submitted", 2, False)


def test_where_nothing_is_promised_nobody_is_late(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open()
    assert late(case) is None
    case.do("assign", lead="SCJGJ", standing=True).do("accept", LEAD).at("2020-06-02T09:00").do("submit", LEAD, NOTE)
    assert (late(case), case.ticket.on_time) == (None, None)
    case.do("reject", OFFICE, WHY)
    assert case.ticket.attempts == (Attempt(1, "rejected", "SCJGJ", None, local("2020-06-02T09:00"), None),)


def test_a_corrected_date_makes_right_what_the_wrong_one_made_late(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD)
    case.at("2020-03-11T10:00").do("submit", LEAD, NOTE)
    case.amend(reason="时限录错", due=local("2020-03-20T18:00"))
    assert (case.ticket.late_days, case.ticket.on_time) == (0, True)


def test_while_a_timely_request_waits_lateness_counts_from_the_date_asked_for(matter: Make) -> None:
    case = matter("2020-03-02T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD)
    case.do("request-extension", LEAD, {"reason": "等待省级系统上线"}, to=local("2020-03-13T18:00"))
    assert late(case.at("2020-03-12T10:00")) == 0
    assert late(case.at("2020-03-16T10:00")) == 1
    refused = Matter(case.now, case.definition, case.calendar)
    refused.events, refused.ticket = [*case.events], case.ticket
    refused.do("refuse", OFFICE, {"reason": "理由不充分"})
    assert late(refused) == 5
    case.now = local("2020-03-12T10:00")
    case.do("submit", LEAD, NOTE)
    assert (case.ticket.late_days, case.ticket.on_time) == (0, True)
    case.now += timedelta(days=30)
    assert late(case) == 0


LAWFUL = settings(deadline=None)
MINUTES = st.integers(0, 60 * 24 * 45)
GRADE = st.sampled_from(["A", "B", "C"])


def begun(grade: str) -> Matter:
    case = Matter(local("2020-03-02T09:00"), workflow("rectification"), china()).open(grade=grade)
    return case.do("assign", lead="SCJGJ").do("accept", LEAD)


@LAWFUL
@given(GRADE, GRADE, MINUTES, MINUTES, st.sampled_from([None, "suspend", "submit"]))
def test_a_corrected_grade_makes_nobody_later(grade: str, other: str, until: int, again: int, act: str | None) -> None:
    """Running, suspended and submitted: where another grade's limit is over already, the office has to say a date."""
    case = begun(grade)
    case.now += timedelta(minutes=until)
    if act == "submit" and grade != "C":
        case.do("endorse", LEAD_HEAD)
    if act is not None:
        case.do(act, LEAD if act == "submit" else OFFICE, NOTE if act == "submit" else WHY)
    case.now += timedelta(minutes=again)
    before, was = late(case) or 0, case.ticket.grade
    case.amend(reason="类别有误", grade=other, title="更正后的标题")
    assert (late(case) or 0) <= before
    if act is not None and case.ticket.grade != was:
        case.do("reject" if act == "submit" else "resume", OFFICE, WHY if act == "submit" else {})
        assert (late(case) or 0) <= before


@LAWFUL
@given(GRADE, MINUTES, MINUTES, st.integers(1, 8))
def test_a_timely_request_that_nobody_answers_makes_nobody_late_before_the_date_asked_for(
    grade: str, until: int, again: int, days: int,
) -> None:
    case = begun(grade)
    due = case.ticket.promised_at
    assert due is not None
    case.now = min(case.now + timedelta(minutes=until), due - timedelta(minutes=1))
    to = china().close(due.date() + timedelta(days=days))
    asked = case.attempt("request-extension", LEAD, {**WHY, "approved_by": "单位负责人"}, to=to)
    assume(isinstance(asked, Event))
    case.ticket = evolve(case.ticket, asked)
    case.now += timedelta(minutes=again)
    assert (late(case) == 0) == (case.now < to)
    assert (case.ticket.late_at, case.ticket.promised_at) == (to, due)
