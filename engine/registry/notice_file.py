"""The file of a holiday notice: our own form, holiday-cn's JSON, or an iCalendar file (.ics) as telephones subscribe to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import InvalidFile, Problem, os_problem
from engine.rules.worktime import CalendarError, HolidayNotice, parse_notices
from engine.rules.worktime.day import EARLIEST, LATEST, LONGEST_NAME, wrong
from engine.rules.worktime.published import NamedDay, by_year, is_holiday_cn, notice_of, parse_holiday_cn
from engine.rules.worktime.statutory import HOLIDAYS

if TYPE_CHECKING:
    from icalendar import Component

LARGEST_FILE_BYTES = 256 * 1024
"""A notice is a page. What is larger is no notice."""

LONGEST_EVENT_DAYS = 40
"""No holiday is longer, whatever a file says."""

_APPLE = "X-APPLE-SPECIAL-DAY"
_WORKED, _OFF = re.compile("班|ALTERNATE-WORKDAY"), re.compile("假|休|WORK-HOLIDAY")
_BLANKS = re.compile(r"\s+")
_FOLD = re.compile(r"\r?\n[ \t]")
_BRACKET = re.compile(r"\s*(BEGIN|END)\s*[:;]", re.IGNORECASE)


def read_file(path: Path, published: date | None = None, year: int | None = None) -> tuple[HolidayNotice, ...]:
    """The notices in a file. What others publish may lack the day on which the notice came out, and may hold several years: then
    `published` and `year` say it. Raises InvalidFile with every problem.
    """
    try:
        text = _text(path)
        if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
            return (_from_ics(text, published, year),)
        if is_holiday_cn(text):
            return (parse_holiday_cn(text, published),)
        notices = parse_notices(text)
        if published is not None:
            raise CalendarError([Problem.at("problem-published-inside", "--published")])
        return notices
    except CalendarError as error:
        raise InvalidFile(file=str(path), problems=error.problems) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFile(file=str(path), problems=[os_problem(error)]) from error


def _text(path: Path) -> str:
    size = path.stat().st_size
    if size > LARGEST_FILE_BYTES:
        raise wrong("problem-large", size=size, largest=LARGEST_FILE_BYTES)
    return path.read_text(encoding="utf-8-sig")


def _from_ics(text: str, published: date | None, year: int | None) -> HolidayNotice:
    years = by_year(_days(text))
    if year is None and len(years) > 1:
        raise wrong("problem-several-years", years=", ".join(str(each) for each in sorted(years)))
    wanted = next(iter(years), None) if year is None else year
    if wanted not in years or wanted is None:
        raise wrong("problem-no-holidays")
    return notice_of(wanted, years[wanted], published)


def _days(text: str) -> list[NamedDay]:
    """Every day of every event that is marked as off or worked. What repeats is refused and never unrolled."""
    from icalendar import Calendar  # a large package, for this file only

    try:
        calendar = Calendar.from_ical(_events_alone(text))
    except (ValueError, RecursionError):
        raise wrong("problem-no-ics") from None
    found: list[NamedDay] = []
    problems: list[Problem] = []
    for position, event in enumerate(calendar.walk("VEVENT"), start=1):
        try:
            found += _days_of(event)
        except CalendarError as error:
            problems += [problem.within(f"VEVENT {position}") for problem in error.problems]
    if problems:
        raise CalendarError(problems)
    return found


def _events_alone(text: str) -> str:
    """The events of a calendar file, without time zones and alarms: a holiday has neither, and a time zone is a rule that the package
    would unroll while it reads.
    """
    kept = ["BEGIN:VCALENDAR"]
    in_event, deeper = False, 0
    for line in _FOLD.sub("", text).splitlines():
        sign = _BRACKET.match(line)
        if not in_event:
            in_event = line.strip().upper() == "BEGIN:VEVENT"
            kept += [line] if in_event else []
        elif sign is None:
            kept += [line] if deeper == 0 else []
        elif sign[1].upper() == "BEGIN":
            deeper += 1
        elif deeper:
            deeper -= 1
        else:
            kept.append("END:VEVENT")
            in_event = False
    return "\r\n".join((*kept, *(["END:VEVENT"] if in_event else []), "END:VCALENDAR", ""))


def _days_of(event: Component) -> Iterator[NamedDay]:
    summary = str(event.get("SUMMARY", ""))
    marked = f"{event.get(_APPLE, '')} {summary}"
    works = _WORKED.search(marked) is not None
    if (not works and _OFF.search(marked) is None) or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return  # a festival that is no holiday, or one that was called off
    if any(name in event for name in ("RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID")):
        raise wrong("problem-repeats")
    first, end = _date_of(event, "DTSTART"), _date_of(event, "DTEND")
    if first is None or "DURATION" in event:
        raise wrong("problem-no-event-date")
    days = (end - first).days if end is not None else 1
    if not 0 < days <= LONGEST_EVENT_DAYS:
        raise wrong("problem-long-event", days=days, most=LONGEST_EVENT_DAYS)
    for away in range(days):
        yield NamedDay(first + timedelta(days=away), _name(summary), not works)


def _date_of(event: Component, name: str) -> date | None:
    """A date; None where there is none. Raises CalendarError for a time of day and for what cannot be read."""
    if name not in event:
        return None
    broken = any(named == name for named, _ in event.errors)
    value = None if broken else getattr(event.get(name), "dt", None)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise CalendarError([Problem.at("problem-no-event-date", name)])
    if not EARLIEST < value < LATEST:
        raise CalendarError([Problem.at(
            "problem-out-of-range", name, value=value.isoformat(), first=EARLIEST.isoformat(), last=LATEST.isoformat(),
        )])
    return value


def _name(summary: str) -> str:
    """The holidays an event is named after (上班(补元旦假期): 元旦), or its own words."""
    positions = {holiday: summary.find(holiday.removesuffix("节")) for holiday in HOLIDAYS}
    named = sorted((holiday for holiday, position in positions.items() if position >= 0), key=positions.__getitem__)
    return "、".join(named) or _BLANKS.sub(" ", summary).strip()[:LONGEST_NAME]
