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
from engine.rules.worktime import Amount, Calendar, Side, WhenError, parse_amount
from engine.rules.worktime.day import Periods
from engine.rules.worktime.hours import MonthDay, parse_hours, parse_season
from engine.rules.worktime.period import Period, Span, parse_period
from engine.rules.worktime.when import PAST, When, ago, parse_when

_STEP = re.compile(r"(\d{1,5})(d|h|m)")
_STEPS = {"d": "days", "h": "hours", "m": "minutes"}

FARTHEST = 20
"""No coming date lies more years ahead."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Reads times against the clock and the calendar in force at a desk."""

    desk: Desk

    def when(self, text: str, side: Side, since: datetime | None = None) -> Understood[datetime]:
        """The moment people mean, with warnings of days off and of days that no notice covers yet; an amount counts from `since`, or
        else from now. Raises UsageError; of a coming one also where it is so far ahead that it is a slip of the keyboard.
        """
        found = self._named(text, side, since)
        if side is Side.COMING and found.value.on.year > self.desk.clock.now().year + FARTHEST:
            raise UsageError(reason="when-far", text=text, date=found.value.on, years=FARTHEST)
        return Understood(found.value.at, found.warnings)

    def day(self, text: str, side: Side) -> Understood[date]:
        """The day of the office that people mean. Raises UsageError."""
        found = self.when(text, side)
        return Understood(found.value.astimezone(self.desk.rules.zone()).date(), found.warnings)

    def begin(self, text: str, side: Side = Side.ANY) -> Understood[datetime]:
        """When something begins: a day begins at its first moment; a time is that time. Raises UsageError."""
        found = self._named(text, side)
        return Understood(self._begin_of(found.value), found.warnings)

    def end(self, text: str) -> Understood[datetime]:
        """Until when something lasts: a day lasts until its last moment; a time is that time. Raises UsageError."""
        found = self._named(text, Side.COMING)
        begun = self._begin_of(found.value)
        return Understood(begun + timedelta(days=1) if found.value.whole_day else begun, found.warnings)

    def span(self, text: str, side: Side = Side.ANY) -> Understood[Span]:
        """FROM..TO: from the first moment of a day to the last one of a day, either of which may be missing; or one day or period:
        本周, 3月, 2020-03-09. Raises UsageError, also where it ends before it begins, or where what is looked back at begins in the
        future.
        """
        first, dots, last = (part.strip() for part in text.partition(".."))
        found = self.between(first or None, last or None, side) if dots else self.between(first, first, side)
        since, before = found.value
        if since is not None and before is not None and since >= before:
            raise UsageError(reason="usage-span", text=text)
        return found

    def between(self, first: str | None, last: str | None, side: Side = Side.ANY) -> Understood[Span]:
        """From the first moment of a day or period to the last one of another; None is open. Raises UsageError, also where what is looked
        back at begins in the future.
        """
        begun = self.whole(first, side) if first is not None else None
        ended = begun if last == first else self.whole(last, side) if last is not None else None
        span = Span(begun.value.since if begun else None, ended.value.before if ended else None)
        self._must_have_begun(first or "", span, side)
        return Understood(span, tuple(warning for found in (begun, ended) if found for warning in found.warnings))

    def since(self, text: str) -> Understood[datetime]:
        """Since when something passed is looked at: an amount counts back from now, a day or period begins at its first moment. Raises
        UsageError, also for what is still to come.
        """
        try:
            return Understood(ago(text, self.desk.clock.now(), self.desk.rules.calendar()))
        except WhenError as error:
            if error.code != "not-an-amount":
                raise unclear(error) from None
        found = self.whole(text, Side.PAST)
        self._must_have_begun(text, found.value, Side.PAST)
        return Understood(found.value.since or self.desk.clock.now(), found.warnings)

    def whole(self, text: str, side: Side = Side.ANY) -> Understood[Span]:
        """From the first moment of a day or period to the one after its last; a time is that moment alone. Raises UsageError."""
        zone = self.desk.rules.zone()
        try:
            period = parse_period(text, self.desk.clock.now().astimezone(zone).date(), side)
        except WhenError as error:
            raise unclear(error) from None
        if period is None:
            found = self._named(text, side)
            if not found.value.whole_day:
                return Understood(Span(found.value.at, found.value.at), found.warnings)
            return Understood(_moments(Period(found.value.on, found.value.on), zone))
        return Understood(_moments(period, zone))

    def amount(self, text: str) -> Amount:
        """An amount of time: `5wd`, `1 month`. Raises UsageError."""
        return _read(parse_amount, text)

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

    def _named(self, text: str, side: Side, since: datetime | None = None) -> Understood[When]:
        """The moment people mean, with what they said of it, and the warnings: of a limit only, since what has passed moves no more."""
        found = _moment(text, self.desk.clock.now(), self.desk.rules.calendar(), side, since)
        codes = [code for code in found.warnings if code != PAST] if side is not Side.PAST else []
        return Understood(found, tuple(Reason(f"when-{code}", {"date": found.on.isoformat(), "text": text}) for code in codes))

    def _begin_of(self, named: When) -> datetime:
        """The first moment of a day; of a time that time."""
        if not named.whole_day:
            return named.at
        return datetime.combine(named.on, time(), self.desk.rules.zone()).astimezone(UTC)

    def _must_have_begun(self, text: str, span: Span, side: Side) -> None:
        """Raises UsageError where what is looked back at begins in the future."""
        if side is Side.PAST and span.since is not None and span.since > self.desk.clock.now():
            raise unclear(WhenError("day-still-to-come", text))


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
