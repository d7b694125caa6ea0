"""Correcting what the office itself got wrong, and linking tickets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Reason
from engine.rules.acts.guards.closing import asked_to_close
from engine.rules.deadline import PLANNED, RESTS
from engine.rules.event import Event
from engine.rules.seeing import Sight
from engine.rules.ticket import fold
from engine.rules.wording import LONGEST
from tests.rules.conftest import LEAD, LEAD_HEAD, OFFICE, Matter, china, local, workflow

Make = Callable[..., Matter]


def codes(outcome: Any) -> list[str]:
    assert isinstance(outcome, tuple), outcome
    return [reason.code for reason in outcome]


def test_words_and_facts_are_corrected_and_the_event_keeps_old_and_new(rectifying: Matter) -> None:
    event = rectifying.amend(reason="录入错误", title="新标题", detail="详情", measure="3.2", source="media")
    assert isinstance(event, Event)
    assert event.data["changes"] == {"title": None, "detail": None, "measure": [None, "3.2"], "source": ["visit", "media"]}
    assert event.words == {"reason": "录入错误", "title": "新标题", "detail": "详情"}
    ticket = rectifying.ticket
    assert (ticket.title, ticket.detail, ticket.measure, ticket.source) == ("新标题", "详情", "3.2", "media")
    assert fold(rectifying.events) == ticket


def test_only_what_differs_is_changed(rectifying: Matter) -> None:
    event = rectifying.amend(reason="录入错误", title=rectifying.ticket.title, source="media")
    assert isinstance(event, Event)
    assert event.data["changes"] == {"source": ["visit", "media"]}


@pytest.mark.parametrize(("said", "code"), [
    ({}, "nothing-to-amend"), ({"grade": "C", "source": "visit"}, "nothing-to-amend"), ({"title": "x", "reason": ""}, "words-empty"),
    ({"title": ""}, "title-empty"), ({"detail": "字" * (LONGEST + 1)}, "words-long"), ({"grade": "D"}, "grade-unknown"),
    ({"source": "gossip"}, "source-unknown"), ({"due": local("2020-09-25T09:00")}, "date-past"),
])
def test_what_stands_against_amending(rectifying: Matter, said: dict[str, Any], code: str) -> None:
    assert codes(rectifying.amend(**{"reason": "录入错误", **said})) == [code]


def test_a_unit_is_suggested_anew_before_any_is_given_the_ticket(matter: Make) -> None:
    found = matter().open(lead="SCJGJ", cooperators=("SWJ",))
    event = found.amend(reason="职责不符", lead="GAJ")
    assert isinstance(event, Event) and event.data["changes"] == {"lead": ["SCJGJ", "GAJ"]}
    assert (found.ticket.lead, found.ticket.state, found.ticket.assigned_at) == ("GAJ", "found", None)
    assert codes(found.amend(reason="x", lead="SWJ")) == ["lead-is-cooperator"]
    found.do("assign", lead="GAJ")
    assert codes(found.amend(reason="x", lead="SCJGJ")) == ["lead-not-suggested"]
    found.do("decline", replace(LEAD, unit="GAJ"), {"reason": "不属职责"})
    assert found.ticket.state == "found" and codes(found.amend(reason="x", lead="SCJGJ")) == ["lead-not-suggested"]
    seen_at_once = matter(name="bad-review").open(lead="SCJGJ", grade=None)
    assert codes(seen_at_once.amend(reason="x", lead="GAJ")) == ["lead-not-suggested"]


def test_only_the_office_amends(rectifying: Matter) -> None:
    outcome = rectifying.amend(LEAD, reason="x", title="y")
    assert codes(outcome) == ["not-yours"]
    assert outcome == (Reason("not-yours", {"actor": LEAD.name, "by": ["office"], "trigger": "amend"}, 4),)


def test_what_is_over_is_not_amended(submitted: Matter) -> None:
    assert codes(submitted.do("verify").amend(reason="x", title="y")) == ["final"]


def test_a_corrected_date_is_a_new_epoch_that_never_moves(rectifying: Matter) -> None:
    event = rectifying.amend(reason="日期写错", due=local("2020-10-20T18:00"))
    assert isinstance(event, Event)
    assert event.data["changes"]["due"] == ["2020-10-09T10:00:00.000000Z", "2020-10-20T10:00:00.000000Z"]
    promise = rectifying.ticket.deadlines["rectify"]
    assert (promise.epoch, promise.fixed, promise.due_at) == (2, True, local("2020-10-20T18:00"))
    assert "voided" not in event.data


def test_rungs_fired_on_the_wrong_date_are_void_and_the_score_feels_nothing(rectifying: Matter) -> None:
    rectifying.at("2020-10-14T10:00").sweep()
    assert (rectifying.ticket.level, rectifying.ticket.acted_level, len(rectifying.ticket.proposals)) == (2, 1, 1)
    event = rectifying.amend(reason="日期写错", due=local("2020-10-20T18:00"))
    assert isinstance(event, Event)
    assert event.data["voided"] == [
        {"clock": "rectify", "epoch": 1, "rungs": ["reminder", "urging", "supervision-letter"]},
        {"clock": "part:SWJ", "epoch": 1, "rungs": ["part-reminder", "part-urging"]},
    ]
    ticket = rectifying.ticket
    assert (ticket.level, ticket.acted_level, ticket.proposals) == (0, 0, ())
    rectifying.at("2020-10-20T18:00").sweep()
    assert rectifying.fired()[3:] == [("reminder", "2020-10-16"), ("urging", "2020-10-20")]


def test_a_letter_issued_upon_the_wrong_date_must_be_recalled(rectifying: Matter) -> None:
    rectifying.at("2020-10-14T10:00").sweep()
    rectifying.do("issue", by="督查室主任")
    event = rectifying.amend(reason="日期写错", due=local("2020-10-20T18:00"))
    assert isinstance(event, Event)
    assert event.data["recall"] == ["supervision-letter/SCJGJ/2020-10-13"]
    again = rectifying.amend(reason="再改", due=local("2020-10-21T18:00"))
    assert isinstance(again, Event) and "recall" not in again.data, "it was recalled before"
    rectifying.at("2020-10-21T18:00").sweep()
    third = rectifying.amend(reason="又改", due=local("2020-10-30T18:00"))
    assert isinstance(third, Event) and third.data["voided"][0]["rungs"] == ["reminder", "urging"] and "recall" not in third.data


def test_rungs_whose_time_is_past_under_the_new_date_are_skipped(rectifying: Matter) -> None:
    rectifying.at("2020-09-30T10:00").amend(reason="x", due=local("2020-09-30T18:00"))
    promise = rectifying.ticket.deadlines["rectify"]
    assert (promise.skipped, promise.next_at) == (("reminder",), local("2020-09-30T18:00"))
    event = rectifying.amend(reason="x", due=local("2020-10-09T18:00"))
    assert isinstance(event, Event)
    assert "voided" not in event.data  # a skipped rung was never fired


def test_a_date_amended_while_a_request_is_open_still_holds_the_urging(rectifying: Matter) -> None:
    rectifying.at("2020-10-09T09:00").do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-14T18:00"))
    rectifying.amend(reason="x", due=local("2020-10-10T18:00"))
    rectifying.at("2020-10-12T09:00").sweep()
    assert rectifying.fired() == []
    rectifying.do("refuse", OFFICE, {"reason": "x"}).sweep()
    assert rectifying.fired() == [("urging", "2020-10-10")]


def test_an_amended_date_whose_reminder_is_past_waits_for_the_answer_limit_while_a_request_is_open(rectifying: Matter) -> None:
    rectifying.at("2020-10-09T09:00").do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-14T18:00"))
    rectifying.amend(reason="x", due=local("2020-10-09T17:00"))
    assert rectifying.ticket.deadlines["rectify"].next_at == local("2020-10-12T18:00")


@pytest.mark.parametrize(("grade", "due"), [("B", "2020-10-22"), ("A", "2020-10-26")])
def test_another_grade_counts_from_the_same_start(rectifying: Matter, grade: str, due: str) -> None:
    rectifying.at("2020-09-29T10:00").amend(reason="类别有误", grade=grade)
    ticket = rectifying.ticket
    assert (ticket.grade, ticket.promised_at) == (grade, local(f"{due}T18:00"))
    assert ticket.deadlines["rectify"].amount == {"B": "15 working days", "A": "1 month"}[grade]


def test_another_grade_keeps_the_credit_of_a_pause(rectifying: Matter) -> None:
    rectifying.at("2020-09-28T08:30").do("suspend", OFFICE, {"reason": "x"}).at("2020-09-30T08:30").do("resume")
    assert rectifying.ticket.promised_at == local("2020-10-12T18:00")  # two working days later
    rectifying.amend(reason="x", grade="B")
    assert rectifying.ticket.promised_at == local("2020-10-26T18:00")


def test_another_grade_while_it_rests_gives_neither_elapsed_nor_resting_time(rectifying: Matter) -> None:
    rectifying.at("2020-09-28T08:30").do("suspend", OFFICE, {"reason": "x"}).at("2020-09-30T08:30")
    rectifying.amend(reason="x", grade="B")
    promise = rectifying.ticket.deadlines["rectify"]
    assert (promise.state, promise.next_at, promise.epoch) == (RESTS, None, 2)
    rectifying.do("resume")
    assert rectifying.ticket.promised_at == local("2020-10-26T18:00")  # as if the pause had ended before


def test_another_grade_while_submitted_counts_from_the_submission(matter: Make) -> None:
    opened = matter().open().do("assign", lead="SCJGJ").do("accept", LEAD)
    opened.at("2020-09-28T08:30").do("submit", LEAD, {"note": "已改"}).at("2020-09-29T08:30").amend(reason="x", grade="B")
    rejected = opened.do("reject", OFFICE, {"reason": "x"}).ticket
    assert rejected.promised_at == local("2020-10-23T18:00")  # B ends on 10-22; one working day was rested


def waiting_for_verification(matter: Make, grade: str) -> Matter:
    case: Matter = matter().open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD)
    if grade != "C":
        case.do("endorse", LEAD_HEAD)
    return case.do("submit", LEAD, {"note": "已改"})


@pytest.mark.parametrize("suspended", [False, True])
@pytest.mark.parametrize(("old", "new"), list(permutations("ABC", 2)))
def test_what_waits_to_be_verified_takes_no_grade_that_asks_less_of_that(matter: Make, old: str, new: str, suspended: bool) -> None:
    """Grades are named from the hardest: A asks more than B, and B more than C."""
    case = waiting_for_verification(matter, old)
    if suspended:
        case.do("suspend", OFFICE, {"reason": "x"})
    outcome = case.amend(reason="x", grade=new)
    if new > old:
        assert outcome == (Reason("grade-asks-less", {"grade": new}),)
    assert case.ticket.grade == min(old, new)


@given(path=st.lists(st.sampled_from("ABC"), max_size=4))
def test_no_way_of_corrections_leads_to_a_verification_that_asks_less(path: list[str]) -> None:
    case = waiting_for_verification(lambda: Matter(local("2020-09-25T09:00"), workflow("rectification"), china()), "B")
    asked = asked_to_close(case.definition, "submitted", "B")
    for grade in path:
        case.amend(reason="x", grade=grade)
        assert asked <= (asked := asked_to_close(case.definition, "submitted", case.ticket.grade))
    case.do("reject", OFFICE, {"reason": "类别有误"})
    assert isinstance(case.amend(reason="x", grade="C", due=local("2020-10-20T18:00")), Event), "what was rejected may be called simpler"


def test_another_grade_never_makes_a_unit_late_by_itself(matter: Make) -> None:
    opened = matter().open(grade="B").do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-10-13T10:00")
    assert opened.amend(reason="类别有误", grade="C") == (
        Reason("grade-makes-late", {"grade": "C", "date": local("2020-10-09T18:00")}),
    )
    opened.amend(reason="类别有误", grade="C", due=local("2020-10-14T18:00"))
    assert (opened.ticket.grade, opened.ticket.promised_at) == ("C", local("2020-10-14T18:00"))
    late = opened.at("2020-10-20T10:00")
    late.amend(reason="类别有误", grade="B")
    assert late.ticket.grade == "B"


def test_another_grade_makes_nobody_late_by_the_days_of_a_pause(matter: Make) -> None:
    opened = matter().open(grade="B").do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-10-09T09:00")
    opened.do("suspend", OFFICE, {"reason": "x"}).at("2020-10-20T10:00")
    assert isinstance(opened.amend(reason="类别有误", grade="C"), Event)
    assert opened.do("resume").ticket.promised_at == local("2020-10-20T18:00")


def test_another_grade_never_makes_late_what_was_submitted_in_time(matter: Make) -> None:
    opened = matter(name="complaint").open(source="complaint", grade="complaint").do("assign", lead="SCJGJ").do("accept", LEAD)
    due_at = opened.ticket.promised_at
    assert due_at is not None
    opened.now = due_at - timedelta(hours=1)
    opened.do("submit", LEAD, {"note": "已改"}).at("2020-12-01T10:00")
    assert codes(opened.amend(reason="x", grade="consult")) == ["grade-makes-late"]
    assert (opened.ticket.grade, opened.ticket.late_days) == ("complaint", 0)
    harder = waiting_for_verification(matter, "B").at("2020-12-01T10:00")
    harder.amend(reason="x", grade="A")
    assert (harder.ticket.grade, harder.ticket.late_days, harder.ticket.on_time) == ("A", 0, True)


def test_a_fixed_date_keeps_its_date_and_takes_the_rungs_of_the_new_grade(matter: Make) -> None:
    opened = matter().open().do("assign", lead="SCJGJ", due=local("2020-10-20T18:00")).do("accept", LEAD)
    event = opened.amend(reason="x", grade="A")
    assert isinstance(event, Event)
    promise = opened.ticket.deadlines["rectify"]
    assert (promise.epoch, promise.due_at) == (1, local("2020-10-20T18:00"))
    assert promise.next_at == opened.ticket.wake_at == local("2020-10-13T08:30")
    assert "due" not in event.data["changes"]


def test_another_grade_leaves_the_limit_that_it_came_with(matter: Make) -> None:
    opened = matter().open(limit="15 working days").do("assign", lead="SCJGJ").do("accept", LEAD)
    before = opened.ticket.deadlines["rectify"]
    event = opened.amend(reason="x", grade="A")
    assert isinstance(event, Event)
    promise = opened.ticket.deadlines["rectify"]
    assert (promise.amount, promise.due_at, promise.epoch) == (before.amount, before.due_at, before.epoch)


def test_a_fixed_date_that_is_to_come_takes_a_grade_whose_own_limit_is_over(matter: Make) -> None:
    opened = matter().open(grade="A").do("assign", lead="SCJGJ", due=local("2020-12-18T18:00")).do("accept", LEAD)
    opened.at("2020-12-01T10:00").amend(reason="x", grade="C")
    assert (opened.ticket.grade, opened.ticket.promised_at) == ("C", local("2020-12-18T18:00"))


def test_a_date_amended_before_it_is_assigned_is_a_plan(matter: Make) -> None:
    opened = matter().open()
    opened.amend(reason="x", due=local("2020-10-20T18:00"))
    assert opened.ticket.deadlines["rectify"].state == PLANNED
    event = opened.amend(reason="x", due=local("2020-10-21T18:00"))
    assert isinstance(event, Event)
    assert event.data["changes"]["due"] == ["2020-10-20T10:00:00.000000Z", "2020-10-21T10:00:00.000000Z"]
    ticket = opened.do("assign", lead="SCJGJ").ticket
    assert (ticket.promised_at, ticket.deadlines["rectify"].epoch) == (local("2020-10-21T18:00"), 1)


def test_a_date_amended_after_a_decline_is_a_plan_in_a_new_epoch(assigned: Matter) -> None:
    assigned.do("decline", LEAD, {"reason": "x"}).amend(reason="x", due=local("2020-10-21T18:00"))
    ticket = assigned.do("assign", lead="GAJ").ticket
    assert (ticket.promised_at, ticket.deadlines["rectify"].epoch) == (local("2020-10-21T18:00"), 2)


def test_another_grade_before_it_is_assigned_changes_no_date(matter: Make) -> None:
    opened = matter().open(due=local("2020-10-20T18:00"))
    opened.amend(reason="x", grade="A")
    assert opened.ticket.deadlines["rectify"].due_at == local("2020-10-20T18:00")
    assert opened.do("assign", lead="SCJGJ").ticket.deadlines["rectify"].next_at == local("2020-10-13T08:30")


def test_a_resting_promise_takes_a_new_date_and_keeps_it(submitted: Matter) -> None:
    submitted.amend(reason="x", due=local("2020-10-30T18:00"))
    promise = submitted.ticket.deadlines["rectify"]
    assert (promise.state, promise.stopped_at, promise.next_at) == (RESTS, submitted.now, None)
    submitted.do("reject", OFFICE, {"reason": "x"})
    assert submitted.ticket.promised_at == local("2020-10-30T18:00")


def test_a_workflow_without_a_promise_has_no_date_to_amend(assigned: Matter) -> None:
    clock = assigned.definition.clocks["rectify"]._replace(promise=False)
    assigned.definition = replace(assigned.definition, clocks={**assigned.definition.clocks, "rectify": clock}, hash="no-promise")
    assert codes(assigned.amend(reason="x", due=local("2020-10-30T18:00"))) == ["nothing-promised"]
    event = assigned.amend(reason="x", grade="B")
    assert isinstance(event, Event)
    assert event.data["changes"] == {"grade": ["C", "B"]}


def test_the_officer_alone_is_the_offices_own_and_beside_other_corrections_hidden(rectifying: Matter) -> None:
    alone = rectifying.amend(reason="王科长休假", officer="second")
    assert isinstance(alone, Event)
    assert alone.data["audience"] == "office"
    both = rectifying.amend(reason="录入错误", officer="third", source="media")
    assert isinstance(both, Event)
    assert "audience" not in both.data
    sight = Sight(LEAD, rectifying.definition, lambda actor, ticket: True, lambda reader, number: True)
    read = sight.events(rectifying.events)
    assert alone.seq not in [event.seq for event in read]
    assert read[-1].data["changes"] == {"source": ["visit", "media"]}
    assert "王科长" not in str(read) and "third" not in str(read)
