"""A server that is measured, in processes of its own: its address, its memory, its processor time; and a browser's connection to it."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Served(NamedTuple):
    """A running server: its port, and the process that was started, with whichever that one started."""

    port: int
    pid: int

    def processes(self) -> list[int]:
        """Those that answer: the workers, where there are any."""
        text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        workers = [int(pid) for pid in text.split() if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        return workers or [self.pid]

    def memory(self) -> float:
        """Megabytes of the largest of the processes that lie in memory."""
        return max(_memory(pid) for pid in self.processes())

    def processor(self) -> float:
        """Seconds that all threads had of a processor: what other programs take does not count."""
        return sum(_processor(pid) for pid in self.processes())


def _memory(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def _processor(pid: int) -> float:
    """Linux has a clock for each process, which counts its threads, also those that ended."""
    return time.clock_gettime((~pid << 3) | 2)


@contextmanager
def serving(*command: str, **environment: str) -> Iterator[Served]:
    """A Python program that serves until it is told to end, and says first where."""
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("ZG_")} | {"PYTHONPATH": str(ROOT)} | environment,
    )
    try:
        assert process.stdout is not None
        port = re.search(r":(\d+)", process.stdout.readline())
        assert port is not None
        yield Served(int(port[1]), process.pid)
    finally:
        process.terminate()
        process.wait(30)


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
