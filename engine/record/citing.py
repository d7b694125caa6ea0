"""Which files events cite, in a table of their own."""

from __future__ import annotations

from collections.abc import Sequence

from engine.record import queries
from engine.record.database import Database
from engine.rules.event import Event


def store_citations(db: Database, events: Sequence[Event]) -> None:
    """The files that events cite; the foreign key says no where one was swept away meanwhile."""
    db.run_many(queries.CITE, [
        {"stream": event.ticket, "seq": event.seq, "sha256": sha256}
        for event in events if "evidence" in event.data for sha256 in cited(event)
    ])


def cited(event: Event) -> list[str]:
    """The hashes of the files an event cites, each once."""
    return list(dict.fromkeys(item["sha256"] for item in event.data.get("evidence", ())))
