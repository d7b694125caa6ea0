"""Rows of projected tables: statements made of the names that the registry has (`engine.record.projected`)."""

# ruff: noqa: S608 – these texts are made of names of columns; what they hold is always bound

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from engine.record.queries.columns import raw


@cache
def put_row(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    """A whole row, in the place of one with its key."""
    others = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    given = ", ".join(f":{name}" for name in columns)
    then = f"DO UPDATE SET {others}" if others else "DO NOTHING"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({given}) ON CONFLICT ({', '.join(key)}) {then}"


@cache
def change_row(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    """Some columns of a row that is there."""
    changes = ", ".join(f"{name} = :{name}" for name in columns if name not in key)
    return f"UPDATE {table} SET {changes} WHERE {_found(key)}"


@cache
def drop_row(table: str, key: tuple[str, ...]) -> str:
    """A row that goes."""
    return f"DELETE FROM {table} WHERE {_found(key)}"


@cache
def all_rows(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    """Every row of a table."""
    return f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(key)}"


@cache
def stored_rows(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    """Every row of a table as it lies there, for the audit."""
    return f"SELECT {raw(', '.join(columns))} FROM {table} ORDER BY {', '.join(key)}"


def _found(key: Iterable[str]) -> str:
    return " AND ".join(f"{name} = :{name}" for name in key)
