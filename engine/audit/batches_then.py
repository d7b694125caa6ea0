"""Batches as they were when an event was written: whether one took tickets still, and how many of its tickets waited to be assigned.

The streams of tickets are read after that of their batch, so what they told by then is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from engine.audit.stored_event import readable
from engine.record import queries
from engine.record.damage import UNREADABLE
from engine.record.database import Database
from engine.rules.batch import Batch, evolve


class BatchesThen:
    """The batches of one record, each read once, as far as its events can be."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.history = lru_cache(maxsize=None)(self._history)

    def as_of(self, number: str, id_: int) -> Batch | None:
        """The batch as the events before the one of this id tell it; None where there was none."""
        return next((batch for told_by, batch in reversed(self.history(number)) if told_by < id_), None)

    def unassigned(self, number: str, id_: int) -> int:
        """How many tickets of the batch were neither assigned nor closed before the event of this id."""
        members = [row[0] for row in self._database.stored(queries.AUDIT_MEMBERS, batch=number)]
        return sum(self._waited(member, id_) for member in members if type(member) is int)

    def _history(self, number: str) -> Sequence[tuple[int, Batch]]:
        """The batch after each of its events, with the id of that."""
        found: list[tuple[int, Batch]] = []
        for row in self._database.stored(queries.AUDIT_OF_BATCH, number=number):
            event = readable(row)
            try:
                if event is None:
                    break
                found.append((row[13], evolve(found[-1][1] if found else None, event)))
            except UNREADABLE:
                break
        return found

    def _waited(self, ticket: int, id_: int) -> bool:
        """Whether a ticket was there by then, and neither assigned nor closed."""
        there = assigned = final = False
        for row in self._database.stored(queries.AUDIT_STREAM, stream=ticket):
            event = readable(row) if type(row[13]) is int and row[13] < id_ else None
            if event is None:
                continue
            there, effects = True, event.data.get("effects") or {}
            if isinstance(effects, dict):
                under_way = effects.get("assigned_at") is not None or bool(effects.get("attempt"))
                assigned, final = assigned or under_way, bool(effects.get("final", final))
        return there and not assigned and not final
