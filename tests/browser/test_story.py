"""A ticket's life in a real browser, without JavaScript: a department on a phone, the supervisor at a desk. And what it looks like.

Needs Playwright and Debian's Chromium (`apt-get install chromium fonts-noto-cjk`); left out where either is missing. With
`ZG_PICTURES=FOLDER` the same run writes the pictures of `docs/pictures`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE, Site, browsing, enter, fits, picture
from tests.web.conftest import PASSWORD

pytestmark = browsing


def choose_password(page: Any, link: str) -> None:
    page.goto(link)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输一次").fill(PASSWORD)
    page.get_by_role("button", name="设置并登录").click()


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
        page.get_by_label("佐证文件").set_input_files(str(proof))
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


@pytest.mark.parametrize(("size", "look"), [(PHONE, "dark"), (DESK, "light")], ids=["phone-dark", "desk-light"])
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


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_head_of_the_ledger_stays_the_menu_has_one_line_and_the_table_is_seen_at_once(site: Site, language: str) -> None:
    with site.browser({"width": 1280, "height": 600}, language=language) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}/ledger?every=1&column=source&column=grade&limit=2")
        assert page.locator(".top").bounding_box()["height"] < 70
        assert page.locator("tbody tr").first.bounding_box()["y"] < 600
        page.set_viewport_size({"width": 1280, "height": 300})
        page.locator("tbody tr").last.evaluate("row => window.scrollTo(0, row.getBoundingClientRect().top - 60)")
        assert page.locator("thead th").first.bounding_box()["y"] == 0


def test_what_changes_meanwhile_is_told_at_the_foot_and_no_row_moves(site: Site) -> None:
    with site.browser(DESK, scripts=True) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.clock.install()
        enter(page, site, "office")
        page.goto(f"{site.address}/ledger?every=1")
        place = page.locator("tbody tr").first.bounding_box()
        site.zg("clock", "advance", "1h")
        site.zg("comment", "2", "--note", "已到现场")
        page.clock.fast_forward(61_000)
        page.get_by_text("有 1 件有变化").wait_for()
        assert page.locator("tbody tr").first.bounding_box() == place and not said, said
        page.get_by_role("link", name="刷新").click()
        page.wait_for_url("**/ledger?every=1")
        assert not page.locator(".changed").count()
