"""Checks that every clock has an amount and a ladder for every grade, that rungs come in order, and that a rung that fires a
trigger can.
"""

from __future__ import annotations

from itertools import pairwise

from engine.rules.check.references import Found
from engine.rules.definition import ANY_GRADE, Clock, Definition, Ladder, by_grade
from engine.rules.definition.model import PROPOSES
from engine.rules.timing.parts import PART


def problems(definition: Definition) -> list[Found]:
    found: list[Found] = []
    for clock in definition.clocks.values():
        found += _amounts(definition, clock)
    for ladder in definition.ladders.values():
        found += [*_order(definition, ladder), *_fires(definition, ladder)]
    return [*found, *_unanswered(definition)]


def _grades(definition: Definition) -> list[str]:
    return list(definition.grades) or [ANY_GRADE]


def _amounts(definition: Definition, clock: Clock) -> list[Found]:
    missing = [grade for grade in _grades(definition) if by_grade(clock.amount, grade) is None]
    found: list[Found] = []
    if missing:
        found.append((f"clocks.{clock.name}.amount", "check-no-amount", {"clock": clock.name, "grades": ", ".join(missing)}))
    if not definition.ladders[clock.ladder].rungs:
        found.append((f"clocks.{clock.name}.ladder", "check-empty-ladder", {"clock": clock.name, "ladder": clock.ladder}))
    counted = all(amount.endswith(("working day", "working days")) for amount in clock.amount.values())
    if (clock.runs_with == PART) != (clock.before is not None) or (clock.before is not None and not counted):
        found.append((f"clocks.{clock.name}", "check-before", {"clock": clock.name}))
    return found


def _order(definition: Definition, ladder: Ladder) -> list[Found]:
    """For every grade the rungs' dates and levels never go down, and each name stands once."""
    found: list[Found] = []
    names = [rung.name for rung in ladder.rungs]
    found += [
        (f"ladders.{ladder.name}.{name}", "check-rung-twice", {"ladder": ladder.name, "rung": name})
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    for grade in _grades(definition):
        steps = [(offset, rung) for rung in ladder.rungs if (offset := by_grade(rung.at, grade)) is not None]
        for (earlier, before), (later, after) in pairwise(steps):
            if later < earlier or after.level < before.level:
                found.append((
                    f"ladders.{ladder.name}.{after.name}", "check-rung-order",
                    {"ladder": ladder.name, "rung": after.name, "before": before.name, "grade": grade},
                ))
    return found


def _fires(definition: Definition, ladder: Ladder) -> list[Found]:
    """A rung that fires needs a trigger that the watch may pull wherever a clock of this ladder runs."""
    found: list[Found] = []
    for rung in ladder.rungs:
        path = f"ladders.{ladder.name}.{rung.name}"
        if (rung.act == "fire") != (rung.trigger is not None):
            found.append((path, "check-rung-trigger", {"rung": rung.name}))
        elif rung.trigger is not None:
            trigger = definition.triggers[rung.trigger]
            clocks = {clock.name for clock in definition.clocks.values() if clock.ladder == ladder.name}
            where = [state.name for state in definition.states.values() if clocks & set(state.clocks)]
            if "watch" not in trigger.by or not set(where) <= set(trigger.sources):
                found.append((path, "check-rung-cannot-fire", {"rung": rung.name, "trigger": rung.trigger}))
    return found


def _unanswered(definition: Definition) -> list[Found]:
    """What is proposed can be issued and waived."""
    effects = {effect for trigger in definition.triggers.values() for effect in trigger.effects}
    found: list[Found] = []
    for ladder in definition.ladders.values():
        proposed = next((rung for rung in ladder.rungs if rung.act == PROPOSES), None)
        if proposed is not None and not {"issue", "waive"} <= effects:
            found.append((f"ladders.{ladder.name}.{proposed.name}", "check-never-issued", {"rung": proposed.name}))
    return found
