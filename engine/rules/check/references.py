"""Checks that every name that a definition mentions is defined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from engine.rules.acts.guards import GUARDS
from engine.rules.acts.rule_names import EFFECT_NAMES
from engine.rules.definition import ANY_GRADE, Definition

Found = tuple[str, str, Mapping[str, object]]


def problems(definition: Definition) -> list[Found]:
    return [
        found for path, name, kind, defined in _mentions(definition)
        if name not in defined and (found := (path, "check-unknown", {"kind": kind, "name": name, "near": _near(name, defined)}))
    ]


def _near(name: str, defined: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, list(defined), 1)), "")


def _mentions(definition: Definition) -> Iterable[tuple[str, str, str, Iterable[str]]]:
    """Every mention of a name: the path where it stands, the name, its kind, and the names that are defined of that kind."""
    states, clocks, ladders, triggers = definition.states, definition.clocks, definition.ladders, definition.triggers
    grades = {*definition.grades, ANY_GRADE}
    yield "workflow.initial", definition.initial, "state", states
    if definition.default_grade is not None:
        yield "workflow.default_grade", definition.default_grade, "grade", definition.grades
    for state in states.values():
        for clock in state.clocks:
            yield f"states.{state.name}.clocks", clock, "clock", clocks
    for limit in clocks.values():
        path = f"clocks.{limit.name}"
        yield f"{path}.ladder", limit.ladder, "ladder", ladders
        if limit.before is not None:
            yield f"{path}.before", limit.before, "clock", clocks
        for name in limit.rests_in:
            yield f"{path}.rests_in", name, "state", states
        for grade in (*limit.amount, *limit.urgent):
            yield f"{path}.amount", grade, "grade", grades
    for ladder in ladders.values():
        for rung in ladder.rungs:
            path = f"ladders.{ladder.name}.{rung.name}"
            if rung.trigger is not None:
                yield path, rung.trigger, "trigger", triggers
            for grade in rung.at:
                yield path, grade, "grade", grades
    for grade in definition.extensions:
        yield f"extensions.{grade}", grade, "grade", grades
    for trigger in triggers.values():
        path = f"triggers.{trigger.name}"
        for name in trigger.sources:
            yield f"{path}.from", name, "state", states
        for name in (*((trigger.target,) if trigger.target else ()), *trigger.back):
            yield f"{path}.to", name, "state", states
        for guard in trigger.guards:
            yield f"{path}.guards", guard.name, "guard", GUARDS
            for grade in guard.grades:
                yield f"{path}.guards", grade, "grade", grades
        for effect in trigger.effects:
            yield f"{path}.effects", effect, "effect", EFFECT_NAMES
        for clock in (*trigger.restart, *trigger.at_least):
            yield path, clock, "clock", clocks
        for item in trigger.input:
            for grade in item.required_for:
                yield f"{path}.input.{item.name}", grade, "grade", grades
