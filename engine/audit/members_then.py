"""How many tickets of a batch waited to be assigned when an event of it was written.

The streams of tickets are read after that of their batch, so what they told by then is looked up.
"""

from __future__ import annotations

from engine.audit.stored_event import readable
from engine.record import queries
from engine.record.database import Database


class MembersThen:
    """The tickets of the batches of one record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unassigned(self, number: str, id_: int) -> int:
        """How many tickets of the batch were neither assigned nor closed before the event of this id."""
        members = [row[0] for row in self._database.stored(queries.AUDIT_MEMBERS, batch=number)]
        return sum(self._waited(member, id_) for member in members if type(member) is int)

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
