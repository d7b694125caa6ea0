"""`zg serve` as people start it: a free port, the link of the first administrator, the watch beside it, and an end that is asked for."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from engine.errors import NotPossible
from engine.web import server
from engine.web.server import address_of, listening
from tests.web.conftest import Office

ROOT = Path(__file__).parents[2]


def test_the_next_free_port_is_taken_where_one_is_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        listener, moved = listening("127.0.0.1", port)
        with listener:
            assert moved and listener.getsockname()[1] > port
    with listening("127.0.0.1", 0)[0] as anywhere:
        assert anywhere.getsockname()[1] > 0


def test_the_end_of_an_answer_waits_for_nobody() -> None:
    """asyncio turns Nagle's algorithm off only for a socket that says its protocol; else each answer waits 40 ms for an acknowledgement."""
    with listening("127.0.0.1", 0)[0] as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_an_address_at_which_nothing_can_listen_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "NEXT_PORTS", 2)
    with pytest.raises(NotPossible):
        listening("203.0.113.1", 8600)


@pytest.mark.parametrize(("host", "root", "address"), [
    ("127.0.0.1", "", "http://127.0.0.1:8600"), ("0.0.0.0", "/zg", "http://127.0.0.1:8600/zg"), ("::1", "", "http://[::1]:8600"),  # noqa: S104
])
def test_the_address_is_one_that_can_be_opened(host: str, root: str, address: str) -> None:
    assert address_of(host, 8600, root) == address


def test_it_says_where_it_is_answers_and_ends_when_asked(office: Office) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZG_")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from engine.cli import main; main()", "--db", office.settings.db, "serve", "--port", "0"],
        env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    try:
        assert process.stdout is not None
        address, link = (process.stdout.readline().strip() for _ in range(2))
        assert link.startswith(f"{address}/invite/")
        with urllib.request.urlopen(f"{address}/healthz", timeout=30) as answer:  # noqa: S310 – our own address
            assert answer.read() == b"ok\n"
        with urllib.request.urlopen(link, timeout=30) as answer:  # noqa: S310 – our own address
            assert b"admin" in answer.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)
    finally:
        process.kill()
        process.communicate()
