"""A unit in a browser: what it began to type goes on on another device, and what changed is told to all its pages at once."""

from __future__ import annotations

from dataclasses import replace

from engine.web.application import application
from tests.browser.conftest import DESK, PHONE, Site, browsing, enter, fits, picture
from tests.served import served

pytestmark = browsing

KEYS = "Object.keys(localStorage).filter(name => name.startsWith('zg-draft:'))"


def test_what_was_typed_goes_on_on_another_device_and_this_one_forgets_it_at_signing_out(site: Site) -> None:
    form = f"{site.address}/tickets/1/comment"
    with site.browser(PHONE, scripts=True) as phone, site.browser(DESK, scripts=True) as desk:
        enter(phone, site, "scjgj")
        assert fits(phone)
        phone.goto(form)
        phone.clock.install()
        phone.locator("textarea[name=note]").fill("五张表合并为一张")
        assert phone.evaluate(KEYS) == ["zg-draft:scjgj:ZG-2020-0001/comment"], "at once, in this browser"
        phone.clock.fast_forward(5_000)
        phone.get_by_text("草稿已存").wait_for()
        enter(desk, site, "scjgj")
        desk.goto(form)
        assert desk.locator("textarea[name=note]").input_value() == "五张表合并为一张"
        picture(desk, "draft")
        phone.locator("textarea[name=note]").fill("五张表合并为一张，窗口已启用")
        phone.goto(form)
        phone.get_by_role("button", name="恢复本机的内容").click()
        assert phone.locator("textarea[name=note]").input_value().endswith("窗口已启用")
        assert fits(phone)
        desk.get_by_role("button", name="备注", exact=True).click()
        desk.goto(form)
        assert desk.locator("textarea[name=note]").input_value() == "" and desk.evaluate(KEYS) == []
        phone.get_by_role("button", name="退出").click()
        phone.wait_for_url("**/sign-in")
        assert phone.evaluate(KEYS) == []


def test_all_pages_of_a_browser_hear_by_one_connection_that_something_changed(site: Site) -> None:
    settings = replace(site.settings, pages={"live": True})
    with served(application(settings)) as address, site.browser(DESK, scripts=True) as page:
        live = replace(site, address=address, settings=settings)
        heard: list[str] = []
        page.context.on("request", lambda request: heard.append(request.url) if request.url.endswith("/live") else None)
        enter(page, live, "office")
        other = page.context.new_page()
        other.goto(f"{address}/ledger")
        page.wait_for_function("navigator.locks.query().then(state => state.held.length === 1 && state.pending.length === 1)")
        site.zg("clock", "advance", "1h")
        site.zg("comment", "2", "--note", "已到现场")
        for one in (page, other):
            one.get_by_text("有 1 件有变化").wait_for()
        assert len(heard) == 1, heard
