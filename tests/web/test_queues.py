"""Queues: what waits for the same, one by one with the problem beside its proof, and the text that reminds a unit."""

from __future__ import annotations

import re

import pytest

from engine.errors import NotFound
from tests.web.conftest import Office, shown
from tests.web.test_tickets import version_of

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def submitted(office: Office) -> Office:
    """Two tickets that wait to be verified, one with a photo."""
    office.zg("assign", "2", "--lead", "市政务服务和大数据局")
    for number, unit in (("1", "scjgj"), ("2", "zwdsj")):
        office.zg("--as", unit, "accept", number)
    office.browser("scjgj").post("/tickets/1/submit", files=[("窗口.png", PNG), ("说明.svg", b"<svg/>")], note="五张表合并为一张")
    office.zg("--as", "zwdsj", "submit", "2", "--note", "评价器已恢复")
    return office


def test_the_queue_leads_from_one_ticket_to_the_next_with_both_answers_on_the_page(submitted: Office) -> None:
    browser = submitted.browser("office")
    assert "/queues/to-verify" in browser.get("/")
    listed = browser.get("/queues/to-verify")
    first, second = re.findall(r'name="number" value="(ZG-2020-\d+)"', listed)
    html = browser.get(f"/queues/to-verify/{first}")
    text = shown(html)
    assert "第 1 件，共 2 件" in text and "下一件" in text and "验收销号" in text and "退回整改" in text
    way = browser.post(f"/tickets/{first}/verify", version=version_of(html), note="现场核验通过", next=f"/queues/to-verify/{second}")
    assert way.startswith(f"/queues/to-verify/{second}?acted={first}.")
    text = shown(browser.get(way))
    assert "第 1 件，共 1 件" in text and f"已办：验收销号 {first}" in text, "what was done is said where one goes on"
    assert browser.get(f"/queues/to-verify/{first}", 303) == "/queues/to-verify", "somebody dealt with it"
    gone = browser.get(f"/queues/to-verify/{first}?{way.partition('?')[2]}", 303)
    assert f"已办：验收销号 {first}" in shown(browser.get(gone)), "also where the next one is gone"
    for other in ("scjgj", "leader"):
        assert "已办" not in shown(submitted.browser(other).get(f"/?{way.partition('?')[2]}")), "to whoever did it, and to nobody else"
    assert "已办" not in shown(browser.get("/?acted=ZG-2020-0999.1")) + shown(browser.get(f"/?acted={first}.x"))


def test_whoever_may_not_verify_what_they_assigned_is_told_so_in_the_queue_and_may_send_it_back(office: Office) -> None:
    office.zg("--as", "admin", "user", "add", "second", "--role", "supervisor", "--title", "督查二组")
    office.zg("amend", "1", "--grade", "A", "--reason", "重大")
    office.zg("--as", "scjgj", "accept", "1")
    office.zg("--as", "scjgj-head", "endorse", "1")
    office.browser("scjgj").post("/tickets/1/submit", files=[("窗口.png", PNG)], note="五张表合并为一张")
    mine = office.browser("office")
    html = mine.get("/queues/to-verify/1")
    assert "是交办人，而督办单位还有其他人" in shown(html) and 'action="/tickets/ZG-2020-0001/reject"' in html
    assert 'action="/tickets/ZG-2020-0001/verify"' not in html and "先看全貌" not in html
    assert 'href="/tickets/ZG-2020-0001/reject"' in mine.get("/") and 'href="/tickets/ZG-2020-0001/verify"' not in mine.get("/")
    assert "是交办人，而督办单位还有其他人" in shown(mine.get("/tickets/1")), "among what cannot be done yet"
    lines = next(section["tickets"] for section in office.zg.json("today")["sections"] if section["section"] == "to-verify")
    assert [(line["command"], line["otherwise"].split()[1]) for line in lines] == [("zg can ZG-2020-0001 verify", "reject")]


def test_where_an_answer_leads_is_a_page_of_ours(submitted: Office) -> None:
    browser = submitted.browser("office")
    way = browser.post("/tickets/1/reject", reason="照片看不清", next="https://evil.example/")
    assert way.startswith("/tickets/ZG-2020-0001")


def test_a_refused_answer_keeps_the_words_and_the_way_on(submitted: Office) -> None:
    html = submitted.browser("office").post("/tickets/1/reject", 422, reason="照片看不清", due="2019-01-01", next="/queues/to-verify")
    assert "照片看不清" in html and 'name="next" value="/queues/to-verify"' in html


def test_a_phrase_fills_the_reason_without_a_script(submitted: Office) -> None:
    browser = submitted.browser("office")
    html = browser.get("/queues/to-verify/1")
    assert 'data-draft="ZG-2020-0001/reject"' in html and 'data-draft-to="/drafts/ZG-2020-0001/verify"' in html, "what is typed is kept"
    way = re.search(r'href="(/queues/to-verify/[^"]+reason=[^"]+)#answer-reject"', html)
    assert way is not None
    assert re.search(r'<textarea[^>]*name="reason"[^>]*>佐证材料不全', browser.get(way[1]))


def test_a_photo_is_shown_beside_the_problem_and_nothing_else_that_was_handed_in(submitted: Office) -> None:
    browser = submitted.browser("office")
    pictures = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', browser.get("/queues/to-verify/1"))
    assert [name for _, name in pictures] == ["窗口.png"]
    answer = browser.client.get(pictures[0][0], headers=browser.heads)
    assert answer.content == PNG and answer.headers["content-type"] == "image/png"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    svg = next(item["sha256"] for item in submitted.zg.json("show", "1")["files"] if item["name"].endswith("svg"))
    browser.get(f"/files/1/{svg}/picture", 404)
    submitted.browser("shuiwj").get(pictures[0][0], 404)


def test_a_head_has_what_waits_for_a_signature_with_both_answers(office: Office) -> None:
    office.zg("amend", "1", "--grade", "A", "--reason", "重大")
    office.zg("--as", "scjgj", "accept", "1")
    head = office.browser("scjgj-head")
    html = head.get("/queues/to-endorse/1")
    assert "/tickets/ZG-2020-0001/endorse" in html and "/tickets/ZG-2020-0001/send-back" in html
    way = head.post("/tickets/1/endorse", next="/queues/to-endorse")
    assert "没有要办的了" in shown(head.get(way)) and "已办：审签 ZG-2020-0001" in shown(head.get(way))


def test_the_text_that_reminds_units_names_each_with_its_tickets_and_dates(office: Office) -> None:
    office.zg("clock", "set", "2020-12-01T09:00")
    html = office.browser("office").get("/queues/overdue")
    texts = re.findall(r"(?s)<textarea[^>]*readonly[^>]*>(.*?)</textarea>", html)
    assert len(texts) == 2
    assert any("【整改催办】市市场监管局：以下 1 件" in text and "1. ZG-2020-0001 企业开办材料重复提交，整改时限" in text for text in texts)
    assert "<textarea" not in office.browser("office").get("/queues/to-assign")


@pytest.mark.parametrize("path", ["/queues/nothing", "/queues/to-assign", "/queues/batches", "/queues/to-verify/1"])
def test_nobody_has_a_queue_that_is_not_theirs(read_office: Office, path: str) -> None:
    read_office.browser("scjgj").get(path, 404)
    assert NotFound.http == 404


def test_a_leader_sees_what_is_to_be_decided_and_where_it_burns(office: Office) -> None:
    office.zg("--as", "admin", "user", "portfolio", "leader", "--unit", "市市场监管局")
    office.zg("clock", "set", "2020-12-01T09:00")
    office.zg("sweep")
    text = shown(office.browser("leader").get("/"))
    assert "分管单位红灯" in text and "企业开办材料重复提交" in text and "政务大厅好差评" not in text
    assert "请领导审定" in text and "同意 不同意" in text


TAPPED = {
    "": [("btn-primary", "同意"), ("btn-danger", "不同意")], "?agree=1": [("btn-primary", "同意"), ("", "不同意")],
    "?refuse=1": [("btn-danger", "不同意"), ("", "同意")],
}
"""By what a leader came to the form: its buttons, each with what it looks like."""


def test_a_leader_says_no_with_one_button_of_the_form(office: Office) -> None:
    office.zg("clock", "set", "2020-12-01T09:00")
    office.zg("sweep")
    leader = office.browser("leader")
    number = re.search(r"/queues/decisions/(ZG-2020-\d+)", leader.get("/"))
    assert number is not None
    way = f"/queues/decisions/{number[1]}"
    button = re.compile(r'<button class="btn ?([a-z-]*)" type="submit"[^>]*>(同意|不同意)<')
    for query, verdicts in TAPPED.items():
        assert button.findall(leader.get(way + query)) == verdicts, "the verdict that was tapped is the one that stands out"
    html = leader.get(way)
    about = re.search(r'name="about" value="([^"]+)"', html)
    assert about is not None and 'name="by"' not in html and "批示" in html
    way = leader.post(f"/tickets/{number[1]}/consent", version=version_of(html), about=about[1], refuse="1", next="/")
    said = shown(leader.get(way))
    assert f"已办：领导审定 {number[1]}" in said and "分管市领导不同意：约谈" in said and "这一件还等审定：通报" in said
    assert "承办单位不可见" not in said
    last = office.zg.lines("log", number[1])[-1]
    assert last["actor"] == "leader" and last["data"]["agreed"] is False, last
