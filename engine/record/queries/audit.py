"""What the audit reads: every row as it lies there, in the order of streams. An answer is as long as its table: see `Database.pieces`."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.batches import BATCH_COLUMNS
from engine.record.queries.columns import raw
from engine.record.queries.events import EVENT_COLUMNS
from engine.record.queries.feedback import FEEDBACK_COLUMNS
from engine.record.queries.rounds import ROUND_COLUMNS
from engine.record.queries.tickets import TICKET_COLUMNS
from engine.record.queries.trust import SEAL_COLUMNS
from engine.record.queries.visits import VISIT_COLUMNS
from engine.rules import batch
from engine.rules.loop import feedback, visit
from engine.rules.loop import round as rounds

AUDIT_EVENTS = f"SELECT {raw(EVENT_COLUMNS)}, {{raw}}hash, {{raw}}id FROM event ORDER BY stream, seq"
"""Every event, stream by stream."""

AUDIT_STREAM = f"SELECT {raw(EVENT_COLUMNS)}, {{raw}}hash, {{raw}}id FROM event WHERE stream = :stream ORDER BY seq"
"""The events of one stream."""

AUDIT_OF_BATCH = f"""SELECT {raw(EVENT_COLUMNS)}, {{raw}}hash, {{raw}}id FROM event
WHERE stream IN (SELECT id FROM batch WHERE number = :number) ORDER BY seq"""
"""The events of one batch, by its number."""

AUDIT_OF_VISIT = f"""SELECT {raw(EVENT_COLUMNS)}, {{raw}}hash, {{raw}}id FROM event
WHERE stream IN (SELECT id FROM visit WHERE number = :number) ORDER BY seq"""
"""The events of one visit, by its number."""

AUDIT_OF_FINDING = f"""SELECT {raw(EVENT_COLUMNS)}, {{raw}}hash, {{raw}}id FROM event
WHERE stream IN (SELECT id FROM ticket WHERE number = :number) AND (seq = 1 OR kind = 'linked') ORDER BY seq"""
"""The event with which a ticket begins, by its number, and those that link it."""

AUDIT_MEMBERS = "SELECT {raw}id FROM ticket WHERE batch = :batch ORDER BY id"
"""The tickets of one batch."""

AUDIT_TICKETS = f"SELECT {raw(TICKET_COLUMNS)} FROM ticket ORDER BY id"
"""Every ticket."""

AUDIT_TICKET = f"SELECT {raw(TICKET_COLUMNS)} FROM ticket WHERE id = :stream"
"""One ticket."""

AUDIT_BATCHES = f"SELECT {raw(BATCH_COLUMNS)} FROM batch ORDER BY id"
"""Every batch."""

AUDIT_BATCH = f"SELECT {raw(BATCH_COLUMNS)} FROM batch WHERE id = :stream"
"""One batch."""

AUDIT_ROUNDS = f"SELECT {raw(ROUND_COLUMNS)} FROM round ORDER BY id"
"""Every round."""

AUDIT_ROUND = f"SELECT {raw(ROUND_COLUMNS)} FROM round WHERE id = :stream"
"""One round."""

AUDIT_VISITS = f"SELECT {raw(VISIT_COLUMNS)} FROM visit ORDER BY id"
"""Every visit."""

AUDIT_VISIT = f"SELECT {raw(VISIT_COLUMNS)} FROM visit WHERE id = :stream"
"""One visit."""

AUDIT_FEEDBACK = f"SELECT {raw(FEEDBACK_COLUMNS)} FROM feedback ORDER BY id"
"""Every complaint and review."""

AUDIT_ONE_FEEDBACK = f"SELECT {raw(FEEDBACK_COLUMNS)} FROM feedback WHERE id = :stream"
"""One complaint or review."""

_COOPERATORS = "SELECT {raw}ticket, {raw}unit, {raw}due_at, {raw}promised_at, {raw}final FROM cooperator"

AUDIT_COOPERATORS = f"{_COOPERATORS} ORDER BY ticket, unit"
"""The units that cooperate in every ticket, with the dates of their parts."""

AUDIT_COOPERATORS_OF = f"{_COOPERATORS} WHERE ticket = :stream ORDER BY unit"
"""The units that cooperate in one ticket."""

_CITATIONS = """SELECT {raw}c.stream, {raw}c.seq, {raw}c.sha256, {raw}e.bytes, {raw}e.type
FROM citation c LEFT JOIN evidence e ON e.sha256 = c.sha256"""

AUDIT_CITATIONS = f"{_CITATIONS} ORDER BY c.stream, c.seq, c.sha256"
"""The files that every stream's events cite, with what their own rows hold."""

AUDIT_CITATIONS_OF = f"{_CITATIONS} WHERE c.stream = :stream ORDER BY c.seq, c.sha256"
"""The files that one stream's events cite."""

AUDIT_EVIDENCE = "SELECT {raw}sha256, {raw}bytes, {raw}type, {raw}stored_at FROM evidence ORDER BY sha256"
"""Every file that has a row."""

AUDIT_COUNTERS = "SELECT {raw}office, {raw}year, {raw}last FROM counter ORDER BY office, year"
"""How many numbers were given."""

AUDIT_SERIALS = f"""SELECT serial FROM ticket WHERE office = :series AND year = :year
UNION ALL SELECT serial FROM batch WHERE :series = '{batch.SERIES}' AND year = :year
UNION ALL SELECT serial FROM round WHERE :series = '{rounds.SERIES}' AND year = :year
UNION ALL SELECT serial FROM visit WHERE :series = '{visit.SERIES}' AND year = :year
UNION ALL SELECT serial FROM feedback WHERE :series = '{feedback.SERIES}' AND year = :year ORDER BY serial"""
"""The numbers of a series that are there: an office's tickets, batches, rounds, visits, or complaints and reviews."""

AUDIT_UNCOUNTED = f"""SELECT number FROM ticket WHERE NOT EXISTS
(SELECT 1 FROM counter c WHERE c.office = ticket.office AND c.year = ticket.year AND c.last >= ticket.serial)
UNION ALL SELECT number FROM batch WHERE NOT EXISTS
(SELECT 1 FROM counter c WHERE c.office = '{batch.SERIES}' AND c.year = batch.year AND c.last >= batch.serial)
UNION ALL SELECT number FROM round WHERE NOT EXISTS
(SELECT 1 FROM counter c WHERE c.office = '{rounds.SERIES}' AND c.year = round.year AND c.last >= round.serial)
UNION ALL SELECT number FROM visit WHERE NOT EXISTS
(SELECT 1 FROM counter c WHERE c.office = '{visit.SERIES}' AND c.year = visit.year AND c.last >= visit.serial)
UNION ALL SELECT number FROM feedback WHERE NOT EXISTS
(SELECT 1 FROM counter c WHERE c.office = '{feedback.SERIES}' AND c.year = feedback.year AND c.last >= feedback.serial)"""
"""Numbers that no counter gave."""

AUDIT_LINKS = """SELECT {raw}id, {raw}number, {raw}duplicate_of, {raw}repeats FROM ticket
WHERE duplicate_of IS NOT NULL OR repeats <> '[]' ORDER BY id"""
"""The tickets that name others: as their original, or as earlier findings that they repeat."""

AUDIT_NUMBERED = "SELECT {raw}number FROM ticket WHERE number IN :numbers"
"""Which of some numbers tickets have."""

AUDIT_SEALS = f"SELECT {raw(SEAL_COLUMNS)} FROM seal ORDER BY n"
"""Every seal."""

AUDIT_HASHES = "SELECT {raw}id, {raw}hash FROM event ORDER BY id"
"""The leaves of the tree of all events."""
