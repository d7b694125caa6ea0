"""The ledger (台账) as a page: some of its tickets, how many there are by light, and what it may be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar
from engine.views.saved_view import SavedView

EXPORTED = (
    "number", "sender", "light", "title", "detail", "source", "measure", "grade", "lead", "cooperators", "leader", "officer", "opened",
    "assigned", "due", "outer", "extended", "left", "state", "rung", "urged", "finished", "closed", "repeats",
)
"""The columns that a ledger has, in their order: all of them where it goes out, some of them on a page and on a terminal."""


ALWAYS = ("number", "light", "title", "lead", "due", "left", "state")
"""What a list shows of every ticket where other columns are chosen beside."""


class LedgerRow(NamedTuple):
    """A ticket, and the version of the workflow that calls its state by name."""

    ticket: Ticket
    definition: Definition


class Choice(NamedTuple):
    """Something that a list may be narrowed by, and the version of the workflow that names it; None where the words name it."""

    code: str
    definition: Definition | None = None


class Facet(NamedTuple):
    """A value that some tickets of the list have, and how many; `definition` calls a state or grade by name."""

    code: str
    tickets: int
    definition: Definition | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One page of the ledger. `lights` counts the whole list; of a very long one only the first are counted: there are `more`. `cursor` is
    where the next page begins. `filters` are the choices of each filter that has some; `units` are those in force, by code. `facets` count
    the values of the list, the most frequent first. `saved` are the filters under a name that the reader may use, `audiences` those for
    whom the reader may save one.
    """

    rows: tuple[LedgerRow, ...]
    lights: Mapping[str, int]
    more: bool
    cursor: str | None
    now: datetime
    calendar: Calendar
    filters: Mapping[str, tuple[Choice, ...]]
    units: tuple[str, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    saved: tuple[SavedView, ...] = ()
    audiences: tuple[str, ...] = ()

    @property
    def exported(self) -> tuple[str, ...]:
        """The columns to choose from for a file."""
        return EXPORTED

    @property
    def total(self) -> int:
        return sum(self.lights.values())
