"""A ticket's life in a real browser, without JavaScript: a department on a phone, the supervisor at a desk. And what it looks like.

Needs Playwright and Debian's Chromium (`apt-get install chromium fonts-noto-cjk`); left out where either is missing. With
`ZG_PICTURES=FOLDER` the same run writes the pictures of `docs/pictures`.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from engine.app.serving import open_record
from engine.app.settings import Settings
from engine.registry.invitations import invite
from engine.rules.access import Actor
from engine.web.application import application
from tests.cli.conftest import Zg
from tests.web.conftest import PASSWORD

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")

ADMIN = Actor("admin", "admin", None, "test")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
START_SECONDS = 20.0


@dataclass
class Site:
    """Pages that are served, and `zg` over the same record."""

    address: str
    settings: Settings
    zg: Zg
    chromium: Any

    @contextmanager
    def browser(self, size: dict[str, int], *, look: str = "light", language: str = "zh-CN", scripts: bool = False) -> Iterator[Any]:
        context = self.chromium.new_context(viewport=size, color_scheme=look, locale=language, java_script_enabled=scripts)
        context.set_default_timeout(15_000)
        try:
            yield context.new_page()
        finally:
            context.close()

    def link(self, account: str) -> str:
        with open_record(self.settings) as record:
            return f"{self.address}/invite/{invite(record.registry, ADMIN, account, datetime.now(UTC)).secret}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    path = tmp_path_factory.mktemp("browser") / "zg.db"
    settings = Settings(f"sqlite:///{path}", "office", "zh")
    zg = Zg(settings.db)
    zg("init", "--seed", "pingdingshan-2020", "--sandbox", "2020-09-25T09:00")
    zg("open", "企业开办材料重复提交", "--source", "visit", "--measure", "3.1", "--detail", "窗口两次要求提交同一份住所证明。")
    zg("assign", "1", "--lead", "市市场监管局")
    zg("open", "政务大厅好差评评价器停用", "--source", "visit")
    with socket.socket() as listener, playwright.sync_playwright() as driver:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application(settings), log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        begun = time.monotonic()
        while not server.started and time.monotonic() - begun < START_SECONDS:
            threading.Event().wait(0.05)
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", settings, zg, chromium)
        chromium.close()
        server.should_exit = True
        thread.join(10)


def choose_password(page: Any, link: str) -> None:
    page.goto(link)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输一次").fill(PASSWORD)
    page.get_by_role("button", name="设置并登录").click()


def picture(page: Any, name: str, *, whole: bool = True) -> None:
    """Writes a picture where the documentation wants one: of the whole page, or of what is seen at once."""
    if folder := os.environ.get("ZG_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"web-{name}.png"), full_page=whole)


def fits(page: Any) -> bool:
    """Whether nothing has to be pushed sideways to be read."""
    size = page.viewport_size["width"]
    return bool(page.locator("body").bounding_box()["width"] <= size)


def test_a_department_on_a_phone_and_the_supervisor_close_a_ticket_without_scripts(site: Site, tmp_path: Path) -> None:
    proof = tmp_path / "窗口照片.pdf"
    proof.write_bytes(b"%PDF-1.7 the window after its change")
    with site.browser(PHONE) as page:
        choose_password(page, site.link("scjgj"))
        page.get_by_role("link", name="签收").click()
        picture(page, "act-phone")
        page.get_by_role("button", name="签收").click()
        assert "已签收" in page.content() or "已办：签收" in page.get_by_role("status").inner_text()
        page.get_by_role("link", name="申请销号").first.click()
        page.get_by_label("说明").fill("五张表合并为一张，窗口已按新表受理")
        page.get_by_label("佐证材料").set_input_files(str(proof))
        page.get_by_role("button", name="申请销号").click()
        assert "已办：申请销号" in page.get_by_role("status").inner_text()
        assert "窗口照片.pdf" in page.locator("#files").inner_text() and fits(page)
        picture(page, "ticket-phone")
        page.get_by_role("button", name="退出").click()
        assert page.url.endswith("/sign-in")
    with site.browser(DESK) as page:
        page.goto(f"{site.address}/tickets/1")
        assert "/sign-in?next=" in page.url
        choose_password(page, site.link("office"))
        page.get_by_role("link", name="验收销号").first.click()
        page.get_by_label("说明").fill("现场核验通过")
        page.get_by_role("button", name="验收销号").click()
        assert "已办：验收销号" in page.get_by_role("status").inner_text()
        picture(page, "ticket")
    shown = site.zg.json("show", "1")
    assert shown["closed_as"] == "verified" and [item["name"] for item in shown["files"]] == ["窗口照片.pdf"]
    assert site.zg("audit", "verify").exit_code == 0


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_and_follows_the_look_of_the_system(site: Site, size: dict[str, int], look: str) -> None:
    with site.browser(size, look=look, language="en") as page:
        page.goto(site.link("leader"))
        for label in ("Current password", "New password", "The same again"):
            if page.get_by_label(label).count():
                page.get_by_label(label).fill(PASSWORD)
        page.get_by_role("button").first.click()
        pages = {"/": "today", "/ledger?every=1": "ledger", "/tickets/2": "ticket", "/account": "account", "/x": "problem"}
        for path, name in pages.items():
            page.goto(f"{site.address}{path}")
            assert fits(page), path
            picture(page, f"{name}-{'phone' if size is PHONE else 'desk'}-{look}-en")
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(244, 246, 249)"
        assert dark == (look == "dark")
