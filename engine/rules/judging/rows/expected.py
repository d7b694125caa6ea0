"""Rows that an entry of the administration changes, as what it states leads to expect them: which, and what their columns hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from engine.rules.event import Event
from engine.rules.json_value import Json
from engine.rules.judging.known import Known
from engine.rules.proof.chain import moment

if TYPE_CHECKING:
    from engine.rules.event import Facts

APART = timedelta(minutes=5)
"""How far two readings of the clock for one entry may lie apart: it may be set in between."""


class Row(NamedTuple):
    """A change of a row as the entry tells it. One that is whole brings a row that need not have been there."""

    table: str
    values: Mapping[str, Json]
    drops: bool


class Said(NamedTuple):
    """An entry, and what was known when it was written."""

    event: Event
    known: Known

    @property
    def facts(self) -> Facts:
        return self.event.data

    @property
    def erased(self) -> bool:
        """Whether its words were erased since."""
        return self.event.words is None and "words" in self.event.data

    def word(self, name: str) -> str | None:
        return (self.event.words or {}).get(name)


Holds: TypeAlias = Callable[[Json, Said], bool]
"""Whether a column may hold a value."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Rows that an entry changes. `values` are what their columns hold; all other columns of a `new` row hold nothing, and a row that was
    there has no others changed. There are as many as `least` and `most` say.
    """

    table: str
    values: Mapping[str, Json | Holds]
    new: bool = False
    drops: bool = False
    least: float = 1
    most: float = 1

    def takes(self, row: Row, said: Said) -> bool:
        """Whether the row is one of them."""
        if (row.table, row.drops) != (self.table, self.drops):
            return False
        others = row.values.keys() - self.values.keys()
        return (
            all(_holds(wanted, row.values.get(name), said) for name, wanted in self.values.items())
            and (self.new or row.values.keys() == self.values.keys())
            and all(row.values[name] is None for name in others)
        )


Rows: TypeAlias = Iterable[Expected] | None
"""The rows that an entry changes; None for an entry that says what cannot be."""


def several(expected: Expected, least: float = 0, most: float = inf) -> Expected:
    """Any number of such rows, or none."""
    return replace(expected, least=least, most=most)


def _holds(wanted: Json | Holds, value: Json, said: Said) -> bool:
    return wanted(value, said) if callable(wanted) else type(wanted) is type(value) and wanted == value


# -- what a column may hold ------------------------------------------------------------------------------------------------------


def anything(value: Json, said: Said) -> bool:
    """Whatever lies there: the entry does not say it."""
    return True


def something(value: Json, said: Said) -> bool:
    """Whatever lies there, but not nothing."""
    return value is not None


def now(value: Json, said: Said) -> bool:
    """The moment of the entry."""
    return isinstance(value, str) and abs(moment(value) - said.event.at) <= APART


def word(name: str) -> Holds:
    """The word that people read in the entry; an erased one may have been anything."""
    def holds(value: Json, said: Said) -> bool:
        if said.erased or value is None:
            return said.erased or said.word(name) is None
        kept = value.get("word") if isinstance(value, dict) else None
        return said.word(name) is not None and said.word(str(kept)) == said.word(name)

    return holds


def told_as(name: str) -> Holds:
    """A secret, of which the entry says in a word that there is one."""
    def holds(value: Json, said: Said) -> bool:
        return said.erased or (value is None) == (said.word(name) is None)

    return holds


def one_of(*values: Json) -> Holds:
    """One of these."""
    def holds(value: Json, said: Said) -> bool:
        return value in values

    return holds
