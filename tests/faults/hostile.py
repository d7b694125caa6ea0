"""A hand that puts anything into any cell of a record, past every rule of the database, and takes it out again."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg

NESTED = "[" * 100_000 + "]" * 100_000
TEXTS: tuple[object, ...] = (
    NESTED, '{"a":' * 50_000, "1e400", "NaN", "-Infinity", "9" * 5_000, str(2**64), '{"a":1,"a":2}', '"\\ud800"', "{ }", "[]", "{}", "null",
    "", "0", "None", "\x01", "10000-01-01T00:00:00.000000Z", "2020-02-30T00:00:00.000000Z", "2020-03-02T09:00:00.000000+08:00",
    "x" * 70_000,
)
NUMBERS: tuple[object, ...] = (2**63 - 1, -(2**63), 10**18, 2**53, 0, -1)
OTHERS: tuple[object, ...] = (None, 1.5, float("inf"), b"", b"\x00" * 32, b"\xff\xfe", b"2020-03-02T09:00:00.000000Z", b"1")
NO_TEXT = b"\xe6\xff\x80"
"""Bytes that are no UTF-8; they go into the cell as if they were a text."""


@dataclass(frozen=True)
class Cell:
    """A cell, by table, column and what finds its row (`rowid` or `ctid`)."""

    table: str
    column: str
    row: object

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


class SQLiteHand:
    """Whoever may write the file: no constraint holds them."""

    values = (*TEXTS, *NUMBERS, *OTHERS, NO_TEXT)
    refused = (sqlite3.IntegrityError, sqlite3.OperationalError)

    def __init__(self, url: str) -> None:
        self.line = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=20)
        for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON", "writable_schema=ON"):
            self.line.execute(f"PRAGMA {pragma}")
        self.line.create_function("loosened", 1, lambda sql: re.sub(r"(?<!IS) NOT NULL", "", sql))
        self.line.execute("UPDATE sqlite_master SET sql = loosened(sql) WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        self.line.execute("PRAGMA writable_schema=RESET")

    def cells(self) -> Iterator[Cell]:
        tables = self.line.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
        for (table,) in tables.fetchall():
            rows = self.line.execute(f"SELECT rowid FROM {table} ORDER BY rowid").fetchall()
            for (_, column, *_) in self.line.execute(f"PRAGMA table_info({table})").fetchall():
                if rows:
                    yield Cell(table, column, rows[len(rows) // 2][0])

    @contextmanager
    def put(self, cell: Cell, value: object) -> Iterator[bool]:
        """Puts a value into a cell, if the database takes it at all; says whether another one lies there then."""
        content = f'SELECT CAST(quote("{cell.column}") AS BLOB) FROM {cell.table} WHERE rowid = ?'
        (old,) = self.line.execute(content, (cell.row,)).fetchone()
        change = f'UPDATE {cell.table} SET "{cell.column}" = {"CAST(? AS TEXT)" if value is NO_TEXT else "?"} WHERE rowid = ?'
        row = value if self._names_the_row(cell) else cell.row
        try:
            self.line.execute(change, (value, cell.row))
        except self.refused:
            yield False
            return
        try:
            yield self.line.execute(content, (row,)).fetchone() != (old,)
        finally:
            self.line.execute(f'UPDATE {cell.table} SET "{cell.column}" = {old.decode()} WHERE rowid = ?', (row,))

    def _names_the_row(self, cell: Cell) -> bool:
        """Whether the column is the row's own number."""
        return any(
            column == cell.column and kind == "INTEGER" and key and sum(row[5] > 0 for row in rows) == 1
            for rows in [self.line.execute(f"PRAGMA table_info({cell.table})").fetchall()] for _, column, kind, _, _, key in rows
        )

    def close(self) -> None:
        self.line.close()


class PostgreSQLHand:
    """The owner of the tables, whom no check and no reference holds; types still do."""

    refused = (psycopg.Error, UnicodeError)
    values = (*TEXTS, *NUMBERS, None, b"", b"\x00" * 32, "infinity", "-infinity", "0044-03-15 BC", "99999-01-01")

    def __init__(self, url: str) -> None:
        self.line = psycopg.connect(url, autocommit=True)
        self.line.execute("SET session_replication_role = replica")
        found = self.line.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'f', 'n') "
            "AND connamespace = current_schema()::regnamespace",
        ).fetchall()
        for table, name in found:
            self.line.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}"')
        for table, column in self.line.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_nullable = 'NO'",
        ).fetchall():
            with suppress(psycopg.Error):  # of a key
                self.line.execute(f'ALTER TABLE "{table}" ALTER "{column}" DROP NOT NULL')

    def cells(self) -> Iterator[Cell]:
        for table, column in self.line.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
            "ORDER BY table_name, ordinal_position",
        ).fetchall():
            rows = self.line.execute(f'SELECT ctid::text FROM "{table}" ORDER BY ctid').fetchall()
            if rows:
                yield Cell(table, column, len(rows) // 2)

    @contextmanager
    def put(self, cell: Cell, value: object) -> Iterator[bool]:
        """Puts a value into a cell, if the database takes it at all; says whether another one lies there then."""
        at = f'SELECT ctid FROM "{cell.table}" ORDER BY ctid OFFSET {cell.row} LIMIT 1'
        [(before, old)] = self.line.execute(f'SELECT ctid::text, "{cell.column}" FROM "{cell.table}" WHERE ctid = ({at})').fetchall()
        try:
            [(after, differs)] = self.line.execute(
                f'UPDATE "{cell.table}" SET "{cell.column}" = %s WHERE ctid = %s::tid '
                f'RETURNING ctid::text, "{cell.column}" IS DISTINCT FROM (SELECT "{cell.column}" FROM "{cell.table}" WHERE ctid = %s::tid)',
                (value, before, before),
            ).fetchall()
        except self.refused:
            yield False
            return
        try:
            yield differs
        finally:
            self.line.execute(f'UPDATE "{cell.table}" SET "{cell.column}" = %s WHERE ctid = %s::tid', (old, after))

    def close(self) -> None:
        self.line.close()


def hand(url: str) -> Any:
    """A hand in a record, to be closed."""
    return closing(SQLiteHand(url) if url.startswith("sqlite") else PostgreSQLHand(url))
