"""A ticket goes over to another version of its workflow: pure, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.rules.access import may_see
from engine.rules.acts.command import Refusal
from engine.rules.acts.migration import MIGRATED, migrate
from engine.rules.deadline import ENDED, PLANNED, RESTS, RUNS, VOID
from engine.rules.definition import Clock, Definition, Ladder, State, Text
from engine.rules.definition.model import Rung
from engine.rules.event import Event
from engine.rules.proof.chain import stamp
from engine.rules.seeing import Sight
from engine.rules.ticket import Ticket, evolve, fold, pinned
from tests.rules.conftest import LEAD, LEADER, OFFICE, Matter, local, workflow
from tests.rules.versions import called

BASE = workflow("rectification")


def changed(**fields: object) -> Definition:
    """The shipped workflow with other fields, knowing its own hash."""
    return replace(BASE, **fields).with_hash()  # type: ignore[arg-type] # any field


def clock(name: str, **fields: object) -> Definition:
    return changed(clocks={**BASE.clocks, name: BASE.clocks[name]._replace(**fields)})


def without_clock(name: str) -> Definition:
    clocks = {key: item for key, item in BASE.clocks.items() if key != name}
    states = {key: item._replace(clocks=tuple(one for one in item.clocks if one != name)) for key, item in BASE.states.items()}
    return changed(clocks=clocks, states=states)


def ladder(of: str, *rungs: Rung) -> Definition:
    return changed(ladders={**BASE.ladders, of: Ladder(of, rungs)})


def rung(name: str, at: int | Mapping[str, int], **said: Any) -> Rung:
    return Rung(name, Text(name, name), at if isinstance(at, Mapping) else {"*": at}, said.pop("act", "notify"), **said)


def state(name: str, **fields: object) -> Definition:
    return changed(states={**BASE.states, name: BASE.states[name]._replace(**fields)})


def attempt(matter: Matter, to: Definition, **states: str) -> Event | Refusal:
    return migrate(matter.situation(), to, states, matter.events)


def gone_over(matter: Matter, to: Definition, **states: str) -> Event:
    """The matter after it went over, and the event."""
    event = matter.migrate(to, states)
    assert fold(matter.events) == matter.ticket
    return event


def refused(matter: Matter, to: Definition, **states: str) -> list[str]:
    outcome = attempt(matter, to, **states)
    assert isinstance(outcome, Refusal), outcome
    return [reason.code for reason in outcome.reasons]


def rectify(ticket: Ticket) -> Any:
    return ticket.deadlines["rectify"]


# what is kept --------------------------------------------------------------------------------------------------------


def test_where_no_clock_differs_only_the_version_changes(rectifying: Matter) -> None:
    before = rectifying.ticket
    event = gone_over(rectifying, state("rectifying", title=Text("办理中", "at work")))
    assert (event.kind, event.from_state, event.to_state, event.actor) == (MIGRATED, "rectifying", "rectifying", "office")
    assert event.data == {"definition": [BASE.hash, rectifying.definition.hash], "map": {}, "effects": {}}
    after = rectifying.ticket
    assert after.definition == rectifying.definition.hash != before.definition
    kept = {"definition", "version", "changed_at", "told_at"}
    assert after._replace(**{name: getattr(before, name) for name in kept}) == before


def test_a_state_of_another_name_is_found_by_the_map_and_nothing_begins_anew(submitted: Matter) -> None:
    before = submitted.ticket
    event = gone_over(submitted, called("submitted", "checking"), submitted="checking")
    assert event.data["map"] == {"submitted": "checking"} and event.to_state == "checking"
    assert submitted.ticket.state == "checking"
    assert (submitted.ticket.deadlines, submitted.ticket.turn, submitted.ticket.late_days, submitted.ticket.on_time) == (
        before.deadlines, "office", 0, True,
    )


def test_the_way_back_of_a_suspended_ticket_has_the_new_name_too(rectifying: Matter) -> None:
    rectifying.do("suspend", OFFICE, {"reason": "汛期"})
    event = gone_over(rectifying, called("rectifying", "working"), rectifying="working")
    assert event.data["map"] == {"rectifying": "working"} and rectifying.ticket.state == "suspended"
    assert rectifying.ticket.returns_to == "working"
    rectifying.now += timedelta(days=1)
    assert rectifying.do("resume").ticket.state == "working"
    assert rectify(rectifying.ticket).state == RUNS


def test_a_date_that_a_person_set_and_a_promise_stay_whatever_the_new_amount_is(rectifying: Matter) -> None:
    before = rectify(rectifying.ticket)
    event = gone_over(rectifying, clock("rectify", amount={"C": "9 working days", "B": "20 working days", "A": "2 months"}))
    assert "moved" not in event.data and rectify(rectifying.ticket) == before


def test_a_date_that_waits_for_the_assignment_waits_on(matter: Any) -> None:
    planned = matter().open(due=local("2020-11-02T18:00"))
    gone_over(planned, ladder("unit", rung("soon", -1), rung("late", 2)))
    assert rectify(planned.ticket).state == PLANNED
    planned.do("assign", lead="SCJGJ")
    assert planned.ticket.promised_at == local("2020-11-02T18:00")


def test_each_event_is_told_by_the_version_of_then(rectifying: Matter) -> None:
    to = called("rectifying", "working")
    gone_over(rectifying, to, rectifying="working")
    rectifying.do("progress", LEAD, {"note": "过半"})
    assert pinned(rectifying.events) == {1: BASE.hash, 2: BASE.hash, 3: BASE.hash, 4: to.hash, 5: to.hash}


def test_a_unit_reads_which_of_its_dates_moved_and_nothing_of_the_offices_limit_for_signing(rectifying: Matter) -> None:
    late(rectifying, "2020-10-14T18:00")
    rungs = BASE.ladders["unit"].rungs
    to = changed(
        ladders={**BASE.ladders, "unit": Ladder("unit", (*rungs[:2], rung("call", 1), *rungs[2:]))},
        clocks={
            **BASE.clocks, "sign": BASE.clocks["sign"]._replace(amount={"*": "5 working days"}),
            "part": BASE.clocks["part"]._replace(amount={"*": "0 working days"}),
        },
    )
    event = gone_over(rectifying, to)
    assert set(event.data["moved"]) == {"sign", "part:SWJ"} and event.data["skipped"] == {"rectify": ["call"]}
    hidden = to.hidden_states
    sight = Sight(LEAD, to, lambda actor, ticket: may_see(actor, ticket, hidden), lambda number: False)
    read = sight.events(rectifying.events)[-1]
    assert set(read.data["moved"]) == {"part:SWJ"} and "skipped" not in read.data


# dates ---------------------------------------------------------------------------------------------------------------


def test_a_longer_amount_moves_the_date_from_the_same_start_in_the_same_epoch(assigned: Matter) -> None:
    before = assigned.ticket.deadlines["accept"]
    event = gone_over(assigned, clock("accept", amount={"*": "3 working days"}))
    after = assigned.ticket.deadlines["accept"]
    assert (after.epoch, after.started_at, after.amount) == (before.epoch, before.started_at, "3 working days")
    assert event.data["moved"] == {"accept": [stamp(before.due_at), stamp(after.due_at)]}
    assert (after.due_at, after.next_at) == (local("2020-09-29T18:00"), local("2020-09-29T18:00"))


def test_a_shorter_amount_makes_nothing_earlier(assigned: Matter) -> None:
    before = assigned.ticket.deadlines["accept"]
    event = gone_over(assigned, clock("accept", amount={"*": "0 working days"}))
    assert "moved" not in event.data and assigned.ticket.deadlines["accept"] == before


def test_an_amount_that_was_given_apart_from_the_workflow_stays(rectifying: Matter) -> None:
    rectifying.do("instruct", LEADER, {"note": "请速办"}, urgent=True)
    rectifying.do("instruct", LEADER, {"note": "请办"}, report_by=local("2020-10-20T18:00"))
    before = dict(rectifying.ticket.deadlines)
    gone_over(rectifying, clock("report", amount={"*": "20 working days"}))
    assert rectifying.ticket.deadlines == before
    longer = clock("report", urgent={"*": "5 working days"})
    first, second = (name for name in before if name.startswith("report:"))
    event = gone_over(rectifying, longer)
    assert list(event.data["moved"]) == [first]
    assert rectifying.ticket.deadlines[first].amount == "5 working days" and rectifying.ticket.deadlines[second] == before[second]


def test_a_part_hangs_on_by_the_new_amount_and_moves_to_no_earlier_day(rectifying: Matter) -> None:
    before = rectifying.ticket.deadlines["part:SWJ"]
    event = gone_over(rectifying, clock("part", amount={"*": "0 working days"}))
    after = rectifying.ticket.deadlines["part:SWJ"]
    assert after.due_at == rectifying.ticket.promised_at != before.due_at and after.epoch == before.epoch
    assert event.data["moved"] == {"part:SWJ": [stamp(before.due_at), stamp(after.due_at)]}
    gone_over(rectifying, clock("part", amount={"*": "3 working days"}))
    assert rectifying.ticket.deadlines["part:SWJ"] == after


def test_a_clock_at_rest_counts_the_new_amount_when_it_goes_on(assigned: Matter) -> None:
    assigned.do("suspend", OFFICE, {"reason": "汛期"})
    assigned.now += timedelta(days=1)
    gone_over(assigned, clock("accept", amount={"*": "4 working days"}, ladder="report"))
    resting = assigned.ticket.deadlines["accept"]
    assert (resting.state, resting.next_at, resting.amount) == (RESTS, None, "4 working days")
    assigned.do("resume")
    assert assigned.ticket.deadlines["accept"].due_at > resting.due_at


# ladders -------------------------------------------------------------------------------------------------------------


def late(matter: Matter, when: str) -> Matter:
    matter.at(when).sweep()
    return matter


def test_rungs_that_fired_stay_fired_and_the_next_one_comes_on_its_new_day(rectifying: Matter) -> None:
    late(rectifying, "2020-10-09T18:00")  # the promise's date: reminder and urging fired
    letter = BASE.ladders["unit"].rungs[2]
    to = ladder("unit", rung("reminder", -1), rung("urging", 0, level=1), letter._replace(at={"*": 6}))
    event = gone_over(rectifying, to)
    assert "skipped" not in event.data
    assert (rectify(rectifying.ticket).rung, rectify(rectifying.ticket).level) == (2, 1)
    late(rectifying, "2020-12-09T18:00")
    assert rectifying.fired() == [("reminder", "2020-09-29"), ("urging", "2020-10-09"), ("supervision-letter", "2020-10-16")]


def test_a_rung_whose_day_is_over_only_by_the_new_version_is_passed_by_and_the_event_says_so(rectifying: Matter) -> None:
    late(rectifying, "2020-10-12T18:00")
    late_rungs = BASE.ladders["unit"].rungs
    to = ladder("unit", *late_rungs[:2], rung("call", 1), late_rungs[2], late_rungs[3]._replace(at={"*": 2}), late_rungs[4])
    event = gone_over(rectifying, to)
    assert event.data["skipped"] == {"rectify": ["call"]} and rectify(rectifying.ticket).skipped == ("call",)
    late(rectifying, "2020-10-14T18:00")
    assert [name for name, _ in rectifying.fired()] == ["reminder", "urging", "supervision-letter", "circular"]


def test_a_ladder_of_other_names_begins_with_what_is_still_to_come(rectifying: Matter) -> None:
    late(rectifying, "2020-10-09T18:00")
    event = gone_over(rectifying, ladder("unit", rung("first", -2), rung("second", 0), rung("third", {"A": 1}), rung("fourth", 9)))
    assert event.data["skipped"] == {"rectify": ["first", "second"]}
    late(rectifying, "2020-10-20T18:00")
    assert rectifying.fired()[2:] == [] and rectify(rectifying.ticket).rung == 3
    late(rectifying, "2020-10-21T18:00")
    assert [name for name, _ in rectifying.fired()] == ["reminder", "urging", "fourth"]


def test_a_rung_that_an_open_request_holds_waits_on(rectifying: Matter) -> None:
    late(rectifying, "2020-10-09T10:00")
    rectifying.do("request-extension", LEAD, {"reason": "系统升级"}, to=local("2020-10-15T18:00"))
    late(rectifying, "2020-10-10T19:00")
    held = rectify(rectifying.ticket).next_at
    assert held > rectifying.now > rectifying.ticket.promised_at and rectify(rectifying.ticket).rung == 1
    rungs = BASE.ladders["unit"].rungs
    event = gone_over(rectifying, ladder("unit", *rungs[:2], rung("call", 1), *rungs[2:]))
    assert "skipped" not in event.data and rectify(rectifying.ticket).next_at == held


def test_no_rung_fires_twice_whatever_ladders_it_had_meanwhile(rectifying: Matter) -> None:
    late(rectifying, "2020-10-15T18:00")
    rungs = BASE.ladders["unit"].rungs
    gone_over(rectifying, ladder("unit", rungs[0]))
    gone_over(rectifying, ladder("unit", *rungs[:2], rungs[2]._replace(at={"*": 20})))
    late(rectifying, "2021-06-01T18:00")
    fired = rectifying.fired()
    assert len(fired) == len(dict(fired)) == 4
    numbers = [n for n, _ in rectifying.repeated()]
    assert numbers == sorted(set(numbers))


def test_repetitions_go_on_counting_and_what_the_new_days_make_past_rings_no_more(rectifying: Matter) -> None:
    late(rectifying, "2020-12-31T18:00")
    before = rectify(rectifying.ticket)
    assert before.repeated > 1
    rungs = BASE.ladders["unit"].rungs
    gone_over(rectifying, ladder("unit", *rungs[:4], rungs[4]._replace(at={"*": 11})))
    after = rectify(rectifying.ticket)
    assert after.repeated == before.repeated and after.next_at > rectifying.now
    gone_over(rectifying, ladder("unit", *rungs[:4]))
    assert rectify(rectifying.ticket).next_at > rectifying.now, "what is past by the other last rung does not ring at once"


def test_a_clock_that_has_ended_keeps_its_rungs_by_name(assigned: Matter) -> None:
    late(assigned, "2020-09-28T18:00")  # deemed accepted
    assert assigned.ticket.state == "rectifying" and assigned.ticket.deadlines["accept"].state == ENDED
    (fired,) = BASE.ladders["accept"].rungs
    gone_over(assigned, ladder("accept", rung("warning", -1), fired))
    accept = assigned.ticket.deadlines["accept"]
    assert (accept.rung, accept.skipped, accept.state) == (2, ("warning",), ENDED)


# clocks that come and go ---------------------------------------------------------------------------------------------


def test_a_clock_that_only_a_state_runs_may_go_and_is_void_for_its_unit(assigned: Matter) -> None:
    gone_over(assigned, without_clock("accept"))
    assert assigned.ticket.deadlines["accept"].state == VOID and assigned.ticket.wake_at is not None
    late(assigned, "2020-12-31T18:00")
    assert assigned.ticket.state == "assigned"
    gone_over(assigned, BASE)
    assert assigned.ticket.deadlines["accept"].epoch == 2, "it begins anew where the workflow has it again"


def test_a_clock_that_the_state_does_not_run_any_more_ends_and_a_new_one_begins(assigned: Matter) -> None:
    check = Clock("look", Text("查看", "look"), "lead", {"*": "2 working days"}, "report")
    states = {**BASE.states, "assigned": BASE.states["assigned"]._replace(clocks=("rectify", "look"))}
    gone_over(assigned, changed(clocks={**BASE.clocks, "look": check}, states=states))
    assert assigned.ticket.deadlines["accept"].state == VOID
    look = assigned.ticket.deadlines["look"]
    assert (look.state, look.epoch, look.due_at) == (RUNS, 1, local("2020-09-28T18:00"))


def test_what_waits_without_a_clock_gets_one(rectifying: Matter) -> None:
    rectifying.do("instruct", LEADER, {"note": "请办"})
    rectifying.do("request-extension", LEAD, {"reason": "系统升级"}, to=local("2020-10-12T18:00"))
    waiting = rectifying.ticket
    names = [name for name in waiting.deadlines if name == "answer" or name.startswith("report:")]
    bare = {name: item for name, item in waiting.deadlines.items() if name not in names}
    rectifying.ticket = waiting._replace(deadlines=bare)
    event = attempt(rectifying, state("found", stage="first"))
    assert isinstance(event, Event)
    after = evolve(rectifying.ticket, event)
    assert {name: after.deadlines[name].state for name in names} == dict.fromkeys(names, RUNS)
    ended = {**bare, **{name: waiting.deadlines[name]._replace(state=ENDED, next_at=None) for name in names}}
    rectifying.ticket = waiting._replace(deadlines=ended)
    event = attempt(rectifying, state("found", stage="first"))
    assert isinstance(event, Event)
    assert {evolve(rectifying.ticket, event).deadlines[name].epoch for name in names} == {2}


def test_the_clock_of_last_resort_ends_where_another_one_rings(rectifying: Matter) -> None:
    silent = state("rectifying", clocks=())
    silenced = clock("rectify", rests_in=("rectifying", "submitted", "suspended", "withdrawn"))
    matter = Matter(rectifying.now, changed(states=silent.states, clocks=silenced.clocks), rectifying.calendar)
    matter.open().do("assign", lead="SCJGJ").do("accept", LEAD)
    assert matter.ticket.deadlines["silence"].state == RUNS
    gone_over(matter, changed(title=Text("整改", "rectify"), states=silent.states, clocks=silenced.clocks))
    assert matter.ticket.deadlines["silence"].state == RUNS
    late_clock = Clock("look", Text("查看", "look"), "lead", {"*": "2 working days"}, "report")
    states = {**silent.states, "rectifying": silent.states["rectifying"]._replace(clocks=("look",))}
    gone_over(matter, changed(states=states, clocks={**silenced.clocks, "look": late_clock}))
    assert matter.ticket.deadlines["silence"].state == ENDED and matter.ticket.wake_at == matter.ticket.deadlines["look"].next_at


# what has no place ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("to", "states", "codes"), [
    (called("rectifying", "working"), {}, ["migrate-no-state"]),
    (BASE, {"rectifying": "nowhere"}, ["migrate-no-state"]),
    (BASE, {"rectifying": "verified"}, ["migrate-final", "migrate-promise"]),
    (BASE, {"rectifying": "found"}, ["migrate-hidden", "migrate-promise"]),
    (BASE, {"rectifying": "suspended"}, ["migrate-rests", "migrate-promise"]),
    (BASE, {"rectifying": "submitted"}, ["migrate-promise"]),
    (changed(grades={"A": BASE.grades["A"]}), {}, ["migrate-no-grade"]),
    (changed(grades={}), {}, ["migrate-no-grade"]),
    (without_clock("rectify"), {}, ["migrate-no-clock"]),
    (without_clock("part"), {}, ["migrate-no-clock"]),
    (clock("rectify", promise=False), {}, ["migrate-other-clock"]),
    (clock("rectify", of="office"), {}, ["migrate-other-clock"]),
    (clock("accept", promise=True), {}, ["migrate-other-clock"]),
    (clock("rectify", rests_in=()), {}, []),
    (changed(clocks={**BASE.clocks, "rectify": BASE.clocks["rectify"]._replace(promise=False)},
             grades={"A": BASE.grades["A"]}), {"found": "x"}, ["migrate-no-grade", "migrate-other-clock"]),
])
def test_what_the_new_version_has_no_place_for_is_said_whole(
    rectifying: Matter, to: Definition, states: dict[str, str], codes: list[str],
) -> None:
    outcome = attempt(rectifying, to, **states)
    assert (list(dict.fromkeys(reason.code for reason in outcome.reasons)) if isinstance(outcome, Refusal) else []) == codes


def test_a_ticket_without_grade_needs_the_default_of_the_new_version(matter: Any) -> None:
    bare = matter().open()
    bare.ticket = bare.ticket._replace(grade=None)  # as an import may leave it
    assert refused(bare, changed(default_grade=None)) == ["migrate-grade-missing"]
    assert isinstance(attempt(bare, changed(default_grade="B")), Event)


def test_a_suspended_ticket_must_be_able_to_go_back(rectifying: Matter) -> None:
    rectifying.do("suspend", OFFICE, {"reason": "汛期"})
    resume = BASE.triggers["resume"]
    without = changed(triggers={
        **BASE.triggers, "resume": resume._replace(back=("assigned",)),
        "reinstate": BASE.triggers["reinstate"]._replace(back=("assigned",)),
    })
    assert refused(rectifying, without) == ["migrate-no-way-back"]
    assert refused(rectifying, BASE, rectifying="verified") == ["migrate-no-way-back"]
    assert refused(rectifying, clock("rectify", rests_in=("submitted",))) == ["migrate-promise"]
    assert refused(rectifying, without_clock("pause")) == ["migrate-no-clock"]


def test_an_open_request_and_an_open_instruction_keep_their_clocks(rectifying: Matter) -> None:
    rectifying.do("instruct", LEADER, {"note": "请办"})
    rectifying.do("request-extension", LEAD, {"reason": "系统升级"}, to=local("2020-10-12T18:00"))
    assert refused(rectifying, without_clock("answer")) == ["migrate-no-clock"]
    assert refused(rectifying, without_clock("report")) == ["migrate-no-clock"]
    assert refused(rectifying, clock("answer", runs_with="proposal")) == ["migrate-other-clock"]


def test_what_was_proposed_stays_a_proposal_and_its_clock_keeps_its_name(rectifying: Matter) -> None:
    late(rectifying, "2020-10-14T18:00")
    assert rectifying.ticket.proposals
    rungs = BASE.ladders["unit"].rungs
    acting = ladder("unit", *rungs[:2], rungs[2]._replace(act="notify"), *rungs[3:])
    assert refused(rectifying, acting) == ["migrate-other-rung"]
    assert refused(rectifying, without_clock("sign")) == ["migrate-no-clock"]
    rectifying.do("waive", OFFICE, {"reason": "已整改"})
    assert refused(rectifying, without_clock("sign")) == ["migrate-no-clock"], "a unit would read of it once it had ended"
    event = gone_over(rectifying, clock("sign", amount={"*": "5 working days"}))
    assert "moved" not in event.data, "it has ended"


def test_a_standing_item_stays_one(matter: Any) -> None:
    standing = matter().open().do("assign", lead="SCJGJ", standing=True)
    before = standing.ticket.deadlines["review"]
    gone_over(standing, clock("review", amount={"*": "6 months"}))
    assert standing.ticket.deadlines["review"].due_at > before.due_at and standing.ticket.promised_at is None


def test_a_clock_that_the_version_before_did_not_know_stays_as_it_ended(assigned: Matter) -> None:
    gone_over(assigned, without_clock("accept"))
    gone_over(assigned, changed(title=Text("整改", "rectify"), states=without_clock("accept").states))
    assert assigned.ticket.deadlines["accept"].state == VOID


def test_a_new_state_of_the_new_version_is_none_of_a_tickets_business(rectifying: Matter) -> None:
    extra = State("reviewing", Text("复核中", "reviewing"), "submitted", "office")
    gone_over(rectifying, changed(states={**BASE.states, "reviewing": extra}))
