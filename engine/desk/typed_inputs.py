"""What a form gave for the inputs of an act: one text each, or several where the input is a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.rules.definition import Trigger

LISTS = frozenset({"units"})
"""Kinds of inputs of which a form may give several."""


def typed_inputs(trigger: Trigger | None, given: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """The inputs by name; what the trigger does not take is passed on, and refused with a reason."""
    lists = {item.name for item in trigger.input if item.kind in LISTS} if trigger is not None else set()
    return {name: tuple(texts) if name in lists else texts[-1] for name, texts in given.items() if texts}
