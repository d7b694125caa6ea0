"""How long a person's write waits while a sweep runs beside it: batches of 1,000 with a breath between them, against one transaction.

    python bench/fairness.py [--due 20000] [--rounds 3] [--db postgresql://user@host:port]

The sweep runs in a process of its own; here somebody comments on other tickets, with a short pause after each write, until it ends.
Prints the 99th percentile of these writes as a ratio to the same with nothing else going on, and of one way of sweeping to the other;
one transaction makes few writes wait, but those for all of it, so the worst wait is compared too.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import crowd
from bench.place import Place, place, settle
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record.connection import connect
from engine.rules.acts.command import Command
from engine.watch.sweep import BATCH

ROOT = Path(__file__).resolve().parents[1]

PEOPLE = 50
"""Tickets that people write to and no sweep wants."""

PAUSE_SECONDS = 0.01
"""Between two writes: SQLite's lock is not fair, and somebody who wrote without any pause would starve the sweep instead."""

ALONE = 200
"""Writes with nothing else going on."""

SWEEP = """
import sys
from importlib import import_module
sys.path.insert(0, sys.argv[1])
from bench import crowd
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record.connection import connect
sweeping = import_module("engine.watch.sweep")
sweeping.BATCH = sweeping.WINDOW = int(sys.argv[3])
desk = Desk(connect(sys.argv[2]), FixedClock(crowd.DUE))
print("begins", flush=True)
swept = sweeping.sweep(desk, keep=False)
assert swept.tickets > 1
"""


def percentile(seconds: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(seconds, n=100, method="inclusive")[98]


def written(url: str, going: Callable[[int], bool]) -> list[float]:
    """Seconds of each write, one after the other, as long as something goes on."""
    seconds = []
    with closing(connect(url)) as database:
        desk = Desk(database, FixedClock(crowd.START))
        note = Command("comment", words={"note": "已电话提醒"})
        numbers = [row[0] for row in database.rows("SELECT number FROM ticket WHERE due_at > :due", due=crowd.DUE)]
        while going(len(seconds)):
            number = numbers[len(seconds) % len(numbers)]
            start = time.perf_counter()
            desk.do(crowd.OFFICE, number, note)
            seconds.append(time.perf_counter() - start)
            time.sleep(PAUSE_SECONDS)
    return seconds


def beside(url: str, batch: int) -> list[float]:
    """Seconds of the writes beside a sweep."""
    command = [sys.executable, "-c", SWEEP, str(ROOT), url, str(batch)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        seconds = written(url, lambda count: process.poll() is None or count < 2)
    assert process.returncode == 0
    return seconds


def measure(made: Place, due: int, rounds: int) -> tuple[float, float]:
    """Median ratios: batches to nothing going on, one transaction to batches."""
    source = made.fresh()
    crowd.gather(source, due + PEOPLE, due)
    settle(source)
    calm, fair, worst, slowest = [], [], [], []
    for _ in range(rounds):
        alone, batches, whole = (made.copy(source) for _ in range(3))
        nothing = percentile(written(alone, lambda count: count < ALONE))
        small, large = beside(batches, BATCH), beside(whole, 2**31)
        calm.append(percentile(small) / nothing)
        fair.append(percentile(large) / percentile(small))
        worst.append(max(large) / max(small))
        slowest.append(max(small))
        for url in (alone, batches, whole):
            made.drop(url)
    made.drop(source)
    print(
        f"fairness  {made.kind:10} {due:>9,} due   p99 of a write beside batches {statistics.median(calm):6.1f} × alone   "
        f"one transaction {statistics.median(fair):6.1f} × batches, worst {statistics.median(worst):6.1f} ×   "
        f"(worst beside batches {statistics.median(slowest) * 1e3:.0f} ms)", flush=True,
    )
    return statistics.median(calm), statistics.median(fair)


def run(due: int = 20_000, rounds: int = 3, server: str | None = None) -> None:
    with place(server) as made:
        measure(made, due, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--due", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--db", help="a PostgreSQL server where databases may be made; SQLite without it")
    given = parser.parse_args()
    run(given.due, given.rounds, given.db)
