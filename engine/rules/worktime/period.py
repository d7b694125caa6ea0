"""PERIOD: days that people name together: 本周, 上月, 3月, `2020-03`, 2020年, `this week`. Whole days of the office."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple

from engine.rules.worktime.amount import WhenError
from engine.rules.worktime.day import EARLIEST, LATEST
from engine.rules.worktime.side import Side

_NAMED = {
    "今天": ("day", 0), "今日": ("day", 0), "today": ("day", 0), "昨天": ("day", -1), "昨日": ("day", -1), "yesterday": ("day", -1),
    "明天": ("day", 1), "明日": ("day", 1), "tomorrow": ("day", 1),
    "本周": ("week", 0), "这周": ("week", 0), "this week": ("week", 0), "上周": ("week", -1), "last week": ("week", -1),
    "下周": ("week", 1), "next week": ("week", 1),
    "本月": ("month", 0), "这个月": ("month", 0), "this month": ("month", 0), "上月": ("month", -1), "上个月": ("month", -1),
    "last month": ("month", -1), "下月": ("month", 1), "下个月": ("month", 1), "next month": ("month", 1),
    "今年": ("year", 0), "本年": ("year", 0), "this year": ("year", 0), "去年": ("year", -1),
    "上年": ("year", -1), "last year": ("year", -1),
}
_WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})"
    r"|(?:(?P<cn_year>[0-9]{4}) ?年 ?)?(?P<cn_month>[0-9]{1,2}) ?月份?|(?P<whole>[0-9]{4}) ?年?"
)


class Span(NamedTuple):
    """A span of time (UTC), half-open; without a beginning, or without an end, where that is None."""

    since: datetime | None = None
    before: datetime | None = None


EVER = Span()


class Period(NamedTuple):
    """The first and the last of the days, both included."""

    first: date
    last: date


def parse_period(text: str, today: date, side: Side = Side.ANY) -> Period | None:
    """The days that the text names together; None where it names no period. A month without its year is this year's.

    Raises WhenError: `no-such-date` (a thirteenth month), `out-of-range` (before 1990, after 2200), and with the month that may be meant
    `still-to-come`, where a month without its year has not begun and something that passed is looked at.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if (named := _NAMED.get(words.replace("-", " "))) is not None:
        return _relative(*named, today)
    written = _WRITTEN.fullmatch(words)
    if written is None:
        return None
    year = int(written["year"] or written["cn_year"] or written["whole"] or today.year)
    if not EARLIEST.year <= year <= LATEST.year:
        raise WhenError("out-of-range", text.strip())
    if written["whole"]:
        return Period(date(year, 1, 1), date(year, 12, 31))
    month = int(written["month"] or written["cn_month"])
    if not 1 <= month <= 12:
        raise WhenError("no-such-date", text.strip())
    found = _month(year, month)
    if side is Side.PAST and found.first > today and not (written["year"] or written["cn_year"]) and year > EARLIEST.year:
        raise WhenError("still-to-come", text.strip(), (_month(year - 1, month).first,))
    return found


def week_of(day: date) -> Period:
    """The week of a day, from Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def _relative(unit: str, away: int, today: date) -> Period:
    if unit == "day":
        day = today + timedelta(days=away)
        return Period(day, day)
    if unit == "week":
        return week_of(today + timedelta(weeks=away))
    if unit == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + away, 12)
        return _month(year, month + 1)
    return Period(date(today.year + away, 1, 1), date(today.year + away, 12, 31))


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
