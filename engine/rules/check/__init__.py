"""Proves a definition sound. Returns problems, each with its line; never raises. In reading order: references, needs, shape, ladders,
silence, people.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import Problem
from engine.rules.check import ladders, needs, people, references, shape, silence
from engine.rules.definition import Definition

__all__ = ["check"]


def check(definition: Definition, lines: Mapping[str, int] | None = None, file: str = "") -> list[Problem]:
    """Every problem of the definition. Names that lead nowhere come first and alone: the rest would only echo them."""
    where = lines or {}
    found = references.problems(definition)
    if not found:
        found = [part for asked in (shape, ladders, silence, people, needs) for part in asked.problems(definition)]
    return [Problem(code, where.get(path), dict(values), file) for path, code, values in found]
