"""Drafts: what was typed is offered again on another device, to its author alone, until it is sent, dropped or too old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NoReturn

import pytest

from engine.app.serving import open_record
from engine.desk import drafts
from engine.desk.drafts import KEPT, LONGEST, MOST, draft_of, own_drafts
from engine.errors import Busy
from engine.rules.access import Actor
from tests.counted import statements
from tests.web.conftest import Office, shown

FORM, KEEP = "/tickets/ZG-2020-0001/comment", "/drafts/ZG-2020-0001/comment"


def test_what_was_typed_is_in_the_form_again_on_another_device_and_gone_once_it_is_sent(office: Office) -> None:
    phone, desk = office.browser("scjgj"), office.browser("scjgj")
    assert phone.post(KEEP, note="五张表\n合并为<一张>", version="2") == FORM
    html = desk.get(FORM)
    assert "五张表\n合并为&lt;一张&gt;</textarea>" in html and "已填回" in shown(html) and "请核对" not in shown(html)
    assert "草稿 1" in shown(desk.get("/")) and "企业开办材料重复提交" in shown(desk.get("/drafts"))
    desk.post(FORM, note="五张表合并为一张")
    assert "五张表" not in phone.get(FORM) and "没有草稿" in shown(phone.get("/drafts"))
    assert office.zg("audit", "verify").exit_code == 0


def test_a_draft_is_gone_once_its_act_is_done_to_several_at_once(office: Office) -> None:
    browser = office.browser("office")
    for number in ("1", "2"):
        browser.post(f"/drafts/{number}/comment", note="写了一半")
    assert "草稿 2" in shown(browser.get("/drafts"))
    browser.post("/bulk", 200, act="comment", number="1", note="写完了")
    assert "草稿 1" in shown(browser.get("/drafts")) and "写了一半" not in browser.get(FORM)


def test_an_act_that_was_done_is_told_as_done_though_its_draft_cannot_be_dropped(
    office: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = office.browser("scjgj")
    browser.post(KEEP, note="写了一半")
    monkeypatch.setattr(drafts, "writing_as", busy)
    assert "done=" in browser.post(FORM, note="写完了")
    assert "写完了" in office.zg("log", "1").stdout and "写了一半" in browser.get(FORM)


def busy(*_: object) -> NoReturn:
    raise Busy


def test_a_script_keeps_it_without_a_page_and_an_empty_form_is_no_draft(office: Office) -> None:
    browser = office.browser("scjgj")
    assert browser.post(KEEP, 204, note="写了一半", quiet="1") == ""
    assert "写了一半" in browser.get(FORM)
    browser.post(KEEP, 204, quiet="1", lead="不是这张表的")
    assert "没有草稿" in shown(browser.get("/drafts"))


def test_a_new_ticket_is_gone_on_with_on_another_device_but_not_who_complained(office: Office) -> None:
    phone, desk = office.browser("office"), office.browser("office")
    typed = {"title": "窗口工作时间无人", "source": "complaint", "lead": "市税务局", "complainant": "李四光", "clue": "来信"}
    assert phone.post("/drafts", **typed) == "/tickets/new"
    assert "窗口工作时间无人" in shown(desk.get("/drafts")) and "草稿 1" in shown(desk.get("/"))
    html = desk.get("/tickets/new")
    assert all(text in html for text in ("窗口工作时间无人", "市税务局", 'value="complaint" selected')) and "已填回" in shown(html)
    assert "李四光" not in html and "来信" not in html
    for other in ("second", "admin"):
        if other == "second":
            office.zg("--as", "admin", "user", "add", other, "--role", "supervisor", "--title", "另一人")
        assert "窗口工作时间无人" not in office.browser(other).client.get("/tickets/new").text
    desk.post("/tickets/new", 404, title="窗口工作时间无人", source="complaint", lead="没有这个单位")
    assert "草稿 1" in shown(desk.get("/")), "what came to nothing is still a draft"
    desk.post("/tickets/new", title="窗口工作时间无人", source="complaint")
    assert "没有草稿" in shown(phone.get("/drafts")) and "窗口工作时间无人" not in phone.get("/tickets/new")
    phone.post("/drafts", **typed)
    assert phone.post("/drafts/drop") == "/drafts" and "没有草稿" in shown(phone.get("/drafts"))
    office.browser("scjgj").post("/drafts", 403, title="不由承办单位立项")


def test_nothing_is_kept_of_a_form_that_cannot_be_sent(office: Office) -> None:
    browser = office.browser("office")
    assert "data-draft=" not in browser.get("/tickets/1/verify") and "data-draft=" in browser.get("/tickets/1/comment")


def test_a_draft_is_its_authors_alone(office: Office) -> None:
    office.browser("scjgj").post(KEEP, note="只给自己看")
    for other in ("scjgj-head", "office", "admin"):
        browser = office.browser(other)
        assert "只给自己看" not in browser.get(FORM) + browser.get("/drafts")
        browser.post(f"{KEEP}/drop")
    assert "只给自己看" in office.browser("scjgj").get(FORM)
    office.browser("shuiwj").post(KEEP, 404, note="看不到的事项")
    office.browser("scjgj").post("/drafts/ZG-2020-0001/nothing", 404, note="没有这种办理")


def test_a_draft_says_that_the_ticket_changed_since_and_is_dropped_by_its_author(office: Office) -> None:
    browser = office.browser("scjgj")
    browser.post(KEEP, note="写于签收前", version="2")
    office.zg("--as", "scjgj", "accept", "1")
    assert "请核对" in shown(browser.get(FORM))
    assert browser.post(f"{KEEP}/drop") == "/drafts"
    assert "写于签收前" not in browser.get(FORM)


def test_drafts_have_a_size_a_number_and_an_age(office: Office) -> None:
    browser = office.browser("office")
    assert "太长" in shown(browser.post(KEEP, 422, note="长" * (LONGEST + 1)))
    browser.post(KEEP, note="正好")
    who = Actor("office", "supervisor", None, "web")
    with open_record(office.settings) as record:
        now = datetime.now(UTC)
        with statements(record.database) as few:
            assert len(own_drafts(record.desk, who, now)) == 1 and MOST > 1
        assert draft_of(record.desk, who, "ZG-2020-0001", "comment", now + KEPT - timedelta(minutes=1)) is not None
        assert draft_of(record.desk, who, "ZG-2020-0001", "comment", now + KEPT + timedelta(minutes=1)) is None
    for number in ("2", "3"):
        browser.post(f"/drafts/{number}/comment", note="又一份")
    with open_record(office.settings) as record, statements(record.database) as many:
        assert [item.ticket.number for item in own_drafts(record.desk, who, now)] == ["ZG-2020-0003", "ZG-2020-0002", "ZG-2020-0001"]
    assert len(many) == len(few), "the page of today asks no more the more there are"


@pytest.mark.parametrize("heads", [{"sec-fetch-site": "cross-site"}])
def test_no_other_site_writes_a_draft(office: Office, heads: dict[str, str]) -> None:
    browser = office.browser("office")
    assert browser.client.post(KEEP, data={"note": "x"}, headers=heads).status_code == 403
    assert "没有草稿" in shown(browser.get("/drafts"))
