"""Visits: one, all of them, their findings; beginning and storing them."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders
from engine.record.queries.events import EVENT_COLUMNS
from engine.record.queries.tickets import TICKET_COLUMNS
from engine.rules.loop.visit import Visit

VISIT_COLUMNS = ", ".join((*Visit._fields, "head"))

VISIT_NUMBERED = f"SELECT {VISIT_COLUMNS} FROM visit WHERE number = :number {{lock}}"
"""One visit by its number, locked: it will be written."""

VISIT_NUMBERED_SHARED = f"SELECT {VISIT_COLUMNS} FROM visit WHERE number = :number {{share}}"
"""One visit by its number, that must not be closed until a finding is in it."""

VISIT_NUMBERED_SEEN = f"SELECT {VISIT_COLUMNS} FROM visit WHERE number = :number"
"""One visit by its number, only to look at."""

VISITS_NAMED = f"SELECT {VISIT_COLUMNS} FROM visit WHERE id IN :ids ORDER BY id"
"""Some visits by their ids. Not locked."""

VISITS = f"""SELECT {VISIT_COLUMNS} FROM visit WHERE id < :before AND (:everything OR closed_at IS NULL)
ORDER BY id DESC LIMIT :limit"""
"""The visits, newest first, in pieces; those that are not closed, or all."""

FINDINGS_OF_VISIT = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE visit = :visit ORDER BY id"
"""What a visit found, in the order in which it was entered."""

UNASSIGNED_OF_VISIT = "SELECT number, lead FROM ticket WHERE visit = :visit AND assigned_at IS NULL AND NOT final ORDER BY id"
"""What of a visit's findings waits to be assigned, and the unit it is suggested for."""

FINDINGS_OF_VISITS = """SELECT visit, count(*), sum(CASE WHEN assigned_at IS NULL AND NOT final THEN 1 ELSE 0 END),
sum(CASE WHEN final THEN 0 ELSE 1 END) FROM ticket WHERE visit IN :numbers GROUP BY visit"""
"""How many findings some visits have, and how many of them are not assigned yet and not closed yet."""

_RECHECKABLE = """ticket WHERE final AND closed_as = :closed_as AND relapse IS NULL
AND closed_at >= :closed_from AND closed_at < :closed_before"""

RECHECKABLE = f"SELECT id, number FROM {_RECHECKABLE} ORDER BY id"
"""The tickets that were verified in a time and are closed: what a 回头看 is drawn from. What waits to be reopened is known already."""

CLOSINGS = f"""SELECT {EVENT_COLUMNS} FROM event WHERE stream IN (SELECT id FROM {_RECHECKABLE})
AND kind = 'did' AND to_state <> from_state ORDER BY stream, seq"""
"""The acts that moved those tickets, among them those that verified them."""

OPEN_VISITS = f"SELECT {VISIT_COLUMNS} FROM visit WHERE closed_at IS NULL ORDER BY id LIMIT :limit"
"""The visits that are not closed, oldest first."""

UNASSIGNED_OF_VISITS = """SELECT visit, number, lead FROM ticket
WHERE visit IN :numbers AND assigned_at IS NULL AND NOT final ORDER BY id"""
"""What of some visits' findings waits to be assigned, and the unit each is suggested for."""

INSERT_VISIT = f"INSERT INTO visit ({VISIT_COLUMNS}) VALUES ({placeholders(VISIT_COLUMNS)})"
"""A visit that begins."""

STORE_VISIT = "UPDATE visit SET {changes} {from given} WHERE id = :id AND version = :read_version"
"""A visit that goes on; no row means that somebody else moved it since it was read."""
