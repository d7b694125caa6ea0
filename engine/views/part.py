"""The part of a cooperator (配合单位) as JSON."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TypedDict

from engine.rules.deadline import RUNS, VOID
from engine.rules.ticket import Ticket
from engine.rules.timing import parts
from engine.views.moments import day_text, moment_text
from engine.views.typed_words import NO_WORDS, WordsBySeq


class PartView(TypedDict):
    """A cooperator's own date and light, whether it signed off, whether it objects, whose lateness it was."""

    unit: str
    due_at: str | None
    due_on: str | None
    light: str
    open: bool
    signed: bool
    signed_at: str | None
    late: bool
    left_out: bool
    objected_at: str | None
    objection: str | None


def part_view(ticket: Ticket, unit: str, now: datetime, zone: tzinfo, words: WordsBySeq = NO_WORDS) -> PartView:
    """The part of one cooperator as it stands now. An objection whose words were erased has a time and no text."""
    part = parts.part_of(ticket, unit)
    signed_at = ticket.signed.get(unit)
    due_at = part.due_at if part is not None and part.state != VOID else None
    objected_at, objection = _objection(ticket, unit, words)
    return {
        "unit": unit, "due_at": moment_text(due_at), "due_on": day_text(due_at, zone), "light": parts.light(ticket, unit, now),
        "open": part is not None and part.state == RUNS,
        "signed": signed_at is not None, "signed_at": moment_text(signed_at),
        "late": parts.late(ticket, unit, now) or (signed_at is not None and due_at is not None and signed_at >= due_at),
        "left_out": unit in ticket.left_out, "objected_at": moment_text(objected_at), "objection": objection,
    }


def _objection(ticket: Ticket, unit: str, words: WordsBySeq) -> tuple[datetime | None, str | None]:
    """When the unit objected and why; None where it did not, or where the words are gone."""
    objection = ticket.objections.get(unit)
    if objection is None:
        return None, None
    return objection.at, words.get(objection.seq, {}).get("reason")
