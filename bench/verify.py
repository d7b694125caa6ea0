"""`zg audit verify` against plain Python that reads the rows and hashes them, and `zg audit rebuild` against `verify`. Prints medians of
paired rounds, and the memory it took.

    python bench/verify.py [--events 140000] [--rounds 3] [--seals 20]

Floor: the same rows by the bare driver, for every event its canonical body made with `json` and SHA-256 over the hash before it. `bare` is
less than anybody could do with: SHA-256 over the columns as they come. Ours checks besides: canonical form, words, fold, rows, cooperators,
numbers, seals. Rebuilding makes an equal record and verifies that. CPU time, so that a busy machine hits both alike.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import crowd
from bench.place import place
from engine.audit.audited import Audited
from engine.audit.rebuild import rebuild
from engine.audit.sealing import seal
from engine.audit.verify import verify
from engine.clock import FixedClock
from engine.record.connection import connect

COLUMNS = "stream, seq, at, actor, role, unit, via, kind, from_state, to_state, data, words, hash"
NAMES = ("ticket", "seq", "at", "actor", "role", "unit", "via", "kind", "from", "to")


def floor(path: str) -> int:
    """Every event's hash from its columns, by the standard library alone."""
    connection = sqlite3.connect(path)
    stream, previous, bad = -1, b"", 0
    for row in connection.execute(f"SELECT {COLUMNS} FROM event ORDER BY stream, seq"):
        if row[0] != stream:
            stream, previous = row[0], bytes(32)
        told = dict(zip(NAMES, row, strict=False)) | {"data": json.loads(row[10]), "v": 1}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(previous + text.encode()).digest()
        bad += previous != row[12]
    for _ in connection.execute("SELECT * FROM ticket ORDER BY id"):
        pass
    return bad


def bare(path: str) -> int:
    """The columns as they come, hashed."""
    connection = sqlite3.connect(path)
    previous = b""
    for row in connection.execute(f"SELECT {COLUMNS} FROM event ORDER BY stream, seq"):
        previous = hashlib.sha256(previous + "|".join(map(str, row[:12])).encode()).digest()
    for _ in connection.execute("SELECT * FROM ticket ORDER BY id"):
        pass
    return 0


def ours(url: str) -> int:
    with closing(connect(url)) as database:
        audited = Audited()
        assert next(verify(database, audited), None) is None
        return audited.events


def remade(url: str, fresh: str) -> None:
    """An equal record at a fresh address, verified."""
    with closing(connect(url)) as database:
        assert not rebuild(database, fresh).findings


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def paired(path: str, url: str) -> tuple[float, float, float]:
    """Seconds of the floor, of the bare driver and of ours. The floor runs before ours and after it, since what it costs moves by a fifth
    from one minute to the next: ours stands beside the mean of both.
    """
    before, driver = timed(lambda: floor(path)), timed(lambda: bare(path))
    mine = timed(lambda: ours(url))
    return (before + timed(lambda: floor(path))) / 2, driver, mine


def run(events: int, rounds: int, seals: int) -> None:
    with place(None) as made:
        url, clock = made.fresh(), FixedClock(crowd.START)
        path = url.removeprefix("sqlite:///")
        crowd.gather(url, events // 3, 0)
        with closing(connect(url)) as database:
            for _ in range(seals):
                seal(database, clock, crowd.OFFICE)
                crowd_event(database, clock)
            seal(database, clock, crowd.OFFICE)
        assert floor(path) == 0
        found = [paired(path, url) for _ in range(rounds)]
        ratio, over_bare = (statistics.median(item[2] / item[place] for item in found) for place in (0, 1))
        again = [timed(lambda: remade(url, made.fresh())) / verified for _, _, verified in found]
        tracemalloc.start()
        count = ours(url)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        print(f"verify  {ratio:.2f} × floor, {over_bare:.2f} × bare   ({count} events, {rounds} rounds, floor "
              f"{statistics.median(item[0] for item in found):.2f} s CPU; peak {peak:.1f} MiB of Python's memory)")
        print(f"rebuild {statistics.median(again):.2f} × verify")


def crowd_event(database: object, clock: FixedClock) -> None:
    """Something happens, so that there is something to seal."""
    from engine.record import journal

    with database.write():  # type: ignore[attr-defined]
        journal.administer(database, "read", clock.now(), crowd.OFFICE, {"what": "log"})  # type: ignore[arg-type]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=140_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seals", type=int, default=20)
    given = parser.parse_args()
    run(given.events, given.rounds, given.seals)
