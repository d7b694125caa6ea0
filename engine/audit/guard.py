"""What every connection asks before something happens in a record: is it a copy that is held. Nothing here is slow to load."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path
from typing import NamedTuple

from engine.audit.key_folder import KEY_SETTING, folder_of, list_of
from engine.record import queries
from engine.record.database import Database
from engine.record.regular import opened

LONGEST_LINE, LONGEST_NUMBER = 4096, 18
"""The bytes of a line, and the digits of the number of a seal."""


class Line(NamedTuple):
    """A line of the list beside the key, as it lies there."""

    n: str
    size: str
    root: str
    origin: str


def hold(database: Database, configured: str | None) -> None:
    """Raises Held for a copy that was put back: the list beside the key ends with a seal that is not in it. Where nobody here may read that
    list, or lines of it are none, whoever seals sees.
    """
    row = database.row(queries.SETTING, name=KEY_SETTING)
    folder = folder_of(database, configured)
    line = _last_line(list_of(folder, row[0].partition("+")[0])) if row else None
    if line is None or _is_there(database, line):
        return
    from engine.audit import held, noted  # hardly ever

    known = noted.read_lines(folder, line.origin).points
    if held.is_copy(database, known):
        raise held.Held(n=max(known))


def _is_there(database: Database, line: Line) -> bool:
    """Whether the record holds the seal of a line."""
    row = database.row(queries.SEAL_NUMBER, n=int(line.n))
    return row is not None and (str(row[2]), b64encode(row[3]).decode()) == (line.size, line.root)


def _last_line(path: Path) -> Line | None:
    """The last line of a list that can be read; None where there is none."""
    try:
        with opened(path) as file:
            file.seek(max(file.seek(0, os.SEEK_END) - LONGEST_LINE, 0))
            lines = file.read().split(b"\n")[:-1]  # what was torn when somebody pulled the plug is no line
    except OSError:
        return None
    return next((found for line in reversed(lines) if (found := _line(line)) is not None), None)


def _line(text: bytes) -> Line | None:
    try:
        found = Line(*text.decode().split(" "))
    except (ValueError, TypeError):
        return None
    return found if found.n.isascii() and found.n.isdecimal() and len(found.n) <= LONGEST_NUMBER else None
