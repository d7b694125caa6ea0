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
    draft.deadlines |= clocks.begin_attribute_clocks(at, clocks.OUTER, fixed_at=outer)
