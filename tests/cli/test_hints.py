"""The order that a hint gives can be run as it stands: with everything that a ticket of this grade must be given."""

from __future__ import annotations

from tests.cli.conftest import Zg


def rectifying(zg: Zg, grade: str) -> str:
    number = zg.opened(grade=grade)
    zg("assign", number, "--lead", "市市场监管局")
    zg("--as", "市市场监管局", "accept", number)
    return number


def hint(zg: Zg, *words: str) -> str:
    return str(zg.error(*words, code=5)["hint"])


def test_an_order_names_who_approved_it_where_the_grade_asks_for_that(zg: Zg) -> None:
    simple, hard = rectifying(zg, "C"), rectifying(zg, "B")
    asked = "由牵头单位先申请：zg request-extension {number} --to 日期 --reason 理由"
    assert hint(zg, "grant", simple) == asked.format(number=simple)
    assert hint(zg, "grant", hard) == f"{asked.format(number=hard)} --approved-by 姓名或职务"
    english = hint(zg, "--lang", "en", "grant", hard)
    assert english == f"the lead asks first: zg request-extension {hard} --to WHEN --reason TEXT --approved-by WHO"


def test_an_order_inside_a_sentence_is_completed_where_it_stands(zg: Zg) -> None:
    number = zg.opened(grade="B")
    zg("assign", number, "--lead", "市市场监管局")
    zg("clock", "set", "2020-09-30T10:00")
    told = hint(zg, "--as", "市市场监管局", "decline", number, "--reason", "不在职责之内", "--approved-by", "刘局长")
    assert told == f"由督办单位决定是否改派：zg reassign {number} --lead 单位 --reason 理由"


def test_an_order_that_gives_all_is_left_as_it_is(zg: Zg) -> None:
    number = rectifying(zg, "B")
    zg("--as", "scjgj-head", "endorse", number)
    assert hint(zg, "--as", "scjgj-head", "endorse", number) == f"zg submit {number} --note 整改情况"
    english = hint(zg, "--lang", "en", "--as", "scjgj-head", "endorse", number)
    assert english.startswith(f"zg submit {number} --note ") and english.count("--note") == 1


def test_what_waits_to_be_verified_is_verified_by_its_grade_with_all_that_asks(zg: Zg) -> None:
    number = rectifying(zg, "B")
    zg("--as", "scjgj-head", "endorse", number)
    zg("--as", "市市场监管局", "submit", number, "--note", "已合并")
    refused = zg.error("amend", number, "--grade", "C", "--reason", "类别有误", code=5)
    assert [reason["code"] for reason in refused["reasons"]] == ["grade-asks-less"]
    assert f"zg verify {number} --note 说明" in refused["hint"] and f"zg reject {number} --reason 理由" in refused["hint"]
    english = zg.error("--lang", "en", "amend", number, "--grade", "C", "--reason", "x", code=5)
    assert "would ask less" in english["reasons"][0]["message"] and f"zg verify {number} --note TEXT" in english["hint"]
