"""What the values of an ods do not tell: the pictures that lie in its cells, or over its sheets.

The same reading measures the sheets before their values are read: it refuses a file that says of few cells that they are many, since its
reader would write all of them out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.office.sheets.bounds import MOST_COLUMNS, MOST_ROWS, Bounds
from engine.office.sheets.container import Container, parser
from engine.office.sheets.drawings import MOST_MARKS
from engine.office.sheets.extents import POINT, USUAL_HEIGHT, USUAL_WIDTH, Extents
from engine.office.sheets.marks import SheetMarks
from engine.office.sheets.sheet import Picture, Place

MOST_ALIKE = 1_000
"""Rows or columns that are told as one: more of them are the blank rest of a sheet, over which nothing lies."""

FOLDER = "Pictures/"
"""Where pictures lie in the file; what a chart or another object shows lies elsewhere."""

_LENGTH = re.compile(r"(-?[0-9]{1,6}(?:[.][0-9]{1,20})?)(mm|cm|in|pt|px)")
_UNITS = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": POINT, "px": 9_525}


def ods_pictures(container: Container, bounds: Bounds) -> Mapping[str, SheetMarks]:
    """The pictures of every sheet by its name, each at the cell that it lies in, or that its upper left corner lies over. Raises
    BrokenFile, TooLarge.
    """
    reading = _Reading(container, bounds)
    container.parse("content.xml", parser(reading.start, reading.end))
    bounds.cells = 0  # the reader of values counts them again
    return reading.sheets


@dataclass(slots=True)
class _Table:
    """A sheet while it is read: how many rows and columns there were so far, and how far values reach."""

    name: str = ""
    rows: int = 0
    columns: int = 0
    last_row: int = 0
    last_column: int = 0
    in_row: bool = False
    extents: Extents = field(default_factory=Extents)
    widths: int = 0


@dataclass(slots=True)
class _Reading:
    """One reading of the content of an ods."""

    container: Container
    bounds: Bounds
    sheets: dict[str, SheetMarks] = field(default_factory=dict)
    table: _Table = field(default_factory=_Table)
    count: int = 0
    style: str = ""
    lengths: dict[str, int] = field(default_factory=dict)
    """Heights of rows and widths of columns, by their styles."""
    frame: tuple[int, int] | None = None
    """How far the frame that is read lies from the left and from the top, where it lies over the sheet."""
    over: list[tuple[int, int, Picture]] = field(default_factory=list)
    pictures: dict[Place, tuple[Picture, ...]] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        told = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        table = self.table
        match name.rpartition(" ")[2]:
            case "style":
                self.style = told.get("name", "")
            case "table-row-properties" if "row-height" in told:
                self.lengths[self.style] = _emu(told["row-height"], USUAL_HEIGHT)
            case "table-column-properties" if "column-width" in told:
                self.lengths[self.style] = _emu(told["column-width"], USUAL_WIDTH)
            case "table":
                self.count += 1
                self.bounds.sheets(self.count)
                self.table, self.over, self.pictures = _Table(told.get("name", "")), [], {}
            case "table-column":
                times = _times(told.get("number-columns-repeated"))
                self._lengths(table.extents.widths, told, table.widths, times, USUAL_WIDTH)
                table.widths += times
            case "table-row":
                times = _times(told.get("number-rows-repeated"))
                self._lengths(table.extents.heights, told, table.rows, times, USUAL_HEIGHT)
                table.rows, table.columns, table.in_row = table.rows + times, 0, True
            case "table-cell" | "covered-table-cell":
                table.columns += _times(told.get("number-columns-repeated"))
                if "value-type" in told:
                    table.last_row, table.last_column = max(table.last_row, table.rows), max(table.last_column, table.columns)
            case "s":
                self.bounds.text(_times(told.get("c")) if "c" in told else 1)
            case "frame":
                self.frame = _emu(told.get("x", ""), 0), _emu(told.get("y", ""), 0)
            case "image":
                self._image(told.get("href", "").removeprefix("./"))

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "table-row":
                self.table.in_row = False
            case "frame":
                self.frame = None
            case "table":
                self._done()

    def _lengths(self, found: dict[int, int], told: Mapping[str, str], first: int, count: int, usual: int) -> None:
        """Keeps the height of rows or the width of columns that are not as usual, or hidden."""
        hidden = told.get("visibility") in ("collapse", "filter")
        length = 0 if hidden else self.lengths.get(told.get("style-name", ""), usual)
        if length != usual and first < MOST_ROWS and count <= MOST_ALIKE:
            found.update(dict.fromkeys(range(first, first + count), length))

    def _image(self, member: str) -> None:
        if self.frame is None or not member.startswith(FOLDER) or member not in self.container.members or self._full():
            return
        picture = Picture(member, self.container.archive.getinfo(member).file_size)
        if self.table.in_row:
            self._put((self.table.rows - 1, max(0, self.table.columns - 1)), picture)
        else:
            self.over.append((*self.frame, picture))

    def _full(self) -> bool:
        return len(self.over) + sum(map(len, self.pictures.values())) >= MOST_MARKS

    def _put(self, place: Place, picture: Picture) -> None:
        if place[0] < MOST_ROWS and place[1] < MOST_COLUMNS:
            self.pictures[place] = (*self.pictures.get(place, ()), picture)

    def _done(self) -> None:
        """A sheet was read: what lies over it lies at a cell, and the sheet is as large as its values and pictures reach."""
        table = self.table
        for left, top, picture in self.over:
            self._put(table.extents.place(left, top), picture)
        height = max((row + 1 for row, _ in self.pictures), default=0)
        width = max((column + 1 for _, column in self.pictures), default=0)
        self.bounds.area(max(table.last_row, height), max(table.last_column, width))
        if self.pictures:
            self.sheets[table.name] = SheetMarks(height, width, pictures=self.pictures)


def _emu(text: str, usual: int) -> int:
    """A length in EMU; what cannot be read is as usual."""
    found = _LENGTH.fullmatch(text)
    return round(float(found[1]) * _UNITS[found[2]]) if found is not None else usual


def _times(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1 if not text else 2**30
