"""The names that statements are made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

_CONVERTED: Collection[object] = (datetime, datetime | None, bool, bool | None)
"""Kinds of fields that SQLite's driver converts as it reads them."""


def placeholders(names: str) -> str:
    return ", ".join(f":{name}" for name in names.split(", "))


def raw(names: str) -> str:
    """The columns as they lie there, for the audit: see `Database.pieces`."""
    return ", ".join(f"{{raw}}{name}" for name in names.split(", "))


def quickly_read(names: str, kinds: Mapping[str, object]) -> str:
    """The columns of one row, of fields of these kinds: what needs no converter is read as it lies there. SQLite's driver looks up the
    converter of each column of every answer, which takes longer than reading a cell.
    """
    return ", ".join(name if kinds.get(name) in _CONVERTED else f"{{raw}}{name}" for name in names.split(", "))
