"""Lists for programs: a page of a long one, and of what the office keeps beside tickets the newest, those that are over on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from engine.web.api.answer import named
from engine.web.context import Context
from engine.web.listing import SHOWN
from engine.web.query import must_know

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Closed:
    """`every`: those that are over too."""

    every: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list."""

    after: str | None = None
    limit: int | None = None


def listed(context: Context, find: Callable[[bool], Iterable[Kept]]) -> tuple[list[Kept], bool]:
    """The newest of them, and whether there are more. Raises UsageError."""
    texts = named(context.asked)
    must_know(texts, ("every",))
    given = texts.get("every")
    found = list(islice(find(given is not None and context.app.intake.flag("every", given)), SHOWN + 1))
    return found[:SHOWN], len(found) > SHOWN
