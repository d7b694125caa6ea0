"""The sheets of a workbook (xlsx, xls, ods): values by calamine; of xlsx also what values do not tell."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from engine.office.sheets.bounds import Bounds
from engine.office.sheets.cells import text_of, value_of
from engine.office.sheets.container import Container
from engine.office.sheets.marks import BookMarks, SheetMarks, read_marks
from engine.office.sheets.opendocument import ods_pictures
from engine.office.sheets.sheet import EMPTY, PLAIN, Cell, Kind, Mark, Marks, Row, Sheet, Span
from engine.office.sheets.styles import Style
from engine.office.sheets.unreadable import BrokenFile, PasswordProtected, TooLarge

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_IN_CELL = re.compile(r'=?(?:_xlfn\.)?DISPIMG\("([^"]+)"', re.IGNORECASE)
UNSEEN: dict[Kind, frozenset[Mark]] = {
    "xlsx": frozenset(),
    "xls": frozenset({"strike", "fill", "hidden", "comments", "formats", "pictures"}),
    "ods": frozenset({"strike", "fill", "hidden", "comments", "formats", "merged"}),
}
"""What a kind of file holds beyond its values, and is not read."""


class Sheets(NamedTuple):
    """What was read of a workbook."""

    sheets: tuple[Sheet, ...]
    unseen: frozenset[Mark]
    links: tuple[str, ...] = ()


def read_spreadsheet(name: str, kind: Kind, data: bytes, container: Container | None, bounds: Bounds) -> Sheets:
    """The sheets of a workbook. Raises BrokenFile, PasswordProtected, TooLarge."""
    marks = read_marks(container, bounds) if kind == "xlsx" and container is not None else None
    pictures = ods_pictures(container, bounds) if kind == "ods" and container is not None else {}
    try:
        return Sheets(tuple(_sheets(name, data, marks, pictures, bounds)), UNSEEN[kind], marks.links if marks else ())
    except TooLarge:
        raise
    except BaseException as error:
        # Of broken files the reader of values raises errors of its own and, where its Rust fails, one that is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        if type(error).__name__ == "PasswordError":
            raise PasswordProtected(file=name) from error
        raise BrokenFile(file=name, what=kind) from error


def _sheets(
    name: str, data: bytes, marks: BookMarks | None, pictures: Mapping[str, SheetMarks], bounds: Bounds,
) -> Iterator[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook  # only what reads a sheet pays for its reader

    book = load_workbook(io.BytesIO(data))
    if marks is None:
        bounds.sheets(len(book.sheet_names))
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet:
            found = (marks.sheets if marks else pictures).get(about.name) or SheetMarks()
            yield _sheet(name, book, about.name, about.visible != SheetVisibleEnum.Visible, found, marks, bounds)


def _sheet(
    name: str, book: CalamineWorkbook, title: str, hidden: bool, found: SheetMarks, marks: BookMarks | None, bounds: Bounds,
) -> Sheet:
    values = book.get_sheet_by_name(title)
    if marks is None:
        bounds.area(values.total_height, values.total_width)
    reading = _Reading(found, marks)
    rows = tuple(reading.rows(values, max(found.width, values.total_width)))
    merged = tuple(Span(top, left, bottom, right) for (top, left), (bottom, right) in values.merged_cell_ranges or ())
    return Sheet(title, rows, merged, hidden, frozenset(found.hidden_columns), frozenset(reading.pictured))


class _Reading:
    """One reading of the values of a sheet, with the marks of their places."""

    def __init__(self, found: SheetMarks, marks: BookMarks | None) -> None:
        self.found, self.marks = found, marks
        self.from_1904 = marks is not None and marks.from_1904
        self.marked = {*found.struck, *found.unsolved, *found.comments, *found.pictures}
        self.marked_rows = {row for row, _ in self.marked}
        self.pictured: set[int] = set()

    def rows(self, values: CalamineSheet, width: int) -> Iterator[Row]:
        """Every row from the first on, equally long; pictures may lie below the last value."""
        raw_rows = values.to_python(skip_empty_area=False)
        for index in range(max(len(raw_rows), self.found.height)):
            raw = raw_rows[index] if index < len(raw_rows) else []
            cells = [*self._cells(index, raw), *[EMPTY] * (width - len(raw))]
            if index in self.marked_rows:
                for column in range(len(raw), width):
                    if (index, column) in self.marked:
                        cells[column] = self._whole(index, column, "", None)
            yield Row(index + 1, tuple(cells), self.found.hidden_rows.get(index, ""))

    def _cells(self, index: int, row: list[Any]) -> Iterator[Cell]:
        styles, marked = self.found.styles, index in self.marked_rows
        for column, raw in enumerate(row):
            style = styles.get((index, column)) if styles else None
            if style is not None or (marked and (index, column) in self.marked):
                yield self._whole(index, column, raw, style)
            elif type(raw) is not str:
                yield self._plain(raw)
            elif not raw:
                yield EMPTY
            elif raw[0] == "=" and "DISPIMG" in raw:
                yield self._whole(index, column, raw, style)
            elif raw[0] > " " < raw[-1] and raw.isprintable():
                yield Cell(raw, raw)  # nearly every cell
            else:
                yield self._plain(raw)

    def _plain(self, raw: Any) -> Cell:
        value = value_of(raw, "")
        return Cell(value, value) if isinstance(value, str) else Cell(text_of(value), value)

    def _whole(self, index: int, column: int, raw: Any, style: Style | None) -> Cell:
        place, found, look = (index, column), self.found, style or Style()
        in_cell = _IN_CELL.match(raw) if isinstance(raw, str) else None
        pictures = found.pictures.get(place, ())
        if in_cell is not None:
            picture = self.marks.in_cells.get(in_cell[1]) if self.marks is not None else None
            raw, pictures = ("", (*pictures, picture)) if picture is not None else (raw, pictures)
        if pictures:
            self.pictured.add(index)
        how: Literal["", "whole", "part"] = ""
        how, struck_text, live = found.struck.get(place, ("", "", ""))
        if look.struck and raw != "":
            how, struck_text = "whole", ""
        elif how == "part":
            raw = live
        value = value_of(raw, look.number_format, from_1904=self.from_1904)
        if value is None and not pictures and place not in self.marked:
            return Cell("", None, Marks(fill=look.fill)) if look.fill else EMPTY
        made = Marks(
            how, struck_text if how == "part" else "", look.fill, found.comments.get(place, ""), place in found.unsolved, pictures,
        )
        return Cell(text_of(value, look.number_format), value, made if made != PLAIN else PLAIN)
