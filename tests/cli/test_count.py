"""What the figures count, and which values a filter refuses: nobody takes an empty answer for an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from tests.cli.conftest import Zg

Shown = Callable[..., Result]


def assigned(zg: Zg, lead: str, *words: str) -> str:
    number = str(zg.json("open", f"{lead}的问题", "--source", "visit", "--grade", "C")["number"])
    zg("assign", number, "--lead", lead, *words)
    return number


def total(zg: Zg, *words: str) -> dict[str, int]:
    return {name: value for name, value in zg.json(*words)["total"].items() if name in ("opened", "open", "late", "closed")}


def test_the_figures_of_a_unit_are_its_row_of_the_figures_by_unit(zg: Zg) -> None:
    assigned(zg, "市公安局", "--with", "市税务局")
    assigned(zg, "市税务局")
    rows = {row["key"]: row for row in zg.json("count", "--by", "unit")["rows"]}
    assert rows["SHUIWJ"]["open"] == total(zg, "count", "--unit", "市税务局")["open"] == 1
    assert [row["key"] for row in zg.json("count", "--unit", "市税务局", "--by", "unit")["rows"]] == ["SHUIWJ"]
    assert len(zg.lines("list", "--unit", "市税务局")) == 2, "a list shows what a unit cooperates in too"
    assert total(zg, "count", "--unit", "市税务局、市公安局")["open"] == 2
    assert total(zg, "--as", "市税务局", "count") == {"opened": 2, "open": 2, "late": 0, "closed": 0}, "what its list shows"
    assert total(zg, "--as", "市税务局", "count", "--unit", "市税务局")["open"] == 1
    assert total(zg, "--as", "市税务局", "count", "--unit", "市公安局")["open"] == 0
    assert zg.lines("--as", "市税务局", "list", "--unit", "市公安局") == []
    for language, said in (("zh", "牵头的件数"), ("en", "tickets it leads")):
        assert said in zg("--lang", language, "count", "--help").stdout


def test_a_portfolio_is_counted_by_what_its_units_lead(zg: Zg) -> None:
    zg("--as", "admin", "user", "add", "wang", "--title", "王副市长", "--role", "leader")
    zg("--as", "admin", "user", "portfolio", "wang", "--unit", "市税务局")
    assigned(zg, "市公安局", "--with", "市税务局")
    assert total(zg, "--as", "wang", "count", "--portfolio")["open"] == 0
    assigned(zg, "市税务局")
    assert total(zg, "--as", "wang", "count", "--portfolio")["open"] == 1
    assert total(zg, "--as", "wang", "count", "--portfolio", "--unit", "市公安局")["open"] == 0
    assert len(zg.lines("--as", "wang", "list", "--portfolio")) == 2


def test_late_counts_the_unit_that_was_late_when_its_promise_stopped(zg: Zg) -> None:
    """What was handed in late, or suspended while it was late, is late until it is closed: nothing the office does or leaves undone."""
    for number, lead in enumerate(("市公安局", "市税务局", "市科技局"), 1):
        assigned(zg, lead)
        zg("--as", lead, "accept", str(number))
    zg("clock", "set", "2020-10-13T10:00")
    zg("--as", "市公安局", "submit", "1", "--note", "改了")
    zg("suspend", "2", "--reason", "等上级批复")
    zg("clock", "set", "2020-10-15T10:00")
    assert total(zg, "count")["late"] == 3 == len(zg.lines("list", "--late"))
    assert [node["number"][-1] for node in zg.lines("list", "--overdue")] == ["3"], "what a unit still works on"
    zg("verify", "1", "--note", "属实")
    assert total(zg, "count") == {"opened": 3, "open": 2, "late": 2, "closed": 1}
    assert zg.json("count")["total"]["on_time"] == 0


@pytest.mark.parametrize("command", ["list", "count"])
@pytest.mark.parametrize(("option", "value", "named"), [
    ("--grade", "Z", ["A", "B", "C"]), ("--state", "lost", ["found", "verified"]), ("--source", "rumour", ["visit", "media"]),
    ("--light", "pink", ["red", "blue"]), ("--turn", "me", ["office", "lead"]), ("--grade", " ", ["A"]), ("--state", "", ["found"]),
])
def test_a_value_that_no_ticket_can_have_is_refused_with_those_there_are(
    zg: Zg, command: str, option: str, value: str, named: list[str],
) -> None:
    refused = zg.error(command, option, value, code=2)
    assert refused["code"] == "usage-choice" and option in refused["message"]
    why = zg(command, option, value, code=2).stderr
    assert all(name in why for name in named)


@pytest.mark.parametrize("typed", ["C", "c", "Ｃ", "C类", "简易", "simple"])
def test_a_grade_is_named_as_people_call_it(zg: Zg, typed: str) -> None:
    zg.opened(grade="C")
    assert len(zg.lines("list", "--grade", typed)) == 1 and total(zg, "count", "--grade", typed)["open"] == 1


@pytest.mark.parametrize(("month", "first", "after"), [("上月", "2020-08-01", "2020-09-01"), ("last-month", "2020-08-01", "2020-09-01"),
                                                       ("本月", "2020-09-01", "2020-10-01"), ("2020-02", "2020-02-01", "2020-03-01")])
def test_a_month_as_both_ends_is_its_first_and_its_last_day(zg: Zg, month: str, first: str, after: str) -> None:
    view = zg.json("count", "--from", month, "--to", month)
    assert (view["from"], view["to"]) == (first, after)


def test_the_level_orders_what_is_open(zg: Zg) -> None:
    zg.rectifying()
    zg("clock", "set", "2020-11-30T09:00")
    zg("sweep")
    low, gone = zg.opened(), zg.opened()
    zg("withdraw", gone, "--reason", "误立")
    assert [node["number"] for node in zg.lines("list", "--sort", "level")] == ["ZG-2020-0001", low]
    assert len(zg.lines("list", "--sort", "level", "--state", "rectifying")) == 1
    assert [node["number"] for node in zg.lines("list", "--level", "无")] == [low]
    assert [node["number"] for node in zg.lines("list", "--level", "1、督办,3", "--level", "4")] == ["ZG-2020-0001"]
    assert zg.error("list", "--level", "10", code=2)["code"] == "usage-choice"
    for words in (
        ("--all",), ("--closed",), ("--state", "verified"), ("--light", "grey"), ("--changed-since", "昨天"), ("--closed-in", "本月"),
    ):
        assert zg.error("list", "--sort", "level", *words, code=2)["code"] == "usage-level-of-closed"


@pytest.mark.parametrize(("typed", "by"), [("单位", "unit"), ("任务", "measure"), ("经办人", "officer"), ("officers", "officer")])
def test_what_is_counted_by_may_be_typed_as_people_call_it(zg: Zg, typed: str, by: str) -> None:
    assert zg.json("count", "--by", typed)["by"] == by
