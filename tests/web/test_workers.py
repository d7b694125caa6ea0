"""Several processes at one address: one that dies is replaced, what it had in hand is nowhere half, and all end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

from engine.app.serving import open_record
from engine.desk.filing import incoming_folder
from engine.errors import NotPossible
from engine.record.evidence import SCRATCH
from engine.web.server import Wanted, serve
from tests.web.conftest import ROOT, Office, serving

PATIENCE_SECONDS = 60
Found = TypeVar("Found")

PROGRAM = """
import os, signal
from engine.web import workers
workers.PAUSE_SECONDS = 0.0

def work():
    print(os.getpid(), flush=True)
    signal.pause()

if __name__ == "__main__":
    workers.keep_at_work(2, work, 30.0)
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "supervisor.py").write_text(PROGRAM, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "supervisor.py")], env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.communicate()


def pid_of(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def all_ended(process: subprocess.Popen[str]) -> bool:
    """Waits until nobody has the end of the line any more to which all of them write."""
    assert process.stdout is not None
    return process.stdout.read() == ""


def test_a_worker_that_dies_is_replaced_and_all_end_when_the_supervisor_is_asked_to(supervisor: subprocess.Popen[str]) -> None:
    first, second = pid_of(supervisor), pid_of(supervisor)
    os.kill(first, signal.SIGKILL)
    assert pid_of(supervisor) not in (first, second)
    supervisor.send_signal(signal.SIGTERM)
    assert all_ended(supervisor) and supervisor.wait(PATIENCE_SECONDS) == 0


def test_workers_whose_supervisor_is_killed_end_by_themselves(supervisor: subprocess.Popen[str]) -> None:
    assert pid_of(supervisor) != pid_of(supervisor)
    supervisor.kill()
    assert all_ended(supervisor)


def test_a_record_in_a_file_is_served_by_one_process(office: Office) -> None:
    with pytest.raises(NotPossible) as refused:
        serve(office.settings, Wanted("127.0.0.1", 0, workers=2), pytest.fail, pytest.fail)
    assert refused.value.values["reason"] == "workers-on-file"


def soon(look: Callable[[], Found | None]) -> Found:
    """What there is to see, as soon as it is there."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (found := look()) is None:
        assert time.monotonic() < until
    return found


def children(pid: int) -> set[int]:
    return {int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()}


def opened(pid: int) -> Iterator[str]:
    """The files that a process has open now."""
    for path in Path(f"/proc/{pid}/fd").glob("*"):
        with suppress(FileNotFoundError):  # closed while this was looked at
            yield str(path.readlink())


@pytest.mark.postgres
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="which process has a file open is asked of Linux")
def test_a_worker_killed_in_the_middle_of_an_upload_leaves_nothing_half_and_another_answers(server_office: Office) -> None:
    with open_record(server_office.settings) as record:
        folder = incoming_folder(record.database)
    cookie = server_office.browser("office").client.cookies["zg_session"]

    def receiving(process: subprocess.Popen[str]) -> int | None:
        """The worker that writes what comes in."""
        return next((pid for pid in children(process.pid) if any(path.startswith(str(folder)) for path in opened(pid))), None)

    with serving(server_office, "--workers", "2") as (process, port), socket.create_connection(("127.0.0.1", port)) as line:
        whole = b'--x\r\ncontent-disposition: form-data; name="file"; filename="big.pdf"\r\n\r\n%PDF-1.7 ' + bytes(200_000)
        heads = f"POST /tickets/1/comment HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: zg_session={cookie}\r\nsec-fetch-site: same-origin\r\n"
        line.sendall(f"{heads}content-type: multipart/form-data; boundary=x\r\ncontent-length: 9000000\r\n\r\n".encode() + whole)
        killed = soon(lambda: receiving(process))
        os.kill(killed, signal.SIGKILL)
        ready = f"http://127.0.0.1:{port}/readyz"
        with urllib.request.urlopen(ready, timeout=PATIENCE_SECONDS) as answer:
            assert answer.read() == b"ok\n"
        assert line.recv(100) == b"", "whoever sent it sees that nobody has it"
        soon(lambda: len(children(process.pid) - {killed}) > 1 or None)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0
    assert server_office.zg.json("show", "1")["files"] == []
    left = [path.name for path in folder.iterdir() if path.is_file()]
    assert [name for name in left if not name.startswith(SCRATCH)] == [] != left, "a scratch file, which evidence clean takes away"
