"""Watchers that are killed in the middle of their work and started again: every rung once, the chain whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest

from bench import crowd
from engine.audit.audited import Audited
from engine.audit.verify import verify
from engine.record import queries
from engine.record.connection import connect
from engine.record.database import Database
from tests.watch.test_sweep import rungs
from tests.watch.test_watch import set_clock

ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 1_200
"""Only so that a watch that does nothing ends the test at last."""


class Watcher(subprocess.Popen[bytes]):
    """A watch, and what it said on stderr."""

    said: IO[bytes]

    def must_live(self) -> None:
        """Nobody but the test ends it."""
        if self.poll() is not None:
            self.said.seek(0)
            raise AssertionError(f"a watch ended by itself with {self.returncode}: {self.said.read().decode()}")


def start(url: str, batch: int | None) -> Watcher:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("ZG_", "COV"))}
    smaller = f"from importlib import import_module; import_module('engine.watch.sweep').BATCH = {batch}; " if batch else ""
    said = tempfile.TemporaryFile()  # noqa: SIM115 – it ends with the watcher
    watcher = Watcher(
        [sys.executable, "-c", f"{smaller}from engine.cli import main; main()", "watch", "--interval", "0.2"],
        stdout=subprocess.DEVNULL, stderr=said, env={**known, "ZG_DB": url, "PYTHONPATH": str(ROOT)},
    )
    watcher.said = said
    return watcher


@contextmanager
def watchers(url: str, count: int, batch: int | None) -> Iterator[list[Watcher]]:
    running = [start(url, batch) for _ in range(count)]
    try:
        yield running
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(timeout=60)
    finally:
        for process in running:
            process.kill()
            process.wait()
            process.said.close()


def due(database: Database) -> int:
    return int(database.rows(queries.ALARMS_DUE, now=crowd.DUE)[0][0])


def survive(url: str, count: int, tickets: int, *, seed: int, batch: int | None = None) -> int:
    """Kills one of the watchers each time there was progress, until nothing is due. Returns how many were killed."""
    crowd.fill(url, tickets, tickets, reminded=False)
    set_clock(url, crowd.DUE)
    chance = random.Random(seed)  # noqa: S311 – which watcher dies when, and no secret
    kills, ends = 0, time.monotonic() + LIMIT_SECONDS
    with closing(connect(url)) as database, watchers(url, count, batch) as running:
        left = due(database)
        while left:
            assert time.monotonic() < ends, f"{left} of {tickets} are still due"
            place = chance.randrange(count)
            with suppress(subprocess.TimeoutExpired):
                running[place].wait(timeout=chance.uniform(0.02, 0.5))
            running[place].must_live()
            now = due(database)
            if now < left:
                running[place].kill()
                running[place].wait()
                running[place].said.close()
                running[place] = start(url, batch)
                kills += 1
            left = now
    with closing(connect(url)) as database:
        fired = rungs(database)
        assert set(fired.values()) == {1}
        expected = database.rows("SELECT count(*) FROM ticket WHERE level = 1")[0][0]
        assert expected >= tickets - 2 and len(fired) == 2 * expected
        audited = Audited()
        assert list(verify(database, audited)) == []
    sys.stdout.write(f"{tickets} tickets, {count} watchers, {kills} killed, {len(fired)} rungs, {audited.events} events verify\n")
    return kills


def test_watchers_that_are_killed_and_started_again_fire_every_rung_once(office_url: str) -> None:
    """A small one for every run; the batches are small too, so that there are many to die in."""
    assert survive(office_url, 2, 600, seed=1, batch=25) > 0


@pytest.mark.torture
@pytest.mark.postgres
def test_four_watchers_and_a_hundred_thousand_due_tickets_on_a_server(postgresql_office: str) -> None:
    assert survive(postgresql_office, 4, 100_000, seed=2) > 0


@pytest.mark.torture
def test_two_watchers_and_twenty_thousand_due_tickets_in_a_file(sqlite_office: str) -> None:
    assert survive(sqlite_office, 2, 20_000, seed=3) > 0
