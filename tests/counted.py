"""Counts what is asked of a database: work that grows with the number of things is seen by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from engine.record.database import Database, Row


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that are read inside the block."""
    asked: list[str] = []
    rows = type(database).rows

    def counted(self: Database, sql: str, /, **values: Any) -> list[Row]:
        asked.append(sql)
        return rows(self, sql, **values)

    with patch.object(type(database), "rows", counted):
        yield asked
