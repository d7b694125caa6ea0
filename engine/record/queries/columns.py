"""The names that statements are made of."""

from __future__ import annotations


def placeholders(names: str) -> str:
    return ", ".join(f":{name}" for name in names.split(", "))
