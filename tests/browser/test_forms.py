"""What scripts do for the forms of every page, in a real Chromium: no act twice, and no button that stays dead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.desk.filing import LARGEST_FILE
from tests.browser.conftest import DESK, PHONE, Site, browsing, enter, fits

pytestmark = browsing


def test_buttons_that_hand_out_a_file_go_on_at_once(site: Site) -> None:
    with site.browser(DESK, scripts=True) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}/ledger")
        for kind in (".xlsx", ".csv"):
            with page.expect_download() as made:
                page.get_by_role("button", name=kind, exact=True).first.click()
            assert made.value.suggested_filename.endswith(kind)


def test_a_title_without_a_space_widens_no_ledger(site: Site) -> None:
    site.zg("open", "x" * 118, "--source", "self")
    for size in (DESK, PHONE):
        with site.browser(size) as page:
            enter(page, site, "office")
            page.goto(f"{site.address}/ledger")
            assert fits(page)


def test_a_finding_that_is_refused_says_why_and_its_unit_is_not_the_next_one_s(site: Site) -> None:
    visit = str(site.zg.json("visit", "new", "--on", "2020-09-25", "--place", "乙区政务大厅", "--team", "office")["number"])
    with site.browser(PHONE, scripts=True) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}/onsite")
        page.locator("#in-visit").select_option(visit)
        page.locator("#in-title").fill("窗口无人值守")
        page.locator("#in-unit").fill("市没有的局")
        page.get_by_role("button", name="保存，记下一个").click()
        trouble = told(page, "#onsite-list .trouble")
        assert "市没有的局" in trouble and "现场记录" not in trouble and len(trouble) < 200
        assert page.locator("#in-unit").input_value() == ""


def test_a_file_that_is_too_large_is_told_before_anything_is_sent(site: Site, tmp_path: Path) -> None:
    large = tmp_path / "全景.mp4"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with site.browser(DESK, scripts=True) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}/tickets/new")
        page.locator("#in-title").fill("窗口无人值守")
        page.locator("#in-source").select_option("self")
        page.locator("#in-file").set_input_files(str(large))
        assert "“全景.mp4”太大" in told(page, ".miss")
        page.get_by_role("button", name="立项").click()
        assert page.url.endswith("/tickets/new") and page.locator("h1").inner_text() == "登记问题"
        page.get_by_role("button", name="去掉 全景.mp4").click()
        page.get_by_role("button", name="立项").click()
        page.get_by_text("窗口无人值守").first.wait_for()
        assert "/tickets/ZG-" in page.url


def test_a_draft_of_this_device_and_of_the_server_are_one_box_that_is_dropped_after_a_second_word(site: Site, tmp_path: Path) -> None:
    paper = tmp_path / "说明.txt"
    paper.write_text("说明", encoding="utf-8")
    number = str(site.zg.json("open", "评价器停用", "--source", "self")["number"])
    with site.browser(DESK, scripts=True) as page:
        enter(page, site, "office")
        form = f"{site.address}/tickets/{number}/comment"
        page.goto(form)
        page.locator("textarea[name=note]").fill("写了一半")
        page.locator("input[type=file][name=file]").set_input_files(str(paper))
        page.get_by_text("草稿已存").wait_for()
        page.goto(form)
        page.get_by_role("button", name="恢复本机的内容").wait_for()
        assert page.locator(".instruction").count() == 1
        drop = page.get_by_role("button", name="丢弃草稿")
        assert drop.count() == 1
        drop.click()
        assert page.locator(".instruction").count() == 1
        page.get_by_role("button", name="再按一次丢弃").click()
        page.wait_for_url("**/drafts")
        page.goto(form)
        assert page.locator(".instruction").count() == 0 and page.locator("textarea[name=note]").input_value() == ""


def told(page: Any, where: str) -> str:
    found = page.locator(where).first
    found.wait_for()
    return str(found.inner_text())
