"""The whole job as people do it: a supervisor finds on a phone, a unit mends it, its head signs, the office rejects and verifies, and where
nothing happens the ladder climbs until a leader decides. With scripts, where the finding is written without a network, and without.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE, Site, browsing, enter, fits, picture
from tests.browser.test_onsite import photo, ready, save

pytestmark = browsing

UNIT = "市市场监管局"

WITH_SCRIPTS_AND_WITHOUT = pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.torture)], ids=["scripts", "plain"],
)
"""`test_story` and `test_onsite` go the plain way in every run."""


@pytest.fixture(scope="module", autouse=True)
def second_supervisor(site: Site) -> None:
    """Whoever found a problem does not verify that it is mended, so the office has two."""
    site.zg("--as", "admin", "user", "add", "zhang", "--role", "supervisor", "--title", "张科长")


@contextmanager
def person(site: Site, account: str, size: dict[str, int], scripts: bool) -> Iterator[Any]:
    with site.browser(size, scripts=scripts) as page:
        enter(page, site, account)
        yield page


def act(page: Any, button: str, note: str | None = None, *files: str, label: str = "说明") -> None:
    """Fills in the form of an act that is open, and sends it."""
    if note is not None:
        page.get_by_role("textbox", name=label).fill(note)
    if files:
        page.locator("input[type=file][name=file]").first.set_input_files(list(files))
    page.get_by_role("button", name=button, exact=True).click()


@WITH_SCRIPTS_AND_WITHOUT
def test_a_finding_goes_from_a_phone_to_its_end(site: Site, tmp_path: Path, scripts: bool) -> None:
    title, shot = f"评价器停用·{'有' if scripts else '无'}脚本", photo(tmp_path)
    visit = site.zg.json("visit", "new", "--on", "2020-09-25", "--place", "乙区政务大厅", "--unannounced", "--team", "zhang")["number"]
    with person(site, "zhang", PHONE, scripts) as page:
        if scripts:
            ready(page, site)
            page.context.set_offline(True)
        page.goto(f"{site.address}/onsite")
        page.locator("#in-title").fill(title)
        page.locator("#in-file").set_input_files(shot)
        page.locator("#in-visit").select_option(visit)
        page.locator("#in-unit").fill(UNIT)
        page.locator("#in-grade").select_option("B")
        if scripts:
            save(page)
            page.context.set_offline(False)
            page.get_by_text("已上传 1 条").wait_for()
        else:
            page.get_by_role("button", name="立项").click()
        assert fits(page)
    with person(site, "leader", PHONE, scripts) as page:
        page.goto(f"{site.address}/visits/{visit}")
        page.get_by_role("button", name="同意").click()
    with person(site, "zhang", DESK, scripts) as page:  # in the evening, at a desk
        page.goto(f"{site.address}/visits/{visit}/assign")
        page.get_by_role("button", name="交办").click()
        picture(page, "assigned") if scripts else None
    with person(site, "scjgj", PHONE, scripts) as page:
        page.locator(".row-item", has_text=title).get_by_role("link", name="签收").click()
        act(page, "签收")
        assert fits(page)
    submitted(site, title, scripts, shot, "五张表合并为一张")
    with person(site, "office", DESK, scripts) as page:
        queue(page, title)
        act_in(page, "reject", "退回整改", "照片看不清时间，请重拍", "reason")
    submitted(site, title, scripts, shot, "重拍了照片，写明时间")
    with person(site, "office", DESK, scripts) as page:
        queue(page, title)
        act_in(page, "verify", "验收销号", "现场核验通过", "note")
    [number] = [item["number"] for item in site.zg.json("visit", "show", visit)["members"]]
    shown = site.zg.json("show", number)
    assert (shown["closed_as"], shown["attempt"], shown["lead"]) == ("verified", 2, "SCJGJ")


def submitted(site: Site, title: str, scripts: bool, shot: str, note: str) -> None:
    """The head signs, and the contact submits with a photo."""
    with person(site, "scjgj-head", PHONE, scripts) as page:
        page.locator("#to-endorse .row-item", has_text=title).get_by_role("link", name="同意").click()
        picture(page, "head-phone") if scripts else None
        act(page, "同意")
        assert fits(page)
    with person(site, "scjgj", PHONE, scripts) as page:
        page.locator(".row-item", has_text=title).get_by_role("link", name="申请销号").click()
        act(page, "申请销号", note, shot)
        assert "已办：申请销号" in page.get_by_role("status").inner_text() and fits(page)


def queue(page: Any, title: str) -> None:
    page.locator("#to-verify .row-item", has_text=title).get_by_role("link", name=title).click()


def act_in(page: Any, name: str, button: str, text: str, field: str) -> None:
    page.locator("#next").get_by_role("link", name=button, exact=True).click()
    page.locator(f"#act-{name} [name={field}]").fill(text)
    page.get_by_role("button", name=button, exact=True).click()
    assert f"已办：{button}" in page.get_by_role("status").inner_text()


@WITH_SCRIPTS_AND_WITHOUT
def test_what_stands_still_climbs_until_a_leader_decides(site: Site, scripts: bool) -> None:
    title = f"久拖不决·{'有' if scripts else '无'}脚本"
    number = site.zg.json("open", title, "--source", "visit", "--lead", UNIT)["number"]
    site.zg("assign", number, "--lead", UNIT)
    site.zg("--as", "scjgj", "accept", number)
    site.zg("clock", "advance", "3mo")
    site.zg("sweep")
    with person(site, "leader", PHONE, scripts) as page:
        line = page.locator(".row-item", has_text=title).first
        line.get_by_role("link", name="同意", exact=True).click()
        picture(page, "decide-phone", whole=False) if scripts else None
        page.locator("#answer-consent").get_by_role("button", name="同意", exact=True).click()
        assert fits(page)
    assert any(item["title"] == title for item in [site.zg.json("show", number)])
    assert site.zg("audit", "verify", number).exit_code == 0 and "审定" in site.zg("log", number).stdout


def test_a_ledger_is_sent_in_asked_about_and_entered(site: Site, tmp_path: Path) -> None:
    sheet = tmp_path / "台账.csv"
    sheet.write_text("编号,问题,责任单位,整改时限\n甲-1,取号机排队过长,市工商局,2031-12-30\n甲-2,,市公安局,2031-12-15\n", encoding="utf-8")
    with person(site, "office", PHONE, scripts=False) as page:
        page.goto(f"{site.address}/imports")
        page.locator("#in-source").select_option("superior")
        send(page, str(sheet), "上传，先看结果")
        assert "没有写明问题" in page.locator("main").inner_text() and fits(page)
        page.locator("[name='answer.unit:市工商局']").fill(UNIT)
        page.get_by_role("button", name="写入", exact=True).click()
        assert "已写入 1 件" in page.get_by_role("status").inner_text() and fits(page)
        page.set_viewport_size(DESK)
        page.locator("table a.number").click()
        assert page.locator("h1").inner_text() == "取号机排队过长"


def test_a_round_begins_takes_right_and_wrong_results_and_shows_what_came_of_them(site: Site, tmp_path: Path) -> None:
    sheet = tmp_path / "结果.csv"
    sheet.write_text("指标,对象,数值\n3.5-1,甲县,7.2\n3.5-1,乙区,1\n9.9,甲县,1\n3.5-1,丁县,1\n", encoding="utf-8")
    with person(site, "office", DESK, scripts=False) as page:
        page.goto(f"{site.address}/rounds/new")
        for name, text in (("scheme", "市自评"), ("on", "2020-09-20"), ("targets", "3.5-1"), ("subjects", "甲县、乙区")):
            page.locator(f"#in-{name}").fill(text)
        page.get_by_role("button", name="开始一轮评价").click()
        page.locator("[name=fresh]").check()  # nobody used this scheme before, and it is asked about
        page.get_by_role("button", name="开始一轮评价").click()
        page.get_by_role("link", name="导入", exact=True).last.click()
        send(page, str(sheet), "上传，先看结果")
        told = page.locator("main").inner_text()
        assert "不认识的指标“9.9”" in told and "丁县 不在本轮评价范围内" in told and "新发现 1" in told
        page.get_by_role("button", name="写入", exact=True).click()
        page.locator("table a.number").click()
        assert "未达标" in page.locator("main").inner_text()


def send(page: Any, file: str, button: str) -> None:
    page.locator("#in-file").set_input_files(file)
    page.get_by_role("button", name=button, exact=True).click()
