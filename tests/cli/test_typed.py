"""What is typed in an office is understood: numbers, names of sources, states and grades, lists, people by title."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Zg


@pytest.mark.parametrize("typed", ["１", "第1号", "zg-2020-1", "2020-1", "〔2020〕1号", "ZG-2020-0001"])
def test_a_number_is_understood_as_people_write_it(zg: Zg, typed: str) -> None:
    zg.opened()
    assert zg.json("show", typed)["number"] == "ZG-2020-0001"


def test_several_numbers_stand_in_a_list_or_come_through_a_pipe(zg: Zg) -> None:
    for _ in range(3):
        zg.opened()
    assert [ticket["number"][-1] for ticket in zg.lines("show", "1、3")] == ["1", "3"]
    assert [ticket["number"][-1] for ticket in zg.lines("show", "-", given="第2号\n2020-3\n")] == ["2", "3"]
    assert [ticket["number"][-1] for ticket in zg.lines("show", "-", given="第1号、第2号\n3，\n")] == ["1", "2", "3"]


@pytest.mark.parametrize(("typed", "source"), [
    ("明察暗访", "visit"), ("暗访", "visit"), ("投诉", "complaint"), ("领导批示", "instruction"), ("VISIT", "visit"),
    ("bad review", "review"),
])
def test_a_source_is_named_in_either_language(zg: Zg, typed: str, source: str) -> None:
    for language in ("zh", "en"):
        assert zg.json("--lang", language, "open", "窗口无人", "--source", typed)["source"] == source


def test_an_unknown_source_lists_the_codes(zg: Zg) -> None:
    assert "evaluation" in zg("open", "窗口无人", "--source", "风闻", code=2).stderr


def test_a_grade_is_named_by_its_title(zg: Zg) -> None:
    number = zg.opened(grade="Ｂ类")
    assert zg.json("show", number)["grade"] == "B"
    assert zg.json("amend", number, "--grade", "A类（疑难）", "--reason", "定级有误")["grade"] == "A"


def test_units_stand_in_a_list_where_several_may(zg: Zg) -> None:
    number = zg.json("open", "窗口无人", "--source", "visit", "--lead", "市市场监管局", "--with", "市公安局、市税务局")["number"]
    assert zg.json("show", number)["cooperators"] == ["GAJ", "SHUIWJ"]
    assert zg.json("assign", number, "--with", "市公安局，市科技局")["cooperators"] == ["GAJ", "KJJ"]


def test_a_choice_is_named_in_either_language(zg: Zg) -> None:
    for number, typed in ((zg.opened(), "误立"), (zg.opened(), "not a problem"), (zg.opened(), "mistake")):
        zg("withdraw", number, "--reason", "登记有误", "--as", typed)
        assert zg.json("show", number)["closed_as"] in ("mistake", "not-a-problem")
    number = zg.rectifying()
    zg("urge", number, "--by", "电话")
    assert zg.lines("log", number)[-1]["data"]["input"]["by"] == "phone"
    zg("do", "urge", number, "--set", "by=短信")
    assert zg.lines("log", number)[-1]["data"]["input"]["by"] == "sms"


def test_a_person_is_named_by_title(zg: Zg) -> None:
    zg("--as", "admin", "user", "add", "lisi", "--role", "分管市领导", "--title", "李副市长")
    number = zg.rectifying()
    ticket = zg.json("--as", "李副市长", "instruct", number, "--note", "限期办结")
    assert ticket["instructions"][0]["by"] == "lisi"
    assert zg.json("instruct", number, "--note", "再催", "--by", "Ｌisi")["instructions"][1]["by"] == "lisi"


def test_a_leader_without_account_is_kept_by_name(zg: Zg) -> None:
    number = zg.rectifying()
    told = zg("instruct", number, "--note", "限期办结", "--by", "赵市长", ZG_FORCE_TTY="1")
    assert "没有“赵市长”的账号，按姓名登记" in told.stderr
    assert zg.json("show", number)["instructions"][0]["by"] == "赵市长"


def test_a_title_of_several_is_refused_with_the_list(zg: Zg) -> None:
    for name in ("lisi", "wangwu"):
        zg("--as", "admin", "user", "add", name, "--role", "leader", "--title", "副市长")
    error = zg.error("--as", "副市长", "list", code=2)
    assert error["code"] == "title-ambiguous"
    text = zg("--as", "副市长", "list", code=2).stderr
    assert "lisi" in text and "wangwu" in text


def test_what_a_leader_consents_to_is_named_in_words(zg: Zg) -> None:
    zg("assign", zg.opened(), "--lead", "市市场监管局")
    zg("clock", "set", "2020-10-23T19:00")
    zg("sweep")
    for typed, about in (("通报", "rectify/1/circular"), ("interview", "rectify/1/interview")):
        assert about in [item["about"] for item in zg.json("--as", "leader", "consent", "1", "--about", typed)["consents"]]
    assert "延期" not in zg("--as", "leader", "consent", "1", "--about", "延期", code=5).stdout


@pytest.mark.parametrize(("words", "found"), [
    (("--state", "待交办、整改中"), 2), (("--state", "To be assigned"), 1), (("--light", "绿灯,红"), 2), (("--turn", "督办单位"), 1),
    (("--source", "暗访、投诉"), 2), (("--unit", "市市场监管局、市公安局"), 1), (("--state", "Ｆound"), 1),
])
def test_what_a_list_is_asked_for_is_named_in_words(zg: Zg, words: tuple[str, ...], found: int) -> None:
    zg.opened()
    zg.rectifying()
    assert len(zg.lines("list", *words)) == found


def test_a_state_that_is_none_is_refused(zg: Zg) -> None:
    assert "rectifying" in zg("list", "--state", "胡写", code=2).stderr


def test_the_states_there_are_are_called_as_the_usual_workflow_calls_them(zg: Zg) -> None:
    """Another workflow calls what is verified otherwise (已整改): a state has one word wherever it is told."""
    told = zg("list", "--state", "胡写", code=2).stderr
    assert "已销号 verified" in told and "已整改" not in told


def test_a_text_longer_than_any_title_is_refused_and_one_as_long_is_searched_for(zg: Zg) -> None:
    for command in ("list", "count"):
        error = zg.error(command, "--text", "料" * 100_000, code=2)
        assert error["code"] == "usage-text-long" and "100000 个字，最多 200 个字" in error["message"]
    assert "has 201 characters" in zg.error("--lang", "en", "list", "--text", "x" * 201, code=2)["message"]
    zg("open", "㍿" * 200, "--source", "visit")
    assert len(zg.lines("list", "--text", "㍿" * 200)) == 1


def test_figures_are_parted_by_one_thing(zg: Zg) -> None:
    assert zg.error("count", "--by", "unit", "--by", "measure", code=2)["code"] == "usage-twice"
    assert zg.json("count", "--by", "unit")["by"] == "unit"
