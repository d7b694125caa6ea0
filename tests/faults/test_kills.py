"""SIGKILL at random moments: whatever was acknowledged is there afterwards, nothing is half, and everything goes on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.record import schema
from tests.cli.conftest import Zg
from tests.faults.conftest import ROOT, judge

Kill = Callable[..., list[str]]
KINDS = ("opens", "opens", "does", "does", "does", "does", "moves", "keeps", "seals", "migrates")


def test_nothing_acknowledged_is_lost_and_nothing_is_half_after_100_kills(founded: str, kill_many: Kill) -> None:
    seed = random.randrange(2**32)  # noqa: S311 – pytest-randomly prints the seed it comes from
    judged = judge(founded, kill_many(founded, 100, seed, *KINDS))
    assert judged.acknowledged > 50 and judged.tickets > 5


@pytest.mark.torture
def test_nothing_acknowledged_is_lost_and_nothing_is_half_after_2500_kills(founded: str, kill_many: Kill) -> None:
    for seed in range(25):
        judged = judge(founded, kill_many(founded, 100, seed, *KINDS))
        print(f"{100 * (seed + 1)} kills: {judged}")  # noqa: T201 – figures for docs/reliability.md


def test_a_record_whose_making_was_killed_is_made_by_the_next_try(places: None, tmp_path: Path) -> None:
    seed = str(random.randrange(2**32))  # noqa: S311 – pytest-randomly prints the seed it comes from
    words = [sys.executable, "-m", "tests.faults.founder", tmp_path, "6", seed]
    killed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300, env=os.environ).stdout
    assert int(killed) >= 3
    for path in tmp_path.glob("*.db"):
        judge(f"sqlite:///{path}", [])


def test_a_record_that_has_tables_and_nothing_else_is_none_yet(places: None, tmp_path: Path) -> None:
    zg = Zg(f"sqlite:///{tmp_path / 'zg.db'}")
    schema.create(zg.url)
    assert zg.error("list", code=3)["code"] == "no-database"
    zg("init", "--sandbox", "2020-09-25")
    assert zg.error("init", code=5)["code"] == "database-exists"
    zg("open", "x", "--source", "visit")
