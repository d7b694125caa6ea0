"""How the ledger stands, as pages: figures by unit and month, open ones by state and age, and the due dates of a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar
from engine.views.figures import Figures


class StateCount(NamedTuple):
    """How many open tickets are in a state, and of how many the unit is late; `definition` calls the state by name."""

    state: str
    definition: Definition
    number: int
    late: int


class AgeCount(NamedTuple):
    """How many open tickets were opened in a span of days, both ends in it; `since` None: any time before. `days`: its age in words."""

    since: date | None
    until: date
    days: str
    number: int
    late: int


class StageCount(NamedTuple):
    """How many of the tickets that were opened in this year came to a stage or beyond it; `states` are those in which they are now."""

    stage: str
    states: tuple[str, ...]
    number: int


class LevelCount(NamedTuple):
    """How many open tickets are at a level of the ladder (督办级别), and of how many the unit is late."""

    level: str
    number: int
    late: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What the reader sees of the whole ledger: opened and closed in this year until today, open and late now. What turned out to be no
    problem is in no figure: `told` are the states of all the others, `ends` those of them in which a ticket is over.
    """

    since: date
    until: date
    by_unit: Figures
    by_month: Figures
    states: tuple[StateCount, ...]
    ages: tuple[AgeCount, ...]
    stages: tuple[StageCount, ...]
    levels: tuple[LevelCount, ...]
    told: tuple[str, ...]
    ends: tuple[str, ...]
    now: datetime

    @property
    def most_of_unit(self) -> int:
        """The longest bar of the units; 1 where there is none."""
        return max([1, *(row.open for row in self.by_unit.rows)])

    @property
    def most_of_month(self) -> int:
        return max([1, *(max(row.opened, row.closed) for row in self.by_month.rows)])

    @property
    def most_of_state(self) -> int:
        return max([1, *(row.number for row in self.states)])

    @property
    def most_of_age(self) -> int:
        return max([1, *(row.number for row in self.ages)])

    @property
    def most_of_stage(self) -> int:
        return max([1, *(row.number for row in self.stages)])

    @property
    def most_of_level(self) -> int:
        return max([1, *(row.number for row in self.levels)])


class DueDay(NamedTuple):
    """A day of a month and what is due on it; `works`: the office works then, else `why` not. `own`: it is of this month."""

    day: date
    works: bool
    why: str | None
    own: bool
    tickets: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True)
class DueMonth:
    """The due dates of a month, in whole weeks that begin on Monday. `more`: there are more than are shown."""

    month: date
    before: date
    after: date
    today: date
    weeks: tuple[tuple[DueDay, ...], ...]
    more: bool
    now: datetime
    calendar: Calendar
    definitions: Mapping[str, Definition]


@dataclass(frozen=True, slots=True)
class Wall:
    """What a wall screen shows to whoever passes: figures of the whole ledger, and where that is switched on the units that are late."""

    board: Dashboard
    units: tuple[tuple[str, int], ...]
    city: str
