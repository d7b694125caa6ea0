"""Whoever gains a duty, loses one or has one moved is told of the act, once, whatever the act was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.rules.access import Actor
from engine.rules.acts import handover
from engine.rules.deadline import RESTS, RUNS
from engine.rules.duty import Concerned, concerned
from engine.rules.event import Event
from engine.rules.recipients import Directory, told_of_act
from engine.rules.ticket import Ticket, evolve, fold
from tests.rules.conftest import COOPERATOR, LEAD, LEADER, OFFICE, PEOPLE, Matter, china, local
from tests.rules.lives import NAMES, lived

LAWFUL = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
CODES = ("SCJGJ", "SWJ", "GAJ", "FY", "FGW")
PEOPLE_OF_ALL = replace(PEOPLE, contacts={code: (f"{code.lower()}-contact",) for code in CODES}, heads={})
CHINA = china()

Act = Callable[[Matter], object]


def told(matter: Matter, act: Act, people: Directory = PEOPLE_OF_ALL) -> dict[str, int]:
    """Who is told of what the act does, and by which of its events."""
    before, known = matter.ticket, len(matter.events)
    act(matter)
    return dict(told_of_act(matter.definition, matter.events[known:], before, matter.ticket, lambda: people).people)


def do(trigger: str, actor: Actor = OFFICE, words: dict[str, str] | None = None, **given_: Any) -> Act:
    return lambda matter: matter.do(trigger, actor, words, **given_)


REASON = {"reason": "x"}


def test_a_reassignment_tells_the_former_lead_the_new_one_and_the_cooperator_that_is_dropped(rectifying: Matter) -> None:
    act = do("reassign", OFFICE, REASON, lead="GAJ", **{"with": ("FGW",)})
    assert set(told(rectifying, act)) == {"scjgj-contact", "swj-contact", "gaj-contact", "fgw-contact"}


@pytest.mark.parametrize("correction", [{"due": local("2020-11-02T18:00")}, {"grade": "B"}])
def test_a_date_that_the_office_corrects_is_told_to_the_lead_and_to_the_cooperator_whose_part_moves(
    rectifying: Matter, correction: dict[str, Any],
) -> None:
    assert set(told(rectifying, lambda matter: matter.amend(reason="录入错误", **correction))) == {"scjgj-contact", "swj-contact"}


def test_a_clock_of_a_unit_that_has_no_part_in_the_ticket_is_nobody_s_duty(rectifying: Matter) -> None:
    alone = rectifying.ticket._replace(lead=None, cooperators=())
    assert concerned(alone, alone._replace(deadlines={}), ()) == Concerned((), ())


def test_a_corrected_title_is_told_to_nobody(rectifying: Matter) -> None:
    assert told(rectifying, lambda matter: matter.amend(reason="录入错误", title="更正后的标题")) == {}


def test_more_time_is_told_to_the_cooperator_whose_part_moves(rectifying: Matter) -> None:
    rectifying.do("request-extension", LEAD, REASON, to=local("2020-10-15T18:00"))
    assert set(told(rectifying, do("grant"))) == {"scjgj-contact", "swj-contact"}


def test_going_on_after_a_pause_tells_whose_date_moved(rectifying: Matter) -> None:
    rectifying.do("suspend", OFFICE, REASON).at("2020-10-12T09:00")
    assert set(told(rectifying, do("resume"))) == {"scjgj-contact", "swj-contact"}


def test_what_is_withdrawn_is_told_to_whoever_still_had_to_do_something(rectifying: Matter) -> None:
    assert set(told(rectifying, do("withdraw", OFFICE, REASON))) == {"scjgj-contact", "swj-contact"}


def test_a_ticket_that_is_closed_is_no_news_to_a_cooperator_that_signed(submitted: Matter) -> None:
    assert set(told(submitted, do("verify"))) == {"scjgj-contact"}


def test_doing_what_is_asked_for_is_no_news_to_one_s_own_unit(rectifying: Matter) -> None:
    assert set(told(rectifying, do("sign-off", COOPERATOR))) == {"scjgj-contact"}
    assert set(told(rectifying, do("submit", LEAD, {"note": "x"}))) == {"office"}


def test_a_ticket_that_is_declined_is_told_to_the_colleagues_and_to_the_cooperator(assigned: Matter) -> None:
    people = replace(PEOPLE_OF_ALL, contacts={**PEOPLE_OF_ALL.contacts, "SCJGJ": (LEAD.name, "colleague")})
    assert set(told(assigned, do("decline", LEAD, REASON), people)) == {"office", "colleague", "swj-contact"}


def test_before_it_is_assigned_nobody_of_a_unit_is_told(matter: Callable[..., Matter]) -> None:
    found = matter().open(lead="SCJGJ", cooperators=("SWJ",))
    assert concerned(None, found.ticket, found.definition.hidden_states) == Concerned()
    assert told(found, lambda item: item.amend(reason="录入错误", grade="A", due=local("2020-11-02T18:00"))) == {}


def test_a_unit_that_has_nobody_is_heard_of_by_the_office_and_one_that_lost_its_duty_is_not(rectifying: Matter) -> None:
    people = Directory(office=("office", "second"), contacts={"GAJ": ("gaj-contact",)})
    assert set(told(rectifying, do("reassign", OFFICE, REASON, lead="GAJ", **{"with": ()}), people)) == {"gaj-contact"}
    assert set(told(rectifying, lambda matter: matter.amend(reason="x", due=local("2020-11-02T18:00")), people)) == {"gaj-contact"}
    assert set(told(rectifying, do("reassign", OFFICE, REASON, lead="FGW"), people)) == {"gaj-contact", "second"}


def test_a_stand_in_hears_what_the_contact_hears_and_whoever_acted_does_not(rectifying: Matter) -> None:
    people = replace(PEOPLE_OF_ALL, deputies={"gaj-contact": ("deputy",), "scjgj-contact": ("office",)})
    assert set(told(rectifying, do("reassign", OFFICE, REASON, lead="GAJ"), people)) == {
        "scjgj-contact", "gaj-contact", "deputy", "swj-contact",
    }


def test_the_successor_of_a_unit_hears_of_what_it_takes_over(rectifying: Matter) -> None:
    def merge(matter: Matter) -> None:
        event = handover.to_unit(matter.ticket, handover.Succession("SCJGJ", "SWJ", 12), OFFICE, matter.now, ())
        assert event is not None
        matter.events.append(event)
        matter.ticket = evolve(matter.ticket, event)

    assert set(told(rectifying, merge)) == {"scjgj-contact", "swj-contact"}


def test_of_an_act_before_which_a_rung_came_each_person_is_told_once_by_the_last_event_that_concerns_them(rectifying: Matter) -> None:
    rectifying.do("sign-off", COOPERATOR).at("2020-10-14T09:00")

    def late(matter: Matter) -> None:
        matter.sweep()
        matter.do("suspend", OFFICE, REASON)

    rungs = len(rectifying.events)
    found = told(rectifying, late, PEOPLE)
    last = len(rectifying.events)
    assert found == {
        "lead-contact": last, "lead-head": rungs + 2, "office": rungs + 3, "leader": rungs + 3, "tax-contact": last,
    }


def test_a_standing_item_without_a_date_takes_the_parts_back(rectifying: Matter) -> None:
    assert set(told(rectifying, lambda matter: matter.amend(reason="x", standing=True))) == {"scjgj-contact", "swj-contact"}


def test_a_leader_s_instruction_is_a_new_date_of_the_lead(rectifying: Matter) -> None:
    hidden = rectifying.definition.hidden_states
    before = rectifying.ticket
    assert concerned(before, rectifying.do("instruct", LEADER, {"note": "x"}).ticket, hidden) == Concerned(("SCJGJ",))


def obligations(ticket: Ticket | None, hidden: set[str], unit: str) -> tuple[object, ...]:
    """What a unit reads on its card: its role, and by when it has to do what; written without the rule that is tested."""
    if ticket is None or ticket.state in hidden:
        return (False, False)
    mine = ticket.lead == unit
    dates = sorted(
        (name, item.due_at) for name, item in ticket.deadlines.items()
        if not ticket.final and item.state in (RUNS, RESTS)
        and ((item.unit == unit) if item.unit else (mine and item.of in ("lead", "head")))
    )
    return (mine, unit in ticket.cooperators, *dates)


@LAWFUL
@given(st.data(), NAMES)
def test_everybody_whose_duty_changed_is_told_and_by_one_event(data: st.DataObject, name: str) -> None:
    matter = lived(data, name)
    events = matter.events
    hidden = {state for version in matter.definitions.values() for state in version.hidden_states}
    for index, event in enumerate(events):
        before, after = fold(events[:index]) if index else None, fold(events[: index + 1])
        found = told_of_act(matter.pinned(after), [event], before, after, lambda: PEOPLE_OF_ALL)
        assert set(found.people.values()) <= {event.seq} and found.events == ((event.seq,) if found.people else ())
        assert event.kind == "escalated" or event.actor not in found.people
        for unit in CODES:
            old, new = obligations(before, hidden, unit), obligations(after, hidden, unit)
            ended = {clock for clock, _ in old[2:]} - {clock for clock, _ in new[2:]}  # type: ignore[misc]
            fulfilled = old[:2] == new[:2] and set(new[2:]) <= set(old[2:]) and not after.final
            if old != new and not (fulfilled and all(after.deadlines[clock].state != "void" for clock in ended)):
                assert f"{unit.lower()}-contact" in {*found.people, event.actor}, (event.kind, event.data)
            elif not hidden & {after.state} and before is not None and event.kind in ("amended", "rescheduled"):
                assert f"{unit.lower()}-contact" not in found.people


@LAWFUL
@given(st.data(), NAMES, st.permutations(CODES))
def test_after_any_hand_over_every_running_part_is_of_a_cooperator_and_every_open_clock_of_a_unit_there_is(
    data: st.DataObject, name: str, codes: list[str],
) -> None:
    matter = lived(data, name)
    old, new = codes[:2]
    event = handover.to_unit(matter.ticket, handover.Succession(old, new, 12), OFFICE, matter.now, ())
    after = evolve(matter.ticket, event) if isinstance(event, Event) else matter.ticket
    assert old not in {after.lead, *after.cooperators}
    assert (after.lead is None) == (matter.ticket.lead is None), "a limit of a matter that nobody leads yet may run already"
    open_ = [item for item in after.deadlines.values() if item.state in (RUNS, RESTS)]
    for item in open_:
        assert item.unit is None or (item.unit in after.cooperators and item.unit not in after.signed)
        assert item.of == "office" or item.unit is not None or after.lead is not None or matter.ticket.lead is None
    if event is not None and (lead := after.deadlines.get("rectify")) is not None and lead.state == RUNS and name == "rectification":
        assert {item.unit for item in open_ if item.unit} == {*after.cooperators} - {*after.signed}
    alarms = [item.next_at for item in open_ if item.state == RUNS and item.next_at]
    assert after.wake_at == min(alarms, default=None)
    assert after.lead not in after.cooperators
    later = Matter(matter.now + timedelta(days=60), matter.definition, CHINA, PEOPLE_OF_ALL)
    later.ticket = after
    fired = [rung.data["clock"].partition(":") for rung in later.sweep() if rung.kind == "escalated"]
    assert {unit for clock, _, unit in fired if clock == "part"} <= {*after.cooperators}
