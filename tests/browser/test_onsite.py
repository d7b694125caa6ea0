"""现场记录 in a real Chromium: no network, a window that is killed, an answer that is lost, another account on the same phone, no room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PHONE, PLAIN_HOST, Site, browsing, enter, fits, picture

pytestmark = browsing

RECORDING = b"#!AMR\n" + bytes(64)
PAGE = "/onsite"


@pytest.fixture(scope="module")
def visit(site: Site) -> str:
    return str(site.zg.json("visit", "new", "--on", "2020-09-25", "--place", "乙区政务大厅", "--unannounced", "--team", "office")["number"])


def photo(folder: Path, name: str = "窗口.jpg") -> str:
    from PIL import Image

    path = folder / name
    Image.new("RGB", (640, 480), "steelblue").save(path)
    return str(path)


def fill(page: Any, visit: str, title: str, *files: str) -> None:
    page.locator("#in-visit").select_option(visit)
    page.locator("#in-title").fill(title)
    if files:
        page.locator("#in-file").set_input_files(list(files))


def save(page: Any) -> None:
    page.get_by_role("button", name="保存，记下一个").click()
    page.get_by_text("已保存在本机").wait_for()


def count(site: Site, visit: str) -> int:
    return int(site.zg.json("visit", "show", visit)["findings"])


def ready(page: Any, site: Site) -> None:
    page.goto(f"{site.address}{PAGE}")
    page.get_by_text("断网也能打开本页").wait_for()


def test_a_finding_is_written_without_a_network_survives_a_killed_window_and_is_sent_once(
    site: Site, visit: str, tmp_path: Path,
) -> None:
    recording = tmp_path / "说明.amr"
    recording.write_bytes(RECORDING)
    before = count(site, visit)
    with site.phone(tmp_path / "phone") as context:
        page = context.new_page()
        enter(page, site, "office")
        ready(page, site)
        context.set_offline(True)
        page.goto(f"{site.address}{PAGE}")
        assert "没有连上服务器" in page.locator("main").inner_text() and fits(page)
        fill(page, visit, "评价器停用", photo(tmp_path), str(recording))
        page.locator(".chosen img").wait_for()
        save(page)
        picture(page, "onsite-phone")
        fill(page, visit, "没有写完的一条")
        page.wait_for_timeout(600)  # what is typed is written down a moment later
    with site.phone(tmp_path / "phone") as context:
        context.set_offline(True)
        page = context.new_page()
        page.goto(f"{site.address}{PAGE}")
        page.get_by_text("待上传 1 条").wait_for()
        assert page.locator("#in-title").input_value() == "没有写完的一条"
        assert count(site, visit) == before
        context.set_offline(False)
        enter(page, site, "office")
        page.goto(f"{site.address}{PAGE}")
        page.get_by_text("已上传 1 条").wait_for()
        assert page.locator("#in-title").input_value() == "没有写完的一条"
        page.get_by_role("button", name="清除本机").click()
        page.get_by_text("本机上的记录已清除").wait_for()
        left = "async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"
        assert page.evaluate(left) == [0, 0]
    assert count(site, visit) == before + 1
    number = max(item["number"] for item in site.zg.json("visit", "show", visit)["members"])
    assert [file["name"] for file in site.zg.json("show", number)["files"]][:2] == ["窗口.jpg", "说明.amr"]


def test_an_answer_that_was_lost_makes_no_second_ticket(site: Site, visit: str) -> None:
    with site.browser(PHONE, scripts=True, service_workers="block") as page:
        enter(page, site, "office")
        page.goto(f"{site.address}{PAGE}")
        lost = []

        def lose(route: Any) -> None:
            """The server has it, and the phone never hears."""
            if route.request.method == "POST" and not lost:
                lost.append(route.fetch(max_redirects=0).status)
                route.abort()
            else:
                route.continue_()

        page.route("**/onsite", lose)
        before = count(site, visit)
        fill(page, visit, "回执丢了")
        page.get_by_role("button", name="保存，记下一个").click()
        page.get_by_text("没有传上去").wait_for()
        assert lost == [303] and count(site, visit) == before + 1
        page.get_by_role("button", name="现在上传").click()
        page.get_by_text("已上传 1 条").wait_for()
    assert count(site, visit) == before + 1


def test_what_one_account_wrote_no_other_sends_nor_anybody_who_is_signed_out(site: Site, visit: str) -> None:
    site.zg("--as", "admin", "user", "add", "zhang", "--role", "supervisor", "--title", "张科长")
    before = count(site, visit)
    with site.browser(PHONE, scripts=True, service_workers="block") as page:
        page.route("**/onsite", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        enter(page, site, "office")
        page.goto(f"{site.address}{PAGE}")
        fill(page, visit, "甲记的一条")
        page.get_by_role("button", name="保存，记下一个").click()
        page.get_by_text("没有传上去").wait_for()
        page.unroute("**/onsite")
        enter(page, site, "zhang")
        page.goto(f"{site.address}{PAGE}")
        page.get_by_text("本机还有其他账号的 1 条没有上传").wait_for()
        assert not page.get_by_text("甲记的一条").count()
        sent = """async texts => {
          const form = new FormData();
          for (const [name, text] of Object.entries(texts)) form.append(name, text);
          return (await fetch("/onsite", {method: "POST", body: form})).status;
        }"""
        texts = {"account": "office", "title": "甲记的一条", "visit": visit, "key": "k1"}
        assert page.evaluate(sent, texts) == 403
        page.get_by_role("button", name="退出").click()
        assert page.evaluate(sent, texts) == 401
        assert count(site, visit) == before
        enter(page, site, "office")
        page.goto(f"{site.address}{PAGE}")
        page.get_by_text("已上传 1 条").wait_for()
    assert count(site, visit) == before + 1


def test_without_tls_and_without_room_the_page_says_what_does_not_work(site: Site, visit: str, tmp_path: Path) -> None:
    with site.browser(PHONE, scripts=True) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}{PAGE}")
        fill(page, visit, "存不下的一条", photo(tmp_path))
        for full in (
            "navigator.storage.estimate = async () => ({quota: 1000, usage: 999})",
            """navigator.storage.estimate = async () => ({quota: 1e9, usage: 0});
               IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError"); }""",
        ):
            page.evaluate(f"() => {{ document.getElementById('onsite-state').textContent = ''; {full} }}")
            page.get_by_role("button", name="保存，记下一个").click()
            page.get_by_text("手机存储空间不够").wait_for()
            assert page.locator("#in-title").input_value() == "存不下的一条" and page.locator(".chosen li").count() == 1
    plain = replace(site, address=site.address.replace("127.0.0.1", PLAIN_HOST))
    with plain.browser(PHONE, scripts=True) as page:
        enter(page, plain, "office")
        page.goto(f"{plain.address}{PAGE}")
        page.get_by_text("没有用 HTTPS").wait_for()
        before = count(site, visit)
        fill(page, visit, "没有 HTTPS 也能记")
        page.get_by_role("button", name="保存，记下一个").click()
        page.get_by_text("已上传 1 条").wait_for()
    assert count(site, visit) == before + 1


def test_without_scripts_the_form_enters_it_at_once(site: Site, visit: str) -> None:
    with site.browser(PHONE) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}{PAGE}")
        before = count(site, visit)
        fill(page, visit, "没有脚本的浏览器")
        page.get_by_role("button", name="立项").click()
        assert "已登记为" in page.get_by_role("status").inner_text() and fits(page)
    assert count(site, visit) == before + 1
