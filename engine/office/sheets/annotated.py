"""A copy of an imported file in which every fault is red and told in a last column (错误说明): to be corrected and imported again.

Cells hold what they showed, so that 1.10 stays 1.10; days are days. Pictures and formulas are not copied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.office.sheets.cells import folded
from engine.office.sheets.height import height, lines, wide
from engine.office.sheets.sheet import Book, Cell, Row, Sheet, Span
from engine.office.sheets.workbook import A4, DAY, FONT, MOMENT, book_at, safe_text, sheet_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

RED = "#FF9999"
WIDEST, USUAL, TOLD = 60, 10, 50
"""Widths of columns, in characters."""


class Fault(NamedTuple):
    """What is wrong with a row, by its number, and with which of its cells (the index of the column); None for the whole row."""

    sheet: str
    row: int
    column: int | None
    message: str


def write_annotated(path: Path, book: Book, faults: Iterable[Fault], headings: Mapping[str, Sequence[int]], head: str) -> int:
    """Writes the copy and returns how many rows are red in it.

    `headings` are the numbers of the rows of headings by sheet: there stands `head`. A column of this head, of an earlier copy, is left
    out. Raises OSError.
    """
    by_row: defaultdict[tuple[str, int], list[Fault]] = defaultdict(list)
    for fault in faults:
        by_row[fault.sheet, fault.row].append(fault)
    merged = any(sheet.merged for sheet in book)  # ranges over several rows can be merged only where all rows are held
    with book_at(path, row_by_row=not merged) as target:
        looks = _Looks(target)
        taken: set[str] = set()
        for sheet in book:
            page, headed = target.add_worksheet(sheet_name(sheet.name or path.stem, taken)), headings.get(sheet.name, ())
            _copy(page, _without_told(sheet, headed, head), by_row, frozenset(headed), head, looks)
    return len(by_row)


class _Looks:
    """The looks of the cells of a copy, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[tuple[Any, ...], Format] = {}

    def get(
        self, cell: Cell, *, red: bool = False, head: bool = False, day: str = "", left: bool = False, title: bool = False,
    ) -> Format:
        marks = cell.marks
        fill = RED if red else f"#{marks.fill}" if marks.fill else ""
        quoted = cell.text.startswith(("=", "+", "-", "@"))
        key = (fill, marks.struck, head, day, quoted, left, title)
        if key not in self.made:
            look: dict[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
            look |= {} if title else {"text_wrap": True, "border": 1}
            look |= {"bg_color": fill} if fill else {}
            look |= {"num_format": day} if day else {}
            look |= {"font_strikeout": marks.struck == "whole", "bold": head, "quote_prefix": quoted}
            look |= {"align": "center"} if head and not left else {}
            self.made[key] = self.book.add_format(look)
        return self.made[key]


def _copy(
    page: Worksheet, sheet: Sheet, faults: Mapping[tuple[str, int], Sequence[Fault]], headings: frozenset[int], head: str, looks: _Looks,
) -> None:
    told, widths = sheet.width, [_width(sheet, column) for column in range(sheet.width)]
    ruled = min(headings, default=0)
    for column, width in enumerate(widths):
        page.set_column(column, column, width, None, {"hidden": column in sheet.hidden_columns})
    page.set_column(told, told, TOLD)
    for span in sheet.merged:
        _merge(page, sheet, span, looks)
    for row in sheet.rows:
        index, found = row.number - 1, faults.get((sheet.name, row.number), ())
        whole = any(fault.column is None for fault in found)
        red, messages = {fault.column for fault in found}, "\n".join(dict.fromkeys(fault.message for fault in found))
        for column, cell in enumerate(row.cells):
            if cell.text or cell.marks.fill or column in red or row.number > ruled > 0:
                _write(
                    page, index, column, cell, looks, red=column in red or (whole and column == 0), head=row.number in headings,
                    title=row.number < ruled,
                )
        if row.number in headings:
            page.write_string(index, told, safe_text(head), looks.get(Cell(head, head, row.cells[0].marks), head=True))
        elif found:
            page.write_string(index, told, safe_text(messages), looks.get(Cell(messages, messages), red=True, left=True))
        merged = {column for span in sheet.merged for column in range(span.left, span.right + 1) if span.top <= index <= span.bottom}
        texts = ("" if column in merged or row.number < ruled else cell.text for column, cell in enumerate(row.cells))
        high = max(map(lines, (*texts, messages), (*widths, TOLD)))
        page.set_row(index, height(high), None, {"hidden": bool(row.hidden)})
    if headings:
        page.freeze_panes(max(headings) if len(headings) == 1 else 0, 0)
    _print(page, headings)
    if sheet.hidden:
        page.hide()


def _print(page: Worksheet, headings: frozenset[int]) -> None:
    """Across, as wide as the page, with the heading on each: what is told stands in the last column."""
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    page.set_footer("&C&P / &N")
    if headings:
        page.repeat_rows(min(headings) - 1)


def _write(page: Worksheet, row: int, column: int, cell: Cell, looks: _Looks, *, red: bool, head: bool, title: bool) -> None:
    value, look = cell.value, partial(looks.get, cell, red=red, title=title)
    if isinstance(value, datetime):
        page.write_datetime(row, column, value, look(day=MOMENT))
    elif isinstance(value, date):
        page.write_datetime(row, column, value, look(day=DAY))
    elif isinstance(value, int | float) and not isinstance(value, bool) and cell.text == f"{value:g}":
        page.write_number(row, column, value, look(head=head))
    elif cell.text:
        page.write_string(row, column, safe_text(cell.text), look(head=head))
    else:
        page.write_blank(row, column, None, look(head=head))


def _merge(page: Worksheet, sheet: Sheet, span: Span, looks: _Looks) -> None:
    """Merges a range; what stands in its first cell is written afterwards."""
    bottom, right = min(span.bottom, len(sheet.rows) - 1), min(span.right, sheet.width - 1)
    if span.top <= bottom and span.left <= right and (span.top, span.left) != (bottom, right):
        page.merge_range(span.top, span.left, bottom, right, "", looks.get(sheet.rows[span.top].cells[span.left]))


def _without_told(sheet: Sheet, headings: Sequence[int], head: str) -> Sheet:
    """The sheet without the column that an earlier copy told its faults in."""
    last = sheet.width - 1
    if not any(row.number in headings and folded(row.cells[last].text) == folded(head) for row in sheet.rows):
        return sheet
    rows = tuple(Row(row.number, row.cells[:last], row.hidden) for row in sheet.rows)
    return Sheet(sheet.name, rows, sheet.merged, sheet.hidden, sheet.hidden_columns)


def _width(sheet: Sheet, column: int) -> int:
    """Wide enough for most of what stands in a column."""
    longest = sorted(wide(line) for row in sheet.rows[:200] for line in row.cells[column].text.split("\n"))
    usual = longest[len(longest) * 9 // 10] if longest else 0
    return max(USUAL, min(usual + 2, WIDEST))
