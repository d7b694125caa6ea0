"""The names that statements are made of."""

from __future__ import annotations


def placeholders(names: str) -> str:
    return ", ".join(f":{name}" for name in names.split(", "))


def raw(names: str) -> str:
    """The columns as they lie there, for the audit: see `Database.pieces`."""
    return ", ".join(f"{{raw}}{name}" for name in names.split(", "))
