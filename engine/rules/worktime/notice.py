"""A holiday notice of the State Council (国务院办公厅关于…部分节假日安排的通知): days off and make-up working days of
a year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.rules.worktime.day import EARLIEST, LATEST, CalendarError, day_name, iso_date, read_object, shown

REQUIRED = frozenset({"year", "published", "off", "work"})
OPTIONAL = frozenset({"title", "note", "complete_for_year"})
COLLECTION = frozenset({"about", "notices"})

Named = tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole arrangement of `year` as known after that notice; it may name days of the year before and after."""

    year: int
    published: date
    off: Named
    work: Named


def parse_notice(text: str) -> Notice:
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


def parse_notices(text: str) -> tuple[Notice, ...]:
    """Read one notice, or several: `{notices: [notice, …]}`, with `about` if wanted. Raises as `parse_notice` does."""
    node, problems = read_object(text, frozenset(), REQUIRED | OPTIONAL | COLLECTION)
    if "notices" not in node:
        return (parse_notice(text),)
    problems += [f"{key}: belongs inside a notice" for key in sorted(node.keys() - COLLECTION)]
    items = node["notices"]
    if not isinstance(items, list) or not items:
        raise CalendarError([*problems, "notices: not a list of notices"])
    found = []
    for place, item in enumerate(items, start=1):
        own = [] if isinstance(item, dict) else ["not an object"]
        if not own:
            own += [f"{key}: missing" for key in sorted(REQUIRED - item.keys())]
            own += [f"{key}: unknown key" for key in sorted(item.keys() - REQUIRED - OPTIONAL)]
            found.append(_notice(item, own))
        problems += [f"notices {place}: {problem}" for problem in own]
    if problems:
        raise CalendarError(problems)
    return tuple(found)


def notice_json(notice: Notice) -> dict[str, Any]:
    """What `parse_notice` reads: the form in which the record keeps the notices a calendar is made of."""
    return {
        "year": notice.year, "published": notice.published.isoformat(),
        "off": [{"date": day.isoformat(), "name": name} for day, name in notice.off],
        "work": [{"date": day.isoformat(), "name": name} for day, name in notice.work],
    }


def _notice(node: Mapping[str, Any], problems: list[str]) -> Notice:
    problems += [f"{key}: not a text" for key in ("note", "title") if key in node and not isinstance(node[key], str)]
    if node.get("complete_for_year", True) is not True:
        problems.append("complete_for_year: only the whole arrangement of a year can replace the one before")
    year = _year(node.get("year"), problems)
    published = _published(node.get("published"), year, problems)
    off = _named("off", node.get("off"), problems)
    work = _named("work", node.get("work"), problems)
    for where, named in (("off", off), ("work", work)):
        times = Counter(day for day, _ in named)
        problems += [f"{where}: {day} does not belong to {year}" for day in times if year and abs(day.year - year) > 1]
        problems += [f"{where}: {day} stands there twice" for day in times if times[day] > 1]
    problems += [f"{day} is both off and worked" for day in sorted({day for day, _ in off} & {day for day, _ in work})]
    if not problems and not any(day.year == year for day, _ in off):
        problems.append(f"off: no day of {year}")
    return Notice(year, published, off, work)


def _year(node: object, problems: list[str]) -> int:
    """The year, or 0 with a problem: then nothing is said about which dates belong to it."""
    if type(node) is int and EARLIEST.year <= node <= LATEST.year:
        return node
    if node is not None:
        problems.append(f"year: {shown(node)} is no year between {EARLIEST.year} and {LATEST.year}")
    return 0


def _published(node: object, year: int, problems: list[str]) -> date:
    """A notice comes out in its own year or the one before; another year is a slip in one of the two."""
    try:
        day = EARLIEST if node is None else iso_date(node)
    except ValueError as error:
        problems.append(f"published: {error}")
        return EARLIEST
    if node is not None and year and not 0 <= year - day.year <= 1:
        problems.append(f"published: {day} is neither in {year} nor in the year before")
    return day


def _named(where: str, node: object, problems: list[str]) -> Named:
    if not isinstance(node, list):
        if node is not None:
            problems.append(f"{where}: not a list")
        return ()
    named = []
    for place, item in enumerate(node, start=1):
        entry = {"date": item, "name": ""} if isinstance(item, str) else item
        if not isinstance(entry, dict) or entry.keys() != {"date", "name"} or not isinstance(entry["name"], str):
            problems.append(f"{where} {place}: not like {{date, name}}")
            continue
        try:
            named.append((iso_date(entry["date"]), day_name(entry["name"])))
        except ValueError as error:
            problems.append(f"{where} {place}: {error}")
    return tuple(named)
