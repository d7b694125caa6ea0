"""One entry of a plan: what each of its fields may hold, and every complaint about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")
Check = Callable[[object], object]
"""Takes what was read and gives what it means, or raises Complaint."""


class Complaint(Exception):
    """Why a field cannot hold what was read. Never leaves `read_entry`."""


def text(value: object) -> str:
    """Text in one line. A bare number is refused: YAML would have made 3.1 of 3.10."""
    if not isinstance(value, str):
        raise Complaint(f"{value!r} is no text; write it in quotes")
    if value != value.strip() or not value.isprintable() or not value:
        raise Complaint(f"{value!r} is empty, or has blanks around it or characters that cannot be seen")
    return value


def like(pattern: str, meaning: str) -> Callable[[object], str]:
    """Text of that pattern (ASCII digits only); `meaning` says what it would be."""

    def check(value: object) -> str:
        if not re.fullmatch(pattern, text(value), re.ASCII):
            raise Complaint(f"{value!r} is not {meaning}")
        return text(value)

    return check


def one_of(*choices: str) -> Callable[[object], str]:
    """One of these words."""

    def check(value: object) -> str:
        if text(value) not in choices:
            raise Complaint(f"{value!r} is none of {' '.join(choices)}")
        return text(value)

    return check


def optional(check: Callable[[object], T]) -> Callable[[object], T | None]:
    """What `check` allows, or nothing."""
    return lambda value: None if value is None else check(value)


def texts(value: object) -> tuple[str, ...]:
    """A list of texts, each once."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise Complaint(f"{value!r} is no list")
    items = tuple(text(item) for item in value)
    if twice := sorted({item for item in items if items.count(item) > 1}):
        raise Complaint(f"twice in the list: {' '.join(twice)}")
    return items


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Complaint(f"{value!r} is neither true nor false")
    return value


def year(value: object) -> int:
    """A year of four digits, as a number or as text."""
    return int(like(r"[1-9]\d{3}", "a year")(str(value) if type(value) is int else value))


def day(value: object) -> date:
    """A date as ISO 8601 text."""
    written = like(r"\d{4}-\d\d-\d\d", "a date like 2020-06-30")(value)
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Complaint(f"there is no {written}") from None


def read_entry(
    kind: type[T], checks: Mapping[str, Check], node: object, place: str, problems: list[str]
) -> T | None:
    """The dataclass `kind` from a node with these fields. Complaints go to `problems`; with any there is no entry."""
    if not isinstance(node, Mapping):
        problems.append(f"{place}: must be a table of keys and values")
        return None
    found = [f"{place}.{key}: no such key" for key in node if key not in checks]
    values: dict[str, Any] = {}
    for key, check in checks.items():
        if key in node:
            try:
                values[key] = check(node[key])
            except Complaint as complaint:
                found.append(f"{place}.{key}: {complaint}")
        elif key in _required(kind):
            found.append(f"{place}.{key}: missing")
    problems += found
    return None if found else kind(**values)


def _required(kind: Any) -> set[str]:
    return {field.name for field in fields(kind) if field.default is MISSING}
