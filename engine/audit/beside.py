"""Rows of several tables side by side, by the id of the stream that stands in their first column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import groupby
from math import inf
from operator import itemgetter

from engine.record.database import Database, Row
from engine.rules.proof.finding import Finding

Rows = Mapping[str, list[Row]]
"""What each table holds of one stream."""


class Beside:
    """What some tables hold of each stream, to be asked for in the order of ids; each table is read by a statement in that order.

    `counted` counts the rows of each table.
    """

    def __init__(self, db: Database, tables: Mapping[str, str], counted: Counter[str], **values: object) -> None:
        self._tables, self._counted = tuple(tables), counted
        self._places = groupby(
            merge(*(_feed(db, table, sql, values) for table, sql in tables.items()), key=itemgetter(0)), key=itemgetter(0),
        )
        self._next: tuple[float, Iterator[tuple[float, str, Row]]] | None = next(self._places, None)

    def before(self, id_: float) -> Iterator[Finding | tuple[int, Rows]]:
        """The streams before this one that nobody asked for, each with its rows; a row whose id is no id is a finding."""
        while self._next is not None and self._next[0] < id_:
            place, group = self._next
            if type(place) is int:
                yield place, self._rows(group)
            else:
                yield from self._astray(group)
            self._next = next(self._places, None)

    def of(self, id_: int) -> Rows:
        """What the tables hold of this stream, after what came before it."""
        if self._next is None or self._next[0] != id_:
            return self._rows(iter(()))
        rows = self._rows(self._next[1])
        self._next = next(self._places, None)
        return rows

    def _rows(self, group: Iterator[tuple[float, str, Row]]) -> Rows:
        rows: dict[str, list[Row]] = {table: [] for table in self._tables}
        for _, table, row in group:
            rows[table].append(row)
            self._counted[table] += 1
        return rows

    def _astray(self, group: Iterator[tuple[float, str, Row]]) -> Iterator[Finding]:
        for _, table, _row in group:
            self._counted[table] += 1
            yield Finding("astray", field=table)


def _feed(db: Database, table: str, sql: str, values: Mapping[str, object]) -> Iterator[tuple[float, str, Row]]:
    """The rows of a table, each with its place among those of all tables."""
    return ((_place(row[0]), table, row) for row in db.stored(sql, **values))


def _place(cell: object) -> float:
    """Where a row stands in the order of ids. SQLite puts nothing first, then numbers, then all that is none; PostgreSQL nothing last."""
    if isinstance(cell, int | float):
        return min(cell, _LAST)
    return -inf if cell is None else _LAST


_LAST = 2.0**64
"""Beyond every id; what stands there is no id itself."""
