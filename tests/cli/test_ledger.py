"""The questions an office asks of its ledger, each answered by one command: today, list with its filters, count."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.conftest import Zg

Shown = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def numbers(zg: Zg, *words: str) -> list[str]:
    return [node["number"][-1] for node in zg.lines(*words)]


@pytest.fixture
def march(zg: Zg) -> Zg:
    """From 25 September 2020: 1 rectifying and due on 9 October (GAJ), 2 submitted in time by 市市场监管局, 3 found, 4 verified (GAJ).
    It is 13 October: 1 is three working days late.
    """
    zg.once(since_september)
    return zg


def since_september(zg: Zg) -> None:
    zg("--as", "admin", "user", "add", "lizy", "--title", "督查科李志远", "--role", "supervisor")
    zg("open", "窗口无人", "--source", "visit", "--officer", "lizy", "--measure", "3.1")
    zg("assign", "1", "--lead", "市公安局")
    zg("--as", "市公安局", "accept", "1")
    zg("open", "材料重复", "--source", "complaint")
    zg("assign", "2", "--lead", "市市场监管局", "--due", "2020-10-30")
    zg("--as", "市市场监管局", "accept", "2")
    zg("open", "指南不一致", "--source", "visit")
    zg("open", "已办结的", "--source", "visit", "--grade", "C")
    zg("assign", "4", "--lead", "市公安局")
    zg("--as", "市公安局", "accept", "4")
    zg("clock", "set", "2020-09-28T10:00")
    zg("--as", "市公安局", "submit", "4", "--note", "已改")
    zg("verify", "4", "--note", "属实")
    zg("clock", "set", "2020-10-12T10:00")
    zg("--as", "市市场监管局", "submit", "2", "--note", "已改")
    zg("clock", "set", "2020-10-13T10:00")


@BOTH
def test_what_is_overdue_by_unit(march: Zg, language: str) -> None:
    march.environment["ZG_LANG"] = language
    view = march.json("count", "--by", "unit", "--overdue")
    assert [(row["key"], row["name"], row["late"], row["open"]) for row in view["rows"]] == [("GAJ", "市公安局", 1, 1)]
    assert numbers(march, "list", "--overdue") == ["1"]
    assert "市公安局" in march("count", "--by", "unit", "--overdue", ZG_FORCE_TTY="1").stdout


@pytest.mark.parametrize(("language", "week"), [("zh", "本周"), ("en", "this-week")])
def test_what_is_due_this_week(march: Zg, language: str, week: str) -> None:
    march.environment["ZG_LANG"] = language
    march("assign", "3", "--lead", "市公安局", "--due", "2020-10-16")
    assert numbers(march, "list", "--due", week) == ["3"]
    assert numbers(march, "list", "--due", "2020-10-12..2020-10-16") == ["3"]
    assert numbers(march, "list", "--due", "2020-10-09..2020-10-09") == ["1"]


@BOTH
def test_what_waits_for_my_verification(march: Zg, language: str) -> None:
    march.environment["ZG_LANG"] = language
    sections = {section["section"]: section for section in march.json("today")["sections"]}
    assert [ticket["number"] for ticket in sections["to-verify"]["tickets"]] == ["ZG-2020-0002"]
    assert sections["to-verify"]["tickets"][0]["command"].startswith("zg verify ZG-2020-0002")
    assert numbers(march, "list", "--state", "submitted", "--mine") == ["2"]
    assert numbers(march, "--as", "lizy", "list", "--state", "submitted", "--mine") == []


@BOTH
def test_what_is_open_and_late_by_officer(march: Zg, language: str) -> None:
    march.environment["ZG_LANG"] = language
    rows = {row["key"]: (row["name"], row["open"], row["late"]) for row in march.json("count", "--by", "officer")["rows"]}
    assert rows["lizy"] == ("督查科李志远", 1, 1) and rows["office"][1:] == (2, 0)
    assert numbers(march, "list", "--officer", "lizy") == ["1"] == numbers(march, "--as", "lizy", "list", "--mine")


@BOTH
def test_what_a_unit_did_in_a_month(march: Zg, language: str) -> None:
    march.environment["ZG_LANG"] = language
    view = march.json("count", "--unit", "市公安局", "--from", "2020-09-01", "--to", "2020-09-30")
    assert (view["from"], view["to"], view["by"], view["rows"]) == ("2020-09-01", "2020-10-01", None, [])
    assert view["total"] == {"opened": 2, "open": 1, "late": 1, "closed": 1, "on_time": 1, "mean_days": 2.0}
    assert march.json("count", "--unit", "市公安局", "--from", "9月", "--to", "9月")["total"] == view["total"]
    assert numbers(march, "list", "--unit", "市公安局", "--closed-in", "2020-09") == ["4"]
    assert numbers(march, "list", "--unit", "市公安局", "--closed-in", "2020-10-01..") == []


@BOTH
def test_what_to_urge_today(march: Zg, language: str) -> None:
    march.environment["ZG_LANG"] = language
    shown = march("today", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS="110").stdout.splitlines()
    line = next(line for line in shown if "窗口无人" in line)
    assert line.endswith("zg urge 1 --by phone") and "2020-10-09" in line
    march(*line[line.rindex("zg urge"):].split()[1:])


@pytest.mark.parametrize(("language", "yesterday"), [("zh", "昨天"), ("en", "yesterday")])
def test_what_changed_since_yesterday(march: Zg, language: str, yesterday: str) -> None:
    march.environment["ZG_LANG"] = language
    march("comment", "4", "--note", "回访满意")
    assert numbers(march, "list", "--changed-since", yesterday) == ["4", "2"]
    assert numbers(march, "list", "--changed-since", "2020-10-13") == ["4"]


@BOTH
def test_the_figures_of_the_month(march: Zg, language: str) -> None:
    march.environment["ZG_LANG"] = language
    rows = {row["key"]: row for row in march.json("count", "--by", "month")["rows"]}
    assert {key: (row["opened"], row["closed"]) for key, row in rows.items()} == {"2020-09": (4, 1)}
    total = march.json("count", "--from", "2020-10-01", "--to", "10月")["total"]
    assert (total["opened"], total["open"], total["late"], total["closed"], total["mean_days"]) == (0, 3, 1, 0, None)
    head = march("count", "--by", "month", ZG_FORCE_TTY="1", NO_COLOR="1").stdout.splitlines()[0].split()
    assert head[0] == ("月份" if language == "zh" else "month")


@pytest.mark.parametrize(("language", "page", "heading"), [
    ("en", "README.md", "What an office asks"), ("zh", "README.zh-CN.md", "一问一条命令"),
])
def test_the_questions_and_their_commands_stand_in_the_readme(march: Zg, language: str, page: str, heading: str) -> None:
    march.environment["ZG_LANG"] = language
    text = (ROOT / page).read_text(encoding="utf-8")
    table = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    asked = re.findall(r"^\|.*\| `zg (.*)` \|$", table, re.MULTILINE)
    assert len(asked) == 8
    told = {command: march(*shlex.split(command), ZG_FORCE_TTY="1", NO_COLOR="1").stdout for command in asked}
    assert len(set(told.values())) > 5
    assert "市公安局" in told[next(command for command in asked if "--overdue" in command)]


def test_lateness_of_closed_ones_is_a_filter(march: Zg) -> None:
    march("--as", "市公安局", "submit", "1", "--note", "改了")
    march("verify", "1", "--note", "属实")
    assert numbers(march, "list", "--closed", "--late") == ["1"] and numbers(march, "list", "--closed", "--on-time") == ["4"]
    assert numbers(march, "list", "--closed") == ["1", "4"]


def test_measure_grade_and_opening_are_filters(march: Zg) -> None:
    assert numbers(march, "list", "--measure", "3.1", "--all") == ["1"]
    assert sorted(numbers(march, "list", "--grade", "C", "--all")) == ["1", "2", "3", "4"]
    assert numbers(march, "list", "--grade", "A") == []
    assert sorted(numbers(march, "list", "--opened", "2020-09-25..2020-09-25", "--all")) == ["1", "2", "3", "4"]
    assert numbers(march, "list", "--opened", "..2020-09-24", "--all") == []
    assert march.error("list", "--opened", "2020-10-02..2020-10-01", code=2)["code"] == "usage-span"


def test_the_officer_can_be_changed_and_must_be_of_the_office(march: Zg) -> None:
    march("amend", "1", "--officer", "office", "--reason", "换人")
    assert march.json("show", "1")["officer"] == "office"
    assert march.error("open", "x", "--source", "visit", "--officer", "市公安局", code=5)["code"] == "not-an-officer"


def test_a_unit_is_told_what_it_is_to_do(march: Zg) -> None:
    march("assign", "3", "--lead", "市市场监管局", "--with", "市公安局", "--due", "2020-11-30")
    sections = {item["section"]: item for item in march.json("--as", "市公安局", "today")["sections"]}
    assert [(name, item["count"]) for name, item in sections.items() if item["count"]] == [("due", 1), ("parts", 1)]
    line = sections["due"]["tickets"][0]
    assert line == {
        "number": "ZG-2020-0001", "title": "窗口无人", "lead": "GAJ", "due_on": "2020-10-09", "light": "red", "late_days": 3,
        "command": "zg submit ZG-2020-0001 --note TEXT",
    }
    own = {item["section"]: item["count"] for item in march.json("--as", "市市场监管局", "today")["sections"]}
    assert own["to-accept"] == 1 and own["to-submit"] == 0
    march("reject", "2", "--reason", "佐证不全")
    again = {item["section"]: item["count"] for item in march.json("--as", "市市场监管局", "today")["sections"]}
    assert again["rejected"] == 1 and again["due"] == 0


def test_what_waits_for_the_office(march: Zg, shown: Shown) -> None:
    march("sweep")
    march("instruct", "1", "--by", "王副市长", "--note", "限期")
    counts = {item["section"]: item["count"] for item in march.json("today")["sections"]}
    assert counts == {
        "to-assign": 1, "to-verify": 1, "requests": 0, "letters": 0, "overdue": 1, "due-this-week": 0, "objections": 0, "instructions": 1,
        "stuck": 0, "batches": 0, "relapses": 0, "redos": 0, "disputes": 0, "rounds": 0, "findings": 0, "rechecks": 0, "visits": 0,
        "leftovers": 0, "proposed": 0,
    }
    march("clock", "set", "2020-10-14T10:00")
    march("sweep")
    counts = {item["section"]: item["count"] for item in march.json("today")["sections"]}
    assert counts["letters"] == 1
    text = shown("today").stdout
    assert "zg issue 1 --by 姓名或职务" in text and "zg assign 3 --lead 单位" in text
    english = shown("--lang", "en", "today").stdout
    assert "zg issue 1 --by WHO" in english and "zg assign 3 --lead UNIT" in english


def test_an_account_for_which_nothing_waits_gets_an_empty_day(march: Zg) -> None:
    march("--as", "admin", "user", "add", "sj", "--title", "审计局", "--role", "auditor")
    for actor in ("sj", "admin"):
        assert march.json("--as", actor, "today") == {"as": actor, "now": "2020-10-13T02:00:00Z", "sections": []}
        assert march("--as", actor, "today").output == ""


def test_a_leader_decides_what_is_put_before_it(march: Zg) -> None:
    march("--as", "admin", "user", "add", "wang", "--title", "王副市长", "--role", "leader")
    march("instruct", "1", "--by", "wang", "--note", "限期")
    march("clock", "set", "2020-10-20T10:00")
    march("sweep")
    sections = {item["section"]: item for item in march.json("--as", "wang", "today")["sections"]}
    assert sections["instructions"]["count"] == 1
    assert [ticket["command"] for ticket in sections["decisions"]["tickets"]] == ["zg consent ZG-2020-0001 --about circular"]
    march("--as", "wang", "consent", "1")
    assert {item["section"]: item["count"] for item in march.json("--as", "wang", "today")["sections"]}["decisions"] == 0


@pytest.mark.parametrize("by", ["unit", "measure", "source", "month", "grade", "officer"])
@pytest.mark.parametrize("actor", ["office", "市公安局", "市税务局"])
def test_count_sees_what_the_list_sees(march: Zg, by: str, actor: str) -> None:
    view = march.json("--as", actor, "count", "--by", by)
    assert view["total"]["open"] == len(march.lines("--as", actor, "list"))
    assert view["total"]["closed"] == len(march.lines("--as", actor, "list", "--closed"))
    assert view["total"]["opened"] == len(march.lines("--as", actor, "list", "--all"))
    for figure in ("opened", "open", "late", "closed", "on_time"):
        assert sum(row[figure] for row in view["rows"]) == view["total"][figure]


def test_what_was_withdrawn_is_in_no_figure(march: Zg) -> None:
    march("withdraw", "3", "--reason", "误立", "--as", "mistake")
    assert march.json("count")["total"] == {"opened": 3, "open": 2, "late": 1, "closed": 1, "on_time": 1, "mean_days": 2.0}


@pytest.mark.parametrize("words", [
    ("list", "--opened", "2021-01-01"), ("list", "--closed-in", "2021-01-01.."), ("list", "--changed-since", "2020-10-14"),
    ("list", "--changed-since", "下周"), ("list", "--closed-in", "next-month"), ("list", "--opened", "2020年11月"),
    ("count", "--from", "2021-01-01"), ("count", "--from", "2020-11", "--to", "2020-12"),
])
def test_what_is_looked_back_at_does_not_begin_in_the_future(march: Zg, words: tuple[str, ...]) -> None:
    """Its year is not missing, so nobody is asked for it."""
    assert march.error(*words, code=2)["code"] == "when-day-still-to-come"


@pytest.mark.parametrize(("words", "meant"), [
    (("list", "--opened", "..12.31"), "2019-12-31"), (("list", "--opened", "11月"), "2019-11-01"),
    (("list", "--closed-in", "11月..12月"), "2019-11-01"), (("list", "--changed-since", "12月25日"), "2019-12-25"),
    (("count", "--from", "12月1日", "--to", "12月31日"), "2019-12-01"), (("count", "--from", "11月"), "2019-11-01"),
    (("count", "--to", "12月31日"), "2019-12-31"), (("count", "--to", "12月"), "2019-12-01"),
])
def test_what_is_looked_back_at_and_lies_ahead_without_its_year_asks_for_the_year(
    march: Zg, words: tuple[str, ...], meant: str,
) -> None:
    error = march.error(*words, code=2)
    assert error["code"] == "when-still-to-come" and meant in error["hint"]


def test_a_span_that_is_looked_back_at_may_end_ahead_where_its_year_is_written(march: Zg) -> None:
    assert numbers(march, "list", "--all", "--opened", "2020-09..2020-12") == numbers(march, "list", "--all")
    assert march.json("count", "--from", "9月", "--to", "2020-12-31")["total"] == march.json("count")["total"]


def test_an_amount_counts_back_from_now(march: Zg) -> None:
    assert numbers(march, "list", "--changed-since", "2d") == ["2"]
    assert sorted(numbers(march, "list", "--changed-since", "20 days", "--all")) == ["1", "2", "3", "4"]


def test_the_tickets_of_an_officer_who_left_are_found(march: Zg) -> None:
    march("--as", "admin", "user", "disable", "lizy")
    assert numbers(march, "list", "--officer", "lizy") == numbers(march, "list", "--officer", "督查科李志远") == ["1"]
    unknown = march.error("list", "--officer", "nobody", code=3)
    assert unknown["code"] == "officer-not-found" and unknown["hint"] == "zg user list --role supervisor"
    assert march.error("list", "--officer", "市公安局", code=5)["code"] == "not-an-officer"
    march("--as", "admin", "user", "set", "lizy", "--role", "leader")
    assert numbers(march, "list", "--officer", "lizy") == ["1"], "what was given to an officer who became something else"


def test_what_waits_is_cut_in_a_pipe_and_that_is_said(march: Zg) -> None:
    assert march("today").stderr == ""
    for number in range(20):
        march("open", f"第{number}个窗口", "--source", "visit")
    found = march("today")
    assert sum(line.startswith("to-assign") for line in found.stdout.splitlines()) == 20 and "前 20 件" in found.stderr


def test_a_leader_is_shown_a_dispute_to_decide(march: Zg) -> None:
    march("--as", "admin", "user", "add", "wang", "--title", "王副市长", "--role", "leader")
    march("assign", "3", "--lead", "市公安局")
    march("--as", "市公安局", "decline", "3", "--reason", "非本单位职责")

    def decisions() -> list[str]:
        sections = {item["section"]: item for item in march.json("--as", "wang", "today")["sections"]}
        return [ticket["command"] for ticket in sections["decisions"]["tickets"]]

    assert decisions() == ["zg consent ZG-2020-0003 --about designation"]
    march("--as", "wang", "consent", "3")
    assert decisions() == []


@pytest.mark.parametrize("words", [("open", "无人值守", "--source", "visit"), ("assign", "3", "--lead", "市公安局")])
def test_a_leader_is_no_contact_and_may_have_no_account(march: Zg, words: tuple[str, ...]) -> None:
    assert march.error(*words, "--leader", "市税务局", code=5)["code"] == "not-a-leader"
    assert "王副市长" in march(*words, "--leader", "王副市长", ZG_FORCE_TTY="1").stderr
    assert march.json("show", "3" if words[0] == "assign" else "5")["leader"] == "王副市长"
