"""Sheets of every kind of file are read as people see them."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.workbook import Workbook

from engine.office.sheets.cells import clean
from engine.office.sheets.delimited import write_delimited
from engine.office.sheets.reader import read, read_bytes
from engine.office.sheets.sheet import Book, Span

from .making import HEADS, PNG, changed, converted, in_cells, related, table, xlsx

at = partial(datetime)  # no zone: sheets know none
"""A moment on the wall, as sheets hold it."""

ROWS = (HEADS, ("1", "出证慢，超时3天", "市公安局", "2020年7月底前", "整改中"), ("2", '窗口无人，标着"暂停"', "市财政局", "长期坚持", ""))


def texts(book: Book, sheet: int = 0) -> list[tuple[str, ...]]:
    return [row.texts for row in book.sheets[sheet].rows]


def csv_text(separator: str = ",") -> str:
    return "".join(separator.join('"' + text.replace('"', '""') + '"' for text in row) + "\r\n" for row in ROWS)


@pytest.mark.parametrize(("encoding", "mark"), [
    ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
    ("gb18030", b""), ("gbk", b""),
])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_is_read_in_every_encoding_and_with_every_separator(encoding: str, mark: bytes, separator: str) -> None:
    book = read_bytes("a.csv", mark + csv_text(separator).encode(encoding))
    assert texts(book) == list(ROWS) and book.kind == "csv"
    assert {"strike", "fill", "hidden", "comments", "formats", "pictures", "merged"} == book.unseen


def test_utf_16_without_its_mark_is_recognized() -> None:
    text = "No,Title,Lead\r\n1,出证慢,GA\r\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert texts(read_bytes("a.csv", text.encode(encoding)))[1] == ("1", "出证慢", "GA")


def test_a_separator_that_is_named_in_the_first_line_is_used_and_rows_keep_their_numbers() -> None:
    book = read_bytes("a.csv", b"sep=|\r\na,b|c\r\n")
    assert [(row.number, row.texts) for row in book.sheets[0].rows] == [(1, ("", "")), (2, ("a,b", "c"))]


def test_a_csv_whose_formulas_we_made_harmless_reads_as_before() -> None:
    book = read_bytes("a.csv", "a,b,c\n'=1+1,'-3,'不动\n''@x,'',\n".encode())
    assert texts(book)[1:] == [("=1+1", "-3", "'不动"), ("'@x", "''", "")]


def test_tabs_and_breaks_inside_a_cell_divide_nothing() -> None:
    book = read_bytes("a.csv", b'a,b\n"1\t2\n3\t4\n5\t6",x\n')
    assert texts(book) == [("a", "b"), ("1\t2\n3\t4\n5\t6", "x")]


def test_short_rows_are_filled_and_breaks_in_cells_stay() -> None:
    book = read_bytes("a.csv", 'a,b,c\n"一\r\n二"\n\n\n'.encode())
    assert texts(book) == [("a", "b", "c"), ("一\n二", "", "")]


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_workbooks_that_another_program_wrote_read_the_same(tmp_path: Path, kind: str) -> None:
    book = read_bytes(f"a.{kind}", converted(table(ROWS), kind, tmp_path))
    assert texts(book) == list(ROWS) and book.kind == kind and ("strike" in book.unseen) is (kind != "xlsx")
    assert book.sheets[0].name == "台账"


def test_cells_read_as_they_are_displayed() -> None:
    written: list[tuple[object, str, str]] = [
        (1.1, "0.00", "1.10"), (1.1, "General", "1.1"), (7, "000", "007"), (0.72, "0%", "72%"), (0.725, "0.0%", "72.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (12, '"第"0"条"', "第12条"), (3, '0"分"', "3分"), (-2.5, "0.0", "-2.5"), (-2.5, "0.0;(0.0)", "(2.5)"), (0, "0;-0;\"—\"", "—"),
        (0, '0.0_ ;-0.0_ ;"-"??_ ', "-"),
        (88.35, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "88.35"), (5, "", "5"),
        (410400202000001, "General", "410400202000001"), (0.1 + 0.2, "", "0.3"), (1.5, "[$¥-804]#,##0.00", "¥1.50"),
        (2.345, "0.00", "2.35"), (1e-9, "", "0.000000001"), (12.0, "0.###", "12"),
        (True, "", "TRUE"), ("7月20日", "", "7月20日"), ("1.10", "@", "1.10"),
        (at(2020, 7, 20), 'yyyy"年"m"月"d"日"', "2020年7月20日"),
        (at(2020, 7, 20), 'm"月"d"日"', "7月20日"), (at(2020, 9, 18), "m/d", "9/18"),
        (at(2020, 7, 20), "yyyy-mm-dd", "2020-07-20"),
        (at(2020, 7, 20, 9, 5), "yyyy-mm-dd hh:mm", "2020-07-20 09:05"), (at(2020, 7, 1), "mmm-yy", "Jul-20"),
        (at(2020, 7, 20, 15, 5), "h:mm AM/PM", "3:05 PM"), (at(2020, 7, 20), '[$-804]aaaa', "一"),
    ]

    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet()
        for row, (value, number_format, _) in enumerate(written):
            sheet.write(row, 0, value, book.add_format({"num_format": number_format}) if number_format else None)

    read_back = read_bytes("a.xlsx", xlsx(fill)).sheets[0].rows
    assert [row.cells[0].text for row in read_back] == [shown for *_, shown in written]
    assert read_back[0].cells[0].value == 1.1 and read_back[7].cells[0].value == 3 and type(read_back[7].cells[0].value) is int
    assert read_back[23].cells[0].value == date(2020, 7, 20) and read_back[27].cells[0].value == at(2020, 7, 20, 9, 5)


@pytest.mark.parametrize(("number", "shown"), [
    (14, "2020/7/20"), (31, "2020年7月20日"), (57, "2020年7月"), (58, "7月20日"), (30, "7-20-20"),
])
def test_the_chinese_formats_that_a_file_names_by_number_show_days(number: int, shown: str) -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet().write(0, 0, 44032, book.add_format({"num_format": number}))

    [row] = read_bytes("a.xlsx", xlsx(fill)).sheets[0].rows
    assert (row.cells[0].text, row.cells[0].value) == (shown, date(2020, 7, 20))


def test_days_that_count_from_1904_are_the_same_days() -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet().write_datetime(0, 0, at(2020, 7, 20), book.add_format({"num_format": 58}))
        book.set_properties({})

    data = xlsx(fill)
    data = changed(data, {
        "xl/workbook.xml": lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" '),
        "xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<v>44032</v>", b"<v>42570</v>"),
    })
    [row] = read_bytes("a.xlsx", data).sheets[0].rows
    assert (row.cells[0].text, row.cells[0].value) == ("7月20日", date(2020, 7, 20))


def test_empty_rows_and_columns_before_the_table_keep_their_numbers() -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet().write(2, 1, "x")

    sheet = read_bytes("a.xlsx", xlsx(fill)).sheets[0]
    assert [(row.number, row.texts) for row in sheet.rows] == [(1, ("", "")), (2, ("", "")), (3, ("", "x"))]


def test_merged_ranges_name_the_cell_that_holds_their_text() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 1, "台账")
        sheet.write(2, 2, "x")

    sheet = read_bytes("a.xlsx", xlsx(fill)).sheets[0]
    assert sheet.merged == (Span(0, 0, 1, 1),)
    assert sheet.covering() == {(0, 1): (0, 0), (1, 0): (0, 0), (1, 1): (0, 0)}


def letter() -> bytes:
    document = docx.Document()
    document.add_paragraph("第一批问题清单")
    made = document.add_table(rows=3, cols=3)
    for row, values in zip(made.rows, (("序号", "问题", "单位"), ("1", "出证慢", "市公安局"), ("2", "", "")), strict=True):
        for cell, text in zip(row.cells, values, strict=True):
            cell.text = text
    made.cell(1, 2).merge(made.cell(2, 2))
    paragraph = made.cell(2, 1).paragraphs[0]
    paragraph.add_run("已办").font.strike = True
    paragraph.add_run("待办")
    document.add_paragraph("第二批")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "x"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_the_tables_of_a_letter_are_sheets_named_by_what_stands_above() -> None:
    book = read_bytes("a.docx", letter())
    first, second = book.sheets
    assert (first.name, second.name, book.kind) == ("第一批问题清单", "第二批", "docx")
    assert [row.texts for row in first.rows] == [("序号", "问题", "单位"), ("1", "出证慢", "市公安局"), ("2", "待办", "")]
    assert first.merged == (Span(1, 2, 2, 2),)
    assert first.rows[2].cells[1].marks.struck == "part" and first.rows[2].cells[1].marks.struck_text == "已办"


def test_strike_through_whole_and_in_part_fills_comments_and_hidden_rows_are_seen() -> None:
    def fill(book: Workbook) -> None:
        sheet, struck = book.add_worksheet("台账"), book.add_format({"font_strikeout": True})
        sheet.write(0, 0, "全删", struck)
        sheet.write_rich_string(1, 0, "留下", struck, "删去", book.add_format({"bold": True}), "也留下")
        sheet.write(2, 0, "绿", book.add_format({"bg_color": "#92D050"}))
        sheet.write_comment(2, 0, "省局已销号")
        sheet.write(3, 0, "藏")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.write_row(4, 0, ["a", "b", "c"])
        sheet.set_column(1, 1, None, None, {"hidden": True})
        book.add_worksheet("旧").hide()

    book = read_bytes("a.xlsx", xlsx(fill))
    sheet = book.sheets[0]
    cells = [row.cells[0] for row in sheet.rows]
    assert [cell.marks.struck for cell in cells[:3]] == ["whole", "part", ""]
    assert (cells[1].text, cells[1].marks.struck_text) == ("留下也留下", "删去")
    assert (cells[2].marks.fill, cells[2].marks.comment) == ("92D050", "省局已销号")
    assert [row.hidden for row in sheet.rows] == ["", "", "", "hidden", ""]
    assert sheet.hidden_columns == {1} and [each.hidden for each in book.sheets] == [False, True]
    assert book.unseen == frozenset()


def test_rows_that_a_filter_leaves_out_are_told_from_those_hidden_by_hand() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["状态", "完成", "未完成"])
        sheet.autofilter(0, 0, 2, 0)
        sheet.filter_column(0, "x == 完成")
        sheet.set_row(2, None, None, {"hidden": True})

    assert [row.hidden for row in read_bytes("a.xlsx", xlsx(fill)).sheets[0].rows] == ["", "", "filtered"]


def test_strike_through_of_a_text_in_the_cell_itself_is_seen() -> None:
    data = changed(table([["x"]]), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(
        b'<c r="A1" t="s"><v>0</v></c>',
        "<c r='A1' t='inlineStr'><is><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></is></c>".encode(),
    )})
    [row] = read_bytes("a.xlsx", data).sheets[0].rows
    assert (row.cells[0].text, row.cells[0].marks.struck_text) == ("新", "旧")


def test_formulas_give_the_result_that_the_file_holds_and_say_where_there_is_none() -> None:
    data = changed(table([["x", 1, 2]]), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(
        b'<c r="B1"><v>1</v></c>', b'<c r="B1"><f>1+1</f><v>2</v></c>').replace(b'<c r="C1"><v>2</v></c>', b'<c r="C1"><f>NOW()</f></c>')})
    data = changed(data, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</row>", b'<c r="D1"><v>9</v></c></row>')})
    [row] = read_bytes("a.xlsx", data).sheets[0].rows
    assert row.texts == ("x", "2", "", "9") and [cell.marks.unsolved for cell in row.cells] == [False, False, True, False]


def test_pictures_belong_to_the_cell_they_lie_on_or_are_named_by(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(PNG)

    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["序号", "整改前", "整改后"])
        sheet.write(1, 0, 1)
        sheet.insert_image(1, 1, str(tmp_path / "p.png"))
        sheet.write_formula(1, 2, '=_xlfn.DISPIMG("ID_AB",1)', None, '=DISPIMG("ID_AB",1)')
        sheet.insert_image(3, 2, str(tmp_path / "p.png"))

    data = changed(xlsx(fill), in_cells({"ID_AB": ("image9.png", PNG)}))
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    book = read(path)
    rows = book.sheets[0].rows
    before, after, below = rows[1].cells[1], rows[1].cells[2], rows[3].cells[2]
    assert [len(cell.marks.pictures) for cell in (before, after, below)] == [1, 1, 1] and after.text == ""
    assert [book.picture(cell.marks.pictures[0]) for cell in (before, after, below)] == [PNG, PNG, PNG]


def test_files_that_values_are_taken_from_are_named() -> None:
    data = changed(table([["x"]]), {
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": related("externalLinkPath", "file:///D:/2019.xlsx", mode="External").encode(),
    })
    assert read_bytes("a.xlsx", data).links == ("file:///D:/2019.xlsx",)


def test_a_file_is_named_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(table(ROWS))  # its name says otherwise
    one, other = read(tmp_path / "a.xls"), read_bytes("b", table(ROWS))
    assert (one.kind, texts(one)) == ("xlsx", texts(other)) and len(one.sha256) == 64


@given(st.lists(st.text("=+-@'\" \n\t，,甲a1", max_size=6), min_size=2, max_size=4))
def test_a_csv_that_we_write_reads_back_whatever_stands_in_it(texts_: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        write_delimited(path, ["甲"] * len(texts_), [texts_])
        assert not [text for text in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()[1:]) if text and text[0].startswith("=")]
        shown = tuple(clean(text) for text in texts_)
        rows = read(path).sheets[0].rows
        assert rows[1].texts[:len(shown)] == shown if any(shown) else len(rows) == 1
