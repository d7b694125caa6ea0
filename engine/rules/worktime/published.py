"""Notices as others publish them: the days of the State Council's notices as data, without the day on which they came out.

holiday-cn (https://github.com/NateScarlet/holiday-cn) gives a year as `{year, papers, days: [{name, date, isOffDay}]}`; calendars for
telephones give named days (`by_year`). Both become a `HolidayNotice`, which needs its day of publication:
by it later ones replace it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from engine.errors import Problem
from engine.rules.json_value import Json
from engine.rules.worktime.day import CalendarError, problems_of_keys, read_object, wrong
from engine.rules.worktime.notice import HolidayNotice, parse_notice

REQUIRED = frozenset({"year", "days"})
OPTIONAL = frozenset({"$schema", "$id", "papers"})
_OF_A_DAY = frozenset({"name", "date", "isOffDay"})

_DAY_IN_ADDRESS = re.compile(r"/([0-9]{4}-[0-9]{2})/([0-9]{2})/")
"""The State Council's older addresses name the day: https://www.gov.cn/zhengce/content/2019-11/21/content_5454164.htm"""

_DAY = timedelta(days=1)


class NamedDay(NamedTuple):
    """A day off, or a make-up day, and the holiday it belongs to."""

    day: date
    name: str
    off: bool


def is_holiday_cn(text: str) -> bool:
    """Whether a file is one of holiday-cn's, sound or not."""
    try:
        node = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(node, dict) and "days" in node and "off" not in node


def parse_holiday_cn(text: str, published: date | None) -> HolidayNotice:
    """One year of holiday-cn. The day of publication is `published`, or else what the address of its last paper says.

    Raises CalendarError with every problem.
    """
    node, problems = read_object(text, REQUIRED, OPTIONAL)
    items = node.get("days", [])
    if not isinstance(items, list):
        raise CalendarError([*problems, Problem.at("problem-no-list", "days")])
    for position, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            problems.append(Problem.at("problem-no-object", f"days {position}"))
        else:
            problems += [problem.within(f"days {position}") for problem in problems_of_keys(item, _OF_A_DAY, frozenset())]
            if not isinstance(item.get("isOffDay", True), bool):
                problems.append(Problem.at("problem-no-flag", f"days {position}: isOffDay"))
    if problems:
        raise CalendarError(problems)
    named = [(bool(item["isOffDay"]), {"date": item["date"], "name": item["name"]}) for item in items]
    return _notice(
        node["year"], published or _published(node.get("papers")),
        [entry for off, entry in named if off], [entry for off, entry in named if not off],
    )


def by_year(days: Iterable[NamedDay]) -> Mapping[int, Sequence[NamedDay]]:
    """Days under the year of the notice they belong to: the last days of December belong to 1 January where no working day lies
    between, and a make-up day belongs with the nearest day off.
    """
    every = sorted(set(days))
    off = sorted({it.day for it in every if it.off})
    known = frozenset(off)
    year_of = {day: _year_of(day, known) for day in off if day.month == 12}
    found: defaultdict[int, list[NamedDay]] = defaultdict(list)
    for it in every:
        place = bisect_left(off, it.day)
        near = min(off[max(place - 1, 0):place + 1], key=lambda day, to=it.day: abs(day - to), default=it.day)  # type: ignore[misc]
        found[year_of.get(near, near.year)].append(it)
    return found


def notice_of(year: int, days: Sequence[NamedDay], published: date | None) -> HolidayNotice:
    """The notice of one year. Raises CalendarError with every problem."""
    entries = [(it.off, {"date": it.day.isoformat(), "name": it.name}) for it in days]
    return _notice(year, published, [entry for off, entry in entries if off], [entry for off, entry in entries if not off])


def _year_of(day: date, off: frozenset[date]) -> int:
    """A day off in December reaches into the next year if every day from it to New Year's Day is off, or a weekend's."""
    here = day
    while here in off or here.weekday() >= 5:
        if here.year > day.year:
            return here.year
        here += _DAY
    return day.year


def _notice(year: object, published: date | None, off: Sequence[Json], work: Sequence[Json]) -> HolidayNotice:
    if published is None:
        raise wrong("problem-unpublished")
    return parse_notice(json.dumps({"year": year, "published": published.isoformat(), "off": off, "work": work}))


def _published(papers: object) -> date | None:
    """The day in the address of the last paper, if it names one."""
    if not isinstance(papers, list) or not papers or not isinstance(papers[-1], str):
        return None
    found = _DAY_IN_ADDRESS.search(papers[-1])
    try:
        return date.fromisoformat(f"{found[1]}-{found[2]}") if found else None
    except ValueError:
        return None
