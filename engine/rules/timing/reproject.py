"""A calendar changed: the dates of a ticket are counted anew, in the same epoch, and never earlier without a person.

A deadline knows the version it was counted with, so that nothing is counted twice, whoever died in the middle and whatever happened
to the ticket meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine.rules.acts.decide import effects_of, next_event
from engine.rules.deadline import RUNS, Deadline
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import stamp
from engine.rules.situation import Situation
from engine.rules.timing import clocks, parts
from engine.rules.timing.rungs import arm, counted_by
from engine.rules.worktime import Calendar

LATER, EARLIER, FIRM, ALARM = "later", "earlier", "firm", "alarm"


@dataclass(frozen=True, slots=True)
class Move:
    """One deadline that another calendar moves. `way`: its date is later or earlier, or the same but no longer provisional (`firm`),
    or only the dates of its rungs change (`alarm`). `kept`: it would be earlier, nobody accepted that, so its date stands.
    """

    clock: str
    of: str
    unit: str | None
    epoch: int
    old: datetime
    new: datetime
    way: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Reprojected:
    """What the new calendar makes of a ticket: the event, if anything changes, and every deadline that moves or would."""

    event: Event | None
    moves: tuple[Move, ...]


Version = Callable[[str | None], Calendar]
"""Gives the calendar of a version; for None the calendar of a deadline that does not say which version it was counted with."""


def reproject(at: Situation, version: Version, *, accept_earlier: bool = False) -> Reprojected:
    """Counts every running amount anew with the situation's calendar, pauses credited. Dates that a person set and clocks that rest stay.

    Rungs that fired never fire again; the next one gets its new date, and if that is past the next sweep fires it.
    """
    ticket, calendar = at.ticket, at.calendar
    changed: dict[str, Deadline] = {}
    moves: list[Move] = []
    before = calendar.version
    # The promise may be held by another clock. By name, as a row holds them: a fold has them in the order in which they began.
    for deadline in sorted(ticket.deadlines.values(), key=lambda item: (item.promise, item.clock)):
        if deadline.state != RUNS or deadline.fixed or deadline.calendar == calendar.version:
            continue
        old = version(deadline.calendar)
        again = _counted_again(at._replace(ticket=ticket._replace(deadlines={**ticket.deadlines, **changed})), deadline)
        if (move := _move(deadline, again, accept_earlier)) is not None:
            moves.append(move)
            if not move.kept:
                changed[deadline.clock] = again
                before = old.version
    after = ticket._replace(deadlines={**ticket.deadlines, **changed})
    followed = parts.follow(at._replace(calendar=calendar.of(ticket.lead)), after)
    found = [(part, _move(ticket.deadlines.get(name), part, accept_earlier)) for name, part in followed.items()]
    moves += [move for _, move in found if move is not None]
    changed |= {part.clock: part for part, move in found if move is not None and not move.kept}
    if not changed:
        return Reprojected(None, tuple(moves))
    moved = {move.clock: [stamp(move.old), stamp(move.new)] for move in moves if not move.kept and move.way != ALARM}
    data: JsonObject = {
        "cause": {"calendar": [before, calendar.version], "moved": moved},
        "effects": effects_of(at, {}, ticket.state, changed),
    }
    return Reprojected(next_event(ticket, at.actor, at.now, "rescheduled", ticket.state, data), tuple(moves))


def _counted_again(at: Situation, deadline: Deadline) -> Deadline:
    """The deadline counted by the new calendar from its own start: its amount and its pauses."""
    new = counted_by(deadline.of, deadline.unit, at.calendar.of(at.ticket.lead))
    dated = clocks.dated(deadline, new)
    clock = clocks.clock_of(at.definition, deadline)
    held = clocks.held_until(at.definition, at.ticket) if clock.promise else None
    return arm(dated, clocks.ladder_of(at.definition, clock), at.grade, new, held_until=held)


def _move(old: Deadline | None, new: Deadline, accept_earlier: bool) -> Move | None:
    way = _way(old, new) if old is not None else None
    if old is None or way is None:
        return None
    return Move(old.clock, old.of, old.unit, old.epoch, old.due_at, new.due_at, way, way == EARLIER and not accept_earlier)


def _way(old: Deadline, new: Deadline) -> str | None:
    """Which way the deadline moves; None where the new calendar changes nothing."""
    if new.due_at != old.due_at:
        return LATER if new.due_at > old.due_at else EARLIER
    if old.provisional and not new.provisional:
        return FIRM
    return ALARM if (new.next_at, new.warn_at) != (old.next_at, old.warn_at) else None
