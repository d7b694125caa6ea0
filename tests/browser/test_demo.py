"""One command from nothing to a ticket that was clicked through: `zg demo --serve`, and its six links."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest

from engine.cli.demo import ENDED
from tests.browser.conftest import CHROMIUM, DESK, PHONE, browsing, fits, picture, playwright

pytestmark = browsing

PROGRAM = "from engine.cli import main; main()"


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The links that the command prints, while it runs."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    words = [sys.executable, "-c", PROGRAM, "--lang", "zh", "demo", "--serve", "--port", "0"]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        found: list[str] = []
        for line in process.stdout:
            found += re.findall(r"http://\S+", line)
            if len(found) == 6:
                break
        yield found
        process.terminate()
        process.communicate(timeout=30)
    assert process.returncode == ENDED and list(folder.iterdir()) == [], "nothing of the sandbox is left"


@pytest.fixture
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def test_a_newcomer_clicks_a_ticket_through_as_the_office_and_looks_as_everybody_else(links: list[str], chromium: Any) -> None:
    page = chromium.new_context(viewport=DESK, locale="zh-CN", java_script_enabled=False).new_page()
    page.goto(links[0])
    picture(page, "today", whole=False)
    page.locator("#to-verify").get_by_role("link", name="成批或逐件办理").click()
    page.get_by_role("link", name="逐件办理").click()
    page.get_by_role("link", name="下一件").click()
    assert page.locator("#files img").evaluate("image => image.complete && image.naturalWidth > 0")
    picture(page, "verify", whole=False)
    page.locator("#answer-verify").get_by_label("说明").fill("现场核验，注销当日办结")
    page.get_by_role("button", name="验收销号").click()
    assert "待验收 1" in page.get_by_role("heading", level=1).inner_text()
    page = chromium.new_context(viewport=DESK, locale="zh-CN", java_script_enabled=False).new_page()
    page.goto(links[1])  # another of its supervisors, from today
    page.locator("#to-verify").get_by_role("link", name="验收销号").click()
    page.get_by_label("说明").fill("抽查十件，均已联办")
    page.get_by_role("button", name="验收销号").click()
    assert "已办：验收销号" in page.get_by_role("status").inner_text()
    page = chromium.new_context(viewport=PHONE, locale="zh-CN").new_page()
    shots = {"我的待办": "mine-phone", "待审签": "endorse-phone", "请领导审定": "leader-phone"}
    for link, word in zip(links[2:], (*shots, "台账"), strict=True):
        page.goto(link)
        assert word in page.content() and fits(page)
        if word in shots:
            picture(page, shots[word], whole=False)


LOOKS = {
    "today-en": (DESK, "en-US", "light", "/"), "ticket-en": (DESK, "en-US", "light", "/tickets/33"),
    "ledger": (DESK, "zh-CN", "light", "/ledger"), "ledger-en": (DESK, "en-US", "light", "/ledger"),
    "board": (DESK, "zh-CN", "dark", "/ledger/board"), "board-en": (DESK, "en-US", "dark", "/ledger/board"),
    "board-phone": (PHONE, "zh-CN", "light", "/ledger/board?light=red"),
    "board-phone-en": (PHONE, "en-US", "light", "/ledger/board?light=red"),
    "figures-phone": (PHONE, "zh-CN", "dark", "/figures"), "figures-phone-en": (PHONE, "en-US", "dark", "/figures"),
    "due-phone": (PHONE, "zh-CN", "dark", "/due"), "due-phone-en": (PHONE, "en-US", "dark", "/due"),
    "ledger-phone-en": (PHONE, "en-US", "dark", "/ledger?light=red"),
}
"""What the documentation shows: in which window, language and look."""


def test_the_looks_at_the_ledger_fit_at_a_desk_and_on_a_phone_light_and_dark_in_both_languages(links: list[str], chromium: Any) -> None:
    for name, (size, language, look, path) in LOOKS.items():
        context = chromium.new_context(viewport=size, locale=language, color_scheme=look, java_script_enabled=False)
        page = context.new_page()
        page.goto(links[0])
        page.goto(urljoin(links[0], path))
        assert page.locator("h1").count() == 1 and fits(page), name
        picture(page, name, whole=False)
        context.close()
