"""A leader's instruction (批示) as JSON."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TypedDict

from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Instruction
from engine.views.moments import day_text, moment_text
from engine.views.typed_words import NO_WORDS, WordsBySeq


class InstructionView(TypedDict):
    """Who instructed, when and what; by when it is to be answered, and whether it was."""

    by: str
    at: str | None
    note: str | None
    due_at: str | None
    due_on: str | None
    reported_at: str | None
    late: bool


def instruction_view(
    ticket: Ticket, instruction: Instruction, now: datetime, zone: tzinfo, words: WordsBySeq = NO_WORDS,
) -> InstructionView:
    """One instruction of the ticket. `late`: unanswered past its date, or answered after it."""
    clock = next((item for name, item in ticket.deadlines.items() if name.endswith(f":{instruction.seq}") and item.unit is None), None)
    reported_at = instruction.reported_at
    due_at = clock.due_at if clock else None
    return {
        "by": instruction.by, "at": moment_text(instruction.at), "note": words.get(instruction.seq, {}).get("note"),
        "due_at": moment_text(due_at), "due_on": day_text(due_at, zone), "reported_at": moment_text(reported_at),
        "late": due_at is not None and (reported_at or now) >= due_at,
    }
