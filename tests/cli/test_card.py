"""What a card says where two tickets once looked alike: closed in time or late, suspended or asking, proposed or issued."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.conftest import Zg

Shown = Callable[..., Result]


def field(result: Result, name: str) -> str:
    """The value of a field of a card."""
    return next((line.removeprefix(name).strip() for line in result.stdout.splitlines() if line.startswith(f"{name} ")), "")


def closed(zg: Zg, at: str) -> str:
    """A ticket that was submitted at that time and closed ten days later; it was due on 9 October."""
    number = zg.rectifying()
    zg("--as", "市税务局", "sign-off", number)
    zg("clock", "set", at)
    zg("--as", "市市场监管局", "submit", number, "--note", "已改")
    zg("clock", "advance", "10wd")
    zg("verify", number, "--note", "属实")
    return number


@pytest.mark.parametrize(("at", "zh", "row", "en", "on_time", "late", "because"), [
    ("2020-10-09T10:00", "○ 灰 按期办结", "○ 灰 按期办结", "○ grey closed in time", True, 0, "按期申请销号"),
    ("2020-10-13T10:00", "○ 灰 逾期3日办结", "○ 灰 逾期3日", "○ grey closed 3 working days late", False, 3, "申请销号时已逾期3个工作日"),
])
def test_a_closed_ticket_says_whether_it_was_late(
    zg: Zg, shown: Shown, at: str, zh: str, row: str, en: str, on_time: bool, late: int, because: str,
) -> None:
    number = closed(zg, at)
    assert field(shown("show", number), "红黄绿灯") == zh and field(shown("show", number, ZG_LANG="en"), "light") == en
    assert f"{row} " in shown("list", "--closed").stdout
    ticket = zg.json("show", number)
    assert (ticket["light"], ticket["on_time"], ticket["late_days"]) == ("grey", on_time, late)
    assert because in shown("why", number).stdout


def test_what_was_withdrawn_was_neither_in_time_nor_late(zg: Zg, shown: Shown) -> None:
    number = zg.submitted()
    zg("withdraw", number, "--reason", "误立")
    assert field(shown("show", number), "红黄绿灯") == "○ 灰"


def test_suspended_and_asking_for_more_time_are_told_apart(zg: Zg, shown: Shown) -> None:
    asking, resting = zg.rectifying(), zg.rectifying()
    zg("--as", "市市场监管局", "request-extension", asking, "--to", "2020-10-14", "--reason", "外线施工")
    zg("suspend", resting, "--reason", "等批复")
    for number, zh, en in ((asking, "◇ 蓝 申请延期中", "◇ blue extension asked for"), (resting, "◇ 蓝 暂缓", "◇ blue suspended")):
        assert field(shown("show", number), "红黄绿灯") == zh and field(shown("show", number, ZG_LANG="en"), "light") == en
        assert zh in shown("list").stdout and zh in shown("list", COLUMNS="60").stdout
        assert zg.json("show", number)["light"] == "blue"


def test_what_was_late_when_it_was_suspended_says_so(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("clock", "set", "2020-10-13T10:00")
    zg("suspend", number, "--reason", "等批复")
    zg("clock", "set", "2020-10-30T10:00")
    assert field(shown("show", number), "红黄绿灯") == "◇ 蓝 暂缓（逾期3日）"


@pytest.mark.parametrize(("typed", "told"), [("2020-09-27", "2020-09-27"), ("2020-09-27T10:30", "2020-09-27 10:30")])
def test_a_day_without_an_hour_is_told_as_a_day(zg: Zg, shown: Shown, typed: str, told: str) -> None:
    number = zg.rectifying()
    zg("--as", "市税务局", "sign-off", number)
    zg("clock", "set", "2020-09-28T10:00")
    zg("submit", number, "--note", "已改", "--on", typed, "--basis", "收文登记第12号", "--for", "市市场监管局")
    assert f"实际办理时间 {told}\n" in shown("log", number).stdout
    for text in (shown("show", number).stdout, shown("why", number).stdout, shown("log", number).stdout):
        assert "17:59" not in text and "18:00）" not in text
    assert field(shown("show", number), "补录") == "申请销号，市市场监管局，2020-09-27"


def test_a_paper_of_today_names_no_hour_of_its_own(zg: Zg, shown: Shown) -> None:
    number = zg.opened(lead="市公安局")
    zg("assign", number)
    zg("accept", number, "--on", "今天", "--basis", "签收单")
    assert "补录：市公安局的纸质件，当日办理" in shown("log", number).stdout
    assert "entered from a paper of 市公安局 of the same day" in shown("log", number, ZG_LANG="en").stdout


def test_the_date_that_was_understood_is_shown_before_it_is_promised(zg: Zg, shown: Shown) -> None:
    opened = shown("open", "窗口无人值守", "--source", "visit", "--lead", "市公安局", "--due", "下周五")
    assert field(opened, "整改时限") == "2020-10-02（交办后起算）" == field(shown("show", "1"), "整改时限")
    ticket = zg.json("show", "1")
    assert (ticket["planned_on"], ticket["promised_on"]) == ("2020-10-02", None)
    zg("assign", "1")
    assert field(shown("show", "1"), "整改时限") == "2020-10-02"
    ticket = zg.json("show", "1")
    assert (ticket["planned_on"], ticket["planned_at"], ticket["promised_on"]) == (None, None, "2020-10-02")
    assert zg.json("show", zg.opened())["planned_on"] is None


def test_files_of_a_duplicate_are_its_own(zg: Zg, shown: Shown, tmp_path: Path) -> None:
    kept, other = zg.rectifying(), zg.rectifying()
    for number, name in ((kept, "own.txt"), (other, "other.txt")):
        (tmp_path / name).write_text(f"材料 {name}", encoding="utf-8")
        zg("--as", "市市场监管局", "progress", number, "--note", "见附件", "--file", str(tmp_path / name))
    zg("withdraw", other, "--reason", "同一件", "--as", "duplicate", "--of", kept)
    lines = shown("show", kept).stdout.splitlines()
    assert next(line for line in lines if "own.txt" in line).startswith("佐证（第 ")
    assert next(line for line in lines if "other.txt" in line).strip().startswith(f"{other} 的佐证（第 ")
    piped = [line.split("\t") for line in zg("show", kept).stdout.splitlines()]
    assert [line[:2] for line in piped if "other.txt" in line] == [["重复件佐证", other]]
    assert [line[0] for line in piped if "own.txt" in line] == ["佐证文件"]


def test_how_the_attempts_before_ended_stands_beside_the_attempt(zg: Zg, shown: Shown) -> None:
    number = zg.submitted()
    assert field(shown("show", number), "整改次数") == ""
    zg("reject", number, "--reason", "佐证不全")
    assert field(shown("show", number), "整改次数") == "第2次整改（退回1次）"
    zg("reassign", number, "--lead", "市公安局", "--reason", "职责划转")
    assert field(shown("show", number), "整改次数") == "第3次整改（退回1次、改派1次）"
    assert field(shown("--as", "市公安局", "show", number), "整改次数") == "第3次整改", "how others fared is theirs"
    zg("--as", "市公安局", "accept", number)
    zg("--as", "市税务局", "sign-off", number)
    zg("--as", "市公安局", "submit", number, "--note", "已改")
    zg("verify", number)
    zg("reopen", number, "--reason", "又出现", "--as", "relapse")
    assert field(shown("show", number), "整改次数") == "第4次整改（退回1次、改派1次、重新整改1次）"
    assert field(shown("show", number, ZG_LANG="en"), "attempt") == "number 4 (rejected 1 time, reassigned 1 time, reopened 1 time)"


def test_what_went_from_unit_to_unit_and_was_never_handed_in_is_no_further_attempt(zg: Zg, shown: Shown) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    for unit in ("市公安局", "市税务局"):
        zg("reassign", number, "--lead", unit, "--reason", "职责划转")
    assert field(shown("show", number), "整改次数") == "改派2次"


def test_a_level_that_is_only_proposed_is_not_told_as_issued(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("clock", "set", "2020-10-09T18:00")
    zg("sweep")
    assert field(shown("show", number), "督办级别") == "1 级（催办）"
    zg("clock", "set", "2020-10-13T18:00")
    zg("sweep")
    assert field(shown("show", number), "督办级别") == "2 级（督办），建议，尚未签发；现为 1 级（催办）"
    english = field(shown("show", number, ZG_LANG="en"), "level")
    assert english == "2 (supervision letter), proposed and not issued; in force 1 (urging notice)"
    zg("issue", number, "--by", "督查室主任")
    assert field(shown("show", number), "督办级别") == "2 级（督办），已签发"
    assert field(shown("--as", "市市场监管局", "show", number), "督办级别") == "2 级（督办），已签发"
    zg("clock", "set", "2020-10-15T18:00")
    zg("sweep")
    zg("waive", number, "--reason", "已约谈")
    assert field(shown("show", number), "督办级别") == "3 级（通报），未签发；现为 2 级（督办）"
    assert field(shown("--as", "市市场监管局", "show", number), "督办级别") == "2 级（督办），已签发"


def test_of_a_withdrawal_without_a_case_no_case_is_told(zg: Zg, shown: Shown) -> None:
    number, mistaken = zg.opened(), zg.opened()
    zg("withdraw", number, "--reason", "不再督办")
    zg("withdraw", mistaken, "--reason", "重复录入", "--as", "mistake")
    assert "其他" not in shown("show", number).stdout and "other" not in shown("--lang", "en", "show", number).stdout
    assert "误立" in shown("show", mistaken).stdout
