"""What may change in a calendar: a notice of the State Council comes in, or the office itself decides to rest or to work on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.errors import Problem, Reason
from engine.rules.worktime.calendar import Calendar, merge
from engine.rules.worktime.day import NOTHING_COVERED, REST, WORK, WORKED, CalendarError, Day, Periods
from engine.rules.worktime.hours import Season
from engine.rules.worktime.notice import HolidayNotice
from engine.rules.worktime.plausible import implausible


@dataclass(frozen=True, slots=True)
class Loaded:
    """A calendar with notices that came in, the notices it is made of now, and the office's own days that say the contrary."""

    calendar: Calendar
    notices: tuple[HolidayNotice, ...]
    contrary: tuple[date, ...]


def load_notices(calendar: Calendar, in_force: Sequence[HolidayNotice], new: Sequence[HolidayNotice]) -> Loaded:
    """The calendar with the notices of `new` in place of older ones for the same year; the office's own days stay and win.

    Raises CalendarError with every problem: what cannot be meant in a notice, a year that leaves a gap, an arrangement that a later
    notice replaced, a year without a working day.
    """
    kept = {notice.year: notice for notice in in_force}
    problems: list[Problem] = []
    for notice in sorted(new, key=lambda it: (it.year, it.published)):
        problems += [*_problems_of_order(notice, kept), *implausible(notice, calendar.weekend)]
        kept[notice.year] = notice
    if problems:
        raise CalendarError(problems)
    notices = tuple(kept[year] for year in sorted(kept))
    merged = merge(notices, calendar)
    closed = [notice.year for notice in new if not merged.worked_days(notice.year)]
    if closed:
        raise CalendarError([Problem.at("problem-closed", year=year) for year in sorted(set(closed))])
    own = {day: special.kind in WORKED for day, special in calendar.days.items() if not special.notice}
    by_notice = {day: works for notice in new for named, works in ((notice.off, False), (notice.work, True)) for day, _ in named}
    contrary = tuple(day for day in sorted(own) if by_notice.get(day, own[day]) != own[day])
    return Loaded(merged, notices, contrary)


@dataclass(frozen=True, slots=True)
class ChangedDays:
    """Days in a row that another calendar works on, or rests on, contrary to the one before. `name` is why, if it has a name."""

    first: date
    last: date
    working: bool
    name: str


def changed_days(before: Calendar, after: Calendar) -> tuple[ChangedDays, ...]:
    """What another calendar changes for the office: every day that is worked by one and not by the other."""
    years = [day.year for calendar in (before, after) for day in calendar.days]
    found: list[ChangedDays] = []
    for ordinal in range(date(min(years, default=1), 1, 1).toordinal(), date(max(years, default=0) + 1, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        working, name = after.is_working(day), after.why(day) or ""
        if working == before.is_working(day):
            continue
        last = found[-1] if found else None
        if last is not None and (last.working, last.name) == (working, name) and last.last.toordinal() == ordinal - 1:
            found[-1] = replace(last, last=day)
        else:
            found.append(ChangedDays(day, day, working, name))
    return tuple(found)


def _problems_of_order(notice: HolidayNotice, kept: dict[int, HolidayNotice]) -> list[Problem]:
    before = kept.get(notice.year)
    if before is not None and before.published > notice.published:
        return [Problem.at(
            "problem-older", str(notice.year), known=before.published.isoformat(), published=notice.published.isoformat(),
        )]
    if kept and not min(kept) - 1 <= notice.year <= max(kept) + 1:
        missing = max(kept) + 1 if notice.year > max(kept) else min(kept) - 1
        return [Problem.at("problem-gap", "year", year=notice.year, first=min(kept), last=max(kept), missing=missing)]
    return []


def add_day(
    calendar: Calendar, day: date, kind: str, name: str, unit: str | None = None, hours: Periods = (),
) -> Calendar | Reason:
    """The calendar in which the office, or one unit alone, rests or works on a day, with hours of its own where they are given;
    or why not.
    """
    if not _near(calendar, day):
        return Reason("day-far", {"day": day.isoformat(), "begin": calendar.covered_from.isoformat(),
                                  "end": calendar.covered_until.isoformat()})
    own = own_days(calendar, unit).get(day)
    if own is not None and own.kind != kind:
        return Reason("day-decided", {"day": day.isoformat(), "name": own.name})
    works = calendar.of(unit).is_working(day)
    if works and kind == WORK and not hours:
        return Reason("day-works-already", {"day": day.isoformat()})
    if not works and kind == REST:
        return Reason("day-rests-already", {"day": day.isoformat()})
    return _with(calendar, day, Day(kind, name, hours=hours), unit)


def set_hours(calendar: Calendar, hours: Periods) -> Calendar:
    """The calendar with other usual hours."""
    return replace(calendar, hours=hours)


def set_season(calendar: Calendar, season: Season) -> Calendar | Reason:
    """The calendar that keeps other hours for a part of every year, or why not. A season with the usual hours is none, so that
    setting those takes it away; one of the same days is replaced.
    """
    others = tuple(other for other in calendar.seasons if (other.first, other.last) != (season.first, season.last))
    touched = [str(other) for other in others if season.overlaps(other)]
    if touched:
        return Reason("season-overlaps", {"season": str(season), "others": touched})
    kept = others if season.hours == calendar.hours else (*others, season)
    return replace(calendar, seasons=tuple(sorted(kept)))


def remove_day(calendar: Calendar, day: date, notices: Sequence[HolidayNotice], unit: str | None = None) -> Calendar | Reason:
    """The calendar without what the office, or one unit alone, had decided for a day; or why not."""
    if day not in own_days(calendar, unit):
        return Reason("day-not-own", {"day": day.isoformat()})
    without = _with(calendar, day, None, unit)
    return without if unit is not None else merge(notices, without)  # the notice may say something of that day


def own_days(calendar: Calendar, unit: str | None = None) -> dict[date, Day]:
    """The days that the office itself decided, or one unit alone."""
    if unit is not None:
        return dict(calendar.units.get(unit, {}))
    return {day: special for day, special in calendar.days.items() if special.kind in (REST, WORK) and not special.notice}


def _with(calendar: Calendar, day: date, special: Day | None, unit: str | None) -> Calendar:
    days = dict(calendar.days if unit is None else calendar.units.get(unit, {}))
    if special is None:
        days.pop(day)
    else:
        days[day] = special
    if unit is None:
        return replace(calendar, days=days)
    units = {**calendar.units, unit: days}
    return replace(calendar, units={code: own for code, own in units.items() if own})


def _near(calendar: Calendar, day: date) -> bool:
    """Within the years the notices cover, or a year beyond: anything else is a slip of the keyboard."""
    if calendar.covered_until == NOTHING_COVERED:
        return True
    return calendar.covered_from <= day <= calendar.covered_until.replace(year=calendar.covered_until.year + 1)
