"""Moments, days and spans as people type them, by the office's calendar and clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar

from engine.desk.tickets import Desk
from engine.desk.understood import Understood
from engine.errors import Reason, UsageError
from engine.rules.worktime import Calendar, Side, WhenError
from engine.rules.worktime.day import Periods
from engine.rules.worktime.hours import MonthDay, parse_hours, parse_season
from engine.rules.worktime.period import Period, Span, parse_period
from engine.rules.worktime.when import PAST, When, parse_when

_STEP = re.compile(r"(\d{1,5})(d|h|m)")
_STEPS = {"d": "days", "h": "hours", "m": "minutes"}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Reads times against the clock and the calendar in force at a desk."""

    desk: Desk

    def when(self, text: str, side: Side, since: datetime | None = None) -> Understood[datetime]:
        """The moment people mean, with warnings of days off and of days that no notice covers yet; an amount counts from `since`, or
        else from now. Raises UsageError.
        """
        found = _moment(text, self.desk.clock.now(), self.desk.rules.calendar(), side, since)
        warnings = (Reason(f"when-{code}", {"date": found.on.isoformat(), "text": text}) for code in found.warnings if code != PAST)
        return Understood(found.at, tuple(warnings))

    def day(self, text: str, side: Side) -> Understood[date]:
        """The day of the office that people mean. Raises UsageError."""
        found = self.when(text, side)
        return Understood(found.value.astimezone(self.desk.rules.zone()).date(), found.warnings)

    def begin(self, text: str, side: Side = Side.ANY) -> Understood[datetime]:
        """When something begins: a day begins at its first moment; a time is that time. Raises UsageError."""
        found = self.when(text, side)
        if not is_day(text):
            return found
        local = found.value.astimezone(self.desk.rules.zone()).replace(hour=0, minute=0, second=0, microsecond=0)
        return Understood(local.astimezone(found.value.tzinfo), found.warnings)

    def end(self, text: str) -> Understood[datetime]:
        """Until when something lasts: a day lasts until its last moment; a time is that time. Raises UsageError."""
        begun = self.begin(text, Side.COMING)
        return Understood(begun.value + timedelta(days=1), begun.warnings) if is_day(text) else begun

    def span(self, text: str) -> Understood[Span]:
        """FROM..TO: from the first moment of a day to the last one of a day, either of which may be missing; or one day or period:
        本周, 3月, 2020-03-09. Raises UsageError, also where it ends before it begins.
        """
        first, dots, last = text.partition("..")
        begun = self.whole(first) if first.strip() or not dots else None
        ended = self.whole(last) if last.strip() else None
        if not dots:
            ended = begun
        span = Span(begun.value.since if begun else None, ended.value.before if ended else None)
        if span.since is not None and span.before is not None and span.since >= span.before:
            raise UsageError(reason="usage-span", text=text)
        return Understood(span, tuple(warning for found in (begun, ended) if found for warning in found.warnings))

    def whole(self, text: str) -> Understood[Span]:
        """From the first moment of a day or period to the one after its last; a time is that moment alone. Raises UsageError."""
        zone = self.desk.rules.zone()
        try:
            period = parse_period(text, self.desk.clock.now().astimezone(zone).date())
        except WhenError as error:
            raise unclear(error) from None
        if period is None:
            begun = self.begin(text)
            if not is_day(text):
                return Understood(Span(begun.value, begun.value), begun.warnings)
            period = Period(*2 * (begun.value.astimezone(zone).date(),))
            return Understood(_moments(period, zone), ())
        return Understood(_moments(period, zone))

    def hours(self, text: str) -> Periods:
        """Open periods of a day. Raises UsageError."""
        return _read(parse_hours, text)

    def season(self, text: str) -> tuple[MonthDay, MonthDay]:
        """The first and the last day of a part of every year. Raises UsageError."""
        return _read(parse_season, text)

    def later(self, amount: str) -> Understood[datetime]:
        """The moment after an amount of time: `3d` is three days on at the same hour, and `3wd` the close of that working day."""
        plain = _STEP.fullmatch(amount.strip().lower())
        if plain is None:
            return self.when(amount, Side.COMING)
        return Understood(self.desk.clock.now() + timedelta(**{_STEPS[plain[2]]: int(plain[1])}))


def sandbox_begin(text: str, now: datetime, calendar: Calendar) -> datetime:
    """The moment a sandbox begins: a date is its opening hour, so that its first working day is still ahead. Raises UsageError."""
    found = _moment(text, now, calendar, Side.ANY, None)
    return calendar.opening(found.on) if found.at == calendar.close(found.on) else found.at


def _moment(text: str, now: datetime, calendar: Calendar, side: Side, since: datetime | None) -> When:
    try:
        return parse_when(text, now, calendar, side, since)
    except WhenError as error:
        raise unclear(error) from None


def _read(parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except WhenError as error:
        raise unclear(error) from None


def unclear(error: WhenError) -> UsageError:
    """What is wrong with a time that was typed; of a date that lacks its year with those that may be meant."""
    return UsageError(reason=f"when-{error.code}", text=error.text, dates=[day.isoformat() for day in error.dates])


def _moments(period: Period, zone: tzinfo) -> Span:
    """The days as moments, half-open."""
    since, before = (
        datetime.combine(day, time(), zone).astimezone(UTC) for day in (period.first, period.last + timedelta(days=1))
    )
    return Span(since, before)


def is_day(text: str) -> bool:
    """Whether a text names a day without a time of day."""
    return not any(sign in text for sign in "T: ")
