"""Opening the house: settings → database → desk, registry and the actor. Every door comes in through here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.accounts import act_as, door
from engine.clock import Clock, StandingClock, SystemClock
from engine.desk import Desk
from engine.record import schema
from engine.record.database import Database, connect
from engine.record.office import DEFAULT_OFFICE, OFFICE_SETTING, SANDBOX_SETTING, setting
from engine.rules.access import Actor
from engine.rules.chain import moment
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.registry import Registry


@dataclass(frozen=True, slots=True)
class House:
    """An open database with everybody who works in it."""

    database: Database
    desk: Desk
    actor: Actor
    sandbox: bool

    @property
    def registry(self) -> Registry:
        """The writer of everything but tickets; imported when it is asked for, since most commands only look."""
        from engine.registry import Registry

        return Registry(self.database, self.desk.clock)


@contextmanager
def open_house(settings: Settings, via: str | None = None) -> Iterator[House]:
    """Connects, checks the schema's version and finds out who acts. Raises NoDatabase, WrongSchema, AccountNotFound, Busy."""
    database = connect(settings.db)
    try:
        schema.check_version(database)
        clock, sandbox = clock_of(database)
        office = setting(database, OFFICE_SETTING) or DEFAULT_OFFICE
        actor = act_as(database, settings.actor, via or door(), clock.now())
        yield House(database, Desk(database, clock, office), actor, sandbox)
    finally:
        database.close()


def clock_of(database: Database) -> tuple[Clock, bool]:
    """The sandbox's standing clock, or the machine's."""
    at = setting(database, SANDBOX_SETTING)
    return (StandingClock(moment(at)), True) if at else (SystemClock(), False)

