"""A small aligned table: Chinese characters count twice, what does not fit is cut with an ellipsis, numbers never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.cli.terminal import Terminal, clean, display_width, fit, pad

GAP = "  "
NARROWEST = 6
"""No column that may be cut becomes narrower than this."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `whole`: never cut. `right`: figures."""

    title: str
    whole: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with the styles it is painted in."""

    text: str
    styles: tuple[str, ...] = ()


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell | str]], terminal: Terminal) -> list[str]:
    """The lines of a table fitted to the terminal, its head first. Without rows, nothing."""
    if not rows:
        return []
    cells = [[_cell(item) for item in row] for row in rows]
    widths = _widths(columns, cells, terminal.width)
    head = [Cell(column.title, ("dim",)) for column in columns]
    return [_line(columns, row, widths, terminal) for row in (head, *cells)]


def tsv(rows: Sequence[Sequence[object]]) -> list[str]:
    """Lines of fields with tabs between them, nothing cut, no head: for programs."""
    return ["\t".join("" if field is None else clean(str(field)) for field in row) for row in rows]


def pairs(items: Sequence[tuple[str, str | Cell]], terminal: Terminal) -> list[str]:
    """Names and values in two columns; empty values are left out. For a program: name, tab, value."""
    shown = [(name, _cell(value)) for name, value in items]
    shown = [(name, cell) for name, cell in shown if cell.text]
    if not terminal.out:
        return [f"{name}\t{terminal.paint(cell.text, *cell.styles)}" for name, cell in shown]
    width = max((display_width(name) for name, _ in shown), default=0)
    return [f"{terminal.paint(pad(name, width), 'dim')}{GAP}{terminal.paint(cell.text, *cell.styles)}" for name, cell in shown]


def _cell(item: Cell | str) -> Cell:
    return Cell(clean(item.text), item.styles) if isinstance(item, Cell) else Cell(clean(item))


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], room: int) -> list[int]:
    """What each column needs; if that is too much, the widest that may be cut gives way, column by column."""
    widths = [
        max([display_width(column.title), *(display_width(row[place].text) for row in rows)])
        for place, column in enumerate(columns)
    ]
    over = sum(widths) + len(GAP) * (len(columns) - 1) - room
    while over > 0:
        soft = [place for place, column in enumerate(columns) if not column.whole and widths[place] > NARROWEST]
        if not soft:
            break
        widest = max(soft, key=lambda place: widths[place])
        next_widest = max((widths[place] for place in soft if place != widest), default=NARROWEST)
        step = min(over, max(1, widths[widest] - max(next_widest, NARROWEST)))
        widths[widest] -= step
        over -= step
    return widths


def _line(columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[int], terminal: Terminal) -> str:
    parts = []
    for place, (column, cell, width) in enumerate(zip(columns, row, widths, strict=True)):
        text = cell.text if column.whole else fit(cell.text, width)
        last = place == len(columns) - 1
        filled = text if last and not column.right else pad(text, width)
        if column.right:
            filled = " " * (width - display_width(text)) + text
        parts.append(terminal.paint(filled, *cell.styles) if cell.styles else filled)
    return GAP.join(parts).rstrip()
