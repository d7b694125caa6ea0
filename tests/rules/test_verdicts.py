"""What `zg can` says, what the greyed button says, and why something is refused are one list: laws over random lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.registry.workflow_file import examine
from engine.rules.access import Actor
from engine.rules.acts.command import Refusal, Verdict
from engine.rules.acts.decide import assess
from engine.rules.acts.guards import GUARDS
from engine.rules.check import check
from engine.rules.definition import Trigger
from engine.rules.event import Event
from engine.rules.ticket_facts import Evidence
from engine.rules.timing import parts
from tests.rules.conftest import (
    AUDITOR,
    COOPERATOR,
    LEAD,
    LEAD_HEAD,
    LEADER,
    OFFICE,
    OTHER,
    ROOT,
    WATCH,
    Matter,
    local,
)
from tests.rules.lives import NAMES, SEEDS, filled, lived

LAWFUL = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
SCAN = Evidence("0" * 64, 1, "application/pdf")
Make = Callable[..., Matter]


def verdict(matter: Matter, trigger: str, actor: Actor = OFFICE) -> Verdict:
    return assess(matter.situation(actor), matter.definition.triggers[trigger])


def actors(matter: Matter) -> list[Actor]:
    """Everybody who could come to the desk with this ticket."""
    lead, together = matter.ticket.lead, next(iter(matter.ticket.cooperators), "SWJ")
    own = [replace(LEAD, unit=lead), replace(LEAD_HEAD, unit=lead)] if lead else []
    return [OFFICE, replace(OFFICE, name="second"), *own, replace(COOPERATOR, unit=together), OTHER, LEADER, AUDITOR, WATCH]


def needed(matter: Matter, trigger: Trigger, needs: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, str], list[dict[str, Any]]]:
    """Something sane for each need and for nothing else: input, words, evidence."""
    ticket, facts, words = matter.ticket, {}, {}
    evidence = [SCAN] if "file" in needs else []
    units = [unit for unit in ("GAJ", "FY", "SCJGJ") if unit not in (ticket.lead, *ticket.cooperators)]
    unsigned = [unit for unit in ticket.cooperators if unit not in ticket.signed]
    sane: dict[str, Any] = {
        "lead": units[0], "without": tuple(unit for unit in unsigned if parts.late(ticket, unit, matter.now)),
        "of": "ZG-2020-0002", "until": matter.now + timedelta(microseconds=1),
        "rung": next((item.rung for item in ticket.proposals if item.rung != "circular"), "circular"),
        "about": "extension" if ticket.request else "circular",
    }
    for name in needs:
        item = trigger.takes(name)
        if item is None:
            assert name == "file"
        elif item.kind == "words":
            words[name] = "依据事实"
        elif item.kind == "when":
            facts[name] = sane.get(name) or max(matter.now, ticket.promised_at or matter.now) + timedelta(microseconds=1)
        elif item.kind == "flag":
            facts[name] = True
        else:
            facts[name] = sane.get(name) or (item.choices[0] if item.choices else "张三")
    return facts, words, evidence


@LAWFUL
@given(st.data(), NAMES)
def test_what_is_possible_is_done_once_its_needs_are_given(data: st.DataObject, name: str) -> None:
    matter = lived(data, name)
    for actor in actors(matter):
        for trigger in matter.definition.triggers.values():
            found = verdict(matter, trigger.name, actor)
            if found.possible:
                facts, words, evidence = needed(matter, trigger, found.needs)
                outcome = matter.attempt(trigger.name, actor, words, evidence, **facts)
                assert isinstance(outcome, Event), (trigger.name, actor, found, outcome)


@LAWFUL
@given(st.data(), NAMES)
def test_what_stands_against_it_stands_whatever_is_given(data: st.DataObject, name: str) -> None:
    matter = lived(data, name)
    chance = Random(data.draw(SEEDS, label="what is given"))  # noqa: S311 – a walk, not a secret
    for actor in actors(matter):
        for trigger in matter.definition.triggers.values():
            found = verdict(matter, trigger.name, actor)
            if not found.possible:
                facts, words = filled(chance, trigger, matter)
                evidence = [SCAN] if chance.random() < 0.5 else []
                outcome = matter.attempt(trigger.name, actor, words, evidence, **facts)
                assert isinstance(outcome, Refusal), (trigger.name, actor, found)
                assert [reason for reason in found.reasons if reason not in outcome.reasons] == [], trigger.name


@LAWFUL
@given(st.data(), NAMES)
def test_nothing_given_is_refused_with_exactly_the_needs(data: st.DataObject, name: str) -> None:
    matter = lived(data, name)
    for actor in actors(matter):
        for trigger in matter.definition.triggers.values():
            found = verdict(matter, trigger.name, actor)
            outcome = matter.attempt(trigger.name, actor)
            refused = outcome.reasons if isinstance(outcome, Refusal) else ()
            assert {need for reason in refused for need in reason.needs} == set(found.needs)
            assert tuple(reason for reason in refused if not reason.needs) == found.reasons
            looked_at = {field for guard in trigger.guards for field in GUARDS[guard.name].looks_at}
            assert set(found.needs) <= looked_at | {item.name for item in trigger.input if item.required(matter.ticket.grade)}


def test_assigning_needs_a_lead_where_none_is_known(matter: Make) -> None:
    assert verdict(matter().open(), "assign").needs == ("lead",)
    assert verdict(matter().open(lead="SCJGJ"), "assign").needs == ()


def test_assigning_after_two_denials_needs_a_designation_and_its_basis(matter: Make) -> None:
    opened = matter().open().do("assign", lead="SCJGJ").do("decline", LEAD, {"reason": "x"})
    opened.do("assign", lead="GAJ").do("decline", OTHER, {"reason": "x"})
    assert verdict(opened, "assign") == (opened.definition.triggers["assign"], (), ("lead", "designate", "basis"))


def test_assigning_on_a_planned_date_that_passed_needs_another(matter: Make) -> None:
    opened = matter().open(lead="SCJGJ", due=local("2020-09-28T18:00")).at("2020-09-28T18:00")
    assert verdict(opened, "assign").needs == ("due",)


def test_a_contact_who_endorses_needs_a_scan_and_the_head_does_not(rectifying: Matter) -> None:
    assert (verdict(rectifying, "endorse", LEAD).possible, verdict(rectifying, "endorse", LEAD).needs) == (True, ("file",))
    assert verdict(rectifying, "endorse", LEAD_HEAD).needs == ()
    assert rectifying.reasons("endorse", LEAD) == {"scan-missing"}


def test_submitting_past_a_late_cooperator_needs_its_name_and_a_reason(rectifying: Matter) -> None:
    assert [reason.code for reason in verdict(rectifying, "submit", LEAD).reasons] == ["sign-off-missing"]
    rectifying.now = rectifying.ticket.deadlines["part:SWJ"].due_at
    assert verdict(rectifying, "submit", LEAD) == (rectifying.definition.triggers["submit"], (), ("note", "without", "reason"))


def test_the_office_names_the_leader_it_writes_for(assigned: Matter) -> None:
    assert verdict(assigned, "instruct").needs == ("note", "by")
    assert verdict(assigned, "instruct", LEADER).needs == ("note",)


def test_granting_needs_a_date_where_the_one_asked_for_will_not_do(rectifying: Matter) -> None:
    asked = rectifying.do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-12T18:00"))
    assert verdict(asked, "grant").needs == ()
    assert verdict(asked.at("2020-10-12T18:00"), "grant").needs == ("to",)
    assert [reason.code for reason in verdict(asked.at("2020-12-12T18:00"), "grant").reasons] == ["cap-used"]


def test_a_suspended_ticket_that_remembers_no_state_cannot_resume(rectifying: Matter) -> None:
    suspended = rectifying.do("suspend", OFFICE, {"reason": "等"})
    assert verdict(suspended, "resume").possible
    suspended.ticket = suspended.ticket._replace(returns_to=None)
    assert [reason.code for reason in verdict(suspended, "resume").reasons] == ["nowhere-back"]


@pytest.mark.parametrize("clock", ["accept", "signature", "denial-limit"])
def test_the_limit_for_declining_is_found_whatever_its_clock_is_called(tmp_path: Any, matter: Make, clock: str) -> None:
    text = (ROOT / "workflows" / "rectification.yaml").read_text(encoding="utf-8")
    renamed = [("clocks: [accept,", f"clocks: [{clock},"), ("restart: [accept,", f"restart: [{clock},")]
    for old, new in [*renamed, ("  accept:\n    title: {zh: 签收时限", f"  {clock}:\n    title: {{zh: 签收时限")]:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "workflow.yaml"
    path.write_text(text, encoding="utf-8")
    definition, problems = examine(path)
    assert definition is not None and problems == check(definition) == []
    case = Matter(local("2020-09-25T09:00"), definition, matter().calendar).open().do("assign", lead="SCJGJ")
    limit = case.ticket.deadlines[clock].due_at
    case.now = limit - timedelta(seconds=1)
    assert verdict(case, "decline", LEAD).possible
    case.now = limit
    assert [reason.code for reason in verdict(case, "decline", LEAD).reasons] == ["accept-limit-past"]
