"""A link of the chain of denials (申请退回) as JSON."""

from __future__ import annotations

from datetime import tzinfo
from typing import TypedDict

from engine.rules.access import Actor, sees_everything
from engine.rules.ticket import Ticket
from engine.views.moments import day_text, moment_text
from engine.views.typed_words import WordsBySeq


class DenialView(TypedDict):
    """Which unit sent the ticket back, when, by which clause, whom it suggests, and why. Erased words are None."""

    unit: str | None
    at: str | None
    on: str | None
    suggest: str | None
    clause: str | None
    reason: str | None
    approved_by: str | None


def denial_views(ticket: Ticket, actor: Actor, zone: tzinfo, words: WordsBySeq) -> list[DenialView]:
    """The denials that the actor may read, oldest first: a unit reads its own, everybody else all."""
    found: list[DenialView] = []
    for denial in ticket.denials:
        if not sees_everything(actor) and denial.unit != actor.unit:
            continue
        typed = words.get(denial.seq, {})
        found.append({
            "unit": denial.unit, "at": moment_text(denial.at), "on": day_text(denial.at, zone), "suggest": denial.suggest,
            "clause": typed.get("clause"), "reason": typed.get("reason"), "approved_by": typed.get("approved_by"),
        })
    return found
