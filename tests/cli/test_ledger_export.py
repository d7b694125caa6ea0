"""`zg export`: the rows of `zg list` as a file, as far as one sees them; it is noted, harmless, and can come in again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from click.testing import Result

from engine.office.ledger.ticket_row import WIDTHS
from engine.office.sheets.reader import read
from engine.views.ledger import EXPORTED
from tests.cli.conftest import Zg

HEAD, FIRST = 2, 3
"""The rows of the heading and of the first ticket."""


@pytest.fixture
def ledger(zg: Zg) -> Zg:
    """Tickets of several units, states and lights."""
    zg.once(several_units)
    return zg


def several_units(zg: Zg) -> None:
    zg.rectifying()
    zg("open", "=HYPERLINK(1)", "--source", "review", "--grade", "C", "--detail", "第一行\n第二行")
    zg("open", "差评未回访", "--source", "review", "--grade", "C")
    zg("assign", "3", "--lead", "市公安局", "--due", "2020-10-16")
    zg("--as", "市公安局", "accept", "3")
    zg("open", "已经办好", "--source", "complaint", "--grade", "C", "--complainant", "金丝雀甲", "--phone", "金丝雀乙")
    zg("assign", "4", "--lead", "市公安局")
    zg("--as", "市公安局", "accept", "4")
    zg("--as", "市公安局", "submit", "4", "--note", "已办结")
    zg("clock", "set", "2020-10-14T09:00")
    zg("verify", "4")


def rows_of(path: Path, sheet: int = 0) -> list[dict[str, str]]:
    heads, *rows = [row.texts for row in read(path).sheets[sheet].rows][0 if path.suffix == ".csv" else HEAD - 1:]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def numbers(zg: Zg, *words: str, actor: str = "office") -> list[str]:
    return [view["number"] for view in zg.lines("--as", actor, "list", *words)]


FILTERS: Sequence[Sequence[str]] = (
    (), ("--all",), ("--closed",), ("--light", "red"), ("--unit", "市公安局"), ("--unit", "市公安局", "--all"), ("--source", "review"),
    ("--text", "差评"), ("--due", "2020-10"), ("--state", "found"), ("--grade", "B", "--grade", "C"), ("--overdue",),
)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_a_file_holds_the_rows_of_the_list_by_every_filter(ledger: Zg, tmp_path: Path, kind: str) -> None:
    for place, words in enumerate(FILTERS if kind == "csv" else FILTERS[:3]):
        path = tmp_path / f"{place}.{kind}"
        made = ledger.json("export", str(path), *words)
        if kind == "jsonl":
            found = [json.loads(line)["number"] for line in path.read_text(encoding="utf-8").splitlines()]
        else:
            found = [row["编号"] for row in rows_of(path)] if made["tickets"] else []
        assert found == numbers(ledger, *words), words
        assert made["tickets"] == len(found) and made["format"] == kind


@pytest.mark.parametrize("actor", ["市市场监管局", "市税务局", "市公安局", "市财政局", "auditor", "admin"])
def test_a_file_holds_what_its_reader_may_see_and_nothing_else(ledger: Zg, tmp_path: Path, actor: str) -> None:
    path = tmp_path / "a.csv"
    ledger("--as", actor, "export", str(path), "--all")
    assert [row["编号"] for row in rows_of(path)] == numbers(ledger, "--all", actor=actor)


def test_lines_for_programs_are_those_of_the_list(ledger: Zg, tmp_path: Path) -> None:
    ledger("export", str(tmp_path / "a.jsonl"), "--all")
    assert [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()] == ledger.lines("list", "--all")


def test_a_workbook_shows_lights_dates_and_figures(ledger: Zg, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    ledger("export", str(path), "--all")
    book = read(path)
    assert [sheet.name for sheet in book.sheets] == ["台账", "分类统计"]
    title, made = book.sheets[0].rows[0].texts[0].split("\n")
    assert title.endswith("整改事项台账（演练数据）") and made == "导出：督办单位（office） 2020-10-14 09:00"
    rows = {row["编号"]: row for row in rows_of(path)}
    one = rows["ZG-2020-0003"]
    assert [one[head] for head in ("灯色", "倒计时", "牵头单位", "整改时限", "状态")] == [
        "黄", "剩2工作日", "市公安局", "2020-10-16", "整改中",
    ]
    assert rows["ZG-2020-0004"]["销号时间"] == "2020-10-14" and rows["ZG-2020-0001"]["配合单位"] == "市税务局"
    [day] = [row.cells[14].value for row in book.sheets[0].rows[FIRST - 1:] if row.cells[0].text == "ZG-2020-0003"]
    assert day == date(2020, 10, 16), "a date, and not a text that looks like one"
    sheet = openpyxl.load_workbook(path)["台账"]
    assert sheet.freeze_panes == "D3" and sheet.auto_filter.ref == "A2:X6" and sheet.print_title_rows == "$2:$2"
    assert sheet.oddFooter.left.text == "导出：督办单位（office） 2020-10-14 09:00" and sheet.oddFooter.right.text == "演练数据"
    [lights] = [found.rules for found in sheet.conditional_formatting]
    assert {rule.formula[0] for rule in lights} == {'"红"', '"黄"', '"绿"', '"蓝"', '"灰"'}


def test_the_figures_count_what_was_written_and_add_up(ledger: Zg, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    ledger("export", str(path), "--all")
    rows = [row for row in rows_of(path, 1) if row["件数"]]
    by_name = {row["牵头单位"]: row for row in rows}
    assert {name: row["件数"] for name, row in by_name.items()} == {"市公安局": "2", "市市场监管局": "1", "（未填）": "1", "合计": "4"}
    lights = ("红", "黄", "绿", "蓝", "灰")
    assert all(sum(int(row[light]) for light in lights) == int(row["件数"]) for row in rows)
    counted = {row["name"]: row for row in ledger.json("count", "--by", "unit", "--all")["rows"]}
    for head, figure in (("办结", "closed"), ("新立", "opened"), ("未办结", "open"), ("按期", "on_time")):
        assert by_name["市公安局"][head] == str(counted["市公安局"][figure])
    assert len(openpyxl.load_workbook(path)["分类统计"]._charts) == 2


def test_no_text_becomes_a_formula(ledger: Zg, tmp_path: Path) -> None:
    ledger("export", str(tmp_path / "a.xlsx"))
    ledger("export", str(tmp_path / "a.csv"))
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["台账"].iter_rows() for cell in row]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells] and "f" not in {cell.data_type for cell in cells}
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [text for row in csv.reader(file) for text in row]
    assert "'=HYPERLINK(1)" in texts and not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t"))]


def test_due_dates_are_a_calendar_in_which_each_ticket_has_one_entry(ledger: Zg, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    assert ledger.json("export", str(path))["tickets"] == 2
    events = {str(event["uid"]): event for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")}
    assert set(events) == {"ZG-2020-0001@zhenggai", "ZG-2020-0003@zhenggai"}
    one = events["ZG-2020-0003@zhenggai"]
    assert one.decoded("dtstart") == date(2020, 10, 16) and one.decoded("dtend") == date(2020, 10, 17)
    assert "差评未回访" in one["summary"] and "市公安局" in one["description"] and one["sequence"] == ledger.json("show", "3")["version"]


def entries(zg: Zg) -> list[dict[str, Any]]:
    told = [event["data"] for event in zg.lines("log", "--admin") if event["kind"] == "read"]
    return [data for data in told if data.get("name") == "ledger"]


def test_an_export_is_an_entry_that_says_who_took_what_and_verifies(ledger: Zg, tmp_path: Path) -> None:
    made = ledger.json("export", str(tmp_path / "a.csv"), "--light", "red", "--due", "2020-10", "--text", "金丝雀")
    ledger("--as", "市公安局", "export", str(tmp_path / "b.xlsx"))
    first, second = entries(ledger)
    assert first["filter"].keys() == {"lights", "due"} and first["filter"]["lights"] == ["red"], "what was typed is a word"
    assert (first["format"], first["count"], first["sha256"]) == ("csv", 0, made["sha256"])
    assert (second["format"], second["count"], second["filter"]) == ("xlsx", 1, {})
    assert ledger.json("audit", "verify")["verified"] is True


def test_secrets_are_in_no_file(ledger: Zg, tmp_path: Path) -> None:
    for kind in ("csv", "jsonl", "ics"):
        ledger("export", str(tmp_path / f"a.{kind}"), "--all")
        assert "金丝雀" not in (tmp_path / f"a.{kind}").read_text(encoding="utf-8")


def test_a_file_that_is_there_is_replaced_only_if_told(ledger: Zg, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"kept")
    assert ledger.error("export", str(path), code=5)["code"] == "export-exists"
    assert path.read_bytes() == b"kept" and entries(ledger) == []
    ledger("export", str(path), "--force")
    assert rows_of(path)


@pytest.mark.parametrize("name", ["a.doc", "a", "a.xls"])
def test_another_kind_of_file_is_refused_with_those_there_are(ledger: Zg, tmp_path: Path, name: str) -> None:
    error = ledger.error("export", str(tmp_path / name), code=2)
    assert error["code"] == "usage-export-kind" and ".ics" in error["reasons"][0]["message"]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl", "ics"])
def test_what_cannot_be_written_leaves_nothing_and_is_not_noted(ledger: Zg, tmp_path: Path, kind: str) -> None:
    assert ledger.error("export", str(tmp_path / "gone" / f"a.{kind}"), code=8)["code"] == "file-not-written"
    assert ledger("export", str(tmp_path / f"a.{kind}"), "--light", "红的", code=2).stdout == ""
    assert [path.name for path in tmp_path.iterdir() if path.suffix == f".{kind}" or path.name.startswith(".writing")] == []
    assert entries(ledger) == []


def test_an_empty_ledger_is_a_file_with_its_heading(ledger: Zg, tmp_path: Path) -> None:
    for kind in ("xlsx", "csv"):
        path = tmp_path / f"a.{kind}"
        assert ledger.json("export", str(path), "--text", "没有这样的")["tickets"] == 0
        assert "编号" in [text for row in read(path).sheets[0].rows for text in row.texts]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_went_out_comes_in_as_nothing_new(ledger: Zg, tmp_path: Path, kind: str, language: str) -> None:
    """`import(export(x)) = x`, in the record that it came from."""
    path = tmp_path / f"a.{kind}"
    ledger("--lang", language, "export", str(path), "--all")
    found = ledger.json("import", str(path), "--commit")
    assert {row["action"] for row in found["rows"]} == {"same"} and len(found["rows"]) == 4, found
    assert (found["problems"], found["questions"], found["written"]) == ([], [], 0)
    assert all(field is not None for field in found["columns"].values())


def test_what_went_out_is_the_same_ledger_in_another_record(ledger: Zg, office_template: Path, tmp_path: Path) -> None:
    """`export(import(export(x))) = export(x)`, where the tickets have other numbers."""
    out, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    ledger("export", str(out), "--all")
    other = Zg(f"sqlite:///{tmp_path / 'other.db'}")
    (tmp_path / "other.db").write_bytes(office_template.read_bytes())
    other("clock", "set", "2020-10-14T09:00")
    found = other.json("import", str(out), "--commit")
    assert (found["problems"], found["questions"], found["written"]) == ([], [], 4)
    other("export", str(again), "--all")
    left, late = ("编号", "立项时间", "督办梯次"), "督办单位超时"  # the office's own limit counts from the opening, which is another there
    before, after = (
        sorted(tuple("" if text == late else text for head, text in row.items() if head not in left) for row in rows_of(path))
        for path in (out, again)
    )
    assert before == after
    assert other.json("audit", "verify")["verified"] is True


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_complaint_keeps_its_state_on_its_way_out_and_in(zg: Zg, tmp_path: Path, language: str) -> None:
    zg("open", "窗口态度差", "--source", "complaint", "--workflow", "complaint", "--lead", "市公安局")
    zg("open", "排队久", "--source", "review", "--workflow", "bad-review", "--lead", "市公安局")
    zg("--lang", language, "export", str(tmp_path / "a.csv"), "--all")
    found = zg.json("import", str(tmp_path / "a.csv"))
    assert {row["action"] for row in found["rows"]} == {"same"}, [row["proposals"] for row in found["rows"]]


def test_what_a_row_says_otherwise_is_shown_with_the_command_that_takes_it_over(
    ledger: Zg, shown: Callable[..., Result], tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    ledger("export", str(path), "--all")
    path.write_text(path.read_text("utf-8").replace("差评未回访", "差评一直未按时回访").replace("市公安局", "市税务局"), "utf-8")
    [row] = [row for row in ledger.json("import", str(path))["rows"] if row["ticket"] == "ZG-2020-0003"]
    assert row["action"] == "proposed", "the number is our own: another title is no other matter"
    amend, reassign = row["commands"]
    assert amend == "zg amend ZG-2020-0003 --title '差评一直未按时回访' --reason REASON"
    assert reassign == "zg reassign ZG-2020-0003 --lead SHUIWJ --reason REASON"
    told = shown("import", str(path), COLUMNS="200").stdout
    assert "牵头单位：市公安局 → 市税务局" in told and "zg reassign ZG-2020-0003" in told
    ledger(*[word.replace("REASON", "台账更正") for word in reassign.split()[1:]])
    assert ledger.json("show", "3")["lead"] == "SHUIWJ"


def test_the_columns_of_a_sheet_are_chosen_by_code_or_name_in_the_order_of_the_ledger(zg: Zg, tmp_path: Path) -> None:
    zg("open", "窗口排队", "--source", "visit")
    zg("export", str(tmp_path / "x.csv"), "--columns", "标题、number")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()[0] == "编号,标题"
    assert "cooperators" in zg("export", str(tmp_path / "y.csv"), "--columns", "颜色", code=2).stderr
    zg("export", str(tmp_path / "y.jsonl"), "--columns", "title", code=2)


def test_a_list_has_the_columns_that_are_chosen_or_that_its_view_keeps(zg: Zg, shown: Zg) -> None:
    zg("open", "窗口排队", "--source", "visit", "--measure", "3.1")
    assert zg("list", "--columns", "标题、measure").stdout == "窗口排队\t3.1\n"
    table = shown("list", "--columns", "measure,人工催办,编号", COLUMNS="60").stdout.splitlines()
    assert table[0].split() == ["编号", "对应任务编号", "人工催办"] and table[1].split() == ["ZG-2020-0001", "3.1", "—"]
    refused = zg("list", "--columns", "title", "--json", code=2)
    assert "--json=" in refused.stderr and not refused.stdout


def test_the_columns_that_a_page_offers_are_those_that_go_out() -> None:
    assert tuple(WIDTHS) == EXPORTED
