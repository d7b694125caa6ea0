"""An office in a real record (no sandbox), with a clock in the hand of the test, and programs on the loopback that are told."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engine.app import shipped
from engine.app.founding import china, first_entries
from engine.desk.tickets import Desk
from engine.notices.delivery import Delivered, deliver
from engine.notices.setup import Setup, WebhookSetup
from engine.notices.setup_table import Secret
from engine.record.database import Database
from engine.registry.plan_file import load_plan
from engine.registry.registry import Registry
from engine.registry.workflow_file import load
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.timing.climb import WATCHER
from tests.signing import FIRST

BEGIN = datetime(2020, 9, 25, 1, 0, tzinfo=UTC)
"""Friday 09:00 in the office; the two working days after it are Sunday the 27th (made up) and Monday the 28th."""

OFFICE = Actor("office", "supervisor", None)


@dataclass
class Hand:
    """A clock that a test moves."""

    at: datetime = BEGIN

    def now(self) -> datetime:
        return self.at

    def later(self, **amount: float) -> None:
        self.at += timedelta(**amount)


@cache
def _furniture() -> tuple[Any, ...]:
    definitions = [(load(path), path.name) for path in shipped.workflow_files()]
    return china(), definitions, load_plan(shipped.seed_folder("pingdingshan-2020"))


@dataclass
class Office:
    """`office.assigned()` tells the contact of the lead; `office.deliver()` sends what may go out."""

    database: Database
    clock: Hand = field(default_factory=Hand)
    setup: Setup = field(default_factory=Setup)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.database, self.clock)

    def found(self, sandbox: datetime | None = None) -> None:
        calendar, definitions, plan = _furniture()
        first_entries(
            Registry(self.database, self.clock),
            office="ZG", sandbox=sandbox, calendar=calendar, definitions=definitions, plan=plan, code="pingdingshan-2020",
            key=FIRST.verifier,
        )

    def reach(self, account: str, **addresses: str) -> None:
        with self.database.write():
            for name, address in addresses.items():
                self.database.run(f"UPDATE account SET {name} = :address WHERE name = :account", account=account, address=address)

    def opened(self, title: str = "企业开办材料重复提交") -> str:
        done = self.desk.open(OFFICE, Opening(title=title, source="visit", measure="3.1"))
        return done.ticket.number

    def assigned(self, title: str = "企业开办材料重复提交", lead: str = "SCJGJ") -> str:
        number = self.opened(title)
        self.desk.do(OFFICE, number, Command("assign", {"lead": lead}))
        return number

    def deliver(self, **said: Any) -> Delivered:
        return deliver(self.database, self.clock, WATCHER, self.setup, **said)

    def notices(self, columns: str = "channel, recipient, sent_at, tries, dead, error") -> list[Any]:
        return self.database.rows(f"SELECT {columns} FROM notice WHERE channel <> 'inbox' ORDER BY id")


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database)
    office.found()
    return office


@dataclass
class Hub:
    """A program on the loopback: what it was sent, and how it answers (a status, or a function of the handler)."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: int | Callable[[BaseHTTPRequestHandler], None] = 204
    given_up: threading.Event = field(default_factory=threading.Event)
    server: Any = None

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]


@pytest.fixture
def hub() -> Iterator[Hub]:
    known = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            if callable(known.answer):
                known.answer(self)
                return
            self.send_response(known.answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """A test says what it means itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known.server = server
    known.url = f"http://127.0.0.1:{server.server_port}/events?token=t0p-s3cret"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield known
    known.given_up.set()
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture
def secret(tmp_path: Path) -> Secret:
    path = tmp_path / "secret"
    path.write_text("whisper\n", encoding="utf-8")
    return Secret(str(path))


@pytest.fixture
def hooked(office: Office, hub: Hub, secret: Secret) -> Office:
    """The office with a webhook, known to its record."""
    office.setup = Setup(webhooks=(WebhookSetup("hub", hub.url, secret),))
    office.deliver()
    return office


@dataclass
class Authority:
    """A certificate for the loopback that signs itself: a file for the server, and one for whoever trusts it."""

    file: Path

    @property
    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("authority") / "both.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption(),
    ))
    return Authority(file)


@pytest.fixture
def secure_hub(hub: Hub, authority: Authority) -> Hub:
    hub.server.socket = authority.context.wrap_socket(hub.server.socket, server_side=True)
    hub.url = hub.url.replace("http:", "https:")
    return hub


@contextmanager
def mail_server(handler: object, *, ssl_context: ssl.SSLContext | None = None, **options: Any) -> Iterator[int]:
    """A real SMTP server on the loopback, in a thread of its own; its port."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(
        lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0, ssl=ssl_context,
    ))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def end() -> None:
        server.close()
        lines = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Waits for another process, not longer than that."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
