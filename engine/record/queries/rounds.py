"""Rounds of evaluation: one; beginning and storing them."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders
from engine.rules.loop.round import Round

ROUND_COLUMNS = ", ".join((*Round._fields, "head"))

ROUND_NUMBERED = f"SELECT {ROUND_COLUMNS} FROM round WHERE number = :number {{lock}}"
"""One round by its number, locked: it will be written."""

ROUND_NUMBERED_SEEN = f"SELECT {ROUND_COLUMNS} FROM round WHERE number = :number"
"""One round by its number, only to look at."""

ROUNDS_NAMED = f"SELECT {ROUND_COLUMNS} FROM round WHERE id IN :ids ORDER BY id"
"""Some rounds by their ids. Not locked."""

OPEN_OF_PROBLEM = "SELECT number FROM ticket WHERE problem_key = :key AND NOT final"
"""The ticket of a problem that is under way."""

INSERT_ROUND = f"INSERT INTO round ({ROUND_COLUMNS}) VALUES ({placeholders(ROUND_COLUMNS)})"
"""A round that begins."""

STORE_ROUND = "UPDATE round SET {changes} {from given} WHERE id = :id AND version = :read_version"
"""A round that goes on; no row means that somebody else moved it since it was read."""
