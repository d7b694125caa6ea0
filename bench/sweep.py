"""One sweep against set-based SQL and against `executemany` that write the same rows. Prints ratios of the best of some rounds.

    python bench/sweep.py [--open 10000 100000 1000000] [--rounds 3] [--db postgresql://user@host:port]

Floor: three statements in one transaction that write the same event, notices and columns for every due ticket, with the same text for
all of them: no rules, nothing decided, random hashes. `executemany`: the very rows of our sweep, made beforehand, in the same batches.
Idle: a sweep that finds nothing due, against the same on a record with next to no tickets.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import crowd
from bench.place import Place, place, settle
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record import queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.watch import sweep

SHARES = (1, 100)
REPLAYED = 100
"""Batches that `executemany` writes again: their rows have to be kept in memory."""

IDLE_SWEEPS = 200


class Recorder:
    """Keeps what the sweep writes, batch by batch, with the time each batch took."""

    def __init__(self, database: Database) -> None:
        self.batches: list[list[tuple[str, Sequence[Mapping[str, Any]]]]] = []
        self._run_many = database.run_many
        self._statement = database.statement
        database.run_many = self.run_many  # type: ignore[method-assign]

    def run_many(self, sql: str, many: Sequence[Mapping[str, Any]], /, expect: int | None = None) -> None:
        if sql == queries.APPEND:
            self.batches.append([])
        if len(self.batches) <= REPLAYED and many:
            self.batches[-1].append((self._statement(sql), many))
        self._run_many(sql, many, expect)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(url: str) -> tuple[float, list[list[tuple[str, Sequence[Mapping[str, Any]]]]], int]:
    """Seconds of one sweep without the breath between batches, what it wrote, and how many tickets moved."""
    with closing(connect(url)) as database:
        recorder = Recorder(database)
        desk = Desk(database, FixedClock(crowd.DUE))
        start = time.perf_counter()
        swept = sweep(desk, keep=False, breathe=lambda seconds: None)
        return time.perf_counter() - start, recorder.batches, swept.tickets


def replay(url: str, batches: list[list[tuple[str, Sequence[Mapping[str, Any]]]]]) -> float:
    """Seconds that the driver needs for rows that are ready."""
    with closing(connect(url)) as database:
        connection: Any = database._connection  # type: ignore[attr-defined]

        def write() -> None:
            cursor = connection.cursor()
            for batch in batches[:REPLAYED]:
                cursor.execute("BEGIN")
                for statement, many in batch:
                    cursor.executemany(statement, many)
                cursor.execute("COMMIT")

        return timed(write)


def floor(url: str, batches: list[list[tuple[str, Sequence[Mapping[str, Any]]]]]) -> float:
    """Seconds of set-based SQL that writes rows of the same size for the same tickets."""
    (_, events), (_, tickets), (_, notices) = batches[0]
    event, ticket = events[0], tickets[0]
    told = [notice for notice in notices if notice["stream"] == event["stream"]]
    changed = [name for name in ticket if name not in ("id", "read_version", "head")]
    with closing(connect(url)) as database:
        server = url.startswith("postgresql")
        random = "sha256(id::text::bytea)" if server else "randomblob(32)"
        columns = queries.EVENT_COLUMNS.split(", ")[2:]
        due = "wake_at <= :now"
        append = (
            f"INSERT INTO event (stream, seq, {', '.join(columns)}, hash) "
            f"SELECT id, version + 1, {', '.join(f':{name}' for name in columns)}, {random} FROM ticket WHERE {due} ORDER BY id"
        )
        notify = "; ".join(
            "INSERT INTO notice (stream, seq, recipient, channel, not_before, created_at, sent_at, tries, next_try_at, dead) "
            f"SELECT stream, seq, '{notice['recipient']}', 'inbox', at, at, at, 0, at, FALSE FROM event WHERE id > :last"
            for notice in told
        ).split("; ")
        head = "SELECT hash FROM event WHERE stream = ticket.id AND seq = ticket.version + 1"
        update = (
            f"UPDATE ticket SET {', '.join(f'{name} = :{name}' for name in changed if name != 'version')}, "
            f"head = ({head}), version = version + 1 WHERE {due}"
        )
        last = database.rows("SELECT max(id) FROM event")[0][0]

        def write() -> None:
            with database.write():
                database.run(append, now=crowd.DUE, **{name: event[name] for name in columns})
                for statement in notify:
                    database.run(statement, last=last)
                database.run(update, now=crowd.DUE, **{name: ticket[name] for name in changed if name != "version"})

        return timed(write)


def idle(url: str) -> float:
    """Seconds of a sweep that finds nothing due; the median of many."""
    with closing(connect(url)) as database:
        desk = Desk(database, FixedClock(crowd.START))
        return statistics.median(timed(lambda: sweep(desk, keep=False)) for _ in range(IDLE_SWEEPS))


def measure(made: Place, count: int, share: int, rounds: int) -> tuple[float, float]:
    """Ratios to the set-based floor and to executemany."""
    due = max(1, count * share // 100)
    source = made.fresh()
    crowd.gather(source, count, due)
    settle(source)
    sweeps, floors, replays = [], [], []
    for _ in range(rounds):
        arms = [made.copy(source) for _ in range(3)]
        seconds, batches, moved = ours(arms[0])
        assert moved in (due, due + 1, due - 1), f"{moved} of {due} tickets moved"
        sweeps.append(seconds / moved)
        replays.append(replay(arms[1], batches) / sum(len(batch[0][1]) for batch in batches[:REPLAYED]))
        floors.append(floor(arms[2], batches) / moved)
        for url in arms:
            made.drop(url)
    best = min(sweeps)  # what else the machine does only ever adds
    print(
        f"sweep  {made.kind:10} {count:>9,} open, {due:>9,} due   {best / min(floors):5.2f} × set-based   "
        f"{best / min(replays):5.2f} × executemany   {best * 1e6:6.0f} µs a ticket", flush=True,
    )
    if share == SHARES[0]:
        print(f"idle   {made.kind:10} {count:>9,} open                     {idle(source) / idle_on_nothing(made):5.2f} × an empty record",
              flush=True)
    made.drop(source)
    return best / min(floors), best / min(replays)


def idle_on_nothing(made: Place) -> float:
    url = made.fresh()
    crowd.found(url)
    settle(url)
    seconds = idle(url)
    made.drop(url)
    return seconds


def run(counts: Sequence[int] = (10_000, 100_000), rounds: int = 3, server: str | None = None) -> None:
    with place(server) as made:
        for count in counts:
            for share in SHARES:
                measure(made, count, share, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--db", help="a PostgreSQL server where databases may be made; SQLite without it")
    given = parser.parse_args()
    run(given.open, given.rounds, given.db)
