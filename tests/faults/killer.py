"""Kills workers with SIGKILL at random moments and starts others at once, then prints as JSON what they had acknowledged.

`python -m tests.faults.killer URL KILLS SEED KIND…` – a process of its own, because it forks: everything is imported and read once, so
that a new worker costs milliseconds and the kills fall into the writing, not into what comes before it.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module

from tests.faults.hands import warm, work

WORKERS = 2
LONGEST_LIFE = 0.05
"""Seconds, for three of four counted from the first word on; every fourth may die while it connects."""

LONGEST_SILENCE = 10
"""Seconds. A machine may be slow; a worker that says nothing for so long is stuck."""

for name in ("engine.rules.machine", "engine.app.founding", "psycopg", "sqlite3", "alembic.command", "sqlalchemy"):
    import_module(name)  # before the first fork


@dataclass
class Worker:
    """A forked process, and what it said so far."""

    pid: int
    pipe: int
    dies_at: float
    life: float
    said: bytearray = field(default_factory=bytearray)

    def listen(self) -> bool:
        """Reads what is there; False at the end. The first word begins the last part of a life."""
        piece = os.read(self.pipe, 65536)
        if piece and not self.said:
            self.dies_at = min(self.dies_at, time.monotonic() + self.life)
        self.said += piece
        return bool(piece)

    def kill(self) -> list[str]:
        """Kills it and returns the whole lines it said: a line that is cut was never acknowledged."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        while self.listen():
            pass
        os.close(self.pipe)
        return self.said.decode().split("\n")[:-1]


def start(url: str, seed: int, kinds: tuple[str, ...], life: float, silence: float) -> Worker:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            work(url, seed, kinds, lambda line: (os.write(writer, f"{line}\n".encode()), None)[1])
        except BaseException as error:
            os.write(writer, f"died {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(1)
    os.close(writer)
    return Worker(pid, reader, time.monotonic() + silence, life)


def kill_many(url: str, kills: int, seed: int, kinds: tuple[str, ...]) -> list[str]:
    """Every line that was acknowledged before `kills` deaths."""
    warm(url)
    luck = random.Random(seed)  # noqa: S311 – a seed that can be given again
    said: list[str] = []

    def fresh() -> Worker:
        life = luck.uniform(0, LONGEST_LIFE)
        return start(url, luck.getrandbits(32), kinds, life, life if luck.random() < 0.25 else LONGEST_SILENCE)

    workers = [fresh() for _ in range(WORKERS)]
    for _ in range(kills):
        while (wait := min(worker.dies_at for worker in workers) - time.monotonic()) > 0:
            for pipe in select.select([worker.pipe for worker in workers], [], [], wait)[0]:
                worker = next(worker for worker in workers if worker.pipe == pipe)
                if not worker.listen():
                    worker.dies_at = 0
        dying = min(workers, key=lambda worker: worker.dies_at)
        workers.remove(dying)
        said += dying.kill()
        workers.append(fresh())
    for worker in workers:
        said += worker.kill()
    return said


if __name__ == "__main__":
    sys.stdout.write(json.dumps(kill_many(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), tuple(sys.argv[4:]))))
