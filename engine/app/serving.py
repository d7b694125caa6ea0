"""The record for a door that many people come through: opened for one request, and only then known who acts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from engine.app import idle
from engine.app.founding import FOUNDER
from engine.app.opening import AppContext, clock_at
from engine.app.settings import Settings
from engine.audit.guard import hold
from engine.clock import SystemClock
from engine.desk.tickets import Desk
from engine.errors import Busy, NoDatabase, RealClock, ZgError
from engine.record import schema
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.journal import ADMINISTRATION_HEAD
from engine.record.settings import CITY_SETTING, OFFICE_SETTING, SANDBOX_SETTING
from engine.registry.invitations import Invitation, first_administrator
from engine.registry.registry import Registry
from engine.rules.access import Actor
from engine.views.names import Naming

STANDING = (OFFICE_SETTING, SANDBOX_SETTING, ADMINISTRATION_HEAD, CITY_SETTING)
"""The settings that every request asks for."""


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record that is open while one request lasts, whoever makes it. `city` is whose it is."""

    database: Database
    desk: Desk
    sandbox: bool
    city: str

    def acting(self, actor: Actor) -> AppContext:
        """The application context of whoever makes the request."""
        return AppContext(self.database, self.desk, actor, self.sandbox)

    @property
    def registry(self) -> Registry:
        """The writer of everything but tickets: for signing in, before anybody acts."""
        return Registry(self.database, self.desk.clock)


@contextmanager
def open_record(settings: Settings) -> Iterator[OpenRecord]:
    """Opens the record, by a connection that was kept open where there is one, and checks its version. Raises NoDatabase, WrongSchema,
    Busy, Damaged.
    """
    database, standing = _opened(settings.db)
    try:
        office, at = standing.get(OFFICE_SETTING), standing.get(SANDBOX_SETTING)
        if office is None:  # `zg init` died in the middle
            raise NoDatabase
        database.guard = partial(hold, database, settings.keys)
        database.administered = standing.get(ADMINISTRATION_HEAD, "").encode() or None
        yield OpenRecord(database, Desk(database, clock_at(at), office), at is not None, standing.get(CITY_SETTING, ""))
    except ZgError:
        idle.keep(settings.db, database)
        raise
    except BaseException:
        database.close()
        raise
    idle.keep(settings.db, database)


def _opened(url: str) -> tuple[Database, Mapping[str, str]]:
    """A connection, and what stands in the record's settings."""
    while (kept := idle.take(url)) is not None:
        try:
            return kept, schema.standing(kept, STANDING)
        except Busy:  # its server went away meanwhile, and may be there again
            kept.close()
    database = connect(url)
    try:
        return database, schema.standing(database, STANDING)
    except BaseException:
        database.close()
        raise


def first_link(settings: Settings) -> Invitation | None:
    """A link for the first administrator where nobody can sign in yet; None where somebody can. Raises as `open_record` does."""
    with open_record(settings) as record:
        return first_administrator(record.registry, FOUNDER, SystemClock().now())


ENTRY_BYTES = 32


class Entry(NamedTuple):
    """An account of a sandbox, its person as people call them, and the secret of a link that signs browsers in as that person. Only the
    process that serves the sandbox knows it.
    """

    account: str
    person: str
    secret: str


def demo_entries(
    settings: Settings, accounts: Sequence[str], language: str, random: Callable[[int], str] = secrets.token_urlsafe,
) -> list[Entry]:
    """A way in for each of some people of a sandbox. Raises RealClock: nobody enters a real ledger without a password."""
    with open_record(settings) as record:
        if not record.sandbox:
            raise RealClock
        names, zone, now = Naming(record.database), record.desk.rules.zone(), SystemClock().now()
        return [Entry(name, names.person(name, now, zone, language), random(ENTRY_BYTES)) for name in accounts]
