"""An attempt that is over (一次整改), as JSON."""

from __future__ import annotations

from datetime import tzinfo
from typing import TypedDict

from engine.rules.access import Actor, sees_everything
from engine.rules.ticket import Ticket
from engine.views.moments import day_text, moment_text


class AttemptView(TypedDict):
    """Whose attempt it was, how it ended (rejected, reassigned, reopened), the date it had, when it was handed in, how late then."""

    attempt: int
    ended: str
    lead: str | None
    due_at: str | None
    due_on: str | None
    submitted_at: str | None
    late_days: int | None


def attempt_views(ticket: Ticket, actor: Actor, zone: tzinfo) -> list[AttemptView]:
    """The attempts that the actor may read, oldest first: a unit reads its own, everybody else all."""
    return [
        {
            "attempt": item.attempt, "ended": item.ended, "lead": item.lead, "due_at": moment_text(item.due_at),
            "due_on": day_text(item.due_at, zone), "submitted_at": moment_text(item.submitted_at), "late_days": item.late_days,
        }
        for item in ticket.attempts if sees_everything(actor) or item.lead == actor.unit
    ]
