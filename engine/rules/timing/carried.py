"""Deadlines in another version of their workflow (流程换版): their date, and their place on a ladder that may have other rungs.

An epoch goes on. A date is kept, but for one that the old version counted with its amount and that the amount of the new one leads to a
later day: no date becomes earlier, and what was promised does not move at all. A rung is known by its name: what fired stays fired, and
what the new version has on a day that is over already is passed by, which the event says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from engine.rules.deadline import RESTS, RUNS, Deadline
from engine.rules.definition import Clock, Ladder, Rung, by_grade
from engine.rules.event import Event
from engine.rules.situation import Situation
from engine.rules.timing import clocks, parts, repetition
from engine.rules.timing.rungs import arm, counted_by, rung_time

Fired = Mapping[tuple[str, int], Mapping[str, int]]
"""The rungs that fired, by clock and epoch: for each the number of its last repetition, 0 for the rung itself."""


class Carried(NamedTuple):
    """A deadline in the new version; `passed` are the rungs of that which lie behind it and never fire."""

    deadline: Deadline
    passed: tuple[str, ...] = ()


def fired(history: Iterable[Event]) -> Fired:
    """The rungs that the events of a ticket fired, whatever ladders the versions had to which it was pinned then."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    for event in history:
        if event.kind == "escalated":
            rungs = found.setdefault((event.data["clock"], event.data["epoch"]), {})
            rungs[event.data["rung"]] = max(rungs.get(event.data["rung"], 0), event.data.get("n", 0))
    return found


def carry(old: Situation, new: Situation, item: Deadline, done: Mapping[str, int], held_until: datetime | None = None) -> Carried:
    """A deadline of a clock that both versions have. `old` and `new` are the same situation by either, `done` the rungs that fired in this
    epoch; `held_until` is how long an open request holds its rungs.
    """
    calendar = counted_by(item.of, item.unit, old.calendar)
    old, new = old._replace(calendar=calendar), new._replace(calendar=calendar)
    dated = _dated(old, new, item)
    was = clocks.ladder_of(old.definition, clocks.clock_of(old.definition, item))
    ladder = clocks.ladder_of(new.definition, clocks.clock_of(new.definition, item))
    same = _offsets(was, old.grade) == _offsets(ladder, new.grade)
    if same and dated is item:
        return Carried(item)
    placed, passed = (dated, ()) if same else _placed(old, new, _Ladders(was, ladder), item, dated, done)
    if item.state not in (RUNS, RESTS):
        return Carried(placed, passed)
    over = item.stopped_at or old.now
    moved_on = placed.rung >= len(ladder.rungs) and not same
    armed = arm(placed, ladder, new.grade, calendar, skip_before=over if moved_on else None, held_until=held_until)
    return Carried(armed if item.state == RUNS else armed._replace(next_at=None), passed)


class _Ladders(NamedTuple):
    """The ladder of a clock in the version before and in the new one."""

    was: Ladder
    now: Ladder


def _offsets(ladder: Ladder, grade: str | None) -> list[tuple[str, int | None]]:
    return [(rung.name, by_grade(rung.at, grade)) for rung in ladder.rungs]


def _placed(
    old: Situation, new: Situation, ladders: _Ladders, item: Deadline, dated: Deadline, done: Mapping[str, int],
) -> tuple[Deadline, tuple[str, ...]]:
    """The deadline behind the last rung of the new ladder that it has behind it already, and behind those that would have come before
    the change had they been there; and the rungs that it thereby passes by.
    """
    behind = {rung.name for rung in ladders.was.rungs[: item.rung] if by_grade(rung.at, old.grade) is not None}
    behind |= {*item.skipped, *item.ours, *done}
    rungs = ladders.now.rungs
    place = 1 + max((index for index, rung in enumerate(rungs) if rung.name in behind), default=-1)
    if item.state in (RUNS, RESTS):
        while place < len(rungs) and _would_have_come(old, new, ladders.was, rungs[place], item, dated):
            place += 1
    passed = tuple(rung.name for rung in rungs[:place] if rung.name not in behind and by_grade(rung.at, new.grade) is not None)
    last_was, last = repetition.last_rung(ladders.was, old.grade), repetition.last_rung(ladders.now, new.grade)
    goes_on = last is not None and last_was is not None and last.name == last_was.name
    repeated = max(item.repeated if goes_on else 0, done.get(last.name, 0) if last is not None else 0)
    return dated._replace(rung=place, skipped=(*item.skipped, *passed), repeated=repeated), passed


def _would_have_come(old: Situation, new: Situation, was: Ladder, rung: Rung, item: Deadline, dated: Deadline) -> bool:
    """Whether a rung that is not behind the deadline has a day that is over by the new version only, or none for this grade. One that had
    come by the old version as well waits (an open request holds it), and goes on waiting.
    """
    over = item.stopped_at or old.now
    at = rung_time(rung, new.grade, dated, new.calendar)
    if at is None or at > over:
        return at is None
    before = next((each for each in was.rungs if each.name == rung.name), None)
    came = rung_time(before, old.grade, item, old.calendar) if before is not None else None
    return came is None or came > over


def _dated(old: Situation, new: Situation, item: Deadline) -> Deadline:
    """The deadline with the date that the amount of the new version leads to, if that is another amount and a later date."""
    if item.promise or item.state not in (RUNS, RESTS):
        return item
    was, clock = clocks.clock_of(old.definition, item), clocks.clock_of(new.definition, item)
    if clock.before is not None:
        return _part(old, new, clock, item)
    for before, after in ((was.amount, clock.amount), (was.urgent, clock.urgent)):
        amount = by_grade(after, new.grade)
        if item.amount is not None and item.amount == by_grade(before, old.grade) and amount not in (None, item.amount):
            later = clocks.dated(item._replace(amount=amount), new.calendar)
            return later if later.due_at > item.due_at else item
    return item


def _part(old: Situation, new: Situation, clock: Clock, item: Deadline) -> Deadline:
    """The part of a cooperator, which hangs on another clock's date."""
    was, lead = clocks.clock_of(old.definition, item), new.ticket.deadlines.get(clock.before or "")
    if lead is None or by_grade(was.amount, old.grade) == by_grade(clock.amount, new.grade):
        return item
    due_at = parts.date_of(new, clock, lead, item.started_at, item.pauses)
    if due_at <= item.due_at:
        return item
    return item._replace(due_at=due_at, provisional=new.calendar.provisional(new.calendar.local_day(due_at)))
