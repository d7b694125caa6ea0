"""A founded record on both databases for tests that hurt it, and the judgement afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.app import founding
from engine.audit import seals
from engine.audit.audited import Audited
from engine.audit.verify import verify
from engine.clock import SystemClock
from engine.record import evidence
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.proof.keys import Keys
from engine.rules.proof.merkle import Frontier
from tests.conftest import new_server_database

ROOT = Path(__file__).resolve().parents[2]
BEGIN = datetime(2020, 9, 25, 1, 0, tzinfo=UTC)


def found(url: str) -> str:
    """A sandbox with the plan of 2020 and its accounts."""
    founding.init(url, seed="pingdingshan-2020", sandbox=BEGIN, clock=SystemClock(), keys=os.environ["ZG_KEY"])
    return url


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("faults") / "zg.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZG_KEY", str(path.with_name("keys")))
        found(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def founded(request: pytest.FixtureRequest) -> str:
    """The address of a founded record; the test runs once for each database."""
    return str(request.getfixturevalue(f"founded_{request.param}"))


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence and keys lie in the folder of the test."""
    monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "evidence"))
    monkeypatch.setenv("ZG_KEY", str(tmp_path / "keys"))


@pytest.fixture(scope="session")
def founded_on_server(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The name of a database to copy, and the folder of its keys."""
    keys = tmp_path_factory.mktemp("faults-server") / "keys"
    with new_server_database(server) as url:
        with pytest.MonkeyPatch.context() as patch:  # it ends here, not with the session: other tests have keys of their own
            patch.setenv("ZG_KEY", str(keys))
            found(url)
        yield url.rpartition("/")[2], keys


@pytest.fixture
def founded_postgresql(server: str, founded_on_server: tuple[str, Path], places: None, tmp_path: Path) -> Iterator[str]:
    name, keys = founded_on_server
    shutil.copytree(keys, tmp_path / "keys")
    with new_server_database(server, template=name) as url:
        yield url


@pytest.fixture
def founded_sqlite(founded_file: Path, places: None, tmp_path: Path) -> str:
    shutil.copyfile(founded_file, tmp_path / "zg.db")
    shutil.copytree(founded_file.with_name("keys"), tmp_path / "keys")
    return f"sqlite:///{tmp_path / 'zg.db'}"


@dataclass
class Judged:
    """What was found afterwards."""

    acknowledged: int
    events: int
    tickets: int
    rungs: int
    seals: int


APART = ("file ", "seal ", "anew ", "backed ", "back ", "up ", "key ", "cosigned ")
"""How what is said begins that is no event of a ticket."""


def judge(url: str, said: list[str]) -> Judged:
    """Every acknowledged write is there, none is half, chain and fold verify, numbers have no gap, rungs fired once."""
    assert not [line for line in said if line.startswith("died")], said[-3:]
    with closing(connect(url)) as db:
        audited = Audited()
        assert list(verify(db, audited)) == []
        events = {(row[0], row[1]): row for row in db.rows("SELECT stream, seq, kind, data FROM event")}
        there = {(stream, seq): _what(kind, json.loads(data)) for (stream, seq), (_, _, kind, data) in events.items()}
        lost = [line for line in said if not line.startswith(APART) and not _kept(line, there)]
        assert lost == []
        sealed = _seals_hold(db)
        assert {f"seal {n}" for n in range(1, sealed + 1)} >= {line for line in said if line.startswith("seal ")}
        for (year,) in db.rows("SELECT DISTINCT year FROM ticket"):
            serials = [row[0] for row in db.rows("SELECT serial FROM ticket WHERE year = :year ORDER BY id", year=year)]
            assert serials == list(range(1, len(serials) + 1))
        rungs = Counter(
            (stream, data["clock"], data["epoch"], data["rung"], data.get("n"))
            for stream, _, kind, text in events.values() if kind == "escalated" for data in [json.loads(text)]
        )
        assert not [rung for rung, times in rungs.items() if times > 1]
        _notices_are_whole(db)
        kept = {line.removeprefix("file ") for line in said if line.startswith("file ")}
        assert kept <= {row[0] for row in db.rows("SELECT sha256 FROM evidence")}
        assert list(evidence.altered(db)) == []
        return Judged(len(said), audited.events, audited.tickets, len(rungs), sealed)


def _seals_hold(db: Database) -> int:
    """Every seal is signed by a key of the record, follows the one before, and is over the events up to its own alone. How many."""
    tree, last, keys = Frontier(), None, Keys()
    with db.snapshot():
        keys.read(seals.administrative(db))
    for made in seals.all_seals(db):
        tree = tree.grown(hash_ for _, hash_ in seals.hashes(db, last.upto if last else 0, made.upto))
        assert (tree.root(), tree.size) == (made.root, made.size)
        assert made.signed().signers(keys.in_force) and made.n == (last.n + 1 if last else 1)
        last = made
    return last.n if last else 0


def _notices_are_whole(db: Database) -> None:
    """An escalation and its notices came together or not at all. Of several rungs of one sweep a person is told once."""
    told: dict[tuple[int, datetime], set[str]] = {}
    for stream, at, recipient in db.rows("SELECT stream, at, recipient FROM notice JOIN event USING (stream, seq)"):
        told.setdefault((stream, at), set()).add(recipient)
    for stream, at, data in db.rows("SELECT stream, at, data FROM event WHERE kind = 'escalated'"):
        assert told.get((stream, at), set()) >= set(json.loads(data)["recipients"]), (stream, at, data)


def _what(kind: str, data: dict[str, object]) -> object:
    return data.get("trigger") or kind


def _kept(line: str, there: dict[tuple[int, int], object]) -> bool:
    stream, seq, what = line.split()
    return there.get((int(stream), int(seq))) == what


@pytest.fixture
def kill_many() -> Callable[..., list[str]]:
    """Runs the killer in a process of its own and returns what was acknowledged."""

    def run(url: str, kills: int, seed: int, *kinds: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.killer", url, str(kills), str(seed), *kinds], cwd=ROOT, capture_output=True,
            text=True, timeout=3600, check=True, env=os.environ,
        )
        return list(json.loads(done.stdout))

    return run
