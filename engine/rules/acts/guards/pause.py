"""Guards of a suspension (暂缓): when it ends, and the dates that it touches."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from engine.errors import Reason
from engine.rules.acts.guards.registry import guard
from engine.rules.acts.requirement import Requirement
from engine.rules.definition import by_grade
from engine.rules.situation import Situation
from engine.rules.timing.clocks import PAUSE, amount_of
from engine.rules.worktime import Calendar, due


@guard("until-ahead", Requirement(takes=("until",)))
def until_ahead(at: Situation) -> Reason | None:
    """A suspension ends in the future."""
    until = at.moment("until")
    return Reason("date-past", {"date": until}) if until is not None and until <= at.now else None


@guard("new-end-named", Requirement(takes=("until",), clocks=(PAUSE,)))
def new_end_named(at: Situation) -> Reason | None:
    """Who suspends what is suspended already names another end."""
    return Reason("until-missing", needs=("until",)) if at.ticket.returns_to is not None and not at.moment("until") else None


@guard("within-longest-pause", Requirement(takes=("until",), clocks=(PAUSE,)))
def within_longest_pause(at: Situation) -> Reason | None:
    """A suspension ends, at the latest, when the longest pause of the grade is over, counted from its beginning. When that is over no end
    can be named any more.
    """
    until = at.moment("until")
    amount = next((by_grade(clock.amount, at.grade) for clock in at.definition.clocks.values() if clock.runs_with == PAUSE), None)
    if amount is None:
        return None
    since = at.now if at.ticket.returns_to is None else at.ticket.state_since
    last = _longest_until(since, amount, at.calendar.of(None))
    if last <= at.now:
        return Reason("pause-used", {"date": last, "cap": amount})
    return Reason("pause-too-long", {"to": until, "date": last, "cap": amount}) if until is not None and until > last else None


@lru_cache(maxsize=256)
def _longest_until(since: datetime, amount: str, calendar: Calendar) -> datetime:
    """When the longest pause from a moment is over: the same for all tickets of a list that are not suspended."""
    return due(since, amount_of(amount), calendar).at


@guard("date-not-in-pause", Requirement(takes=("due",)))
def date_not_in_pause(at: Situation) -> Reason | None:
    """A date that a person set and that fell inside the pause moves nowhere by itself: whoever lets the clock go on says the new one."""
    promise, back = at.ticket.promise, at.definition.states.get(at.ticket.way_back or "")
    if promise is None or not promise.fixed or promise.stopped_at is None or back is None or promise.clock not in back.clocks:
        return None
    if not promise.stopped_at < promise.due_at <= at.now or at.moment("due"):
        return None
    return Reason("date-in-pause", {"date": promise.due_at}, needs=("due",))
