"""What a record says of its own office: the names of its settings."""

from __future__ import annotations

from engine.record import queries
from engine.record.database import Database

OFFICE_SETTING, SANDBOX_SETTING, PLAN_SETTING, NAME_SETTING, CITY_SETTING = "office", "sandbox", "plan", "name", "city"
"""The prefix of its numbers, the time at which a sandbox stands still, the plan of its seed, the issuer's name, the city's name."""

SUCCESSORS_SETTING = "successors"
"""What schemes and targets of rounds went over to."""

SEPARATED_SETTING = "separated"
"""That the administrator's work is parted in three."""

DEFAULT_OFFICE, DEFAULT_NAME = "ZG", "督办单位"


def setting(database: Database, name: str) -> str | None:
    """A setting's value, None where it was never set."""
    row = database.row(queries.SETTING, name=name)
    return str(row[0]) if row else None


def is_separated(database: Database) -> bool:
    """Whether the office has parted the administrator's work in three."""
    return database.remembered(_separated)


def _separated(database: Database) -> bool:
    return setting(database, SEPARATED_SETTING) is not None
