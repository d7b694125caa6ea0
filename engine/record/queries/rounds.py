"""Rounds of evaluation: one, those of a scheme, all of them, and the tickets of a problem; beginning and storing them."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders
from engine.record.queries.tickets import TICKET_COLUMNS
from engine.rules.loop.round import Round

ROUND_COLUMNS = ", ".join((*Round._fields, "head"))

ROUND_NUMBERED = f"SELECT {ROUND_COLUMNS} FROM round WHERE number = :number {{lock}}"
"""One round by its number, locked: it will be written."""

ROUND_NUMBERED_SEEN = f"SELECT {ROUND_COLUMNS} FROM round WHERE number = :number"
"""One round by its number, only to look at."""

ROUNDS_NAMED = f"SELECT {ROUND_COLUMNS} FROM round WHERE id IN :ids ORDER BY id"
"""Some rounds by their ids. Not locked."""

ROUNDS_OF_SCHEME = f"SELECT {ROUND_COLUMNS} FROM round WHERE scheme IN :schemes AND undone_at IS NULL ORDER BY measured_on, id"
"""The rounds of some schemes that stand, in the order of the days as of which they measured."""

LOCK_ROUNDS = "SELECT id FROM round WHERE scheme IN :schemes ORDER BY id {lock}"
"""Holds the rounds of some schemes: of two that are applied at once the second sees what the first said."""

ROUNDS = f"SELECT {ROUND_COLUMNS} FROM round WHERE id < :before AND (:everything OR closed_at IS NULL) ORDER BY id DESC LIMIT :limit"
"""The rounds, newest first, in pieces; those that are not closed, or all."""

OPEN_ROUNDS = """SELECT id, disputes, results <> '{}' AND (comments_end_at IS NULL OR comments_end_at <= :now) FROM round
WHERE closed_at IS NULL AND undone_at IS NULL ORDER BY id LIMIT :limit"""
"""The rounds that are not closed, oldest first: the objections to each, and whether it has results and its time for comments is over. Not
the results: there may be thousands.
"""

LEFTOVERS = "SELECT number, leftovers FROM round WHERE leftovers <> '[]' ORDER BY id"
"""The rounds of which a correction or undoing left tickets to people, and these."""

LAST_OFFICE_ACTS = """SELECT stream, max(seq) FROM event WHERE stream IN :streams AND kind IN ('did', 'amended') AND role = 'supervisor'
GROUP BY stream"""
"""When the supervision office last did anything about some tickets, by their ids."""

SCHEMES = "SELECT scheme, max(id) FROM round WHERE undone_at IS NULL GROUP BY scheme ORDER BY max(id) DESC"
"""Every scheme of a round that stands, the one of the newest round first."""

TICKETS_OF_PROBLEMS = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE problem_key IN :keys ORDER BY id"
"""Every ticket that some problems ever had."""

TICKETS_OF_PROBLEMS_LOCKED = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE problem_key IN :keys ORDER BY id {{lock}}"
"""The same, locked in the order of their ids: what is measured of them will be written."""

OPEN_OF_PROBLEMS = "SELECT number FROM ticket WHERE problem_key IN :keys AND NOT final ORDER BY id LIMIT 1"
"""The first ticket under way of a problem with several keys."""

OPEN_PROBLEMS = "SELECT number, problem_key FROM ticket WHERE problem_key IS NOT NULL AND NOT final ORDER BY id"
"""Every ticket under way of which rounds measure the problem."""

INSERT_ROUND = f"INSERT INTO round ({ROUND_COLUMNS}) VALUES ({placeholders(ROUND_COLUMNS)})"
"""A round that begins."""

STORE_ROUND = "UPDATE round SET {changes} {from given} WHERE id = :id AND version = :read_version"
"""A round that goes on; no row means that somebody else moved it since it was read."""
