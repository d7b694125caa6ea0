"""Text with separators (csv): read in the encodings that offices write (UTF-8, UTF-16, GB18030), and written so that nothing in it is
ever a formula.
"""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from engine.office.sheets.bounds import LONGEST_TEXT, Bounds
from engine.office.sheets.cells import clean
from engine.office.sheets.sheet import EMPTY, Cell, Row, Sheet, Value
from engine.office.sheets.unreadable import BrokenFile, TooLarge, UnknownEncoding
from engine.views.formula import harmless, read_harmless

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ",\t;|，"
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE = 64
"""Lines that are looked at for the separator."""


def read_delimited(name: str, data: bytes, bounds: Bounds) -> tuple[Sheet, str]:
    """The sheet, and the encoding it was written in. Raises UnknownEncoding, BrokenFile, TooLarge."""
    text, encoding = _decoded(name, data)
    lines = text.splitlines(keepends=True)
    separator = _separator(lines)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:  # what one program tells another
        separator, lines = lines[0][4], ["\n", *lines[1:]]
    rows = _rows(name, lines, separator, bounds)
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    bounds.area(len(rows), width)
    whole = tuple(Row(number, (*cells, *[EMPTY] * (width - len(cells)))) for number, cells in enumerate(rows, 1))
    return Sheet("", whole), encoding


def write_delimited(path: Path, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Writes a csv that office programs open as it is meant (UTF-8 with its mark), and returns how many rows it has. Raises OSError."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(map(harmless, heads))
        for row in rows:
            writer.writerow(map(_written, row))
            count += 1
    return count


def _written(value: Value) -> str:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "minutes")
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _rows(name: str, lines: list[str], separator: str, bounds: Bounds) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    before = csv.field_size_limit(LONGEST_TEXT)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for record in reader:
            bounds.rows(len(rows) + 1)
            rows.append([_cell(text) if text else EMPTY for text in record])
    except csv.Error as error:
        if "limit" in str(error):
            raise TooLarge(reason="sheet-text-too-long", file=name, found=LONGEST_TEXT, limit=LONGEST_TEXT) from error
        raise BrokenFile(reason="sheet-broken-line", file=name, line=reader.line_num) from error
    finally:
        csv.field_size_limit(before)
    return rows


def _cell(text: str) -> Cell:
    text = clean(read_harmless(text))
    return Cell(text, text) if text else EMPTY


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in(name, data, encoding), encoding
    half = len(data) // 2
    for encoding, zeros in (("utf-16-le", data[1::2].count(0)), ("utf-16-be", data[::2].count(0))):
        if len(data) % 2 == 0 and half and zeros > half // 20 and zeros > 1:
            return _in(name, data, encoding), encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            return _in(name, data, encoding), encoding
        except UnknownEncoding:
            continue
    raise UnknownEncoding(file=name)


def _in(name: str, data: bytes, encoding: str) -> str:
    """The text in this encoding, where it is one that people wrote. Raises UnknownEncoding."""
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise UnknownEncoding(file=name) from error
    sample = text[:20_000] + text[-20_000:]
    strange = sum(unicodedata.category(each) in ("Cc", "Cn", "Co") and each not in "\r\n\t\v\f" for each in sample)
    if "\0" in text or strange > len(sample) // 200:
        raise UnknownEncoding(file=name)
    return text


def _separator(lines: list[str]) -> str:
    """The separator that divides most of the first lines; a comma where none does. What stands in quotation marks divides nothing."""
    unquoted = _QUOTED.sub("", "".join(lines[:_SAMPLE])).partition('"')[0].splitlines()
    found = {each: (sum(each in line for line in unquoted), sum(line.count(each) for line in unquoted)) for each in _SEPARATORS}
    return max(_SEPARATORS, key=lambda each: (found[each][0] > 0 and each != "，", *found[each]))
