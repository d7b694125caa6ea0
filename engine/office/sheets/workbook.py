"""Sheets that we write (xlsx): tables with a frozen heading, filters, lights by colour, charts, a footer; and no text is ever a formula.

Rows are written as they come, so a ledger of any length takes the memory of one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from engine.office.sheets.height import height, lines
from engine.views.formula import SIGNS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | date | None
LONGEST = 32_767
LONGEST_NAME = 31
MOST_ROWS = 1_048_576
NARROW = 5
"""The width of a column in which nothing stands."""
WIDE = 6
"""Tables of more columns are printed across, and keep their first columns in sight."""
CENTRED = 9
"""Texts of narrower columns stand in the middle: lights, grades, states."""
A3, A4, WIDEST_ON_A4 = 8, 9, 160
FONT = "宋体"
GREY = "A6A6A6"
"""The letters of what stands on each page so that a copy says whose it is."""
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
LIGHTS: Mapping[str, tuple[str, str]] = {
    "red": ("#FFC7CE", "#9C0006"), "yellow": ("#FFEB9C", "#7F6000"), "green": ("#C6EFCE", "#006100"), "blue": ("#DDEBF7", "#1F4E78"),
    "grey": ("#EDEDED", "#595959"),
}
"""The fill and the letters of each light: told by the word too, and readable in black and white."""

_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Column(NamedTuple):
    """A column: its head, its width in characters, and for each text that is a light which. Texts are broken into lines.

    `filled_in`: people write into it, so that it keeps its width where nothing stands in it.
    """

    head: str
    width: float = 12
    lights: Mapping[str, str] | None = None
    filled_in: bool = False


class Chart(NamedTuple):
    """A chart of some columns, each with its colour: bars of the first rows (`most` of them), named by the first column, without the last
    row, which is the sum; or the pieces of that sum (pie). `step` is between the lines behind bars.
    """

    kind: Literal["bar", "pie"]
    title: str
    columns: tuple[int, ...]
    colours: tuple[str, ...]
    step: int = 1
    most: int = 20


class Table(NamedTuple):
    """A sheet with one table: a title above the heading, and `notes` below the last row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()


class Frame(NamedTuple):
    """What stands around the tables when they are printed: who made the file and when, above each page in grey and at the left below it,
    `page` with {page} and {pages} in the middle below, at the right whatever else is to be known of it (演练数据).
    """

    made: str
    page: str
    mark: str = ""


def write_workbook(path: Path, tables: Iterable[Table], frame: Frame) -> list[int]:
    """Writes a workbook and returns how many rows each table has. A table is asked for only when the one before it is written.

    Raises OSError.
    """
    with book_at(path, row_by_row=True) as book:
        formats = _Formats(book)
        taken: set[str] = set()
        return [_write(book.add_worksheet(sheet_name(table.name, taken)), table, frame, formats) for table in tables]


@contextmanager
def book_at(path: Path, *, row_by_row: bool) -> Iterator[Workbook]:
    """A workbook that is written when the block ends, and leaves nothing behind where it fails. `row_by_row`: rows are written in their
    order and are not held in memory. Raises OSError.
    """
    import xlsxwriter  # only what writes a sheet pays for its writer
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix="zg-") as scratch:
        book = xlsxwriter.Workbook(str(path), {
            "constant_memory": row_by_row, "tmpdir": scratch, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "nan_inf_to_errors": True,
        })
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from error
        finally:
            for sheet in book.worksheets():
                if sheet.row_data_fh is not None:
                    sheet.row_data_fh.close()


def sheet_name(text: str, taken: set[str]) -> str:
    """A name that a sheet may have, and that no other one has; it is added to those that are taken."""
    base = _NAME.sub(" ", text).strip().strip("'")[:LONGEST_NAME] or "1"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[:LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name


def safe_text(text: str) -> str:
    """A text that a sheet can hold: without characters that XML has no place for, and no longer than a cell."""
    text = _UNSAFE.sub("", text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST - 1]}…"


class _Formats:
    """The looks of a workbook, each made once: it keeps every one that it is given."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **looks: Any) -> Format:
        key = tuple(sorted(looks.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **looks})
        return self.made[key]


class _Cells:
    """How the values of a column are written."""

    def __init__(self, formats: _Formats, width: float) -> None:
        look: dict[str, Any] = {"border": 1, "text_wrap": True}
        self.number = formats.get(**look, align="center")
        self.text = self.number if width < CENTRED else formats.get(**look)
        self.day = formats.get(**look, num_format=DAY, align="center")
        self.moment = formats.get(**look, num_format=MOMENT, align="center")
        self.quoted = formats.get(**look, quote_prefix=True)  # stays a text when somebody edits it, too

    def write(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.text)
        elif isinstance(value, str):
            sheet.write_string(row, column, safe_text(value), self.quoted if value.startswith(SIGNS) else self.text)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value.replace(tzinfo=None), self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        else:
            sheet.write_number(row, column, value, self.number)


def _lines(value: Value, width: float) -> int:
    return lines(value, width) if isinstance(value, str) else 1


def _write(sheet: Worksheet, table: Table, frame: Frame, formats: _Formats) -> int:
    width, head = len(table.columns), 1
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    sheet.set_row(0, 32 * (1 + table.title.count("\n")))
    title = formats.get(bold=True, font_size=16, align="center", text_wrap=True)
    if width > 1:
        sheet.merge_range(0, 0, 0, width - 1, safe_text(table.title), title)
    else:
        sheet.write_string(0, 0, safe_text(table.title), title)
    sheet.set_row(head, 42 if width > WIDE else 24)
    heads = formats.get(bold=True, border=1, align="center", text_wrap=True, bg_color="#D9E1F2")
    for index, column in enumerate(table.columns):
        sheet.write_string(head, index, safe_text(column.head), heads)
    sheet.freeze_panes(head + 1, min(width, 3) if width > WIDE else 0)
    cells, widths = [_Cells(formats, column.width) for column in table.columns], [column.width for column in table.columns]
    count, empty = 0, {index for index, column in enumerate(table.columns) if not column.filled_in}
    for count, values in enumerate(islice(table.rows, MOST_ROWS - 100), 1):
        sheet.set_row(head + count, height(max(map(_lines, values, widths), default=1)))
        for index, (cell, value) in enumerate(zip(cells, values, strict=True)):
            cell.write(sheet, head + count, index, value)
            if value not in (None, ""):
                empty.discard(index)
    for index in empty if count else ():
        sheet.set_column(index, index, min(NARROW, table.columns[index].width))
    last = head + max(count, 1)
    sheet.autofilter(head, 0, last, width - 1)
    for index, column in enumerate(table.columns):
        _colour(sheet, column, index, head + 1, last, formats)
    for number, note in enumerate(table.notes):
        sheet.write_string(last + 2 + number, 0, safe_text(note), formats.get(font_color="#595959"))
    _draw(sheet, table, head, count, formats.book, below=last + 3 + len(table.notes))
    _print(sheet, head, table.columns, frame)
    return count


def _colour(sheet: Worksheet, column: Column, index: int, first: int, last: int, formats: _Formats) -> None:
    """Makes the colour of a light follow its word, also where somebody changes it."""
    for text, light in (column.lights or {}).items():
        fill, letters = LIGHTS[light]
        sheet.conditional_format(first, index, last, index, {
            "type": "cell", "criteria": "==", "value": f'"{text}"',
            "format": formats.book.add_format({"bg_color": fill, "font_color": letters, "bold": light == "red"}),
        })


def _draw(sheet: Worksheet, table: Table, head: int, count: int, book: Workbook, *, below: int) -> None:
    """Puts the charts below the table, side by side."""
    if count < 2:
        return
    name, total = sheet.get_name(), head + count
    for number, wanted in enumerate(table.charts):
        if wanted.kind == "bar":
            chart = book.add_chart({"type": "column", "subtype": "stacked"})
            last = min(total - 1, head + wanted.most)
            for column, colour in zip(wanted.columns, wanted.colours, strict=True):
                chart.add_series({
                    "name": [name, head, column], "categories": [name, head + 1, 0, last, 0],
                    "values": [name, head + 1, column, last, column], "fill": {"color": colour}, "gap": 80,
                })
            lines = {"visible": True, "line": {"color": "#D9D9D9"}}
            chart.set_y_axis({"major_unit": wanted.step, "num_format": "0", "major_gridlines": lines})
        else:
            chart = book.add_chart({"type": "pie"})
            first, last = wanted.columns[0], wanted.columns[-1]
            chart.add_series({
                "categories": [name, head, first, head, last], "values": [name, total, first, total, last],
                "points": [{"fill": {"color": colour}} for colour in wanted.colours], "data_labels": {"value": True},
            })
        chart.set_title({"name": wanted.title, "name_font": {"size": 12}, "overlay": False})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 560, "height": 320})
        sheet.insert_chart(below, 0, chart, {"x_offset": 580 * number})


def _print(sheet: Worksheet, head: int, columns: Sequence[Column], frame: Frame) -> None:
    """As wide as the page, the heading on every page, and below who made it and when. What is too wide for A4 goes on A3, as in offices."""
    sheet.set_paper(A3 if sum(column.width for column in columns) > WIDEST_ON_A4 else A4)
    if len(columns) > WIDE:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.7)
    sheet.repeat_rows(head)
    page = frame.page.format(page="&P", pages="&N")
    made, mark = (_in_footer(text) for text in (frame.made, frame.mark))
    sheet.set_header(f"&C&14&K{GREY}{made[:150]}" if made else "")
    sheet.set_footer(f"&L{made[:150]}&C{page}&R{mark[:60]}")


def _in_footer(text: str) -> str:
    """A text that commands nothing in a footer, where `&` does."""
    return safe_text(text).replace("\n", " ").replace("&", "&&")


def numbered(rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    """The same rows, each with its number before it (序号)."""
    return ([number, *row] for number, row in enumerate(rows, 1))
