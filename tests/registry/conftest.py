"""A founded record with the plan of 2020, on both databases, whose clock stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from engine.app import shipped
from engine.app.founding import china, first_entries
from engine.audit.verify import verify
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record import journal
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.row_change import readable
from engine.registry.accounts import NewAccount
from engine.registry.invitations import accept, invite
from engine.registry.plan_file import load_plan
from engine.registry.registry import Registry
from engine.registry.workflow_file import load
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.event import Event
from engine.rules.ticket import Ticket
from tests.conftest import BOTH, new_server_database
from tests.signing import FIRST

BEGIN = datetime.fromisoformat("2020-09-25T09:00+08:00")
OFFICE = Actor("office", "supervisor", None, "test")
ADMIN = Actor("admin", "admin", None, "test")
CONTACT = Actor("fgw", "contact", "FGW", "test")
PASSWORD = "七月的伞 借给了 邻居的猫"  # noqa: S105 – opens nothing but the record of a test


@dataclass
class Town:
    """An office over one database. `at` moves its clock."""

    database: Database
    now: datetime = BEGIN
    opened: int = field(default=0)
    url: str = ""

    @property
    def registry(self) -> Registry:
        return Registry(self.database, FixedClock(self.now))

    @property
    def desk(self) -> Desk:
        return Desk(self.database, FixedClock(self.now))

    def at(self, text: str) -> Town:
        return replace(self, now=datetime.fromisoformat(text).replace(tzinfo=BEGIN.tzinfo))

    def assigned(self, lead: str, *together: str, **said: Any) -> Ticket:
        """A ticket that a unit was told to see to."""
        self.opened += 1
        opening = Opening(title=f"企业开办材料重复提交 {self.opened}", source="visit", **{"grade": "C", **said})
        number = self.desk.open(OFFICE, opening).ticket.number
        given = {"lead": lead, "with": together}
        return self.desk.do(OFFICE, number, Command("assign", given)).ticket

    def entries(self, what: str | None = None) -> list[Event]:
        """The administration's stream, or the entries of one kind, as people read them."""
        events = map(readable, journal.read_events(self.database, journal.ADMINISTRATION))
        return [event for event in events if what is None or event.data.get("what") == what]

    def sound(self) -> bool:
        return list(verify(self.database)) == []


@pytest.fixture(params=BOTH)
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    """The test runs once for each database, in a copy of a record that was founded once for each worker."""
    with founded_town(request, tmp_path) as made:
        yield made


@contextmanager
def founded_town(request: pytest.FixtureRequest, folder: Path) -> Iterator[Town]:
    """A copy of the founded record, of the database that the fixture's parameter names; a file lies in the folder."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("founded_file"), folder / "zg.db")
        with closing(connect(f"sqlite:///{folder / 'zg.db'}")) as database:
            yield Town(database, url=f"sqlite:///{folder / 'zg.db'}")
        return
    server, template = request.getfixturevalue("server"), request.getfixturevalue("founded_name")
    with new_server_database(server, template=template) as url, closing(connect(url)) as database:
        yield Town(database, url=url)


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    path = tmp_path_factory.mktemp("founded") / "zg.db"
    shutil.copyfile(sqlite_template, path)
    with closing(connect(f"sqlite:///{path}")) as database:
        found(database)
    return path


@pytest.fixture(scope="session")
def founded_name(server: str, server_template: str) -> Iterator[str]:
    with new_server_database(server, template=server_template) as url:
        with closing(connect(url)) as database:
            found(database)
        yield url.rpartition("/")[2]


def found(database: Database, sandbox: datetime | None = None) -> Town:
    town = Town(database)
    first_entries(
        town.registry,
        office="ZG", sandbox=sandbox, calendar=china(), definitions=[(load(path), path.name) for path in shipped.workflow_files()],
        plan=load_plan(shipped.seed_folder("pingdingshan-2020")), code="pingdingshan-2020", key=FIRST.verifier,
    )
    return town


def enter_the_three(town: Town) -> None:
    """Enters the accounts among which the administrator's work can be parted; the auditor's is there."""
    for name, title, role in (("xitong", "系统管理（三员）", "system"), ("anquan", "安全管理（三员）", "security")):
        town.registry.accounts.add(ADMIN, NewAccount(name, title, role))


def part(town: Town) -> tuple[str, ...]:
    """Parts the administrator's work among the three, once each chose a password. Returns the accounts that ended by it."""
    for name in ("xitong", "anquan", "auditor"):
        accept(town.registry, invite(town.registry, ADMIN, name, town.now).secret, PASSWORD, town.now)
    return town.registry.accounts.separate(ADMIN)
