"""An office with its plan, founded once for each worker and copied for each test, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bench import crowd
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record.connection import connect
from tests.conftest import new_server_database


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "zg.db"
    crowd.found(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def office_on_server(server: str) -> Iterator[str]:
    with new_server_database(server) as url:
        crowd.found(url)
        yield url.rpartition("/")[2]


@pytest.fixture
def sqlite_office(office_file: Path, tmp_path: Path) -> str:
    shutil.copyfile(office_file, tmp_path / "zg.db")
    return f"sqlite:///{tmp_path / 'zg.db'}"


@pytest.fixture
def postgresql_office(server: str, office_on_server: str) -> Iterator[str]:
    with new_server_database(server, template=office_on_server) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def office_url(request: pytest.FixtureRequest) -> str:
    """The address of an office whose clock stands at crowd.START; the test runs once for each database."""
    return str(request.getfixturevalue(f"{request.param}_office"))


@pytest.fixture
def twin(request: pytest.FixtureRequest, office_url: str, tmp_path: Path) -> Iterator[Desk]:
    """The desk of another office that is just the same."""
    with ExitStack() as stack:
        if office_url.startswith("sqlite"):
            shutil.copyfile(request.getfixturevalue("office_file"), tmp_path / "twin.db")
            url = f"sqlite:///{tmp_path / 'twin.db'}"
        else:
            template = request.getfixturevalue("office_on_server")
            url = stack.enter_context(new_server_database(request.getfixturevalue("server"), template=template))
        yield Desk(stack.enter_context(closing(connect(url))), FixedClock(crowd.START))


@pytest.fixture
def desk(office_url: str) -> Iterator[Desk]:
    with closing(connect(office_url)) as database:
        yield Desk(database, FixedClock(crowd.START))
