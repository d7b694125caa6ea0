"""Parts of cooperators: their own date before the lead's, their own light and urging, what they may object, who need not wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.deadline import ENDED, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Definition
from engine.rules.ticket import Ticket, fold
from engine.rules.ticket_facts import Objection
from engine.rules.timing import parts
from engine.rules.timing.clocks import GREY, end
from engine.rules.worktime import Pause
from tests.rules.conftest import COOPERATOR, LEAD, LEAD_HEAD, OFFICE, OTHER, Matter, local
from tests.rules.lives import LAWFUL, lived

Make = Callable[..., Matter]
WITH_TAX = {"with": ("SWJ",)}
DONE = {"note": "已改"}
LATE = local("2020-09-30T18:00")


def part(matter: Matter, unit: str = "SWJ") -> Deadline:
    found = parts.part_of(matter.ticket, unit)
    assert found is not None
    return found


@pytest.mark.parametrize(("grade", "lead", "cooperator"), [
    ("C", "2020-10-09T18:00", "2020-09-30T18:00"), ("B", "2020-10-22T18:00", "2020-10-20T18:00"),
    ("A", "2020-10-26T18:00", "2020-10-22T18:00"),
])
def test_a_part_is_due_so_many_working_days_before_the_leads_date(matter: Make, grade: str, lead: str, cooperator: str) -> None:
    assigned = matter().open(grade=grade).do("assign", lead="SCJGJ", **WITH_TAX)
    assert assigned.ticket.promised_at == local(lead)
    assert (part(assigned).due_at, part(assigned).state, part(assigned).epoch) == (local(cooperator), RUNS, 1)
    assert part(assigned).amount is None  # it hangs on the lead's date, no count of its own leads to it


def test_nothing_is_counted_for_a_cooperator_before_the_ticket_is_assigned(matter: Make) -> None:
    opened = matter().open(cooperators=("SWJ",), due=local("2020-10-20T18:00"))
    assert parts.part_of(opened.ticket, "SWJ") is None
    assert parts.part_of(opened.ticket, None) is None
    assert (parts.light(opened.ticket, "SWJ", opened.now), parts.late(opened.ticket, "SWJ", opened.now)) == ("green", False)
    assert part(opened.do("assign", lead="SCJGJ")).due_at == local("2020-10-19T18:00")


@pytest.mark.parametrize(("due", "cooperator"), [
    ("2020-09-28T18:00", "2020-09-27T18:00"), ("2020-09-27T18:00", "2020-09-27T18:00"), ("2020-09-25T18:00", "2020-09-25T18:00"),
    ("2020-09-28T12:00", "2020-09-27T18:00"),
])
def test_a_cooperator_has_a_working_day_unless_the_lead_has_less(matter: Make, due: str, cooperator: str) -> None:
    assert part(matter().open().do("assign", lead="SCJGJ", due=local(due), **WITH_TAX)).due_at == local(cooperator)


def test_every_cooperator_has_a_part_and_the_lead_s_dates_do_not_feel_it(matter: Make) -> None:
    alone = matter().open().do("assign", lead="SCJGJ").ticket
    together = matter().open().do("assign", lead="SCJGJ", **{"with": ("SWJ", "GAJ")}).ticket
    assert {name: item for name, item in together.deadlines.items() if item.unit is None} == dict(alone.deadlines)
    assert [item.unit for item in together.deadlines.values() if item.unit] == ["SWJ", "GAJ"]
    assert (together.due_at, together.promised_at, together.late_at, together.warn_at) == (
        alone.due_at, alone.promised_at, alone.late_at, alone.warn_at,
    )


# its own ladder ------------------------------------------------------------------------------------------------------


def test_a_part_has_its_own_urging_and_never_colours_the_lead(rectifying: Matter) -> None:
    rectifying.at("2020-09-30T18:00").sweep()
    assert rectifying.fired("part:SWJ") == [("part-reminder", "2020-09-29"), ("part-urging", "2020-09-30")]
    told = {event.data["rung"]: event.data["recipients"] for event in rectifying.events if event.kind == "escalated"}
    assert (told["part-reminder"], told["part-urging"]) == (["tax-contact"], ["tax-contact", "lead-contact"])
    ticket = rectifying.ticket
    assert (ticket.level, ticket.acted_level, ticket.proposals, part(rectifying).level) == (0, 0, (), 1)
    assert (ticket.promised_at, ticket.late_at) == (local("2020-10-09T18:00"), local("2020-10-09T18:00"))


def test_a_part_goes_green_yellow_red_and_grey_on_its_own(rectifying: Matter) -> None:
    seen = []
    for moment in ("2020-09-29T08:29", "2020-09-29T08:30", "2020-09-30T17:59", "2020-09-30T18:00"):
        rectifying.at(moment)
        seen.append((parts.light(rectifying.ticket, "SWJ", rectifying.now), parts.late(rectifying.ticket, "SWJ", rectifying.now)))
    assert seen == [("green", False), ("yellow", False), ("yellow", False), ("red", True)]
    rectifying.do("sign-off", COOPERATOR)
    assert (parts.light(rectifying.ticket, "SWJ", rectifying.now), parts.late(rectifying.ticket, "SWJ", rectifying.now)) == (GREY, False)
    suspended = rectifying.do("reassign", OFFICE, {"reason": "x"}, lead="GAJ").do("suspend", OFFICE, {"reason": "x"})
    assert parts.light(suspended.ticket, "SWJ", suspended.now) == "blue"
    assert parts.light(suspended.do("withdraw", OFFICE, {"reason": "x"}).ticket, "SWJ", suspended.now) == GREY


def test_a_part_ends_at_the_sign_off_and_is_urged_no_more(rectifying: Matter) -> None:
    rectifying.do("sign-off", COOPERATOR)
    assert part(rectifying).state == ENDED
    rectifying.at("2020-10-09T18:00").sweep()
    assert rectifying.fired("part:SWJ") == []


# it follows the lead -------------------------------------------------------------------------------------------------


def test_a_granted_extension_moves_the_part_in_a_new_epoch(rectifying: Matter) -> None:
    rectifying.do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-14T18:00"))
    assert (part(rectifying).due_at, part(rectifying).epoch) == (LATE, 1)
    rectifying.do("grant")
    assert (part(rectifying).due_at, part(rectifying).epoch) == (local("2020-10-13T18:00"), 2)


def test_an_amended_date_moves_the_part_in_a_new_epoch(rectifying: Matter) -> None:
    rectifying.amend(reason="日期写错", due=local("2020-10-20T18:00"))
    assert (part(rectifying).due_at, part(rectifying).epoch, part(rectifying).rung) == (local("2020-10-19T18:00"), 2, 0)


def test_a_part_rests_with_the_lead_and_goes_on_in_the_same_epoch(rectifying: Matter) -> None:
    rectifying.do("suspend", OFFICE, {"reason": "等"})
    assert (part(rectifying).state, part(rectifying).next_at) == (RESTS, None)
    rectifying.at("2020-10-12T09:00").do("resume")
    assert rectifying.ticket.promised_at == local("2020-10-19T18:00")
    assert (part(rectifying).state, part(rectifying).epoch, part(rectifying).due_at) == (RUNS, 1, local("2020-10-16T18:00"))


def test_a_part_that_goes_on_keeps_the_pause_and_stands_still_no_more(rectifying: Matter) -> None:
    rectifying.do("suspend", OFFICE, {"reason": "等"}).at("2020-10-12T09:00").do("resume")
    assert part(rectifying).pauses == (Pause(local("2020-09-25T09:00"), local("2020-10-12T09:00")),)
    assert (part(rectifying).stopped_at, part(rectifying).provisional) == (None, False)
    rectifying.do("suspend", OFFICE, {"reason": "等"}).at("2029-10-12T09:00").do("resume")
    assert (part(rectifying).stopped_at, part(rectifying).provisional) == (None, True)  # that year has no notice yet
    assert [pause.until for pause in part(rectifying).pauses] == [local("2020-10-12T09:00"), local("2029-10-12T09:00")]


def following(matter: Matter, **lead: object) -> Deadline:
    """The part after an event that changes the lead's clock, in the same epoch, to what is said."""
    return parts.follow(matter.situation(), changed(matter.ticket, **lead))["part:SWJ"]


def changed(ticket: Ticket, **lead: object) -> Ticket:
    moved = ticket.deadlines["rectify"]._replace(**lead)  # type: ignore[arg-type]
    return ticket._replace(deadlines={**ticket.deadlines, "rectify": moved})


def test_a_part_that_moves_says_whether_its_new_date_is_final(rectifying: Matter) -> None:
    far = following(rectifying, due_at=local("2029-10-12T18:00"))
    assert (far.epoch, far.due_at, far.provisional) == (1, local("2029-10-11T18:00"), True)
    rectifying.ticket = changed(rectifying.ticket, due_at=local("2029-10-12T18:00"))
    rectifying.ticket = rectifying.ticket._replace(deadlines={**rectifying.ticket.deadlines, "part:SWJ": far})
    near = following(rectifying, due_at=local("2020-10-14T18:00"))
    assert (near.epoch, near.due_at, near.provisional) == (1, local("2020-10-13T18:00"), False)


def test_the_working_day_that_a_cooperator_has_at_least_is_one_beside_its_pauses(rectifying: Matter) -> None:
    rectifying.at("2020-09-25T10:00").do("suspend", OFFICE, {"reason": "等"}).at("2020-09-28T10:00").do("resume")
    assert following(rectifying, due_at=local("2020-09-29T18:00")).due_at == local("2020-09-29T18:00")  # 09-27 without the pause
    assert following(rectifying, due_at=local("2020-10-14T18:00")).due_at == local("2020-10-13T18:00")


def test_a_part_has_the_rungs_of_its_own_grade_when_it_moves_and_when_it_goes_on(rectifying: Matter) -> None:
    ladder = rectifying.definition.ladders["part"]
    graded = ladder._replace(rungs=(ladder.rungs[0]._replace(at={"C": -2, "*": -1}), *ladder.rungs[1:]))
    ladders = {**rectifying.definition.ladders, "part": graded}
    rectifying.definition = replace(rectifying.definition, ladders=ladders, hash="graded-parts")
    assert following(rectifying, due_at=local("2020-10-14T18:00")).next_at == local("2020-10-10T08:30")
    rectifying.do("suspend", OFFICE, {"reason": "等"}).at("2020-10-12T09:00").do("resume")
    assert (part(rectifying).due_at, part(rectifying).next_at) == (local("2020-10-16T18:00"), local("2020-10-14T08:30"))


@pytest.mark.parametrize(("closed_as", "state"), [("verified", ENDED), ("withdrawn", VOID), (None, VOID)])
def test_a_part_ends_with_what_is_verified_and_is_void_where_the_matter_ends_otherwise(
    rectifying: Matter, closed_as: str | None, state: str,
) -> None:
    over = rectifying.ticket._replace(closed_as=closed_as)
    over = over._replace(deadlines={**over.deadlines, "rectify": end(over.deadlines["rectify"])})
    assert parts.follow(rectifying.situation(), over)["part:SWJ"] == end(part(rectifying), state)


def test_a_rung_of_a_part_fires_once_an_epoch_whatever_rests_in_between(rectifying: Matter) -> None:
    rectifying.at("2020-09-29T09:00").sweep()
    rectifying.do("suspend", OFFICE, {"reason": "等"}).at("2020-10-12T09:00").do("resume").at("2020-12-01T09:00").sweep()
    assert [rung for rung, _ in rectifying.fired("part:SWJ")] == ["part-reminder", "part-urging"]


def test_who_signed_before_a_rejection_need_not_sign_again(submitted: Matter) -> None:
    signed, ended = dict(submitted.ticket.signed), part(submitted)
    submitted.at("2020-09-28T09:00").do("reject", OFFICE, {"reason": "材料不全"})
    assert (dict(submitted.ticket.signed), part(submitted)) == (signed, ended)
    assert submitted.reasons("sign-off", COOPERATOR) == {"signed-before"}
    assert submitted.do("submit", LEAD, {"note": "已补"}).ticket.state == "submitted"


def test_a_rejection_voids_what_the_head_endorsed_and_what_was_objected(rectifying: Matter) -> None:
    rectifying.ticket = rectifying.ticket._replace(cooperators=("SWJ", "GAJ"), signed={"SWJ": rectifying.now})
    rectifying.do("object", replace(COOPERATOR, unit="GAJ"), {"reason": "x"})
    rectifying.ticket = rectifying.ticket._replace(endorsed=True, state="submitted")
    after = rectifying.do("reject", OFFICE, {"reason": "材料不全"}).ticket
    assert (after.endorsed, dict(after.objections), set(after.signed)) == (False, {}, {"SWJ"})


def test_only_who_signed_off_can_be_asked_to_sign_again(submitted: Matter) -> None:
    assert submitted.reasons("reject", OFFICE, {"reason": "x"}, again=("GAJ",)) == {"again-unsigned"}
    assert submitted.reasons("reject", OFFICE, {"reason": "x"}, again=("SWJ", "GAJ")) == {"again-unsigned"}


def test_a_rejection_that_names_a_cooperator_asks_for_its_sign_off_again_by_a_new_date(submitted: Matter) -> None:
    assert part(submitted).state == ENDED
    submitted.at("2020-09-28T09:00").do("reject", OFFICE, {"reason": "材料不全"}, again=("SWJ",))
    assert submitted.ticket.promised_at == local("2020-10-12T18:00")
    assert (part(submitted).state, part(submitted).epoch, part(submitted).due_at) == (RUNS, 2, local("2020-10-10T18:00"))


def test_a_reopened_ticket_asks_for_it_again_too(submitted: Matter) -> None:
    submitted.do("verify")
    assert part(submitted).state == ENDED
    submitted.at("2020-10-12T09:00").do("reopen", OFFICE, {"reason": "反弹"})
    assert (part(submitted).epoch, part(submitted).due_at) == (2, local("2020-10-14T18:00"))


def test_a_decline_and_another_lead_void_the_part_and_a_withdrawal_rests_it(assigned: Matter) -> None:
    before = assigned.ticket, list(assigned.events)
    assigned.do("decline", LEAD, {"reason": "x"})
    assert part(assigned).state == VOID
    again = assigned.do("assign", lead="GAJ")
    assert (part(again).state, part(again).epoch) == (RUNS, 2)
    assigned.ticket, assigned.events = before[0], [*before[1]]
    assert part(assigned.do("withdraw", OFFICE, {"reason": "x"})).state == RESTS  # it may be taken back
    assigned.ticket, assigned.events = before[0], [*before[1]]
    moved = assigned.do("reassign", OFFICE, {"reason": "x"}, lead="GAJ", **{"with": ("FY",)})
    assert (part(moved).state, part(moved, "FY").state, part(moved, "FY").epoch) == (VOID, RUNS, 1)
    back = moved.do("reassign", OFFICE, {"reason": "x"}, lead="SCJGJ", **WITH_TAX)
    assert (part(back).state, part(back).epoch, part(back, "FY").state) == (RUNS, 2, VOID)
    assert fold(back.events) == back.ticket


def test_another_lead_with_the_same_cooperators_begins_their_parts_anew(rectifying: Matter) -> None:
    rectifying.do("sign-off", COOPERATOR).at("2020-09-28T10:00").do("reassign", OFFICE, {"reason": "x"}, lead="GAJ")
    assert (part(rectifying).state, part(rectifying).epoch, part(rectifying).due_at) == (RUNS, 2, local("2020-10-10T18:00"))


# submitting without --------------------------------------------------------------------------------------------------


def without(*units: str) -> dict[str, tuple[str, ...]]:
    return {"without": units}


WHY = DONE | {"reason": "三次催告未确认"}


def test_before_the_parts_date_the_lead_waits(rectifying: Matter) -> None:
    assert rectifying.reasons("submit", LEAD, DONE) == {"sign-off-missing"}
    assert rectifying.reasons("submit", LEAD, WHY, **without("SWJ")) == {"sign-off-missing", "without-not-late"}


def test_after_it_the_lead_submits_without_whoever_is_late_and_says_why(rectifying: Matter) -> None:
    rectifying.now = LATE
    assert rectifying.reasons("submit", LEAD, DONE) == {"sign-off-late"}
    assert rectifying.reasons("submit", LEAD, DONE, **without("SWJ")) == {"without-reason"}
    assert rectifying.reasons("submit", LEAD, WHY, **without("SWJ", "GAJ")) == {"without-not-late"}
    rectifying.do("submit", LEAD, WHY, **without("SWJ"))
    ticket, event = rectifying.ticket, rectifying.events[-1]
    assert (ticket.state, dict(ticket.left_out)) == ("submitted", {"SWJ": local("2020-09-30T18:00")})
    assert event.data["input"]["without"] == ["SWJ"]
    assert event.data["effects"]["left_out"] == {"SWJ": "2020-09-30T10:00:00.000000Z"}
    assert (part(rectifying).state, parts.late(ticket, "SWJ", rectifying.now)) == (RESTS, True)


def test_nobody_is_left_out_who_signed(matter: Make) -> None:
    both = matter().open().do("assign", lead="SCJGJ", **{"with": ("SWJ", "GAJ")}).do("accept", LEAD)
    both.do("sign-off", COOPERATOR).now = LATE
    assert both.reasons("submit", LEAD, WHY, **without("SWJ", "GAJ")) == {"without-not-late"}
    assert both.do("submit", LEAD, WHY, **without("GAJ")).ticket.state == "submitted"


def test_verified_without_it_the_part_ends_and_rejected_it_goes_on(rectifying: Matter) -> None:
    rectifying.now = LATE
    rectifying.do("submit", LEAD, WHY, **without("SWJ"))
    before = rectifying.ticket, list(rectifying.events)
    assert part(rectifying.do("verify")).state == ENDED
    rectifying.ticket, rectifying.events = before[0], [*before[1]]
    rectifying.at("2020-10-09T09:00").do("reject", OFFICE, {"reason": "x"})
    assert dict(rectifying.ticket.left_out) == {}
    assert (part(rectifying).state, part(rectifying).epoch) == (RUNS, 2)  # the lead got three working days: a new epoch
    assert rectifying.reasons("submit", LEAD, WHY, **without("SWJ")) == {"sign-off-missing", "without-not-late"}


def test_an_amended_date_while_it_was_submitted_without_gives_a_part_that_rests(rectifying: Matter) -> None:
    rectifying.now = LATE
    rectifying.do("submit", LEAD, WHY, **without("SWJ")).amend(reason="x", due=local("2020-10-20T18:00"))
    assert (part(rectifying).state, part(rectifying).epoch, part(rectifying).due_at) == (RESTS, 2, local("2020-10-19T18:00"))
    assert part(rectifying).stopped_at == rectifying.now


def test_a_part_that_rests_stopped_when_it_began_to_rest_whatever_happens_meanwhile(rectifying: Matter) -> None:
    rectifying.now = LATE
    rested = part(rectifying.do("submit", LEAD, WHY, **without("SWJ")))
    assert rested.stopped_at == LATE
    assert part(rectifying.at("2020-10-12T09:00").do("suspend", OFFICE, {"reason": "等"})) == rested


def test_what_the_head_endorses_is_asked_for_all_the_same(matter: Make) -> None:
    opened = matter().open(grade="B").do("assign", lead="SCJGJ", **WITH_TAX).do("accept", LEAD).at("2020-10-20T18:00")
    assert opened.reasons("submit", LEAD, WHY, **without("SWJ")) == {"endorsement-missing"}
    assert opened.do("endorse", LEAD_HEAD).do("submit", LEAD, WHY, **without("SWJ")).ticket.left_out


def test_a_workflow_without_a_clock_for_parts_asks_every_cooperator(rectifying: Matter) -> None:
    clocks = {name: clock for name, clock in rectifying.definition.clocks.items() if name != "part"}
    bare: Definition = replace(rectifying.definition, clocks=clocks, hash="no-parts")
    case = Matter(local("2020-09-25T09:00"), bare, rectifying.calendar).open().do("assign", lead="SCJGJ", **WITH_TAX)
    case.do("accept", LEAD).at("2020-12-01T09:00")
    assert parts.part_of(case.ticket, "SWJ") is None
    assert case.reasons("submit", LEAD, WHY, **without("SWJ")) == {"sign-off-missing", "without-not-late"}


# objecting -----------------------------------------------------------------------------------------------------------


def test_a_cooperator_objects_with_a_reason_and_no_clock_stops(rectifying: Matter) -> None:
    assert rectifying.reasons("object", COOPERATOR) == {"input-missing"}
    assert rectifying.reasons("object", LEAD, {"reason": "x"}) == rectifying.reasons("object", OTHER, {"reason": "x"}) == {"not-yours"}
    before = part(rectifying)
    rectifying.do("object", COOPERATOR, {"reason": "系统由省局统管"})
    assert rectifying.ticket.objections == {"SWJ": Objection(local("2020-09-25T09:00"), 4)}
    assert part(rectifying) == before
    assert rectifying.reasons("object", COOPERATOR, {"reason": "x"}) == {"objected-before"}
    assert rectifying.definition.triggers["object"].tell == ("lead", "office")


def test_a_sign_off_settles_the_objection_and_nobody_objects_after_it(rectifying: Matter) -> None:
    rectifying.do("object", COOPERATOR, {"reason": "x"}).do("sign-off", COOPERATOR)
    assert rectifying.ticket.objections == {}
    assert rectifying.reasons("object", COOPERATOR, {"reason": "x"}) == {"signed-before"}


def test_the_objection_of_one_unit_stands_when_another_signs(matter: Make) -> None:
    both = matter().open().do("assign", lead="SCJGJ", **{"with": ("SWJ", "GAJ")}).do("accept", LEAD)
    both.do("object", COOPERATOR, {"reason": "x"}).do("sign-off", OTHER)
    assert set(both.ticket.objections) == {"SWJ"}
    assert both.do("reassign", OFFICE, {"reason": "x"}, lead="FY").ticket.objections == {}


# laws ----------------------------------------------------------------------------------------------------------------


@LAWFUL
@given(st.data())
def test_parts_always_stand_where_the_lead_s_clock_stands(data: st.DataObject) -> None:
    ticket = lived(data, "rectification").ticket
    lead = ticket.deadlines.get("rectify")
    for unit in {item.unit for item in ticket.deadlines.values() if item.unit}:
        found = parts.part_of(ticket, unit)
        assert found is not None
        if unit not in ticket.cooperators or unit in ticket.signed or lead is None or lead.state not in (RUNS, RESTS):
            assert found.state in (ENDED, VOID)
        else:
            assert found.state == lead.state
            assert found.due_at <= lead.due_at
    for unit in ticket.cooperators:
        if lead is not None and lead.state == RUNS and unit not in ticket.signed:
            assert parts.part_of(ticket, unit) is not None
