"""Pages and API over HTTP, beside a bare FastAPI route that does one indexed read, in the same run and on the same record.

    python -m bench.web [--tickets 100000] [--open 2000] [--people 100] [--seconds 15] [--pause 1] [--rounds 60] [--workers 1]
                        [--db postgresql://user@host:port] [--record URL]

First one person, in turns: the floor on a server of its own, each page, each JSON read and a write, so that a busy machine hits all alike.
Each is told as a multiple of the floor at p50 and p99, the write less what the same act costs in the engine alone.

Then many people at once, reading and writing mixed; one of ten of their requests is for the floor. Told of pages, JSON and writes:

- beside: as a multiple of the bare route that the *same processes* answer while they answer the mix, asked by the same people. Whoever
  waits behind others waits alike on both sides, so this says how much longer than the barest answer a page takes for one of the crowd.
- apart: as a multiple of what as many people get who ask nothing but the floor, from a server of its own, and pause as long.

Both are taken twice. People at work pause between an answer and the next request, by chance and one second in the mean: 100 of them keep
a server busy for a good part of its time, and this is what they wait. In a rush nobody pauses: a server is busy all the time then, and
everybody waits for everybody. All kinds of the mix take the same time, apart as many times the floor's as an average request of the mix
has work, and beside less than the floor, for which FastAPI asks a thread twice. It says how many answers a second two servers give.
On a machine where others are at work none of this means much but what a request takes of a processor, which is told of both (of ours with
that tenth that is the floor; what a database's own processes work is in none).

At the end what memory the largest process has, alone, after the first third of the rush and after the last. `--record` takes a record
that `python -m bench.archive` made.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from bench import archive, crowd
from bench.floor import BESIDE
from bench.place import place, settle
from bench.served import serving
from bench.town import FLOOR, Found, Town

ALONE_WRITES = 40
WARM_SECONDS = 1.0
"""Seconds of each crowd that do not count."""


@contextmanager
def record(tickets: int, open_: int, server: str | None, made_before: str | None) -> Iterator[str]:
    """The address of a record with so many tickets."""
    if made_before is not None:
        yield made_before
        return
    with place(server) as made:
        url = made.fresh()
        crowd.gather(url, open_, open_ // 4)
        if tickets > open_:
            archive.archive(url, tickets - open_)
        settle(url)
        yield url


def sizes(url: str) -> tuple[int, int]:
    """How many tickets a record has, and how many of them are open: those of the lowest numbers."""
    from engine.record.connection import connect

    with closing(connect(url)) as database:
        [(last,)] = database.rows("SELECT max(serial) FROM ticket")
        [(first_closed,)] = database.rows("SELECT min(serial) FROM ticket WHERE final")
        return last, (first_closed or last + 1) - 1


def sessions(url: str, accounts: list[str]) -> list[str]:
    """A browser's secret for each account."""
    from engine.clock import SystemClock
    from engine.record.connection import connect
    from engine.registry.sessions import begin
    from engine.rules.access import Actor

    with closing(connect(url)) as database:
        return [begin(database, Actor(name, "", None, "web"), SystemClock().now()) for name in accounts]


class Cost(NamedTuple):
    """Of one act in the engine alone: seconds that pass, and seconds of a processor."""

    passed: float
    worked: float


def engine_cost(url: str) -> Cost:
    """What the act costs the engine alone, on the same record."""
    from engine.clock import FixedClock
    from engine.desk.tickets import Desk
    from engine.record.connection import connect
    from engine.rules.acts.command import Command

    found = []
    with closing(connect(url)) as database:
        desk = Desk(database, FixedClock(crowd.START))
        for serial in range(1, ALONE_WRITES + 1):
            passed, worked = time.perf_counter(), time.process_time()
            desk.do(crowd.OFFICE, f"ZG-{crowd.YEAR}-{serial:04d}", Command("comment", words={"note": "一句话"}))
            found.append(Cost(time.perf_counter() - passed, time.process_time() - worked))
    return Cost(*map(statistics.median, zip(*found, strict=True)))


def run(url: str, people: int, seconds: float, pause: float, rounds: int, workers: int) -> None:
    """Serves a record, asks, and prints."""
    tickets, open_ = sizes(url)
    engine = engine_cost(url)
    cookies = sessions(url, ["office"] * 4)
    serve = ("bench/floor.py", "--db", url, "serve", "--no-watch", "--port", "0", "--workers", str(workers))
    with serving("bench/floor.py", url) as bare, serving(*serve, **{BESIDE: url}) as ours:
        town = Town(bare, ours, cookies, tickets, open_)
        alone = asyncio.run(town.alone(rounds))
        print(f"web  {url.partition(':')[0]}, {tickets} tickets, {open_} of them open, {workers} processes of ours, 1 of the floor")
        tell_alone(alone, town.spent, engine)
        memory = [ours.memory()]
        for name, each in ((f"at work, a pause of {pause:g} s", pause), ("a rush", 0.0)):
            asyncio.run(town.together(people, WARM_SECONDS, each, ours))
            worked = [bare.processor(), ours.processor()]
            apart = asyncio.run(town.together(people, seconds, each, bare))[FLOOR]
            first = asyncio.run(town.together(people, seconds / 3, each, ours))
            memory.append(ours.memory())
            mixed = joined(first, asyncio.run(town.together(people, seconds * 2 / 3, each, ours)))
            memory.append(ours.memory())
            worked = [bare.processor() - worked[0], ours.processor() - worked[1]]
            tell_crowd(f"{people} people, {name}", mixed, apart, engine.passed, seconds)
            floor, each_of_ours = worked[0] / len(apart), worked[1] / sum(map(len, mixed.values()))
            print(f"    of a processor: {each_of_ours * 1e3:.2f} ms a request of the mix, {each_of_ours / floor:.2f} × that of the floor")
        print(f"  memory: {memory[0]:.0f} MB alone, {memory[2]:.0f} after the work, {memory[3]:.0f} after a third of the rush, "
              f"{memory[4]:.0f} at the end")


def joined(one: Found, other: Found) -> Found:
    return {kind: [*one.get(kind, ()), *other.get(kind, ())] for kind in {**one, **other}}


def at(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def times(values: list[float], less: float, base: list[float]) -> str:
    """p50 and p99 as multiples of those of another list."""
    return " ".join(f"{(at(values, share) - less) / at(base, share):6.2f} × p{share * 100:.0f}" for share in (.5, .99))


def told(values: list[float]) -> str:
    return f"{at(values, .5) * 1e3:.2f} ms p50, {at(values, .99) * 1e3:.2f} ms p99"


def tell_alone(alone: Found, spent: Found, engine: Cost) -> None:
    """What one person waits, and what a processor works for it."""
    base, work = alone[FLOOR], statistics.median(spent[FLOOR])
    print(f"  one person: floor {told(base)}, {work * 1e3:.2f} ms of a processor; "
          f"engine alone {engine.passed * 1e3:.2f} ms a write")
    for name, values in alone.items():
        less = engine if name == "write" else Cost(0.0, 0.0)
        worked = (statistics.median(spent[name]) - less.worked) / work
        if name != FLOOR:
            print(f"    {name:12} {times(values, less.passed, base)}  {worked:6.2f} × processor   ({at(values, .5) * 1e3:.2f} ms)"
                  f"{' less the engine’s' if name == 'write' else ''}")


def tell_crowd(name: str, mixed: Found, apart: list[float], engine: float, seconds: float) -> None:
    """What each of many people waits."""
    beside = mixed[FLOOR]
    print(f"  {name}: {sum(map(len, mixed.values())) / seconds:.0f} requests a second; floor beside {told(beside)}, apart {told(apart)} at "
          f"{len(apart) / seconds:.0f} a second")
    for kind in ("page", "json", "write"):
        less = engine if kind == "write" else 0.0
        print(f"    {kind:6} {at(mixed[kind], .5) * 1e3:7.1f} ms   beside {times(mixed[kind], less, beside)}   "
              f"apart {times(mixed[kind], less, apart)}{'   less the engine’s' if less else ''}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--open", type=int, default=2_000, dest="open_")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--pause", type=float, default=1, help="seconds in the mean")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=1, help="several need a server")
    parser.add_argument("--db", help="a PostgreSQL server where databases may be made")
    parser.add_argument("--record", help="the address of a record that was made before")
    given = parser.parse_args()
    with record(given.tickets, given.open_, given.db, given.record) as url:
        run(url, given.people, given.seconds, given.pause, given.rounds, given.workers)
