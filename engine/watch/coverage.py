"""How far the calendar reaches, and when the next year's notice is worth asking for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.rules.worktime import Calendar

PUBLISHED_FROM = (10, 25)
PUBLISHED_BY = (12, 15)
"""The State Council's notices for 2018 to 2026 came out between 25 October and 8 December of the year before."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The calendar as seen from a day. `missing`: the year whose notice should be looked for, `overdue` when it surely is out."""

    covered_until: date
    missing: int | None
    overdue: bool


def look_ahead(calendar: Calendar, now: datetime) -> Coverage:
    """Whether the notice of this year, or from autumn on that of the next, is missing."""
    today = calendar.local_day(now)
    season = (today.month, today.day)
    if calendar.covered_until < date(today.year, 12, 31):
        return Coverage(calendar.covered_until, today.year, True)
    if season >= PUBLISHED_FROM and calendar.covered_until < date(today.year + 1, 12, 31):
        return Coverage(calendar.covered_until, today.year + 1, season >= PUBLISHED_BY)
    return Coverage(calendar.covered_until, None, False)
