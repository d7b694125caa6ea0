"""The names that statements are made of."""

from __future__ import annotations

from dataclasses import fields


def columns(value: type) -> str:
    """The select list of a value: its fields, in order."""
    return ", ".join(field.name for field in fields(value))


def placeholders(names: str) -> str:
    return ", ".join(f":{name}" for name in names.split(", "))
