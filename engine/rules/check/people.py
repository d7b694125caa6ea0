"""Checks that somebody can do every step, and that nobody verifies their own work."""

from __future__ import annotations

from engine.rules.check.references import Found
from engine.rules.definition import ANY_GRADE, Definition

_OF_UNITS = frozenset({"lead", "cooperator", "head"})
"""The relations to a ticket of those who do the work."""


def problems(definition: Definition) -> list[Found]:
    return [*_nobody(definition), *_own_judge(definition), *_letters(definition)]


def _nobody(definition: Definition) -> list[Found]:
    return [
        (f"triggers.{trigger.name}", "check-nobody", {"trigger": trigger.name})
        for trigger in definition.triggers.values() if not trigger.by
    ]


def _own_judge(definition: Definition) -> list[Found]:
    """What ends a ticket as done is judged by other hands, and no unit closes its own work; somebody who may judge exists."""
    found: list[Found] = []
    for trigger in definition.triggers.values():
        target = definition.states.get(trigger.target or "")
        judges = any(guard.name == "other-hands" for guard in trigger.guards)
        closes = "close" in trigger.effects or bool(_OF_UNITS.intersection(trigger.by))
        if target is not None and target.final and closes and not judges:
            found.append((f"triggers.{trigger.name}", "check-own-judge", {"trigger": trigger.name}))
        if judges and not {"office", "leader"} & set(trigger.by):
            found.append((f"triggers.{trigger.name}", "check-never-verified", {"trigger": trigger.name}))
    return found


def _letters(definition: Definition) -> list[Found]:
    """A rung that sends letters says one for every relation: `*` at least."""
    return [
        (f"ladders.{ladder.name}.{rung.name}", "check-letter", {"rung": rung.name})
        for ladder in definition.ladders.values() for rung in ladder.rungs if rung.letter and ANY_GRADE not in rung.letter
    ]
