"""Checks that a workflow has everything that its guards and effects need; each declares its needs in the registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.rules.acts.effects import EFFECTS
from engine.rules.acts.guards import GUARDS
from engine.rules.acts.guards.assignment import lead_limits
from engine.rules.acts.requirement import EVIDENCE, Requirement
from engine.rules.check.references import Found
from engine.rules.definition import ANY_GRADE, Definition, Trigger, by_grade
from engine.rules.definition.model import PROPOSES
from engine.rules.definition.reader import INPUT_KIND_BY_NAME


def problems(definition: Definition) -> list[Found]:
    found: list[Found] = []
    for trigger in definition.triggers.values():
        for kind, name, needs in _rules(trigger):
            missing = [*_of_trigger(definition, trigger, needs), *_of_workflow(definition, trigger, needs)]
            path = f"triggers.{trigger.name}.{kind}s"
            found += [(path, code, {"trigger": trigger.name, "name": name, **values}) for code, values in missing]
    return [*found, *_ways_back(definition)]


def _rules(trigger: Trigger) -> Iterator[tuple[str, str, Requirement]]:
    """Every guard and effect of a trigger with what it needs."""
    for guard in trigger.guards:
        yield "guard", guard.name, GUARDS[guard.name].needs
    for effect in trigger.effects:
        yield "effect", effect, EFFECTS[effect].needs


Missing = Iterator[tuple[str, Mapping[str, object]]]


def _of_trigger(definition: Definition, trigger: Trigger, needs: Requirement) -> Missing:
    grades = list(definition.grades) or [ANY_GRADE]
    for field in dict.fromkeys((*needs.takes, *needs.requires)):
        item = trigger.takes(field)
        if field == EVIDENCE:
            continue
        if item is None:
            yield "check-needs-input", {"field": field}
        elif not _kind_fits(field, item.kind):
            yield "check-input-kind", {"field": field, "kind": item.kind, "known": INPUT_KIND_BY_NAME[field]}
        elif field in needs.requires and not all(item.required(grade) for grade in grades):
            yield "check-needs-required", {"field": field}
    beside = {guard.name for guard in trigger.guards if not guard.grades}
    yield from (("check-needs-guard", {"guard": guard}) for guard in needs.guards if guard not in beside)


def _kind_fits(field: str, kind: str) -> bool:
    """Whether a field holds what the rules read in it: a date is compared, a unit looked up. Texts of any kind are texts."""
    texts = ("text", "choice", "leader", "account")
    return kind == INPUT_KIND_BY_NAME[field] or (kind in texts and INPUT_KIND_BY_NAME[field] in texts)


def _of_workflow(definition: Definition, trigger: Trigger, needs: Requirement) -> Missing:
    running = {clock.runs_with for clock in definition.clocks.values()}
    effects = {effect for other in definition.triggers.values() for effect in other.effects}
    proposing = any(rung.act == PROPOSES for ladder in definition.ladders.values() for rung in ladder.rungs)
    yield from (("check-needs-clock", {"runs_with": clock}) for clock in needs.clocks if clock not in running)
    yield from (("check-needs-effect", {"effect": effect}) for effect in needs.effects if effect not in effects)
    if needs.limit:
        yield from (("check-needs-limit", {"state": state}) for state in trigger.sources if not lead_limits(definition, state))
    if needs.proposes and not proposing:
        yield "check-needs-proposal", {}
    if needs.returns and not any(other.back for other in definition.triggers.values()):
        yield "check-needs-return", {}
    short = [grade for grade in definition.grades or [ANY_GRADE] if by_grade(definition.extensions, grade) is None]
    if needs.extensions and short:
        yield "check-needs-extensions", {"grades": ", ".join(short)}


def _resting(definition: Definition, state: str) -> bool:
    """Whether a ticket stands in this state aside, on its way back to another."""
    return any(state in trigger.sources for trigger in definition.triggers.values() if trigger.back)


def _ways_back(definition: Definition) -> list[Found]:
    """Whatever state is remembered, some trigger leads back to it from where the ticket went."""
    found: list[Found] = []
    for trigger in definition.triggers.values():
        if not {"remember-state", "remember-withdrawn"} & {*trigger.effects} or trigger.target is None:
            continue
        back = {state for other in definition.triggers.values() if trigger.target in other.sources for state in other.back}
        found += [
            (f"triggers.{trigger.name}", "check-no-way-back", {"trigger": trigger.name, "state": state})
            for state in trigger.sources
            if state not in (trigger.target, *back)
            and not ("remember-withdrawn" in trigger.effects and _resting(definition, state))
        ]
    return found
