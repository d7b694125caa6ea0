"""The tables of a file with their columns and lines, and what stands against the file as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from engine.errors import Problem
from engine.office.ledger.columns import Column, columns, known
from engine.office.ledger.heads import CLOSING, FILLED, OF_RESULTS, TITLE
from engine.office.ledger.outcome import Table
from engine.office.ledger.table import Line, lines
from engine.office.ledger.year import year_problems
from engine.office.sheets.cells import folded
from engine.office.sheets.heading import blocks
from engine.office.sheets.sheet import Book, Sheet
from engine.words import LANGUAGES, say

INCLUDED, LEFT_OUT = "include", "skip"
"""What `--hidden` says of what a person or a filter hides."""

OUR_FIGURES = frozenset(say("export.figures", language) for language in LANGUAGES)
"""What the sheet of figures beside a ledger that we wrote is called."""

LEAST_OF_RESULTS = 2
"""How many heads of an evaluation's results make a sheet without titles look like one of results."""


NAMES_OF_TEXT = frozenset({"", ".csv", ".tsv", ".txt"})
"""How a file ends that is text with separators, and says so."""


class Named(NamedTuple):
    """What a table is called, the widest name first, and whether it has a column of endings (是否销号)."""

    names: tuple[str, ...]
    has_closing: bool


@dataclass(slots=True)
class Found:
    """The tables of a file. `titles` are those above the tables and the names of sheets, `remarks` what deserves a look."""

    tables: list[Table] = field(default_factory=list)
    tables_of: dict[tuple[str, int], Named] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)
    missing: list[Problem] = field(default_factory=list)


def find_tables(book: Book, named: Mapping[str, Sequence[str]], sheets: Sequence[str], hidden: str | None) -> Found:
    """Every table of the chosen sheets, or of all."""
    found = Found()
    by_head = {folded(head): tuple(fields) for head, fields in named.items()}
    wanted = {folded(name) for name in sheets}
    found.missing = [
        Problem.at("ledger-no-sheet", sheet=name, sheets=[sheet.name for sheet in book]) for name in sheets
        if folded(name) not in {folded(sheet.name) for sheet in book}
    ]
    for sheet in book:
        if (wanted and folded(sheet.name) not in wanted) or (not wanted and _is_of_figures(sheet)):
            continue
        if sheet.hidden and sheet.rows:
            _count(found, "sheets", 1)
            if hidden != INCLUDED:
                continue
        _add_sheet(found, sheet, by_head, hidden)
    _leave_out_others(found)
    return found


def file_problems(book: Book, found: Found, year: int | None, hidden: str | None) -> list[Problem]:
    """What stands against the file as a whole: hidden parts of which nobody said what to do, last year's copy, no item at all."""
    problems = list(found.missing)
    if found.hidden and hidden is None:
        counts = {name: found.hidden.get(name, 0) for name in ("sheets", "columns", "rows")}
        problems.append(Problem.at("ledger-hidden", **counts))
    if year is None:
        problems += year_problems([*found.titles, *_names_with_years(book)], found.lines, book.links)
    heads = [column.head for table in found.tables for column in table.columns]
    titled = any(TITLE in column.fields for table in found.tables for column in table.columns)
    if problems or (found.lines and titled):
        return problems
    if not titled and sum(any(word in folded(head) for word in OF_RESULTS) for head in heads) >= LEAST_OF_RESULTS:
        return [Problem.at("ledger-results", columns=heads)]
    if found.lines:
        return [Problem.at("ledger-no-title", columns=heads)]
    named_as_text = PurePath(book.name).suffix.lower() in NAMES_OF_TEXT
    return [Problem.at("ledger-empty") if book.kind != "csv" or named_as_text else Problem.at("ledger-of-text", name=book.name)]


def _add_sheet(found: Found, sheet: Sheet, by_head: Mapping[str, Sequence[str]], hidden: str | None) -> None:
    tables = blocks(sheet, lambda head: known(head) or folded(head) in by_head)
    if not tables and any(not row.blank for row in sheet.rows):
        found.remarks.append(Problem.at("ledger-no-heading", sheet.name))
    for number, block in enumerate(tables):
        headings = [
            "" if index in sheet.hidden_columns and hidden != INCLUDED else head for index, head in enumerate(block.heading.heads)
        ]
        _count(found, "columns", sum(bool(head) for index, head in enumerate(block.heading.heads) if index in sheet.hidden_columns))
        read = columns(headings, by_head, two_rows=block.heading.last > block.heading.first)
        found.tables.append(Table(sheet.name, block.title, read, (block.heading.last + 1,)))
        names = (sheet.name, block.title) if block.title and len(tables) > 1 else (sheet.name, str(number + 1))
        found.tables_of[sheet.name, number] = Named(names, any(CLOSING in column.fields for column in read))
        found.titles += [text for text in (block.title, sheet.name) if text and text not in found.titles]
        new = lines(sheet, number, block, read, headings)
        _count(found, "rows", sum(line.hidden for line in new))
        found.lines += new
        found.remarks += [
            Problem("ledger-aside", row, {"kind": kind, "text": text}, "", sheet.name) for row, kind, text in block.aside
            if kind in ("section", "note")
        ]
        found.remarks += [
            remark for column in read if not column.fields or column.second
            if (remark := _unknown(sheet.name, column)) not in found.remarks  # a block that is repeated says the same
        ]


def _is_of_figures(sheet: Sheet) -> bool:
    """Whether it is the sheet of figures that we write beside a ledger: everybody knows that it holds no item."""
    return sheet.name in OUR_FIGURES and bool(sheet.rows) and sheet.name in sheet.rows[0].texts


def _leave_out_others(found: Found) -> None:
    """Where one table has a column of titles, one without is no ledger: figures, addresses. It is said to be left aside."""
    titled = {
        key for key, table in zip(found.tables_of, found.tables, strict=True) if any(TITLE in column.fields for column in table.columns)
    }
    others = [key for key in found.tables_of if key not in titled]
    if not titled or not others:
        return
    found.tables = [table for key, table in zip(found.tables_of, found.tables, strict=True) if key in titled]
    found.lines = [line for line in found.lines if (line.sheet, line.block) in titled]
    sheets = {sheet for sheet, _ in titled}
    found.remarks = [remark for remark in found.remarks if remark.where in sheets or remark.code == "ledger-no-heading"]
    unread = dict.fromkeys(sheet for sheet, _ in others if sheet not in sheets)
    found.remarks += [Problem.at("ledger-no-heading", sheet) for sheet in unread]


def _unknown(sheet: str, column: Column) -> Problem:
    second = "ledger-column-fills" if FILLED.issuperset(column.fields) else "ledger-column-second"
    code = second if column.second else "ledger-column-unknown"
    return Problem(code, None, {"column": column.head}, "", sheet)


def _count(found: Found, what: str, number: int) -> None:
    if number:
        found.hidden[what] = found.hidden.get(what, 0) + number


def _names_with_years(book: Book) -> list[str]:
    return [book.name.rpartition(".")[0]] if not any(char.isdecimal() for sheet in book for char in sheet.name) else []
