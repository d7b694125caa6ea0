"""What is found by searching is what a parser finds; and whatever is written in another way is left to the parser."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.workbook import Workbook

from engine.office.sheets import marks
from engine.office.sheets.bounds import Bounds
from engine.office.sheets.container import measured
from engine.office.sheets.plain_marks import plain_marks
from engine.office.sheets.reader import read_bytes

from .making import changed, table, xlsx

SHEET = "xl/worksheets/sheet1.xml"
FORMATS: list[dict[str, Any]] = [{}, {"num_format": "0.00"}, {"bg_color": "#92D050"}, {"font_strikeout": True}, {"border": 1}]
VALUES = st.sampled_from(["x", 1.5, None, "=A1", "", date(2020, 7, 20)])
CELLS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 30), VALUES, st.sampled_from(range(len(FORMATS)))), max_size=12)


def written(cells: list[tuple[int, int, Any, int]], hidden: set[int], *, row_by_row: bool) -> bytes:
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": not row_by_row, "constant_memory": row_by_row})
    formats = [book.add_format(look) for look in FORMATS]
    sheet = book.add_worksheet()
    for row, column, value, look in sorted(cells, key=lambda cell: cell[:2]):
        sheet.write(row, column, value, formats[look])
    for row in sorted(hidden):
        sheet.set_row(max(row, max((cell[0] for cell in cells), default=0)), None, None, {"hidden": True})
    sheet.set_column(3, 5, None, None, {"hidden": bool(hidden)})
    book.close()
    return target.getvalue()


def found(data: bytes) -> marks.SheetMarks:
    [sheet] = marks.read_marks(measured("a.xlsx", data), Bounds("a.xlsx")).sheets.values()
    return sheet


@given(CELLS, st.sets(st.integers(0, 14), max_size=2), st.booleans())
def test_searching_finds_what_parsing_finds(cells: list[tuple[int, int, Any, int]], hidden: set[int], row_by_row: bool) -> None:
    data = written(cells, hidden, row_by_row=row_by_row)
    searched = found(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "plain_marks", lambda data, looks: None)
        parsed = found(data)
    assert searched == parsed


def xml_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(SHEET)


PLAIN = table([["序号", "问题"], [1, "出证慢"]])
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_a_sheet_of_ours_and_of_the_usual_programs_is_searched() -> None:
    assert plain_marks(xml_of(PLAIN), {}) is not None


def prefixed(xml: bytes) -> bytes:
    """The first cell is one of the same namespace by another name."""
    named = xml.replace(b"<worksheet ", b'<worksheet xmlns:x="' + MAIN + b'" ')
    return named.replace(b'<c r="A1" t="s">', b'<x:c r="A1" t="s">').replace(b"</c>", b"</x:c>", 1)


@pytest.mark.parametrize("change", [
    lambda xml: xml.replace(b'<c r="A1" t="s">', b'<c t="s" r="A1">'), lambda xml: xml.replace(b'<c r="A1"', b"<c r='A1'"),
    lambda xml: xml.replace(b'<c r="A1"', b'<c\n r="A1"'),
    lambda xml: xml.replace(b"</sheetData>", b"<!-- <c r= --></sheetData>"),
    lambda xml: xml.replace(b"</sheetData>", b"<?x <c?></sheetData>"),
    lambda xml: xml.replace(b"</sheetData>", b"<![CDATA[<c]]></sheetData>"),
    prefixed,
    lambda xml: xml.replace(b'encoding="UTF-8"', b'encoding="GBK"'), lambda xml: xml.replace(b'<row r="1"', b'<row hidden="1"'),
    lambda xml: xml.replace(b"<sheetData>", b'<sheetData xmlns="' + MAIN + b'">'), lambda xml: xml[:-1],
    lambda xml: xml.replace(b'r="A1"', b'r="A1048576"'), lambda xml: xml.replace(b'r="A1"', b'r="XFD1"'),
])
def test_a_sheet_that_is_written_in_another_way_is_left_to_the_parser(change: Callable[[bytes], bytes]) -> None:
    xml = xml_of(PLAIN)
    assert change(xml) != xml, "the change is made"
    assert plain_marks(change(xml), {}) is None


def test_a_sheet_in_another_way_of_writing_reads_the_same() -> None:
    def other(xml: bytes) -> bytes:
        return xml.replace(b'<c r="A1" t="s">', b"<c t='s' r='A1'>").replace(b"</sheetData>", b"<!-- . --></sheetData>")

    rows = read_bytes("a.xlsx", changed(PLAIN, {SHEET: other})).sheets[0].rows
    assert [row.texts for row in rows] == [("序号", "问题"), ("1", "出证慢")]


def test_a_formula_without_its_result_is_found_by_searching_too() -> None:
    def unsolved(xml: bytes) -> bytes:
        return xml.replace(b'<c r="A2"><v>1</v></c>', b'<c r="A2"><f>NOW()</f></c>')

    def fill(book: Workbook) -> None:
        book.add_worksheet().write_row(0, 0, ["a", "b"])

    assert plain_marks(unsolved(xml_of(PLAIN)), {}).unsolved == {(1, 0)}  # type: ignore[union-attr]
    assert plain_marks(xml_of(xlsx(fill)), {}).unsolved == set()  # type: ignore[union-attr]
