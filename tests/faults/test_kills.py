"""SIGKILL at random moments: whatever was acknowledged is there afterwards, nothing is half, and everything goes on."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.faults.conftest import judge

Kill = Callable[..., list[str]]
KINDS = ("opens", "opens", "does", "does", "does", "does", "moves", "keeps", "seals")


def test_nothing_acknowledged_is_lost_and_nothing_is_half_after_100_kills(founded: str, kill_many: Kill) -> None:
    seed = random.randrange(2**32)  # noqa: S311 – pytest-randomly prints the seed it comes from
    judged = judge(founded, kill_many(founded, 100, seed, *KINDS))
    assert judged.acknowledged > 50 and judged.tickets > 5


@pytest.mark.torture
def test_nothing_acknowledged_is_lost_and_nothing_is_half_after_2500_kills(founded: str, kill_many: Kill) -> None:
    for seed in range(25):
        judged = judge(founded, kill_many(founded, 100, seed, *KINDS))
        print(f"{100 * (seed + 1)} kills: {judged}")  # noqa: T201 – figures for docs/reliability.md
