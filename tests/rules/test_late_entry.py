"""What came late on paper (补录) is decided as of the paper's date, and recorded now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.rules.access import CONTACT, Actor
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.late_entry import Paper, can_be_entered, enter, enterable, is_late_entry, parties
from engine.rules.deadline import RESTS, RUNS
from engine.rules.event import Event
from engine.rules.ticket import evolve, fold
from engine.rules.ticket_facts import Evidence
from engine.rules.timing.lateness import lateness
from tests.rules.conftest import COOPERATOR, LEAD, LEADER, OFFICE, Matter, china, local, workflow

SCAN = Evidence("a" * 64, 10, "application/pdf")
NOTE = {"note": "材料已合并为一套表单"}


def attempt(
    matter: Matter, trigger: str, on: str, unit: str | None = None, *, words: dict[str, str] | None = None, actor: Actor = OFFICE,
    basis: str | None = "收文登记第12号", alone: bool = False, paired: bool = False, evidence: tuple[Evidence, ...] = (), **said: Any,
) -> Event | Refusal:
    at = matter.situation(actor)._replace(alone=alone, paired=paired)
    return enter(at, Command(trigger, said, words or {}, evidence, salt="salt"), Paper(local(on), basis, unit), matter.events)


def entered(matter: Matter, trigger: str, on: str, unit: str | None = None, **said: Any) -> Event:
    outcome = attempt(matter, trigger, on, unit, **said)
    assert isinstance(outcome, Event), outcome
    matter.events.append(outcome)
    matter.ticket = evolve(matter.ticket, outcome)
    assert matter.ticket == fold(matter.events)
    return outcome


def refused(matter: Matter, trigger: str, on: str, unit: str | None = None, **said: Any) -> set[str]:
    outcome = attempt(matter, trigger, on, unit, **said)
    assert isinstance(outcome, Refusal), outcome
    return {reason.code for reason in outcome.reasons}


@pytest.fixture
def overdue(matter: Callable[..., Matter]) -> Matter:
    """Due on 2020-10-14, swept until the circular is proposed on 2020-10-21; nobody entered the report of 2020-10-12."""
    found = matter("2020-09-30T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD)
    found.at("2020-10-21T19:00").sweep()
    return found


def test_a_report_found_in_the_tray_is_handed_in_as_of_its_date(overdue: Matter) -> None:
    event = entered(overdue, "submit", "2020-10-12T16:00", words=NOTE)
    ticket = overdue.ticket
    assert (event.at, event.actor, event.role, event.unit) == (local("2020-10-21T19:00"), "office", "supervisor", None)
    assert (event.data["happened_at"], event.data["for_unit"]) == ("2020-10-12T08:00:00.000000Z", "SCJGJ")
    assert event.words is not None and event.words["basis"] == "收文登记第12号" and is_late_entry(event)
    assert (ticket.state, ticket.submitted_at) == ("submitted", local("2020-10-12T16:00"))
    promise = ticket.promise
    assert promise is not None and (promise.state, promise.stopped_at) == (RESTS, local("2020-10-12T16:00"))


def test_a_unit_is_as_late_as_its_paper_and_not_as_the_office_s_typing(overdue: Matter) -> None:
    assert lateness(overdue.ticket, overdue.now, overdue.calendar) == 6
    entered(overdue, "submit", "2020-10-12T16:00", words=NOTE)
    assert (overdue.ticket.late_days, overdue.ticket.on_time) == (0, True)


def test_a_request_on_paper_makes_nobody_late_while_it_waits(overdue: Matter) -> None:
    entered(overdue, "request-extension", "2020-10-12T16:00", words={"reason": "等待省级系统上线"}, to=local("2020-10-15T18:00"))
    assert lateness(overdue.ticket, local("2020-10-15T17:00"), overdue.calendar) == 0


def test_what_rang_after_the_paper_is_void_and_raised_nothing(overdue: Matter) -> None:
    assert (overdue.ticket.level, overdue.ticket.acted_level, len(overdue.ticket.proposals)) == (3, 1, 2)
    event = entered(overdue, "submit", "2020-10-12T16:00", words=NOTE)
    ticket = overdue.ticket
    assert event.data["voided"] == [{"clock": "rectify", "epoch": 1, "rungs": ["urging", "supervision-letter", "circular"]}]
    assert (ticket.level, ticket.acted_level, ticket.proposals) == (0, 0, ())
    assert ticket.promise is not None and (ticket.promise.epoch, ticket.promise.rung) == (2, 1), "the reminder before it stands"
    assert ticket.deadlines["sign"].state != RUNS, "nothing waits for a signature any more"
    assert "recall" not in event.data


def test_what_rang_before_the_paper_stands(overdue: Matter) -> None:
    event = entered(overdue, "submit", "2020-10-20T10:00", words=NOTE)
    assert event.data["voided"] == [{"clock": "rectify", "epoch": 1, "rungs": ["circular"]}]
    ticket = overdue.ticket
    assert (ticket.level, ticket.acted_level, [item.rung for item in ticket.proposals]) == (2, 1, ["supervision-letter"])
    assert ticket.deadlines["sign"].state == RUNS and ticket.deadlines["sign"].started_at == ticket.proposals[0].at


def test_an_alarm_that_came_round_after_the_paper_is_void_by_its_number_and_may_come_round_anew(overdue: Matter) -> None:
    overdue.at("2020-11-12T19:00").sweep()
    assert overdue.repeated() == [(1, "2020-11-04")] and overdue.ticket.level == 4
    event = entered(overdue, "submit", "2020-10-29T10:00", words=NOTE)
    assert event.data["voided"] == [{"clock": "rectify", "epoch": 1, "rungs": [], "repetitions": [["interview", 1]]}]
    promise = overdue.ticket.promise
    assert promise is not None and (promise.epoch, promise.rung, promise.repeated, overdue.ticket.level) == (2, 5, 0, 4)
    assert [item.rung for item in overdue.ticket.proposals] == ["supervision-letter", "circular", "interview"], "they rang before it"


def test_rungs_and_what_came_round_of_them_are_void_together(overdue: Matter) -> None:
    overdue.at("2020-11-12T19:00").sweep()
    event = entered(overdue, "submit", "2020-10-20T10:00", words=NOTE)
    assert event.data["voided"] == [
        {"clock": "rectify", "epoch": 1, "rungs": ["circular", "interview"], "repetitions": [["interview", 1]]},
    ]


def test_a_letter_that_was_issued_meanwhile_is_named_for_recall(overdue: Matter) -> None:
    overdue.do("issue", by="张三", rung="supervision-letter")
    assert overdue.ticket.acted_level == 2
    event = entered(overdue, "submit", "2020-10-12T16:00", words=NOTE)
    assert event.data["recall"] == ["supervision-letter/SCJGJ/2020-10-19"]
    assert (overdue.ticket.acted_level, overdue.ticket.proposals) == (0, ())


@pytest.mark.parametrize(("answer", "left"), [
    (("issue", {"by": "张三", "rung": "circular"}), ["supervision-letter"]),
    (("issue", {"by": "张三", "rung": "supervision-letter"}), []),
    (("waive", {"rung": "supervision-letter"}), []),
    (("waive", {"rung": "circular"}), ["supervision-letter"]),
])
def test_a_letter_proposed_before_the_paper_stays_open_unless_it_was_answered(
    overdue: Matter, answer: tuple[str, dict[str, str]], left: list[str],
) -> None:
    trigger, given = answer
    if trigger == "issue":
        overdue.do("consent", LEADER, about="circular")
    overdue.do(trigger, words={"reason": "已电话说明"} if trigger == "waive" else None, **given)
    entered(overdue, "submit", "2020-10-20T10:00", words=NOTE)
    assert [item.rung for item in overdue.ticket.proposals] == left


def test_the_offices_own_clock_starts_when_it_is_typed(overdue: Matter) -> None:
    entered(overdue, "submit", "2020-10-12T16:00", words=NOTE)
    verify = overdue.ticket.deadlines["verify"]
    assert (verify.started_at, verify.due_at) == (local("2020-10-21T19:00"), local("2020-10-26T18:00"))


def test_a_rejected_report_gives_back_what_was_left_at_its_date(overdue: Matter) -> None:
    entered(overdue, "submit", "2020-10-12T16:00", words=NOTE)
    other = Actor("second", "supervisor", None)
    overdue.at("2020-10-22T10:00").do("reject", other, {"reason": "缺少佐证"})
    promise = overdue.ticket.promise
    assert promise is not None and promise.due_at == local("2020-10-27T18:00"), "at least three working days"
    assert overdue.at("2020-10-28T09:00").sweep()[-1].data["rung"] == "urging", "a rung that was void rings anew"


def test_a_request_on_paper_holds_only_what_a_request_holds(overdue: Matter) -> None:
    event = entered(overdue, "request-extension", "2020-10-12T09:00", words={"reason": "系统改造未完"}, to=local("2020-10-21T18:00"))
    assert event.data["voided"] == [{"clock": "rectify", "epoch": 1, "rungs": ["urging", "supervision-letter", "circular"]}]
    request, answer = overdue.ticket.request, overdue.ticket.deadlines["answer"]
    assert request is not None and (request.at, request.by) == (local("2020-10-12T09:00"), None)
    assert answer.started_at == local("2020-10-21T19:00") and answer.due_at == local("2020-10-23T18:00")
    assert overdue.ticket.promise is not None and overdue.ticket.promise.next_at == answer.due_at, "held until it is answered"
    assert overdue.ticket.level == 0


def test_a_reminder_before_the_date_rings_once_though_a_request_came_earlier(overdue: Matter) -> None:
    entered(overdue, "request-extension", "2020-09-30T15:00", words={"reason": "系统改造未完"}, to=local("2020-10-20T18:00"))
    overdue.at("2020-10-23T10:00").do("refuse", words={"reason": "理由不足"}).sweep()
    assert [rung for rung, _ in overdue.fired()].count("reminder") == 1
    assert [rung for rung, _ in overdue.fired()].count("urging") == 2, "void once, and fired once"


def test_a_sheet_signed_before_the_limit_is_an_acceptance_and_moves_no_date(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00").open().do("assign", lead="SCJGJ").at("2020-09-27T10:00")
    event = entered(found, "accept", "2020-09-25T11:00")
    assert found.ticket.state == "rectifying" and "voided" not in event.data
    assert found.ticket.promised_at == local("2020-10-09T18:00")


def test_what_was_deemed_accepted_stays_so(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00").open().do("assign", lead="SCJGJ").at("2020-09-29T10:00")
    found.sweep()
    assert found.ticket.state == "rectifying"
    assert refused(found, "decline", "2020-09-25T11:00", words={"reason": "不属本单位"}) == {"state-wrong"}
    entered(found, "submit", "2020-09-26T11:00", words=NOTE)
    assert found.ticket.state == "submitted"


def test_a_unit_that_declined_on_paper_declined_then(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00").open(grade="B").do("assign", lead="SCJGJ").at("2020-09-27T10:00")
    said = {"reason": "不属本单位职责", "approved_by": "李四"}
    entered(found, "decline", "2020-09-25T11:00", words=said)
    denial = found.ticket.denials[0]
    assert (found.ticket.state, denial.unit, denial.at) == ("found", "SCJGJ", local("2020-09-25T11:00"))
    assert found.ticket.deadlines["assign"].started_at == found.now


@pytest.mark.parametrize("signed", ["2020-09-25T11:00", "2020-09-29T11:00"])
def test_a_sheet_that_was_signed_is_kept_beside_what_was_deemed_accepted(matter: Callable[..., Matter], signed: str) -> None:
    """视同签收 stands, whether the sheet was signed before it or after; a sheet is entered once."""
    found = matter("2020-09-25T09:00").open().do("assign", lead="SCJGJ").at("2020-09-30T10:00")
    found.sweep()
    assert found.ticket.state == "rectifying" and "deemed-accepted" in [event.data.get("trigger") for event in found.events]
    before = found.ticket
    assert "state-wrong" in refused(found, "decline", signed, words={"reason": "不在职责之内"})
    event = entered(found, "accept", signed)
    assert (event.from_state, event.to_state, event.data["for_unit"]) == ("rectifying", "rectifying", "SCJGJ")
    assert (found.ticket.state_since, found.ticket.deadlines) == (before.state_since, before.deadlines)
    assert [(item.trigger, item.at) for item in found.ticket.entered] == [("accept", local(signed))] and "office" in found.ticket.hands
    assert refused(found, "accept", signed) >= {"state-wrong"}
    entered(found, "submit", "2020-09-30T09:00", words=NOTE)


def test_what_may_be_entered_is_what_only_units_do_now_or_was_deemed_done(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00").open().do("assign", lead="SCJGJ")

    def names() -> set[str]:
        return {trigger.name for trigger in enterable(found.definition, found.ticket, found.events)}

    assert {"accept", "decline"} <= names() and not {"submit", "verify", "comment", "urge"} & names()
    found.at("2020-09-30T10:00").sweep()
    assert {"accept", "submit"} <= names() and "decline" not in names()
    triggers = found.definition.triggers
    assert [parties(found.ticket, triggers[name]) for name in ("accept", "sign-off", "verify")] == [("SCJGJ",), (), ()]


def test_what_a_person_did_is_not_entered_once_more(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00").open().do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-09-30T10:00")
    assert "state-wrong" in refused(found, "accept", "2020-09-25T11:00")


def test_a_sheet_beside_what_was_deemed_accepted_needs_a_basis_as_any(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00").open().do("assign", lead="SCJGJ").at("2020-09-30T10:00")
    found.sweep()
    assert refused(found, "accept", "2020-09-25T11:00", basis=None) == {"entry-basis-missing"}


def test_a_cooperators_sheet_voids_the_urging_of_its_part(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-30T09:00").open().do("assign", lead="SCJGJ", **{"with": ("SWJ",)}).do("accept", LEAD)
    found.at("2020-10-14T09:00").sweep()
    assert [rung for rung, _ in found.fired("part:SWJ")] == ["part-reminder", "part-urging"]
    event = entered(found, "sign-off", "2020-10-12T10:00")
    assert event.data["voided"] == [{"clock": "part:SWJ", "epoch": 1, "rungs": ["part-urging"]}]
    assert found.ticket.signed == {"SWJ": local("2020-10-12T10:00")} and event.data["for_unit"] == "SWJ"
    assert found.ticket.level == 0 and found.ticket.promise is not None and found.ticket.promise.epoch == 1


def test_what_an_answered_instruction_rang_is_void(overdue: Matter, matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00").open(grade="A").do("assign", lead="SCJGJ").do("accept", LEAD)
    found.do("instruct", words={"note": "限期办结"}, by="leader", report_by=local("2020-09-30T18:00"))
    found.at("2020-10-09T09:00").sweep()
    entry = entered(found, "report-back", "2020-09-30T10:00", words={"note": "已落实"})
    assert entry.data["voided"][0]["rungs"][-1] == "report-urging" and not found.ticket.instructed
    assert found.ticket.instructions[0].reported_at == local("2020-09-30T10:00")


def test_who_types_has_had_a_hand_where_somebody_else_can_verify(overdue: Matter) -> None:
    lonely = Matter(overdue.now, overdue.definition, overdue.calendar, events=[*overdue.events])
    lonely.ticket = overdue.ticket
    entered(overdue, "submit", "2020-10-12T16:00", words=NOTE)
    assert "office" in overdue.ticket.hands
    assert "own-hands" in overdue.reasons("verify")
    entered(lonely, "submit", "2020-10-12T16:00", words=NOTE, alone=True)
    assert "office" not in lonely.ticket.hands
    lonely.do("verify")


@pytest.mark.parametrize(("paired", "hands"), [(False, ["bob", "office"]), (True, ["bob"])])
def test_whoever_stood_behind_the_deputy_that_types_has_had_a_hand_where_a_third_can_verify(
    overdue: Matter, paired: bool, hands: list[str],
) -> None:
    entered(overdue, "submit", "2020-10-12T16:00", words=NOTE, paired=paired, actor=Actor("bob", "supervisor", None, "test", "office"))
    assert [name for name in overdue.ticket.hands if name in ("bob", "office")] == hands
    assert all(overdue.reasons("verify", Actor(name, "supervisor", None, "test")) == {"own-hands"} for name in hands)
    other = "office" if paired else "third"
    assert overdue.do("verify", Actor(other, "supervisor", None, "test")).ticket.final


def test_a_paper_lies_between_the_last_act_and_now(overdue: Matter) -> None:
    assert refused(overdue, "submit", "2020-09-29T18:00", words=NOTE) == {"entry-before-act"}
    assert refused(overdue, "submit", "2020-10-22T09:00", words=NOTE) == {"entry-ahead"}
    entered(overdue, "progress", "2020-10-10T09:00", unit="SCJGJ", words={"note": "已完成一半"})
    overdue.do("comment", words={"note": "来电称报告已寄出"}).do("urge", by="phone")
    entered(overdue, "submit", "2020-10-09T09:00", words=NOTE)
    assert refused(overdue, "accept", "2020-10-08T09:00") >= {"entry-before-act", "state-wrong"}


def test_a_request_or_a_new_date_binds_a_paper_though_the_ticket_stays_in_its_state(matter: Callable[..., Matter]) -> None:
    asked, moved = (matter().open().do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-09-28T10:00") for _ in range(2))
    asked.do("request-extension", LEAD, {"reason": "材料未齐"}, to=local("2020-10-14T18:00"))
    moved.amend(reason="日期写错", due=local("2020-10-20T18:00"))
    for found in (asked, moved):
        assert (found.events[-1].from_state, found.events[-1].to_state) == ("rectifying", "rectifying")
        found.at("2020-09-29T10:00")
        assert refused(found, "progress", "2020-09-28T09:00", words=NOTE) == {"entry-before-act"}
        entered(found, "progress", "2020-09-28T11:00", words=NOTE)


@pytest.mark.parametrize(("minutes", "voided"), [(0, ["circular"]), (-1, ["supervision-letter", "circular"])])
def test_a_rung_that_came_as_the_paper_was_written_stands(overdue: Matter, minutes: int, voided: list[str]) -> None:
    came = next(event.data["scheduled_for"] for event in overdue.events if event.data.get("rung") == "supervision-letter")
    on = datetime.fromisoformat(came) + timedelta(minutes=minutes)
    outcome = enter(overdue.situation(), Command("submit", {}, NOTE, salt="s"), Paper(on, "收文登记第12号"), overdue.events)
    assert isinstance(outcome, Event)
    assert [item["rungs"] for item in outcome.data["voided"] if item["clock"] == "rectify"] == [voided]


def test_one_paper_after_another_keeps_the_order_of_the_papers(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00").open().do("assign", lead="SCJGJ").at("2020-09-27T10:00")
    entered(found, "accept", "2020-09-25T15:00")
    entered(found, "progress", "2020-09-26T15:00", words={"note": "已完成一半"})
    entered(found, "submit", "2020-09-26T16:00", words=NOTE)
    assert found.ticket.state == "submitted"


def test_what_is_refused_is_refused_with_every_reason(overdue: Matter) -> None:
    assert refused(overdue, "submit", "2020-10-12T16:00", basis=None) == {"entry-basis-missing", "input-missing"}
    assert refused(overdue, "submit", "2020-10-12T16:00", basis=" ", words=NOTE) == {"words-empty"}
    assert refused(overdue, "submit", "2020-10-12T16:00", "GAJ", words=NOTE) == {"entry-other-unit"}
    assert refused(overdue, "submit", "2020-10-12T16:00", words=NOTE, actor=LEAD) == {"entry-by-office"}
    assert refused(overdue, "verify", "2020-10-12T16:00") == {"entry-not-a-units", "entry-unit-missing"}
    assert refused(overdue, "no-such", "2020-10-12T16:00") == {"no-such-trigger"}
    assert refused(overdue, "request-extension", "2020-10-15T09:00", words={"reason": "忙"}, to=local("2020-10-20T18:00")) == {"due-past"}


def test_of_several_units_that_may_have_done_it_one_is_named(assigned: Matter) -> None:
    assigned.at("2020-09-27T10:00")
    assert refused(assigned, "progress", "2020-09-25T10:00", words={"note": "已完成一半"}) == {"entry-unit-missing"}
    event = entered(assigned, "progress", "2020-09-25T10:00", "SWJ", words={"note": "已完成一半"})
    assert event.data["for_unit"] == "SWJ"


def test_an_endorsement_on_paper_needs_the_signed_sheet(rectifying: Matter) -> None:
    rectifying.at("2020-09-27T10:00")
    assert refused(rectifying, "endorse", "2020-09-26T10:00") == {"scan-missing"}
    event = entered(rectifying, "endorse", "2020-09-26T10:00", evidence=(SCAN,))
    assert rectifying.ticket.endorsed and event.data["evidence"][0]["kind"] == "signed"


def test_where_only_the_head_may_do_it_the_office_enters_it_for_the_head(rectifying: Matter) -> None:
    endorse = rectifying.definition.triggers["endorse"]
    triggers = {**rectifying.definition.triggers, "endorse": endorse._replace(by=("head",), guards=())}
    from dataclasses import replace

    rectifying.definition = replace(rectifying.definition, triggers=triggers).with_hash()
    rectifying.at("2020-09-27T10:00")
    assert entered(rectifying, "endorse", "2020-09-26T10:00").data["for_unit"] == "SCJGJ"


def test_what_only_units_do_can_be_entered_and_nothing_else() -> None:
    found = {name for name, trigger in workflow("rectification").triggers.items() if can_be_entered(trigger)}
    assert found == {
        "accept", "decline", "sign-off", "object", "endorse", "send-back", "submit", "request-extension", "progress", "report-back",
    }


MOMENTS = st.integers(0, 50 * 24 * 60).map(lambda minutes: datetime.fromisoformat("2020-09-30T09:00") + timedelta(minutes=minutes))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(paper=MOMENTS, typed=MOMENTS, swept=st.booleans())
def test_a_report_is_as_late_as_its_paper_however_late_it_is_typed(paper: datetime, typed: datetime, swept: bool) -> None:
    """Law: level, date and moment of the promise are those of a report that its contact hands in at the paper's date."""
    paper, typed = min(paper, typed), max(paper, typed)

    def begun() -> Matter:
        found = Matter(local("2020-09-30T09:00"), workflow("rectification"), china())
        return found.open().do("assign", lead="SCJGJ").do("accept", Actor("lead-contact", CONTACT, "SCJGJ"))

    prompt, late = begun(), begun()
    prompt.at(paper.isoformat()).sweep()
    prompt.do("submit", LEAD, NOTE)
    if swept:
        late.at(typed.isoformat()).sweep()
    else:
        late.at(paper.isoformat()).sweep()
        late.at(typed.isoformat())
    entered(late, "submit", paper.isoformat(), words=NOTE)
    one, other = prompt.ticket, late.ticket
    assert one.promise is not None and other.promise is not None
    assert (one.promise.due_at, one.promise.stopped_at, one.promise.rung) == (
        other.promise.due_at, other.promise.stopped_at, other.promise.rung,
    )
    assert (one.level, one.acted_level, one.submitted_at) == (other.level, other.acted_level, other.submitted_at)
    assert (one.late_days, one.on_time) == (other.late_days, other.on_time)
    assert [item.rung for item in one.proposals] == [item.rung for item in other.proposals]
    assert COOPERATOR.unit not in other.signed
