"""Nothing open is ever silent: the last rung comes round, a suspension ends, and whatever the state there is an alarm."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import Reason
from engine.rules.acts.decide import assess
from engine.rules.deadline import ENDED, RUNS, Deadline
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.pause import Pause
from engine.rules.proof.chain import canonical, moment
from engine.rules.ticket import evolve, fold
from engine.rules.timing.clocks import next_alarm
from engine.rules.timing.repetition import last_rung, nth, working_days_after
from engine.rules.timing.rungs import arm, repetition_time
from engine.rules.timing.silence import SILENCE
from tests.rules.conftest import COOPERATOR, LEAD, LEAD_HEAD, OFFICE, PEOPLE, Matter, china, local, workflow

Make = Callable[..., Matter]
REASON = {"reason": "等待省级系统上线"}


@pytest.fixture
def late(matter: Make) -> Matter:
    """A simple matter at whose last rung (约谈, 2020-10-22) nothing was done."""
    rectifying = matter().open().do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-10-22T18:00")
    rectifying.sweep()
    assert rectifying.fired()[-1] == ("interview", "2020-10-22")
    return rectifying


def counted(begin: str, steps: int) -> str:
    """So many working days on, day by day."""
    day = date.fromisoformat(begin)
    while steps:
        day += timedelta(days=1)
        steps -= china().is_working(day)
    return day.isoformat()


def test_the_last_rung_comes_round_after_5_15_35_working_days_and_then_every_20(late: Matter) -> None:
    dates = [counted("2020-10-22", days) for days in (5, 15, 35, 55, 75, 95)]
    for n, on in enumerate(dates, 1):
        late.at(f"{on}T17:29").sweep()
        assert len(late.repeated()) == n - 1
        assert moment(f"{on}T10:00:00Z") == late.ticket.deadlines["rectify"].next_at
        late.at(f"{on}T18:00").sweep()
        assert late.sweep() == []
    assert late.repeated() == list(enumerate(dates, 1))
    assert late.fired()[-1] == ("interview", "2020-10-22")


@pytest.mark.parametrize(("n", "days"), [(1, 5), (2, 15), (3, 35), (4, 55), (5, 75), (50, 35 + 47 * 20)])
def test_repetitions_grow_rarer_and_never_end(n: int, days: int) -> None:
    assert working_days_after(n) == days


def test_of_missed_repetitions_only_the_last_rings_and_says_how_many_there_were(late: Matter) -> None:
    late.at(f"{counted('2020-10-22', 80)}T09:00")
    [event] = [event for event in late.sweep() if event.data["clock"] == "rectify"]
    assert (event.data["n"], event.data["missed"], event.data["rung"]) == (5, 4, "interview")
    assert event.data["scheduled_for"] == canonical(f"{counted('2020-10-22', 75)}T10:00:00.000000Z").strip('"')
    assert late.ticket.deadlines["rectify"].next_at == moment(f"{counted('2020-10-22', 95)}T10:00:00Z")
    late.now = late.ticket.deadlines["rectify"].next_at
    [event] = [event for event in late.sweep() if event.data["clock"] == "rectify"]
    assert (event.data["n"], "missed" in event.data) == (6, False)


def test_a_repetition_is_an_alarm_and_nothing_else(late: Matter) -> None:
    before = late.ticket
    late.at(f"{counted('2020-10-22', 5)}T18:00")
    [event] = [event for event in late.sweep() if event.data["clock"] == "rectify"]
    assert (event.kind, event.data["level"], event.data["act"], "letter" in event.data) == ("escalated", 0, "notify", False)
    assert set(event.data["effects"]) <= {"deadlines", "wake_at"}
    assert (late.ticket.level, late.ticket.acted_level) == (4, before.acted_level)
    assert [item.rung for item in late.ticket.proposals] == [item.rung for item in before.proposals]


def test_repetitions_of_a_units_ladder_go_to_office_and_head_and_from_the_second_on_to_the_leader(late: Matter) -> None:
    late.people = replace(PEOPLE, leaders=("mayor",), portfolios={})
    told = []
    for days in (5, 15, 35):
        late.at(f"{counted('2020-10-22', days)}T18:00")
        told += [event.data["recipients"] for event in late.sweep() if event.data["clock"] == "rectify"]
    office, [head] = list(late.people.office), late.people.heads["SCJGJ"]
    assert told == [[*office, head], [*office, head, "mayor"], [*office, head, "mayor"]]


def test_repetitions_of_the_offices_own_clocks_go_to_office_and_leader_only(matter: Make) -> None:
    found = matter().open(lead="SCJGJ")
    found.people = replace(PEOPLE, leaders=("mayor",), portfolios={})
    found.at("2021-09-25T09:00").sweep()
    again = [event for event in found.events if "n" in event.data]
    assert [(event.data["clock"], event.data["recipients"]) for event in again] == [("assign", [*found.people.office, "mayor"])]


def test_repetitions_of_a_part_go_to_the_head_of_that_cooperator(assigned: Matter) -> None:
    assigned.people = replace(PEOPLE, heads={**PEOPLE.heads, "SWJ": ("swj-head",)})
    assigned.at("2020-11-20T09:00").sweep()
    [part] = [event for event in assigned.events if "n" in event.data and event.data["clock"] == "part:SWJ"][:1]
    assert part.data["recipients"][:2] == [*PEOPLE.office, "swj-head"]
    assert not set(PEOPLE.heads["SCJGJ"]) & set(part.data["recipients"])


def test_a_rung_that_pulls_a_trigger_is_repeated_without_pulling_it(matter: Make) -> None:
    definition = workflow("rectification")
    deemed = definition.triggers["deemed-accepted"]._replace(by=("office",))  # as a workflow of before might say by mistake
    stuck = matter().open().do("assign", lead="SCJGJ")
    stuck.definition = replace(definition, triggers={**definition.triggers, "deemed-accepted": deemed}, hash="other")
    stuck.at("2020-11-20T09:00").sweep()
    assert stuck.ticket.state == "assigned"
    assert [event.data["act"] for event in stuck.events if event.data.get("clock") == "accept"] == ["fire", "notify"]


def test_a_repetition_that_a_pause_delays_moves_by_its_closes_and_never_lies_inside_it(late: Matter) -> None:
    late.at("2020-10-26T09:00").do("suspend", OFFICE, REASON).at("2020-11-09T09:00").do("resume").sweep()
    closed = sum(china().is_working(date(2020, 10, 26) + timedelta(days=day)) for day in range(14))
    assert late.ticket.deadlines["rectify"].next_at == moment(f"{counted('2020-10-22', 5 + closed)}T10:00:00Z")


def test_repetitions_inside_a_pause_are_dated_where_the_clock_goes_on() -> None:
    """A date that a person set and that lies after the pause stays; a ladder that ends long before it comes round inside."""
    ladder = workflow("rectification").ladders["unit"]
    early = ladder._replace(rungs=(ladder.rungs[0]._replace(at={"*": -20}),))
    due_at, since, until = local("2020-12-31T18:00"), local("2020-12-08T09:00"), local("2020-12-21T09:00")
    bare = Deadline(clock="rectify", of="lead", epoch=1, started_at=local("2020-11-02T09:00"), due_at=due_at, rung=1)
    paused = bare._replace(pauses=(Pause(since, until),))
    assert repetition_time(early, "C", bare, 1, china()) == local("2020-12-10T08:30")
    assert repetition_time(early, "C", paused, 1, china()) == until


def test_a_new_epoch_begins_the_repetitions_anew(late: Matter) -> None:
    late.at("2021-03-01T09:00").sweep()
    assert late.ticket.deadlines["rectify"].repeated
    late.amend(reason="日期录错", due=local("2021-03-31T18:00"))
    deadline = late.ticket.deadlines["rectify"]
    assert (deadline.epoch, deadline.repeated, deadline.rung) == (2, 0, 0)


def test_repetitions_that_are_past_when_a_count_begins_are_skipped() -> None:
    ladder = workflow("rectification").ladders["unit"]
    deadline = Deadline(clock="rectify", of="lead", epoch=1, started_at=local("2020-03-02T09:00"), due_at=local("2020-03-09T18:00"))
    armed = arm(deadline, ladder, "C", china(), skip_before=local("2020-12-31T09:00"))
    assert armed.next_at is not None
    assert armed.next_at > local("2020-12-31T09:00")
    assert armed.repeated > 0


def test_while_the_office_owes_an_answer_the_repetition_is_its_own_alarm(matter: Make) -> None:
    asked = matter().open().do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-10-09T09:00")
    asked.do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-14T18:00")).at("2020-11-20T09:00").sweep()
    [event] = [event for event in asked.events if "n" in event.data and event.data["clock"] == "rectify"]
    assert (event.data["ours"], event.data["recipients"][: len(PEOPLE.office)]) == (True, list(PEOPLE.office))
    assert asked.ticket.deadlines["rectify"].ours[-1] == "interview"
    asked.do("refuse", OFFICE, REASON)
    assert (asked.ticket.deadlines["rectify"].epoch, asked.ticket.deadlines["rectify"].repeated) == (2, 0)
    asked.sweep()
    assert asked.repeated() == [(2, counted("2020-10-22", 15))] * 2  # at the office in the first epoch, of the unit in the second


def test_the_deadlines_of_a_ticket_do_not_grow_however_long_it_waits(late: Matter) -> None:
    late.at("2020-12-31T18:00").sweep()
    before = len(canonical({name: item.to_json() for name, item in late.ticket.deadlines.items()}))
    for year in range(2021, 2031):
        late.at(f"{year}-12-31T18:00").sweep()
    after = len(canonical({name: item.to_json() for name, item in late.ticket.deadlines.items()}))
    assert len(late.repeated()) == 11
    assert after <= before + 2 * len(late.ticket.deadlines)  # the digits of a number
    assert Deadline.from_json(late.ticket.deadlines["rectify"].to_json()) == late.ticket.deadlines["rectify"]


# Every state ----------------------------------------------------------------------------------------------------------------


def lived_to(matter: Make, state: str) -> Matter:
    found = matter().open(grade="C", lead="SCJGJ")
    if state == "found":
        return found
    found.do("assign", lead="SCJGJ", **({"standing": True} if state == "standing" else {}))
    if state == "assigned":
        return found
    found.do("accept", LEAD)
    if state == "submitted":
        found.do("submit", LEAD, {"note": "已改"})
    return found.do("suspend", OFFICE, REASON) if state == "suspended" else found


@pytest.mark.parametrize("state", ["found", "assigned", "rectifying", "submitted", "suspended", "standing"])
def test_a_ticket_that_is_left_alone_rings_for_ever(matter: Make, state: str) -> None:
    left = lived_to(matter, state)
    for year in (2020, 2021, 2022, 2025):
        left.at(f"{year}-12-31T18:00")
        assert left.sweep(), year
        assert left.ticket.wake_at is not None
        assert left.ticket.wake_at > left.now
    assert SILENCE.name not in left.ticket.deadlines


LAWFUL = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@LAWFUL
@given(st.lists(st.tuples(st.sampled_from(["sweep", "suspend", "resume", "submit", "reject", "comment"]), st.integers(0, 60)), max_size=12))
def test_repetitions_come_one_by_one_in_order_and_each_once(acts: list[tuple[str, int]]) -> None:
    matter = Matter(local("2020-01-06T09:00"), workflow("rectification"), china()).open().do("assign", lead="SCJGJ").do("accept", LEAD)
    for act, days in acts:
        matter.now += timedelta(days=days)
        matter.sweep()
        if act != "sweep":
            outcome = matter.attempt(act, LEAD if act == "submit" else OFFICE, {"note": "x"} if act in ("submit", "comment") else (
                {} if act == "resume" else REASON))
            if isinstance(outcome, Event):
                matter.events.append(outcome)
                matter.ticket = evolve(matter.ticket, outcome)
        assert matter.ticket.wake_at is not None
    seen: dict[tuple[str, int, str], tuple[int, datetime]] = {}
    for event in matter.events:
        if "n" in event.data:
            key = (event.data["clock"], event.data["epoch"], event.data["rung"])
            n, at = seen.get(key, (0, event.at.replace(year=2000)))
            assert (event.data["n"], moment(event.data["scheduled_for"])) > (n, at)
            assert event.data["n"] == n + 1 + event.data.get("missed", 0)
            seen[key] = event.data["n"], moment(event.data["scheduled_for"])


# Suspensions ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("grade", "until"), [("C", "2020-10-26T18:00"), ("B", "2020-10-26T18:00"), ("A", "2020-11-24T18:00")])
def test_a_suspension_without_an_end_lasts_the_longest_pause_of_its_grade(matter: Make, grade: str, until: str) -> None:
    suspended = matter().open(grade=grade).do("assign", lead="SCJGJ").do("suspend", OFFICE, REASON)
    pause = suspended.ticket.deadlines["pause"]
    assert (pause.due_at, pause.state, suspended.ticket.wake_at) == (local(until), RUNS, local(until))
    assert not pause.fixed


def test_no_suspension_is_longer_than_the_longest_pause(rectifying: Matter) -> None:
    later, last = local("2020-10-27T18:00"), local("2020-10-26T18:00")
    assert rectifying.reasons("suspend", OFFICE, REASON, until=later) == {"pause-too-long"}
    [reason] = rectifying.attempt("suspend", OFFICE, REASON, until=later).reasons  # type: ignore[union-attr]
    assert reason.values == {"to": later, "date": last, "cap": "30 days"}
    rectifying.do("suspend", OFFICE, REASON, until=last)


def test_a_grade_for_which_no_longest_pause_is_written_may_be_suspended_to_any_date(rectifying: Matter) -> None:
    pause = rectifying.definition.clocks["pause"]
    others = pause._replace(amount={grade: amount for grade, amount in pause.amount.items() if grade != "C"})
    rectifying.definition = replace(rectifying.definition, clocks={**rectifying.definition.clocks, "pause": others})
    trigger = rectifying.definition.triggers["suspend"]
    situation = rectifying.situation()._replace(input={"until": local("2021-10-27T18:00")})
    assert assess(situation, trigger).reasons == ()


def test_another_end_of_a_suspension_is_a_new_epoch_counted_from_its_beginning(rectifying: Matter) -> None:
    suspended = rectifying.do("suspend", OFFICE, REASON, until=local("2020-10-12T18:00"))
    since = suspended.ticket.state_since
    suspended.at("2020-10-13T09:00").sweep()
    assert suspended.reasons("suspend", OFFICE, REASON) == {"until-missing"}
    assert suspended.reasons("suspend", OFFICE, REASON, until=local("2020-10-27T18:00")) == {"pause-too-long"}
    assert suspended.reasons("suspend", OFFICE, REASON, until=local("2020-10-12T18:00")) == {"date-past"}
    suspended.do("suspend", OFFICE, REASON, until=local("2020-10-20T18:00"))
    ticket = suspended.ticket
    assert (ticket.state, ticket.state_since, ticket.returns_to) == ("suspended", since, "rectifying")
    pause = ticket.deadlines["pause"]
    assert (pause.epoch, pause.due_at, pause.state, pause.rung) == (2, local("2020-10-20T18:00"), RUNS, 0)
    assert suspended.do("resume").ticket.state == "rectifying"


def test_when_the_longest_pause_is_over_no_other_end_can_be_named_and_whoever_asks_is_told_so(rectifying: Matter) -> None:
    suspended = rectifying.do("suspend", OFFICE, REASON)
    trigger = suspended.definition.triggers["suspend"]
    assert assess(suspended.at("2020-10-26T17:59").situation(), trigger).possible
    late = assess(suspended.at("2020-10-26T18:00").situation(), trigger)
    assert late.reasons == (Reason("pause-used", {"date": local("2020-10-26T18:00"), "cap": "30 days"}),)
    assert suspended.reasons("suspend", OFFICE, REASON, until=local("2020-10-27T18:00")) == {"pause-used"}


def test_at_its_end_a_suspension_rings_at_the_office_again_and_again_and_nothing_resumes(rectifying: Matter) -> None:
    suspended = rectifying.do("suspend", OFFICE, REASON)
    for month in range(11, 13):
        suspended.at(f"2020-{month}-30T18:00").sweep()
    assert suspended.ticket.state == "suspended"
    assert [rung for rung, _ in suspended.fired("pause")] == ["office-due", "office-late"]
    assert [n for n, _ in suspended.repeated("pause")] == [2, 3]
    assert (suspended.fired(), suspended.repeated()) == ([], [])
    suspended.do("resume")
    assert suspended.ticket.deadlines["pause"].state == ENDED


# Workflows of before --------------------------------------------------------------------------------------------------------


def before(definition: Definition) -> Definition:
    """The workflow as it was: the end of a suspension had no amount, and nobody asked how long it was."""
    suspend = definition.triggers["suspend"]
    old = suspend._replace(guards=suspend.guards[:2], sources=suspend.sources[:3])
    return replace(
        definition, clocks={**definition.clocks, "pause": definition.clocks["pause"]._replace(amount={})},
        triggers={**definition.triggers, "suspend": old}, hash="before",
    )


def without_pause(definition: Definition) -> Definition:
    """A workflow in which a suspension is no matter of any clock."""
    suspend = definition.triggers["suspend"]
    clocks = {name: clock for name, clock in definition.clocks.items() if name != "pause"}
    old = suspend._replace(guards=suspend.guards[:2], effects=("remember-state",))
    return replace(definition, clocks=clocks, triggers={**definition.triggers, "suspend": old}, hash="no-pause")


def test_by_a_workflow_of_before_a_suspension_without_an_end_lasts_thirty_days(matter: Make) -> None:
    old = matter()
    old.definition = before(old.definition)
    suspended = old.open(grade="A").do("assign", lead="SCJGJ").do("suspend", OFFICE, REASON)
    assert suspended.ticket.deadlines["pause"].due_at == local("2020-10-26T18:00")
    assert old.do("resume").do("suspend", OFFICE, REASON, until=local("2021-10-26T18:00")).ticket.wake_at == local("2021-10-26T18:00")


def test_where_a_workflow_of_before_has_no_clock_the_office_is_reminded_all_the_same(matter: Make) -> None:
    old = matter()
    old.definition = without_pause(old.definition)
    suspended = old.open().do("assign", lead="SCJGJ").do("suspend", OFFICE, REASON)
    assert suspended.ticket.wake_at == local("2020-10-26T18:00")
    events = suspended.at("2020-11-02T18:00").sweep()
    assert [event.data["clock"] for event in events] == ["silence"] * 2
    assert [event.data["recipients"] for event in events] == [["office"], ["office", "leader"]]
    assert suspended.do("comment", OFFICE, {"note": "x"}).ticket.deadlines["silence"].epoch == 1
    resumed = suspended.do("resume").ticket
    assert resumed.deadlines["silence"].state == ENDED
    assert resumed.wake_at == next_alarm(resumed.deadlines)
    again = suspended.do("suspend", OFFICE, REASON).ticket.deadlines["silence"]
    assert (again.epoch, again.state) == (2, RUNS)
    closed = suspended.do("withdraw", OFFICE, REASON).ticket
    assert (closed.deadlines["silence"].state, closed.wake_at) == (ENDED, None)
    assert fold(suspended.events) == closed


def test_a_ladder_without_a_rung_for_a_grade_leaves_the_office_to_be_reminded(matter: Make) -> None:
    old = matter()
    ladder = old.definition.ladders["unit"]
    bare = ladder._replace(rungs=tuple(rung._replace(at={"A": rung.at.get("A", 3)}) for rung in ladder.rungs))
    assert (last_rung(bare, "C"), nth(bare, "C", "lead", 1)) == (None, None)
    old.definition = replace(old.definition, ladders={**old.definition.ladders, "unit": bare}, hash="bare")
    rectifying = old.open(grade="C").do("assign", lead="SCJGJ").do("accept", LEAD)
    assert rectifying.ticket.deadlines["rectify"].next_at is None
    assert rectifying.ticket.deadlines["silence"].state == RUNS


def test_a_deadline_says_how_often_it_was_repeated_only_where_it_was(late: Matter) -> None:
    def stored() -> dict[str, Any]:
        return dict(json.loads(canonical(late.ticket.deadlines["rectify"].to_json())))

    assert "repeated" not in stored()
    late.at(f"{counted('2020-10-22', 5)}T18:00").sweep()
    assert stored()["repeated"] == 1


def test_whoever_signs_off_ends_the_repetitions_of_a_part(assigned: Matter) -> None:
    assigned.at("2020-11-20T09:00").sweep()
    assert assigned.repeated("part:SWJ")
    assigned.do("sign-off", COOPERATOR).at("2021-11-20T09:00").sweep()
    assert len(assigned.repeated("part:SWJ")) == 1


def test_the_head_who_endorses_changes_no_alarm(late: Matter) -> None:
    alarm = late.ticket.wake_at
    assert late.do("endorse", LEAD_HEAD).ticket.wake_at == alarm
