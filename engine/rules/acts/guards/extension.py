"""Guards of an extension (延期): when it may be asked for, how often and how far."""

from __future__ import annotations

from datetime import datetime

from engine.errors import Reason
from engine.rules.acts.guards.registry import guard
from engine.rules.acts.requirement import Requirement
from engine.rules.definition import ANY_GRADE, by_grade
from engine.rules.situation import Situation
from engine.rules.timing.clocks import amount_of
from engine.rules.worktime import due


@guard("no-open-request", Requirement(effects=("ask",)))
def no_open_request(at: Situation) -> Reason | None:
    return Reason("request-open", {"to": at.ticket.request.to}) if at.ticket.request else None


@guard("request-open", Requirement(effects=("ask",)))
def request_open(at: Situation) -> Reason | None:
    return None if at.ticket.request else Reason("no-request")


@guard("has-date")
def has_date(at: Situation) -> Reason | None:
    """More time is asked for where a date is promised."""
    if at.promised is not None:
        return None
    return Reason("no-due-date") if at.ticket.standing else Reason("nothing-due-yet")


@guard("before-due")
def before_due(at: Situation) -> Reason | None:
    """The extension is asked for before the limit, not after it. Half-open: at the due moment it is too late."""
    if at.promised is None or at.now < at.promised:
        return None
    return Reason("due-past", {"date": at.promised})


@guard("later-than-due", Requirement(takes=("to",)))
def later_than_due(at: Situation) -> Reason | None:
    """More time ends after the date that stands, and ahead of us, whether it is asked for or granted."""
    to, needs = _asked(at)
    if to is not None and at.promised is not None and to <= at.promised:
        return Reason("not-later", {"to": to, "date": at.promised}, needs=needs)
    return Reason("date-past", {"date": to}, needs=needs) if to is not None and to <= at.now else None


@guard("extensions-left", Requirement(extensions=True))
def extensions_left(at: Situation) -> Reason | None:
    allowed = by_grade(at.definition.extensions, at.grade)
    if allowed is None or len(at.ticket.grants) < allowed.times:
        return None
    return Reason("extensions-used", {"times": allowed.times, "grade": at.grade or ANY_GRADE})


@guard("within-cap", Requirement(takes=("to",), extensions=True))
def within_cap(at: Situation) -> Reason | None:
    """All extensions together stay within the cap of the grade, counted from the first date promised."""
    allowed = by_grade(at.definition.extensions, at.grade)
    to, needs = _asked(at)
    if allowed is None or at.promised is None:
        return None
    first = at.ticket.grants[0].before if at.ticket.grants else at.promised
    last = due(first, amount_of(allowed.cap), at.calendar).at
    if last <= max(at.promised, at.now):  # then no later date could be asked for or given
        return Reason("cap-used" if at.ticket.request else "cap-reached", {"date": last, "cap": allowed.cap})
    beyond = to is not None and to > last
    return Reason("beyond-cap", {"to": to, "date": last, "cap": allowed.cap}, needs=needs) if beyond else None


def _asked(at: Situation) -> tuple[datetime | None, tuple[str, ...]]:
    """The date given now, else the date of the open request; and which input to give where the date of the request will not do."""
    given = at.moment("to")
    if given is not None:
        return given, ()
    return at.ticket.request.to if at.ticket.request else None, ("to",)
