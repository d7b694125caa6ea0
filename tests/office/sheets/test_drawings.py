"""At which row a picture lies whose place is told by its distance from the edges, and the pictures of an ods."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from xlsxwriter.workbook import Workbook

from engine.office.sheets.extents import PIXEL, POINT, Extents
from engine.office.sheets.reader import read_bytes
from engine.office.sheets.sheet import Book

from .making import PNG, changed, xlsx

TALL, USUAL = 60 * POINT, 15 * POINT


def lying(book: Book) -> dict[int, list[str]]:
    """The pictures of the first sheet by their rows, from 0."""
    [sheet] = book.sheets
    found = {row: [picture for cell in sheet.rows[row].cells for picture in cell.marks.pictures] for row in sheet.pictured}
    return {row: [picture.member.rpartition("/")[2] for picture in pictures] for row, pictures in found.items()}


def test_a_place_is_found_by_the_rows_and_columns_before_it() -> None:
    extents = Extents(heights={2: TALL, 3: 0}, widths={0: 10 * PIXEL})
    tops = {0: 0, 2 * USUAL - 1: 1, 2 * USUAL: 2, 2 * USUAL + TALL - 1: 2, 2 * USUAL + TALL: 4, 2 * USUAL + TALL + USUAL: 5}
    assert {top: extents.place(0, top)[0] for top in tops} == tops
    assert [extents.place(left * PIXEL, 0)[1] for left in (0, 9, 10, 74)] == [0, 0, 1, 2]
    assert Extents(height=0, heights={0: USUAL}).place(0, 9 * USUAL) == (1, 0), "a sheet that hides all its other rows"


def written(book: Workbook) -> None:
    page = book.add_worksheet("问题")
    for number, text in enumerate(("存在问题", "甲", "乙", "丙", "丁")):
        page.write(number, 0, text)
    page.set_row(2, 60)
    page.set_row(3, None, None, {"hidden": True})
    for row in (1, 2, 4):
        page.insert_image(row, 1, f"{row}.png", {"image_data": io.BytesIO(PNG), "y_offset": 3})


def over_the_sheet(drawing: bytes) -> bytes:
    """The same pictures, each told by its distance from the top in the place of its row."""
    tops = {"1": USUAL, "2": 2 * USUAL, "4": 2 * USUAL + TALL}

    def told(found: re.Match[str]) -> str:
        top = tops[re.findall(r"<xdr:row>(\d+)</xdr:row>", found[0])[0]] + 3 * PIXEL
        place = f'<xdr:pos x="{70 * PIXEL}" y="{top}"/><xdr:ext cx="9525" cy="9525"/>'
        return re.sub(r"<xdr:from>.*?</xdr:to>", place, found[0]).replace("twoCellAnchor", "absoluteAnchor")

    return re.sub(r"<xdr:twoCellAnchor.*?</xdr:twoCellAnchor>", told, drawing.decode()).encode()


def test_a_picture_over_an_xlsx_lies_at_the_row_it_lies_over() -> None:
    data = xlsx(written)
    rows = {1: ["image1.png"], 2: ["image1.png"], 4: ["image1.png"]}
    assert lying(read_bytes("a.xlsx", data)) == rows
    assert lying(read_bytes("a.xlsx", changed(data, {"xl/drawings/drawing1.xml": over_the_sheet}))) == rows


NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"), ("style", "style"), ("svg", "svg-compatible"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def frame(name: str, place: str = "") -> str:
    return f'<draw:frame {place}><draw:image xlink:href="{name}"/></draw:frame>'


def ods(shapes: str, *rows: str) -> bytes:
    """A sheet of two columns: what lies over it, and its rows."""
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-row-properties style:row-height="{height}"/></style:style>'
        for name, height in (("usual", "0.5cm"), ("tall", "20mm"))
    )
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="问题"><table:shapes>{shapes}</table:shapes><table:table-column table:number-columns-repeated="16384"/>'
        f'{"".join(rows)}<table:table-row table:style-name="usual" table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", "<manifest/>")
        for name in ("甲", "乙", "丙"):
            made.writestr(f"Pictures/{name}.png", PNG)
        made.writestr("ObjectReplacements/Object 1", PNG)
    return target.getvalue()


def line(text: str, inside: str = "", style: str = "usual", more: str = "") -> str:
    said = f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    cells = f"{said}<table:table-cell>{inside}</table:table-cell>"
    return f'<table:table-row table:style-name="{style}" {more}>{cells}</table:table-row>'


def test_pictures_of_an_ods_lie_in_their_cells_or_at_the_row_they_lie_over() -> None:
    shapes = frame("Pictures/乙.png", 'svg:x="3cm" svg:y="29mm"') + frame("./Pictures/丙.png", 'svg:x="0cm" svg:y="0.1in"')
    rows = (
        line("存在问题"), line("甲", frame("Pictures/甲.png") + frame("ObjectReplacements/Object 1")), line("乙", style="tall"),
        line("丙", more='table:visibility="collapse"'), line("丁"),
    )
    book = read_bytes("a.ods", ods(shapes, *rows))
    assert lying(book) == {0: ["丙.png"], 1: ["甲.png"], 2: ["乙.png"]}
    assert [row.texts[0] for row in book.sheets[0].rows] == ["存在问题", "甲", "乙", "丙", "丁"]
    assert "pictures" not in book.unseen and book.picture(book.sheets[0].rows[1].cells[1].marks.pictures[0]) == PNG


@pytest.mark.parametrize("place", ['svg:x="x" svg:y=""', "", 'svg:x="-1cm" svg:y="-99999cm"'])
def test_a_picture_whose_place_cannot_be_read_lies_at_the_first_cell(place: str) -> None:
    assert lying(read_bytes("a.ods", ods(frame("Pictures/甲.png", place), line("存在问题")))) == {0: ["甲.png"]}
