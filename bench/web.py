"""Pages and API over HTTP, beside a bare FastAPI route that does one indexed read, in the same run and on the same record.

    python -m bench.web [--tickets 100000] [--open 2000] [--people 100] [--seconds 15] [--rounds 60] [--db postgresql://user@host:port]

First one person, in turns: the floor, each page, each JSON read and a write, so that a busy machine hits all alike; each is told as a
multiple of the floor at p50 and p99, the write less what the same act costs in the engine alone. Then many people at once, reading and
writing mixed, and the same many at the floor alone: a server of one process is busy all the time then, and everybody waits for everybody.
At the end what memory the server has, and had after the first third. Of a million tickets the closed ones take some minutes to make.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench import archive, crowd
from bench.place import Place, place

ROOT = Path(__file__).resolve().parents[1]
SERVE = "from engine.cli import main; main()"
PAGES = {"today": "/", "ledger": "/ledger", "ticket": "/tickets/{number}", "queue": "/queues/to-verify", "board": "/board"}
V1 = "/api/v1"
READS = {
    "ticket": f"{V1}/tickets/{{number}}", "twenty": f"{V1}/tickets?limit=20", "today": f"{V1}/today", "log": f"{V1}/tickets/{{number}}/log",
}
WRITE = f"{V1}/tickets/{{number}}/comment"
WRITES_OF_TEN, READS_OF_TEN = 1, 3
"""Of ten requests of many people so many write, and so many read JSON; the others read pages."""

LONGEST_ROUND = 600
"""Seconds for which the floor keeps a line that waits for its turn."""

ALONE_WRITES = 40
WARM = 3
"""Rounds that do not count."""


class Connection:
    """One browser: a connection that is kept, and a cookie."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, body: bytes | None = None) -> int:
        """The status of the answer, which is read whole."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader is not None
        method = "GET" if body is None else "POST"
        heads = f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\ncookie: zg_session={self.cookie}\r\n"
        heads += "sec-fetch-site: same-origin\r\n"
        if body is not None:
            heads += f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
        self.writer.write(f"{heads}\r\n".encode() + (body or b""))
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        assert length is not None, head
        await self.reader.readexactly(int(length[1]))
        if "connection: close" in head:
            self.close()
        return int(head.split()[1])

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None


@contextmanager
def serving(command: list[str], **environment: str) -> Iterator[tuple[int, int]]:
    """A server in a process of its own: its port, and the process."""
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("ZG_")} | {"PYTHONPATH": str(ROOT)} | environment,
    )
    try:
        assert process.stdout is not None
        port = re.search(r":(\d+)", process.stdout.readline())
        assert port is not None
        yield int(port[1]), process.pid
    finally:
        process.terminate()
        process.wait(30)


def floor(url: str) -> None:
    """A bare FastAPI route with one indexed read, on a connection that each thread keeps."""
    import threading

    import uvicorn
    from fastapi import FastAPI

    from engine.web.server import listening

    app, own = FastAPI(), threading.local()

    def connection() -> object:
        if url.startswith("sqlite"):
            import sqlite3

            return sqlite3.connect(url.removeprefix("sqlite:///"))
        import psycopg

        return psycopg.connect(url, autocommit=True)

    mark = "?" if url.startswith("sqlite") else "%s"

    @app.get("/floor/{number}")
    def read(number: str) -> dict[str, object]:
        if not hasattr(own, "connection"):
            own.connection = connection()
        row = own.connection.execute(f"SELECT number, title, state FROM ticket WHERE number = {mark}", (number,)).fetchone()
        return {"number": row[0], "title": row[1], "state": row[2]}

    listener, _ = listening("127.0.0.1", 0)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_keep_alive=LONGEST_ROUND)
    uvicorn.Server(config).run(sockets=[listener])


def sessions(url: str, accounts: list[str]) -> list[str]:
    """A browser's secret for each account."""
    from engine.clock import SystemClock
    from engine.record.connection import connect
    from engine.registry.sessions import begin
    from engine.rules.access import Actor

    with closing(connect(url)) as database:
        return [begin(database, Actor(name, "", None, "web"), SystemClock().now()) for name in accounts]


def engine_seconds(made: Place, url: str) -> float:
    """What the same act costs the engine alone, on a copy."""
    from engine.clock import FixedClock
    from engine.desk.tickets import Desk
    from engine.record.connection import connect
    from engine.rules.acts.command import Command

    copied, found = made.copy(url), []
    with closing(connect(copied)) as database:
        desk = Desk(database, FixedClock(crowd.LATER))
        for serial in range(1, ALONE_WRITES + 1):
            begun = time.perf_counter()
            desk.do(crowd.OFFICE, f"ZG-{crowd.YEAR}-{serial:04d}", Command("comment", words={"note": "一句话"}))
            found.append(time.perf_counter() - begun)
    made.drop(copied)
    return statistics.median(found)


def memory(pid: int) -> float:
    """Megabytes of a process that lie in memory."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", text)
    return int(found[1]) / 1024 if found else 0.0


def processor(pid: int) -> float:
    """Seconds that all threads of a process had of a processor: what other programs take does not count."""
    return sum(
        int(path.read_text(encoding="ascii").split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")
    ) / 1e9


def at(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


class Town:
    """What is asked: a floor, a server, and the numbers of tickets."""

    def __init__(self, bare: tuple[int, int], ours: tuple[int, int], cookies: list[str], tickets: int, open_: int) -> None:
        (self.floor_port, self.floor_pid), (self.port, self.pid) = bare, ours
        self.cookies, self.spent = cookies, dict[str, list[float]]()
        self.tickets, self.open = tickets, open_
        self.chance = random.Random(7)  # noqa: S311 – luck, no secret

    def number(self, among: int) -> str:
        return f"ZG-{crowd.YEAR}-{self.chance.randint(1, among):04d}"

    def told(self, path: str) -> str:
        return path.replace("{number}", self.number(self.tickets))

    async def timed(self, connection: Connection, path: str, body: bytes | None = None) -> float:
        begun = time.perf_counter()
        status = await connection.ask(path, body)
        assert status in (200, 201, 303), (path, status)
        return time.perf_counter() - begun

    async def write(self, connection: Connection) -> float:
        return await self.timed(connection, WRITE.replace("{number}", self.number(self.open)), json.dumps({"note": "一句话"}).encode())

    async def alone(self, rounds: int) -> dict[str, list[float]]:
        """One person, everything in turns."""
        bare, ours = Connection(self.floor_port, ""), Connection(self.port, self.cookies[0])
        kinds: dict[str, Callable[[], Awaitable[float]]] = {
            "floor": lambda: self.timed(bare, self.told("/floor/{number}")), "write": lambda: self.write(ours),
            **{f"page {name}": (lambda path=path: self.timed(ours, self.told(path))) for name, path in PAGES.items()},
            **{f"json {name}": (lambda path=path: self.timed(ours, self.told(path))) for name, path in READS.items()},
        }
        found: dict[str, list[float]] = defaultdict(list)
        for round_, (kind, ask) in itertools.product(range(rounds + WARM), kinds.items()):
            pid = self.floor_pid if kind == "floor" else self.pid
            before, took, spent = processor(pid), await ask(), processor(pid)
            if round_ >= WARM:
                found[kind].append(took)
                self.spent.setdefault(kind, []).append(spent - before)
        bare.close()
        ours.close()
        return found

    async def together(self, people: int, seconds: float, port: int) -> dict[str, list[float]]:
        """Many people at once: at the floor, or reading and writing mixed."""
        found: dict[str, list[float]] = defaultdict(list)
        until = time.perf_counter() + seconds

        async def person(place: int) -> None:
            own = Connection(port, self.cookies[place % len(self.cookies)])
            while time.perf_counter() < until:
                lot = self.chance.randrange(10)
                if port == self.floor_port:
                    found["floor"].append(await self.timed(own, self.told("/floor/{number}")))
                elif lot < WRITES_OF_TEN:
                    found["write"].append(await self.write(own))
                else:
                    kind, paths = ("json", READS) if lot < WRITES_OF_TEN + READS_OF_TEN else ("page", PAGES)
                    found[kind].append(await self.timed(own, self.told(self.chance.choice([*paths.values()]))))
            own.close()

        await asyncio.gather(*map(person, range(people)))
        return found


def run(tickets: int, open_: int, people: int, seconds: float, rounds: int, server: str | None) -> None:
    """Makes the record, serves it, asks, and prints."""
    with place(server) as made:
        url = made.fresh()
        crowd.gather(url, open_, open_ // 4)
        if tickets > open_:
            archive.archive(url, tickets - open_)
        made.settle(url)
        engine = engine_seconds(made, url)
        cookies = sessions(url, ["office"] * 4)
        command = ["-c", SERVE, "--db", url, "serve", "--no-watch", "--port", "0"]
        with serving([__file__, "--floor", url]) as bare, serving(command) as ours:
            town, (port, pid) = Town(bare, ours, cookies, tickets, open_), ours
            alone = asyncio.run(town.alone(rounds))
            before = memory(pid)
            crowded = asyncio.run(town.together(people, seconds, bare[0]))
            mixed = asyncio.run(town.together(people, seconds / 3, port))
            between = memory(pid)
            for kind, values in asyncio.run(town.together(people, seconds * 2 / 3, port)).items():
                mixed[kind] += values
            after = memory(pid)
        tell(made.kind, tickets, alone, town.spent, engine, crowded["floor"], mixed)
        done, bare_done = (len(values) / seconds for values in ([*itertools.chain(*mixed.values())], crowded["floor"]))
        print(f"  {people} people: {done:.0f} requests a second, the floor {bare_done:.0f}; "
              f"memory {before:.0f} MB alone, {between:.0f} after a third, {after:.0f} at the end")


def tell(
    kind: str, tickets: int, alone: dict[str, list[float]], spent: dict[str, list[float]], engine: float, crowded: list[float],
    mixed: dict[str, list[float]],
) -> None:
    """Every figure as a multiple of the floor of its own part."""
    base, bare = alone.pop("floor"), statistics.median(spent["floor"])
    print(f"web  {kind}, {tickets} tickets: floor {at(base, .5) * 1e3:.2f} ms p50, {at(base, .99) * 1e3:.2f} ms p99, "
          f"{bare * 1e3:.2f} ms of a processor; engine alone {engine * 1e3:.2f} ms a write")
    for name, values in alone.items():
        less = engine if name == "write" else 0.0
        more = " less the engine's" if less else ""
        print(f"  {name:12} {(at(values, .5) - less) / at(base, .5):6.2f} × p50"
              f"  {(at(values, .99) - less) / at(base, .99):6.2f} × p99"
              f"  {statistics.median(spent[name]) / bare:6.2f} × processor"
              f"   ({at(values, .5) * 1e3:.2f} ms){more}")
    told = [
        f"{name} {at(found, .5) / at(crowded, .5):.2f} ×, {at(found, .99) / at(crowded, .99):.2f} ×"
        for name, found in sorted(mixed.items())
    ]
    print(f"  crowd: floor {at(crowded, .5) * 1e3:.0f} ms p50, {at(crowded, .99) * 1e3:.0f} ms p99; {'; '.join(told)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--open", type=int, default=2_000, dest="open_")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--db", help="a PostgreSQL server where databases may be made")
    parser.add_argument("--floor", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.floor:
        floor(given.floor)
    else:
        run(given.tickets, given.open_, given.people, given.seconds, given.rounds, given.db)
