"""JSON as a type: what an event's facts, a column, a view and an answer to a program are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
"""Any JSON value. There are no floats: canonical JSON has none (`engine.rules.proof.chain`)."""

JsonObject: TypeAlias = "dict[str, Json]"
"""A JSON object while it is made."""
