"""Couriers as real processes, killed in mid-delivery, and servers that go away and come back: nothing is lost, and a repetition shows."""

from __future__ import annotations

import email
import email.policy
import os
import random
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from engine.notices.setup import EmailSetup, Setup, WebhookSetup
from engine.notices.setup_table import Secret
from tests.notices.conftest import Hub, Office, mail_server, wait_for

ROOT = Path(__file__).resolve().parents[2]

COURIER = """
import sys
from datetime import datetime, timedelta
from engine.notices import outbox
from engine.notices.delivery import deliver
from engine.notices.setup import EmailSetup, Setup, WebhookSetup
from engine.notices.setup_table import Secret
from engine.record.connection import connect
from engine.rules.timing.climb import WATCHER
from tests.notices.conftest import Hand
url, port, hook, secret, now = sys.argv[1:]
outbox.LEASE = outbox.FIRST_PAUSE = outbox.LONGEST_PAUSE = timedelta()  # nobody waits here
outbox.MOST_TRIES = 1000
setup = Setup(email=EmailSetup("127.0.0.1", int(port), "none", "zg@example.gov.cn"), webhooks=(WebhookSetup("hub", hook, Secret(secret)),))
with_ = connect(url)
while deliver(with_, Hand(datetime.fromisoformat(now)), WATCHER, setup).waiting:
    pass
"""


@dataclass
class Danger:
    """Kills the courier now and then, before or after the other side has it, or lets the other side break off."""

    dice: random.Random
    kills_left: int
    courier: subprocess.Popen[bytes] | None = None
    killed: int = 0
    broken: int = 0

    def strikes(self) -> str | None:
        if self.kills_left > 0 and self.courier is not None and self.dice.random() < 0.25:
            self.kills_left -= 1
            if self.dice.random() < 0.7:
                os.kill(self.courier.pid, signal.SIGKILL)
                self.killed += 1
                return "killed"
            self.broken += 1
            return "broken"
        return None


@dataclass
class Postman:
    """A mail server that breaks off in mid-letter."""

    danger: Danger
    letters: list[tuple[str, str, str]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        before = self.danger.dice.random() < 0.5
        if not before:
            self._keep(envelope, letter)
        if self.danger.strikes() == "broken":
            server.transport.close()
        elif before:
            self._keep(envelope, letter)
        return "250 OK"

    def _keep(self, envelope: Any, letter: Any) -> None:
        self.letters.append((envelope.rcpt_tos[0], letter["Zhenggai-Key"], letter.get_content()))


def mishaps(office: Office, hub: Hub, record_url: str, tmp_path: Path, *, units: int, tickets: int, kills: int, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 – a test that can be repeated
    danger = Danger(dice, kills)
    leads = [row[0] for row in office.database.rows("SELECT unit FROM account WHERE role = 'contact' ORDER BY name")][:units]
    with office.database.write():
        office.database.run("UPDATE account SET email = name || '@example.gov.cn' WHERE role = 'contact'")
    hub.answer = _answering(danger)
    (tmp_path / "key").write_text("whisper")
    postman = Postman(danger)
    with ExitStack() as stack:
        port = stack.enter_context(mail_server(postman))
        office.setup = Setup(
            email=EmailSetup("127.0.0.1", port, "none", "zg@example.gov.cn"),
            webhooks=(WebhookSetup("hub", hub.url, Secret(str(tmp_path / "key"))),),
        )
        office.deliver()
        numbers = [office.assigned(f"第{place}件", lead=lead) for place in range(tickets) for lead in leads]
        while True:
            danger.courier = _courier(record_url, port, hub.url, tmp_path / "key", office)
            wait_for(lambda: danger.courier is not None and danger.courier.poll() is not None, 120)
            if danger.courier.returncode == 0:
                break
            assert danger.courier.returncode == -signal.SIGKILL
    assert danger.killed and danger.broken
    assert office.database.rows("SELECT COUNT(*) FROM notice WHERE sent_at IS NULL OR dead") == [(0,)]
    told = {event["id"]: event for event in hub.events}
    assert sorted(event["subject"] for event in told.values()) == sorted(numbers)
    for key, times in Counter(event["id"] for event in hub.events).items():
        assert times == 1 or all(event["data"]["seq"] == told[key]["data"]["seq"] for event in hub.events if event["id"] == key)
    texts: dict[str, set[str]] = {}
    for _, key, text in postman.letters:
        texts.setdefault(key, set()).add(text)
    assert all(len(same) == 1 for same in texts.values()), "the same key, the same letter"
    for number in numbers:
        assert sum(number in text for (text,) in texts.values()) == 1, "each ticket is told in exactly one letter"


def _answering(danger: Danger) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        struck = danger.strikes()
        if struck == "broken":
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        try:
            handler.send_response(204)
            handler.end_headers()
        except OSError:
            return

    return answer


def _courier(url: str, port: int, hook: str, secret: Path, office: Office) -> subprocess.Popen[bytes]:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("ZG_", "COV"))}
    return subprocess.Popen(
        [sys.executable, "-c", COURIER, url, str(port), hook, str(secret), office.clock.now().isoformat()], cwd=ROOT,
        env={**known, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize("record_url", ["sqlite"], indirect=True)
def test_couriers_killed_in_mid_delivery_lose_nothing_and_every_repetition_shows(
    office: Office, hub: Hub, record_url: str, tmp_path: Path,
) -> None:
    mishaps(office, hub, record_url, tmp_path, units=6, tickets=3, kills=6, seed=1)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10))
def test_many_couriers_killed_in_mid_delivery(office: Office, hub: Hub, record_url: str, tmp_path: Path, seed: int) -> None:
    mishaps(office, hub, record_url, tmp_path, units=20, tickets=10, kills=60, seed=seed)


POSTMAN = """
import asyncio, email, email.policy, os, pathlib, signal, sys, uuid
from aiosmtpd.smtp import SMTP
port, folder, dies_at, keeps = int(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "keeps"
class Postman:
    letters = 0
    def keep(self, envelope):
        (folder / uuid.uuid4().hex).write_bytes(envelope.content)
    async def handle_DATA(self, server, session, envelope):
        self.letters += 1
        if self.letters == dies_at:
            if keeps:
                self.keep(envelope)
            os.kill(os.getpid(), signal.SIGKILL)
        self.keep(envelope)
        return "250 OK"
async def serve():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Postman()), "127.0.0.1", port, reuse_address=True)
    async with server:
        await server.serve_forever()
asyncio.run(serve())
"""


@contextmanager
def postman(port: int, folder: Path, dies_at: int, keeps: bool) -> Iterator[subprocess.Popen[bytes]]:
    """A mail server as a process; it answers when this is entered, and is killed while it takes that letter (0: never)."""
    process = subprocess.Popen([sys.executable, "-c", POSTMAN, str(port), str(folder), str(dies_at), "keeps" if keeps else ""])
    try:
        wait_for(lambda: _answers(port))
        yield process
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("keeps", [True, False], ids=["after-it-kept-the-letter", "before-it-kept-the-letter"])
def test_a_mail_server_killed_in_mid_letter_and_started_again_on_its_port_gets_every_letter(
    office: Office, tmp_path: Path, keeps: bool,
) -> None:
    box = tmp_path / "letters"
    box.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    leads = [row[0] for row in office.database.rows("SELECT unit FROM account WHERE role = 'contact' ORDER BY name")][:4]
    with office.database.write():
        office.database.run("UPDATE account SET email = name || '@example.gov.cn' WHERE role = 'contact'")
    office.setup = Setup(email=EmailSetup("127.0.0.1", port, "none", "zg@example.gov.cn"))
    office.deliver()
    numbers = [office.assigned(f"第{place}件", lead=lead) for place, lead in enumerate(leads)]
    with postman(port, box, 2, keeps) as first:
        done = office.deliver()
        assert first.wait(timeout=30) == -signal.SIGKILL
    assert done.sent == 1 and done.waiting == 3
    office.clock.later(minutes=5)
    assert office.deliver().sent == 0
    office.clock.later(minutes=30)
    with postman(port, box, 0, keeps):
        assert office.deliver().sent == 3
    assert office.database.rows("SELECT COUNT(*) FROM notice WHERE sent_at IS NULL OR dead") == [(0,)]
    letters = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in box.iterdir()]
    texts: dict[str, set[str]] = {}
    for letter in letters:
        texts.setdefault(letter["Zhenggai-Key"], set()).add(letter.get_content())
    assert len(letters) == 4 + keeps and len(texts) == 4
    assert sorted(number for number in numbers for (text,) in texts.values() if number in text) == sorted(numbers)
