"""The light and its date in words: sign, colour's name and working days, never colour alone."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime

from engine.rules.worktime import Calendar
from engine.words import say

SIGNS = {"red": "●", "yellow": "▲", "green": "●", "blue": "◇", "grey": "○"}


def worked_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after `first` up to and including `last`; 0 if `last` is not later."""
    if last <= first:
        return 0
    total = 0
    for year in range(first.year, last.year + 1):
        worked = calendar.worked_days(year)
        total += bisect_right(worked, last.toordinal()) - bisect_right(worked, first.toordinal())
    return total


def left(promised_at: datetime | None, now: datetime, calendar: Calendar, language: str, form: str = "days") -> str:
    """How far the promise is away, in working days: `剩3个工作日`, `今天到期`, `逾期3个工作日`. Half-open: at the date it is late.

    The form `short` is for columns: `剩3工作日`, `逾期3工作日`.
    """
    if promised_at is None:
        return ""
    today, day = calendar.local_day(now), calendar.local_day(promised_at)
    if now >= promised_at:
        late = worked_between(day, today, calendar)
        return say(f"late.{form}", language, days=late, s="" if late == 1 else "s") if late else say("late.today", language)
    ahead = worked_between(today, day, calendar)
    return say(f"left.{form}", language, days=ahead, s="" if ahead == 1 else "s") if ahead else say("left.today", language)


def light_words(
    light: str, promised_at: datetime | None, now: datetime, calendar: Calendar, language: str, form: str = "days",
) -> str:
    """`● 红 逾期3个工作日`. A ticket that rests or is closed has no days left to tell."""
    head = f"{SIGNS[light]} {say(f'light.{light}', language)}"
    tail = "" if light in ("grey", "blue") else left(promised_at, now, calendar, language, form)
    return f"{head} {tail}".strip()
