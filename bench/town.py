"""People who ask a server: one who tries everything in turns, or many at once."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable

from bench import crowd
from bench.served import Connection, Served

PAGES = {
    "today": "/", "ledger": "/ledger", "ticket": "/tickets/{number}", "queue": "/queues/to-verify", "board": "/ledger/board",
    "rounds": "/board",
}
V1 = "/api/v1"
READS = {
    "ticket": f"{V1}/tickets/{{number}}", "twenty": f"{V1}/tickets?limit=20", "today": f"{V1}/today", "log": f"{V1}/tickets/{{number}}/log",
}
WRITE = f"{V1}/tickets/{{number}}/comment"
BARE = "/floor/{number}"
FLOORS_OF_TEN, WRITES_OF_TEN, READS_OF_TEN = 1, 1, 3
"""Of ten requests of many people so many are for the floor, so many write, and so many read JSON; the others read pages."""

FLOOR = "floor"
WARM = 3
"""Rounds that do not count."""

Found = dict[str, list[float]]
"""By kind of request, the seconds of each."""


class Town:
    """What is asked: a floor, a server, and the numbers of tickets."""

    def __init__(self, bare: Served, ours: Served, cookies: list[str], tickets: int, open_: int) -> None:
        self.bare, self.ours = bare, ours
        self.cookies, self.spent = cookies, Found()
        self.tickets, self.open = tickets, open_
        self.chance = random.Random(7)  # noqa: S311 – luck, no secret

    async def alone(self, rounds: int) -> Found:
        """One person, everything in turns; what the processors spent for each is in `spent`."""
        bare, ours = Connection(self.bare.port, ""), Connection(self.ours.port, self.cookies[0])
        kinds: dict[str, Callable[[], Awaitable[float]]] = {
            FLOOR: lambda: self._read(bare, BARE), "write": lambda: self._write(ours),
            **{f"page {name}": (lambda path=path: self._read(ours, path)) for name, path in PAGES.items()},
            **{f"json {name}": (lambda path=path: self._read(ours, path)) for name, path in READS.items()},
        }
        found: Found = defaultdict(list)
        for round_, (kind, ask) in itertools.product(range(rounds + WARM), kinds.items()):
            server = self.bare if kind == FLOOR else self.ours
            before, took, spent = server.processor(), await ask(), server.processor()
            if round_ >= WARM:
                found[kind].append(took)
                self.spent.setdefault(kind, []).append(spent - before)
        bare.close()
        ours.close()
        return found

    async def together(self, people: int, seconds: float, pause: float, server: Served) -> Found:
        """Many people at once, each pausing for so long in the mean: at the floor's own server, or reading and writing mixed at ours."""
        found: Found = defaultdict(list)
        until = time.perf_counter() + seconds

        async def person(place: int) -> None:
            own = Connection(server.port, self.cookies[place % len(self.cookies)])
            while True:
                await asyncio.sleep(self.chance.expovariate(1 / pause) if pause else 0)
                if time.perf_counter() >= until:
                    break
                kind = FLOOR if server is self.bare else self._kind()
                found[kind].append(await self._ask(own, kind))
            own.close()

        await asyncio.gather(*map(person, range(people)))
        return found

    def _kind(self) -> str:
        weights = {FLOOR: FLOORS_OF_TEN, "write": WRITES_OF_TEN, "json": READS_OF_TEN}
        weights["page"] = 10 - sum(weights.values())
        return self.chance.choices([*weights], [*weights.values()])[0]

    async def _ask(self, connection: Connection, kind: str) -> float:
        if kind == "write":
            return await self._write(connection)
        paths = {FLOOR: [BARE], "json": [*READS.values()], "page": [*PAGES.values()]}[kind]
        return await self._read(connection, self.chance.choice(paths))

    async def _read(self, connection: Connection, path: str) -> float:
        return await self._timed(connection, path.replace("{number}", self._number(self.tickets)))

    async def _write(self, connection: Connection) -> float:
        return await self._timed(connection, WRITE.replace("{number}", self._number(self.open)), json.dumps({"note": "一句话"}).encode())

    async def _timed(self, connection: Connection, path: str, body: bytes | None = None) -> float:
        begun = time.perf_counter()
        status = await connection.ask(path, body)
        assert status in (200, 201, 303), (path, status)
        return time.perf_counter() - begun

    def _number(self, among: int) -> str:
        return f"ZG-{crowd.YEAR}-{self.chance.randint(1, among):04d}"
