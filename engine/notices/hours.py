"""Who may be disturbed at one moment: everybody in the working hours of their own unit, whose days may differ from the city's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.record import queries
from engine.record.database import Database
from engine.rules.timing.quiet import is_open
from engine.rules.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Hours:
    """Whether the office (None) and the units with days of their own are at work, and which of these an account belongs to."""

    open: Mapping[str | None, bool]
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def anybody(self) -> bool:
        """Whether there is anybody who may be disturbed."""
        return any(self.open.values())

    def awake(self, account: str) -> bool:
        """Whether this account may be disturbed."""
        return self.open[self.units.get(account)]


def read_hours(database: Database, calendar: Calendar, now: datetime) -> Hours:
    """Who may be disturbed now."""
    open_ = {unit: is_open(now, calendar.of(unit)) for unit in (None, *calendar.units)}
    if len(set(open_.values())) == 1:
        return Hours({None: open_[None]})
    return Hours(open_, {name: unit for name, unit in database.rows(queries.ACCOUNT_UNITS) if unit in open_})
