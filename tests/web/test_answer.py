"""The page of an answer link: looking changes nothing, an answer is taken once, and nothing of the office is on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.app.serving import open_record
from engine.office.complaints.answers import make_link
from engine.office.complaints.inbound import take_in
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from tests.web.conftest import Office, shown

OFFICE, CONTACT = Actor("office", "supervisor", None, "test"), Actor("scjgj", "contact", "SCJGJ", "test")
BAD: Mapping[str, Any] = {
    "ref": "R1", "version": 1, "at": "2020-09-24T10:00", "rating": 1, "unit": "SCJGJ", "item": "开办", "text": "跑了三趟", "name": "张三",
    "phone": "13800001111",
}


@pytest.fixture
def link(office: Office) -> str:
    """The path of a link about a bad review whose ticket is rectified."""
    with open_record(office.settings) as record:
        desk = record.desk
        ticket = take_in(desk, OFFICE, "省平台", BAD).feedback.ticket or ""
        for actor, command in (
            (CONTACT, Command("call-back", {}, {"note": "已电话回访"})), (CONTACT, Command("submit", {}, {"note": "已整改"})),
            (OFFICE, Command("verify")),
        ):
            desk.do(actor, ticket, command)
        return f"/answer/{make_link(desk, OFFICE, '1').token}"


def answered(office: Office) -> tuple[str | None, str | None]:
    found = office.zg.json("feedback", "show", "1")
    return found["answer"], found["answer_text"]


def test_whoever_complained_looks_as_often_as_they_like_and_answers_once(office: Office, link: str) -> None:
    browser = office.browser()
    for _ in range(2):
        text = shown(browser.get(link))
        assert "省平台" in text and "R1" in text and "开办" in text
        for secret in ("张三", "13800001111", "已整改", "ZG-2020", "市市场监管局"):
            assert secret not in text
    assert answered(office) == (None, None)
    way = browser.post(link, said="unsatisfied", because="not-done", text="还是要跑三趟")
    assert "谢谢" in shown(browser.get(way)) and answered(office) == ("unsatisfied", "还是要跑三趟")
    browser.get(link, 422)
    browser.post(link, 422, said="satisfied")
    assert answered(office)[0] == "unsatisfied"


def test_an_answer_that_cannot_be_taken_is_shown_again_with_its_words(office: Office, link: str) -> None:
    html = office.browser().post(link, 422, said="unsatisfied<b>", text="没有选满意不满意")
    assert "没有选满意不满意" in html and 'role="alert"' in html and answered(office) == (None, None)


def test_a_link_that_is_none_says_so_and_nothing_else(office: Office) -> None:
    browser = office.browser()
    assert "链接" in shown(browser.get("/answer/nobody", 422))
    browser.post("/answer/nobody", 422, said="satisfied")
