"""What came to a unit together, so that one reply answers several tickets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar


class Together(NamedTuple):
    """Tickets that came with one letter (`letter`, by its number), were assigned on one day (`day`) or on one that nobody knows
    (`undated`), and what may be said to some.
    """

    kind: str
    name: str
    tickets: tuple[Ticket, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepliesPage:
    """The open tickets of a unit by what they came with; `more`: not all of them are named."""

    groups: tuple[Together, ...]
    more: bool
    now: datetime
    calendar: Calendar
