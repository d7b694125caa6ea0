"""The record for a door that many people come through: opened for one request, and only then known who acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from engine.app.founding import FOUNDER
from engine.app.opening import AppContext, database_clock
from engine.app.settings import Settings
from engine.audit.guard import hold
from engine.clock import SystemClock
from engine.desk.tickets import Desk
from engine.errors import NoDatabase, RealClock
from engine.record import schema
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.settings import OFFICE_SETTING, setting
from engine.registry.invitations import Invitation, first_administrator
from engine.registry.registry import Registry
from engine.registry.sessions import begin
from engine.rules.access import Actor
from engine.views.names import Naming


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record that is open while one request lasts, whoever makes it."""

    database: Database
    desk: Desk
    sandbox: bool

    def acting(self, actor: Actor) -> AppContext:
        """The application context of whoever makes the request."""
        return AppContext(self.database, self.desk, actor, self.sandbox)

    @property
    def registry(self) -> Registry:
        """The writer of everything but tickets: for signing in, before anybody acts."""
        return Registry(self.database, self.desk.clock)


@contextmanager
def open_record(settings: Settings) -> Iterator[OpenRecord]:
    """Opens the record and checks its version. Raises NoDatabase, WrongSchema, Busy, Damaged."""
    with closing(connect(settings.db)) as database:
        schema.check_version(database)
        database.guard = partial(hold, database, settings.keys)
        clock, sandbox = database_clock(database)
        office = setting(database, OFFICE_SETTING)
        if office is None:  # `zg init` died in the middle
            raise NoDatabase
        yield OpenRecord(database, Desk(database, clock, office), sandbox)


def first_link(settings: Settings) -> Invitation | None:
    """A link for the first administrator where nobody can sign in yet; None where somebody can. Raises as `open_record` does."""
    with open_record(settings) as record:
        return first_administrator(record.registry, FOUNDER, SystemClock().now())


class Entry(NamedTuple):
    """A person of a sandbox, as people call them, and the secret of a link that signs a browser in as that person."""

    person: str
    secret: str


def demo_entries(settings: Settings, accounts: Sequence[str], language: str) -> list[Entry]:
    """A way in for each of some people of a sandbox. Raises RealClock: nobody enters a real ledger without a password."""
    with open_record(settings) as record:
        if not record.sandbox:
            raise RealClock
        names, zone, now = Naming(record.database), record.desk.rules.zone(), SystemClock().now()
        return [
            Entry(names.person(name, now, zone, language), begin(record.database, Actor(name, "", None, "web"), now)) for name in accounts
        ]
