"""Why the dates of a ticket are what they are, for one reader: what `zg why` prints and a page about one ticket would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from engine.desk.reading import ReadingDesk
from engine.rules.access import Actor
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar
from engine.views.clocks import WhyView, hangs_on_history, why_view


class Explained(NamedTuple):
    """A ticket as its reader may know it at the moment `at`, by the calendar in force, and the explanation as JSON."""

    ticket: Ticket
    definition: Definition
    at: datetime
    calendar: Calendar
    view: WhyView


def explain(desk: ReadingDesk, actor: Actor, number: str) -> Explained:
    """The ticket, and how each of its dates came about. Raises TicketNotFound.

    A rung that fired has its date from the whole history, also where the reader does not read the event of it: the rung that is shown
    is the reader's to know, and so is when it was.
    """
    ticket = desk.ticket(actor, number)
    return explain_read(desk, actor, ticket, desk.history(ticket) if hangs_on_history(ticket) else ())


def explain_read(desk: ReadingDesk, actor: Actor, ticket: Ticket, history: Sequence[Event]) -> Explained:
    """The same of a ticket that was read before with its whole history."""
    definition, calendar, now = desk.definition(ticket), desk.rules.calendar(), desk.clock.now()
    read = {event.seq for event in desk.as_read(actor, ticket, history)}
    return Explained(
        ticket, definition, now, calendar, why_view(ticket, definition, actor, now, calendar, desk.rules.version, history, read),
    )
