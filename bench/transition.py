"""One durable transition against hand-written code that writes the same rows. Prints the median of paired rounds.

    python bench/transition.py [--rounds 30] [--each 20] [--db sqlite|postgresql://…]

Both arms work on their own database file with the same tickets; rounds alternate, so that a noisy machine hits both alike. The floor
does what nobody could leave out: begin, read the ticket, insert the event with its hash, update the row's changed columns, commit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.app.founding import init
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record.connection import connect
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening

OFFICE = Actor("office", "supervisor", None, "bench")
CONTACT = Actor("scjgj", "contact", "SCJGJ", "bench")
NOW = datetime(2020, 9, 25, 1, tzinfo=UTC)


def prepare(folder: Path, count: int) -> Path:
    """A database with that many assigned tickets."""
    path = folder / "desk.db"
    init(f"sqlite:///{path}", seed="pingdingshan-2020", sandbox=NOW, clock=FixedClock(NOW))
    desk = Desk(connect(f"sqlite:///{path}"), FixedClock(NOW))
    desk.database._cursor.execute("PRAGMA synchronous=OFF")  # preparing only
    for serial in range(count):
        number = desk.open(OFFICE, Opening(f"企业开办材料重复提交 {serial}", "visit", measure="3.1", grade="C")).ticket.number
        desk.do(OFFICE, number, Command("assign", {"lead": "SCJGJ"}))
    desk.database.close()
    return path


class Floor:
    """Hand-written code for exactly this transition: no rules, no reasons, no checks but the version."""

    def __init__(self, path: Path, sample: dict[str, object], changed: dict[str, object]) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.cursor = self.connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self.cursor.execute(f"PRAGMA {pragma}").fetchall()
        self.changed = changed
        self.insert = f"INSERT INTO event ({', '.join(sample)}) VALUES ({', '.join('?' * len(sample))})"
        self.update = f"UPDATE ticket SET {', '.join(f'{name} = ?' for name in changed)} WHERE id = ? AND version = ?"
        self.sample = sample

    def accept(self, ticket: int) -> None:
        self.cursor.execute("BEGIN IMMEDIATE")
        row = self.cursor.execute("SELECT * FROM ticket WHERE id = ?", (ticket,)).fetchone()
        role = self.cursor.execute("SELECT role, unit FROM account WHERE name = 'scjgj' AND active").fetchone()
        version, head = row[9], row[-1]
        data = self.sample["data"]
        body = json.dumps(
            {"v": 1, "ticket": ticket, "seq": version + 1, "at": "2020-09-25T01:00:00.000000Z", "actor": "scjgj", "role": role[0],
             "unit": role[1], "via": "bench", "kind": "did", "from": "assigned", "to": "rectifying", "data": data}, sort_keys=True,
        )
        hash_ = hashlib.sha256(head + body.encode()).digest()
        values = {**self.sample, "stream": ticket, "seq": version + 1, "hash": hash_}
        self.cursor.execute(self.insert, tuple(values.values()))
        changed = {**self.changed, "version": version + 1, "head": hash_}
        self.cursor.execute(self.update, (*changed.values(), ticket, version))
        assert self.cursor.rowcount == 1
        self.cursor.execute("COMMIT")


def written(path: Path, scratch: Path) -> tuple[dict[str, object], dict[str, object]]:
    """What the desk writes for one accept: the event's columns, and the ticket's columns that change."""
    shutil.copy(path, scratch)

    def look(sql: str) -> dict[str, object]:
        with sqlite3.connect(scratch) as connection:
            connection.row_factory = sqlite3.Row
            return dict(connection.execute(sql).fetchone())

    before = look("SELECT * FROM ticket WHERE id = 1")
    desk = Desk(connect(f"sqlite:///{scratch}"), FixedClock(NOW))
    desk.do(CONTACT, "ZG-2020-0001", Command("accept"))
    desk.database.close()
    after = look("SELECT * FROM ticket WHERE id = 1")
    event = look("SELECT * FROM event WHERE stream = 1 ORDER BY seq DESC LIMIT 1")
    del event["id"]
    return event, {name: value for name, value in after.items() if value != before[name]}


def run(rounds: int, each: int) -> float:
    """The median ratio of paired rounds, after one round to warm up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = prepare(folder, (rounds + 1) * each)
        sample, changed = written(path, folder / "look.db")
        shutil.copy(path, folder / "floor.db")
        desk = Desk(connect(f"sqlite:///{path}"), FixedClock(NOW))
        floor = Floor(folder / "floor.db", sample, changed)
        ratios, floors = [], []
        for round_ in range(rounds + 1):
            tickets = range(round_ * each + 1, (round_ + 1) * each + 1)
            start = time.perf_counter()
            for ticket in tickets:
                floor.accept(ticket)
            middle = time.perf_counter()
            for ticket in tickets:
                desk.do(CONTACT, f"ZG-2020-{ticket:04d}", Command("accept"))
            end = time.perf_counter()
            if round_:
                ratios.append((end - middle) / (middle - start))
                floors.append((middle - start) / each)
        desk.database.close()
    ratio = statistics.median(ratios)
    print(f"transition  {ratio:.2f} × floor   (floor {statistics.median(floors) * 1e6:.0f} µs, {rounds} rounds of {each})")
    return ratio


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--each", type=int, default=20)
    given = parser.parse_args()
    run(given.rounds, given.each)
