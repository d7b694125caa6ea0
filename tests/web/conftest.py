"""One office whose pages are asked in this process: a record made once for each worker, copied for each test, people signed in."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from httpx2 import Response as Answer
from starlette.testclient import TestClient

from engine.app import idle
from engine.app.serving import open_record
from engine.app.settings import Settings
from engine.clock import SystemClock
from engine.registry import sessions, sign_in
from engine.rules.access import Actor
from engine.web.application import application
from engine.web.assets import assets
from tests.cli.conftest import BEGIN, Zg
from tests.conftest import BOTH, new_server_database

PASSWORD = "七月的伞 借给了 邻居的猫"  # noqa: S105 – opens nothing but the records of these tests
ORIGIN = "http://testserver"
HEAVIEST_PAGE = 200_000
"""Bytes: no page that any test looks at is heavier."""

ROOT = Path(__file__).parents[2]
V1 = "/api/v1"
Ask = Callable[..., Answer]


@dataclass
class Browser:
    """A browser of one person, or of nobody: follows no redirect by itself, and says where its posts come from."""

    client: TestClient
    heads: dict[str, str] = field(default_factory=lambda: {"sec-fetch-site": "same-origin", "accept-language": "zh-CN"})

    def get(self, path: str, code: int = 200, **heads: str) -> str:
        answer = self.client.get(path, headers={**self.heads, **_named(heads)}, follow_redirects=False)
        assert answer.status_code == code, (path, answer.status_code, shown(answer.text)[:600])
        assert weight_of(answer.text) < HEAVIEST_PAGE, path
        return answer.headers["location"] if 300 <= code < 400 else answer.text

    def post(self, path: str, code: int = 303, files: list[tuple[str, bytes]] | None = None, **texts: str) -> str:
        """Sends a form; the answer, or where it leads."""
        parts = [("file", (name, content)) for name, content in files or ()]
        answer = self.client.post(path, data=texts, files=parts or None, headers=self.heads, follow_redirects=False)
        assert answer.status_code == code, (path, answer.status_code, shown(answer.text)[:600])
        return answer.headers["location"] if 300 <= code < 400 else answer.text


def loaded_by(html: str) -> list[str]:
    """The files of the look and of scripts that a page loads."""
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', html)


def weight_of(html: str) -> int:
    """Bytes of a page with all that it loads, as they are sent: packed."""
    loaded = loaded_by(html)
    return len(gzip.compress(html.encode(), 6)) + sum(len(asset.packed) for asset in assets().values() if asset.path in loaded)


def _named(heads: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): text for name, text in heads.items()}


def shown(html: str) -> str:
    """What people read of a page."""
    body = re.sub(r"(?s)<(head|style|script)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@dataclass
class Office:
    """A record, `zg` over it, and browsers before it."""

    zg: Zg
    settings: Settings
    stranger: Browser

    def browser(self, account: str | None = None, language: str = "zh-CN") -> Browser:
        """A browser that is signed in as an account, as if by its password."""
        client = TestClient(self.stranger.client.app, base_url=ORIGIN, raise_server_exceptions=False)
        if account is not None:
            with open_record(self.settings) as record:
                secret = sessions.begin(record.database, actor_of(account), SystemClock().now(), sessions.Client("test"))
                client.cookies.set("zg_session", secret)
        return Browser(client, {"sec-fetch-site": "same-origin", "accept-language": language})


def actor_of(account: str) -> Actor:
    """Whom a session is for: only the name counts, the rest is read at every request."""
    return Actor(account, "", None, "web")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least work that argon2 takes: how slow it is is tested elsewhere."""
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(sign_in, "hasher", lambda: light)
    sign_in._hash_of_nobody.cache_clear()


@pytest.fixture(scope="session")
def web_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city in which some tickets wait for everybody."""
    path = tmp_path_factory.mktemp("web") / "zg.db"
    fill(Zg(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def web_server_template(server: str) -> Iterator[str]:
    """The same city on a server: the name of its database."""
    with new_server_database(server) as url:
        fill(Zg(url))
        yield url.rpartition("/")[2]


def fill(zg: Zg) -> None:
    """Makes the city."""
    zg("init", "--seed", "pingdingshan-2020", "--sandbox", BEGIN)
    zg("open", "企业开办材料重复提交", "--source", "visit", "--measure", "3.1", "--detail", "窗口两次要求提交\n同一份住所证明。")
    zg("assign", "1", "--lead", "市市场监管局")
    zg("open", "政务大厅好差评评价器停用", "--source", "visit")
    zg("open", "<b>尖括号</b> & “引号”", "--source", "complaint", "--complainant", "张三丰")
    zg("assign", "3", "--lead", "市税务局", "--with", "市公安局")
    zg("--as", "市税务局", "accept", "3")
    zg("--as", "admin", "user", "add", "xitong", "--title", "系统管理（三员）", "--role", "system")
    zg("--as", "admin", "user", "add", "anquan", "--title", "安全管理（三员）", "--role", "security")


@pytest.fixture
def office(web_template: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copyfile(web_template, tmp_path / "zg.db")
    with served(f"sqlite:///{tmp_path / 'zg.db'}") as made:
        yield made


@pytest.fixture
def server_office(server: str, web_server_template: str) -> Iterator[Office]:
    """An office whose record lies on a server."""
    with new_server_database(server, web_server_template) as url, served(url) as made:
        yield made
        idle.close_all()


@pytest.fixture(params=BOTH)
def any_office(request: pytest.FixtureRequest) -> Office:
    """An office over a file, and one over a server."""
    found: Office = request.getfixturevalue({"sqlite": "office", "postgresql": "server_office"}[request.param])
    return found


@pytest.fixture
def ask(office: Office) -> Ask:
    """A program of an account: what it asks, and the answer."""

    def asked(account: str, method: str, path: str, status: int = 200, **options: Any) -> Answer:
        heads = {"accept-language": "en", "sec-fetch-site": "same-origin"} | options.pop("more", {})
        answer = office.browser(account).client.request(method, f"{V1}{path}", headers=heads, **options)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:600])
        return answer

    return asked


@pytest.fixture(scope="module")
def read_office(web_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that tests of one file share: they read, and change nothing."""
    path = tmp_path_factory.mktemp("read") / "zg.db"
    shutil.copyfile(web_template, path)
    with served(f"sqlite:///{path}") as made:
        yield made


@contextmanager
def served(url: str) -> Iterator[Office]:
    settings = Settings(url, "office", "zh")
    client = TestClient(application(settings), base_url=ORIGIN, raise_server_exceptions=False)
    yield Office(Zg(settings.db), settings, Browser(client))


@contextmanager
def serving(office: Office, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`zg serve` as a process of its own, and its port."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from engine.cli import main; main()", "--db", office.settings.db, "serve", "--port", "0", *options],
        env={**{name: value for name, value in os.environ.items() if not name.startswith("ZG_")}, "PYTHONPATH": str(ROOT),
             "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    try:
        assert process.stdout is not None
        yield process, int(re.findall(r":(\d+)", process.stdout.readline())[0])
    finally:
        process.kill()
        process.communicate()
