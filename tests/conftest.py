"""Fresh databases for every test: SQLite always, PostgreSQL where a server can be had."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from engine.record import schema
from engine.record.connection import connect
from engine.record.database import Database
from tests.parsing import parse_once

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
settings.register_profile(
    "repeatable", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None,
)
settings.register_profile("searching", settings.get_profile("repeatable"), derandomize=False, max_examples=2_000, print_blob=True)
settings.load_profile("repeatable")  # what passes once passes again, also on a busy machine; `make torture` looks for what is new

ROOM = 4 << 30
"""What the tests may need of the machine's memory if their files lie there."""


def _memory() -> Path | None:
    """A folder in memory with room, where programs may run; none on a machine that has no such folder."""
    folder = Path("/dev/shm")  # noqa: S108 - only folders with names that nobody can foresee are made in it
    if not os.access(folder, os.W_OK):
        return None
    state = os.statvfs(folder)
    return folder if state.f_bavail * state.f_frsize >= ROOM and not state.f_flag & os.ST_NOEXEC else None


MEMORY = _memory()
OURS_COPIES_FILES = MEMORY is not None and not os.environ.get("ZG_TEST_PG") and bool(PROGRAMS) and int(PROGRAMS[-1].parts[-3]) >= 15
COPIED = "STRATEGY FILE_COPY" if OURS_COPIES_FILES else ""
"""How a database is made of its template: in memory, copying its files costs a third of copying its pages through the log."""


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
"""The parameters of a fixture that has its tests run once for each database."""

Made = TypeVar("Made")


class Shared(Protocol):
    def __call__(self, fill: Callable[[Database], Made]) -> Made: ...


def pytest_configure(config: pytest.Config) -> None:
    """Files lie in memory where that can be: no test cuts the power, so none need wait for a disk. What is compiled is kept, whatever the
    environment says: the asserts of all tests would be written anew by each worker of each run, in half of the time of collecting them.
    """
    sys.dont_write_bytecode = False
    if MEMORY and not config.option.basetemp:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    parse_once()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs start when they are asked for by their mark, never by the way."""
    if "torture" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("torture")]
        items[:] = [item for item in items if not item.get_closest_marker("torture")]
        config.hook.pytest_deselected(items=long)


def pytest_collection_finish() -> None:
    """What was imported stays: Python need not look for garbage in it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What goes into the user's data folder (keys, evidence) goes into a scratch one. Programs are compiled once, not by each process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(params=BOTH)
def record_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated, empty record; the test runs once for each database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(record_url: str) -> Iterator[Database]:
    """A connection to a fresh record."""
    with closing(connect(record_url)) as db:
        yield db


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "zg.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(server: str, server_template: str) -> Iterator[str]:
    with new_server_database(server, template=server_template) as url:
        yield url


@pytest.fixture(params=BOTH)
def shared(request: pytest.FixtureRequest) -> Shared:
    """`shared(fill)`: what `fill` makes of a fresh record, made once for each worker and database; whoever writes to it then is refused."""
    share: Shared = request.getfixturevalue(f"shared_{request.param}")
    return share


@pytest.fixture(scope="session")
def shared_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    def fresh(_stack: ExitStack) -> str:
        return f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path_factory.mktemp('shared') / 'zg.db')}"

    with _shared(fresh, "PRAGMA query_only = ON") as share:
        yield share


@pytest.fixture(scope="session")
def shared_postgresql(server: str, server_template: str) -> Iterator[Shared]:
    def fresh(stack: ExitStack) -> str:
        return stack.enter_context(new_server_database(server, template=server_template))

    with _shared(fresh, "SELECT set_config('default_transaction_read_only', 'on', false)") as share:
        yield share


@contextmanager
def _shared(fresh: Callable[[ExitStack], str], read_only: str) -> Iterator[Shared]:
    made: dict[Callable[[Database], Any], Any] = {}
    with ExitStack() as stack:

        def share(fill: Callable[[Database], Made]) -> Made:
            if fill not in made:
                database = stack.enter_context(closing(connect(fresh(stack))))
                made[fill] = fill(database)
                database.rows(read_only)
            filled: Made = made[fill]
            return filled

        yield share


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, record_url: str, tmp_path: Path) -> Iterator[str]:
    """A place for a record that nobody has made yet, on the same kind of database as `record_url`."""
    if record_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'new' / 'zg.db'}"
    else:
        with new_server_database(request.getfixturevalue("server")) as url:
            yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once for each worker; tests copy the file."""
    path = tmp_path_factory.mktemp("template") / "zg.db"
    schema.create(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def server_template(server: str) -> Iterator[str]:
    """Migrated once for each worker; tests copy the database."""
    with new_server_database(server) as url:
        schema.create(url)
        yield url.rpartition("/")[2]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The address of a PostgreSQL server without a database name: ZG_TEST_PG, or one of our own that all workers share."""
    said = os.environ.get("ZG_TEST_PG")
    if said:
        yield said.rstrip("/").rsplit("/", 1)[0] if said.count("/") > 2 else said
        _hang_up()
        return
    if not PROGRAMS:
        pytest.skip("no PostgreSQL server: set ZG_TEST_PG to one, or install Debian's package `postgresql`")
    base = tmp_path_factory.getbasetemp()
    with _shared_cluster(base if worker_id == "master" else base.parent) as url:
        yield url
        _hang_up()


@contextmanager
def new_server_database(server: str, template: str = "template1") -> Iterator[str]:
    """A database of its own on the server, gone afterwards."""
    name = f"zg_{uuid.uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template} {COPIED}")
    try:
        yield f"{server}/{name}"
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


_LINES: dict[str, Any] = {}
"""To each server the line by which databases are made and dropped: a new one each time costs more than the database."""


def _administer(server: str, statement: str) -> None:
    import psycopg

    try:
        if server in _LINES:
            _LINES[server].execute(statement)
            return
    except psycopg.OperationalError:  # the server was started again
        _LINES.pop(server).close()
    _LINES[server] = psycopg.connect(f"{server}/postgres", autocommit=True)
    _LINES[server].execute(statement)


def _hang_up() -> None:
    while _LINES:
        _LINES.popitem()[1].close()


@contextmanager
def _shared_cluster(folder: Path) -> Iterator[str]:
    """The first worker starts the server, the last one stops it; `users` counts them under a lock."""
    lock, users, place = folder / "postgresql.lock", folder / "postgresql.users", folder / "postgresql.place"
    with _locked(lock):
        count = int(users.read_text()) if users.exists() else 0
        if count == 0:
            place.write_text("\n".join(_start_cluster()))
        users.write_text(str(count + 1))
        home, url = place.read_text().split("\n")
    try:
        yield url
    finally:
        with _locked(lock):
            count = int(users.read_text()) - 1
            users.write_text(str(count))
            if count == 0:
                run_postgres("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "-w", "stop")
                shutil.rmtree(home)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_cluster() -> tuple[str, str]:
    """A new cluster on a free port of the loopback: its folder and address. It keeps nothing, so it need not wait for the disk."""
    home = Path(tempfile.mkdtemp(prefix="zg-postgresql-", dir=MEMORY))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run_postgres("initdb", "-D", f"{home}/data", "-U", "zg", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c autovacuum=off"
    run_postgres("pg_ctl", "-D", f"{home}/data", "-l", f"{home}/log", "-w", "-o", options, "start")
    return str(home), f"postgresql://zg@127.0.0.1:{port}"


def run_postgres(program: str, *arguments: str) -> None:
    """Runs one of the server's programs; they refuse to run as root."""
    command = [str(PROGRAMS[-1].with_name(program)), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
                          stderr=subprocess.STDOUT, cwd="/", timeout=120, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program} failed: {(done.stdout or b'').decode(errors='replace')}")
