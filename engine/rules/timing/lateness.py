"""How late a unit is (逾期天数), in working days. It is the unit's own: nothing the office does or leaves undone makes a unit late.

While the promise runs, lateness is counted from its date. When the promise stops – the work is handed in, the ticket is suspended or
closed – the ticket keeps how late the unit was then, until the promise goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.rules.deadline import ENDED, RESTS, RUNS, Deadline
from engine.rules.situation import Situation
from engine.rules.ticket import Fields, Ticket
from engine.rules.ticket_facts import Attempt
from engine.rules.timing.rungs import counted_by
from engine.rules.worktime import Calendar, late_days

REJECTED, REASSIGNED, REOPENED = "rejected", "reassigned", "reopened"
"""How an attempt that is over came to its end."""


def lateness(ticket: Ticket, now: datetime, calendar: Calendar) -> int | None:
    """How many working days late the unit is: as when the promise stopped, while it runs as of now. None: no date was promised."""
    if ticket.late_days is not None:
        return ticket.late_days
    promise = ticket.promise
    if promise is None or promise.state not in (RUNS, RESTS):
        return None
    return _late(ticket, promise, promise.stopped_at or now, calendar)


def fields_of_lateness(at: Situation, fields: Fields, deadlines: Mapping[str, Deadline]) -> Fields:
    """What an event that gives the ticket these fields and deadlines changes of its lateness: `late_days` where the promise stops or goes
    on, `on_time` where the ticket is submitted.
    """
    ticket = at.ticket
    late = _kept(at, deadlines)
    on_time = ticket.on_time
    if fields.get("submitted", ticket.submitted):
        on_time = None if late is None else late == 0
    changed: Fields = {}
    if late != ticket.late_days:
        changed["late_days"] = late
    if on_time != ticket.on_time:
        changed["on_time"] = on_time
    return changed


def attempt_over(at: Situation, lead: str | None) -> Attempt:
    """The attempt that ends because another one begins; `lead` is the unit that makes the next one."""
    ticket = at.ticket
    ended = REOPENED if ticket.final else REASSIGNED if lead != ticket.lead else REJECTED
    return Attempt(
        ticket.attempt, ended, ticket.lead, ticket.promised_at, ticket.submitted_at if ticket.submitted else None,
        lateness(ticket, at.now, at.calendar),
    )


def _kept(at: Situation, deadlines: Mapping[str, Deadline]) -> int | None:
    """The `late_days` of the ticket after the event: as of the moment at which its promise stopped, None where it did not."""
    ticket = at.ticket
    promise = next((item for item in deadlines.values() if item.promise), None)
    if promise is None:
        return ticket.late_days
    if promise.state not in (RESTS, ENDED):
        return None
    before = ticket.promise
    if ticket.late_days is not None and before is not None and before.due_at == promise.due_at:
        return ticket.late_days
    return late_with(at, promise)


def late_with(at: Situation, promise: Deadline) -> int:
    """How late the unit would be if its promise were this one: as of when it stopped, while it runs as of now."""
    stopped_at = promise.stopped_at or (at.ticket.submitted_at if at.ticket.submitted else None)
    return _late(at.ticket, promise, stopped_at or at.now, at.calendar)


def _late(ticket: Ticket, promise: Deadline, moment: datetime, calendar: Calendar) -> int:
    """How late it was at a moment, by the days of the unit; from the date asked for while a timely request waits for the office."""
    return late_days(promise.late_at(ticket.request), moment, counted_by(promise.of, promise.unit, calendar.of(ticket.lead)))
