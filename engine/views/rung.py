"""The rungs of a clock's ladder, as JSON: which fired and when, which were skipped, which come and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, TypedDict

from engine.rules.access import Actor, sees_everything
from engine.rules.acts.handover import HANDED_OVER
from engine.rules.deadline import RESTS, RUNS, Deadline
from engine.rules.definition import Definition, Rung, by_grade
from engine.rules.definition.model import PROPOSES
from engine.rules.event import Event
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.rules.timing import clocks
from engine.rules.timing.rungs import URGING_LEVEL, rung_time
from engine.rules.worktime import Calendar
from engine.views.moments import moment_text


class RungView(TypedDict):
    """A rung of a clock's ladder. `state` is one of fired, skipped, ours, resting, void, held, to-office, next or later. `at` of one that
    fired is the date that it fired for, whatever became of the clock's own date since.
    """

    rung: str
    level: int
    at: str | None
    state: str


class Behind(NamedTuple):
    """What is behind a deadline: the dates for which its rungs fired, and for each that was skipped the deadline as it was then. `last` is
    the deadline as the last event left it.
    """

    last: Deadline
    fired: Mapping[str, datetime]
    skipped: Mapping[str, Deadline]


def behind(history: Iterable[Event]) -> Mapping[str, Behind]:
    """What the events of a ticket tell of the rungs that are behind each of its clocks, by the clock's name."""
    found: dict[str, Behind] = {}
    for event in history:
        for name, node in ((event.data.get("effects") or {}).get("deadlines") or {}).items():
            if node is not None:
                found[name] = _after(found.get(_name_before(event, name)), Deadline.from_json(node))
        if event.kind == "escalated" and "n" not in event.data and (clock := found.get(event.data["clock"])) is not None:
            fired = {**clock.fired, event.data["rung"]: moment(event.data["scheduled_for"])}
            found[event.data["clock"]] = clock._replace(fired=fired)
    return found


def _name_before(event: Event, clock: str) -> str:
    """What a clock was called before an event: the part of a unit that was succeeded goes on under the successor's name."""
    base, _, unit = clock.partition(":")
    old, new = event.data.get("unit", (None, None)) if event.kind == HANDED_OVER else (None, None)
    return f"{base}:{old}" if old and unit == new else clock


def _after(before: Behind | None, item: Deadline) -> Behind:
    """What is behind a deadline after an event. What was skipped stays skipped on its own date while the epoch lasts, and in an epoch that
    goes on with the date of the one before it.
    """
    if before is None:
        return Behind(item, {}, dict.fromkeys(item.skipped, item))
    goes_on = item.epoch == before.last.epoch or item.due_at == before.last.due_at
    kept = before.skipped if goes_on else {}
    return Behind(item, before.fired, {name: kept.get(name, item) for name in item.skipped})


def rung_views(
    ticket: Ticket, item: Deadline, definition: Definition, actor: Actor, counted_with: Callable[[Deadline], Calendar],
    past: Behind | None,
) -> list[RungView]:
    """The rungs of a deadline in the order of its ladder. `counted_with` gives the calendar of a deadline, `past` is what its events tell
    of the rungs behind it (None: nothing).
    """
    return [
        _rung(ticket, item, index, rung, definition, _at(ticket, item, index, rung, counted_with, past))
        for index, rung in _shown_rungs(ticket, item, definition, actor)
    ]


def _shown_rungs(ticket: Ticket, item: Deadline, definition: Definition, actor: Actor) -> list[tuple[int, Rung]]:
    """The rungs of a deadline's ladder with their places. A unit is shown one that proposes only once a person made it an act."""
    ladder = clocks.ladder_of(definition, clocks.clock_of(definition, item)).rungs
    rungs = [(index, rung) for index, rung in enumerate(ladder) if by_grade(rung.at, ticket.grade) is not None]
    if sees_everything(actor):
        return rungs
    return [(index, rung) for index, rung in rungs if rung.act != PROPOSES or (index < item.rung and rung.name not in item.skipped)]


def _at(
    ticket: Ticket, item: Deadline, index: int, rung: Rung, counted_with: Callable[[Deadline], Calendar], past: Behind | None,
) -> datetime | None:
    """The date of a rung: of one that is behind the deadline as it was then, of any other as the deadline is now."""
    then = item
    if past is not None and rung.name in item.skipped:
        then = past.skipped.get(rung.name, item)
    elif past is not None and index < item.rung and rung.name in past.fired:
        return past.fired[rung.name]
    return rung_time(rung, ticket.grade, then, counted_with(then))


def _rung(ticket: Ticket, item: Deadline, index: int, rung: Rung, definition: Definition, at: datetime | None) -> RungView:
    return {
        "rung": rung.name, "level": rung.level, "at": moment_text(at), "state": _rung_state(ticket, item, index, rung, definition, at),
    }


def _rung_state(
    ticket: Ticket, item: Deadline, index: int, rung: Rung, definition: Definition, at: datetime | None,
) -> str:
    """The code of the state of a rung; the texts lie under `rung`."""
    if rung.name in item.skipped:
        return "skipped"
    if rung.name in item.ours:
        return "ours"
    if index < item.rung:
        return "fired"
    if item.state != RUNS:
        return "resting" if item.state == RESTS else "void"
    held_until = clocks.held_until(definition, ticket) if item.promise and rung.level >= URGING_LEVEL else None
    if held_until is not None:
        return "held" if at is None or at < held_until else "to-office"
    return "next" if index == item.rung else "later"
