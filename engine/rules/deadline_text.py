"""Deadlines of their text at once, for whoever will write them: quicker than reading the JSON first and the deadlines of that.

A command that only reads must not wait for `msgspec`, and reads the same by `Deadline.from_json`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from types import GenericAlias, MappingProxyType
from typing import cast

from msgspec import Struct, defstruct
from msgspec.json import Decoder
from msgspec.structs import astuple

from engine.rules.deadline import Deadline
from engine.rules.pause import Pause
from engine.rules.proof.chain import moment

_FIRST = Deadline._field_defaults
_KINDS = {datetime: str, datetime | None: str | None, tuple[Pause, ...]: tuple[tuple[str, str], ...]}
"""What JSON holds instead of a field of this kind. `moment` caches the moments of a batch of tickets; `msgspec` would make each anew."""

_Written = defstruct(
    "Written",
    [
        (name, _KINDS.get(kind, kind), _FIRST[name]) if name in _FIRST else (name, _KINDS.get(kind, kind))
        for name, kind in Deadline.__annotations__.items()
    ],
    forbid_unknown_fields=True,
)
"""A deadline as its JSON has it."""

_decode: Callable[[str], Mapping[str, Struct]] = Decoder(GenericAlias(dict, (str, _Written))).decode

_MOMENTS = [position for position, kind in enumerate(Deadline.__annotations__.values()) if kind in (datetime, datetime | None)]
_PAUSES = Deadline._fields.index("pauses")


def read_deadlines(text: str) -> dict[str, Deadline]:
    """The deadlines by their clocks. Raises ValueError for a text of none."""
    return {name: _made(list(astuple(written))) for name, written in _decode(text).items()}


@lru_cache(maxsize=1_024)
def deadlines_to_show(text: str) -> Mapping[str, Deadline]:
    """The same for whoever shows tickets: a server shows the same ones again and again, and the same text always means the same."""
    return MappingProxyType(read_deadlines(text))


def _made(values: list[object]) -> Deadline:
    for position in _MOMENTS:
        if (written := values[position]) is not None:
            values[position] = moment(cast(str, written))
    if pauses := values[_PAUSES]:
        values[_PAUSES] = tuple([Pause(moment(since), moment(until)) for since, until in cast("tuple[tuple[str, str], ...]", pauses)])
    return Deadline._make(values)
