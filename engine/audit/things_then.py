"""Batches, visits and findings as they were when an event of another stream was written.

The streams of tickets are read at other times than those of what they came with, so what these told by then is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from engine.audit.stored_event import readable
from engine.record.damage import UNREADABLE
from engine.record.database import Database
from engine.rules.event import Event

Thing = TypeVar("Thing")


class ThingsThen(Generic[Thing]):
    """The things of one kind in one record, each read once, as far as its events can be. `statement` reads those of one by its number."""

    def __init__(self, database: Database, statement: str, evolve: Callable[[Thing | None, Event], Thing]) -> None:
        self._database, self._statement, self._evolve = database, statement, evolve
        self.history = lru_cache(maxsize=None)(self._history)

    def as_of(self, number: str, id_: int) -> Thing | None:
        """The thing as the events before the one of this id tell it; None where there was none."""
        return next((thing for told_by, thing in reversed(self.history(number)) if told_by < id_), None)

    def _history(self, number: str) -> Sequence[tuple[int, Thing]]:
        """The thing after each of its events, with the id of that."""
        found: list[tuple[int, Thing]] = []
        for row in self._database.stored(self._statement, number=number):
            event = readable(row)
            try:
                if event is None:
                    break
                found.append((row[13], self._evolve(found[-1][1] if found else None, event)))
            except UNREADABLE:
                break
        return found
