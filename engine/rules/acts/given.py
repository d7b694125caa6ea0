"""What was given with an act, as its event tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from engine.rules.json_value import Json, JsonObject
from engine.rules.proof.chain import canonical, stamp
from engine.rules.wording import FILE_WORDS


def names_given(words: Mapping[str, str]) -> list[Json]:
    """The names of what was typed: they stay when the words go, so that it can be asked for ever whether what is required was given. Names
    of files are not among them, since the facts cite the files.
    """
    return [*sorted(name for name in words if not name.startswith(FILE_WORDS))]


def facts_json(given: Mapping[str, object]) -> JsonObject:
    """Facts as canonical JSON can hold them: moments as text, absent values left out."""
    node: JsonObject = {}
    for name, value in given.items():
        if isinstance(value, datetime):
            node[name] = stamp(value)
        elif isinstance(value, tuple):
            node[name] = list(value)
        elif value is not None:
            node[name] = cast(Json, value)
    if node:
        canonical(node)
    return node
