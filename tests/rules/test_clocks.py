"""Deadlines, ladders and the light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from engine.rules.deadline import ENDED, PLANNED, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Ladder, Rung, Text
from engine.rules.situation import Situation
from engine.rules.timing import clocks
from engine.rules.timing.clocks import BLUE, GREEN, GREY, RED, YELLOW, light, office_late
from engine.rules.timing.rungs import arm, held, rung_time
from engine.rules.worktime import REST, Day, Pause, late_days
from tests.rules.conftest import LEAD, OFFICE, Matter, china, local, workflow
from tests.rules.test_worktime_hours import SEASONAL

Make = Callable[..., Matter]
DEFINITION = workflow("rectification")
UNIT = DEFINITION.ladders["unit"]
RECTIFY = DEFINITION.clocks["rectify"]
NOW = local("2020-09-25T09:00")
TICK = timedelta(microseconds=1)


def running(due: str = "2020-10-09T18:00", **said: object) -> Deadline:
    return Deadline("rectify", "lead", 1, NOW, local(due), amount="5 working days", promise=True)._replace(**said,  # type: ignore[arg-type]
    )


def test_the_light_is_half_open(rectifying: Matter) -> None:
    ticket = rectifying.ticket
    warn, late = local("2020-09-29T08:30"), local("2020-10-09T18:00")
    assert (ticket.warn_at, ticket.late_at) == (warn, late)
    colours = [light(ticket, at) for at in (warn - TICK, warn, late - TICK, late)]
    assert colours == [GREEN, YELLOW, YELLOW, RED]


def test_a_ticket_without_a_promise_is_green(matter: Make) -> None:
    assert light(matter().open().ticket, local("2030-01-01T00:00")) == GREEN


def test_submitted_is_never_red_and_over_is_grey(submitted: Matter) -> None:
    assert light(submitted.ticket, local("2030-01-01T00:00")) == GREEN
    assert light(submitted.do("verify").ticket, local("2030-01-01T00:00")) == GREY


def test_suspended_and_extension_asked_are_blue(rectifying: Matter) -> None:
    rectifying.do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-14T18:00"))
    assert light(rectifying.ticket, local("2020-10-12T00:00")) == BLUE
    rectifying.do("refuse", OFFICE, {"reason": "x"}).do("suspend", OFFICE, {"reason": "x"})
    assert light(rectifying.ticket, local("2020-10-12T00:00")) == BLUE


def test_the_office_s_own_lateness_is_half_open_and_no_light(matter: Make) -> None:
    opened = matter().open()
    due = local("2020-09-28T18:00")
    assert [office_late(opened.ticket, at) for at in (due - TICK, due)] == [False, True]
    assert light(opened.ticket, due) == GREEN
    assert not office_late(opened.do("assign", lead="SCJGJ").ticket, local("2030-01-01T00:00"))


@pytest.mark.parametrize(("rung", "grade", "when"), [
    ("reminder", "C", "2020-09-29T08:30"), ("reminder", "B", "2020-09-28T08:30"), ("reminder", "A", "2020-09-25T08:30"),
    ("urging", "C", "2020-10-09T18:00"), ("supervision-letter", None, "2020-10-13T18:00"), ("circular", "C", "2020-10-15T18:00"),
    ("interview", "B", "2020-10-29T18:00"),
])
def test_rungs_count_working_days_from_the_due_date(rung: str, grade: str | None, when: str) -> None:
    [step] = [step for step in UNIT.rungs if step.name == rung]
    assert rung_time(step, grade, running("2020-10-09T18:00"), china()) == local(when)


def test_a_ladder_may_leave_a_rung_out_for_a_grade() -> None:
    [reminder] = [step for step in UNIT.rungs if step.name == "reminder"]
    assert rung_time(reminder, None, running("2020-10-09T18:00"), china()) is None


def test_a_rung_on_the_due_moment_is_that_moment_whatever_the_hour() -> None:
    assert rung_time(UNIT.rungs[1], "C", running("2020-10-09T03:30"), china()) == local("2020-10-09T03:30")


def test_rungs_that_a_grade_leaves_out_are_passed_over_and_never_said_to_be_skipped() -> None:
    text = Text("一", "one")
    ladder = Ladder("l", (
        Rung("a", text, {"A": -5}, "notify"), Rung("b", text, {"C": -2, "A": -3}, "notify"), Rung("c", text, {"A": -1}, "notify"),
        Rung("d", text, {"*": 0}, "notify", 1), Rung("e", text, {"A": 2}, "notify", 2),
    ))
    first = arm(running(), ladder, "C", china(), skip_before=NOW)
    assert (first.rung, first.next_at, first.skipped) == (1, local("2020-09-29T08:30"), ())
    second = arm(first._replace(rung=2), ladder, "C", china())
    assert (second.rung, second.next_at) == (3, local("2020-10-09T18:00"))
    last = arm(second._replace(rung=4), ladder, "C", china())
    assert (last.rung, last.next_at) == (5, local("2020-10-15T18:00"))  # the last one of this grade comes round


def standing(grade: str | None, now: datetime = NOW) -> Situation:
    """A ticket of this grade, at this moment."""
    found = Matter(now, DEFINITION, china()).open().situation()
    return found._replace(ticket=found.ticket._replace(grade=grade))


def test_rungs_past_at_the_start_of_an_epoch_are_skipped_and_named() -> None:
    fresh = clocks.start(standing("C"), RECTIFY, epoch=1, fixed_at=local("2020-09-25T18:00"))
    assert (fresh.skipped, fresh.rung, fresh.next_at) == (("reminder",), 1, local("2020-09-25T18:00"))
    assert fresh.warn_at == local("2020-09-23T08:30")
    exact = clocks.start(standing("C", local("2020-09-29T08:30")), RECTIFY, epoch=1, fixed_at=local("2020-10-09T18:00"))
    assert exact.skipped == ("reminder",)


def test_a_ladder_that_begins_at_the_due_date_warns_of_nothing(assigned: Matter) -> None:
    accept = assigned.ticket.deadlines["accept"]
    assert (accept.warn_at, accept.next_at) == (None, accept.due_at)


def test_an_epoch_whose_every_rung_is_past_rings_where_the_last_one_comes_round_next() -> None:
    fresh = clocks.start(standing("C"), RECTIFY, epoch=1, fixed_at=local("2020-08-03T18:00"))
    assert (fresh.next_at, fresh.repeated, len(fresh.skipped)) == (local("2020-10-10T18:00"), 2, 5)


def test_a_start_says_how_long_whose_and_whether_the_date_is_final() -> None:
    fresh = clocks.start(standing("B"), RECTIFY, epoch=3)
    assert (fresh.of, fresh.epoch, fresh.started_at, fresh.amount, fresh.promise) == ("lead", 3, NOW, "15 working days", True)
    assert (fresh.due_at, fresh.provisional) == (local("2020-10-22T18:00"), False)
    other = clocks.start(standing(None), RECTIFY, epoch=1, amount="1 working day")
    assert (other.due_at, other.amount) == (local("2020-09-27T18:00"), "1 working day")
    far = clocks.start(standing("C", local("2029-03-01T09:00")), RECTIFY, epoch=1)
    dated = clocks.start(standing("C"), RECTIFY, epoch=1, fixed_at=local("2029-03-01T09:00"))
    assert far.provisional and dated.provisional


def test_a_cooperator_s_clock_is_named_by_its_unit() -> None:
    part = clocks.start(standing("C"), RECTIFY, epoch=1, unit="SWJ")
    assert (part.clock, part.unit) == ("rectify:SWJ", "SWJ")
    assert clocks.clock_of(DEFINITION, part) is RECTIFY


def test_a_clock_without_an_amount_for_the_grade_is_a_broken_definition() -> None:
    broken = RECTIFY._replace(amount={"A": "1 month"})
    with pytest.raises(ValueError, match="no amount for grade C"):
        clocks.start(standing("C"), broken, epoch=1)


def test_a_clock_stands_still_and_goes_on_with_the_closes_that_were_left() -> None:
    still = clocks.rest(running(next_at=NOW), local("2020-10-09T10:00"))
    assert (still.state, still.stopped_at, still.next_at, clocks.left_days(still, china())) == (RESTS, local("2020-10-09T10:00"), None, 1)
    again = clocks.resume(still, UNIT, "C", local("2020-10-12T08:30"), china())
    assert (again.state, again.stopped_at, again.epoch, again.due_at) == (RUNS, None, 1, local("2020-10-12T18:00"))
    assert again.pauses == (Pause(local("2020-10-09T10:00"), local("2020-10-12T08:30")),)
    assert again.next_at == local("2020-10-09T08:30")  # the reminder, late but due: the morning before the clock stopped


def test_what_is_left_is_counted_in_the_days_of_whoever_the_clock_is() -> None:
    off = {date(2020, 9, 28): Day(REST), date(2020, 9, 29): Day(REST)}
    storm = replace(china(), units={"SCJGJ": off, "SWJ": {date(2020, 9, 28): Day(REST)}}).of("SCJGJ")
    still = clocks.rest(running("2020-09-30T18:00"), local("2020-09-27T20:00"))
    left = [clocks.left_days(item, storm) for item in (still, still._replace(of="office"), still._replace(of="cooperator", unit="SWJ"))]
    assert left == [1, 3, 2]
    again = [clocks.resume(item, UNIT, "C", local("2020-09-28T20:00"), storm).due_at for item in (still, still._replace(of="office"))]
    assert again == [local("2020-10-12T18:00"), local("2020-10-10T18:00")], "two days off of the unit's own; one close of the office's"


@pytest.mark.parametrize(("at", "days", "on"), [
    ("2026-05-29T17:45", 1, "2026-06-01T17:45"),  # a Friday, then Monday: the same hour, where that day has not closed
    ("2026-05-29T18:15", 1, "2026-06-01T18:30"),  # it was after the close, so it is no earlier than the close
    ("2026-09-30T17:00", 1, "2026-10-01T17:00"), ("2026-09-30T18:00", 1, "2026-10-01T17:30"),  # half an hour before either close
    ("2026-09-30T18:15", 1, "2026-10-01T17:45"), ("2026-09-30T18:30", 1, "2026-10-01T18:00"),
])
def test_a_moment_moves_to_the_same_hour_and_keeps_its_side_of_the_close(at: str, days: int, on: str) -> None:
    """In summer, to the end of September, the office closes at half past six and not at six."""
    assert clocks.moved(local(at), days, SEASONAL) == local(on)


def test_an_extension_request_holds_the_rungs_that_urge_and_their_repetitions_by_grade() -> None:
    text = Text("一", "one")
    ladder = Ladder("l", (Rung("a", text, {"*": -1}, "notify"), Rung("b", text, {"C": 0}, "notify", 1)))
    assert [held(ladder, "C", index) for index in (0, 1, 2)] == [False, True, True]
    assert not held(ladder, "A", 2)  # its last rung is the reminder


def test_a_date_a_person_set_that_lies_after_the_pause_stays() -> None:
    still = clocks.rest(running(amount=None), NOW)
    assert clocks.resume(still, UNIT, "C", local("2020-10-09T08:30"), china()).due_at == local("2020-10-09T18:00")


def test_a_date_a_person_set_at_which_the_pause_ends_moves_so_that_nobody_is_late_at_once() -> None:
    still = clocks.rest(running(amount=None), local("2020-10-09T08:30"))
    assert clocks.resume(still, UNIT, "C", local("2020-10-09T18:00"), china()).due_at == local("2020-10-10T18:00")


@pytest.mark.parametrize(("since", "until", "when"), [
    ("2020-09-29T08:30", "2020-09-30T10:00", "2020-09-29T08:30"), ("2020-09-28T10:00", "2020-09-29T08:30", "2020-09-29T08:30"),
    ("2020-09-29T08:29", "2020-09-30T10:00", "2020-09-30T10:00"),
])
def test_a_rung_at_which_a_pause_begins_or_ends_keeps_its_date_and_one_inside_comes_at_its_end(since: str, until: str, when: str) -> None:
    [step] = [step for step in UNIT.rungs if step.name == "reminder"]
    assert rung_time(step, "C", running(pauses=(Pause(local(since), local(until)),)), china()) == local(when)


def test_a_date_a_person_set_that_had_passed_before_the_pause_stays_as_late() -> None:
    still = clocks.rest(running("2020-10-09T12:00", amount=None), local("2020-10-12T10:00"))
    assert clocks.left_days(still, china()) == -3  # past on Friday the 9th; the 9th and the 10th, which was worked, have closed since
    again = clocks.resume(still, UNIT, "C", local("2020-10-20T10:00"), china())
    assert (again.due_at, late_days(again.due_at, local("2020-10-20T10:00"), china())) == (local("2020-10-16T12:00"), 3)


def test_resuming_into_a_year_without_a_notice_is_provisional() -> None:
    still = clocks.rest(running(), NOW)
    assert clocks.resume(still, UNIT, "C", local("2029-10-12T08:30"), china()).provisional


@pytest.mark.parametrize(("at_least", "epoch", "due"), [
    ("0 working days", 1, "2020-10-09T18:00"), ("2 working days", 2, "2020-10-12T18:00"),
])
def test_at_least_begins_a_new_epoch_only_where_it_is_more(at_least: str, epoch: int, due: str) -> None:
    still = clocks.rest(running(rung=2, level=1, ours=("urging",), repeated=3), local("2020-10-09T08:30"))
    again = clocks.resume(still, UNIT, "C", local("2020-10-09T10:30"), china(), at_least=at_least)
    assert again.epoch == epoch
    if epoch == 2:
        assert (again.due_at, again.rung, again.level, again.amount) == (local(due), 1, 0, at_least)
        assert (again.skipped, again.ours, again.repeated, again.provisional) == (("reminder",), (), 0, False)
    else:
        assert (again.due_at, again.rung, again.level) == (local(due), 2, 1)


def test_at_least_exactly_what_is_left_is_no_new_epoch() -> None:
    still = clocks.rest(running(), local("2020-10-09T10:00"))
    again = clocks.resume(still, UNIT, "C", local("2020-10-09T10:30"), china(), at_least="0 working days")
    assert (again.epoch, again.due_at) == (1, local("2020-10-09T18:00"))


def test_the_alarm_is_the_earliest_rung_of_what_runs() -> None:
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 2, 1, tzinfo=UTC)
    deadlines = {
        "a": running(next_at=late), "b": running(next_at=None), "c": running(state=RESTS, next_at=early),
        "d": running(state=ENDED, next_at=early),
    }
    assert clocks.next_alarm(deadlines) == late
    assert clocks.next_alarm({}) is None


def states(found: Matter) -> dict[str, str]:
    return {name: deadline.state for name, deadline in found.ticket.deadlines.items()}


def test_which_clocks_run_in_which_state(matter: Make) -> None:
    found = matter().open()
    seen = [states(found)]
    for trigger, actor, words in [
        ("assign", OFFICE, {}), ("accept", LEAD, {}), ("submit", LEAD, {"note": "x"}), ("reject", OFFICE, {"reason": "x"}),
        ("submit", LEAD, {"note": "x"}), ("verify", OFFICE, {}), ("reopen", OFFICE, {"reason": "x"}),
    ]:
        found.do(trigger, actor, words, **({"lead": "SCJGJ"} if trigger == "assign" else {}))
        seen.append(states(found))
    ended = {"assign": ENDED, "accept": ENDED}
    assert seen == [
        {"assign": RUNS}, {"assign": ENDED, "accept": RUNS, "rectify": RUNS}, {**ended, "rectify": RUNS},
        {**ended, "rectify": RESTS, "verify": RUNS}, {**ended, "rectify": RUNS, "verify": ENDED},
        {**ended, "rectify": RESTS, "verify": RUNS}, {**ended, "rectify": ENDED, "verify": ENDED},
        {**ended, "rectify": RUNS, "verify": ENDED},
    ]


def test_what_ran_before_begins_anew_in_the_next_epoch(submitted: Matter) -> None:
    submitted.do("reject", OFFICE, {"reason": "x"}).do("submit", LEAD, {"note": "x"})
    assert submitted.ticket.deadlines["verify"].epoch == 2


def test_a_clock_that_rests_stays_as_it_is_while_the_ticket_rests_twice(submitted: Matter) -> None:
    before = submitted.ticket.deadlines["rectify"]
    submitted.at("2020-09-28T10:00").do("suspend", OFFICE, {"reason": "x"})
    assert submitted.ticket.deadlines["rectify"] == before


def test_a_plan_waits_in_a_state_that_has_nothing_to_do_with_it(matter: Make) -> None:
    opened = matter().open(due=local("2020-10-20T18:00"))
    plan = opened.ticket.deadlines["rectify"]
    assert clocks.enter_state(opened.situation(), None, "found") == {}
    assert clocks.enter_state(opened.situation(), None, "suspended")["assign"].state == ENDED
    assert plan == Deadline("rectify", "lead", 1, NOW, local("2020-10-20T18:00"), state=PLANNED, promise=True)
    assert clocks.enter_state(opened.situation(), None, "verified")["rectify"] == plan._replace(state=VOID)


def test_a_date_that_a_person_set_waits_as_a_plan_in_its_next_epoch_after_a_decline(matter: Make) -> None:
    due = local("2020-10-20T18:00")
    case = matter().open().do("assign", lead="SCJGJ", due=due)
    begun = case.ticket.deadlines["rectify"]._replace(
        rung=2, level=1, skipped=("reminder",), ours=("urging",), repeated=3, pauses=(Pause(NOW, NOW + TICK),),
    )
    case.ticket = case.ticket._replace(deadlines={**case.ticket.deadlines, "rectify": begun})
    assert begun.warn_at is not None
    plan = clocks.enter_state(case.situation(), None, "found")["rectify"]
    assert plan == Deadline("rectify", "lead", 2, NOW, due, state=PLANNED, promise=True)
    assert case.do("decline", LEAD, {"reason": "x"}).ticket.deadlines["rectify"] == plan


def test_a_taken_back_budget_is_void_and_stays_void_when_withdrawn(assigned: Matter) -> None:
    assigned.do("decline", LEAD, {"reason": "x"})
    assert states(assigned)["rectify"] == VOID
    assigned.do("withdraw", OFFICE, {"reason": "x"})
    assert states(assigned)["rectify"] == VOID


def test_a_resting_clock_goes_on_without_a_trigger(submitted: Matter) -> None:
    changed = clocks.enter_state(submitted.situation(), None, "rectifying")
    assert (changed["rectify"].state, changed["rectify"].epoch) == (RUNS, 1)
