"""What ledgers said otherwise than tickets when they came in: it waits until somebody of the office did anything about the ticket."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.record.database import Database
from engine.rules.ticket import Ticket
from engine.views.ledger_proposal import Change, Proposed, ProposedView, commands, ways


class ProposedChange(NamedTuple):
    """A ticket, what the ledger says otherwise, and in which row of which sheet."""

    ticket: Ticket
    proposed: Proposed
    sheet: str
    line: int


def proposed_by_ledgers(database: Database, number: str | None = None) -> list[ProposedChange]:
    """What waits of all tickets, or of one, in the order of their numbers."""
    rows = database.rows(queries.LEDGER_PROPOSALS) if number is None else database.rows(queries.LEDGER_PROPOSALS_OF, number=number)
    told: defaultdict[str, list[tuple[Change, str, int, int]]] = defaultdict(list)
    for ticket, field, was, says, sheet, line, version in rows:
        told[ticket].append((Change(field, was, says), sheet, line, version))
    if not told:
        return []
    tickets = [TICKETS.read(row) for row in database.rows(queries.TICKETS_NUMBERED, numbers=list(told))]
    acted: dict[int, int] = dict(database.rows(queries.LAST_OFFICE_ACTS, streams=[ticket.id for ticket in tickets]))
    found = []
    for ticket in tickets:
        waiting = [each for each in told[ticket.number] if acted.get(ticket.id, 0) <= each[-1]]
        if waiting:
            _, sheet, line, _ = waiting[0]
            changes = tuple(change for change, *_ in waiting)
            found.append(ProposedChange(ticket, Proposed(ticket.number, changes, ticket.assigned_at is not None, ticket.lead), sheet, line))
    return found


def proposed_view(waiting: ProposedChange, reason: str) -> ProposedView:
    """As JSON; `reason` stands where one is to be filled in."""
    return {
        "sheet": waiting.sheet, "row": waiting.line,
        "changes": [{"field": each.field, "old": each.was, "new": each.says} for each in waiting.proposed.changes],
        "acts": [{"act": way.act, "given": dict(way.given)} for way in ways(waiting.proposed)],
        "commands": commands(waiting.proposed, reason),
    }
