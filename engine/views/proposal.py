"""A proposal (拟发文书) that waits for the office's signature, as JSON."""

from __future__ import annotations

from typing import TypedDict

from engine.rules.proof.chain import stamp
from engine.rules.ticket import Ticket


class ProposalView(TypedDict):
    """Which letter which rung proposes, since when, and by when the office answers."""

    letter: str
    rung: str
    level: int
    clock: str
    at: str
    due_at: str


def proposal_views(ticket: Ticket) -> list[ProposalView]:
    """Every open proposal of the ticket, in the order in which they were made."""
    return [
        {
            "letter": item.kind, "rung": item.rung, "level": item.level, "clock": item.clock, "at": stamp(item.at),
            "due_at": stamp(item.due_at),
        }
        for item in ticket.proposals
    ]
