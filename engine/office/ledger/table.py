"""Rows of a table as lines of a ledger: merged cells as they are meant, 同上 as what it repeats, the cells of each field together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.office.ledger.columns import Column
from engine.office.ledger.heads import IGNORED, NUMBER, PERSON, SECRET, SEVERAL, TITLE
from engine.office.sheets.cells import is_ditto
from engine.office.sheets.heading import Block
from engine.office.sheets.sheet import EMPTY, Cell, Picture, Row, Sheet

JOINED = "\n"


class Line(NamedTuple):
    """An item of a ledger as its rows write it. `cells` has a cell for each field that stands in one column, `beside` the others with
    their heads, among them what another column of a field says otherwise; `block` says which table of the sheet it stands in, `hidden` that
    a person or a filter hides it; `pictures` are those that lie at its rows, each with the head of its column.
    """

    sheet: str
    block: int
    row: int
    cells: Mapping[str, Cell]
    beside: tuple[tuple[str, str, Cell], ...]
    places: Mapping[str, int]
    heads: Mapping[str, str]
    people: frozenset[str]
    hidden: bool = False
    pictures: tuple[tuple[str, Picture], ...] = ()

    def text(self, field: str) -> str:
        """The text of a field; empty where it has no column."""
        return self.cells.get(field, EMPTY).text

    def cell(self, field: str) -> Cell:
        return self.cells.get(field, EMPTY)

    def others(self, field: str) -> list[tuple[str, Cell]]:
        """What other columns of a field say otherwise, with their heads."""
        return [(head, cell) for kind, head, cell in self.beside if kind == field]


def lines(sheet: Sheet, number: int, block: Block, columns: Sequence[Column], heads_of: Sequence[str] = ()) -> list[Line]:
    """The items of a table of a sheet. A number or a title that is merged over several rows is one item; any other cell that is merged
    holds for each of its rows, and one that is blank without being merged stays blank.
    Pictures lie wherever somebody dropped them: they are the row's, also beside the columns that are read; `heads_of` are the heads.
    """
    groups = [*_groups(sheet, block, columns)] if sheet.merged else [[row] for row in block.rows]
    covering = sheet.covering() if sheet.merged else {}
    read = sorted((column for column in columns if column.fields and column.fields != (IGNORED,)), key=lambda column: column.second)
    single = [(column, field) for column in read for field in column.fields if field not in SEVERAL or len(column.fields) == 1]
    places = {field: column.place for column, field in reversed(single)}
    heads = {field: column.head for column, field in reversed(single)}
    people = frozenset(field for column in read if PERSON in column.fields for field in column.fields)
    above: dict[int, Cell] = {}
    found: list[Line] = []
    for rows in groups:
        cells, beside = _cells(sheet, rows, read, covering, above)
        if cells or beside:
            hidden = any(row.hidden for row in rows)
            pictures = _pictures(sheet, rows, heads_of) if sheet.pictured else ()
            found.append(Line(sheet.name, number, rows[0].number, cells, tuple(beside), places, heads, people, hidden, pictures))
    return found


def _pictures(sheet: Sheet, rows: Sequence[Row], heads: Sequence[str]) -> tuple[tuple[str, Picture], ...]:
    """The pictures of an item, by their columns; those of a hidden column that is left aside are left with it."""
    found: list[tuple[int, str, Picture]] = []
    for row in rows:
        for column, cell in enumerate(row.cells) if row.number - 1 in sheet.pictured else ():
            head = heads[column] if column < len(heads) else ""
            if head or column not in sheet.hidden_columns:
                found += [(column, head, picture) for picture in cell.marks.pictures]
    return tuple((head, picture) for _, head, picture in sorted(found, key=lambda each: each[0]))


def _groups(sheet: Sheet, block: Block, columns: Sequence[Column]) -> Iterator[list[Row]]:
    """The rows of each item: those over which its number, or where that has no column its title, is merged."""
    keys = [column.place for field in (NUMBER, TITLE) for column in columns if field in column.fields]
    starts: dict[int, int] = {}
    for span in sheet.merged:
        if span.left in keys[:2] and span.left == span.right and span.bottom > span.top:
            for index in range(span.top, span.bottom + 1):
                starts[index] = min(span.top, starts.get(index, span.top))
    group: list[Row] = []
    begun: int | None = None
    for row in block.rows:
        start = starts.get(row.number - 1)
        if group and (start is None or start != begun):
            yield group
            group = []
        begun = start
        group.append(row)
    if group:
        yield group


def _cells(
    sheet: Sheet, rows: Sequence[Row], columns: Sequence[Column], covering: Mapping[tuple[int, int], tuple[int, int]],
    above: dict[int, Cell],
) -> tuple[dict[str, Cell], list[tuple[str, str, Cell]]]:
    """The cells of an item by their fields, and beside them those of which there may be many. `above` holds what stood in each column
    before, which 同上 repeats.
    """
    cells: dict[str, Cell] = {}
    beside: list[tuple[str, str, Cell]] = []
    simple = not covering and len(rows) == 1
    for column in columns:
        index = column.place
        cell = rows[0].cells[index] if simple else _joined([_meant(sheet, row, index, covering, above) for row in rows])
        if cell.text and is_ditto(cell.text):
            cell = above.get(index, EMPTY)
        above[index] = cell
        if not cell.text and not cell.marks.pictures:
            continue
        for field in column.fields:
            if column.second and field in cells:
                if cell.text and cell.text != cells[field].text:
                    beside.append((field, column.head, cell))
            elif field in SECRET and field in cells:
                cells[field] = _beside(cells[field], column.head, cell)
            elif field not in SEVERAL:
                cells[field] = cell
            elif len(column.fields) == 1:
                beside.append((field, column.head, cell))
    if cells or beside:
        return cells, beside
    return {}, []


def _beside(first: Cell, head: str, cell: Cell) -> Cell:
    """A cell that only the office reads, with the next one of its kind: none of them is a note."""
    text = f"{first.text}；{head}：{cell.text}"
    return Cell(text, text, first.marks)


def _meant(
    sheet: Sheet, row: Row, index: int, covering: Mapping[tuple[int, int], tuple[int, int]], above: Mapping[int, Cell],
) -> Cell:
    """The cell of a row, or the one whose merged range covers it."""
    cell = row.cells[index]
    if not cell.text and (first := covering.get((row.number - 1, index))) is not None and first[1] == index:
        return sheet.rows[first[0]].cells[index]
    if cell.text and is_ditto(cell.text):
        return above.get(index, EMPTY)
    return cell


def _joined(cells: Sequence[Cell]) -> Cell:
    """Several cells of one item as one: each text once."""
    filled = list(dict.fromkeys(cell for cell in cells if cell.text or cell.marks.pictures))
    if len(filled) <= 1:
        return filled[0] if filled else EMPTY
    texts = list(dict.fromkeys(cell.text for cell in filled if cell.text))
    first = filled[0]
    if len(texts) == 1:
        return first
    pictures = tuple(picture for cell in filled for picture in cell.marks.pictures)
    return Cell(JOINED.join(texts), JOINED.join(texts), first.marks._replace(pictures=pictures))


def headed(head: str, text: str) -> str:
    """A text with the head of its column before it."""
    return f"{head}{'：' if not head.isascii() else ': '}{text}" if head else text
