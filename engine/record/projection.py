"""The tables as the entries of the administration's stream tell them: the fold that the audit compares with what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.record import queries
from engine.record.database import Database
from engine.record.journal import event_of
from engine.record.projected import TABLES, Value
from engine.record.row_change import ROWS, Told, ToldChange, unwired
from engine.rules.event import Event

Key: TypeAlias = tuple[Value, ...]
Columns: TypeAlias = Mapping[str, Told]

TELLING = "upgraded"
"""The kind of entry that tells every row of a record of before, whose entries told none."""

PIECE = 1000


@dataclass(slots=True)
class Projection:
    """The fold. `told_since` is the entry from which on the tables are told: the first of all in a record that was founded so, or the one
    of its upgrade; None where none tells them. `unfit` are entries that tell what cannot be.
    """

    told_since: int | None = None
    unfit: list[int] = field(default_factory=list)
    _tables: dict[str, dict[Key, Columns]] = field(default_factory=lambda: {name: {} for name in TABLES})
    _spans: dict[tuple[str, Key], list[tuple[int, Columns | None]]] = field(default_factory=dict)

    def add(self, event: Event, id_: int) -> None:
        """The next entry, which has this id among the events of all streams."""
        rows = event.data.get(ROWS)
        if rows is None:
            return
        if self.told_since is None:
            if event.seq != 1 and event.kind != TELLING:
                return  # what it changes was never told
            self.told_since = event.seq
        try:
            for change in unwired(rows, event.words):
                self._apply(change, id_)
        except (ValueError, TypeError, OverflowError):
            self.unfit.append(event.seq)

    def rows(self, table: str) -> Mapping[Key, Columns]:
        """The rows of a table by their keys."""
        return self._tables[table]

    def then(self, table: str, key: Key, id_: int) -> Columns | None:
        """A row as it was when the event of an id was written; None where there was none."""
        found: Columns | None = None
        for since, columns in self._spans.get((table, key), ()):
            if since >= id_:
                break
            found = columns
        return found

    def ever(self, table: str) -> Iterator[Key]:
        """The keys of every row that a table ever had."""
        return (key for name, key in self._spans if name == table)

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
            if after.keys() != change.table.columns.keys():
                raise ValueError("a row of which not every column is told")
        if change.table.name in HISTORIC:
            self._spans.setdefault((change.table.name, change.key), []).append((id_, after))


HISTORIC = frozenset({"account", "stand_in", "unit", "account_portfolio", "calendar", "definition"})
"""Tables whose rows are also known as they were: who somebody was then, and by which rules."""


def read_projection(db: Database) -> Projection:
    """The fold of every entry, read in pieces. An entry that cannot be read at all is left out: the chain names it."""
    projection, seq = Projection(), 0
    while piece := db.rows(queries.ENTRIES, after=seq, limit=PIECE):
        for id_, *row in piece:
            try:
                event = event_of(tuple(row))
            except (ValueError, TypeError, AttributeError, RecursionError):
                continue
            projection.add(event, id_)
        seq = piece[-1][2]
    return projection

