"""Heads, leaders and the office beside the ladder: endorsing with a scan, urging, instructing and reporting back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.rules.acts.guards.sign_off import asks_endorsement
from engine.rules.deadline import ENDED, RESTS, RUNS, Deadline
from engine.rules.definition import Definition
from engine.rules.ticket import fold
from engine.rules.ticket_facts import Evidence, Instruction
from tests.rules.conftest import COOPERATOR, LEAD, LEAD_HEAD, LEADER, OFFICE, OTHER, Matter, local

Make = Callable[..., Matter]
SCAN = Evidence("a" * 64, 9, "application/pdf")
NOTE = {"note": "请限期办结"}


# 审签 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["application/pdf", "application/ofd", "image/jpeg"])
def test_a_contact_endorses_with_a_scan_of_what_the_head_signed(rectifying: Matter, kind: str) -> None:
    rectifying.do("endorse", LEAD, None, [SCAN._replace(type=kind)])
    event = rectifying.events[-1]
    assert rectifying.ticket.endorsed
    assert (event.role, event.data["evidence"]) == ("contact", [SCAN._replace(type=kind, kind="signed").to_json()])


@pytest.mark.parametrize("evidence", [[], [SCAN._replace(type="text/plain")]])
def test_without_a_scan_only_the_head_endorses(rectifying: Matter, evidence: list[Evidence]) -> None:
    assert rectifying.reasons("endorse", LEAD, None, evidence) == {"scan-missing"}
    assert rectifying.reasons("endorse", COOPERATOR, None, [SCAN]) == {"not-yours"}
    assert rectifying.do("endorse", LEAD_HEAD, None, evidence).ticket.endorsed


@pytest.mark.parametrize(("grade", "asked"), [("C", False), ("B", True), ("A", True)])
def test_a_head_is_asked_to_endorse_what_cannot_be_submitted_otherwise(matter: Make, grade: str, asked: bool) -> None:
    opened = matter().open(grade=grade).do("assign", lead="SCJGJ")
    assert not asks_endorsement(opened.definition, opened.ticket)
    rectifying = opened.do("accept", LEAD)
    assert asks_endorsement(rectifying.definition, rectifying.ticket) is asked
    endorsed = rectifying.do("endorse", LEAD_HEAD)
    assert not asks_endorsement(endorsed.definition, endorsed.ticket)


def test_what_a_head_sends_back_waits_for_the_lead_and_is_before_the_head_again_once_the_lead_reports(matter: Make) -> None:
    drafted = matter().open(grade="A", cooperators=("SWJ",)).do("assign", lead="SCJGJ").do("accept", LEAD)
    assert drafted.reasons("send-back", LEAD, {"reason": "缺照片"}) == {"not-yours"}, "a contact"
    assert drafted.reasons("send-back", LEAD_HEAD) == {"input-missing"}
    sent_back = drafted.do("send-back", LEAD_HEAD, {"reason": "缺照片"})
    assert sent_back.ticket.to_revise and not asks_endorsement(sent_back.definition, sent_back.ticket)
    assert sent_back.reasons("send-back", LEAD_HEAD, {"reason": "还缺"}) == {"sent-back-before"}
    assert sent_back.do("progress", COOPERATOR, {"note": "已配合"}).ticket.to_revise, "a cooperator's report is no draft of the lead's"
    revised = sent_back.do("progress", LEAD, {"note": "补了照片"})
    assert not revised.ticket.to_revise and asks_endorsement(revised.definition, revised.ticket)
    again = revised.do("send-back", LEAD_HEAD, {"reason": "照片看不清"}).do("endorse", LEAD_HEAD)
    assert (again.ticket.endorsed, again.ticket.to_revise) == (True, False)
    assert again.reasons("send-back", LEAD_HEAD, {"reason": "x"}) == {"endorsed-before"}


def test_another_unit_begins_with_nothing_to_revise(matter: Make) -> None:
    sent_back = matter().open(grade="A").do("assign", lead="SCJGJ").do("accept", LEAD).do("send-back", LEAD_HEAD, {"reason": "缺照片"})
    assert not sent_back.do("reassign", OFFICE, {"reason": "职能划转"}, lead="GAJ").ticket.to_revise


def test_other_evidence_is_not_called_signed(rectifying: Matter) -> None:
    rectifying.do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "x"}, [SCAN])
    assert rectifying.events[-1].data["evidence"] == [SCAN.to_json()]


# 电话催办, 进展 -------------------------------------------------------------------------------------------------------


def test_urging_in_person_is_counted_and_raises_no_level(rectifying: Matter) -> None:
    before = rectifying.ticket
    rectifying.do("urge", OFFICE, None, by="phone").do("urge", OFFICE, {"note": "答应周五前报"})
    assert rectifying.ticket == before._replace(urged=2, version=before.version + 2)
    assert rectifying.events[-2].data["input"] == {"by": "phone"}
    assert rectifying.reasons("urge", OFFICE, None, by="letter") == {"input-choice"}
    assert rectifying.reasons("urge", LEAD) == {"not-yours"}


@pytest.mark.parametrize("actor", [LEAD, COOPERATOR])
def test_lead_and_cooperator_report_progress_and_nothing_moves(rectifying: Matter, actor: Any) -> None:
    before = rectifying.ticket
    assert rectifying.do("progress", actor, {"note": "新表已印发"}).ticket == before._replace(version=before.version + 1)
    assert rectifying.reasons("progress", OTHER, {"note": "x"}) == {"not-yours"}
    assert rectifying.reasons("progress", actor) == {"input-missing"}


# 批示 ---------------------------------------------------------------------------------------------------------------


def report(matter: Matter, seq: int) -> Deadline:
    return matter.ticket.deadlines[f"report:{seq}"]


def test_a_leader_s_word_starts_a_clock_and_moves_no_state(rectifying: Matter) -> None:
    before = rectifying.ticket
    rectifying.do("instruct", LEADER, NOTE)
    ticket = rectifying.ticket
    assert (ticket.state, ticket.turn, ticket.level, ticket.promised_at) == (before.state, before.turn, 0, before.promised_at)
    assert ticket.instructed
    assert ticket.instructions == (Instruction("leader", local("2020-09-25T09:00"), 4),)
    assert (report(rectifying, 4).due_at, report(rectifying, 4).state) == (local("2020-10-22T18:00"), RUNS)
    assert rectifying.definition.triggers["instruct"].tell == ("lead", "head", "office")


def test_the_office_writes_down_what_a_leader_said_and_both_are_recorded(rectifying: Matter) -> None:
    assert rectifying.reasons("instruct", OFFICE, NOTE) == {"leader-missing"}
    rectifying.do("instruct", OFFICE, NOTE, by="leader")
    assert (rectifying.events[-1].actor, rectifying.events[-1].data["input"]["by"]) == ("office", "leader")
    assert rectifying.ticket.instructions[0].by == "leader"
    assert rectifying.reasons("instruct", LEADER, NOTE, by="another") == {"instructs-in-person"}
    assert rectifying.do("instruct", LEADER, NOTE, by="leader").ticket.instructions[1].by == "leader"
    assert rectifying.reasons("instruct", LEAD, NOTE, by="leader") == {"not-yours"}


def test_an_urgent_answer_is_due_in_three_working_days_and_a_date_may_be_said(rectifying: Matter) -> None:
    rectifying.do("instruct", LEADER, NOTE, urgent=True).do("instruct", LEADER, NOTE, report_by=local("2020-10-16T18:00"))
    assert (report(rectifying, 4).due_at, report(rectifying, 4).amount) == (local("2020-09-29T18:00"), "3 working days")
    assert (report(rectifying, 5).due_at, report(rectifying, 5).fixed) == (local("2020-10-16T18:00"), True)
    assert rectifying.reasons("instruct", LEADER, NOTE, report_by=rectifying.now) == {"date-past"}


def test_the_answer_is_urged_on_its_own_ladder_which_raises_nobody(rectifying: Matter) -> None:
    rectifying.do("sign-off", COOPERATOR).do("instruct", LEADER, NOTE, urgent=True).at("2020-10-10T18:00").sweep()
    assert rectifying.fired("report:5") == [
        ("report-reminder", "2020-09-27"), ("report-urging", "2020-09-29"), ("report-late", "2020-10-10"),
    ]
    told = {event.data["rung"]: event.data["recipients"] for event in rectifying.events if event.kind == "escalated"}
    assert (told["report-urging"], told["report-late"]) == (["lead-contact", "lead-head"], ["office", "leader"])
    assert (rectifying.ticket.level, rectifying.ticket.acted_level, rectifying.ticket.proposals) == (1, 1, ())  # the promise's urging


def test_reporting_back_answers_what_is_open_and_stops_its_clock(rectifying: Matter) -> None:
    assert rectifying.reasons("report-back", LEAD, {"note": "x"}) == {"no-instruction"}
    rectifying.do("instruct", LEADER, NOTE).do("instruct", LEADER, NOTE)
    rectifying.at("2020-09-28T09:00").do("report-back", LEAD, {"note": "已办结"})
    first = [item.reported_at for item in rectifying.ticket.instructions]
    assert (rectifying.ticket.instructed, first) == (False, [local("2020-09-28T09:00")] * 2)
    assert {report(rectifying, 4).state, report(rectifying, 5).state} == {ENDED}
    rectifying.at("2020-09-29T09:00").do("instruct", LEADER, NOTE).do("report-back", LEAD, {"note": "x"})
    assert [item.reported_at for item in rectifying.ticket.instructions][:2] == first
    assert rectifying.definition.triggers["report-back"].tell == ("office", "leader")
    assert fold(rectifying.events) == rectifying.ticket


def test_the_answer_s_clock_goes_on_while_the_office_verifies_rests_while_suspended_and_ends_with_the_ticket(
    rectifying: Matter,
) -> None:
    rectifying.do("instruct", LEADER, NOTE).do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "x"})
    assert report(rectifying, 4).state == RUNS
    rectifying.do("suspend", OFFICE, {"reason": "x"})
    assert (report(rectifying, 4).state, report(rectifying, 4).next_at) == (RESTS, None)
    rectifying.do("instruct", LEADER, NOTE, urgent=True)
    assert report(rectifying, 8).state == RESTS
    rectifying.at("2020-10-12T09:00").do("resume")
    assert (report(rectifying, 4).state, report(rectifying, 4).due_at) == (RUNS, local("2020-11-02T18:00"))
    assert (report(rectifying, 8).state, report(rectifying, 8).due_at) == (RUNS, local("2020-10-15T18:00"))
    rectifying.do("verify")  # grade C: what a leader wrote may be answered afterwards
    assert {report(rectifying, 4).state, report(rectifying, 8).state} == {ENDED}
    assert (rectifying.ticket.wake_at, rectifying.ticket.final) == (None, True)


NOW = local("2020-10-12T09:00")


def closed(matter: Matter) -> Matter:
    return matter.do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "x"}).do("verify")


def test_an_instruction_is_answered_while_the_ticket_is_verified_and_afterwards(rectifying: Matter) -> None:
    rectifying.do("instruct", LEADER, NOTE).do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "x"})
    assert rectifying.do("report-back", LEAD, {"note": "已办结"}).ticket.state == "submitted"
    rectifying.do("instruct", LEADER, NOTE).do("verify").at("2020-09-28T09:00")
    assert rectifying.reasons("report-back", COOPERATOR, {"note": "x"}) == {"not-yours"}
    ticket = rectifying.do("report-back", LEAD, {"note": "已办结"}).ticket
    assert (ticket.state, ticket.final, ticket.instructed, ticket.wake_at) == ("verified", True, False, None)
    assert [item.reported_at is None for item in ticket.instructions] == [False, False]


def test_what_a_leader_wrote_is_answered_before_a_hard_matter_is_closed(matter: Callable[..., Matter]) -> None:
    hard = matter().open(grade="A").do("assign", lead="SCJGJ").do("accept", LEAD).do("endorse", LEAD_HEAD)
    hard.do("instruct", LEADER, NOTE).do("submit", LEAD, {"note": "x"})
    assert "instruction-waits" in hard.reasons("verify", OFFICE, {"note": "x"})
    hard.do("report-back", LEAD, {"note": "已办结"})
    assert "instruction-waits" not in {reason.code for reason in getattr(hard.attempt("verify", OFFICE, {"note": "x"}), "reasons", ())}


@pytest.mark.parametrize(("given", "due"), [
    ({}, "2020-11-02T18:00"), ({"urgent": True}, "2020-10-15T18:00"),
    ({"report_by": local("2020-12-31T18:00")}, "2020-12-31T18:00"), ({"report_by": local("2020-09-30T18:00")}, "2020-11-02T18:00"),
    ({"report_by": NOW}, "2020-11-02T18:00"),  # the date that was set is the moment of the reopening: nothing is left of it
])
def test_a_reopened_ticket_gives_an_unanswered_instruction_a_clock_again(rectifying: Matter, given: dict[str, Any], due: str) -> None:
    closed(rectifying.do("instruct", LEADER, NOTE, **given)).at("2020-10-12T09:00").do("reopen", OFFICE, {"reason": "反弹"})
    clock = report(rectifying, 4)
    assert (clock.state, clock.epoch, clock.due_at, clock.started_at) == (RUNS, 2, local(due), NOW)
    rectifying.at("2021-02-01T09:00").sweep()
    assert rectifying.fired("report:4")[-1][0] == "report-late"


def test_an_answered_instruction_gets_no_clock_at_a_reopening_and_one_that_rests_goes_on_resting(rectifying: Matter) -> None:
    closed(rectifying.do("instruct", LEADER, NOTE).do("report-back", LEAD, {"note": "x"})).do("reopen", OFFICE, {"reason": "反弹"})
    assert report(rectifying, 4).state == ENDED
    rests = rectifying.definition.clocks["report"]._replace(rests_in=("rectifying",))
    rectifying.definition = replace(
        rectifying.definition, clocks={**rectifying.definition.clocks, "report": rests}, hash="rests-while-rectifying",
    )
    closed(rectifying.do("instruct", LEADER, NOTE)).do("reopen", OFFICE, {"reason": "反弹"})
    assert (report(rectifying, 10).state, report(rectifying, 10).epoch) == (RESTS, 2)


def test_a_ticket_that_is_sent_back_rests_its_instruction_until_it_is_assigned_again(assigned: Matter) -> None:
    assigned.do("instruct", LEADER, NOTE).do("decline", LEAD, {"reason": "x"})
    assert report(assigned, 3).state == RESTS
    assert report(assigned.do("assign", lead="GAJ"), 3).state == RUNS


def test_a_workflow_without_a_clock_for_answers_only_notes_the_instruction(rectifying: Matter) -> None:
    clocks = {name: clock for name, clock in rectifying.definition.clocks.items() if name != "report"}
    bare: Definition = replace(rectifying.definition, clocks=clocks, hash="no-report")
    rectifying.definition = bare
    before = rectifying.ticket.deadlines
    assert rectifying.do("instruct", LEADER, NOTE).ticket.deadlines == before
    assert not rectifying.do("report-back", LEAD, {"note": "x"}).ticket.instructed
