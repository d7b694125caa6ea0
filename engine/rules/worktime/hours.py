"""Open hours as people type them, and the seasons in which an office keeps others: in summer many close two hours later."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from engine.rules.worktime.amount import WhenError
from engine.rules.worktime.day import Periods, problems_of_periods

MonthDay = tuple[int, int]

_CLOCK = r"([0-9]{1,2}):([0-9]{2})"
_PERIOD = re.compile(rf"{_CLOCK} ?(?:[-–—~]|至) ?{_CLOCK}")
_BETWEEN_PERIODS = re.compile(r" ?[,、;] ?")
_MONTH_DAY = re.compile(r"([0-9]{1,2}) ?(?:[-./]|月) ?([0-9]{1,2}) ?[日号]?")
_BETWEEN_DAYS = re.compile(r" ?(?:\.\.|至) ?")


class Season(NamedTuple):
    """The hours of every year from one day to another, both included; it may go over the turn of the year."""

    first: MonthDay
    last: MonthDay
    hours: Periods

    def holds(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last

    def overlaps(self, other: Season) -> bool:
        """Whether the two have a day in common."""
        return other.holds(date(2000, *self.first)) or self.holds(date(2000, *other.first))

    def __str__(self) -> str:
        return f"{month_day(self.first)}..{month_day(self.last)}"


def month_day(day: MonthDay) -> str:
    return f"{day[0]:02}-{day[1]:02}"


def parse_hours(text: str) -> Periods:
    """`08:30-12:00,15:00-18:30`; full-width signs count. Raises WhenError: `hours-not-understood`, `hours-out-of-order`."""
    periods = []
    for part in _BETWEEN_PERIODS.split(_plain(text)):
        found = _PERIOD.fullmatch(part)
        if found is None:
            raise WhenError("hours-not-understood", text)
        periods.append((f"{int(found[1]):02}:{found[2]}", f"{int(found[3]):02}:{found[4]}"))
    if problems_of_periods("", tuple(periods)):
        raise WhenError("hours-out-of-order", text)
    return tuple(periods)


def parse_season(text: str) -> tuple[MonthDay, MonthDay]:
    """`06-01..09-30`, `6月1日至9月30日`: the first and the last day. Raises WhenError: `season-not-understood`, `no-such-date`."""
    days = [_MONTH_DAY.fullmatch(part) for part in _BETWEEN_DAYS.split(_plain(text))]
    if len(days) != 2 or days[0] is None or days[1] is None:
        raise WhenError("season-not-understood", text)
    first, last = ((int(found[1]), int(found[2])) for found in days if found is not None)
    for month, day in (first, last):
        try:
            date(2000, month, day)
        except ValueError:
            raise WhenError("no-such-date", text) from None
    return first, last


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
