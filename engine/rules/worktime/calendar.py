"""The calendar of an office: which days are worked, and when the office is open. A versioned, unchanging value."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from engine.rules.worktime import document
from engine.rules.worktime.day import (
    EARLIEST,
    HOLIDAY,
    LATEST,
    MAKEUP,
    NOTHING_COVERED,
    WORK,
    WORKED,
    CalendarError,
    Day,
    Periods,
    minutes,
    wrong,
)
from engine.rules.worktime.hours import Season

if TYPE_CHECKING:
    from engine.rules.worktime.notice import HolidayNotice

WEEKEND, WORKDAY = "weekend", "workday"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Spans(NamedTuple):
    """The open time of one year, microseconds since 1970 UTC: begins, ends, and the open time up to each end."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]
    worked: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.worked[-1] if self.worked else 0

    def before(self, at: int) -> int:
        """Open time of this year before `at`."""
        begun = bisect_right(self.begins, at)
        if begun == 0:
            return 0
        return self.worked[begun - 1] - max(0, self.ends[begun - 1] - at)


@dataclass(frozen=True)
class Calendar:
    """Worked days and open hours of an office.

    `hours` are wall-clock periods in `zone`; `seasons` replace them for a part of every year, `weekday_hours` for a weekday,
    `dated_hours` for one date, and last the hours of a special day of `days` (they say when a worked day is open, never that a day
    is worked). `weekend` holds weekdays, Monday being 0.
    `days` says what differs from that, `units` what differs beside it for one unit alone (a county that a storm closes): its
    calendar is `of(code)`. Days outside `covered_from..covered_until` are provisional: no complete notice
    is in for them, so beside weekends only `fixed_holidays` (month, day) are known to be off. Raises CalendarError
    with every problem of its content.
    """

    name: str
    zone: str
    hours: Periods
    weekend: frozenset[int]
    days: Mapping[date, Day] = field(default_factory=dict)
    covered_from: date = EARLIEST
    covered_until: date = NOTHING_COVERED
    fixed_holidays: Mapping[tuple[int, int], str] = field(default_factory=dict)
    weekday_hours: Mapping[int, Periods] = field(default_factory=dict)
    dated_hours: Mapping[date, Periods] = field(default_factory=dict)
    units: Mapping[str, Mapping[date, Day]] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    office: Calendar | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if problems := document.check(**self._content()):
            raise CalendarError(problems)

    def __hash__(self) -> int:
        return hash(self.version)

    @classmethod
    def from_json(cls, text: str, version: str | None = None) -> Calendar:
        """Read what `to_json` wrote, or a person. Raises CalendarError with every problem.

        Whoever keeps the version beside the text says it, so that the text need not be hashed anew.
        """
        content, problems = document.read(text)
        if problems:
            raise CalendarError([*problems, *document.check(**content)])
        calendar = cls(**content)
        if version is not None:
            vars(calendar)["version"] = version
        return calendar

    def of(self, unit: str | None) -> Calendar:
        """The calendar a unit counts by: the office's, with the days of the unit's own. It is the office's for None and for a unit
        that has none.
        """
        office = self.office or self
        own = office.units.get(unit) if unit is not None else None
        if unit is None or not own:
            return office
        calendar = office._unit_calendars.get(unit)
        if calendar is None:
            calendar = office._unit_calendars[unit] = replace(office, days={**office.days, **own}, units={}, office=office)
        return calendar

    def to_json(self) -> str:
        """Canonical JSON: the text the record stores."""
        return document.write(**self._content())

    @cached_property
    def version(self) -> str:
        """The first 12 hex digits of SHA-256 over `to_json()`: equal content, equal version. A unit's is that of its office."""
        if self.office is not None:
            return self.office.version
        from hashlib import sha256  # `zg show` reads the version from the record and need not wait

        return sha256(self.to_json().encode()).hexdigest()[:12]

    @cached_property
    def tz(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.zone)

    def is_working(self, day: date) -> bool:
        """Is it a working day?"""
        special = self.days.get(day)
        if special is not None:
            return special.kind in WORKED
        return day.weekday() not in self.weekend and not self._fixed_holiday(day)

    def why(self, day: date) -> str | None:
        """The name of a special day, such as 国庆节; None when its weekday says it all."""
        special = self.days.get(day)
        if special is not None:
            return special.name or None
        return self._fixed_holiday(day)

    def kind(self, day: date) -> str:
        """`holiday`, `makeup`, `rest`, `work`, or what the weekday says: `weekend`, `workday`."""
        special = self.days.get(day)
        if special is not None:
            return special.kind
        if self._fixed_holiday(day):
            return HOLIDAY
        return WEEKEND if day.weekday() in self.weekend else WORKDAY

    def provisional(self, day: date) -> bool:
        """No complete notice is in for that day: it may still turn into a holiday or a make-up day."""
        return not self.covered_from <= day <= self.covered_until

    def opening(self, day: date) -> datetime:
        """When the office opens, UTC; for a day that is not worked: when it would usually open."""
        return self._instant(day, self.periods(day)[0][0])

    def close(self, day: date) -> datetime:
        """When the office closes, UTC; for a day that is not worked: when it would usually close."""
        at = self._closes.get(day)
        if at is None:
            at = self._closes[day] = self._instant(day, self.periods(day)[-1][1])
        return at

    def local_day(self, at: datetime) -> date:
        """The office's date at a moment. Raises ValueError for a naive time, CalendarError beyond 1990–2200."""
        if at.tzinfo is None:
            raise ValueError(f"a time without zone: {at.isoformat()}")
        if not EARLIEST.year <= at.year <= LATEST.year:
            raise beyond(at.year)
        return at.astimezone(self.tz).date()

    def worked_days(self, year: int) -> Sequence[int]:
        """The working days of a year as ordinals, in order. Made once. Raises CalendarError beyond 1990–2200."""
        found = self._worked.get(year)
        if found is None:
            if not EARLIEST.year <= year <= LATEST.year:
                raise beyond(year)
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            found = tuple(day for day in range(first, last + 1) if self.is_working(date.fromordinal(day)))
            self._worked[year] = found
        return found

    def open_spans(self, year: int) -> Spans:
        """The open time of a year. Made once. Raises CalendarError beyond 1990–2200."""
        found = self._spans.get(year)
        if found is None:
            found = self._spans[year] = self._measure(year)
        return found

    def _measure(self, year: int) -> Spans:
        """Periods are wall-clock; one that a jump of the clock swallows (it ends before it begins) is dropped."""
        periods = []
        for ordinal in self.worked_days(year):
            day = date.fromordinal(ordinal)
            for begins, ends in self.periods(day):
                begin, end = micros(self._instant(day, begins)), micros(self._instant(day, ends))
                if begin < end:
                    periods.append((begin, end))
        begins_at: list[int] = []
        ends_at: list[int] = []
        for begin, end in sorted(periods):
            if ends_at and begin <= ends_at[-1]:  # they touch, or the jump of a clock pushed them into one another
                ends_at[-1] = max(end, ends_at[-1])
            else:
                begins_at.append(begin)
                ends_at.append(end)
        worked, sum_up_to = [], 0
        for begin, end in zip(begins_at, ends_at, strict=True):
            sum_up_to += end - begin
            worked.append(sum_up_to)
        return Spans(tuple(begins_at), tuple(ends_at), tuple(worked))

    def _content(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "office"}

    def _fixed_holiday(self, day: date) -> str | None:
        return self.fixed_holidays.get((day.month, day.day)) if self.provisional(day) else None

    def periods(self, day: date) -> Periods:
        """When the office is open on a worked day; for a day that is not worked: when it would usually be."""
        special = self.days.get(day)
        own = (special.hours if special else ()) or self.dated_hours.get(day) or self.weekday_hours.get(day.weekday())
        return own or next((season.hours for season in self.seasons if season.holds(day)), self.hours)

    def _instant(self, day: date, clock: str) -> datetime:
        """Wall clock to UTC. A time that a jump of the clock skips has the offset before it (PEP 495, fold 0)."""
        hour, minute = divmod(minutes(clock), 60)
        if hour == 24:
            day, hour = day + timedelta(days=1), 0
        return datetime.combine(day, time(hour, minute), self.tz).astimezone(UTC)

    @cached_property
    def _worked(self) -> dict[int, tuple[int, ...]]:
        return {}

    @cached_property
    def _spans(self) -> dict[int, Spans]:
        return {}

    @cached_property
    def _unit_calendars(self) -> dict[str, Calendar]:
        return {}

    @cached_property
    def _closes(self) -> dict[date, datetime]:
        return {}


def merge(notices: Sequence[HolidayNotice], base: Calendar) -> Calendar:
    """`base` with the arrangements of the State Council's notices.

    Of several notices for a year the last published replaces the others as a whole. Days the office itself added to
    `base` (those with no notice) stay and win; days that came from notices are made anew, so merging twice is merging
    once. Covered is the unbroken run of years from the first notice: a year missing in between leaves everything
    after it provisional.
    """
    in_force: dict[int, HolidayNotice] = {}
    for notice in sorted(notices, key=lambda it: it.published):
        in_force[notice.year] = notice
    days: dict[date, Day] = {}
    for notice in sorted(in_force.values(), key=lambda it: it.published):
        published = notice.published.isoformat()
        for day, name in notice.off:
            days[day] = Day(HOLIDAY, name, published)
        for day, name in notice.work:
            # A notice may also confirm an ordinary weekday as worked (2020-02-03); that makes nothing up.
            days[day] = Day(MAKEUP, name, published) if day.weekday() in base.weekend else Day(WORK, "", published)
    days.update((day, special) for day, special in base.days.items() if not special.notice)
    years = sorted(in_force)
    if not years:
        return replace(base, days=days, covered_from=EARLIEST, covered_until=NOTHING_COVERED)
    run = [year for index, year in enumerate(years) if year == years[0] + index]
    return replace(base, days=days, covered_from=date(run[0], 1, 1), covered_until=date(run[-1], 12, 31))


def micros(at: datetime) -> int:
    """Microseconds since `EPOCH`: open time is counted in whole numbers."""
    return (at - EPOCH) // MICROSECOND


def beyond(year: int) -> CalendarError:
    """The error of arithmetic that leaves the years we count in."""
    return wrong("problem-out-of-range", value=year, first=EARLIEST.year, last=LATEST.year)
