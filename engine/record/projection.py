"""The tables as the entries of the administration's stream tell them: the fold that the audit compares with what stands there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.record import queries
from engine.record.damage import UNREADABLE
from engine.record.database import Database
from engine.record.event_rows import event_of
from engine.record.projected import TABLES, UNTOLD_SETTINGS, Value
from engine.record.row_change import ROWS, RowChange, RowPut, Told, ToldChange, unwired
from engine.record.settings import OFFICE_SETTING
from engine.rules.event import Event

Key: TypeAlias = tuple[Value, ...]
Columns: TypeAlias = Mapping[str, Told]

TELLING = "upgraded"
"""The kind of entry that tells every row of a record of before, whose entries told none."""

HISTORIC = ("account", "stand_in", "unit", "account_portfolio", "calendar", "definition")
"""Tables whose rows are also known as they were: who somebody was then, and by which rules."""


@dataclass(slots=True)
class Projection:
    """The fold. `told_since` is the entry from which on the tables are told: the first of all, which tells what the office is, in a record
    that was founded so, or the one of its upgrade; None where none tells them. `unfit` are entries that tell what cannot be.
    """

    told_since: int | None = None
    unfit: list[int] = field(default_factory=list)
    _tables: dict[str, dict[Key, Columns]] = field(default_factory=lambda: {name: {} for name in TABLES})
    _spans: dict[str, dict[Key, list[tuple[int, Columns | None]]]] = field(default_factory=lambda: {name: {} for name in HISTORIC})

    def add(self, event: Event, id_: int) -> None:
        """The next entry, which has this id among the events of all streams."""
        rows = event.data.get(ROWS)
        if rows is None:
            return
        if self.told_since is None:
            if event.kind != TELLING and not (event.seq == 1 and _founds(rows)):
                return  # what it changes was never told
            self.told_since = event.seq
        try:
            for change in unwired(rows, event.words):
                if event.kind == TELLING and event.seq != self.told_since:
                    self._must_be_new(change)
                self._apply(change, id_)
        except UNREADABLE:
            self.unfit.append(event.seq)

    def rows(self, table: str) -> Mapping[Key, Columns]:
        """The rows of a table by their keys."""
        return self._tables[table]

    def then(self, table: str, key: Key, id_: int) -> Columns | None:
        """A row as it was when the event of an id was written; None where there was none."""
        spans = self._spans[table].get(key, ())
        index = bisect_left(spans, id_, key=_since)
        return spans[index - 1][1] if index else None

    def ever(self, table: str) -> Iterator[Key]:
        """The keys of every row that a table ever had."""
        return iter(self._spans[table])

    def _must_be_new(self, change: ToldChange) -> None:
        """Raises ValueError unless the change only tells columns that were not told before: all that a later upgrade does."""
        before = self._tables[change.table.name].get(change.key)
        if before is None or change.columns is None or any(before.get(name, told) != told for name, told in change.columns.items()):
            raise ValueError("an upgrade changes what was told")

    def _apply(self, change: ToldChange, id_: int) -> None:
        rows = self._tables[change.table.name]
        before = rows.get(change.key)
        after: Columns | None = None
        if change.columns is None:
            if before is None:
                raise ValueError("a row that is not there goes")
            del rows[change.key]
        else:
            after = rows[change.key] = {**(before or {}), **change.columns}
        if change.table.name in HISTORIC:
            self._spans[change.table.name].setdefault(change.key, []).append((id_, after))


def _founds(rows: Any) -> bool:
    """Whether the rows are those that a record is founded with: what the office is."""
    return isinstance(rows, list) and any(
        isinstance(row, dict) and row.get("table") == "setting" and isinstance(row.get("put"), dict)
        and row["put"].get("name") == OFFICE_SETTING for row in rows
    )


def _since(span: tuple[int, Columns | None]) -> int:
    return span[0]


def read_entries(db: Database) -> Iterator[tuple[int, Event]]:
    """Every entry in order with its id among the events of all streams, inside a snapshot or a transaction. One that cannot be read is
    left out: the chain names it.
    """
    for id_, *row in db.stored(queries.ENTRIES):
        try:
            event = event_of(tuple(row))
        except UNREADABLE:
            continue
        yield id_, event


def untold(db: Database, projection: Projection) -> list[RowChange]:
    """What no entry tells of the rows as they stand, for the entry of an upgrade: every row of a record of before; of one whose rows are
    told, the columns that are new.
    """
    changes: list[RowChange] = []
    for table in TABLES.values():
        for row in db.rows(queries.all_rows(table.name, tuple(table.columns), table.key)):
            values = dict(zip(table.columns, row, strict=True))
            key = table.key_of(values)
            if table.name == "setting" and key[0] in UNTOLD_SETTINGS:
                continue
            if projection.told_since is None:
                changes.append(RowPut(table.name, values))
            elif (columns := projection.rows(table.name).get(key)) is not None and columns.keys() != values.keys():
                new = {name: value for name, value in values.items() if name in table.key or name not in columns}
                changes.append(RowPut(table.name, new))
    return changes


def read_projection(db: Database) -> Projection:
    """The fold of every entry, inside a snapshot or a transaction."""
    projection = Projection()
    for id_, event in read_entries(db):
        projection.add(event, id_)
    return projection
