"""Checks the graph of a definition: every state can be reached and left, an end can be reached from it, and whoever has the turn there
has a limit.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.rules.check.references import Found
from engine.rules.definition import Definition, Trigger


def problems(definition: Definition) -> list[Found]:
    return [*_unreachable(definition), *_stuck(definition), *_endless(definition), *_limitless(definition), *_final(definition)]


def targets(trigger: Trigger, source: str) -> tuple[str, ...]:
    """Where the trigger leads from this state."""
    return trigger.back or (trigger.target or source,)


def _edges(definition: Definition) -> set[tuple[str, str]]:
    return {
        (source, target) for trigger in definition.triggers.values() for source in trigger.sources
        for target in targets(trigger, source) if target != source
    }


def _closure(start: Iterable[str], edges: set[tuple[str, str]]) -> set[str]:
    reached, waiting = set(start), list(start)
    while waiting:
        here = waiting.pop()
        for source, target in edges:
            if source == here and target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def _unreachable(definition: Definition) -> list[Found]:
    reached = _closure([definition.initial], _edges(definition))
    return [(f"states.{name}", "check-unreachable", {"state": name}) for name in definition.states if name not in reached]


def _stuck(definition: Definition) -> list[Found]:
    leaving = {source for source, _ in _edges(definition)}
    return [
        (f"states.{state.name}", "check-stuck", {"state": state.name})
        for state in definition.states.values() if not state.final and state.name not in leaving
    ]


def _endless(definition: Definition) -> list[Found]:
    """From every state some end can be reached."""
    finals = [state.name for state in definition.states.values() if state.final]
    if not finals:
        return [("states", "check-no-end", {})]
    ending = _closure(finals, {(target, source) for source, target in _edges(definition)})
    return [(f"states.{name}", "check-never-ends", {"state": name}) for name in definition.states if name not in ending]


def _limitless(definition: Definition) -> list[Found]:
    """Every state in which somebody has the turn runs a clock of that party; a state that rests runs none."""
    found: list[Found] = []
    for state in definition.states.values():
        path = f"states.{state.name}"
        if state.final or state.rests:
            if state.clocks:
                found.append((path, "check-clock-at-rest", {"state": state.name}))
            continue
        if state.turn is None:
            found.append((path, "check-no-turn", {"state": state.name}))
        elif not any(definition.clocks[clock].of == state.turn for clock in state.clocks):
            found.append((path, "check-no-clock", {"state": state.name, "turn": state.turn}))
    return found


def _final(definition: Definition) -> list[Found]:
    """The first state is not an end; there is at most one promise; a clock that no state runs is a mistake."""
    found: list[Found] = []
    if definition.states[definition.initial].final:
        found.append(("workflow.initial", "check-ends-at-once", {"state": definition.initial}))
    promises = [clock.name for clock in definition.clocks.values() if clock.promise]
    if len(promises) != 1:
        found.append(("clocks", "check-one-promise", {"count": len(promises)}))
    used = {clock for state in definition.states.values() for clock in state.clocks}
    found += [
        (f"clocks.{clock.name}", "check-idle-clock", {"clock": clock.name})
        for clock in definition.clocks.values() if clock.name not in used and clock.runs_with is None
    ]
    return found
