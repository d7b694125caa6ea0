"""Who may confirm what takes two people: how the accounts came to their roles, before or after it was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from engine.record import event_rows, queries
from engine.record.database import Database
from engine.rules.acts.redaction import Appointment, appoints, open_request
from engine.rules.event import Event


def appointed(database: Database, stream: int, events: Sequence[Event], seq: int) -> list[Appointment]:
    """How accounts came to their roles, the last time each: before or after the request for an erasure."""
    return appointed_since(database, stream, open_request(events, seq))


def appointed_since(database: Database, stream: int, request: Event | None) -> list[Appointment]:
    """How accounts came to their roles, the last time each: before or after a request that takes another person; nothing without one."""
    row = database.row(queries.EVENT_ID, stream=stream, seq=request.seq) if request is not None else None
    found = {}
    for id_, by, data in database.rows(queries.APPOINTMENTS) if row is not None else ():
        facts = event_rows.facts_of(data)
        if appoints(facts):
            found[facts["account"]] = Appointment(facts["account"], by, row is not None and id_ > row[0])
    return list(found.values())
