"""A queue as a page: tickets of one section of today that wait for the same, as a list and one by one. And what lies before a leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar
from engine.views.ticket_page import ActForm, TicketPage
from engine.views.today import Line, Section


class QueueAct(NamedTuple):
    """An act that the tickets of a queue wait for, and one of those tickets: its workflow says what the act is called."""

    trigger: str
    ticket: Ticket


class OfUnit(NamedTuple):
    """A unit, and those of its tickets that something is to be said about, in the order of the list; None: those without a unit."""

    unit: str | None
    tickets: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A queue as a list. `total` counts all of it, `more`: at least so many. `acts` are what may be done to several at once; `urgings` are
    the units that are to be reminded, where that is what the queue waits for.
    """

    name: str
    lines: tuple[Line, ...]
    total: int
    more: bool
    now: datetime
    calendar: Calendar
    acts: tuple[QueueAct, ...]
    urgings: tuple[OfUnit, ...]


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One ticket of a queue with the forms of the acts that it waits for, and its neighbours in the queue: `place` counts from 1. `barred`
    is the act that it waits for, where somebody else has to do that.
    """

    name: str
    line: Line
    ticket: TicketPage
    forms: tuple[ActForm, ...]
    place: int
    total: int
    before: str | None
    after: str | None
    barred: ActForm | None = None


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """What lies before a leader: what is to be decided, and the units with red tickets; of the portfolio alone where there is one. `more`:
    not all of them are named.
    """

    sections: tuple[Section, ...]
    units: tuple[OfUnit, ...]
    more: bool
    portfolio: bool
    now: datetime
    calendar: Calendar
