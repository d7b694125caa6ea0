"""A round of evaluation against the sweep: what measuring so many tickets costs beside firing as many rungs. Prints a ratio.

    python bench/rounds.py [--pairs 5000] [--rounds 3]

The results are read already; both arms write one event a ticket, on the same tickets, by SQLite.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.app import shipped
from engine.app.founding import china, first_entries
from engine.clock import FixedClock
from engine.desk.plan import read_plan
from engine.desk.tickets import Desk
from engine.office.rounds.application import Application
from engine.office.rounds.applied import File
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.results import Found, Results
from engine.office.rounds.scope import named_standards
from engine.record import schema
from engine.record.connection import connect
from engine.registry.plan_file import load_plan
from engine.registry.registry import Registry
from engine.registry.workflow_file import load
from engine.rules.access import Actor
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.round_acts import Beginning
from engine.watch import sweep
from tests.signing import FIRST

OFFICE = Actor("office", "supervisor", None, "cli")
TARGET = "3.5-1"
BEGIN = datetime.fromisoformat("2020-07-06T09:00+08:00")
LATER = datetime.fromisoformat("2020-07-21T09:00+08:00")
"""A morning after the ten working days in which tickets of a round are to be assigned."""


def results(count: int, value: str) -> Results:
    """Results of so many subjects, as a file would give them."""
    found = Results()
    for place in range(count):
        problem = ProblemName("市自评", TARGET, f"第{place:05d}县")
        found.found[problem.pair] = Found(problem, {"value": value}, None, "", place)
    return found


def measure(desk: Desk, on: date, found: Results) -> None:
    standards = named_standards(read_plan(desk, OFFICE), [TARGET])
    number = Rounds(desk).start(OFFICE, Beginning("市自评", on, f"{on}", standards)).thing.number
    confirm = None if on.month > 6 else len(found.found)
    applied = Application(desk, OFFICE, number).apply(found, File("0" * 64), commit=True, confirm=confirm)
    assert not applied.problems, applied.problems[:3]


def fire(desk: Desk, count: int) -> None:
    """The sweep of so many tickets, an event each."""
    swept = sweep(desk, keep=False, breathe=lambda seconds: None)
    assert swept.events == count, swept


def founded(path: Path, count: int) -> None:
    """A record with so many tickets, each of a problem that a first round found."""
    url = f"sqlite:///{path}"
    schema.create(url)
    with closing(connect(url)) as database:
        first_entries(
            Registry(database, FixedClock(BEGIN)), office="ZG", sandbox=None, calendar=china(),
            definitions=[(load(file), file.name) for file in shipped.workflow_files()],
            plan=load_plan(shipped.seed_folder("pingdingshan-2020")), code="pingdingshan-2020", key=FIRST.verifier,
        )
        measure(Desk(database, FixedClock(BEGIN)), date(2020, 6, 30), results(count, "7"))


def timed(path: Path, source: Path, work: Callable[[Desk], object], at: datetime) -> float:
    shutil.copyfile(source, path)
    with closing(connect(f"sqlite:///{path}")) as database:
        desk = Desk(database, FixedClock(at))
        start = time.process_time()
        work(desk)
        return time.process_time() - start


def run(pairs: int = 5_000, rounds: int = 3) -> float:
    with tempfile.TemporaryDirectory() as folder:
        source, arm = Path(folder) / "source.db", Path(folder) / "arm.db"
        founded(source, pairs)
        swept = min(timed(arm, source, lambda desk: fire(desk, pairs), LATER) for _ in range(rounds))
        found = results(pairs, "8")
        measured = min(timed(arm, source, lambda desk: measure(desk, date(2020, 7, 19), found), LATER) for _ in range(rounds))
    print(f"rounds {pairs:>7,} pairs   {measured / swept:5.2f} × the sweep of as many tickets   {measured / pairs * 1e6:6.0f} µs a pair")
    return measured / swept


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    run(given.pairs, given.rounds)
