"""Links of tickets: what a ticket names as its original, or as an earlier finding that it repeats, is a ticket of the record."""

from __future__ import annotations

import json
from collections.abc import Iterator

from engine.record import queries
from engine.record.cell import is_text, name_of
from engine.record.database import Database
from engine.rules.proof.finding import Finding


def link_findings(db: Database) -> Iterator[Finding]:
    """A finding for each number that a ticket names and no ticket has. What lies in its row is what its events tell, or was found there."""
    for id_, number, original, repeats in db.stored(queries.AUDIT_LINKS):
        named = [name for name in (original, *_names(repeats)) if isinstance(name, str) and is_text(name)]
        there = {found for found, in db.stored(queries.AUDIT_NUMBERED, numbers=named)} if named else set()
        for name in named:
            if name not in there:
                yield Finding("link", id_ if type(id_) is int else None, name_of(number), field=name_of(name))


def _names(cell: object) -> list[object]:
    """The numbers of a list, as far as it can be read."""
    try:
        names = json.loads(cell) if isinstance(cell, str) else []
    except (ValueError, RecursionError):
        return []
    return names if isinstance(names, list) else []
