"""Rounds of evaluation on pages: begun, what they found, what people do with it, objections, closing, taking back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import Office, shown

HEAD = "指标,对象,数值,备注"


@pytest.fixture
def measured(office: Office, tmp_path: Path) -> Office:
    """A round in which 甲县 misses one target and reaches another."""
    for code, name in (("JIA", "甲县"), ("YI", "乙区")):
        office.zg("unit", "add", code, name, "--kind", "county", "--relation", "county")
    started = office.browser("office").post("/rounds/new", scheme="市自评", on="2020-09-20", subjects="甲县,乙区", targets="3.5-1,3.1-1")
    assert started == "/rounds/R-2020-01?done=started"
    sheet = tmp_path / "r.csv"
    sheet.write_text(f"{HEAD}\n3.5-1,甲县,7.2,线上率低\n3.5-1,乙区,1,\n3.1-1,甲县,1,\n", encoding="utf-8")
    office.zg("evaluate", "import", "1", str(sheet), "--commit")
    return office


def test_a_round_shows_its_results_by_action_what_is_missing_and_its_tasks_as_a_sheet(measured: Office) -> None:
    browser = measured.browser("office")
    assert "R-2020-01" in browser.get("/rounds") and "市自评" in shown(browser.get("/rounds"))
    text = shown(browser.get("/rounds/1"))
    assert "新发现 1" in text and "7.2" in text and "本轮未测 1 项" in text
    narrowed = shown(browser.get("/rounds/1?action=opened"))
    assert "7.2" in narrowed and "乙区 1" not in narrowed
    answer = browser.client.get("/rounds/1/tasks", headers=browser.heads)
    assert answer.content[:2] == b"PK" and "attachment" in answer.headers["content-disposition"]
    for seat, code in (("auditor", 200), ("scjgj", 403), ("admin", 403)):
        measured.browser(seat).get("/rounds/1", code)


def test_what_is_typed_line_by_line_is_several_and_a_name_that_nobody_used_before_is_asked_about_first(measured: Office) -> None:
    browser = measured.browser("office")
    assert '<option value="市自评"></option>' in browser.get("/rounds/new")
    typed = {"scheme": "市自平", "on": "2020-09-21", "subjects": "甲县\r\n乙区\r\n丙县", "targets": "3.5-1\r\n3.1-1"}
    asked = browser.post("/rounds/new", 422, **typed)
    assert "“市自平”" in shown(asked) and "丙县" in shown(asked) and 'name="fresh"' in asked and "3.5-1" in asked
    assert len(measured.zg.lines("evaluate", "list")) == 1, "nothing begins before it is said to be meant"
    assert browser.post("/rounds/new", fresh="1", **typed) == "/rounds/R-2020-02?done=started"
    begun = measured.zg.json("evaluate", "show", "2")
    assert begun["subjects"] == ["JIA", "YI", "丙县"] and [item["id"] for item in begun["targets"]] == ["3.5-1", "3.1-1"]


def test_the_board_offers_every_scheme_and_begins_with_one_that_has_results(measured: Office) -> None:
    browser = measured.browser("office")
    browser.post("/rounds/new", scheme="省考", on="2020-09-21", targets="3.5-1", fresh="1")
    board = browser.get("/board")
    assert "7.2" in board and 'href="/board?scheme=%E7%9C%81%E8%80%83"' in board and 'aria-current="true">市自评' in board
    assert "还没有评价结果" in shown(browser.get("/board?scheme=省考")) and "市自评" in browser.get("/board?scheme=省考")
    measured.zg("evaluate", "undo", "2", "--reason", "写错", "--commit")
    assert "省考" not in browser.get("/board"), "what was taken back has no board"


def test_what_is_wrong_with_a_round_is_told_by_the_names_of_its_own_fields(measured: Office) -> None:
    wrong = measured.browser("office").post("/rounds/new", 422, scheme="市自评", on="2020-12-31", title="一" * 300, targets="3.5-1")
    assert "“评价基准日”" in shown(wrong) and "纸质件日期" not in wrong
    assert "标题" not in wrong


def test_an_objection_is_entered_with_what_was_signed_and_decided(measured: Office) -> None:
    browser = measured.browser("office")
    measured.zg("evaluate", "undo", "1", "--reason", "重来", "--commit")
    browser.post("/rounds/new", scheme="市自评", on="2020-09-20", subjects="甲县", targets="3.5-1", for_comment="2020-10-20")
    about = {"unit": "甲县", "target": "3.5-1", "reason": "口径不同"}
    measured.zg("evaluate", "import", "2", str(sheet_of(measured)), "--commit")
    again = browser.post("/rounds/2/object", 422, **about)
    assert "签字" in shown(again) and "口径不同" in again
    assert browser.post("/rounds/2/object", files=[("异议.pdf", b"%PDF-1.7 x")], **about) == "/rounds/R-2020-02?done=objected#disputes"
    assert "待核定" in shown(browser.get("/rounds/2"))
    browser.post("/rounds/2/decide", decision="refuse", **{**about, "reason": "口径一致"})
    assert "不采纳" in shown(browser.get("/rounds/2")) and "口径一致" in shown(browser.get("/rounds/2"))


def sheet_of(office: Office) -> Path:
    path = Path(office.settings.db.removeprefix("sqlite:///")).with_name("r2.csv")
    path.write_text(f"{HEAD}\n3.5-1,甲县,7.2,\n", encoding="utf-8")
    return path


def test_what_passes_is_verified_together_and_a_round_is_closed_or_taken_back_after_a_look(measured: Office) -> None:
    browser = measured.browser("office")
    assert "办理 0 件" in shown(browser.post("/rounds/1/verify", 200))
    assert "办理 0 件" in shown(browser.post("/rounds/1/reopen", 200))
    assert "还有 1 项" in shown(browser.post("/rounds/1/close", 422))
    assert "撤回本轮结果" in shown(browser.get("/rounds/1/undo"))
    assert "没有人申请" in shown(browser.post("/rounds/1/undo/preview", 422))
    assert "将撤销 1 件" in shown(browser.post("/rounds/1/undo/preview", 200, reason="录错"))
    assert measured.zg.json("show", "4")["state"] == "found"
    assert browser.post("/rounds/1/undo", reason="录错") == "/rounds/R-2020-01?done=undone"
    assert measured.zg.json("show", "4")["state"] == "withdrawn"
    measured.browser("leader").post("/rounds/1/undo", 403)
