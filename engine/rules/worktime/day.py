"""What a calendar is made of: special days, open periods, and the error that lists everything wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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


class Complaint(str):
    """A problem in plain English, with its code and values so that people read it in their own language. `where` it is, if that helps."""

    code: str
    values: Mapping[str, Any]
    where: str

    def __new__(cls, code: str, text: str, where: str = "", **values: Any) -> Complaint:
        made = super().__new__(cls, f"{where}: {text}" if where else text)
        made.code, made.values, made.where = code, values, where
        return made

    def within(self, where: str) -> Complaint:
        """The same, further down in something."""
        made = Complaint(self.code, str(self), where, **self.values)
        made.where = f"{where}: {self.where}" if self.where else where
        return made


def complained(error: ValueError, where: str) -> Complaint | str:
    """What an error says, at its place."""
    said = error.args[0] if error.args else ""
    return said.within(where) if isinstance(said, Complaint) else f"{where}: {error}"


class CalendarError(ValueError):
    """A calendar or a notice is not valid, or a date is beyond our years. `problems` lists everything wrong."""

    code = "calendar"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is not what its weekday says.

    `kind`: `holiday` and `makeup` (补班) come from a State Council notice, `rest` and `work` from the office itself.
    `notice` is the publication date of the notice, empty for a day the office added.
    """

    kind: str
    name: str = ""
    notice: str = ""


def minutes(clock: str) -> int:
    """`08:30` as minutes since midnight of the wall clock; `24:00` is 1440. Raises ValueError."""
    if not _CLOCK.fullmatch(clock):
        raise ValueError(f"{clock!r} is no time of day like 08:30")
    return int(clock[:2]) * 60 + int(clock[3:])


def iso_date(text: object) -> date:
    """`2026-10-01`, exactly so. Raises ValueError."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        raise ValueError(Complaint("problem-no-date", f"{shown(text)} is no date like 2026-10-01", value=shown(text)))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(Complaint("problem-absent-date", f"{text!r} does not exist", value=text)) from None


def day_name(text: str) -> str:
    """The name of a special day as it may be shown anywhere: one short line. Raises ValueError."""
    name = text.strip()
    if len(name) > LONGEST_NAME:
        raise ValueError(Complaint(
            "problem-long-name", f"the name {shown(name)} is longer than {LONGEST_NAME} characters", name=shown(name), longest=LONGEST_NAME,
        ))
    if not name.replace("\u3000", "").isprintable():
        raise ValueError(Complaint(
            "problem-unseen-name", f"the name {shown(name)} holds characters that cannot be shown", name=shown(name),
        ))
    return name


def shown(value: object) -> str:
    """A wrong value inside a complaint: short, and nothing in it that a terminal obeys."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def problems_of_periods(where: str, periods: Periods) -> list[str]:
    """Everything wrong with the open periods of a day: none, malformed, empty, out of order or overlapping."""
    if not periods:
        return [f"{where}: no open time"]
    problems = []
    last = 0
    for begins, ends in periods:
        try:
            begin, end = minutes(begins), minutes(ends)
        except ValueError as error:
            problems.append(f"{where}: {error}")
            continue
        if begin >= end:
            problems.append(f"{where}: {begins}-{ends} ends before it begins")
        elif begin < last:
            problems.append(f"{where}: {begins}-{ends} overlaps the period before it")
        last = max(last, end)
    return problems


def _key(key: str) -> str:
    return key if key.isprintable() and len(key) <= LONGEST_NAME else shown(key)


def problems_of_keys(node: Mapping[str, Any], required: frozenset[str], optional: frozenset[str]) -> list[Complaint]:
    """Keys that are missing and keys that nobody knows."""
    missing = [Complaint("problem-missing", "missing", key) for key in sorted(required - node.keys())]
    return missing + [Complaint("problem-unknown-key", "unknown key", _key(key)) for key in sorted(node.keys() - required - optional)]


def read_object(text: str, required: frozenset[str], optional: frozenset[str]) -> tuple[Mapping[str, Any], list[Complaint | str]]:
    """A JSON object with known keys, each once, and its problems. Raises CalendarError when it is no object."""
    problems: list[Complaint | str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                problems.append(Complaint("problem-twice", "stands there twice", _key(key)))
            found[key] = value
        return found

    try:
        node = json.loads(text, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise CalendarError([Complaint("problem-no-json", f"not JSON: {error}", message=str(error))]) from None
    if not isinstance(node, dict):
        raise CalendarError([Complaint("problem-no-object", "not a JSON object")])
    problems += problems_of_keys(node, required, optional)
    return node, problems
