"""The next time that the last rung of a ladder comes round, as JSON."""

from __future__ import annotations

from typing import TypedDict

from engine.rules.deadline import RUNS, Deadline
from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import clock_of, ladder_of
from engine.views.moments import moment_text


class RepetitionView(TypedDict):
    """Of which clock the last rung comes round next, for the how manieth time (`n`), and when."""

    clock: str
    n: int
    at: str | None


def repetition_view(ticket: Ticket, item: Deadline | None, definition: Definition) -> RepetitionView | None:
    """The next repetition of a clock; None where it does not run, or still has rungs before it."""
    if item is None or item.state != RUNS or item.next_at is None:
        return None
    ladder = ladder_of(definition, clock_of(definition, item))
    if item.rung < len(ladder.rungs):
        return None
    return {"clock": item.clock, "n": item.repeated + 1, "at": moment_text(item.next_at)}


def next_repetition(ticket: Ticket, definition: Definition) -> RepetitionView | None:
    """The repetition that the ticket's next alarm is; None where the alarm is a rung that has not rung before."""
    rings = next((item for item in ticket.deadlines.values() if item.state == RUNS and item.next_at == ticket.wake_at), None)
    return repetition_view(ticket, rings, definition)
