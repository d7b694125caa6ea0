"""A server that is restarted under load, and one that is lost for good while its standby takes over."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import Zg
from tests.conftest import PROGRAMS, run_postgres
from tests.faults.conftest import ROOT, found, judge
from tests.faults.test_kills import KINDS

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(not PROGRAMS, reason="no PostgreSQL programs on this machine")]


@dataclass
class Server:
    """A server of our own, which may be hurt."""

    home: Path
    port: int

    def start(self) -> None:
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -c unix_socket_directories= -c fsync=off"
        self.control("start", "-l", f"{self.home}/log", "-o", options)

    def control(self, action: str, *more: str) -> None:
        run_postgres("pg_ctl", "-D", f"{self.home}/data", "-w", *more, action)

    @property
    def at(self) -> str:
        return f"127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server_of_ours(make: Callable[[Path], None]) -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="zg-server-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    make(home)
    server = Server(home, free_port())
    server.start()
    try:
        yield server
    finally:
        with suppress(RuntimeError):  # it may be lost already
            server.control("stop", "-m", "immediate")
        shutil.rmtree(home)


def made(home: Path) -> None:
    run_postgres("initdb", "-D", f"{home}/data", "-U", "zg", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")


def copied_from(primary: Server) -> Callable[[Path], None]:
    def copy(home: Path) -> None:
        run_postgres("pg_basebackup", "-D", f"{home}/data", "-d", f"postgresql://zg@{primary.at}/", "-R", "-c", "fast", "--no-sync")

    return copy


@pytest.fixture
def server(places: None) -> Iterator[Server]:
    with server_of_ours(made) as running:
        with psycopg.connect(f"postgresql://zg@{running.at}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE zg")
        yield running


def load(url: str, kills: int) -> subprocess.Popen[str]:
    """Workers that write, and are killed, while something else happens to their server."""
    words = [sys.executable, "-m", "tests.faults.killer", url, str(kills), "1", *KINDS]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def heard(process: subprocess.Popen[str]) -> list[str]:
    import json

    out, _ = process.communicate(timeout=900)
    assert process.returncode == 0
    return list(json.loads(out))


def restarted(server: Server, kills: int, most: int) -> int:
    url = found(f"postgresql://zg@{server.at}/zg")
    process, restarts = load(url, kills), 0
    while process.poll() is None and restarts < most:
        server.control("restart", "-m", "immediate")
        restarts += 1
    assert judge(url, heard(process)).acknowledged > 10
    return restarts


def test_a_server_restarted_under_load_loses_nothing_acknowledged(server: Server) -> None:
    assert restarted(server, 25, 2) >= 1


@pytest.mark.torture
def test_a_server_restarted_thirty_times_under_load_loses_nothing_acknowledged(server: Server) -> None:
    print(f"{restarted(server, 1_500, 30)} restarts")  # noqa: T201 – for docs/reliability.md


@pytest.mark.torture
def test_a_primary_that_is_lost_under_load_loses_nothing_acknowledged(server: Server) -> None:
    with server_of_ours(copied_from(server)) as standby:
        with psycopg.connect(f"postgresql://zg@{server.at}/postgres", autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
        url = found(f"postgresql://zg@{server.at},{standby.at}/zg?target_session_attrs=read-write")
        process = load(url, 600)
        for _ in range(400):  # let them work until there is something to lose
            with psycopg.connect(f"postgresql://zg@{server.at}/zg") as connection:
                row = connection.execute("SELECT count(*) FROM event").fetchone()
                if row and row[0] > 300:
                    break
        server.control("stop", "-m", "immediate")
        standby.control("promote")
        said = heard(process)
        judged = judge(url, said)
        assert judged.acknowledged > 300
        assert Zg(url).json("audit", "verify")["verified"]
        print(f"primary lost: {judged}")  # noqa: T201 – for docs/reliability.md
