"""Working-time arithmetic: when an amount is over, and how much open time lies between two moments.

Counting follows the rules offices publish: a limit of N working days begins with the next working day and ends when
the office closes on the Nth. Intervals are half-open. All moments are UTC. Every function raises ValueError for a
time without zone and CalendarError when it would leave the years 1990–2200; so none can run without end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from engine.rules.pause import Pause
from engine.rules.worktime.amount import DAYS, HOURS, MONTHS, WORKING_DAYS, WORKING_HOURS, Amount
from engine.rules.worktime.calendar import EPOCH, MICROSECOND, Calendar, beyond, micros
from engine.rules.worktime.day import LATEST

SECOND = 1_000_000
ONE_DAY = timedelta(days=1)


class Due(NamedTuple):
    """The end of an amount: the moment (UTC), its date in the office, and whether a notice still to come may move it.
    """

    at: datetime
    on: date
    provisional: bool


class Step(NamedTuple):
    """A day that was looked at. `number` is its position among the working days that count; `kind` and `name` say what
    day it is.
    """

    day: date
    counts: bool
    number: int | None
    kind: str
    name: str


def due(start: datetime, amount: Amount, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Due:
    """When `amount` from `start` is over.

    `N working days`: the close of the Nth working day after the day of `start`. `days`, `months`: the close of the
    last day, or of the next working day if that is not worked; a month without that day ends on its last. `0` of
    these is the close of the same day, or of the next working day when the same day is not worked or already closed:
    nothing is born overdue. `working hours` is open time, `hours` is time by the clock.

    `pauses` do not count, wherever they lie; they are given in the order of time. Working days move by the closes of
    working days in them, days and months by the closes of calendar days (then to a working day; by those of working
    days if the date was past when the pause began), working hours by their open time, hours by all of it. So an amount
    of days always ends at a close: a pause of an hour costs nothing, one over night a day, and lateness survives it.
    """
    first = calendar.local_day(start)
    if amount.unit == HOURS:
        at = start.astimezone(UTC) + timedelta(hours=amount.number) + sum((one.until - one.since for one in pauses), timedelta())
        return Due(at, calendar.local_day(at), False)
    if amount.unit == WORKING_HOURS:
        stood = sum(working_seconds(one.since, one.until, calendar) for one in pauses)
        at = add_working_seconds(start, amount.number * 3600 + stood, calendar)
        on = calendar.local_day(at - MICROSECOND if at > start else at)  # 24:00 belongs to the day it ends
    else:
        on = _last_day(start, first, amount, calendar, pauses)
        at = calendar.close(on)
    return Due(at, on, calendar.provisional(on) or calendar.provisional(first))


class Deduction(NamedTuple):
    """What a pause takes from an amount: a number of one unit; hours to a tenth."""

    number: float
    unit: str

    def __str__(self) -> str:
        return f"{self.number:g} {self.unit.removesuffix('s') if self.number == 1 else self.unit}"


def deductions(start: datetime, amount: Amount, calendar: Calendar, pauses: Sequence[Pause]) -> tuple[Deduction, ...]:
    """What each pause moves the end of `amount` by, as `due` counts it: in days the closes of calendar days, or of working days where
    the date was past when the pause began.
    """
    return tuple(_deduction(start, amount, calendar, pauses[:place], pause) for place, pause in enumerate(pauses))


def _deduction(start: datetime, amount: Amount, calendar: Calendar, before: Sequence[Pause], pause: Pause) -> Deduction:
    if amount.unit == HOURS:
        return Deduction(round((pause.until - pause.since).total_seconds() / 3600, 1), HOURS)
    if amount.unit == WORKING_HOURS:
        return Deduction(round(working_seconds(pause.since, pause.until, calendar) / 3600, 1), WORKING_HOURS)
    if amount.unit == WORKING_DAYS or pause.since >= due(start, amount, calendar, before).at:
        return Deduction(closes(pause.since, pause.until, calendar), WORKING_DAYS)
    return Deduction(_calendar_closes(pause, calendar), DAYS)


def closes(since: datetime, until: datetime, calendar: Calendar) -> int:
    """How many working days close in (`since`, `until`]; 0 if `until` is not after `since`."""
    if until <= since:
        return 0
    first, last = calendar.local_day(since), calendar.local_day(until)
    found = sum(len(calendar.worked_days(year)) for year in range(first.year, last.year))
    found += bisect_right(calendar.worked_days(last.year), last.toordinal())
    found -= bisect_right(calendar.worked_days(first.year), first.toordinal())
    # The day of `since` counts if it closes after it; the day of `until` only if it closes by then.
    found += calendar.is_working(first) and calendar.close(first) > since
    return found - (calendar.is_working(last) and calendar.close(last) > until)


def late_days(due_at: datetime, at: datetime, calendar: Calendar) -> int:
    """How many working days late something is at a moment: 0 before its date, else 1 and one more for each close after it."""
    return 0 if at < due_at else 1 + closes(due_at, at, calendar)


def derive(start: datetime, amount: Amount, calendar: Calendar) -> tuple[Step, ...]:
    """How `due` came to its date: every day it looked at, in order, the working days that count numbered."""
    first, last = calendar.local_day(start), due(start, amount, calendar).on
    if amount.unit in (DAYS, MONTHS):
        first = _landing(first, amount)
    elif amount.unit == HOURS:
        first = last
    elif amount.unit == WORKING_DAYS and amount.number:
        first += ONE_DAY
    numbered = amount.unit == WORKING_DAYS and amount.number > 0
    steps: list[Step] = []
    number = 0
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        counts = calendar.is_working(day) if numbered or amount.unit == WORKING_HOURS else day == last
        number += counts
        steps.append(Step(day, counts, number if counts and numbered else None, calendar.kind(day), calendar.why(day) or ""))
    return tuple(steps)


def shift_working_days(day: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after `day`, or before it if `n` is negative. 0 is `day` itself, worked or not."""
    if n == 0:
        return day
    year, ordinal = day.year, day.toordinal()
    worked = calendar.worked_days(year)
    if n > 0:
        index = bisect_right(worked, ordinal) + n - 1
        while index >= len(worked):
            index -= len(worked)
            year += 1
            worked = calendar.worked_days(year)
    else:
        index = bisect_left(worked, ordinal) + n
        while index < 0:
            year -= 1
            worked = calendar.worked_days(year)
            index += len(worked)
    return date.fromordinal(worked[index])


def working_seconds(a: datetime, b: datetime, calendar: Calendar) -> int:
    """Open time in [a, b) in whole seconds; 0 if `b` is not after `a`."""
    first, last = calendar.local_day(a).year, calendar.local_day(b).year
    if b <= a:
        return 0
    years_between = sum(calendar.open_spans(year).total for year in range(first, last))
    until_b = calendar.open_spans(last).before(micros(b))
    until_a = calendar.open_spans(first).before(micros(a))
    return (years_between + until_b - until_a) // SECOND


def add_working_seconds(start: datetime, seconds: int, calendar: Calendar) -> datetime:
    """The first moment by which `seconds` of open time have passed since `start`; an exact fill ends at the close.

    0 is the next open moment, `start` itself if the office is open. Raises ValueError for a negative number.
    """
    if seconds < 0:
        raise ValueError(f"working time is not counted back: {seconds} s")
    if seconds == 0:
        return next_open(start, calendar)
    year = calendar.local_day(start).year
    spans = calendar.open_spans(year)
    left = seconds * SECOND + spans.before(micros(start))
    while left > spans.total:
        left -= spans.total
        year += 1
        spans = calendar.open_spans(year)
    index = bisect_left(spans.worked, left)
    return _moment(spans.ends[index] - (spans.worked[index] - left))


def next_open(at: datetime, calendar: Calendar) -> datetime:
    """`at` if the office is open then, else the next opening. At the close itself it is shut."""
    year, moment = calendar.local_day(at).year, micros(at)
    spans = calendar.open_spans(year)
    index = bisect_right(spans.begins, moment)
    if index and moment < spans.ends[index - 1]:
        return at.astimezone(UTC)
    while index >= len(spans.begins):
        index = 0
        year += 1
        spans = calendar.open_spans(year)
    return _moment(spans.begins[index])


def _last_day(start: datetime, first: date, amount: Amount, calendar: Calendar, pauses: Sequence[Pause]) -> date:
    if amount.unit == WORKING_DAYS:
        last = _same_day(start, first, calendar) if amount.number == 0 else shift_working_days(first, amount.number, calendar)
        return shift_working_days(last, sum(closes(one.since, one.until, calendar) for one in pauses), calendar)
    landing = _same_day(start, first, calendar) if amount.number == 0 else _landing(first, amount)
    last = _worked_from(landing, calendar)
    for pause in pauses:
        if pause.since < calendar.close(last):
            last = _worked_from(last + _calendar_closes(pause, calendar) * ONE_DAY, calendar)
        else:  # it was late already, and lateness counts closes of working days
            last = shift_working_days(last, closes(pause.since, pause.until, calendar), calendar)
    return last


def _worked_from(day: date, calendar: Calendar) -> date:
    """The day itself if it is worked, else the next working day."""
    return shift_working_days(day - ONE_DAY, 1, calendar)


def _same_day(start: datetime, first: date, calendar: Calendar) -> date:
    still_open = calendar.is_working(first) and start < calendar.close(first)
    return first if still_open else shift_working_days(first, 1, calendar)


def _calendar_closes(pause: Pause, calendar: Calendar) -> int:
    """How many days close in the pause, worked or not; a day of rest closes when it usually would."""
    first, last = calendar.local_day(pause.since), calendar.local_day(pause.until)
    found = (last - first).days + (calendar.close(first) > pause.since) - (calendar.close(last) > pause.until)
    return max(found, 0)


def _landing(first: date, amount: Amount) -> date:
    """The day an amount of days or months ends on, worked or not."""
    if amount.unit == DAYS:
        return first + timedelta(days=amount.number)
    year, month = divmod(first.year * 12 + first.month - 1 + amount.number, 12)
    if year > LATEST.year:
        raise beyond(year)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def _moment(micros: int) -> datetime:
    return EPOCH + micros * MICROSECOND
