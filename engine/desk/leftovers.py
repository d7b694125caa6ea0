"""Tickets that a corrected or undone round left to people: they are named until somebody of the office did something about them."""

from __future__ import annotations

import json
from typing import NamedTuple

from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.record.database import Database
from engine.rules.loop.round_facts import Leftover
from engine.rules.ticket import Ticket


class LeftTicket(NamedTuple):
    """A ticket, the round whose result it stood on, and why nothing reversed it (a code)."""

    ticket: Ticket
    round: str
    why: str


def left_to_people(database: Database, *, number: str | None = None, round_number: str | None = None) -> list[LeftTicket]:
    """Those about which nobody of the office has done anything since, in the order of the rounds; of one ticket, or of one round."""
    found = [
        (round_, item) for round_, nodes in database.rows(queries.LEFTOVERS) if round_number in (None, round_)
        for item in map(Leftover.from_json, json.loads(nodes)) if number in (None, item.ticket)
    ]
    if not found:
        return []
    rows = database.rows(queries.TICKETS_NUMBERED, numbers=list(dict.fromkeys(item.ticket for _, item in found)))
    tickets = {ticket.number: ticket for ticket in map(TICKETS.read, rows)}
    acted: dict[int, int] = dict(database.rows(queries.LAST_OFFICE_ACTS, streams=[ticket.id for ticket in tickets.values()]))
    return [
        LeftTicket(tickets[item.ticket], round_, item.why) for round_, item in found
        if item.ticket in tickets and acted.get(tickets[item.ticket].id, 0) <= item.version
    ]
