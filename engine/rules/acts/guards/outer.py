"""Guards of a superior's own date (上级时限): it lies ahead, and no date of ours lies after it."""

from __future__ import annotations

from datetime import datetime

from engine.errors import Reason
from engine.rules.acts.guards.registry import guard
from engine.rules.acts.requirement import Requirement
from engine.rules.deadline import ENDED, RUNS, VOID
from engine.rules.definition import by_grade
from engine.rules.situation import Situation
from engine.rules.timing.clocks import OUTER, amount_of, clock_of
from engine.rules.worktime import due


@guard("outer-ahead", Requirement(takes=("outer",), clocks=(OUTER,)))
def outer_ahead(at: Situation) -> Reason | None:
    """The superior's date lies ahead when it is entered."""
    outer = at.moment("outer")
    return Reason("date-past", {"date": outer}) if outer is not None and outer <= at.now else None


@guard("within-outer", Requirement(clocks=(OUTER,)))
def within_outer(at: Situation) -> Reason | None:
    """Our own date is not after the superior's: whether it is named now, was planned, is asked for, or follows from the limit."""
    outer = at.moment("outer") or _running(at)
    ours = at.moment("due") or at.moment("to")
    if outer is None:
        return None
    if ours is not None:
        return Reason("beyond-outer", {"to": ours, "date": outer}) if ours > outer else None
    own = _follows(at)
    return Reason("beyond-outer", {"to": own, "date": outer}, needs=("due",)) if own is not None and own > outer else None


def _running(at: Situation) -> datetime | None:
    """The superior's date that was entered before."""
    found = (item for item in at.ticket.deadlines.values() if item.state == RUNS)
    return next((item.due_at for item in found if clock_of(at.definition, item).runs_with == OUTER), None)


def _follows(at: Situation) -> datetime | None:
    """Our date where nobody names one: the one asked for, the one that stands or was planned, or the end of the limit that begins."""
    if at.ticket.request is not None:
        return at.ticket.request.to
    promise, clock = at.ticket.promise, at.definition.promise
    if promise is not None and promise.state not in (ENDED, VOID):
        return promise.due_at
    amount = by_grade(clock.amount, at.grade) if clock is not None else None
    return due(at.now, amount_of(amount), at.calendar).at if amount is not None else None
