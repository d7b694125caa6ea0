"""The tables that follow from the administration's stream, against what its entries tell: every row, every column.

Tables of a record of before are told from its upgrade on; until then nothing says what they should hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.record import queries
from engine.record.cell import day_of, moment_of, name_of
from engine.record.database import Database
from engine.record.journal import ADMINISTRATION
from engine.record.projected import DAY, MOMENT, TABLES, TRUTH, UNTOLD_SETTINGS, Projected, Value, json_of, sha256_of
from engine.record.projection import Columns, Key, Projection
from engine.record.row_change import Named, Told, Unknown
from engine.rules.json_value import Json
from engine.rules.proof.finding import Finding

NAMED_BY_CONTENT = {"definition": ("json", 64), "calendar": ("json", 12)}
"""Tables whose key is the beginning of the SHA-256 of a column: which column, and how many digits."""


def table_findings(db: Database, projection: Projection, looked_at: Counter[str]) -> Iterator[Finding]:
    """Every row of a projected table that is not what the entries tell; `looked_at` counts the rows of each table."""
    yield from (Finding("entry", ADMINISTRATION, None, seq) for seq in projection.unfit)
    for table in TABLES.values():
        yield from _table(db, table, projection, looked_at)
    yield from _last_id(db)


def _table(db: Database, table: Projected, projection: Projection, looked_at: Counter[str]) -> Iterator[Finding]:
    told = projection.rows(table.name)
    left = set(told)
    for row in db.stored(queries.stored_rows(table.name, tuple(table.columns), table.key)):
        looked_at[table.name] += 1
        stored = {name: _value(kind, cell) for (name, kind), cell in zip(table.columns.items(), row, strict=True)}
        key = tuple(stored[name] for name in table.key)
        if table.name in NAMED_BY_CONTENT and not _is_named(table.name, key, stored):
            yield _finding("misnamed", table, key, NAMED_BY_CONTENT[table.name][0])
        if projection.told_since is None or (table.name == "setting" and key[0] in UNTOLD_SETTINGS):
            continue
        columns = told.get(key)
        if columns is None:
            yield _finding("row-untold", table, key)
            continue
        left.discard(key)
        yield from (_finding("row-differs", table, key, name) for name in table.columns if not _same(columns.get(name), stored[name]))
    yield from (_finding("row-gone", table, key) for key in sorted(left, key=_key_text))


def _value(kind: str, cell: Value) -> Value:
    """What lies in a cell as it was written there, on either database; what cannot have been stays what it is."""
    if kind == MOMENT:
        return moment_of(cell) or cell
    if kind == TRUTH and type(cell) is int and cell in (0, 1):
        return bool(cell)
    return day_of(cell) or cell if kind == DAY else cell


def _same(told: Told, stored: Value) -> bool:
    """Whether a cell holds what was told of it. An erased word may be anything."""
    if isinstance(told, Unknown):
        return True
    if isinstance(told, Named):
        return isinstance(stored, str | bytes) and sha256_of(stored) == told.sha256
    return type(told) is type(stored) and told == stored


def _is_named(table: str, key: Key, stored: Columns) -> bool:
    column, digits = NAMED_BY_CONTENT[table]
    content = stored[column]
    return isinstance(content, str) and sha256_of(content)[:digits] == key[0]


def _finding(code: str, table: Projected, key: Key, column: str | None = None) -> Finding:
    return Finding(code, field=column, table=table.name, key=_key_text(key))


def _key_text(key: Key) -> str:
    return " ".join(str(_shown(part)) for part in key)


def _shown(part: Value) -> Json:
    """A part of a key as it is shown; of one that cannot have been written, whatever it is."""
    return name_of(part) if isinstance(part, str) else json_of(part)


def _last_id(db: Database) -> Iterator[Finding]:
    """The counter of ids stands at the highest stream: there is none without a number of its own, and none is left out."""
    last = db.row(queries.LAST_STREAM)
    counted = db.row(queries.COUNTED_STREAMS)
    if (counted[0] if counted else 0) != (last[0] or 0 if last else 0):
        yield Finding("ids", table="counter", field="last")
