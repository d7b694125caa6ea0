"""Batches: one, all of them, their tickets; beginning and storing them."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders
from engine.rules.batch import Batch

BATCH_COLUMNS = ", ".join((*Batch._fields, "head"))

BATCH_NUMBERED_SEEN = f"SELECT {BATCH_COLUMNS} FROM batch WHERE number = :number"
"""One batch by its number, only to look at."""

INSERT_BATCH = f"INSERT INTO batch ({BATCH_COLUMNS}) VALUES ({placeholders(BATCH_COLUMNS)})"
"""A batch that begins."""

STORE_BATCH = "UPDATE batch SET {changes} {from given} WHERE id = :id AND version = :read_version"
"""A batch that goes on; no row means that somebody else moved it since it was read."""
