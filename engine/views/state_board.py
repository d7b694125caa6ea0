"""The ledger as a board: a column a state, a card a ticket, and on each card what moves it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar


class Move(NamedTuple):
    """An act that the reader may do now and that leads to another state: one of `targets`."""

    act: str
    targets: tuple[str, ...]


class Card(NamedTuple):
    """A ticket, and what moves it on."""

    ticket: Ticket
    definition: Definition
    moves: tuple[Move, ...]


class Column(NamedTuple):
    """The first tickets in a state, and how many there are; `more`: at least so many. `definition` calls the state by name."""

    state: str
    definition: Definition
    cards: tuple[Card, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class StateBoard:
    """The columns that have a ticket, in the order in which the workflows go through their states."""

    columns: tuple[Column, ...]
    now: datetime
    calendar: Calendar
