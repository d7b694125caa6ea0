"""The tables of a letter (docx), each as a sheet; its name is the paragraph above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.office.sheets.bounds import Bounds
from engine.office.sheets.cells import clean
from engine.office.sheets.container import Container
from engine.office.sheets.sheet import EMPTY, Cell, Mark, Marks, Row, Sheet, Span
from engine.office.sheets.unreadable import BrokenFile, Unreadable

if TYPE_CHECKING:
    from docx.oxml.table import CT_Tbl, CT_Tc

UNSEEN: frozenset[Mark] = frozenset({"fill", "hidden", "comments", "formats", "pictures"})


def read_letter(name: str, container: Container, bounds: Bounds) -> tuple[Sheet, ...]:
    """The tables of a letter; a table inside a cell belongs to the text of that cell. Raises BrokenFile, TooLarge."""
    from docx.oxml.parser import parse_xml  # only letters pay for the library that reads them

    try:
        # No more of the file than this: its library would unpack whatever the letter refers to.
        body = parse_xml(container.text("word/document.xml")).body
        found: list[Sheet] = []
        above = ""
        for block in body.iterchildren():
            kind = str(block.tag).rpartition("}")[2]
            if kind == "p":
                above = clean(_text(block)[0]) or above
            elif kind == "tbl":
                bounds.sheets(len(found) + 1)
                found.append(_table(block, above, bounds))
                above = ""
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # the library tells of a broken letter by whatever its code meets
        raise BrokenFile(file=name, what="docx") from error
    return tuple(found)


def _table(table: CT_Tbl, title: str, bounds: Bounds) -> Sheet:
    rows: list[list[Cell]] = []
    spans: list[Span] = []
    growing: dict[int, int] = {}
    """For each column that a merged range goes on in, the number of that range in `spans`."""
    for index, row in enumerate(table.tr_lst):
        bounds.rows(index + 1)
        cells: list[Cell] = [EMPTY] * min(row.grid_before, 1000)
        for cell in row.tc_lst:
            left, wide = len(cells), max(cell.grid_span, 1)
            bounds.columns(left + wide)
            goes_on = cell.vMerge == "continue" and left in growing
            if goes_on:
                spans[growing[left]] = spans[growing[left]]._replace(bottom=index)
            else:
                growing.pop(left, None)
            if not goes_on and (wide > 1 or cell.vMerge == "restart"):
                spans.append(Span(index, left, index, left + wide - 1))
                if cell.vMerge == "restart":
                    growing[left] = len(spans) - 1
            cells += [EMPTY if goes_on else _cell(cell, bounds), *[EMPTY] * (wide - 1)]
        rows.append(cells)
    width = max(map(len, rows), default=0)
    bounds.area(len(rows), width)
    whole = tuple(Row(number, (*cells, *[EMPTY] * (width - len(cells)))) for number, cells in enumerate(rows, 1))
    return Sheet(title.splitlines()[-1] if title else "", whole, tuple(span for span in spans if span[:2] != span[2:]))


def _cell(cell: CT_Tc, bounds: Bounds) -> Cell:
    pieces = [_text(paragraph) for paragraph in cell.iter("{*}p")]
    live = clean("\n".join(piece[0] for piece in pieces))
    struck = clean("\n".join(piece[1] for piece in pieces))
    bounds.text(len(live) + len(struck))
    if not struck:
        return Cell(live, live) if live else EMPTY
    if not live:
        return Cell(struck, struck, Marks(struck="whole"))
    return Cell(live, live, Marks(struck="part", struck_text=struck))


def _text(paragraph: Any) -> tuple[str, str]:
    """The text of a paragraph that stands, and that which is struck out; deletions that are only proposed stand."""
    live: list[str] = []
    struck: list[str] = []
    for run in paragraph.iter("{*}r"):
        looks = next(iter(run.iterchildren("{*}rPr")), None)
        gone = looks is not None and any(_is_on(mark) for mark in looks.iterchildren("{*}strike", "{*}dstrike"))
        for part in run.iterchildren("{*}t", "{*}delText", "{*}tab", "{*}br", "{*}cr", "{*}noBreakHyphen"):
            kind = str(part.tag).rpartition("}")[2]
            text = part.text or "" if kind in ("t", "delText") else "-" if kind == "noBreakHyphen" else " " if kind == "tab" else "\n"
            (struck if gone else live).append(text)
    return "".join(live), "".join(struck)


def _is_on(mark: Any) -> bool:
    return not any(str(key).rpartition("}")[2] == "val" and value in ("0", "false", "off") for key, value in mark.attrib.items())
