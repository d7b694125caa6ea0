"""The watch: heartbeats, and what the doctor looks at."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.people import _VALID

BEAT = """INSERT INTO heartbeat (duty, process, at, well_at, seconds, detail)
VALUES (:duty, :process, :at, :at, :seconds, :detail)
ON CONFLICT (duty) DO UPDATE SET process = excluded.process, at = excluded.at, well_at = excluded.well_at,
seconds = excluded.seconds, detail = excluded.detail"""
"""A duty of the watch ran."""

BEAT_FAILED = """INSERT INTO heartbeat (duty, process, at, well_at, seconds, detail)
VALUES (:duty, :process, :at, NULL, :seconds, :detail)
ON CONFLICT (duty) DO UPDATE SET process = excluded.process, at = excluded.at, seconds = excluded.seconds, detail = excluded.detail"""
"""A duty of the watch failed; when it last ran well stays."""

HEARTBEATS = "SELECT duty, process, at, well_at, seconds, detail FROM heartbeat ORDER BY duty"
"""When each duty last ran."""

ALARMS_DUE = "SELECT count(*), min(wake_at) FROM ticket WHERE wake_at <= :now"
"""How many alarms have come and have not rung, and since when."""

NEXT_ALARM = "SELECT min(wake_at) FROM ticket WHERE wake_at > :now"
"""When the next alarm comes."""

_SPEAKS = f"unit IS NOT NULL AND {_VALID} AND unit NOT IN (SELECT code FROM unit WHERE valid_to IS NOT NULL)"
"""Part of a statement: an account that may act now, for a unit in force. Whoever is left in a unit that ended speaks for nobody."""

NOBODY_ACTS = f"""SELECT unit, count(*), min(number) FROM (
SELECT number, lead AS unit FROM ticket WHERE NOT final AND turn = 'lead'
UNION ALL SELECT number, unit FROM cooperator JOIN ticket ON id = ticket WHERE NOT ticket.final AND cooperator.due_at IS NOT NULL) waiting
WHERE unit NOT IN (SELECT unit FROM account WHERE {_SPEAKS}) GROUP BY unit ORDER BY unit"""
"""The units that have something to do and nobody who may do it, each with how many tickets wait for it and the first of them."""

IDLE_UNITS = f"""SELECT code FROM unit WHERE code NOT IN (SELECT unit FROM account WHERE {_SPEAKS})
AND (EXISTS (SELECT 1 FROM ticket WHERE lead = code AND NOT final AND turn || '' = 'lead' LIMIT 1 OFFSET 0)
OR EXISTS (SELECT 1 FROM cooperator WHERE cooperator.unit = code AND due_at IS NOT NULL LIMIT 1 OFFSET 0)) ORDER BY code"""
"""The units of NOBODY_ACTS alone: who opens the day asks for no count, and a unit that has people is not looked up among the tickets.

Without the OFFSET PostgreSQL would read all tickets that wait for units before it looks up one; an expression has no index, which leaves
that of the unit.
"""

STUCK_LATE = "SELECT count(*), min(late_at) FROM ticket WHERE NOT final AND promised_at <= :since AND late_at <= :since"
"""How many promises are long past, and which date is the oldest. None is late before its date: among the open ones these are the first."""

STUCK_OFFICE = "SELECT count(*), min(office_due_at) FROM ticket WHERE office_due_at <= :since AND returns_to IS NULL"
"""How many tickets have long waited for the office."""

STUCK_SUSPENDED = "SELECT count(*), min(office_due_at) FROM ticket WHERE office_due_at <= :now AND returns_to IS NOT NULL"
"""How many suspensions are over: while one lasts, its end is the office's only date."""

STUCK_STANDING = "SELECT count(*), min(due_at) FROM ticket WHERE NOT final AND standing AND due_at <= :since"
"""How many standing items were not reviewed for long."""

SET_ASIDE = """SELECT t.number, e.at, e.data FROM event e JOIN ticket t ON t.id = e.stream AND t.version = e.seq
WHERE e.kind = 'set-aside' ORDER BY t.id LIMIT :limit"""
"""Tickets whose rules failed and that nothing has happened to since."""

IDS_SET_ASIDE = """SELECT t.id FROM event e JOIN ticket t ON t.id = e.stream AND t.version = e.seq
WHERE e.kind = 'set-aside' ORDER BY t.id LIMIT :limit"""
"""The ids of the tickets of SET_ASIDE."""

NOTICES_UNDELIVERED = """SELECT channel, count(*), min(not_before) FROM notice
WHERE sent_at IS NULL AND NOT dead AND channel <> 'inbox' AND next_try_at <= :now GROUP BY channel ORDER BY channel"""
"""What should have gone out, by channel, and since when it waits. The inbox needs no delivery."""

NOTICES_DEAD = "SELECT channel, count(*), error FROM notice WHERE dead GROUP BY channel, error ORDER BY channel, error"
"""What was given up, by channel and why."""

REACHED = """SELECT recipient, channel, count(*), max(created_at) FROM notice WHERE sent_at IS NOT NULL OR channel = 'inbox'
GROUP BY recipient, channel ORDER BY recipient, channel"""
"""By which channel each person was reached, how often, and what was the last."""

BACKWARDS = """SELECT before.at, event.at FROM event JOIN event before ON before.stream = event.stream AND before.seq = event.seq - 1
WHERE event.id > :after AND event.at < before.at ORDER BY event.id DESC LIMIT :limit"""
"""Later events that say an earlier time than the one before in their stream, newest first: what that one says, and what they say."""

LAST_AT = "SELECT at FROM event ORDER BY id DESC LIMIT 1"
"""When the last event was written."""

UNSEALED_SINCE = "SELECT at FROM event WHERE id > :after AND kind <> 'sealed' ORDER BY id LIMIT 1"
"""When the first event happened that no seal covers."""
