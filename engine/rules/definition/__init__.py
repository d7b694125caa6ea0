"""A workflow as data: `model` is what it says, `reader` reads it once from YAML nodes, `problem` is what the reader and the check find,
`difference` is what two versions do not have in common.
"""

from __future__ import annotations

from engine.rules.definition.model import (
    ANY_GRADE,
    Clock,
    Definition,
    Extension,
    Guard,
    Input,
    Ladder,
    Rung,
    State,
    Text,
    Trigger,
    by_grade,
)

__all__ = [
    "ANY_GRADE", "Clock", "Definition", "Extension", "Guard", "Input", "Ladder", "Rung", "State", "Text", "Trigger",
    "by_grade",
]
