"""Pictures that lie at the rows of a ledger, as evidence of their tickets: in a cell (WPS), or floating with a corner on the row.

They come from strangers: so many and no larger than this, judged by their content, each unpacked by itself. What is none is told of its
row, which is taken over all the same; a person can hand it in.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engine.desk.filing import inspect
from engine.errors import Problem
from engine.office.ledger.kept import Kept
from engine.office.ledger.outcome import CARRIED, TWIN, Reading
from engine.office.ledger.reader import tell
from engine.office.sheets.cells import one_line
from engine.office.sheets.sheet import Book, Picture, Sheet
from engine.office.sheets.unreadable import BrokenFile, TooLarge
from engine.office.visits.handed import PICTURE, Handed
from engine.record.evidence import BadEvidence
from engine.rules.acts.importing import Pictures
from engine.rules.event import Event

MOST_OF_ROW = 50
MOST_OF_FILE = 2_000
LARGEST_TOGETHER = 512 * 2**20
"""Bytes of all pictures of a file, unpacked."""

LONGEST_HEAD = 30
"""Characters of the head of a column in the name of a copy."""


@dataclass(slots=True)
class Album:
    """The pictures of one file, as far as they were taken: how many, and how many bytes."""

    book: Book
    taken: int = 0
    bytes: int = 0

    def look_at(self, reading: Reading, folder: Path) -> Handed:
        """The pictures of a row, each in the folder until they are kept, with what of them is told of the row."""
        handed, many, broken, large = Handed(Path(tempfile.mkdtemp(dir=folder))), 0, 0, 0
        for place, (found, head) in enumerate(_each_once(reading), 1):
            if place > MOST_OF_ROW or self.taken >= MOST_OF_FILE or self.bytes + found.size > LARGEST_TOGETHER:
                many += 1
                continue
            self.taken, self.bytes = self.taken + 1, self.bytes + found.size
            try:
                self._take(handed, found, _mark(reading, head), f"{_named(head)}{place}.jpg")
            except BrokenFile:
                broken += 1
            except TooLarge:
                large += 1
            except BadEvidence as error:
                large, broken = (large + 1, broken) if "large" in str(error.values.get("reason")) else (large, broken + 1)
        for code, count in (("row-pictures-many", many), ("row-pictures-broken", broken), ("row-pictures-large", large)):
            if count:
                tell(reading, code, holds=False, values={"count": count})
        return handed

    def _take(self, handed: Handed, found: Picture, mark: Sequence[str], copy_name: str) -> None:
        name = PurePosixPath(found.member).name
        path = handed.folder / f"{self.taken}"
        path.write_bytes(self.book.picture(found))
        original = inspect(path, name)
        if not original.evidence.type.startswith(PICTURE):
            raise BadEvidence(file=name, reason="photo-unreadable")
        handed.add(original, mark, copy_name)


def pictures_of(handed: Handed) -> Pictures | None:
    """What the event says of them; None where there are none."""
    return Pictures(handed.evidence(), handed.names(), handed.photos) if handed.files else None


def pictures_left(book: Book, readings: Sequence[Reading], kept: Mapping[int, Kept]) -> list[Problem]:
    """What is said of pictures that no ticket gets: those that lie beside the items. Of a row whose ticket is there already it is told how
    many that ticket does not have.
    """
    if not any(sheet.pictured for sheet in book):
        return []
    for reading in readings:
        there = kept.get(id(reading))
        new = _new_to(book, reading, there.first) if there else len(reading.pictures) if reading.action in (TWIN, CARRIED) else 0
        if new:
            tell(reading, "row-pictures", holds=False, values={"count": new})
    counts = Counter({sheet.name: _lying(sheet) for sheet in book})
    for (name, _), pictures in {(each.sheet, each.row): each.pictures for each in readings}.items():
        counts[name] -= len(pictures)
    return [Problem.at("ledger-pictures", name, count=left) for name, left in counts.items() if left > 0]


def _lying(sheet: Sheet) -> int:
    """How many pictures lie at the rows of a sheet."""
    return sum(len(cell.marks.pictures) for row in sheet.pictured for cell in sheet.rows[row].cells)


def _new_to(book: Book, reading: Reading, first: Event) -> int:
    """How many pictures of a row were not taken over with it."""
    kept = {item["sha256"] for item in first.data.get("evidence", ())}
    new = 0
    for found, _ in _each_once(reading)[:MOST_OF_ROW]:
        with suppress(BrokenFile, TooLarge):  # it was told when the row was taken over
            new += hashlib.sha256(book.picture(found)).hexdigest() not in kept
    return new


def _each_once(reading: Reading) -> list[tuple[Picture, str]]:
    """The pictures of a row, each with the head of the first column in which it lies."""
    return [*{found: head for head, found in reversed(reading.pictures)}.items()][::-1]


def _mark(reading: Reading, head: str) -> tuple[str, ...]:
    """What is written across a copy: the sender's number, and what the picture is said to show."""
    return tuple(text for text in (reading.number, one_line(head)) if text) or ("",)


def _named(head: str) -> str:
    text = one_line(head)[:LONGEST_HEAD].strip()
    return f"{text}-" if text else ""
