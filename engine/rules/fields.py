"""One entry of a plan: what each of its fields may hold, and every fault of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

from engine.errors import Problem
from engine.rules.wording import unit_name_problem

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
Check = Callable[[object], object]
"""Takes what was read and gives what it means, or raises Unfit."""


class Unfit(Exception):
    """A field cannot hold what was read, because of `problem`. Never leaves `read_entry`."""

    def __init__(self, code: str, /, **values: str) -> None:
        super().__init__(code)
        self.problem = Problem.at(code, **values)


def text(value: object) -> str:
    """Text in one line. A bare number is refused: YAML would have made 3.1 of 3.10."""
    if not isinstance(value, str):
        raise Unfit("problem-unquoted", value=repr(value))
    if value != value.strip() or not value.isprintable() or not value:
        raise Unfit("problem-unseen", value=repr(value))
    return value


def name(value: object) -> str:
    """What a unit is called: text whose characters can all be seen, without a slash and what parts a list."""
    called = text(value)
    if unit_name_problem("name", called, len(called)) is not None:
        raise Unfit("problem-plan-name-signs", value=repr(value))
    return called


def names(value: object) -> tuple[str, ...]:
    """A list of what a unit is called, each once."""
    return tuple(name(item) for item in texts(value))


def like(pattern: str, code: str) -> Callable[[object], str]:
    """Text of that pattern (ASCII digits only); the text of `code` says what it should be."""

    def check(value: object) -> str:
        if not re.fullmatch(pattern, text(value), re.ASCII):
            raise Unfit(code, value=repr(value))
        return text(value)

    return check


def one_of(*choices: str) -> Callable[[object], str]:
    """One of these words."""

    def check(value: object) -> str:
        if text(value) not in choices:
            raise Unfit("problem-choice", value=repr(value), known=" ".join(choices))
        return text(value)

    return check


def optional(check: Callable[[object], T]) -> Callable[[object], T | None]:
    """What `check` allows, or nothing."""
    return lambda value: None if value is None else check(value)


def texts(value: object) -> tuple[str, ...]:
    """A list of texts, each once."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise Unfit("problem-not-list", value=repr(value))
    items = tuple(text(item) for item in value)
    if twice := sorted({item for item in items if items.count(item) > 1}):
        raise Unfit("problem-listed-twice", names=" ".join(twice))
    return items


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Unfit("problem-not-flag", value=repr(value))
    return value


def year(value: object) -> int:
    """A year of four digits, as a number or as text."""
    return int(like(r"[1-9]\d{3}", "problem-plan-year")(str(value) if type(value) is int else value))


def day(value: object) -> date:
    """A date as ISO 8601 text."""
    written = like(r"\d{4}-\d\d-\d\d", "problem-no-date")(value)
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Unfit("problem-absent-date", value=written) from None


def read_entry(
    kind: type[T], checks: Mapping[str, Check], node: object, where: str, problems: list[Problem]
) -> T | None:
    """The dataclass `kind` from a node with these fields. Its faults go to `problems`; with any there is no entry."""
    if not isinstance(node, Mapping):
        problems.append(Problem.at("problem-not-table", where))
        return None
    found = [Problem.at("problem-no-such-key", f"{where}.{key}") for key in node if key not in checks]
    values: dict[str, object] = {}
    for key, check in checks.items():
        if key in node:
            try:
                values[key] = check(node[key])
            except Unfit as unfit:
                found.append(unfit.problem.within(f"{where}.{key}"))
        elif key in _required(kind):
            found.append(Problem.at("problem-missing", f"{where}.{key}"))
    problems += found
    return None if found else kind(**values)


def _required(kind: type[object]) -> set[str]:
    return {field.name for field in fields(cast("type[DataclassInstance]", kind)) if field.default is MISSING}
