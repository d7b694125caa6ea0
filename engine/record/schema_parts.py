"""The parts of the schema: what the migrations make, and what a database has. Each database tells them in its own words.

What the migrations make lies in a file beside them: making it anew would take a database to make it in.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from engine.record.database import Database
from engine.record.schema import MIGRATIONS, stated

MADE = MIGRATIONS / "parts.json"
"""What the newest migration leaves, on each database: written by `python -m tests.facts.schema_parts`."""


class Part(NamedTuple):
    """A table, column, constraint, index, trigger, view or rule; a function or an operator beside them."""

    kind: str
    table: str
    name: str
    definition: str


def parts_of(db: Database) -> list[Part]:
    """The parts that a database has."""
    return sorted(Part(*(str(cell) for cell in row)) for row in db.parts())


def parts_made(db: Database) -> list[Part] | None:
    """The parts that the migrations make on a database of this kind; None where it says that it has another schema than the newest."""
    made = _made()
    if stated(db) not in ([], [made["schema"]]):
        return None
    return [Part(*part) for part in made["sqlite" if db.path else "postgresql"]]


def indexes_made(database: str) -> frozenset[str]:
    """The names of the indexes that the newest migration leaves, on `sqlite` or `postgresql`."""
    return frozenset(name for kind, _, name, _ in _made()[database] if kind == "index")


def _made() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(MADE.read_text(encoding="utf-8"))
    return made
