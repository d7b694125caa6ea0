"""Notices for tests: what the law demands of a year, and what a test adds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from engine.rules.worktime.notice import HolidayNotice, notice_json
from engine.rules.worktime.statutory import statutory


def sound(year: int, published: str, off: Iterable[str] = (), work: Iterable[str] = ()) -> HolidayNotice:
    """The statutory holidays of a year, with more days off and make-up days."""
    days = {day: name for name, days in statutory(year).items() for day in days}
    days |= {date.fromisoformat(day): days.get(date.fromisoformat(day), "") for day in off}
    worked = tuple((date.fromisoformat(day), "") for day in work)
    return HolidayNotice(year, date.fromisoformat(published), tuple(sorted(days.items())), worked)


def sound_json(year: int, published: str, off: Iterable[str] = (), work: Iterable[str] = ()) -> dict[str, Any]:
    return notice_json(sound(year, published, off, work))
