"""WHEN: how people name a moment. `2020-10-09` (its close), `2020-10-09T12:00`, ISO with zone, `10月9日`, `明天`,
`5wd`, `1mo`.

A time typed without zone is office time. A date is the office's closing time on that day, worked or not: dates people
set are never moved, only warned about.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from engine.rules.worktime.amount import WhenError, parse_amount
from engine.rules.worktime.arithmetic import due
from engine.rules.worktime.calendar import Calendar
from engine.rules.worktime.day import EARLIEST, LATEST, CalendarError

NOT_A_WORKING_DAY, PROVISIONAL, PAST = "not-a-working-day", "provisional", "past"

_AWAY = {"今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2}
_LONGEST = 100

_DATE = re.compile(
    r"(?:(?P<word>[a-z]+|[今明后][天日])"
    r"|(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\3(?P<day>[0-9]{1,2})"
    r"|(?:(?P<cn_year>[0-9]{4}) ?年 ?)?"
    r"(?P<cn_month>[0-9]{1,2}) ?月 ?(?P<cn_day>[0-9]{1,2}) ?[日号])"
    r"(?:(?:t| |(?<=[日号天]))(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,6}))?)?"
    r" ?(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


@dataclass(frozen=True, slots=True)
class When:
    """A moment (UTC) and its date in the office. `fixed`: a person named the date, so nothing moves it.

    `warnings` are codes: `not-a-working-day`, `provisional` (no notice is in for that day yet), `past` (not after now).
    """

    at: datetime
    on: date
    fixed: bool
    text: str
    warnings: tuple[str, ...] = ()


def parse_when(text: str, now: datetime, calendar: Calendar) -> When:
    """Read a WHEN; amounts count from `now`. `10月9日` is the next such date that is not before today, office time.

    Raises WhenError: `not-understood`, `no-such-date`, `no-such-time`, `out-of-range` (before 1990, after 2200),
    `amount-out-of-range`. Raises ValueError if `now` has no zone.
    """
    typed = text.strip()
    words = " ".join(unicodedata.normalize("NFKC", typed).lower().split())
    if len(words) > _LONGEST:
        raise WhenError("not-understood", typed[:_LONGEST])
    today = calendar.local_day(now)
    named = _DATE.fullmatch(words)
    if named is None:
        return _after(typed, words, now, calendar)
    day = _day(named, today, typed)
    at, on = _moment(named, day, calendar, typed)
    return When(at, on, True, typed, _warnings(at, on, now, calendar))


def _after(typed: str, words: str, now: datetime, calendar: Calendar) -> When:
    try:
        amount = parse_amount(words.removeprefix("+"))
        end = due(now, amount, calendar)
    except WhenError as error:
        code = "not-understood" if error.code == "not-an-amount" else error.code
        raise WhenError(code, typed) from None
    except CalendarError:
        raise WhenError("out-of-range", typed) from None
    return When(end.at, end.on, False, typed, (PROVISIONAL,) if end.provisional else ())


def _day(named: re.Match[str], today: date, typed: str) -> date:
    word = named["word"]
    if word:
        if word not in _AWAY:
            raise WhenError("not-understood", typed)
        return _within(today + timedelta(days=_AWAY[word]), typed)
    month, number = int(named["month"] or named["cn_month"]), int(named["day"] or named["cn_day"])
    year = named["year"] or named["cn_year"]
    if year:
        return _within(_date(int(year), month, number, typed), typed)
    return _within(_next(month, number, today, typed), typed)


def _date(year: int, month: int, day: int, typed: str) -> date:
    if not EARLIEST.year <= year <= LATEST.year:
        raise WhenError("out-of-range", typed)
    try:
        return date(year, month, day)
    except ValueError:
        raise WhenError("no-such-date", typed) from None


def _next(month: int, day: int, today: date, typed: str) -> date:
    """The next such date; 29 February may be eight years away (2096–2104)."""
    _date(2000, month, day, typed)
    years = (year for year in range(today.year, today.year + 9) if (month, day) != (2, 29) or isleap(year))
    return next(found for found in (date(year, month, day) for year in years) if found >= today)


def _within(day: date, typed: str) -> date:
    if not EARLIEST <= day <= LATEST:
        raise WhenError("out-of-range", typed)
    return day


def _moment(named: re.Match[str], day: date, calendar: Calendar, typed: str) -> tuple[datetime, date]:
    if named["hour"] is None:
        return calendar.close(day), day
    fraction = (named["fraction"] or "").ljust(6, "0")
    try:
        clock = time(int(named["hour"]), int(named["minute"]), int(named["second"] or 0), int(fraction))
        at = datetime.combine(day, clock, _zone(named["zone"], calendar)).astimezone(UTC)
    except ValueError:
        raise WhenError("no-such-time", typed) from None
    return at, at.astimezone(calendar.tz).date()


def _zone(text: str | None, calendar: Calendar) -> tzinfo:
    if text is None:
        return calendar.tz
    if text == "z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _warnings(at: datetime, on: date, now: datetime, calendar: Calendar) -> tuple[str, ...]:
    found = {
        NOT_A_WORKING_DAY: not calendar.is_working(on),
        PROVISIONAL: calendar.provisional(on),
        PAST: at <= now,
    }
    return tuple(code for code, holds in found.items() if holds)
