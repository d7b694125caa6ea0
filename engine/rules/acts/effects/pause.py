"""Effects of a suspension (暂缓): the way back, and the alarm at its end."""

from __future__ import annotations

from engine.rules.acts.effects.registry import Draft, effect
from engine.rules.acts.requirement import Requirement
from engine.rules.definition import by_grade
from engine.rules.situation import Situation
from engine.rules.timing import clocks
from engine.rules.timing.silence import LONGEST_PAUSE


@effect("remember-state", Requirement(returns=True))
def remember_state(at: Situation, draft: Draft) -> None:
    """Where a suspended ticket returns to; who names another end of the suspension changes nothing of that."""
    if at.ticket.returns_to is None:
        draft.change(returns_to=at.ticket.state)


@effect("pause", Requirement(takes=("until",), clocks=(clocks.PAUSE,)))
def pause(at: Situation, draft: Draft) -> None:
    """A suspension ends at the date it names, or after the longest pause of the grade: that rings at the office, and nothing resumes by
    itself. Another date is a new epoch.
    """
    until = at.moment("until")
    for clock in at.definition.clocks.values():
        if clock.runs_with == clocks.PAUSE:
            old, longest = at.ticket.deadlines.get(clock.name), by_grade(clock.amount, at.grade) or LONGEST_PAUSE
            draft.deadlines[clock.name] = clocks.start(at, clock, epoch=old.epoch + 1 if old else 1, fixed_at=until, amount=longest)
