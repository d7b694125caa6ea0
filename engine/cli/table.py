"""A small aligned table: Chinese characters count twice, what does not fit is cut with an ellipsis, numbers never."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.cli.terminal import Terminal, clean, display_width, fit, pad
from engine.views.formula import harmless

GAP = "  "
NARROWEST = 6
"""No column that may be cut becomes narrower than this."""


class Column(NamedTuple):
    """A column. `whole`: never cut. `right`: figures. `least`: the width below which it says nothing any more; `firm`: it becomes
    narrower than that after every other one only.

    Where not even the least widths fit, columns give in one after the other, those with the largest numbers first: `brief` ones to the
    short form of their cells, `spare` ones by being left out. 0 does neither.
    """

    title: str
    whole: bool = False
    right: bool = False
    least: int = NARROWEST
    firm: bool = False
    spare: int = 0
    brief: int = 0
    brief_title: str | None = None


class Cell(NamedTuple):
    """A text with the styles it is painted in, and its short form."""

    text: str
    styles: tuple[str, ...] = ()
    brief: str | None = None


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell | str]], terminal: Terminal) -> list[str]:
    """The lines of a table fitted to the terminal, its head first. Without rows, nothing."""
    if not rows:
        return []
    columns, cells = _given_in(columns, [[_cell(item) for item in row] for row in rows], terminal.width)
    widths = _fitted_widths(columns, cells, terminal.width)
    head = [Cell(column.title, ("dim",)) for column in columns]
    return [_line(columns, row, widths, terminal) for row in (head, *cells)]


def tsv(rows: Sequence[Sequence[object]]) -> list[str]:
    """Lines of fields with tabs between them, nothing cut, no head: for programs."""
    return [tsv_line(*row) for row in rows]


def tsv_line(*fields: object) -> str:
    """One such line. A text that an office program would take for a formula has an apostrophe before it, as in a csv."""
    return "\t".join(_field(field) for field in fields)


def _field(field: object) -> str:
    if isinstance(field, str):
        return harmless(clean(field))
    return "" if field is None else clean(str(field))


def pairs(items: Sequence[tuple[str, str | Cell]], terminal: Terminal) -> list[str]:
    """Names and values in two columns; empty values are left out. For a program: name, tab, value."""
    shown = [(name, _cell(value)) for name, value in items]
    shown = [(name, cell) for name, cell in shown if cell.text]
    if not terminal.out:
        return [f"{name}\t{terminal.paint(harmless(cell.text), *cell.styles)}" for name, cell in shown]
    width = max((display_width(name) for name, _ in shown), default=0)
    return [f"{terminal.paint(pad(name, width), 'dim')}{GAP}{terminal.paint(cell.text, *cell.styles)}" for name, cell in shown]


def _cell(item: Cell | str) -> Cell:
    return item._replace(text=clean(item.text)) if isinstance(item, Cell) else Cell(clean(item))


def _uncut_widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The width at which nothing in a column is cut."""
    return [
        max([display_width(column.title), *(display_width(row[index].text) for row in rows)])
        for index, column in enumerate(columns)
    ]


def _given_in(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], available: int,
) -> tuple[Sequence[Column], Sequence[Sequence[Cell]]]:
    """The columns and cells that fit into the available width: as many columns as need be gave in, first those that say nothing."""
    if sum(_uncut_widths(columns, rows)) + len(GAP) * (len(columns) - 1) > available:
        told = [place for place in range(len(columns)) if any(row[place].text for row in rows)]
        columns, rows = [columns[place] for place in told], [[row[place] for place in told] for row in rows]
    while _least_width(columns, rows) > available:
        order, index = max((max(column.brief, column.spare), index) for index, column in enumerate(columns))
        if not order:
            break
        if columns[index].spare == order:
            columns = [column for place, column in enumerate(columns) if place != index]
            rows = [[cell for place, cell in enumerate(row) if place != index] for row in rows]
        else:
            columns = [_brief_column(column) if place == index else column for place, column in enumerate(columns)]
            rows = [[_brief(cell) if place == index else cell for place, cell in enumerate(row)] for row in rows]
    return columns, rows


def _brief_column(column: Column) -> Column:
    return column._replace(brief=0, title=column.title if column.brief_title is None else column.brief_title)


def _brief(cell: Cell) -> Cell:
    return cell if cell.brief is None else cell._replace(text=cell.brief)


def _least_width(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> int:
    """The width of a table none of whose columns is wider than it must be."""
    uncut = _uncut_widths(columns, rows)
    return sum(
        need if column.whole else min(need, column.least) for column, need in zip(columns, uncut, strict=True)
    ) + len(GAP) * (len(columns) - 1)


def _fitted_widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], available: int) -> list[int]:
    """The width of each column: what it needs; if that is too much, the widest column that may be cut becomes narrower, one by one.

    Every column keeps its `least` while another one still has more than its own; on a very narrow terminal all go to NARROWEST.
    """
    widths = _uncut_widths(columns, rows)
    over = sum(widths) + len(GAP) * (len(columns) - 1) - available
    usual = [column.least for column in columns]
    for least in (usual, [column.least if column.firm else NARROWEST for column in columns], [NARROWEST] * len(columns)):
        while over > 0:
            soft = [index for index, column in enumerate(columns) if not column.whole and widths[index] > least[index]]
            if not soft:
                break
            widest = max(soft, key=lambda index: widths[index])
            next_widest = max((widths[index] for index in soft if index != widest), default=0)
            step = min(over, max(1, widths[widest] - max(next_widest, least[widest])))
            widths[widest] -= step
            over -= step
    return widths


def _line(columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[int], terminal: Terminal) -> str:
    parts = []
    for index, (column, cell, width) in enumerate(zip(columns, row, widths, strict=True)):
        text = cell.text if column.whole else fit(cell.text, width)
        last = index == len(columns) - 1
        filled = text if last and not column.right else pad(text, width)
        if column.right:
            filled = " " * (width - display_width(text)) + text
        parts.append(terminal.paint(filled, *cell.styles) if cell.styles else filled)
    return GAP.join(parts).rstrip()
