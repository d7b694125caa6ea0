"""What was found before a finding: the earlier ones that it repeats, and those that they repeat, as far as the record goes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from engine.errors import Reason
from engine.record import event_rows, queries
from engine.record.aggregates import TICKETS
from engine.record.database import Database
from engine.record.settings import OFFICE_SETTING
from engine.rules.acts.opening import Opening
from engine.rules.acts.repeats import found_at, later_problem
from engine.rules.ticket import Ticket


def found_before(database: Database, ticket: Ticket) -> frozenset[str]:
    """Their numbers, generation by generation, inside `write()`: of a chain of any length a statement each.

    Whoever links tickets to earlier ones does so one after the other, so that two people who link the ends of two chains at once close no
    circle. The row that they wait for is locked by nothing else, and after all the tickets of the act.
    """
    database.row(queries.SETTING_LOCKED, name=OFFICE_SETTING)
    found: set[str] = set()
    waiting = set(ticket.repeats)
    while waiting:
        found |= waiting
        rows = database.rows(queries.TICKETS_NUMBERED, numbers=sorted(waiting))
        waiting = {number for row in rows for number in TICKETS.read(row).repeats} - found
    return frozenset(found)


def found_since(database: Database, tickets: Collection[int]) -> dict[int, datetime | None]:
    """When each of some tickets was found, by its id; None where that is not known."""
    rows = database.rows(queries.FIRST_EVENTS, streams=sorted(tickets)) if tickets else []
    return {event.ticket: found_at(event) for event in map(event_rows.event_of, rows)}


def not_earlier(database: Database, opening: Opening) -> list[Reason]:
    """Why findings that an opening names are no earlier ones: they were found after it."""
    if opening.happened_at is None or not opening.repeats:
        return []  # what is found now was found after all that is there
    tickets = [TICKETS.read(row) for row in database.rows(queries.TICKETS_NUMBERED, numbers=list(opening.repeats))]
    since = found_since(database, [ticket.id for ticket in tickets])
    problems = (later_problem(ticket.number, since.get(ticket.id), opening.happened_at) for ticket in tickets)
    return [problem for problem in problems if problem is not None]
