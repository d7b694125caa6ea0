"""A sheet as people see it: rows of cells, each with its text as displayed, its value, and the marks that a value does not tell.

Every reader of foreign tables gives these values, whatever file they came from; what a kind of file cannot tell stands in `unseen`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from engine.office.sheets.unreadable import BrokenFile

if TYPE_CHECKING:
    from engine.office.sheets.container import Container

Value = str | int | float | bool | datetime | date | time | timedelta | None
Kind = Literal["csv", "xlsx", "xls", "ods", "docx"]
Place = tuple[int, int]
"""Row and column, each counted from 0."""

Mark = Literal["strike", "fill", "hidden", "comments", "formats", "pictures", "merged"]
"""What a cell or a row may be marked by, besides its text."""


class Picture(NamedTuple):
    """A picture that lies at a cell: where it lies in the file, and its size there. `Book.picture` reads it."""

    member: str
    size: int


class Marks(NamedTuple):
    """What the value of a cell does not tell.

    `struck` is `whole` where all of the text is struck out, `part` where some of it is; then `struck_text` holds what is struck and
    the cell's text only what is not. `fill` is RRGGBB. `unsolved` is a formula whose result the file does not hold.
    """

    struck: Literal["", "whole", "part"] = ""
    struck_text: str = ""
    fill: str = ""
    comment: str = ""
    unsolved: bool = False
    pictures: tuple[Picture, ...] = ()


PLAIN = Marks()


class Cell(NamedTuple):
    """A cell: the text as people see it (`1.10`, `7月20日`, `72%`), the value behind it, and its marks."""

    text: str
    value: Value
    marks: Marks = PLAIN


EMPTY = Cell("", None)


class Row(NamedTuple):
    """A row with the number that people see beside it. A hidden one was hidden by hand, or is left out by the filter of the sheet."""

    number: int
    cells: tuple[Cell, ...]
    hidden: Literal["", "hidden", "filtered"] = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple([cell.text for cell in self.cells])

    @property
    def blank(self) -> bool:
        return not any(cell.text or cell.marks.pictures for cell in self.cells)


class Span(NamedTuple):
    """A merged range: the indices of its first and last row and column, from 0. Only its first cell holds anything."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, or a table of a letter. All rows are there from the first on, equally long; the index of a column is its index in a row.
    `pictured` are the indices of rows at which pictures lie.
    """

    name: str
    rows: tuple[Row, ...] = ()
    merged: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    pictured: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        return len(self.rows[0].cells) if self.rows else 0

    def covering(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each place that a merged range covers, but for the range's own first cell, the place of that first cell."""
        height, width = len(self.rows), self.width
        return {
            (row, column): (span.top, span.left)
            for span in self.merged
            for row in range(span.top, min(span.bottom + 1, height)) for column in range(span.left, min(span.right + 1, width))
            if (row, column) != (span.top, span.left)
        }


@dataclass(frozen=True, slots=True)
class Book:
    """A file with its sheets. `sha256` is of its bytes; `links` are the other files that it takes values from; `container` is there
    where pictures can be read from it.
    """

    name: str
    kind: Kind
    sha256: str
    sheets: tuple[Sheet, ...]
    unseen: frozenset[Mark] = frozenset()
    links: tuple[str, ...] = ()
    encoding: str = ""
    container: Container | None = field(default=None, compare=False, repr=False)

    def picture(self, found: Picture) -> bytes:
        """A picture that lies in it. Raises TooLarge, BrokenFile."""
        if self.container is None:
            raise BrokenFile(file=self.name, what=found.member)
        return self.container.picture(found.member)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)
