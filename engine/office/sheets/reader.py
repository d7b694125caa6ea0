"""Any file as sheets of cells: csv, xlsx, xls, ods, and the tables of a letter; bounded, and each bad kind an error of its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.desk.uncollected import uncollected
from engine.errors import InvalidFile, os_problem
from engine.office.sheets.bounds import LARGEST_FILE, Bounds
from engine.office.sheets.delimited import read_delimited
from engine.office.sheets.kind import packed_kind
from engine.office.sheets.sheet import Book, Mark, Sheet
from engine.office.sheets.unreadable import EmptyFile, TooLarge
from engine.record.regular import opened

UNSEEN_IN_TEXT: frozenset[Mark] = frozenset({"strike", "fill", "hidden", "comments", "formats", "pictures", "merged"})


@uncollected()
def read(path: Path) -> Book:
    """The sheets of a file. Nothing in it is run, followed or calculated.

    Raises InvalidFile where the file cannot be opened, and for each bad kind its own error of `sheets.unreadable`.
    """
    return read_bytes(path.name, bytes_of(path))


def read_bytes(name: str, data: bytes) -> Book:
    """The sheets of a file of this name that holds these bytes. Raises as `read` does."""
    if not data.strip(b"\0 \r\n\t"):
        raise EmptyFile(file=name)
    if len(data) > LARGEST_FILE:
        raise TooLarge(reason="sheet-file-too-large", file=name, found=len(data), limit=LARGEST_FILE)
    kind, container = packed_kind(name, data)
    bounds = Bounds(name)
    links: tuple[str, ...] = ()
    encoding, unseen, sheets = "", UNSEEN_IN_TEXT, tuple[Sheet, ...]()
    if kind == "csv":
        sheet, encoding = read_delimited(name, data, bounds)
        sheets = (sheet,)
    elif kind == "docx" and container is not None:
        from engine.office.sheets.letter import UNSEEN, read_letter  # only letters pay for the library that reads them

        sheets, unseen = read_letter(name, container, bounds), UNSEEN
    else:
        from engine.office.sheets.spreadsheet import read_spreadsheet  # and only workbooks for theirs

        sheets, unseen, links = read_spreadsheet(name, kind, data, container, bounds)
    if all(row.blank for sheet in sheets for row in sheet.rows):
        raise EmptyFile(file=name)
    pictured = any(sheet.pictured for sheet in sheets)
    return Book(name, kind, hashlib.sha256(data).hexdigest(), sheets, unseen, links, encoding, container if pictured else None)


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises InvalidFile where it cannot be read, TooLarge."""
    try:
        with opened(path) as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InvalidFile(reason="file-not-opened", file=str(path), problems=[os_problem(error)]) from error
    if len(data) > LARGEST_FILE:
        raise TooLarge(reason="sheet-file-too-large", file=path.name, found=path.stat().st_size, limit=LARGEST_FILE)
    return data
