"""A change of a row of a projected table: as it is written into the table, and as an entry of the administration's stream tells it.

Both are made from the same value by the journal, in one transaction, so that no such table changes without being told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Any, TypeAlias

from engine.record import queries
from engine.record.database import Database
from engine.record.projected import TABLES, Projected, Value, json_of, sha256_of, value_of
from engine.rules.event import Event
from engine.rules.json_value import Json

ROWS = "rows"
"""Where an entry tells them."""


@dataclass(frozen=True, slots=True)
class RowPut:
    """A row as it is from now on: with every column, whether it was there before or not; with its key and some columns, one that was."""

    table: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class RowDropped:
    """A row that is no more."""

    table: str
    key: Mapping[str, Value]


RowChange: TypeAlias = RowPut | RowDropped


@dataclass(frozen=True, slots=True)
class Named:
    """What a fold of the entries knows of a value that they only name."""

    sha256: str


class Unknown(Enum):
    """What a fold of the entries knows of a word that was erased."""

    ERASED = "erased"


Told: TypeAlias = Value | Named | Unknown
"""What the entries tell of a column."""


def new_row(table: str, **values: Value) -> RowPut:
    """A whole row; columns that are not given hold nothing."""
    return RowPut(table, {name: values.pop(name, None) for name in TABLES[table].columns} | values)


def is_whole(change: RowPut) -> bool:
    """Whether the change gives every column, so that the row need not be there."""
    return change.values.keys() == TABLES[change.table].columns.keys()


# -- into the tables ----------------------------------------------------------------------------------------------------------


def store(db: Database, changes: Sequence[RowChange]) -> None:
    """Writes the changes in their order, inside `db.write()`. Raises Conflict where a row that must be there is not, LookupError for a
    change that no table of ours can take.
    """
    for (sql, expect), group in groupby(changes, _written):
        db.run_many(sql, [dict(_values(change)) for change in group], expect)


def _written(change: RowChange) -> tuple[str, int | None]:
    """The statement of a change, and how many rows it must find."""
    table = TABLES[change.table]
    if isinstance(change, RowDropped):
        return queries.drop_row(table.name, table.key), 1
    if is_whole(change):
        return queries.put_row(table.name, tuple(table.columns), table.key), None
    if not change.values.keys() <= table.columns.keys():
        raise LookupError(f"{table.name} has no such column")
    return queries.change_row(table.name, tuple(change.values), table.key), 1


def _values(change: RowChange) -> Mapping[str, Value]:
    return change.key if isinstance(change, RowDropped) else change.values


# -- into the entry and out of it ---------------------------------------------------------------------------------------------


def wired(changes: Sequence[RowChange], words: Mapping[str, str]) -> tuple[list[dict[str, Json]], dict[str, str]]:
    """The changes as an entry tells them, and the words of the entry with those that the rows hold: a word that people read in the entry
    already is not kept twice.
    """
    kept, names = dict(words), {text: name for name, text in reversed(list(words.items()))}
    nodes: list[dict[str, Json]] = []
    for change in changes:
        projected = TABLES[change.table]
        if isinstance(change, RowDropped):
            nodes.append({"table": change.table, "drop": {name: json_of(change.key[name]) for name in projected.key}})
            continue
        key = projected.key_of(change.values)
        put: dict[str, Json] = {}
        for column, value in change.values.items():
            if value is None or not (isinstance(value, str | bytes) and column in projected.words | projected.named):
                put[column] = json_of(value)
            elif projected.names(column, key):
                put[column] = {"sha256": sha256_of(value)}
            elif column in projected.words and isinstance(value, str):
                row = [str(json_of(part)) for part in key]
                told = row if ".".join(row).isascii() else [str(len(nodes))]  # the names of words are ASCII, what a sender is called is not
                name = names.setdefault(value, ".".join((change.table, *told, column)))
                kept[name] = value
                put[column] = {"word": name}
            else:
                put[column] = json_of(value)
        nodes.append({"table": change.table, "put": put})
    return nodes, kept


def holds_words(changes: Sequence[RowChange]) -> bool:
    """Whether some of the changes hold words, which an entry keeps apart, with a salt."""
    return any(
        isinstance(change, RowPut) and any(change.values.get(name) is not None for name in TABLES[change.table].words) for change in changes
    )


def readable(event: Event) -> Event:
    """An entry as people read it: without the rows, which say once more what its facts say, and without the words that only they hold."""
    if ROWS not in event.data:
        return event
    words = {name: text for name, text in (event.words or {}).items() if name.partition(".")[0] not in TABLES}
    facts = {name: value for name, value in event.data.items() if name != ROWS}
    if event.words and not words:
        del facts["words"]
    return event._replace(data=facts, words=words or None)


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change of a row as an entry tells it: its key, and the columns that it gives; None where the row is no more."""

    table: Projected
    key: tuple[Value, ...]
    columns: Mapping[str, Told] | None


def unwired(nodes: Any, words: Mapping[str, str] | None) -> Iterator[ToldChange]:
    """The changes that an entry tells, in their order. Raises ValueError for what no entry of ours tells."""
    if type(nodes) is not list:
        raise ValueError("changes that are no list")
    for node in nodes:
        if type(node) is not dict or len(node) != 2 or type(node.get("table")) is not str:
            raise ValueError("no change of a row")
        projected = TABLES.get(node["table"])
        values = node.get("put", node.get("drop"))
        if projected is None or type(values) is not dict:
            raise ValueError(f"no change of a table of ours: {node['table']}")
        key = tuple(_of_key(projected, values.get(name), name) for name in projected.key)
        if "drop" in node:
            yield ToldChange(projected, key, None)
        else:
            yield ToldChange(projected, key, {name: _told(projected, key, name, value, words) for name, value in values.items()})


def _of_key(projected: Projected, told: Json, name: str) -> Value:
    value = value_of(projected.columns[name], told)
    if value is None:
        raise ValueError(f"a row of {projected.name} without {name}")
    return value


def _told(projected: Projected, key: tuple[Value, ...], column: str, told: Any, words: Mapping[str, str] | None) -> Told:
    kind = projected.columns.get(column)
    if kind is None:
        raise ValueError(f"{projected.name} has no {column}")
    if type(told) is not dict:
        return value_of(kind, told)
    if projected.names(column, key) and type(told.get("sha256")) is str:
        return Named(told["sha256"])
    if column in projected.words and type(told.get("word")) is str:
        if words is None:
            return Unknown.ERASED
        if type(text := words.get(told["word"])) is str:
            return text
    raise ValueError(f"{projected.name}.{column} is told by nothing")
