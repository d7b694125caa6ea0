"""Opening the application: settings → database → desk, registry and the actor. Every door comes in through here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine.app.settings import Settings
from engine.audit.guard import hold
from engine.clock import Clock, FixedClock, SystemClock
from engine.desk.tickets import Desk
from engine.errors import Damaged, NoDatabase, NotPossible
from engine.record import queries, schema
from engine.record.address import is_server
from engine.record.connection import connect
from engine.record.damage import as_written
from engine.record.database import Database
from engine.record.directory import act_as, door
from engine.record.settings import OFFICE_SETTING, SANDBOX_SETTING, setting
from engine.rules.access import Actor
from engine.rules.proof.chain import moment

if TYPE_CHECKING:
    from engine.desk.intake import Intake
    from engine.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class AppContext:
    """The application context: an open database, the desk over it, and who acts."""

    database: Database
    desk: Desk
    actor: Actor
    sandbox: bool

    @property
    def intake(self) -> Intake:
        """The reader of what the actor types."""
        from engine.desk.intake import Intake  # a reading command is given a number and has nothing to read

        return Intake(self.desk, self.actor)

    @property
    def registry(self) -> Registry:
        """The writer of everything but tickets."""
        from engine.registry.registry import Registry  # a reading command writes nothing

        return Registry(self.database, self.desk.clock)


@contextmanager
def open_app(settings: Settings, via: str | None = None) -> Iterator[AppContext]:
    """Connects, checks the schema's version and finds out who acts. Raises NoDatabase, WrongSchema, AccountNotFound, Busy, Damaged."""
    with closing(connect(settings.db)) as database:
        schema.check_version(database)
        database.guard = partial(hold, database, settings.keys)
        yield _context(database, settings, via, *database_clock(database))


@contextmanager
def open_as_it_is(settings: Settings) -> Iterator[AppContext]:
    """As `open_app`, also a record that does not say which schema it has, or what time it is: for the audit, which names that."""
    with closing(connect(settings.db)) as database:
        schema.check_version_if_said(database)
        try:
            clock, sandbox = database_clock(database)
        except Damaged:
            clock, sandbox = SystemClock(), False
        yield _context(database, settings, None, clock, sandbox)


def app_over(database: Database, settings: Settings) -> AppContext:
    """The application over a record that is open, and need not stand in its place yet. Raises NoDatabase, AccountNotFound, Damaged."""
    return _context(database, settings, None, *database_clock(database))


@as_written
def _context(database: Database, settings: Settings, via: str | None, clock: Clock, sandbox: bool) -> AppContext:
    office = setting(database, OFFICE_SETTING)
    if office is None:  # `zg init` died in the middle
        raise NoDatabase
    actor = act_as(database, settings.actor, via or door(), clock.now())
    return AppContext(database, Desk(database, clock, office), actor, sandbox)


@as_written
def database_clock(database: Database) -> tuple[Clock, bool]:
    """The sandbox's standing clock, or the machine's."""
    at = setting(database, SANDBOX_SETTING)
    return clock_at(at), bool(at)


@as_written
def clock_at(at: str | None) -> Clock:
    """The clock of a record whose setting says when its sandbox stands still; the machine's where it says nothing."""
    return FixedClock(moment(at)) if at else SystemClock()


def is_upgrading(database: Database) -> bool:
    """Whether the record has another schema than before, and no entry says so: whoever upgraded it was killed before that."""
    return database.row(queries.SETTING, name=schema.UPGRADING) is not None


def upgrade(url: str, *, backup: Path | None = None, yes: bool = False) -> schema.Upgraded:
    """Brings an older database up to this program, and says so in its record; so does one whose tables no entry told. What it was is kept
    first: a file by a copy beside it; of a server's database there must be a `backup`, or whoever calls must say that there is one
    (`yes`). Where somebody was killed before the record said so, this says it.

    Raises NoDatabase, WrongSchema (newer), NotPossible (no backup of this schema), InvalidFile (no backup at all), Busy.
    """
    found = schema.revision_of(url)
    if found < schema.SCHEMA and is_server(url) and not yes:
        from engine.audit.backup import page_of  # every command opens a record, and few upgrade a server

        if backup is None:
            raise NotPossible(reason="upgrade-without-backup", url=schema.safe(url))
        page = page_of(backup)
        if (page.database, page.schema) != ("postgresql", found):
            raise NotPossible(reason="upgrade-other-backup", path=str(backup), schema=page.schema, found=found)
    made = schema.upgrade(url, SystemClock().now())
    # Every command opens a record, and hardly one upgrades it.
    from engine.app.founding import FOUNDER
    from engine.record.projection import read_projection
    from engine.registry.registry import Registry

    with closing(connect(url)) as database:
        with database.snapshot():
            said = read_projection(database).told_since is not None and not is_upgrading(database)
        if not said:
            clock, _ = database_clock(database)
            Registry(database, clock).upgraded(FOUNDER)
    return made
