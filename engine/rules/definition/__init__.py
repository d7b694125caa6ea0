"""A workflow as data: what it says, how it is read from YAML nodes, what the reader and the check find wrong with it, and what two versions
do not have in common. In reading order: model, reader, node, difference.
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
