"""Whether anything that an actor may see was written since: for pages that hear of it at once. No more is told than that something was."""

from __future__ import annotations

from typing import NamedTuple

from engine.desk.tickets import Desk
from engine.record import journal, queries
from engine.record.event_rows import event_of
from engine.rules.access import Actor, sees_everything
from engine.rules.event import for_the_office

MOST_AT_ONCE = 200
"""Events that are looked at in one go; the others are at the next."""


class Written(NamedTuple):
    """Whether something was written that the actor may see, and the last event that was looked at."""

    any: bool
    last: int


def last_event(desk: Desk) -> int:
    """The last event of the record."""
    row = desk.database.row(queries.HIGHEST_EVENT)
    return int(row[0]) if row is not None else 0


def written_since(desk: Desk, actor: Actor, after: int) -> Written:
    """What was written after an event. A unit hears of its own tickets alone, and of nothing that is the office's own."""
    rows = list(desk.database.rows(queries.EVENTS_AFTER, after=after, limit=MOST_AT_ONCE))
    if not rows:
        return Written(False, after)
    last = int(rows[-1][0])
    if sees_everything(actor):
        return Written(True, last)
    told = {event.ticket for event in (event_of(row[1:]) for row in rows) if not for_the_office(event)}
    tickets = journal.read_tickets(desk.database, sorted(told)) if told else []
    return Written(any(desk.sees(actor, ticket) for ticket, _ in tickets), last)
