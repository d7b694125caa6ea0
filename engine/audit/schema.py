"""The schema of a record against what the migrations make: a trigger, a view, a rule, a column or an index of another hand could change
or hide what is written, and no row would tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.record.database import Database
from engine.record.schema_parts import Part, parts_made, parts_of
from engine.rules.proof.finding import Finding


def schema_findings(db: Database, looked_at: Counter[str]) -> Iterator[Finding]:
    """Every part that we did not make, that is gone, or that is another one. A record of an older schema is upgraded first."""
    made = parts_made(db)
    if made is None:
        return
    expected, there = _by_name(made), _by_name(parts_of(db))
    looked_at["schema"] += len(there)
    for place, part in there.items():
        if place not in expected:
            yield _finding("schema-foreign", part)
        elif part.definition != expected[place].definition:
            yield _finding("schema-differs", part)
    yield from (_finding("schema-missing", part) for place, part in expected.items() if place not in there)


def _by_name(parts: list[Part]) -> dict[tuple[str, str, str], Part]:
    return {(part.kind, part.table, part.name): part for part in parts}


def _finding(code: str, part: Part) -> Finding:
    return Finding(code, field=part.kind, table=part.table, key=part.name)
