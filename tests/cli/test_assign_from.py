"""`zg assign --from`: many tickets by the columns of one sheet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from xlsxwriter.workbook import Workbook

from tests.cli.conftest import Zg

HEAD = "序号,编号,问题描述,牵头单位,配合单位,整改时限"


@pytest.fixture
def opened(zg: Zg) -> list[str]:
    return [zg.json("open", f"问题 {place}", "--source", "superior")["number"] for place in range(3)]


def sheet(folder: Path, *rows: str, head: str = HEAD) -> str:
    path = folder / "清单.csv"
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    return str(path)


def test_each_row_is_assigned_by_its_own_columns(
    zg: Zg, shown: Callable[..., Result], opened: list[str], tmp_path: Path,
) -> None:
    file = sheet(
        tmp_path, f"1,{opened[1]},问题 1,市公安局,,2020-10-30", f"2,{opened[0]},问题 0,市公安局,市税务局,",
        f"3,{opened[2]},问题 2,市市场监管局,,",
    )
    told = shown("--lang", "zh", "assign", "--from", file, "--doc", "平3号", "--dry-run")
    assert "将交办 3 件，2 个单位各一份交办通知（未写入）" in told.output
    lines = [line.split() for line in told.output.splitlines()]
    assert ["市公安局", "2", "2020-10-09", f"{opened[1]}、{opened[0]}"] in lines, "a line a unit"
    assert ["市市场监管局", "1", "2020-10-09", opened[2]] in lines
    assert {ticket["state"] for ticket in zg.lines("list")} == {"found"}, "a look keeps nothing"
    done = {ticket["number"]: ticket for ticket in zg.lines("assign", "--from", file, "--doc", "平3号")}
    assert {number: ticket["lead"] for number, ticket in done.items()} == {opened[0]: "GAJ", opened[1]: "GAJ", opened[2]: "SCJGJ"}
    assert (done[opened[1]]["promised_on"], done[opened[0]]["cooperators"]) == ("2020-10-30", ["SHUIWJ"])
    assert zg.lines("log", opened[0])[-1]["words"]["basis"] == "平3号"
    again = shown("--lang", "zh", "assign", "--from", file, "--doc", "平3号")
    assert again.output.strip() == "此前已交办给表中单位的 3 件，不再改动", "a sheet that is given again is one sentence"
    zg("audit", "verify")


def test_one_bad_row_does_not_stop_the_others(zg: Zg, opened: list[str], tmp_path: Path) -> None:
    file = sheet(tmp_path, f"1,{opened[0]},x,没有这个局,,", f"2,{opened[1]},x,市公安局,,", "3,ZG-2020-0099,x,市公安局,,")
    zg("assign", "--from", file, "--doc", "平3号", code=7)
    assert [ticket["number"] for ticket in zg.lines("list", "--state", "assigned")] == [opened[1]]


@pytest.mark.parametrize(("rows", "said"), [
    (("1,,问题,市公安局,,",), "完整编号"), (("1,ZG-2020-0001,x,,,",), "没有写牵头单位"),
    (("1,ZG-2020-0001,x,市公安局,,", "2,zg-2020-1,x,市公安局,,"), "第 2 行已经出现过"),
])
def test_a_sheet_that_leaves_something_open_assigns_nothing(
    zg: Zg, opened: list[str], tmp_path: Path, rows: tuple[str, ...], said: str,
) -> None:
    told = zg("assign", "--from", sheet(tmp_path, *rows), "--doc", "平3号", "--json", code=8)
    assert said in told.stderr
    assert {ticket["state"] for ticket in zg.lines("list")} == {"found"}


@pytest.mark.parametrize(("words", "code"), [
    ((), "usage-missing"), (("1", "--from", "FILE", "--doc", "x"), "usage-assign-from"), (("--from", "FILE"), "usage-assign-doc"),
    (("--from", "FILE", "--doc", "x", "--lead", "市公安局"), "usage-assign-from"), (("1", "--doc", "x"), "usage-assign-doc"),
    (("--from", "FILE", "--doc", "x", "--each"), "usage-assign-from"),
])
def test_a_sheet_says_everything_or_nothing(zg: Zg, opened: list[str], tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    file = sheet(tmp_path, f"1,{opened[0]},x,市公安局,,")
    assert zg.error("assign", *(file if word == "FILE" else word for word in words), code=2)["code"] == code


def test_nothing_is_asked_where_no_leader_consented_to_any_finding(zg: Zg, shown: Callable[..., Result]) -> None:
    zg("visit", "new", "--on", "2020-03-02", "--place", "大厅")
    zg("visit", "finding", "1", "没有叫号机", "--unit", "市公安局", "--grade", "C")
    told = shown("--lang", "zh", "assign", "--visit", "1", "--suggested", code=5)
    [waiting] = zg.json("today")["sections"][1]["tickets"]
    assert waiting["command"] == "zg assign --visit V-2020-0001 --suggested"
    assert "领导还没有审定督查检查" in told.output and "[y/N]" not in told.output


def test_a_finding_without_unit_is_given_one_as_its_refusal_says(zg: Zg) -> None:
    zg("visit", "new", "--on", "2020-03-02", "--place", "大厅")
    number = zg.json("visit", "finding", "1", "没有叫号机", "--grade", "C")["number"]
    hint = zg.error("--as", "leader", "visit", "consent", "1", code=5)["hint"]
    assert hint.startswith(f"zg amend {number} --lead")
    zg("amend", number, "--lead", "市公安局", "--reason", "没有写单位")
    zg("--as", "leader", "visit", "consent", "1")


def test_what_our_own_sheet_says_of_times_is_understood_and_what_cannot_be_read_is_named(
    zg: Zg, shown: Callable[..., Result], opened: list[str], tmp_path: Path,
) -> None:
    file = sheet(
        tmp_path, f"1,{opened[0]},x,市公安局,,standing", f"2,{opened[1]},x,市公安局,,2020年10月底前", f"3,{opened[2]},x,市公安局,,看情况",
    )
    told = shown("--lang", "zh", "assign", "--from", file, "--doc", "平3号", code=7)
    assert f"{opened[2]}（表中第 4 行）" in told.output and told.output.count("（表中第") == 1
    done = {ticket["number"]: ticket for ticket in zg.lines("list", "--state", "assigned")}
    assert (done[opened[0]]["standing"], done[opened[1]]["promised_on"]) == (True, "2020-10-31")


def test_a_row_that_a_visit_cannot_use_says_why(zg: Zg, tmp_path: Path) -> None:
    zg("visit", "new", "--on", "2020-03-02", "--place", "大厅")
    file = sheet(tmp_path, "1,窗口无人,99,", "2,材料多,,D", head="序号,问题,上次编号,类别")
    told = zg.json("visit", "import", "1", file, code=7)["problems"]
    assert [(each["where"], each["code"]) for each in told] == [("2", "row-earlier-unknown"), ("3", "grade-unknown")]
    assert not any("不允许" in each["message"] or "现在不能" in each["message"] for each in told)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_to_be_done_at_once_stays_so_on_its_way_out_in_again_and_to_the_unit(zg: Zg, tmp_path: Path, language: str) -> None:
    ours = sheet(tmp_path, "1,问题甲,市公安局,立即", "2,问题乙,市公安局,立即整改", head="序号,问题,责任单位,整改时限")
    out = str(tmp_path / "out.csv")
    zg("import", ours, "--source", "inspection", "--commit")
    zg("--lang", language, "export", out)
    assert {row["action"] for row in zg.json("import", out, "--source", "inspection")["rows"]} == {"same"}
    assigned = zg.lines("assign", "--from", out, "--doc", "平3号")
    assert [ticket["promised_on"] for ticket in assigned] == ["2020-09-25"] * 2, "the day of 交办"


@pytest.mark.parametrize("word", ["立即", "当日", "the same day"])
def test_at_once_in_a_sheet_is_the_day_of_assigning(zg: Zg, opened: list[str], tmp_path: Path, word: str) -> None:
    [ticket] = zg.lines("assign", "--from", sheet(tmp_path, f"1,{opened[0]},问题 0,市公安局,,{word}"), "--doc", "平3号")
    assert ticket["promised_on"] == "2020-09-25"


def test_a_rehearsal_for_a_program_says_of_each_ticket_what_the_run_will_say(zg: Zg, opened: list[str], tmp_path: Path) -> None:
    file = sheet(tmp_path, f"1,{opened[0]},x,市公安局,,2020-10-30", f"2,{opened[1]},x,市税务局,,")
    rehearsed = zg("assign", "--from", file, "--doc", "平3号", "--dry-run").stdout
    assert [line.split("\t")[:4] for line in rehearsed.splitlines()] == [
        [opened[0], "green", "assigned", "GAJ"], [opened[1], "green", "assigned", "SHUIWJ"],
    ]
    assert zg("assign", "--from", file, "--doc", "平3号").stdout == rehearsed


@pytest.mark.parametrize(("text", "day"), [
    ("10月底前", "2020-10-31"), ("10月底前完成", "2020-10-31"), ("四季度末", "2020-12-31"), ("明年3月底", "2021-03-31"),
    ("10.30", "2020-10-30"), ("原10月15日，延至10月30日", "2020-10-30"), ("44134", "2020-10-30"), ("30 Oct 2020", "2020-10-30"),
    ("15个工作日", "2020-10-22"),
])
def test_a_date_in_a_sheet_is_what_an_import_takes_it_for(zg: Zg, opened: list[str], tmp_path: Path, text: str, day: str) -> None:
    [ticket] = zg.lines("assign", "--from", sheet(tmp_path, f"1,{opened[0]},x,市公安局,,\"{text}\""), "--doc", "平3号")
    assert ticket["promised_on"] == day


@pytest.mark.parametrize(("text", "code", "dates"), [
    ("7月底前", "when-already-past", ["2021-07-31"]), ("10.3", "when-two-ways", ["2020-10-03", "2020-10-30"]),
])
def test_a_date_in_a_sheet_that_may_be_another_is_not_guessed(
    zg: Zg, opened: list[str], tmp_path: Path, text: str, code: str, dates: list[str],
) -> None:
    file = sheet(tmp_path, f"1,{opened[0]},x,市公安局,,{text}", f"2,{opened[1]},x,市税务局,,")
    told = zg("assign", "--from", file, "--doc", "平3号", "--json", code=7).stderr.splitlines()
    found = json.loads(told[0])["error"]
    assert found["code"] == code and all(day in json.dumps(found, ensure_ascii=False) for day in dates)


def test_a_cell_that_shows_less_than_its_date_is_read_as_what_it_holds(zg: Zg, opened: list[str], tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    book = Workbook(str(path))
    page, look = book.add_worksheet(), book.add_format({"num_format": 'm"月"d"日"'})
    page.write_row(0, 0, HEAD.split(","))
    page.write_row(1, 0, ["1", opened[0], "x", "市公安局", ""])
    page.write_datetime(1, 5, datetime(2021, 3, 5, tzinfo=UTC).replace(tzinfo=None), look)
    book.close()
    [ticket] = zg.lines("assign", "--from", str(path), "--doc", "平3号")
    assert ticket["promised_on"] == "2021-03-05"
