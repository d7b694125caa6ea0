"""The dates of a deadline's rungs, and of the repetitions that follow the last one.

Working days throughout; every function is pure and takes the calendar.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from engine.rules.deadline import OFFICE, Deadline
from engine.rules.definition import Ladder, Rung, by_grade
from engine.rules.timing import repetition
from engine.rules.worktime import Calendar, Pause, shift_working_days

URGING_LEVEL = 1
"""A timely extension request holds the rungs from this level (催办) on."""


def rung_time(rung: Rung, grade: str | None, deadline: Deadline, calendar: Calendar) -> datetime | None:
    """When a rung is due (UTC): before the due date at the opening of that working day, on it at `due_at`, after it at the close.

    A rung that would fall inside a pause comes when the clock goes on. None where the ladder has no such rung for this grade.
    """
    return _outside(_times((by_grade(rung.at, grade),), deadline.due_at, calendar)[0], deadline.pauses)


def repetition_time(ladder: Ladder, grade: str | None, deadline: Deadline, n: int, calendar: Calendar) -> datetime | None:
    """When the last rung comes round for the n-th time (UTC). None where the ladder has no rung for this grade."""
    rung = repetition.nth(ladder, grade, deadline.of, n)
    return None if rung is None else rung_time(rung, grade, deadline, calendar)


def _outside(at: datetime | None, pauses: tuple[Pause, ...]) -> datetime | None:
    """The moment itself, or the end of the pause in which it lies."""
    return at if at is None else next((pause.until for pause in pauses if pause.since < at < pause.until), at)


@lru_cache(maxsize=4_096)
def _times(offsets: tuple[int | None, ...], due_at: datetime, calendar: Calendar) -> tuple[datetime | None, ...]:
    """The moments of rungs at these offsets. Cached, since the tickets of a batch share their dates."""
    return tuple(due_at if offset == 0 else None if offset is None else _days_from(due_at, offset, calendar) for offset in offsets)


def _days_from(due_at: datetime, offset: int, calendar: Calendar) -> datetime:
    """The moment of a rung: the opening of a day before the due date, the close of a day after it."""
    day = shift_working_days(calendar.local_day(due_at), offset, calendar)
    return calendar.opening(day) if offset < 0 else calendar.close(day)


def counted_by(of: str, unit: str | None, calendar: Calendar) -> Calendar:
    """The calendar whose days a clock counts. A clock of the office counts the office's days, the part of a cooperator the days of that
    unit, and every other clock the days of the lead, whose calendar is given: a storm that closes one county gives nobody else time.
    """
    if of == OFFICE:
        return calendar.of(None)
    return calendar if unit is None else calendar.of(unit)


def arm(
    deadline: Deadline, ladder: Ladder, grade: str | None, calendar: Calendar, *, skip_before: datetime | None = None,
    held_until: datetime | None = None,
) -> Deadline:
    """The deadline with the dates of its next rung and of its first reminder, after its date was set or moved. After the last rung the
    next one is its repetition, so that a running deadline always has a next date.

    Rungs from 催办 on wait until `held_until`, while an extension request is open; then they are the office's alarms.
    """
    calendar = counted_by(deadline.of, deadline.unit, calendar)
    times = _times(tuple([by_grade(rung.at, grade) for rung in ladder.rungs]), deadline.due_at, calendar)
    if deadline.pauses:
        times = tuple(_outside(at, deadline.pauses) for at in times)
    first = deadline.rung
    skipped = list(deadline.skipped)
    while skip_before is not None and first < len(times) and ((at := times[first]) is None or at <= skip_before):
        if at is not None:
            skipped.append(ladder.rungs[first].name)
        first += 1
    while first < len(times) and times[first] is None:
        first += 1
    warnings = [at for rung, at in zip(ladder.rungs, times, strict=True) if at is not None and at < deadline.due_at]
    next_at, repeated = times[first] if first < len(times) else None, 0
    if next_at is None:
        next_at, repeated = _next_repetition(deadline, ladder, grade, calendar, skip_before)
    if next_at is not None and held_until is not None and held(ladder, grade, first):
        next_at = max(next_at, held_until)
    return deadline._replace(
        rung=first, next_at=next_at, warn_at=min(warnings, default=None), skipped=tuple(skipped), repeated=repeated,
    )


def _next_repetition(
    deadline: Deadline, ladder: Ladder, grade: str | None, calendar: Calendar, skip_before: datetime | None,
) -> tuple[datetime | None, int]:
    """When the last rung comes round next, and how many repetitions are behind the deadline then."""
    behind = deadline.repeated
    at = repetition_time(ladder, grade, deadline, behind + 1, calendar)
    while at is not None and skip_before is not None and at <= skip_before:
        behind += 1
        at = repetition_time(ladder, grade, deadline, behind + 1, calendar)
    return at, behind


def held(ladder: Ladder, grade: str | None, index: int) -> bool:
    """Whether an open extension request holds the rung at this place, or, behind the last one, the repetitions of that."""
    rung = ladder.rungs[index] if index < len(ladder.rungs) else repetition.last_rung(ladder, grade)
    return rung is not None and rung.level >= URGING_LEVEL
