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
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from engine.notices.setup import EmailSetup, Secret, Setup, WebhookSetup
from tests.notices.conftest import Hub, Office, mail_server, wait_for

ROOT = Path(__file__).resolve().parents[2]

COURIER = """
import sys
from datetime import datetime, timedelta
from engine.notices import outbox
from engine.notices.delivery import deliver
from engine.notices.setup import EmailSetup, Secret, Setup, WebhookSetup
from engine.record.database import connect
from tests.notices.conftest import Hand
url, port, hook, secret, now = sys.argv[1:]
outbox.LEASE = outbox.FIRST_PAUSE = outbox.LONGEST_PAUSE = timedelta()  # nobody waits here
outbox.MOST_TRIES = 1000
setup = Setup(email=EmailSetup("127.0.0.1", int(port), "none", "zg@example.gov.cn"), webhooks=(WebhookSetup("hub", hook, Secret(secret)),))
with_ = connect(url)
while deliver(with_, Hand(datetime.fromisoformat(now)), setup).waiting:
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


def test_couriers_killed_in_mid_delivery_lose_nothing_and_every_repetition_shows(
    office: Office, hub: Hub, record_url: str, tmp_path: Path,
) -> None:
    mishaps(office, hub, record_url, tmp_path, units=6, tickets=3, kills=6, seed=1)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10))
def test_many_couriers_killed_in_mid_delivery(office: Office, hub: Hub, record_url: str, tmp_path: Path, seed: int) -> None:
    mishaps(office, hub, record_url, tmp_path, units=20, tickets=10, kills=60, seed=seed)
