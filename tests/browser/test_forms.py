"""What scripts do for the forms of every page, in a real Chromium: no act twice, and no button that stays dead."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import DESK, PHONE, Site, browsing, enter

pytestmark = browsing


def test_buttons_that_hand_out_a_file_go_on_at_once(site: Site) -> None:
    with site.browser(DESK, scripts=True) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}/ledger")
        for kind in (".xlsx", ".csv"):
            with page.expect_download() as made:
                page.get_by_role("button", name=kind, exact=True).first.click()
            assert made.value.suggested_filename.endswith(kind)


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


def told(page: Any, where: str) -> str:
    found = page.locator(where).first
    found.wait_for()
    return str(found.inner_text())
