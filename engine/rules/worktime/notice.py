"""A holiday notice of the State Council (国务院办公厅关于…部分节假日安排的通知): days off and make-up working days of
a year.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from engine.rules.worktime.day import EARLIEST, LATEST, CalendarError, iso_date, read_object

REQUIRED = frozenset({"year", "published", "off", "work"})
OPTIONAL = frozenset({"title", "note"})

Named = tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole arrangement of `year` as known after that notice; it may name days of the year before and after."""

    year: int
    published: date
    off: Named
    work: Named


def parse_notice(text: str) -> Notice:
    """Read a notice from JSON: `{year, published, off: [{date, name}], work: [{date, name}]}`, with `title` and
    `note` if wanted.

    Raises CalendarError with every problem: what is malformed, a date more than a neighbouring year away, a date
    twice, a date both off and worked, a notice that gives no day off in its own year.
    """
    node, problems = read_object(text, REQUIRED, OPTIONAL)
    problems += [f"{key}: not a text" for key in sorted(OPTIONAL & node.keys()) if not isinstance(node[key], str)]
    year = _year(node.get("year"), problems)
    published = _published(node.get("published"), problems)
    off = _named("off", node.get("off"), problems)
    work = _named("work", node.get("work"), problems)
    for where, named in (("off", off), ("work", work)):
        times = Counter(day for day, _ in named)
        problems += [f"{where}: {day} does not belong to {year}" for day in times if year and abs(day.year - year) > 1]
        problems += [f"{where}: {day} stands there twice" for day in times if times[day] > 1]
    problems += [f"{day} is both off and worked" for day in sorted({day for day, _ in off} & {day for day, _ in work})]
    if not problems and not any(day.year == year for day, _ in off):
        problems.append(f"off: no day of {year}")
    if problems:
        raise CalendarError(problems)
    return Notice(year, published, off, work)


def _year(node: object, problems: list[str]) -> int:
    """The year, or 0 with a problem: then nothing is said about which dates belong to it."""
    if type(node) is int and EARLIEST.year <= node <= LATEST.year:
        return node
    if node is not None:
        problems.append(f"year: {node!r} is no year between {EARLIEST.year} and {LATEST.year}")
    return 0


def _published(node: object, problems: list[str]) -> date:
    try:
        return EARLIEST if node is None else iso_date(node)
    except ValueError as error:
        problems.append(f"published: {error}")
        return EARLIEST


def _named(where: str, node: object, problems: list[str]) -> Named:
    if not isinstance(node, list):
        if node is not None:
            problems.append(f"{where}: not a list")
        return ()
    named = []
    for place, item in enumerate(node, start=1):
        if not isinstance(item, dict) or item.keys() != {"date", "name"} or not isinstance(item["name"], str):
            problems.append(f"{where} {place}: not like {{date, name}}")
            continue
        try:
            named.append((iso_date(item["date"]), item["name"]))
        except ValueError as error:
            problems.append(f"{where} {place}: {error}")
    return tuple(named)
