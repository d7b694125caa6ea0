"""A ticket that went over to another version of its workflow, as JSON: its state, its dates and its next rung."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from engine.rules.deadline import RESTS, RUNS, VOID
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.ticket import Ticket
from engine.rules.timing import clocks
from engine.rules.worktime import Calendar
from engine.views.event import EventView, event_view
from engine.views.moments import moment_text


class NextRungView(TypedDict):
    """What rings next on a ticket: of which clock, which rung, when; `n` is the number of a repetition of the last rung, else 0."""

    clock: str
    rung: str
    n: int
    at: str | None


class GoneOverView(TypedDict):
    """A ticket before and after. `moved` are the dates that are others, by clock; `begun` and `ended` the clocks that run only now, or
    no more; `skipped` rungs of the new version that were passed by; `fired` rungs that had come by the version before and fired first.
    """

    number: str
    title: str
    lead: str | None
    definition: Sequence[str]
    state_before: str
    state: str
    returns_to: str | None
    promised_on: str | None
    due_on: str | None
    moved: Mapping[str, Sequence[str]]
    begun: list[str]
    ended: list[str]
    skipped: Mapping[str, Sequence[str]]
    fired: list[str]
    next: NextRungView | None
    events: list[EventView]


def gone_over_view(
    before: Ticket, earlier: Sequence[Event], event: Event, after: Ticket, definition: Definition, calendar: Calendar,
) -> GoneOverView:
    """What became of a ticket. `definition` is the version that it went over to."""
    changed = event.data["effects"].get("deadlines") or {}

    promised, due = (None if at is None else calendar.local_day(at).isoformat() for at in (after.promised_at, after.due_at))
    return {
        "number": after.number, "title": after.title, "lead": after.lead, "definition": list(event.data["definition"]),
        "state_before": event.from_state or before.state, "state": after.state, "returns_to": after.returns_to,
        "promised_on": promised, "due_on": due,
        "moved": event.data.get("moved") or {},
        "begun": [name for name in changed if _goes_on(after, name) and not _goes_on(before, name)],
        "ended": [name for name in changed if _goes_on(before, name) and after.deadlines[name].state == VOID],
        "skipped": event.data.get("skipped") or {},
        "fired": [item.data["rung"] for item in earlier if item.kind == "escalated"],
        "next": next_rung_view(after, definition),
        "events": [event_view(item) for item in (*earlier, event)],
    }


def next_rung_view(ticket: Ticket, definition: Definition) -> NextRungView | None:
    """The rung that rings next; None where none does."""
    rings = next((item for item in ticket.deadlines.values() if item.state == RUNS and item.next_at == ticket.wake_at), None)
    if rings is None or rings.next_at is None:
        return None
    rungs = clocks.ladder_of(definition, clocks.clock_of(definition, rings)).rungs
    repeats = rings.rung >= len(rungs)
    return {
        "clock": rings.clock, "rung": rungs[-1 if repeats else rings.rung].name, "n": rings.repeated + 1 if repeats else 0,
        "at": moment_text(rings.next_at),
    }


def _goes_on(ticket: Ticket, clock: str) -> bool:
    item = ticket.deadlines.get(clock)
    return item is not None and item.state in (RUNS, RESTS)
