"""Climbing the ladder: which rungs fire when, whom they tell, what they open, and what a late sweep makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.rules.access import Actor
from engine.rules.acts.amend import Amendment, amend
from engine.rules.definition import Ladder
from engine.rules.event import Event
from engine.rules.proof.chain import stamp
from engine.rules.recipients import Directory
from engine.rules.ticket import evolve, fold
from engine.rules.timing.climb import MOST_RUNGS, Endless, climb, measures, overtakes, set_aside
from tests.rules.conftest import LEAD, LEADER, OFFICE, PEOPLE, Matter, local

Make = Callable[..., Matter]


@pytest.fixture
def assigned(matter: Make) -> Matter:
    """Without cooperators, whose parts have a ladder of their own (test_parts)."""
    return matter().open().do("assign", lead="SCJGJ")


@pytest.fixture
def submitted(rectifying: Matter) -> Matter:
    return rectifying.do("submit", LEAD, {"note": "材料已合并为一套表单"})


LADDER_OF_A_SIMPLE_MATTER = [
    ("reminder", "2020-09-29"), ("urging", "2020-10-09"), ("supervision-letter", "2020-10-13"), ("circular", "2020-10-15"),
    ("interview", "2020-10-22"),
]


def test_nothing_fires_before_its_time(rectifying: Matter) -> None:
    assert rectifying.at("2020-09-29T08:29").sweep() == []
    [event] = rectifying.at("2020-09-29T08:30").sweep()
    assert (event.kind, event.actor, event.role, event.data["rung"]) == ("escalated", "watch", "watch", "reminder")


def test_each_rung_fires_on_its_date_and_once(rectifying: Matter) -> None:
    for moment, fired in [
        ("2020-09-29T08:30", 1), ("2020-10-09T17:59", 0), ("2020-10-09T18:00", 1), ("2020-10-13T17:59", 0), ("2020-10-13T18:00", 1),
        ("2020-10-15T18:00", 1), ("2020-10-22T18:00", 1), ("2020-10-29T17:59", 0),
    ]:
        assert len([event for event in rectifying.at(moment).sweep() if event.data["clock"] == "rectify"]) == fired, moment
        assert rectifying.sweep() == []
    assert rectifying.fired() == LADDER_OF_A_SIMPLE_MATTER
    assert rectifying.ticket.deadlines["rectify"].next_at == local("2020-10-29T18:00")


def overtaken(case: Matter, trigger: str, actor: Actor = OFFICE, words: dict[str, str] | None = None, **given: Any) -> bool:
    outcome = case.attempt(trigger, actor, words, **given)
    assert isinstance(outcome, Event), outcome
    return overtakes(case.ticket, outcome, case.now)


def test_an_act_overtakes_a_rung_only_where_it_moves_the_clock_of_a_rung_that_has_come(rectifying: Matter) -> None:
    note = {"note": "材料已合并为一套表单"}
    assert not overtaken(rectifying.at("2020-10-09T17:59"), "comment", LEAD, note)
    rectifying.sweep()
    assert not overtaken(rectifying, "submit", LEAD, note)
    late = rectifying.at("2020-10-13T18:00")
    assert overtaken(late, "submit", LEAD, note)
    assert overtaken(late, "suspend", OFFICE, {"reason": "等待省级系统上线"})
    assert not overtaken(late, "comment", LEAD, note)


def test_a_correction_overtakes_nothing(rectifying: Matter) -> None:
    late = rectifying.at("2020-10-13T18:00")
    fixed = Amendment(due=local("2020-10-20T18:00"), reason="日期录入有误")
    event = amend(late.situation(), fixed)
    assert isinstance(event, Event) and "rectify" in event.data["effects"]["deadlines"]
    assert not overtakes(late.ticket, event, late.now)


def test_only_what_measures_a_unit_goes_before_an_act(matter: Make) -> None:
    """Nobody is deemed to have accepted by a sweep that never came: whoever accepts late has accepted."""
    late = matter().open().do("assign", lead="SCJGJ", **{"with": ("SWJ",)}).at("2020-10-13T18:00")
    assert not overtaken(late, "accept", LEAD)
    events, after = climb(late.situation(), late.people, measures)
    assert {event.data["clock"] for event in events} == {"rectify", "part:SWJ"}
    assert after.state == "assigned"


@pytest.mark.parametrize(("grade", "dates"), [
    ("B", ["2020-10-19", "2020-10-22", "2020-10-27", "2020-11-03", "2020-11-12"]),
    ("A", ["2020-10-19", "2020-10-26", "2020-10-29", "2020-11-05", "2020-11-16"]),
])
def test_the_ladder_of_a_grade_has_its_own_dates(matter: Make, grade: str, dates: list[str]) -> None:
    opened = matter().open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-12-31T12:00")
    opened.sweep()
    assert [date for _, date in opened.fired()] == dates


def test_after_downtime_each_missed_rung_is_an_event_in_order_with_both_times(assigned: Matter) -> None:
    events = assigned.at("2020-10-23T12:00").sweep()
    assert [event.data.get("rung", event.data.get("trigger")) for event in events] == [
        "deemed-accepted", "deemed-accepted", "reminder", "urging", "supervision-letter", "circular", "office-due", "office-late",
        "interview",
    ]
    assert {event.at for event in events} == {assigned.now}
    planned = [event.data["scheduled_for"] for event in events if event.kind == "escalated"]
    assert planned == sorted(planned)
    assert [event.seq for event in events] == list(range(3, 12))
    assert fold(assigned.events) == assigned.ticket


def test_after_a_long_downtime_rungs_and_repetitions_come_in_the_order_of_their_dates(rectifying: Matter) -> None:
    """Of the repetitions that were missed the last one is told, and it takes its turn by its own date, not by that of the first."""
    rectifying.at("2020-10-23T12:00").sweep()
    events = rectifying.do("instruct", LEADER, {"note": "限期办结"}).at("2020-12-10T09:00").sweep()
    assert [(event.data["rung"], event.data.get("n", 0), event.data["scheduled_for"][:10]) for event in events] == [
        ("report-reminder", 0, "2020-11-11"), ("interview", 2, "2020-11-12"), ("report-urging", 0, "2020-11-13"),
        ("report-late", 0, "2020-11-18"), ("office-late", 3, "2020-12-07"), ("report-late", 2, "2020-12-09"),
    ]


def test_an_unsigned_ticket_is_deemed_accepted_when_the_limit_is_over(assigned: Matter) -> None:
    rung, act = assigned.at("2020-10-08T03:00").sweep()[:2]
    assert (rung.data["clock"], rung.data["act"], rung.from_state, rung.to_state) == ("accept", "fire", "assigned", "assigned")
    assert (act.kind, act.data["trigger"], act.actor, act.to_state) == ("did", "deemed-accepted", "watch", "rectifying")
    assert act.data["happened_at"] == rung.data["scheduled_for"] == "2020-09-27T10:00:00.000000Z"
    assert assigned.ticket.hands == ()
    assert assigned.ticket.promised_at == local("2020-10-09T18:00")


def test_a_rung_whose_trigger_is_refused_still_counts(assigned: Matter) -> None:
    trigger = assigned.definition.triggers["deemed-accepted"]._replace(by=("office",))
    assigned.definition = replace(
        assigned.definition, triggers={**assigned.definition.triggers, "deemed-accepted": trigger}, hash="not-the-watch",
    )
    [event] = assigned.at("2020-09-27T18:00").sweep()
    assert event.data["rung"] == "deemed-accepted"
    assert assigned.ticket.state == "assigned"
    assert assigned.sweep() == []


def test_a_rung_that_should_fire_but_names_no_trigger_tells_only(assigned: Matter) -> None:
    ladder = assigned.definition.ladders["accept"]
    silent = Ladder("accept", (ladder.rungs[0]._replace(trigger=None),))
    assigned.definition = replace(assigned.definition, ladders={**assigned.definition.ladders, "accept": silent}, hash="silent")
    assert [event.kind for event in assigned.at("2020-09-27T18:00").sweep()] == ["escalated"]


def test_what_is_proposed_is_told_to_the_office_alone_where_the_rung_names_only_the_unit(rectifying: Matter) -> None:
    ladder = rectifying.definition.ladders["unit"]
    rungs = tuple(rung._replace(tell=("lead", "head")) for rung in ladder.rungs)
    rectifying.definition = replace(
        rectifying.definition, ladders={**rectifying.definition.ladders, "unit": ladder._replace(rungs=rungs)}, hash="unit-alone",
    )
    told = {event.data["rung"]: event.data["recipients"] for event in rectifying.at("2020-10-14T18:00").sweep()}
    assert (told["urging"], told["supervision-letter"]) == (["lead-contact", "lead-head"], ["office"])


def test_urging_acts_by_itself_and_raises_both_levels(rectifying: Matter) -> None:
    rectifying.at("2020-10-09T18:00").sweep()
    assert (rectifying.ticket.level, rectifying.ticket.acted_level, rectifying.ticket.proposals) == (1, 1, ())


def test_a_lower_rung_of_a_new_epoch_never_takes_back_what_was_acted(rectifying: Matter) -> None:
    rectifying.ticket = rectifying.ticket._replace(acted_level=3)  # a circular was issued in an earlier epoch
    rectifying.at("2020-10-09T18:00").sweep()
    assert (rectifying.ticket.level, rectifying.ticket.acted_level) == (1, 3)


def test_a_letter_is_proposed_and_acts_only_when_a_person_issues_it(rectifying: Matter) -> None:
    rectifying.at("2020-10-15T18:00").sweep()
    ticket = rectifying.ticket
    assert (ticket.level, ticket.acted_level) == (3, 1)
    assert [(proposal.rung, proposal.level, proposal.due_at) for proposal in ticket.proposals] == [
        ("supervision-letter", 2, local("2020-10-15T18:00")), ("circular", 3, local("2020-10-19T18:00")),
    ]
    proposing = [event.seq for event in rectifying.events if event.data.get("act") == "propose"]
    assert [proposal.seq for proposal in ticket.proposals] == proposing


def test_the_office_is_told_of_its_own_lateness_and_the_unit_feels_nothing(matter: Make) -> None:
    opened = matter().open().at("2020-09-30T18:00")
    opened.sweep()
    assert opened.fired("assign") == [("office-due", "2020-09-28"), ("office-late", "2020-09-30")]
    assert (opened.ticket.level, opened.ticket.acted_level, opened.ticket.proposals) == (0, 0, ())
    assert opened.events[-1].data["recipients"] == ["office", "leader"]


def test_a_court_gets_no_supervision_letter(matter: Make) -> None:
    opened = matter().open().do("assign", lead="FY").at("2020-10-22T18:00")
    opened.sweep()
    letters = [event.data["letter"] for event in opened.events if event.kind == "escalated" and "letter" in event.data]
    assert letters == ["work-prompt", "report-to-group", "ask-group"]


def test_a_unit_without_a_known_relation_gets_the_usual_letter(rectifying: Matter) -> None:
    events, _ = climb(rectifying.situation(now=local("2020-10-13T18:00")), Directory())
    assert [event.data.get("letter") for event in events] == [None, None, "supervision-letter"]


def test_the_event_keeps_whom_it_found(rectifying: Matter) -> None:
    rectifying.at("2020-10-13T18:00").sweep()
    found = [event.data["recipients"] for event in rectifying.events if event.kind == "escalated"]
    assert found == [["lead-contact"], ["lead-contact", "lead-head"], ["office", "leader"]]
    audience = [event.data.get("audience") for event in rectifying.events if event.kind == "escalated"]
    assert audience == [None, None, "office"]


def test_while_the_ticket_rests_only_the_office_is_alarmed_and_when_it_is_over_nobody(rectifying: Matter) -> None:
    rectifying.do("suspend", OFFICE, {"reason": "x"}).at("2022-01-01T00:00")
    assert {event.data["clock"] for event in rectifying.sweep()} == {"pause"}
    rectifying.do("withdraw", OFFICE, {"reason": "x"}).at("2024-01-01T00:00")
    assert rectifying.sweep() == []


def test_a_submitted_ticket_alarms_the_office_only(submitted: Matter) -> None:
    submitted.at("2020-12-01T00:00").sweep()
    assert submitted.fired() == []
    assert [rung for rung, _ in submitted.fired("verify")] == ["office-due", "office-late"]


def test_a_late_ticket_that_rested_goes_on_where_its_ladder_stood(rectifying: Matter) -> None:
    rectifying.at("2020-10-12T10:00").sweep()
    rectifying.do("suspend", OFFICE, {"reason": "x"}).at("2020-11-02T10:00").do("resume")
    assert rectifying.ticket.promised_at == local("2020-10-29T18:00")
    rectifying.sweep()
    assert rectifying.fired() == LADDER_OF_A_SIMPLE_MATTER[:2]
    rectifying.at("2020-11-03T18:00").sweep()
    assert rectifying.fired() == [*LADDER_OF_A_SIMPLE_MATTER[:2], ("supervision-letter", "2020-11-03")]


def test_a_definition_that_fires_without_end_is_stopped(rectifying: Matter) -> None:
    rung = rectifying.definition.ladders["unit"].rungs[1]
    endless = Ladder("unit", tuple(rung._replace(name=f"urging-{number}") for number in range(MOST_RUNGS + 1)))
    definition = replace(rectifying.definition, ladders={**rectifying.definition.ladders, "unit": endless}, hash="endless")
    with pytest.raises(Endless, match=rectifying.ticket.number):
        climb(rectifying.situation(now=local("2020-10-09T18:00"))._replace(definition=definition), PEOPLE)


def test_an_alarm_of_a_ladder_that_has_no_rung_is_an_error_and_not_silence(rectifying: Matter) -> None:
    """No definition that was proved sound has one: the ticket is set aside, and the office hears of it."""
    empty = {**rectifying.definition.ladders, "unit": Ladder("unit", ())}
    definition = replace(rectifying.definition, ladders=empty, hash="no-rungs")
    with pytest.raises(ValueError, match="nothing to repeat for rectify"):
        climb(rectifying.situation(now=local("2020-10-09T18:00"))._replace(definition=definition), PEOPLE)


def test_a_ticket_whose_rules_fail_is_tried_again_after_twice_as_long_each_time_at_most_a_day(rectifying: Matter) -> None:
    waits = []
    for tries in (1, 2, 3, 9, 10, 11, 5_000):
        event = set_aside(rectifying.ticket, rectifying.now, "Endless", tries)
        after = evolve(rectifying.ticket, event)
        assert after.wake_at is not None and event.data["retry_at"] == stamp(after.wake_at)
        assert (event.kind, event.data["code"], event.data["tries"], after.version) == ("set-aside", "Endless", tries, event.seq)
        assert (event.at, event.from_state, event.to_state) == (rectifying.now, "rectifying", "rectifying")
        assert after._replace(wake_at=None, version=0) == rectifying.ticket._replace(wake_at=None, version=0)
        waits.append((after.wake_at - rectifying.now) / timedelta(minutes=1))
    assert waits == [5, 10, 20, 1280, 1440, 1440, 1440]
