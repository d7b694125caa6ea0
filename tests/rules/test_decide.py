"""What may happen in a rectification: every trigger's happy path, and every refusal of every guard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.rules.access import Actor, may_see
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import assess, decide
from engine.rules.deadline import ENDED, PLANNED, RESTS, RUNS, VOID
from engine.rules.event import Event
from engine.rules.ticket_facts import Evidence
from engine.rules.timing.clocks import BLUE, light
from tests.rules.conftest import COOPERATOR, LEAD, LEAD_HEAD, LEADER, OFFICE, OTHER, WATCH, Matter, local

Make = Callable[..., Matter]
WITH_TAX = {"with": ("SWJ",)}
GRANTED = {"reason": "系统升级需要时间", "approved_by": "局长"}
DECLINED = {"reason": "不属于本单位职责"}


def asked(rectifying: Matter, to: str = "2020-10-14T18:00") -> Matter:
    return rectifying.do("request-extension", LEAD, {"reason": "系统升级需要时间"}, to=local(to))


# 交办 ----------------------------------------------------------------------------------------------------------------


def test_assigning_starts_the_promise_and_the_limit_to_accept(assigned: Matter) -> None:
    ticket = assigned.ticket
    assert (ticket.state, ticket.turn, ticket.lead, ticket.cooperators, ticket.attempt) == (
        "assigned", "lead", "SCJGJ", ("SWJ",), 1,
    )
    assert ticket.promised_at == local("2020-10-09T18:00")  # five working days; 09-27 is worked, 10-01 to 10-08 are not
    assert ticket.due_at == local("2020-09-27T18:00")
    assert ticket.deadlines["assign"].state == ENDED
    assert ticket.office_due_at is None


def test_assigning_may_name_the_leader_and_its_own_date(matter: Make) -> None:
    ticket = matter().open(lead="SCJGJ").do("assign", leader="leader", due=local("2020-11-02T18:00")).ticket
    assert ticket.leader == "leader"
    assert ticket.promised_at == local("2020-11-02T18:00")
    assert ticket.promise is not None and ticket.promise.fixed


def test_assigning_needs_a_lead(matter: Make) -> None:
    assert matter().open().reasons("assign") == {"lead-missing"}


@pytest.mark.parametrize("given", [{"lead": "SCJGJ", "with": ("SCJGJ",)}, {"with": ("GAJ", "SCJGJ")}])
def test_the_lead_is_not_its_own_cooperator(matter: Make, given: dict[str, object]) -> None:
    assert matter().open(lead="SCJGJ").reasons("assign", **given) == {"lead-is-cooperator"}


def test_a_cooperator_that_becomes_lead_is_no_longer_a_cooperator(matter: Make) -> None:
    ticket = matter().open(lead="GAJ", cooperators=("SWJ", "SCJGJ")).do("assign", lead="SCJGJ").ticket
    assert (ticket.lead, ticket.cooperators) == ("SCJGJ", ("SWJ",))


def test_a_cooperator_that_becomes_the_lead_is_no_longer_a_cooperator(matter: Make) -> None:
    opened = matter().open().do("assign", lead="SCJGJ", **WITH_TAX).do("decline", LEAD, DECLINED, suggest="SWJ")
    ticket = opened.do("assign", lead="SWJ").ticket
    assert (ticket.lead, ticket.cooperators) == ("SWJ", ())


def test_cooperators_stand_once_and_may_be_left_out(matter: Make) -> None:
    opened = matter().open(cooperators=("GAJ", "GAJ"))
    assert opened.ticket.cooperators == ("GAJ",)
    assert opened.do("assign", lead="SCJGJ", **{"with": None}).ticket.cooperators == ("GAJ",)
    again = matter().open().do("assign", lead="SCJGJ", **{"with": ("SWJ", "GAJ", "SWJ")})
    assert again.ticket.cooperators == ("SWJ", "GAJ")


@pytest.mark.parametrize("due", ["2020-09-25T09:00", "2020-09-24T18:00"])
def test_a_date_must_lie_ahead_when_assigning(matter: Make, due: str) -> None:
    assert matter().open().reasons("assign", lead="SCJGJ", due=local(due)) == {"date-past"}


def test_a_designation_says_on_what_basis(matter: Make) -> None:
    opened = matter().open()
    assert opened.reasons("assign", lead="SCJGJ", designate=True) == {"basis-missing"}
    assert opened.do("assign", OFFICE, {"basis": "市政府第 12 次常务会议"}, lead="SCJGJ", designate=True).ticket.designated


def test_after_two_denials_only_a_designation_is_possible(matter: Make) -> None:
    opened = matter().open().do("assign", lead="SCJGJ").do("decline", LEAD, DECLINED)
    opened.do("assign", lead="GAJ").do("decline", OTHER, DECLINED)
    assert opened.reasons("assign", lead="SWJ") == {"designate-only"}
    ticket = opened.do("assign", OFFICE, {"basis": "会议纪要"}, lead="SWJ", designate=True).ticket
    assert ticket.designated
    assert opened.reasons("decline", COOPERATOR, DECLINED) == {"designated"}


# planned dates -------------------------------------------------------------------------------------------------------


def test_a_date_set_when_opening_waits_as_a_plan_and_begins_when_assigned(matter: Make) -> None:
    opened = matter().open(due=local("2020-10-20T18:00"))
    assert opened.ticket.deadlines["rectify"].state == PLANNED
    assert (opened.ticket.promised_at, opened.ticket.late_at, opened.ticket.level) == (None, None, 0)
    ticket = opened.do("assign", lead="SCJGJ").ticket
    assert ticket.promised_at == local("2020-10-20T18:00")
    assert (ticket.deadlines["rectify"].epoch, ticket.deadlines["rectify"].state) == (1, RUNS)


def test_a_planned_date_that_passed_before_the_ticket_was_assigned_must_be_renewed(matter: Make) -> None:
    opened = matter().open(due=local("2020-09-28T18:00")).at("2020-09-28T18:00")
    assert opened.reasons("assign", lead="SCJGJ") == {"date-past"}
    assert opened.do("assign", lead="SCJGJ", due=local("2020-10-12T18:00")).ticket.promised_at == local("2020-10-12T18:00")


def test_a_date_a_person_set_waits_for_the_next_unit_after_a_decline(matter: Make) -> None:
    opened = matter().open(due=local("2020-10-20T18:00")).do("assign", lead="SCJGJ").do("decline", LEAD, DECLINED)
    plan = opened.ticket.deadlines["rectify"]
    assert (plan.state, plan.epoch, plan.due_at) == (PLANNED, 2, local("2020-10-20T18:00"))
    assert opened.ticket.promised_at is None
    again = opened.do("assign", lead="GAJ").ticket
    assert (again.promised_at, again.deadlines["rectify"].epoch) == (local("2020-10-20T18:00"), 2)


def test_what_is_withdrawn_before_it_was_assigned_was_no_units(matter: Make) -> None:
    opened = matter().open(lead="SCJGJ", cooperators=("GAJ",)).do("withdraw", OFFICE, {"reason": "误建"})
    assert (opened.ticket.lead, opened.ticket.cooperators, opened.ticket.past) == (None, (), {})
    assert not may_see(Actor("scjgj", "contact", "SCJGJ"), opened.ticket, opened.definition.hidden_states)


def test_a_plan_waits_while_its_ticket_is_withdrawn_and_promises_nothing(matter: Make) -> None:
    opened = matter().open(due=local("2020-10-20T18:00")).do("withdraw", OFFICE, {"reason": "误建"})
    assert opened.ticket.deadlines["rectify"].state == PLANNED
    assert opened.ticket.promised_at is None
    assert opened.ticket.wake_at is None
    opened.do("reinstate", OFFICE, {"reason": "撤错了编号"}).do("assign", OFFICE, lead="SCJGJ")
    assert opened.ticket.promised_at == local("2020-10-20T18:00")


# 签收, 申请退回 --------------------------------------------------------------------------------------------------------


def test_accepting_stops_only_its_own_clock(rectifying: Matter) -> None:
    ticket = rectifying.ticket
    assert (ticket.state, ticket.hands) == ("rectifying", ("lead-contact",))
    assert ticket.deadlines["accept"].state == ENDED
    assert ticket.due_at == ticket.promised_at == local("2020-10-09T18:00")


def test_a_suggestion_is_shown_and_names_nobody(assigned: Matter) -> None:
    assert assigned.do("decline", LEAD, DECLINED, suggest="GAJ").ticket.lead is None
    assert assigned.ticket.denials[0].suggest == "GAJ"
    assert assigned.reasons("assign") == {"lead-missing"}


def test_a_unit_may_decline_with_a_suggestion_and_the_next_one_begins_afresh(assigned: Matter) -> None:
    declined = assigned.do("decline", LEAD, DECLINED | {"clause": "三定方案第 3 条"}, suggest="GAJ")
    ticket = declined.ticket
    assert (ticket.state, ticket.lead, ticket.turn, ticket.promised_at) == ("found", None, "office", None)
    assert [(denial.unit, denial.suggest) for denial in ticket.denials] == [("SCJGJ", "GAJ")]
    assert ticket.deadlines["rectify"].state == VOID
    again = declined.at("2020-09-28T10:00").do("assign", lead="GAJ").ticket
    assert (again.lead, again.attempt, again.deadlines["rectify"].epoch) == ("GAJ", 1, 2)
    assert again.promised_at == local("2020-10-12T18:00")


def test_a_decline_without_a_suggestion_leaves_no_lead(assigned: Matter) -> None:
    assert assigned.do("decline", LEAD, DECLINED).ticket.lead is None
    assert assigned.ticket.denials[0].suggest is None
    assert "suggest" not in assigned.events[-1].data["effects"]["denials"][0]
    assert assigned.reasons("assign") == {"lead-missing"}


def test_a_unit_declines_within_the_accept_limit_and_half_open(assigned: Matter) -> None:
    assigned.now = local("2020-09-27T18:00") - timedelta(microseconds=1)
    assert isinstance(assigned.attempt("decline", LEAD, DECLINED), Event)
    assert assigned.at("2020-09-27T18:00").reasons("decline", LEAD, DECLINED) == {"accept-limit-past"}


def test_where_nothing_limits_accepting_declining_has_no_limit(assigned: Matter) -> None:
    assigned.ticket = assigned.ticket._replace(deadlines={"rectify": assigned.ticket.deadlines["rectify"]})
    assert isinstance(assigned.at("2020-10-08T10:00").attempt("decline", LEAD, DECLINED), Event)


def test_a_unit_declines_once(assigned: Matter) -> None:
    assigned.do("decline", LEAD, DECLINED).do("assign", lead="SCJGJ")
    assert assigned.reasons("decline", LEAD, DECLINED) == {"declined-before"}


def test_a_decline_of_a_hard_matter_names_who_approved_it(matter: Make) -> None:
    opened = matter().open(grade="A").do("assign", lead="SCJGJ")
    assert opened.reasons("decline", LEAD, DECLINED) == {"input-missing"}
    assert opened.do("decline", LEAD, DECLINED | {"approved_by": "局长"}).ticket.state == "found"


# 配合确认, 审签, 申请销号 -------------------------------------------------------------------------------------------------


def test_a_cooperator_signs_off_once(rectifying: Matter) -> None:
    signed = rectifying.do("sign-off", COOPERATOR)
    assert signed.ticket.state == "rectifying"
    assert set(signed.ticket.signed) == {"SWJ"}
    assert signed.ticket.hands == ("lead-contact", "tax-contact")
    assert signed.reasons("sign-off", COOPERATOR) == {"signed-before"}


def test_only_a_cooperator_signs_off(rectifying: Matter) -> None:
    assert rectifying.reasons("sign-off", OTHER) == {"not-yours"}
    assert rectifying.reasons("sign-off", LEAD) == {"not-yours"}


def test_submitting_waits_for_every_cooperator(rectifying: Matter) -> None:
    assert rectifying.reasons("submit", LEAD, {"note": "已改"}) == {"sign-off-missing"}
    ticket = rectifying.do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "已改"}).ticket
    assert (ticket.state, ticket.turn, ticket.submitted_at) == ("submitted", "office", rectifying.now)
    assert ticket.deadlines["rectify"].state == RESTS
    assert ticket.office_due_at == ticket.due_at == local("2020-09-29T18:00")
    assert (ticket.promised_at, ticket.late_at, ticket.warn_at) == (local("2020-10-09T18:00"), None, None)


def test_hands_are_counted_once(submitted: Matter) -> None:
    assert submitted.ticket.hands == ("lead-contact", "tax-contact")


@pytest.mark.parametrize("grade", ["A", "B"])
def test_the_head_endorses_what_is_not_simple(matter: Make, grade: str) -> None:
    opened = matter().open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD)
    assert opened.reasons("submit", LEAD, {"note": "已改"}) == {"endorsement-missing"}
    assert opened.reasons("endorse", LEAD) == {"scan-missing"}
    assert opened.reasons("endorse", OTHER) == {"not-yours", "scan-missing"}
    opened.do("endorse", LEAD_HEAD)
    assert opened.reasons("endorse", LEAD_HEAD) == {"endorsed-before"}
    assert opened.do("submit", LEAD, {"note": "已改"}).ticket.state == "submitted"


def test_submitting_needs_a_note(rectifying: Matter) -> None:
    rectifying.do("sign-off", COOPERATOR)
    assert rectifying.reasons("submit", LEAD) == {"input-missing"}
    assert rectifying.reasons("submit", LEAD, {"note": "  "}) == {"words-empty"}


# 验收销号, 退回整改 ----------------------------------------------------------------------------------------------------


def test_an_event_after_which_no_alarm_is_left_says_so(submitted: Matter) -> None:
    assert submitted.ticket.wake_at is not None
    effects = submitted.do("verify").events[-1].data["effects"]
    assert "wake_at" in effects and effects["wake_at"] is None
    assert submitted.ticket.wake_at is None
    assert "wake_at" not in submitted.do("comment", OFFICE, {"note": "回访满意"}).events[-1].data.get("effects", {})


def test_verifying_ends_the_ticket(submitted: Matter) -> None:
    ticket = submitted.do("verify").ticket
    assert (ticket.state, ticket.final, ticket.turn, ticket.closed_as, ticket.wake_at) == ("verified", True, None, "verified", None)
    assert {deadline.state for deadline in ticket.deadlines.values()} == {ENDED}
    assert ticket.promised_at == local("2020-10-09T18:00")
    assert submitted.do("comment", OFFICE, {"note": "回访满意"}).ticket.final


@pytest.mark.parametrize("trigger", ["verify", "reject"])
@pytest.mark.parametrize("unit", ["SCJGJ", "SWJ"])
def test_nobody_judges_their_own_unit(submitted: Matter, trigger: str, unit: str) -> None:
    supervisor = replace(OFFICE, unit=unit)
    assert submitted.reasons(trigger, supervisor, {"reason": "x"} if trigger == "reject" else None) == {"own-unit"}


@pytest.mark.parametrize("name", ["lead-contact", "tax-contact"])
def test_nobody_judges_what_they_had_a_hand_in(submitted: Matter, name: str) -> None:
    seconded = replace(OFFICE, name=name)  # was the unit's contact when they acted, is of the office now
    outcome = submitted.attempt("verify", seconded)
    assert isinstance(outcome, Refusal)
    assert [(reason.code, reason.exit) for reason in outcome.reasons] == [("own-hands", 4)]


def test_hands_count_within_one_attempt_only(submitted: Matter) -> None:
    again = submitted.do("reject", OFFICE, {"reason": "材料不全"})
    assert again.ticket.hands == ()
    deputy = replace(LEAD, name="deputy")
    again.do("submit", deputy, {"note": "已补"})
    assert again.do("verify", replace(OFFICE, name="lead-contact")).ticket.state == "verified"


def test_an_early_rejection_gives_back_the_time_left_in_the_same_epoch(submitted: Matter) -> None:
    rejected = submitted.at("2020-09-28T09:00").do("reject", OFFICE, {"reason": "材料不全"}).ticket
    promise = rejected.deadlines["rectify"]
    assert (rejected.state, rejected.attempt, set(rejected.signed), rejected.submitted) == ("rectifying", 2, {"SWJ"}, False)
    assert promise.epoch == 1
    # 41.5 open hours were left on 09-25 at 09:00; from 09-28 at 09:00 they last until the close of 10-12
    assert rejected.promised_at == local("2020-10-12T18:00")


def test_a_late_rejection_gives_three_working_days_in_a_new_epoch(rectifying: Matter) -> None:
    rectifying.at("2020-10-09T17:00").do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "已改"})
    ticket = rectifying.at("2020-10-10T10:00").do("reject", OFFICE, {"reason": "问题仍在"}).ticket
    promise = ticket.deadlines["rectify"]
    assert (promise.epoch, promise.due_at, promise.level, promise.amount) == (2, local("2020-10-14T18:00"), 0, "3 working days")
    assert promise.skipped == ()  # −2 opens on 10-12


def test_rejecting_a_hard_matter_gives_five_working_days(matter: Make) -> None:
    opened = matter().open(grade="A").do("assign", lead="SCJGJ").do("accept", LEAD).do("endorse", LEAD_HEAD)
    assert opened.ticket.promised_at == local("2020-10-26T18:00")  # 10-25 is a Sunday
    opened.at("2020-10-26T09:00").do("submit", LEAD, {"note": "已改"}).at("2020-10-27T09:00")
    ticket = opened.do("reject", OFFICE, {"reason": "未解决"}).ticket
    assert (ticket.promised_at, ticket.endorsed) == (local("2020-11-03T18:00"), False)


def test_a_rejection_may_set_its_own_date(submitted: Matter) -> None:
    assert submitted.reasons("reject", OFFICE, {"reason": "x"}, due=submitted.now) == {"date-past"}
    ticket = submitted.do("reject", OFFICE, {"reason": "x"}, due=local("2020-10-16T18:00")).ticket
    assert ticket.promised_at == local("2020-10-16T18:00")
    assert ticket.deadlines["rectify"].epoch == 2


def test_a_fixed_date_that_leaves_enough_is_kept_when_rejected(matter: Make) -> None:
    opened = matter().open().do("assign", lead="SCJGJ", due=local("2020-10-30T18:00")).do("accept", LEAD)
    ticket = opened.do("submit", LEAD, {"note": "已改"}).do("reject", OFFICE, {"reason": "未改"}).ticket
    assert (ticket.promised_at, ticket.deadlines["rectify"].epoch) == (local("2020-10-30T18:00"), 1)


# 撤销, 暂缓 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_ticket_can_be_withdrawn_until_it_is_verified(matter: Make, steps: int) -> None:
    opened = matter().open()
    todo = [
        lambda: opened.do("assign", lead="SCJGJ"), lambda: opened.do("accept", LEAD),
        lambda: opened.do("submit", LEAD, {"note": "已改"}),
    ]
    for step in todo[:steps]:
        step()
    ticket = opened.do("withdraw", OFFICE, {"reason": "重复"}).ticket
    assert (ticket.state, ticket.closed_as, ticket.final, ticket.wake_at) == ("withdrawn", "withdrawn", True, None)
    assert opened.reasons("withdraw", OFFICE, {"reason": "重复"}) == {"state-wrong"}


def test_a_duplicate_names_the_other_ticket(assigned: Matter) -> None:
    reason = {"reason": "重复"}
    assert assigned.reasons("withdraw", OFFICE, reason, **{"as": "duplicate"}) == {"original-missing"}
    assert assigned.reasons("withdraw", OFFICE, reason, **{"as": "duplicate", "of": "ZG-2020-0001"}) == {"duplicate-of-itself"}
    assert assigned.do("withdraw", OFFICE, reason, **{"as": "duplicate", "of": "ZG-2020-0002"}).ticket.closed_as == "duplicate"


@pytest.mark.parametrize("place", ["input", "words"])
def test_a_choice_is_one_of_those_there_are(assigned: Matter, place: str) -> None:
    choice = {"as": "because"}
    words = {"reason": "x"} | (choice if place == "words" else {})
    outcome = assigned.attempt("withdraw", OFFICE, words, **(choice if place == "input" else {}))
    assert isinstance(outcome, Refusal)
    [reason] = outcome.reasons
    assert (reason.code, reason.values["value"]) == ("input-choice", "because")


def test_a_suspended_ticket_rests_and_is_blue(rectifying: Matter) -> None:
    ticket = rectifying.do("suspend", OFFICE, {"reason": "等待上级文件"}).ticket
    assert (ticket.state, ticket.returns_to, ticket.turn) == ("suspended", "rectifying", "office")
    assert ticket.wake_at == local("2020-10-26T18:00")
    assert light(ticket, local("2021-01-01T00:00")) == BLUE
    assert ticket.promised_at == local("2020-10-09T18:00")


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_suspended_ticket_returns_to_where_it_was_with_the_time_left(matter: Make, steps: int) -> None:
    opened = matter().open().do("assign", lead="SCJGJ")
    todo = [lambda: opened.do("accept", LEAD), lambda: opened.do("submit", LEAD, {"note": "已改"})]
    for step in todo[:steps]:
        step()
    before = opened.ticket
    opened.do("suspend", OFFICE, {"reason": "等待上级文件"}).at("2020-10-12T09:00").do("resume")
    ticket = opened.ticket
    ticket = ticket._replace(deadlines={name: item for name, item in ticket.deadlines.items() if name != "pause"})
    assert (ticket.state, ticket.returns_to, ticket.turn) == (before.state, None, before.turn)
    assert {name: (item.state, item.epoch) for name, item in ticket.deadlines.items()} == {
        name: (item.state, item.epoch) for name, item in before.deadlines.items()
    }
    assert ticket.due_at == local({0: "2020-10-13T18:00", 1: "2020-10-19T18:00", 2: "2020-10-15T18:00"}[steps])


def test_a_ticket_does_not_resume_to_another_state(rectifying: Matter) -> None:
    suspended = rectifying.do("suspend", OFFICE, {"reason": "等"})
    suspended.ticket = suspended.ticket._replace(returns_to=None)  # as an imported history may leave it
    assert suspended.reasons("resume") == {"nowhere-back"}


def test_a_suspended_ticket_may_be_withdrawn_and_is_no_longer_blue(rectifying: Matter) -> None:
    ticket = rectifying.do("suspend", OFFICE, {"reason": "等"}).do("withdraw", OFFICE, {"reason": "撤"}).ticket
    assert ticket.returns_to is None
    assert light(ticket, rectifying.now) == "grey"


def test_a_comment_while_suspended_keeps_the_way_back(rectifying: Matter) -> None:
    suspended = rectifying.do("suspend", OFFICE, {"reason": "等"}).do("comment", LEAD, {"note": "收到"})
    assert suspended.ticket.returns_to == "rectifying"


def test_an_open_request_is_answered_before_suspending(rectifying: Matter) -> None:
    assert asked(rectifying).reasons("suspend", OFFICE, {"reason": "等"}) == {"request-open"}


# 延期 ---------------------------------------------------------------------------------------------------------------


def test_a_request_stops_nothing_but_holds_the_urging(rectifying: Matter) -> None:
    ticket = asked(rectifying).ticket
    assert ticket.request is not None and ticket.request.by == "lead-contact"
    assert ticket.promised_at == local("2020-10-09T18:00")
    assert ticket.office_due_at == local("2020-09-28T18:00")
    assert light(ticket, rectifying.now) == BLUE
    assert ticket.deadlines["rectify"].next_at == local("2020-09-29T08:30")  # the reminder is not held


def test_a_request_comes_before_the_date_and_half_open(rectifying: Matter) -> None:
    words = {"reason": "x"}
    to = local("2020-10-14T18:00")
    assert rectifying.at("2020-10-09T18:00").reasons("request-extension", LEAD, words, to=to) == {"due-past"}
    rectifying.now -= timedelta(microseconds=1)
    assert isinstance(rectifying.attempt("request-extension", LEAD, words, to=to), Event)


@pytest.mark.parametrize("to", ["2020-10-09T18:00", "2020-10-08T18:00"])
def test_more_time_ends_later_than_the_date_that_stands(rectifying: Matter, to: str) -> None:
    assert rectifying.reasons("request-extension", LEAD, {"reason": "x"}, to=local(to)) == {"not-later"}


def test_a_request_says_until_when_and_why(rectifying: Matter) -> None:
    outcome = rectifying.attempt("request-extension", LEAD)
    assert isinstance(outcome, Refusal)
    assert {(reason.code, reason.values["field"]) for reason in outcome.reasons} == {("input-missing", "to"), ("input-missing", "reason")}


def test_one_request_at_a_time(rectifying: Matter) -> None:
    again = asked(rectifying).reasons("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-15T18:00"))
    assert again == {"request-open"}


def test_a_hard_matter_asks_with_approval(matter: Make) -> None:
    opened = matter().open(grade="B").do("assign", lead="SCJGJ").do("accept", LEAD)
    to = local("2020-10-30T18:00")
    assert opened.reasons("request-extension", LEAD, {"reason": "x"}, to=to) == {"input-missing"}
    assert opened.do("request-extension", LEAD, GRANTED, to=to).ticket.request is not None


def test_a_grant_is_a_new_epoch_with_the_date_asked_for(rectifying: Matter) -> None:
    ticket = asked(rectifying).do("grant").ticket
    promise = ticket.deadlines["rectify"]
    assert (promise.epoch, promise.due_at, promise.fixed, promise.rung) == (2, local("2020-10-14T18:00"), True, 0)
    assert ticket.request is None
    assert ticket.deadlines["answer"].state == ENDED
    assert [(grant.before.date().isoformat(), grant.to.date().isoformat()) for grant in ticket.grants] == [("2020-10-09", "2020-10-14")]
    assert rectifying.reasons("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-15T18:00")) == {"extensions-used"}


def test_a_grant_may_give_another_date_within_the_cap(rectifying: Matter) -> None:
    asked(rectifying)
    assert rectifying.reasons("grant", to=local("2020-10-15T18:01")) == {"beyond-cap"}
    assert rectifying.reasons("grant", to=local("2020-10-09T18:00")) == {"not-later"}
    assert rectifying.do("grant", to=local("2020-10-15T18:00")).ticket.promised_at == local("2020-10-15T18:00")


def test_all_extensions_together_stay_within_the_cap_of_the_first_date(matter: Make) -> None:
    opened = matter().open(grade="B").do("assign", lead="SCJGJ").do("accept", LEAD)
    assert opened.ticket.promised_at == local("2020-10-22T18:00")
    opened.do("request-extension", LEAD, GRANTED, to=local("2020-11-02T18:00")).do("grant")
    assert opened.reasons("request-extension", LEAD, GRANTED, to=local("2020-11-16T18:00")) == {"beyond-cap"}
    opened.do("request-extension", LEAD, GRANTED, to=local("2020-11-12T18:00"))  # 15 working days after 10-22
    opened.do("consent", LEADER)
    assert opened.reasons("grant", to=local("2020-11-13T18:00")) == {"beyond-cap"}
    assert opened.do("grant", to=local("2020-11-12T18:00")).ticket.deadlines["rectify"].epoch == 3


def test_the_cap_counts_from_the_first_date_however_many_extensions_there_were(matter: Make) -> None:
    opened = matter().open(grade="B").do("assign", lead="SCJGJ").do("accept", LEAD)
    many = opened.definition.extensions["B"]._replace(times=9)
    opened.definition = replace(opened.definition, extensions={"B": many})
    for to in ("2020-10-26T18:00", "2020-11-02T18:00"):
        opened.do("request-extension", LEAD, GRANTED, to=local(to))
        if opened.ticket.grants:
            opened.do("consent", LEADER)
        opened.do("grant")
    assert opened.reasons("request-extension", LEAD, GRANTED, to=local("2020-11-13T18:00")) == {"beyond-cap"}
    opened.do("request-extension", LEAD, GRANTED, to=local("2020-11-12T18:00")).do("consent", LEADER)
    assert opened.reasons("grant", to=local("2020-11-13T18:00")) == {"beyond-cap"}
    assert opened.do("grant", to=local("2020-11-12T18:00")).ticket.promised_at == local("2020-11-12T18:00")


def test_a_late_answer_does_not_grant_a_date_that_has_passed(rectifying: Matter) -> None:
    asked(rectifying, "2020-10-12T18:00").at("2020-10-12T18:00")
    assert rectifying.reasons("grant") == {"date-past"}
    assert rectifying.do("grant", to=local("2020-10-14T18:00")).ticket.promised_at == local("2020-10-14T18:00")


def test_a_date_amended_beyond_the_request_cannot_be_granted_back(rectifying: Matter) -> None:
    asked(rectifying, "2020-10-12T18:00").amend(reason="日期写错", due=local("2020-10-13T18:00"))
    assert rectifying.reasons("grant") == {"not-later"}


def test_where_a_workflow_says_no_limit_extensions_have_none(rectifying: Matter) -> None:
    rectifying.definition = replace(rectifying.definition, extensions={})
    asked(rectifying, "2021-03-01T18:00").do("grant")
    assert rectifying.do("request-extension", LEAD, {"reason": "x"}, to=local("2021-04-01T18:00")).ticket.request


def test_a_refusal_lets_the_held_rungs_fire_with_their_own_dates(rectifying: Matter) -> None:
    asked(rectifying.at("2020-10-09T10:00")).at("2020-10-12T10:00").sweep()
    assert rectifying.fired() == [("reminder", "2020-09-29")]
    rectifying.do("refuse", OFFICE, {"reason": "理由不充分"})
    assert rectifying.ticket.request is None
    assert rectifying.ticket.promised_at == local("2020-10-09T18:00")
    rectifying.sweep()
    assert rectifying.fired() == [("reminder", "2020-09-29"), ("urging", "2020-10-09")]
    assert (rectifying.ticket.level, rectifying.ticket.deadlines["rectify"].epoch) == (1, 1)
    rectifying.at("2020-10-13T18:00").sweep()
    assert rectifying.fired()[-1] == ("supervision-letter", "2020-10-13")


@pytest.mark.parametrize("trigger", ["grant", "refuse"])
def test_there_is_nothing_to_answer_without_a_request(rectifying: Matter, trigger: str) -> None:
    given = {"to": local("2020-10-14T18:00")} if trigger == "grant" else {}
    assert rectifying.reasons(trigger, OFFICE, {"reason": "x"} if trigger == "refuse" else {}, **given) == {"no-request"}


def test_submitting_withdraws_the_request(rectifying: Matter) -> None:
    ticket = asked(rectifying).do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "已改"}).ticket
    assert (ticket.request, ticket.deadlines["answer"].state) == (None, ENDED)
    assert rectifying.reasons("grant") == {"state-wrong", "no-request"}


def test_withdrawing_the_ticket_closes_the_request(rectifying: Matter) -> None:
    ticket = asked(rectifying).do("withdraw", OFFICE, {"reason": "撤"}).ticket
    assert (ticket.request, ticket.deadlines["answer"].state, ticket.wake_at) == (None, ENDED, None)


def test_a_second_request_begins_a_new_epoch_of_the_answer(matter: Make) -> None:
    opened = matter().open(grade="B").do("assign", lead="SCJGJ").do("accept", LEAD)
    opened.do("request-extension", LEAD, GRANTED, to=local("2020-11-02T18:00")).do("refuse", OFFICE, {"reason": "x"})
    opened.do("request-extension", LEAD, GRANTED, to=local("2020-11-02T18:00"))
    assert opened.ticket.deadlines["answer"].epoch == 2


def test_granting_needs_a_promise(rectifying: Matter) -> None:
    loose = rectifying.definition.triggers["grant"]._replace(guards=(), sources=("found",))
    found = Matter(rectifying.now, rectifying.definition, rectifying.calendar).open()
    found.definition = replace(found.definition, triggers={"grant": loose}, hash="loose")
    with pytest.raises(ValueError, match="nothing promised"):
        found.attempt("grant", to=local("2020-10-14T18:00"))


def test_asking_in_a_workflow_without_a_promise_holds_nothing(matter: Make) -> None:
    opened = matter().open().do("assign", lead="SCJGJ").do("accept", LEAD)
    clock = opened.definition.clocks["rectify"]._replace(promise=False)
    opened.definition = replace(opened.definition, clocks={**opened.definition.clocks, "rectify": clock}, hash="no-promise")
    assert opened.do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-14T18:00")).ticket.request


# 改派, 重新整改 --------------------------------------------------------------------------------------------------------


def test_reassigning_begins_afresh(rectifying: Matter) -> None:
    asked(rectifying).do("sign-off", COOPERATOR).at("2020-09-29T10:00")
    ticket = rectifying.do("reassign", OFFICE, {"reason": "职责调整"}, lead="GAJ").ticket
    assert (ticket.state, ticket.lead, ticket.attempt, ticket.hands, ticket.signed) == ("assigned", "GAJ", 2, (), {})
    assert (ticket.request, ticket.grants, ticket.deadlines["answer"].state) == (None, (), ENDED)
    assert (ticket.deadlines["accept"].epoch, ticket.deadlines["rectify"].epoch) == (2, 2)
    assert ticket.promised_at == local("2020-10-13T18:00")
    assert ticket.deadlines["rectify"].next_at == local("2020-10-10T08:30")  # nothing is held any more


def test_a_new_lead_begins_without_the_level_that_was_issued_against_the_former(rectifying: Matter) -> None:
    rectifying.at("2020-10-14T10:00").sweep()
    assert rectifying.ticket.acted_level == 1
    ticket = rectifying.do("reassign", OFFICE, {"reason": "职责调整"}, lead="GAJ").ticket
    assert (ticket.acted_level, ticket.level) == (0, 0)
    assert rectifying.do("reassign", OFFICE, {"reason": "x"}, lead="SCJGJ").ticket.acted_level == 0


def test_reassigning_may_set_the_date_and_drops_the_extensions_used(rectifying: Matter) -> None:
    asked(rectifying).do("grant").do("reassign", OFFICE, {"reason": "x"}, lead="GAJ", due=local("2020-11-20T18:00"))
    assert (rectifying.ticket.grants, rectifying.ticket.promised_at) == ((), local("2020-11-20T18:00"))


def test_reassigning_before_it_was_accepted_stays_there_with_new_dates(assigned: Matter) -> None:
    ticket = assigned.at("2020-09-27T10:00").do("reassign", OFFICE, {"reason": "x"}, lead="GAJ").ticket
    assert (ticket.state, ticket.due_at) == ("assigned", local("2020-09-28T18:00"))


def test_reassigning_names_another_unit(rectifying: Matter) -> None:
    assert rectifying.reasons("reassign", OFFICE, {"reason": "x"}, lead="SCJGJ") == {"same-lead"}
    assert rectifying.reasons("reassign", OFFICE, {"reason": "x"}) == {"input-missing"}
    assert rectifying.reasons("reassign", OFFICE, {"reason": "x"}, lead="GAJ", **{"with": ("GAJ",)}) == {"lead-is-cooperator"}
    assert rectifying.reasons("reassign", OFFICE, {"reason": "x"}, lead="GAJ", due=rectifying.now) == {"date-past"}


@pytest.mark.parametrize(("grade", "due"), [("C", "2020-10-10"), ("B", "2020-10-13"), ("A", "2020-10-20")])
def test_reopening_gives_a_short_new_limit(matter: Make, grade: str, due: str) -> None:
    opened = matter().open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD).do("endorse", LEAD_HEAD)
    report, second = Evidence("ab" * 32, 3, "text/plain"), replace(OFFICE, name="second")
    opened.do("submit", LEAD, {"note": "已改"}, [report]).do("verify", second, {"note": "属实"}).at("2020-09-29T10:00")
    ticket = opened.do("reopen", OFFICE, {"reason": "问题反弹"}, **{"as": "relapse"}).ticket
    assert (ticket.state, ticket.final, ticket.closed_as, ticket.attempt, ticket.endorsed) == ("rectifying", False, None, 2, False)
    assert ticket.promised_at == local(f"{due}T18:00")
    assert ticket.deadlines["rectify"].epoch == 2


def test_reopening_may_set_its_date(submitted: Matter) -> None:
    submitted.do("verify")
    assert submitted.reasons("reopen", OFFICE, {"reason": "x"}, due=submitted.now) == {"date-past"}
    due = local("2020-12-01T18:00")
    assert submitted.do("reopen", OFFICE, {"reason": "x"}, due=due).ticket.promised_at == due


# 备注, and everything in general ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", [OFFICE, LEAD, LEAD_HEAD, COOPERATOR, LEADER], ids=lambda actor: actor.name)
def test_whoever_takes_part_may_comment_and_nothing_else_changes(rectifying: Matter, actor: object) -> None:
    before = rectifying.ticket
    after = rectifying.do("comment", actor, {"note": "已电话沟通"}).ticket  # type: ignore[arg-type]
    assert after == before._replace(version=before.version + 1)


def test_a_refusal_lists_every_reason(submitted: Matter) -> None:
    assert submitted.reasons("submit", OTHER, {"wish": "x"}, colour="red") == {
        "state-wrong", "not-yours", "input-unknown", "input-missing",
    }


def test_an_unknown_trigger_is_refused(rectifying: Matter) -> None:
    assert rectifying.reasons("explode") == {"no-such-trigger"}


def test_words_are_checked_whatever_the_trigger(rectifying: Matter) -> None:
    assert rectifying.reasons("comment", OFFICE, {"note": "字" * 5001}) == {"words-long"}
    assert rectifying.reasons("comment", OFFICE, {"note": "a\x00b"}) == {"words-control"}


def test_the_event_keeps_evidence_the_time_it_happened_and_a_digest_of_the_words(rectifying: Matter) -> None:
    evidence = Evidence("ab" * 32, 3, "text/plain")
    command = Command(
        "comment", {}, {"note": "现场核查", "file-1": "照片.jpg"}, [evidence], local("2020-09-24T10:00"), salt="salt",
    )
    event = decide(rectifying.situation(), command)
    assert isinstance(event, Event)
    assert event.data["evidence"] == [{"sha256": "ab" * 32, "bytes": 3, "type": "text/plain"}]
    assert event.data["happened_at"] == "2020-09-24T02:00:00.000000Z"
    assert len(event.data["words"]) == 64 and "现场核查" not in str(event.data)
    assert (event.words, event.salt) == ({"note": "现场核查", "file-1": "照片.jpg"}, "salt")


def test_input_is_kept_as_facts(matter: Make) -> None:
    given = {"lead": "SCJGJ", "with": ("SWJ",), "due": local("2020-11-02T18:00"), "leader": None}
    event = matter().open().attempt("assign", OFFICE, **given)
    assert isinstance(event, Event)
    assert event.data["input"] == {"lead": "SCJGJ", "with": ["SWJ"], "due": "2020-11-02T10:00:00.000000Z"}
    assert (event.words, event.salt) == (None, None)


def test_assessing_says_what_is_possible_and_what_it_needs(submitted: Matter) -> None:
    def verdict(trigger: str, actor: Actor = OFFICE) -> tuple[bool, set[str], tuple[str, ...]]:
        found = assess(submitted.situation(actor), submitted.definition.triggers[trigger])
        return found.possible, {reason.code for reason in found.reasons}, found.needs

    assert verdict("verify") == (True, set(), ())
    assert verdict("reject") == (True, set(), ("reason",))
    assert verdict("verify", LEAD) == (False, {"not-yours", "own-unit"}, ())
    assert verdict("grant") == (False, {"state-wrong", "no-request"}, ())
    assert verdict("deemed-accepted", WATCH) == (False, {"state-wrong"}, ())


def test_an_imported_ticket_without_a_grade_is_treated_by_the_default(matter: Make) -> None:
    opened = matter().open()
    opened.ticket = opened.ticket._replace(grade=None)
    opened.do("assign", lead="SCJGJ").do("accept", LEAD)
    assert opened.ticket.promised_at == local("2020-10-09T18:00")
    opened.at("2020-10-22T18:00").sweep()
    assert [rung for rung, _ in opened.fired()] == ["reminder", "urging", "supervision-letter", "circular", "interview"]
    ticket = opened.do("submit", LEAD, {"note": "已改"}).do("reject", OFFICE, {"reason": "x"}).ticket
    assert ticket.promised_at == local("2020-10-27T18:00")
    assert opened.reasons("request-extension", LEAD, {"reason": "x"}, to=local("2020-11-30T18:00")) == {"beyond-cap"}
