"""The marks of a sheet whose XML is written as nearly every program writes it, found by searching: at a tenth of the cost of parsing.

What is written in any other way is left to the parser of `sheets.marks`, which finds the same. So is a sheet that seems too large: what
is searched here is not told from what has no value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from engine.office.sheets.bounds import MOST_COLUMNS, MOST_ROWS
from engine.office.sheets.styles import Style

LARGEST = 64 * 2**20
"""Bytes of a sheet that are held at once."""

_BEGIN = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="[a-z]+")?\?>\s*)?<worksheet [^>]*?'
    rb'xmlns="http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006/main|purl\.oclc\.org/ooxml/spreadsheetml/main)"'
)
_END = b"</worksheet>"
_ANY_CELL = re.compile(rb"<(?:[^<>\s:/]+:)?c[\s/>]")
_OF_A_NAMESPACE = re.compile(rb"<[^<>\s:/]+:(?:v|is|row|sheetData)[\s/>]")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="[a-zA-Z]{1,9}")?(?: (?:cm|vm|ph)="[0-9]+")*(/?)>')
_UNSOLVED = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"[^<>]*><f(?:[^<>]*/>|(?:\s[^<>]*)?>[^<]*</f>)</c>')
_ROW = re.compile(rb"<row ([^<>]*)>")
_COLUMN = re.compile(rb"<col ([^<>]*)>")
_NUMBER = re.compile(rb'(?:^|\s)(r|min|max)="([0-9]{1,7})"')
_HIDDEN = re.compile(rb'(?:^|\s)hidden="(?:1|true)"')


class PlainMarks(NamedTuple):
    """What was found: the last row and column with a cell, styles and formulas without result by place, and what is hidden."""

    last_row: int
    last_column: int
    styles: dict[tuple[int, int], Style]
    unsolved: set[tuple[int, int]]
    hidden_rows: set[int]
    hidden_columns: set[int]
    filtered: bool


def plain_marks(data: bytes, looks: Mapping[str, Style]) -> PlainMarks | None:
    """The marks of the XML of a sheet; None where only a parser can tell."""
    if not _is_plain(data):
        return None
    cells = _CELL.findall(data)
    if len(cells) != len(_ANY_CELL.findall(data)):
        return None
    by_style = {number.encode(): style for number, style in looks.items()}
    plain = by_style.get(b"0")
    if plain is not None:  # a cell that names no style has the first one
        by_style[b""] = plain
    rows: set[bytes] = set()
    columns: dict[bytes, int] = {}
    styles: dict[tuple[int, int], Style] = {}
    for letters, row, style, empty in cells:
        if not empty:
            rows.add(row)
            if letters not in columns:
                columns[letters] = _index(letters)
        if style in by_style:
            styles[int(row) - 1, _index(letters)] = by_style[style]
    last_row, last_column = max(map(int, rows), default=0) - 1, max(columns.values(), default=-1)
    if last_row >= MOST_ROWS or last_column >= MOST_COLUMNS or len(styles) > MOST_ROWS * 20:
        return None
    hidden_rows = _hidden_rows(data)
    if hidden_rows is None:
        return None
    unsolved = {(int(row) - 1, _index(letters)) for letters, row in _UNSOLVED.findall(data)} if b"<f" in data else set()
    return PlainMarks(last_row, last_column, styles, unsolved, hidden_rows, _hidden_columns(data), b"<filterColumn" in data)


def _is_plain(data: bytes) -> bool:
    """Whether a tag can be known by its bytes: one encoding, one namespace for all that is looked at, nothing that is no tag."""
    return (
        _BEGIN.match(data) is not None and data.rstrip().endswith(_END) and b"<!" not in data and data.count(b"<?") <= 1
        and data.count(b'xmlns="') == 1 and b"xmlns='" not in data and b"strike" not in data and _OF_A_NAMESPACE.search(data) is None
    )


def _hidden_rows(data: bytes) -> set[int] | None:
    """The rows that are hidden; None where one of them does not say which it is."""
    found: set[int] = set()
    for attributes in _ROW.findall(data) if b'hidden="' in data else ():
        if _HIDDEN.search(attributes):
            number = dict(_NUMBER.findall(attributes)).get(b"r")
            if number is None:
                return None
            found.add(int(number) - 1)
    return found


def _hidden_columns(data: bytes) -> set[int]:
    found: set[int] = set()
    for attributes in _COLUMN.findall(data):
        if _HIDDEN.search(attributes):
            numbers = dict(_NUMBER.findall(attributes))
            found.update(range(int(numbers.get(b"min", b"1")) - 1, min(int(numbers.get(b"max", b"0")), MOST_COLUMNS)))
    return found


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
