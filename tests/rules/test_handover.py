"""Work that goes on under another name: who it is about changes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from engine.rules.access import Actor
from engine.rules.acts import handover
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import decide
from engine.rules.deadline import ENDED, RESTS, RUNS, VOID, Deadline
from engine.rules.event import Event, for_the_office
from engine.rules.proof.chain import stamp
from engine.rules.ticket import Ticket, evolve, fold
from engine.rules.ticket_facts import Objection
from tests.rules.conftest import COOPERATOR, LEAD, OFFICE, Matter, local

ADMIN = Actor("admin", "admin", None, "test")
NOW = local("2020-09-28T10:00")


def passed(matter: Matter, old: str, new: str) -> Ticket:
    event = handover.to_unit(matter.ticket, handover.Succession(old, new, 12), ADMIN, NOW, ())
    assert isinstance(event, Event)
    assert (event.kind, event.data["unit"], event.data["entry"]) == ("handed-over", [old, new], 12)
    after = evolve(matter.ticket, event)
    assert fold([*matter.events, event]) == after
    return after


def test_the_successor_of_the_lead_leads_with_the_same_dates(rectifying: Matter) -> None:
    after = passed(rectifying, "SCJGJ", "GAJ")
    assert (after.lead, after.cooperators) == ("GAJ", ("SWJ",))
    before = rectifying.ticket
    assert after._replace(lead="SCJGJ", version=after.version - 1, past={}, changed_at=before.changed_at, told_at=before.told_at) == before
    assert after.past == {"SCJGJ": after.version}


def test_the_successor_of_a_cooperator_stands_in_its_place(assigned: Matter) -> None:
    after = passed(assigned, "SWJ", "GAJ")
    assert (after.lead, after.cooperators) == ("SCJGJ", ("GAJ",))


@pytest.mark.parametrize(("old", "new"), [("SCJGJ", "SWJ"), ("SWJ", "SCJGJ")])
def test_a_lead_and_a_cooperator_that_become_one_lead(assigned: Matter, old: str, new: str) -> None:
    after = passed(assigned, old, new)
    assert (after.lead, after.cooperators) == (new, ())


def test_the_part_of_a_cooperator_that_leads_now_is_void_and_says_how_far_it_had_come(rectifying: Matter) -> None:
    part = rectifying.ticket.deadlines["part:SWJ"]
    after = passed(rectifying, "SCJGJ", "SWJ").deadlines["part:SWJ"]
    assert after == part._replace(state=VOID, next_at=None)


def test_who_has_nothing_to_do_with_it_hands_nothing_over(assigned: Matter) -> None:
    assert handover.to_unit(assigned.ticket, handover.Succession("GAJ", "FGW", 12), ADMIN, NOW, ()) is None


def test_a_signature_goes_with_the_unit(rectifying: Matter) -> None:
    rectifying.do("sign-off", COOPERATOR)
    assert set(passed(rectifying, "SWJ", "GAJ").signed) == {"GAJ"}
    assert passed(rectifying, "SWJ", "SCJGJ").signed == {}
    assert set(passed(rectifying, "SCJGJ", "GAJ").signed) == {"SWJ"}


EARLY, LATE = local("2020-09-26T09:00"), local("2020-09-27T09:00")


@pytest.mark.parametrize(("signed", "left"), [
    ({"SWJ": EARLY, "GAJ": LATE}, {"GAJ": LATE}), ({"SWJ": EARLY}, {}), ({"GAJ": EARLY}, {}), ({}, {}), ({"FGW": EARLY}, {"FGW": EARLY}),
])
def test_two_cooperators_that_become_one_have_signed_when_both_had(
    assigned: Matter, signed: dict[str, datetime], left: dict[str, datetime],
) -> None:
    assigned.ticket = assigned.ticket._replace(cooperators=("SWJ", "GAJ", "FGW"), signed=signed)
    event = handover.to_unit(assigned.ticket, handover.Succession("SWJ", "GAJ", 12), ADMIN, NOW, ())
    assert isinstance(event, Event)
    after = evolve(assigned.ticket, event)
    assert (after.cooperators, after.signed) == (("GAJ", "FGW"), left)


@pytest.mark.parametrize(("new", "left"), [("GAJ", {"GAJ": 2, "FGW": 3}), ("FGW", {"FGW": 3}), ("SCJGJ", {"FGW": 3})])
def test_an_objection_and_a_part_left_out_are_the_successor_s(assigned: Matter, new: str, left: dict[str, int]) -> None:
    objections = {"SHUIWJ": Objection(EARLY, 2), "FGW": Objection(EARLY, 3)}
    assigned.ticket = assigned.ticket._replace(
        cooperators=("SHUIWJ", "FGW"), objections=objections, left_out=dict.fromkeys(objections, LATE),
    )
    event = handover.to_unit(assigned.ticket, handover.Succession("SHUIWJ", new, 12), ADMIN, NOW, ())
    assert isinstance(event, Event)
    after = evolve(assigned.ticket, event)
    assert {unit: item.seq for unit, item in after.objections.items()} == left
    assert set(after.left_out) == set(left)


@pytest.mark.parametrize("old", ["SCJGJ", "SWJ"])
def test_a_lead_merged_into_its_own_cooperator_leaves_no_part_that_would_urge_it(rectifying: Matter, old: str) -> None:
    assert rectifying.ticket.deadlines["part:SWJ"].state == RUNS
    after = passed(rectifying, old, {"SCJGJ": "SWJ", "SWJ": "SCJGJ"}[old])
    assert [item for item in after.deadlines.values() if item.unit and item.state in (RUNS, RESTS)] == []
    later = Matter(local("2020-12-01T09:00"), rectifying.definition, rectifying.calendar)
    later.ticket = after
    assert {event.data["clock"] for event in later.sweep() if event.kind == "escalated"} == {"rectify", "sign"}


@pytest.mark.parametrize("signs", ["SWJ", "GAJ"])
def test_two_cooperators_that_become_one_have_a_part_that_runs_while_one_has_not_signed(
    matter: Callable[..., Matter], signs: str,
) -> None:
    both = matter().open().do("assign", lead="SCJGJ", **{"with": ("SWJ", "GAJ")}).do("accept", LEAD)
    both.do("sign-off", replace(COOPERATOR, unit=signs))
    after = passed(both, "SWJ", "GAJ")
    part = after.deadlines["part:GAJ"]
    assert (part.state, part.unit, part.epoch) == (RUNS, "GAJ", 2 if signs == "GAJ" else 1)
    assert "part:SWJ" not in after.deadlines and after.signed == {}
    both.ticket = after
    assert both.do("sign-off", replace(COOPERATOR, unit="GAJ")).ticket.deadlines["part:GAJ"].state == ENDED


def reopened(verified: Matter, ended: tuple[str, ...], **given: str) -> Event | Refusal:
    return decide(verified.situation()._replace(ended=ended), Command("reopen", given, {"reason": "反弹"}, salt="salt"))


def test_a_ticket_of_a_unit_that_ended_goes_on_at_a_lead_that_is_named(submitted: Matter) -> None:
    verified = submitted.do("verify")
    refused = reopened(verified, ("SCJGJ",))
    assert isinstance(refused, Refusal)
    assert [(reason.code, reason.needs) for reason in refused.reasons] == [("lead-ended", ("lead",))]
    event = reopened(verified, ("SCJGJ",), lead="GAJ")
    assert isinstance(event, Event)
    after = evolve(verified.ticket, event)
    assert (after.lead, after.cooperators, after.past) == ("GAJ", ("SWJ",), {"SCJGJ": after.version})


def test_a_cooperator_that_ended_and_one_that_leads_from_now_on_cooperate_no_more(submitted: Matter) -> None:
    verified = submitted.do("verify")
    for ended, given in ((("SWJ",), {}), ((), {"lead": "SWJ"})):
        event = reopened(verified, ended, **given)
        assert isinstance(event, Event)
        after = evolve(verified.ticket, event)
        assert (after.lead, after.cooperators) == (given.get("lead", "SCJGJ"), ())
        assert after.deadlines["part:SWJ"].state == ENDED


def part(unit: str) -> Deadline:
    return Deadline(f"part:{unit}", "cooperator", 1, NOW, NOW + timedelta(days=2), next_at=NOW + timedelta(days=1), unit=unit)


def test_the_clock_of_a_part_goes_on_under_the_new_name(assigned: Matter) -> None:
    assigned.ticket = assigned.ticket._replace(deadlines={**assigned.ticket.deadlines, "part:SWJ": part("SWJ")})
    event = handover.to_unit(assigned.ticket, handover.Succession("SWJ", "GAJ", 12), ADMIN, NOW, ())
    assert isinstance(event, Event)
    after = evolve(assigned.ticket, event)
    assert after.deadlines["part:GAJ"] == part("SWJ")._replace(clock="part:GAJ", unit="GAJ")
    assert "part:SWJ" not in after.deadlines


@pytest.mark.parametrize("new", ["GAJ", "SCJGJ"])
def test_a_part_ends_where_the_successor_has_its_own_or_leads(assigned: Matter, new: str) -> None:
    deadlines = {name: item._replace(next_at=None) for name, item in assigned.ticket.deadlines.items()}
    deadlines |= {"part:SWJ": part("SWJ"), "part:GAJ": part("GAJ")._replace(next_at=NOW + timedelta(days=3))}
    assigned.ticket = assigned.ticket._replace(cooperators=("SWJ", "GAJ"), deadlines=deadlines, wake_at=NOW + timedelta(days=1))
    event = handover.to_unit(assigned.ticket, handover.Succession("SWJ", new, 12), ADMIN, NOW, ())
    assert isinstance(event, Event)
    after = evolve(assigned.ticket, event)
    assert {name for name in after.deadlines if name.startswith("part")} == {"part:GAJ"}
    assert event.data["effects"]["wake_at"] == stamp(NOW + timedelta(days=3))


def test_a_leader_s_place_and_an_open_request_go_to_another_account(rectifying: Matter) -> None:
    rectifying.do("request-extension", LEAD, {"reason": "外线施工受限"}, to=local("2020-10-12T18:00"))
    rectifying.ticket = rectifying.ticket._replace(leader="vice")
    for old, new in (("vice", "mayor"), (LEAD.name, "lead-second")):
        event = handover.to_account(rectifying.ticket, handover.Succession(old, new, 9), OFFICE, NOW)
        assert isinstance(event, Event) and event.data["account"] == [old, new]
        rectifying.ticket = evolve(rectifying.ticket, event)
    assert rectifying.ticket.leader == "mayor"
    assert rectifying.ticket.request is not None and rectifying.ticket.request.by == "lead-second"
    assert handover.to_account(rectifying.ticket, handover.Succession("vice", "mayor", 9), OFFICE, NOW) is None


def test_an_account_that_nothing_waits_for_hands_nothing_over(rectifying: Matter) -> None:
    assert handover.to_account(rectifying.ticket, handover.Succession("lead-contact", "x", 9), OFFICE, NOW) is None


def test_of_a_ticket_in_a_hidden_state_the_unit_that_ends_keeps_no_history(matter: Callable[..., Matter]) -> None:
    """An unannounced visit is no unit's before 交办, so a unit that ends was never told of it."""
    case = matter().open(lead="SCJGJ")
    event = handover.to_unit(case.ticket, handover.Succession("SCJGJ", "GAJ", 12), ADMIN, NOW, case.definition.hidden_states)
    assert isinstance(event, Event)
    after = evolve(case.ticket, event)
    assert (after.lead, after.past) == ("GAJ", {})


def test_an_officer_s_place_goes_to_another_account(rectifying: Matter) -> None:
    assert rectifying.ticket.officer == OFFICE.name
    event = handover.to_account(rectifying.ticket, handover.Succession(OFFICE.name, "second", 9), ADMIN, NOW)
    assert isinstance(event, Event) and evolve(rectifying.ticket, event).officer == "second"
    assert for_the_office(event), "which account handles it is no unit's to read"
    both = rectifying.ticket._replace(leader=OFFICE.name)
    led = handover.to_account(both, handover.Succession(OFFICE.name, "second", 9), ADMIN, NOW)
    assert isinstance(led, Event) and not for_the_office(led)


@pytest.mark.parametrize(("successors", "ended"), [
    ({}, ()), ({"SCJGJ": "GAJ"}, ()), ({"SCJGJ": "GAJ", "GAJ": None}, ("SCJGJ",)), ({"SCJGJ": None, "SWJ": None}, ("SCJGJ", "SWJ")),
])
def test_a_unit_is_gone_where_nobody_stands_in_its_place_now(
    rectifying: Matter, successors: dict[str, str | None], ended: tuple[str, ...],
) -> None:
    assert handover.gone(rectifying.ticket, successors) == ended
