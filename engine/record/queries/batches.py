"""Batches: one, all of them, their tickets; beginning and storing them."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders
from engine.record.queries.tickets import TICKET_COLUMNS
from engine.rules.batch import Batch

BATCH_COLUMNS = ", ".join((*Batch._fields, "head"))

BATCH_NUMBERED = f"SELECT {BATCH_COLUMNS} FROM batch WHERE number = :number {{lock}}"
"""One batch by its number, locked: it will be written."""

BATCH_NUMBERED_SHARED = f"SELECT {BATCH_COLUMNS} FROM batch WHERE number = :number {{share}}"
"""One batch by its number, that must not be closed until a ticket is in it."""

BATCH_NUMBERED_SEEN = f"SELECT {BATCH_COLUMNS} FROM batch WHERE number = :number"
"""One batch by its number, only to look at."""

BATCHES_NAMED = f"SELECT {BATCH_COLUMNS} FROM batch WHERE id IN :ids ORDER BY id"
"""Some batches by their ids. Not locked."""

BATCH_OF_LETTER = "SELECT number FROM batch WHERE letter = :letter AND sender = :sender"
"""The batch that came with a letter, if it was received before."""

BATCHES = f"""SELECT {BATCH_COLUMNS} FROM batch WHERE id < :before AND (:everything OR closed_at IS NULL)
ORDER BY id DESC LIMIT :limit"""
"""The batches, newest first, in pieces; those that are not closed, or all."""

BATCHES_DUE = """SELECT number FROM batch WHERE wake_at <= :now
AND (EXISTS (SELECT 1 FROM ticket t WHERE t.batch = batch.number AND t.assigned_at IS NULL AND t.attempt = 0 AND NOT t.final)
OR NOT EXISTS (SELECT 1 FROM ticket t WHERE t.batch = batch.number)) ORDER BY id"""
"""The batches whose limit rings: something of them waits to be assigned, or nothing was taken over of their letter yet."""

BATCHES_OPEN = "SELECT number FROM batch WHERE wake_at IS NOT NULL ORDER BY id"
"""The batches that are not closed, and so ring."""

BATCHES_BY_DATE = f"SELECT {BATCH_COLUMNS} FROM batch WHERE wake_at IS NOT NULL ORDER BY assign_due_at, id LIMIT :limit"
"""The batches that are not closed, those that are to be assigned first at the head."""

OPEN_BATCHES = "SELECT count(*) FROM batch WHERE wake_at IS NOT NULL"
"""How many batches are not closed."""

TICKETS_OF_BATCH = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE batch = :batch ORDER BY id"
"""The tickets of a batch, in the order in which they were opened."""

UNASSIGNED_OF_BATCH = "SELECT count(*) FROM ticket WHERE batch = :batch AND assigned_at IS NULL AND attempt = 0 AND NOT final"
"""How many tickets of a batch wait to be assigned. What was taken over under way is in its first attempt, also where nobody knows since
when."""

TICKETS_OF_BATCHES = """SELECT batch, count(*), sum(CASE WHEN assigned_at IS NULL AND attempt = 0 AND NOT final THEN 1 ELSE 0 END),
sum(CASE WHEN final THEN 0 ELSE 1 END),
sum(CASE WHEN repeats <> '[]' THEN 1 ELSE 0 END) FROM ticket WHERE batch IN :numbers GROUP BY batch"""
"""How many tickets some batches have, and how many of them are not assigned yet, are not closed yet, and repeat
an earlier finding."""

INSERT_BATCH = f"INSERT INTO batch ({BATCH_COLUMNS}) VALUES ({placeholders(BATCH_COLUMNS)})"
"""A batch that begins."""

STORE_BATCH = "UPDATE batch SET {changes} {from given} WHERE id = :id AND version = :read_version"
"""A batch that goes on; no row means that somebody else moved it since it was read."""
