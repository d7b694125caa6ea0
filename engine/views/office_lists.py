"""What the office keeps beside tickets, as pages: batches that came with letters, visits, rounds of evaluation, and their board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from engine.errors import Reason, ZgError
from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar
from engine.views.batch import BatchView
from engine.views.ledger import LedgerRow
from engine.views.round import AppliedView, BoardView, DisputeView, PairView, RoundView
from engine.views.ticket_page import OpenForm
from engine.views.visit import AgainView, VisitView

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class ThingList(Generic[Shown]):
    """Things of one kind, the newest first; with those that are over where `closed`. `more`: there are older ones."""

    rows: tuple[Shown, ...]
    closed: bool
    more: bool


@dataclass(frozen=True, slots=True)
class Members:
    """The tickets of a thing, each with its workflow; `unassigned` are the numbers of those that wait to be assigned."""

    rows: tuple[LedgerRow, ...]
    now: datetime
    calendar: Calendar

    @property
    def unassigned(self) -> tuple[str, ...]:
        return tuple(row.ticket.number for row in self.rows if row.ticket.assigned_at is None and not row.ticket.final)


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch with its tickets."""

    batch: BatchView
    members: Members


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A visit with what it found, and what it was drawn to look at again."""

    visit: VisitView
    members: Members
    again: tuple[AgainView, ...]


@dataclass(frozen=True, slots=True)
class FindingForm:
    """The form of what a visit found, and how large a photo may be."""

    visit: VisitView
    opening: OpenForm
    most_megabytes: int


class UnitGroup(NamedTuple):
    """The findings that would go to one unit (None: to nobody yet), and what stands against it."""

    unit: str | None
    tickets: tuple[Ticket, ...]
    against: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SuggestedPage:
    """What a visit found, by the unit that it is suggested for."""

    visit: VisitView
    groups: tuple[UnitGroup, ...]

    @property
    def possible(self) -> int:
        """How many may be assigned now."""
        return sum(len(group.tickets) - len(group.against) for group in self.groups)


class BecameRow(NamedTuple):
    """A ticket of many, and the error that stopped the act on it; None where it was done."""

    ticket: Ticket
    definition: Definition
    error: ZgError | None


@dataclass(frozen=True, slots=True)
class BecamePage:
    """What became of each of many tickets. `number` names what they were of, and `back` leads to it."""

    number: str
    back: str
    rows: tuple[BecameRow, ...]

    @property
    def done(self) -> int:
        return sum(row.error is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with its objections, what is not explained, and of its pairs those of the action that was asked for. `more`: there are more
    pairs than are shown.
    """

    round: RoundView
    disputes: tuple[DisputeView, ...]
    missing: tuple[tuple[str, str], ...]
    pairs: tuple[PairView, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class UndoPage:
    """A round that is to be taken back, and what that would do; None before somebody said why."""

    round: RoundView
    applied: AppliedView | None
    taken: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Targets by subjects over the rounds of a scheme; None where no round has results yet. `schemes` are those that may be looked at."""

    board: BoardView | None
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundForm:
    """The form of a round that begins. `schemes` are those of rounds before it."""

    schemes: tuple[str, ...]
