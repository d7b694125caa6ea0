"""What a calendar is made of: special days, open periods, and the error that lists everything wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.errors import Problem

HOLIDAY, MAKEUP, REST, WORK = "holiday", "makeup", "rest", "work"
WORKED = frozenset({MAKEUP, WORK})
KINDS = frozenset({HOLIDAY, MAKEUP, REST, WORK})

EARLIEST = date(1990, 1, 1)
LATEST = date(2200, 12, 31)
"""Every date is between these two; beyond them arithmetic raises CalendarError instead of going on for ever."""

LONGEST_NAME = 40
"""No name of a day is longer, in characters."""

NOTHING_COVERED = date(1989, 12, 31)
"""`covered_until` of a calendar without any notice: every day is provisional."""

Periods = tuple[tuple[str, str], ...]
"""Open periods of one day, office wall clock, `(("08:30", "12:00"), ("14:30", "18:00"))`. An end may be `24:00`."""

_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CalendarError(ValueError):
    """A calendar, a notice or a value in one is not valid, or a date is beyond our years. `problems` lists everything wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is not what its weekday says.

    `kind`: `holiday` and `makeup` (补班) come from a State Council notice, `rest` and `work` from the office itself.
    `notice` is the publication date of the notice, empty for a day the office added. `hours` are its own open periods (a half
    day), if it does not keep the usual ones.
    """

    kind: str
    name: str = ""
    notice: str = ""
    hours: Periods = ()


def minutes(clock: str) -> int:
    """`08:30` as minutes since midnight of the wall clock; `24:00` is 1440. Raises CalendarError."""
    if not _CLOCK.fullmatch(clock):
        raise wrong("problem-no-time", value=shown(clock))
    return int(clock[:2]) * 60 + int(clock[3:])


def iso_date(text: object) -> date:
    """`2026-10-01`, exactly so. Raises CalendarError."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        raise wrong("problem-no-date", value=shown(text))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong("problem-absent-date", value=text) from None


def day_name(text: str) -> str:
    """The name of a special day as it may be shown anywhere: one short line. Raises CalendarError."""
    name = text.strip()
    if len(name) > LONGEST_NAME:
        raise wrong("problem-long-name", name=shown(name), longest=LONGEST_NAME)
    if not name.replace("\u3000", "").isprintable():
        raise wrong("problem-unseen-name", name=shown(name))
    return name


def wrong(code: str, /, **values: Any) -> CalendarError:
    """The error of one value."""
    return CalendarError([Problem.at(code, **values)])


def shown(value: object) -> str:
    """A wrong value inside a text: short, and nothing in it that a terminal obeys."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def problems_of_periods(where: str, periods: Periods) -> list[Problem]:
    """Everything wrong with the open periods of a day: none, malformed, empty, out of order or overlapping."""
    if not periods:
        return [Problem.at("problem-no-open-time", where)]
    problems: list[Problem] = []
    last = 0
    for begins, ends in periods:
        try:
            begin, end = minutes(begins), minutes(ends)
        except CalendarError as error:
            problems += [problem.within(where) for problem in error.problems]
            continue
        if begin >= end:
            problems.append(Problem.at("problem-period-backwards", where, begins=begins, ends=ends))
        elif begin < last:
            problems.append(Problem.at("problem-period-overlaps", where, begins=begins, ends=ends))
        last = max(last, end)
    return problems


def _key(key: str) -> str:
    return key if key.isprintable() and len(key) <= LONGEST_NAME else shown(key)


def problems_of_keys(node: Mapping[str, Any], required: frozenset[str], optional: frozenset[str]) -> list[Problem]:
    """Keys that are missing and keys that nobody knows."""
    missing = [Problem.at("problem-missing", key) for key in sorted(required - node.keys())]
    return missing + [Problem.at("problem-unknown-key", _key(key)) for key in sorted(node.keys() - required - optional)]


def read_object(text: str, required: frozenset[str], optional: frozenset[str]) -> tuple[Mapping[str, Any], list[Problem]]:
    """A JSON object with known keys, each once, and its problems. Raises CalendarError when it is no object."""
    problems: list[Problem] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                problems.append(Problem.at("problem-twice", _key(key)))
            found[key] = value
        return found

    try:
        node = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise wrong("problem-no-json", line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets without end
        raise wrong("problem-odd-json") from None
    if not isinstance(node, dict):
        raise wrong("problem-no-object")
    problems += problems_of_keys(node, required, optional)
    return node, problems
