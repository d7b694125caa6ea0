"""Sheets that we write: they read back as they were, show their lights by colour, print with their heading, and hold no formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from engine.office.sheets.annotated import Fault, write_annotated
from engine.office.sheets.reader import read, read_bytes
from engine.office.sheets.workbook import Chart, Column, Frame, Table, Value, numbered, safe_text, sheet_name, write_workbook

from .making import HEADS, PNG, table, xlsx

FRAME = Frame("导出：督办单位 & 王某 2020-03-02 09:00", "第 {page} 页，共 {pages} 页", "演练数据")
FORMULAS = ("=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "http://example.com", "12345678901234567890", "001")


def made(folder: Path, rows: Sequence[Sequence[Value]], columns: Sequence[Column], **more: tuple[Chart, ...]) -> Path:
    path = folder / "out.xlsx"
    write_workbook(path, [Table("台账", "整改事项台账", tuple(columns), rows, **more)], FRAME)
    return path


def test_what_is_written_reads_back_as_it_was(tmp_path: Path) -> None:
    rows: list[tuple[Value, ...]] = [("出证慢\n第二行", 3, date(2020, 7, 20), None), ("x", 1.5, None, "末")]
    path = made(tmp_path, rows, [Column("问题", 30), Column("件数"), Column("时限"), Column("备注")])
    sheet = read(path).sheets[0]
    assert [row.texts for row in sheet.rows] == [
        ("整改事项台账", "", "", ""), ("问题", "件数", "时限", "备注"), ("出证慢\n第二行", "3", "2020-07-20", ""), ("x", "1.5", "", "末"),
    ]
    assert sheet.rows[2].cells[2].value == date(2020, 7, 20)


def test_no_text_is_ever_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    path = made(tmp_path, [(text,) for text in FORMULAS], [Column("问题")])
    cells = [row[0] for row in openpyxl.load_workbook(path)["台账"].iter_rows(min_row=3)]
    assert [cell.data_type for cell in cells] == ["s"] * len(FORMULAS) and all(cell.hyperlink is None for cell in cells)
    assert [row.cells[0].text for row in read(path).sheets[0].rows[2:]] == [text.strip() for text in FORMULAS]
    assert [cell.quotePrefix for cell in cells[:5]] == [True] * 5  # stays a text when somebody edits it


def test_a_printed_sheet_has_its_heading_on_every_page_and_says_who_made_it(tmp_path: Path) -> None:
    path = made(tmp_path, [("x",) * 7], [Column(str(number)) for number in range(7)])
    sheet = openpyxl.load_workbook(path)["台账"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("D3", "A2:G3", "$2:$2")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.left.text == "导出：督办单位 && 王某 2020-03-02 09:00"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页" and sheet.oddFooter.right.text == "演练数据"


def test_lights_are_conditional_formats_and_not_paint(tmp_path: Path) -> None:
    path = made(tmp_path, [("红",), ("绿",)], [Column("灯色", lights={"红": "red", "绿": "green"})])
    sheet = openpyxl.load_workbook(path)["台账"]
    [(place, rules)] = [(str(found.sqref), found.rules) for found in sheet.conditional_formatting]
    assert place == "A3:A4" and [(rule.operator, rule.formula) for rule in rules] == [("equal", ['"红"']), ("equal", ['"绿"'])]
    assert sheet["A3"].fill.fgColor.rgb in ("00000000", None)


def test_charts_are_native_and_show_the_rows_without_their_sum_and_the_sum_by_its_pieces(tmp_path: Path) -> None:
    rows = [("甲县", 2, 1), ("乙区", 1, 0), ("合计", 3, 1)]
    charts = (Chart("bar", "按单位", (1, 2), ("#FF0000", "#00FF00")), Chart("pie", "合计", (1, 2), ("#FF0000", "#00FF00")))
    bar, pie = openpyxl.load_workbook(made(tmp_path, rows, [Column("单位"), Column("红"), Column("绿")], charts=charts))["台账"]._charts
    assert [series.val.numRef.f for series in bar.series] == ["台账!$B$3:$B$4", "台账!$C$3:$C$4"]
    assert [series.val.numRef.f for series in pie.series] == ["台账!$B$5:$C$5"]


def test_a_table_is_asked_for_only_when_the_one_before_it_is_written(tmp_path: Path) -> None:
    seen: list[str] = []

    def rows() -> Iterator[tuple[Value, ...]]:
        seen.append("row")
        yield ("x",)

    def tables() -> Iterator[Table]:
        yield Table("一", "一", (Column("a"),), rows())
        seen.append("second")
        yield Table("二", "二", (Column("a"),), [(len(seen),)])

    assert write_workbook(tmp_path / "a.xlsx", tables(), FRAME) == [1, 1]
    assert seen == ["row", "second"]


def test_names_of_sheets_are_possible_and_each_once() -> None:
    taken: set[str] = set()
    names = [sheet_name(text, taken) for text in ("甲/乙:丙", "甲 乙 丙", "'x'", "", "长" * 40, "长" * 40, "A", "a")]
    assert names == ["甲 乙 丙", "甲 乙 丙 2", "x", "1", "长" * 31, "长" * 29 + " 2", "A", "a 2"]


def test_a_text_is_cut_to_what_a_cell_holds_and_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    assert safe_text("a\x00\x0b\ud800b\nc") == "ab\nc" and len(safe_text("长" * 40_000)) == 32_767
    path = made(tmp_path, [("长" * 40_000,)], [Column("问题")])
    assert read(path).sheets[0].rows[2].cells[0].text.endswith("长…")


def test_a_folder_that_takes_no_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write_workbook(tmp_path / "gone" / "a.xlsx", [Table("a", "a", (Column("a"),), [])], FRAME)


def test_rows_that_fail_leave_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> Iterator[tuple[Value, ...]]:
        yield ("x",)
        raise LookupError

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(LookupError):
        write_workbook(tmp_path / "a.xlsx", [Table("a", "a", (Column("a"),), rows())], FRAME)
    assert list(tmp_path.iterdir()) == []


def test_rows_may_be_numbered() -> None:
    assert list(numbered([("a",), ("b",)])) == [[1, "a"], [2, "b"]]


def copied(folder: Path, data: bytes, faults: Sequence[Fault], headings: dict[str, list[int]]) -> tuple[Path, int]:
    path = folder / "copy.xlsx"
    return path, write_annotated(path, read_bytes("台账.xlsx", data), faults, headings, "错误说明")


def test_a_copy_tells_each_fault_beside_its_row_and_reddens_its_cell(tmp_path: Path) -> None:
    data = table([["台账"], HEADS, ["1", "出证慢", "市公安居", "7月20日", ""], ["2", "无人", "市财政局", "", ""]])
    path, red = copied(tmp_path, data, [
        Fault("台账", 3, 2, "没有这个单位"), Fault("台账", 3, 3, "没有年份"), Fault("台账", 4, None, "没有标题"),
    ], {"台账": [2]})
    sheet = openpyxl.load_workbook(path)["台账"]
    assert red == 2 and [sheet.cell(row, 6).value for row in (2, 3, 4)] == ["错误说明", "没有这个单位\n没有年份", "没有标题"]
    reddened = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFF9999"}
    assert reddened == {"C3", "D3", "F3", "A4", "F4"}


def test_a_copy_holds_what_the_sheet_showed_and_is_told_anew_each_time(tmp_path: Path) -> None:
    def fill(book):  # type: ignore[no-untyped-def]
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["编号", "问题", "时限"])
        sheet.write(1, 0, 1.1, book.add_format({"num_format": "0.00"}))
        sheet.write(1, 1, "划掉", book.add_format({"font_strikeout": True}))
        sheet.write_datetime(1, 2, date(2020, 7, 20), book.add_format({"num_format": 'm"月"d"日"'}))
        sheet.write(2, 0, "=1+1")
        sheet.merge_range(3, 0, 4, 0, "3")
        sheet.write(4, 1, "续")
        sheet.set_row(4, None, None, {"hidden": True})

    path, _ = copied(tmp_path, xlsx(fill), [Fault("台账", 2, 1, "x")], {"台账": [1]})
    again = tmp_path / "again.xlsx"
    write_annotated(again, read(path), [Fault("台账", 2, 1, "y")], {"台账": [1]}, "错误说明")
    sheet = read(again).sheets[0]
    assert [row.texts for row in sheet.rows[:2]] == [("编号", "问题", "时限", "错误说明"), ("1.10", "划掉", "2020-07-20", "y")]
    assert sheet.rows[1].cells[1].marks.struck == "whole" and sheet.rows[4].hidden == "hidden"
    assert [(span.top, span.bottom) for span in sheet.merged] == [(3, 4)]


def test_a_copy_of_a_csv_is_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    write_annotated(path, read_bytes("a.csv", "编号,问题\n1,出证慢\n".encode()), [Fault("", 2, 1, "x")], {"": [1]}, "错误说明")
    assert [row.texts for row in read(path).sheets[0].rows] == [("编号", "问题", "错误说明"), ("1", "出证慢", "x")]


def test_pictures_are_not_needed_for_a_copy(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(PNG)

    def fill(book):  # type: ignore[no-untyped-def]
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["编号", "整改前"])
        sheet.insert_image(1, 1, str(tmp_path / "p.png"))

    path, _ = copied(tmp_path, xlsx(fill), [Fault("台账", 2, None, "x")], {"台账": [1]})
    assert read(path).sheets[0].rows[1].texts == ("", "", "x")
