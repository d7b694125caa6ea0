"""A holiday notice of the State Council (国务院办公厅关于…部分节假日安排的通知): days off and make-up working days of
a year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.errors import Problem
from engine.rules.worktime.day import (
    EARLIEST,
    LATEST,
    CalendarError,
    day_name,
    iso_date,
    problems_of_keys,
    read_object,
    shown,
)

REQUIRED = frozenset({"year", "published", "off", "work"})
OPTIONAL = frozenset({"title", "note", "complete_for_year"})
COLLECTION = frozenset({"about", "notices"})

NamedDays = tuple[tuple[date, str], ...]
Problems = list[Problem]


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """The whole arrangement of `year` as known after that notice; it may name days of the year before and after."""

    year: int
    published: date
    off: NamedDays
    work: NamedDays


def parse_notice(text: str) -> HolidayNotice:
    """Read a notice from JSON: `{year, published, off: [{date, name}], work: [{date, name}]}`, with `title`, `note` and
    `complete_for_year` if wanted; a day may also be its bare date.

    Raises CalendarError with every problem: what is malformed, a date more than a neighbouring year away, a date
    twice, a date both off and worked, a notice that gives no day off in its own year or was published in another.
    """
    node, problems = read_object(text, REQUIRED, OPTIONAL)
    notice = _notice(node, problems)
    if problems:
        raise CalendarError(problems)
    return notice


def parse_notices(text: str) -> tuple[HolidayNotice, ...]:
    """Read one notice, or several: `{notices: [notice, …]}`, with `about` if wanted. Raises as `parse_notice` does."""
    node, problems = read_object(text, frozenset(), REQUIRED | OPTIONAL | COLLECTION)
    if "notices" not in node:
        return (parse_notice(text),)
    problems += [Problem.at("problem-inside", key) for key in sorted(node.keys() - COLLECTION)]
    items = node["notices"]
    if not isinstance(items, list) or not items:
        raise CalendarError([*problems, Problem.at("problem-no-notices", "notices")])
    found = []
    for position, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            problems.append(Problem.at("problem-no-object", f"notices {position}"))
            continue
        own: Problems = [*problems_of_keys(item, REQUIRED, OPTIONAL)]
        found.append(_notice(item, own))
        problems += [problem.within(f"notices {position}") for problem in own]
    if problems:
        raise CalendarError(problems)
    return tuple(found)


def notice_json(notice: HolidayNotice) -> dict[str, Any]:
    """What `parse_notice` reads: the form in which the record keeps the notices a calendar is made of."""
    return {
        "year": notice.year, "published": notice.published.isoformat(),
        "off": [{"date": day.isoformat(), "name": name} for day, name in notice.off],
        "work": [{"date": day.isoformat(), "name": name} for day, name in notice.work],
    }


def _notice(node: Mapping[str, Any], problems: Problems) -> HolidayNotice:
    problems += [
        Problem.at("problem-no-text", key) for key in ("note", "title") if key in node and not isinstance(node[key], str)
    ]
    if node.get("complete_for_year", True) is not True:
        problems.append(Problem.at("problem-incomplete", "complete_for_year"))
    year = _year(node.get("year"), problems)
    published = _published(node.get("published"), year, problems)
    off = _named("off", node.get("off"), problems)
    work = _named("work", node.get("work"), problems)
    for where, named in (("off", off), ("work", work)):
        times = Counter(day for day, _ in named)
        problems += [
            Problem.at("problem-other-year", where, day=day.isoformat(), year=year)
            for day in times if year and abs(day.year - year) > 1
        ]
        problems += [
            Problem.at("problem-day-twice", where, day=day.isoformat()) for day in times if times[day] > 1
        ]
    problems += [
        Problem.at("problem-off-and-worked", day=day.isoformat())
        for day in sorted({day for day, _ in off} & {day for day, _ in work})
    ]
    if not problems and not any(day.year == year for day, _ in off):
        problems.append(Problem.at("problem-no-day-of-year", "off", year=year))
    return HolidayNotice(year, published, off, work)


def _year(node: object, problems: Problems) -> int:
    """The year, or 0 with a problem: then nothing is said about which dates belong to it."""
    if type(node) is int and EARLIEST.year <= node <= LATEST.year:
        return node
    if node is not None:
        problems.append(Problem.at("problem-no-year", "year", value=shown(node), first=EARLIEST.year, last=LATEST.year))
    return 0


def _published(node: object, year: int, problems: Problems) -> date:
    """A notice comes out in its own year or the one before; another year is a slip in one of the two."""
    try:
        day = EARLIEST if node is None else iso_date(node)
    except CalendarError as error:
        problems += [problem.within("published") for problem in error.problems]
        return EARLIEST
    if node is not None and year and not 0 <= year - day.year <= 1:
        problems.append(Problem.at("problem-published", "published", day=day.isoformat(), year=year))
    return day


def _named(where: str, node: object, problems: Problems) -> NamedDays:
    if not isinstance(node, list):
        if node is not None:
            problems.append(Problem.at("problem-no-list", where))
        return ()
    named = []
    for position, item in enumerate(node, start=1):
        entry = {"date": item, "name": ""} if isinstance(item, str) else item
        if not isinstance(entry, dict) or entry.keys() != {"date", "name"} or not isinstance(entry["name"], str):
            problems.append(Problem.at("problem-no-entry", f"{where} {position}"))
            continue
        try:
            named.append((iso_date(entry["date"]), day_name(entry["name"])))
        except CalendarError as error:
            problems += [problem.within(f"{where} {position}") for problem in error.problems]
    return tuple(named)
