"""An attempt that is over (一次整改), as JSON; and which one a ticket is in, in words."""

from __future__ import annotations

from datetime import tzinfo
from typing import TypedDict

from engine.rules.access import Actor, sees_everything
from engine.rules.ticket import Ticket
from engine.rules.timing.lateness import REASSIGNED, REJECTED, REOPENED
from engine.views.moments import day_text, moment_text
from engine.words.phrase import Phrase


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


def attempt_text(ticket: Ticket, phrase: Phrase) -> str:
    """Which attempt it is, where it is not the first, and how those before it ended, as far as the reader may know of them. What went from
    unit to unit and was never handed in is no second attempt to anybody: only that is said.
    """
    if ticket.attempt < 2:
        return ""
    counts = {ended: sum(item.ended == ended for item in ticket.attempts) for ended in (REJECTED, REASSIGNED, REOPENED)}
    ends = phrase.several(phrase.say(f"card.ended.{ended}", count=count) for ended, count in counts.items() if count)
    if counts[REASSIGNED] == ticket.attempt - 1 and all(item.submitted_at is None for item in ticket.attempts):
        return ends
    return phrase.say("card.attempt-after" if ends else "card.attempt", attempt=ticket.attempt, ends=ends)
