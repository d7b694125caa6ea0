"""rebuild(log) == record: on either database, and from one to the other and back."""

from __future__ import annotations

import random
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.app.opening import open_app
from engine.app.settings import Settings
from engine.audit.rebuild import rebuild
from engine.audit.seals import hand_over, take
from engine.audit.verify import verify
from engine.errors import NoDatabase, NotPossible, ZgError
from engine.record.connection import connect
from engine.record.database import Database
from engine.registry.accounts import NewAccount
from engine.registry.sign_in import issue_token, set_password
from engine.registry.units import NewUnit
from engine.rules.acts.command import Command
from engine.rules.acts.lost_key import Vouched
from engine.watch import sweep
from tests.conftest import new_server_database
from tests.rebuilt import LEFT_OUT, anew, content
from tests.record.test_projection import NOT_PROJECTED
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town
from tests.registry.lives import Life
from tests.signing import FIRST, key_of


@pytest.fixture
def elsewhere(town: Town, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where nothing is yet, on the same kind of database."""
    if town.url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'anew.db'}"
    else:
        with new_server_database(request.getfixturevalue("server")) as url:
            yield url


SECOND = key_of(2)
"""The key that takes the place of the first."""


def live(town: Town) -> Town:
    """A life of the office: people, units, tickets with all that hangs on them, seals."""
    accounts, units = town.registry.accounts, town.registry.units
    first = town.assigned("FGW", "GAJ")
    town.assigned("BFX")
    accounts.add(ADMIN, NewAccount("fgw2", "第二联络员", "contact", "FGW", phone="0375-2"))
    accounts.stand_in(OFFICE, "fgw-head", "fgw", town.now, town.now + timedelta(days=9))
    accounts.portfolio(ADMIN, "leader", ("BFX",))
    accounts.change(ADMIN, "fgw", email="fgw@example.gov.cn", chat="https://oapi.dingtalk.com/robot/send?access_token=" + "a" * 64)
    set_password(town.registry, ADMIN, "gaj", "correct horse battery")
    issue_token(town.registry, ADMIN, "gaj", "报表")
    units.add(OFFICE, NewUnit("CSJ", "市测试局", "bureau", "subordinate", ("测试局",), parent="BFX"))
    units.rename(OFFICE, "GAJ", "市公安局新", date(2020, 9, 25), "文件")
    units.merge(OFFICE, "BFX", "FGW", date(2020, 9, 25), "文件", accounts=True)
    town.desk.do(CONTACT, first.number, Command("accept"))
    later = town.at("2020-12-01T09:00")
    sweep(later.desk)
    with later.database.write():
        hand_over(later.database, FIRST, SECOND, ADMIN, later.now)
    assert take(later.database, [SECOND, FIRST], ADMIN, later.now) is not None
    return later


def test_a_record_is_its_log(town: Town, tmp_path: Path) -> None:
    later = live(town)
    assert anew(later.database, f"sqlite:///{tmp_path / 'anew.db'}") == content(later.database)


@pytest.mark.postgres
def test_from_one_database_to_the_other_and_back(town: Town, tmp_path: Path, server: str) -> None:
    later = live(town)
    before = content(later.database)
    with new_server_database(server) as url:
        assert anew(later.database, url) == before
        with closing(connect(url)) as there:
            assert anew(there, f"sqlite:///{tmp_path / 'back.db'}") == before
            last = there.row("SELECT max(id) FROM event")
            with there.write():
                hand_over(there, Vouched(), FIRST, ADMIN, later.now)
            assert there.row("SELECT max(id) FROM event") == (last[0] + 1,)  # type: ignore[index]


def test_what_was_bent_is_as_the_log_tells_it(town: Town, tmp_path: Path) -> None:
    before = content(town.database)
    with town.database.write():
        town.database.run("UPDATE account SET role = 'supervisor', unit = NULL WHERE name = 'fgw'")
        town.database.run("DELETE FROM unit_member")
        town.database.run("UPDATE target SET value = '1'")
    assert anew(town.database, f"sqlite:///{tmp_path / 'anew.db'}") == before


@pytest.mark.parametrize("sql", [
    "UPDATE definition SET json = json || ' '", "UPDATE setting SET value = '{}' WHERE name = 'plan'",
    "UPDATE event SET actor = 'eve' WHERE stream = 0 AND seq = 2", "UPDATE event SET data = '[[' WHERE stream = 1 AND seq = 2",
])
def test_a_source_that_is_damaged_where_nothing_else_tells_it_is_told(town: Town, tmp_path: Path, sql: str) -> None:
    town.assigned("FGW")
    with town.database.write():
        town.database.run(sql)
    assert rebuild(town.database, f"sqlite:///{tmp_path / 'anew.db'}").findings != []


def test_nothing_is_written_over(town: Town, tmp_path: Path) -> None:
    with pytest.raises(NotPossible) as caught:
        rebuild(town.database, town.url)
    assert caught.value.values["reason"] == "rebuild-over"
    (tmp_path / "other.db").write_text("something", encoding="utf-8")
    with pytest.raises(ZgError):
        rebuild(town.database, f"sqlite:///{tmp_path / 'other.db'}")
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as other:
        other.execute("CREATE TABLE theirs (x)")
    with pytest.raises(NotPossible):
        rebuild(town.database, f"sqlite:///{foreign}")


def test_of_two_that_make_it_at_once_one_does_and_the_other_leaves_it_as_it_is(
    town: Town, elsewhere: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other looked before the one was done."""
    before = content(town.database)
    with monkeypatch.context() as patch:
        patch.setattr("engine.audit.rebuild.must_be_free", lambda url: None)
        assert rebuild(town.database, elsewhere).findings == []
        with pytest.raises(NotPossible):
            rebuild(town.database, elsewhere)
    with closing(connect(elsewhere)) as there:
        assert content(there) == before


@pytest.mark.parametrize("where", ["record.schema._migrate", "audit.rebuild.store_citations", "record.evidence.every"])
def test_a_rebuilding_that_died_leaves_no_record_and_is_done_again(
    town: Town, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While it made the tables, while it filled them, and while it brought the files."""
    url = f"sqlite:///{tmp_path / 'anew.db'}"
    with monkeypatch.context() as patch:
        patch.setattr(f"engine.{where}", _die)
        with pytest.raises(KeyboardInterrupt):
            rebuild(town.database, url)
    with pytest.raises(NoDatabase), open_app(Settings(url, "office", "en")):
        pass
    assert anew(town.database, url) == content(town.database)


def _die(*_given: object) -> None:
    raise KeyboardInterrupt


def test_a_record_of_before_is_upgraded_first(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NotPossible) as caught:
        rebuild(database, f"sqlite:///{tmp_path / 'anew.db'}")
    assert caught.value.values["reason"] == "rebuild-untold"


def test_every_table_is_rebuilt_or_known_not_to_be() -> None:
    assert LEFT_OUT < NOT_PROJECTED


LIVES = settings(max_examples=max(2, settings().max_examples // 30), suppress_health_check=[HealthCheck.function_scoped_fixture])
"""A few in `make test`, dozens by `make torture`: each is long."""


@dataclass
class Places:
    """A database of its own for each life, and empty ones for what is made of it, of the other kind and of its own."""

    request: pytest.FixtureRequest
    folder: Path
    here: str
    there: str
    stack: ExitStack = field(default_factory=ExitStack)

    def founded(self) -> Town:
        if self.here == "sqlite":
            url = f"sqlite:///{shutil.copyfile(self.request.getfixturevalue('founded_file'), self.folder / f'{uuid.uuid4()}.db')}"
        else:
            template = self.request.getfixturevalue("founded_name")
            url = self.stack.enter_context(new_server_database(self.request.getfixturevalue("server"), template=template))
        return Town(self.stack.enter_context(closing(connect(url))), url=url)

    def empty(self, kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{self.folder / f'{uuid.uuid4()}.db'}"
        return self.stack.enter_context(new_server_database(self.request.getfixturevalue("server")))


@pytest.fixture(params=["sqlite", *(pytest.param(pair, marks=pytest.mark.postgres) for pair in ("sqlite-postgresql", "postgresql-sqlite"))])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    here, _, there = request.param.partition("-")
    return Places(request, tmp_path, here, there or here)


@LIVES
@given(seed=st.integers(0, 2**32 - 1), steps=st.integers(30, 90))
def test_whatever_the_office_lives_through_is_lawful_and_its_log_tells_it_there_and_back(places: Places, seed: int, steps: int) -> None:
    with ExitStack() as places.stack:
        life = Life(places.founded(), random.Random(seed), places.folder)  # noqa: S311 – a walk, not a secret
        town = life.live(steps)
        assert list(verify(town.database)) == []
        before = content(town.database)
        first = places.empty(places.there)
        assert anew(town.database, first) == before
        if places.there != places.here:
            with closing(connect(first)) as there:
                assert anew(there, places.empty(places.here)) == before


@pytest.mark.parametrize("places", ["sqlite"], indirect=True)
def test_a_life_of_the_office_holds_what_an_administration_does(places: Places) -> None:
    """The law says something of it."""
    with ExitStack() as places.stack:
        life = Life(places.founded(), random.Random(1), places.folder)  # noqa: S311 – a walk, not a secret
        life.live(150)
    assert {"fire", "sweep", "erase", "calendar", "migrate", "stand-in", "change", "seal"} <= life.done.keys()
