"""The effect of a superior's own date (上级时限): a clock of the office that goes on through every state, to the end of the ticket."""

from __future__ import annotations

from engine.rules.acts.effects.registry import Draft, effect
from engine.rules.acts.requirement import Requirement
from engine.rules.situation import Situation
from engine.rules.timing import clocks


@effect("set-outer", Requirement(takes=("outer",), clocks=(clocks.OUTER,)))
def set_outer(at: Situation, draft: Draft) -> None:
    """The superior's date begins to run where one is given; another date is a new epoch."""
    outer = at.moment("outer")
    if outer is None:
        return
    for clock in at.definition.clocks.values():
        if clock.runs_with == clocks.OUTER:
            old = at.ticket.deadlines.get(clock.name)
            draft.deadlines[clock.name] = clocks.start(at, clock, epoch=old.epoch + 1 if old else 1, fixed_at=outer)
