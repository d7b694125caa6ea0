"""Pages that are served to a real browser: one site for the tests of a file, and pictures of what it shows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.app.serving import open_record
from engine.app.settings import Settings
from engine.registry import sessions
from engine.registry.invitations import invite
from engine.rules.access import Actor
from engine.web.application import application
from tests.cli.conftest import Zg
from tests.served import served

try:
    from playwright import sync_api as playwright
except ModuleNotFoundError:
    playwright = None

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
browsing = pytest.mark.skipif(playwright is None or CHROMIUM is None, reason="no Playwright, or no Chromium: apt-get install chromium")

ADMIN = Actor("admin", "admin", None, "test")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PLAIN_HOST = "office.example"
"""The server by a name, so that to the browser it is another machine without TLS."""

SCREEN = "wall-of-the-hall-0123456789"


@dataclass
class Site:
    """Pages that are served, and `zg` over the same record."""

    address: str
    settings: Settings
    zg: Zg
    chromium: Any
    driver: Any

    @contextmanager
    def browser(
        self, size: dict[str, int], *, look: str = "light", language: str = "zh-CN", scripts: bool = False, **more: Any,
    ) -> Iterator[Any]:
        context = self.chromium.new_context(viewport=size, color_scheme=look, locale=language, java_script_enabled=scripts, **more)
        context.set_default_timeout(15_000)
        try:
            yield context.new_page()
        finally:
            context.close()

    @contextmanager
    def phone(self, profile: Path) -> Iterator[Any]:
        """A browser whose profile stays on the disk, as that of a phone does, when it is killed."""
        context = self.driver.chromium.launch_persistent_context(
            str(profile), executable_path=CHROMIUM, args=["--no-sandbox"], viewport=PHONE, locale="zh-CN", color_scheme="light",
        )
        context.set_default_timeout(15_000)
        try:
            yield context
        finally:
            context.close()

    def link(self, account: str) -> str:
        with open_record(self.settings) as record:
            return f"{self.address}/invite/{invite(record.registry, ADMIN, account, datetime.now(UTC)).secret}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    path = tmp_path_factory.mktemp("browser") / "zg.db"
    settings = Settings(f"sqlite:///{path}", "office", "zh", screen={"token": SCREEN})
    zg = Zg(settings.db)
    zg("init", "--seed", "pingdingshan-2020", "--sandbox", "2020-09-25T09:00")
    zg("open", "企业开办材料重复提交", "--source", "visit", "--measure", "3.1", "--detail", "窗口两次要求提交同一份住所证明。")
    zg("assign", "1", "--lead", "市市场监管局")
    zg("open", "政务大厅好差评评价器停用", "--source", "visit")
    zg("visit", "new", "--on", "2020-09-24", "--place", "乙区政务大厅", "--unannounced")
    with served(application(settings)) as address, playwright.sync_playwright() as driver:
        args = ["--no-sandbox", f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1"]
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=args)
        yield Site(address, settings, zg, chromium, driver)
        chromium.close()


def picture(page: Any, name: str, *, whole: bool = True) -> None:
    """Writes a picture where the documentation wants one, in few colours: of the whole page, or of what is seen at once."""
    if folder := os.environ.get("ZG_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        with Image.open(BytesIO(page.screenshot(full_page=whole))) as taken:
            small = taken.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            small.save(Path(folder) / f"web-{name}.png", optimize=True)


def enter(page: Any, site: Site, account: str) -> None:
    """Signs a browser in as an account of the sandbox."""
    with open_record(site.settings) as record:
        secret = sessions.begin(record.database, Actor(account, "", None, "web"), datetime.now(UTC))
    page.context.add_cookies([{"name": "zg_session", "value": secret, "url": site.address}])
    page.goto(f"{site.address}/")


def fits(page: Any) -> bool:
    """Whether nothing has to be pushed sideways to be read."""
    return bool(page.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth"))
