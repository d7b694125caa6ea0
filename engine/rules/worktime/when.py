"""WHEN: how people name a moment. `2020-10-09` (its close), `2020-10-09T12:00`, ISO with zone, `10月9日`, `3.10`, 明天,
月底, 下周五, `7月底前`, 三季度末, `9 Oct`, `5wd`, `1mo`.

A time typed without zone is office time. A date is the office's closing time on that day, worked or not: dates people
set are never moved, only warned about. A date without a year is this year's; where that is not what can be meant, the
year is asked for and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from engine.rules.worktime.amount import DAYS, HOURS, MONTHS, WORKING_DAYS, WORKING_HOURS, Amount, WhenError, parse_amount
from engine.rules.worktime.arithmetic import Due, due, shift_working_days
from engine.rules.worktime.calendar import MICROSECOND, Calendar
from engine.rules.worktime.day import EARLIEST, LATEST, CalendarError
from engine.rules.worktime.day_names import named_days
from engine.rules.worktime.side import Side

NOT_A_WORKING_DAY, PROVISIONAL, PAST = "not-a-working-day", "provisional", "past"

_WHOLE_DAYS = (WORKING_DAYS, DAYS, MONTHS)
"""The units of which an amount ends at a close."""

_AWAY = {
    "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2,
}
_WEEKS_AWAY = {"": 0, "本": 0, "这": 0, "下": 1, "上": -1}
_WEEKDAYS = "一二三四五六日"
_LONGEST = 100
_UNTIL = re.compile(r" ?(?:(?:之|以)?前)?")
_ONE_DAY = re.compile(r"[底末旬日号a-z]|^\d{8}$")
_NEXT_LEAP_YEAR_WITHIN = 8
"""29 February may be so many years away (2096–2104)."""

_DATE = re.compile(
    r"(?:(?P<word>[a-z]+|[今明后昨前][天日])"
    r"|(?P<end>本?月底|下月底|年底)"
    r"|(?P<week>[本这下上]?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
    r"|(?P<short_month>[0-9]{1,2})[/.](?P<short_day>[0-9]{1,2})"
    r"|(?:(?P<cn_year>[0-9]{4}) ?年 ?)?"
    r"(?P<cn_month>[0-9]{1,2}) ?月 ?(?P<cn_day>[0-9]{1,2}) ?[日号])"
    r"(?:(?:t| |(?<=[日号天底一二三四五六]))(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,6}))?)?"
    r" ?(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


@dataclass(frozen=True, slots=True)
class When:
    """A moment (UTC) and its date in the office. `fixed`: a person named the date, so nothing moves it. `whole_day`: no time of day was
    said, so the moment is the close of that day.

    `warnings` are codes: `not-a-working-day`, `provisional` (no notice is in for that day yet), `past` (not after now).
    """

    at: datetime
    on: date
    fixed: bool
    text: str
    warnings: tuple[str, ...] = ()
    whole_day: bool = True


def parse_when(text: str, now: datetime, calendar: Calendar, side: Side, since: datetime | None = None) -> When:
    """Read a WHEN. An amount counts from `since`, the date it extends, or else from `now`.

    What names no year (`10月9日`, 周五, 月底) is this year's, this week's, this month's, and must lie on the wanted side of
    today; today is on both. A date with its year is taken as it is: whether it is too late is for the rules to say.

    Raises WhenError: `not-understood`, `no-such-date`, `no-such-time`, `out-of-range` (before 1990, after 2200),
    `amount-out-of-range`, `day-already-past` (周五, 昨天, where a coming day was wanted), `day-still-to-come`, and with the dates that may
    be meant `already-past`, `still-to-come`, `not-this-year` (29 February). Raises ValueError if `now` has no zone.
    """
    typed = text.strip()
    words = " ".join(unicodedata.normalize("NFKC", typed).lower().split())
    if len(words) > _LONGEST:
        raise WhenError("not-understood", typed[:_LONGEST])
    today = calendar.local_day(now)
    named = _DATE.fullmatch(words)
    if named is None and (last := _last_day(words, today, side, typed)) is not None:
        at = calendar.close(last)
        return When(at, last, True, typed, _warnings(at, last, now, calendar))
    if named is None:
        found = _after(typed, words, now, calendar, since)
        if since is None and side is Side.PAST and found.at > now:
            raise WhenError("day-still-to-come", typed)
        return found
    day = _day(named, today, side, typed)
    at, on = _moment(named, day, calendar, typed)
    return When(at, on, True, typed, _warnings(at, on, now, calendar), named["hour"] is None)


def extend(promised: datetime, amount: Amount, calendar: Calendar) -> Due:
    """When a limit ends that is given `amount` more: counted from the date it extends, not from today."""
    # A close at 24:00 belongs to the day it ends.
    return due(promised - MICROSECOND if amount.unit in _WHOLE_DAYS else promised, amount, calendar)


def ago(text: str, now: datetime, calendar: Calendar) -> datetime:
    """The moment an amount before now: hours by the clock; days, months and working days at the same hour of the earlier day.

    Raises WhenError: `not-an-amount`, `amount-out-of-range`, `out-of-range`.
    """
    amount = parse_amount(text)
    if amount.unit == WORKING_HOURS:
        raise WhenError("not-an-amount", text)
    local = now.astimezone(calendar.tz)
    if amount.unit == HOURS:
        at = now - timedelta(hours=amount.number)
        _within(at.astimezone(calendar.tz).date(), text)
        return at
    return datetime.combine(_day_ago(local.date(), amount, calendar, text), local.time(), calendar.tz).astimezone(UTC)


def _day_ago(today: date, amount: Amount, calendar: Calendar, typed: str) -> date:
    if amount.unit == WORKING_DAYS:
        try:
            return shift_working_days(today, -amount.number, calendar)
        except CalendarError:
            raise WhenError("out-of-range", typed) from None
    if amount.unit == DAYS:
        return _within(today - timedelta(days=amount.number), typed)
    year, month = divmod(today.year * 12 + today.month - 1 - amount.number, 12)
    if year < EARLIEST.year:
        raise WhenError("out-of-range", typed)
    return _within(date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])), typed)


def _after(typed: str, words: str, now: datetime, calendar: Calendar, since: datetime | None) -> When:
    try:
        amount = parse_amount(words.removeprefix("+"))
        end = due(now, amount, calendar) if since is None else extend(since, amount, calendar)
    except WhenError as error:
        code = "not-understood" if error.code == "not-an-amount" else error.code
        raise WhenError(code, typed) from None
    except CalendarError:
        raise WhenError("out-of-range", typed) from None
    return When(end.at, end.on, False, typed, (PROVISIONAL,) if end.provisional else (), amount.unit in _WHOLE_DAYS)


def _day(named: re.Match[str], today: date, side: Side, typed: str) -> date:
    year = named["year"] or named["cn_year"]
    if year:
        return _within(_date(int(year), int(named["month"] or named["cn_month"]), int(named["day"] or named["cn_day"]), typed), typed)
    if named["word"] or named["end"] or named["weekday"]:
        return _on_side(_relative(named, today, typed), today, side, typed)
    return _of_this_year(int(named["short_month"] or named["cn_month"]), int(named["short_day"] or named["cn_day"]), today, side, typed)


def _last_day(words: str, today: date, side: Side, typed: str) -> date | None:
    """The last day of what is named as offices name it in their sheets (`7月底前`, 11月上旬, 三季度末, `9 Oct 2020`); None where it is no
    such name. A whole month or year is its last day as a limit only, since what has been may have begun on its first.
    """
    name = next(named_days(words, today.year), None)
    if name is None or name.start > 0 or _UNTIL.fullmatch(words[name.end:]) is None or len(name.days) != 1:
        return None
    if side is not Side.COMING and _ONE_DAY.search(words) is None:
        return None
    day, own = name.days[0], next(named_days(words, None)).days
    if own or day.year != today.year or not _wrong(day, today, side):
        return _within(day, typed)
    other = next(named_days(words, today.year + (1 if side is Side.COMING else -1))).days
    raise WhenError(_wrong_code(side) if other else f"day-{_wrong_code(side)}", typed, other)


def _relative(named: re.Match[str], today: date, typed: str) -> date:
    """A day that is named by where it lies from today: 明天, 月底, 下周五. A week begins on Monday."""
    if named["word"]:
        if named["word"] not in _AWAY:
            raise WhenError("not-understood", typed)
        return _within(today + timedelta(days=_AWAY[named["word"]]), typed)
    if named["weekday"]:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEKS_AWAY[named["week"]])
        return _within(monday + timedelta(days=_WEEKDAYS.index(named["weekday"].replace("天", "日"))), typed)
    if named["end"] == "年底":
        return date(today.year, 12, 31)
    year, month = divmod(today.year * 12 + today.month - 1 + (named["end"] == "下月底"), 12)
    return _within(date(year, month + 1, monthrange(year, month + 1)[1]), typed)


def _on_side(day: date, today: date, side: Side, typed: str) -> date:
    if _wrong(day, today, side):
        raise WhenError(f"day-{_wrong_code(side)}", typed)
    return day


def _of_this_year(month: int, day: int, today: date, side: Side, typed: str) -> date:
    """The month and day of this year. Where that does not exist or lies on the wrong side, those of the years around may be meant."""
    _date(2000, month, day, typed)
    found = _in_year(today.year, month, day)
    if found is not None and not _wrong(found, today, side):
        return found
    if found is None:
        raise WhenError("not-this-year", typed, _nearest(month, day, today.year, -1) + _nearest(month, day, today.year, 1))
    other = _nearest(month, day, today.year, 1 if side is Side.COMING else -1)
    raise WhenError(_wrong_code(side) if other else f"day-{_wrong_code(side)}", typed, other)


def _in_year(year: int, month: int, day: int) -> date | None:
    if not EARLIEST.year <= year <= LATEST.year or day > monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _nearest(month: int, day: int, year: int, step: int) -> tuple[date, ...]:
    """The same month and day in the next year, or the one before, that has it; none at the ends of our years."""
    years = range(year + step, year + step * (_NEXT_LEAP_YEAR_WITHIN + 1), step)
    return tuple(found for found in (_in_year(other, month, day) for other in years) if found is not None)[:1]


def _wrong(day: date, today: date, side: Side) -> bool:
    return (side is Side.COMING and day < today) or (side is Side.PAST and day > today)


def _wrong_code(side: Side) -> str:
    return "already-past" if side is Side.COMING else "still-to-come"


def _date(year: int, month: int, day: int, typed: str) -> date:
    if not EARLIEST.year <= year <= LATEST.year:
        raise WhenError("out-of-range", typed)
    try:
        return date(year, month, day)
    except ValueError:
        raise WhenError("no-such-date", typed) from None


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
