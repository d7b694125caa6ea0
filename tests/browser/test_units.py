"""A unit in a browser: what it began to type goes on on another device, and what changed is told to all its pages at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.web.application import application
from tests.browser.conftest import DESK, PHONE, Site, browsing, enter, fits, picture
from tests.browser.test_onsite import photo
from tests.served import served

pytestmark = browsing

LEFT_OF_FILES = """() => new Promise(done => {
    const asked = indexedDB.open("zg-drafts");
    asked.onsuccess = () => { asked.result.transaction("files").objectStore("files").count().onsuccess = all => {
        asked.result.close();
        done(all.target.result === 0);
    }; };
})"""
"""Whether the browser keeps no file any more."""

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


def test_files_that_were_chosen_survive_a_window_that_is_closed_and_a_form_that_is_refused(site: Site, tmp_path: Path) -> None:
    form, shot = f"{site.address}/tickets/1/comment", photo(tmp_path)
    with site.browser(PHONE, scripts=True) as page:
        enter(page, site, "scjgj")
        page.goto(form)
        page.locator("input[type=file][name=file]").set_input_files(shot)
        page.wait_for_function("JSON.parse(localStorage['zg-draft:scjgj:ZG-2020-0001/comment'] || '{}').files?.length === 1")
        page.goto(form)
        page.get_by_text(f"附件： {Path(shot).name}").wait_for()
        picture(page, "draft-files-phone")
        page.get_by_role("button", name="恢复本机的内容").click()
        page.locator(".chosen img").wait_for()
        assert fits(page)
        page.locator("textarea[name=note]").evaluate("area => area.required = false")
        page.get_by_role("button", name="备注", exact=True).click()
        page.get_by_role("alert").get_by_text("说明").wait_for()
        page.locator(".chosen img").wait_for()
        page.locator("textarea[name=note]").fill("照片见附件")
        page.get_by_role("button", name="备注", exact=True).click()
        page.get_by_role("status").wait_for()
        assert page.evaluate(KEYS) == [] and page.locator("#files img").count() == 1
        page.goto(form)
        page.wait_for_function(LEFT_OF_FILES)


def test_a_new_ticket_and_a_reply_to_several_are_kept_in_the_browser_until_they_are_done(site: Site) -> None:
    with site.browser(DESK, scripts=True) as page:
        enter(page, site, "office")
        several = f"{site.address}/bulk?act=comment&number=ZG-2020-0001&number=ZG-2020-0002"
        page.goto(f"{site.address}/tickets/new")
        page.locator("#in-title").fill("公章刻制另行收费")
        page.locator("details summary").click()
        page.locator("#in-complainant").fill("李四光")
        page.goto(several)
        page.locator("textarea[name=note]").fill("两件一并核查")
        assert "李四光" not in page.evaluate("JSON.stringify(localStorage)")
        page.goto(several)
        page.get_by_role("button", name="恢复本机的内容").click()
        assert page.locator("textarea[name=note]").input_value() == "两件一并核查"
        page.get_by_role("button", name="先看结果").click()
        page.get_by_role("button", name="备注", exact=True).click()
        page.get_by_text("备注：办成 2 件").wait_for()
        assert page.evaluate(KEYS) == ["zg-draft:office:new"]
        page.goto(f"{site.address}/tickets/new")
        page.locator("#in-title").wait_for()
        if page.locator("#in-title").input_value() == "":
            page.get_by_role("button", name="恢复本机的内容").click()
        page.locator("#in-source").select_option("visit")
        page.get_by_role("button", name="立项").click()
        page.get_by_role("heading", name="公章刻制另行收费").wait_for()
        assert page.evaluate(KEYS) == []


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
