"""Checks that nothing open is ever silent: in every state that is no end some clock runs whose last rung comes round again.

A clock repeats by itself once its ladder has a rung for the ticket's grade, and `shape` finds a state of somebody's turn without a clock.
What is left are ladders that leave a grade out, states in which every clock stands still, and standing items, whose promise never runs.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.rules.check.references import Found
from engine.rules.check.shape import targets
from engine.rules.definition import ANY_GRADE, Clock, Definition, State
from engine.rules.timing.clocks import PAUSE, STANDING
from engine.rules.timing.repetition import last_rung


def problems(definition: Definition) -> list[Found]:
    found = list(_without_rung(definition))
    for state in definition.states.values():
        if state.rests and not state.final:
            found += _at_rest(definition, state)
        elif not state.final:
            found += _standing(definition, state)
    return found


def _without_rung(definition: Definition) -> Iterator[Found]:
    """Every ladder that a clock climbs has a rung for every grade."""
    for clock in definition.clocks.values():
        ladder = definition.ladders[clock.ladder]
        missing = [grade for grade in definition.grades or [ANY_GRADE] if last_rung(ladder, grade) is None]
        if ladder.rungs and missing:
            values = {"clock": clock.name, "ladder": ladder.name, "grades": ", ".join(missing)}
            yield f"clocks.{clock.name}.ladder", "check-no-rung", values


def _at_rest(definition: Definition, state: State) -> Iterator[Found]:
    """Where every other clock stands still, the one of the suspension runs, and whatever leads there begins it."""
    if not any(state.name not in clock.rests_in for clock in _clocks(definition, PAUSE)):
        yield f"states.{state.name}", "check-silent-rest", {"state": state.name}
    for trigger in definition.triggers.values():
        entered_from = [
            source for source in trigger.sources if not definition.states[source].rests and state.name in targets(trigger, source)
        ]
        if entered_from and "pause" not in trigger.effects:
            yield f"triggers.{trigger.name}", "check-silent-entry", {"state": state.name, "trigger": trigger.name}


def _standing(definition: Definition, state: State) -> Iterator[Found]:
    """A standing item has no promise: where only the promise runs, its review does."""
    reviews = _clocks(definition, STANDING)
    promised = bool(state.clocks) and all(definition.clocks[name].promise for name in state.clocks)
    if reviews and promised and all(state.name in clock.rests_in for clock in reviews):
        yield f"states.{state.name}", "check-silent-standing", {"state": state.name, "clock": reviews[0].name}


def _clocks(definition: Definition, runs_with: str) -> list[Clock]:
    return [clock for clock in definition.clocks.values() if clock.runs_with == runs_with]
