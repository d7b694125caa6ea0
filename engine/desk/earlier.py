"""What was found before a finding: the earlier ones that it repeats, and those that they repeat, as far as the record goes."""

from __future__ import annotations

from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.record.database import Database
from engine.rules.ticket import Ticket


def found_before(database: Database, ticket: Ticket) -> frozenset[str]:
    """Their numbers, generation by generation: of a chain of any length a statement each."""
    found: set[str] = set()
    waiting = set(ticket.repeats)
    while waiting:
        found |= waiting
        rows = database.rows(queries.TICKETS_NUMBERED, numbers=sorted(waiting))
        waiting = {number for row in rows for number in TICKETS.read(row).repeats} - found
    return frozenset(found)
