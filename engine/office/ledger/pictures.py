"""Pictures that lie at the rows of a ledger, as evidence of their tickets: in a cell (WPS), or floating with a corner on the row.

They come from strangers: so many and no larger than this, judged by their content, each unpacked by itself. What is none is told of its
row, which is taken over all the same; a person can hand it in.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from engine.desk.filing import HandedIn, inspect
from engine.errors import Problem
from engine.office.ledger.kept import Kept
from engine.office.ledger.outcome import CARRIED, TWIN, Reading
from engine.office.ledger.reader import tell
from engine.office.sheets.cells import one_line
from engine.office.sheets.sheet import Book, Picture, Sheet
from engine.office.sheets.unreadable import BrokenFile, TooLarge
from engine.office.visits.handed import PICTURE, Handed
from engine.record.evidence import BadEvidence
from engine.rules.event import Event

if TYPE_CHECKING:
    from engine.office.visits.photos import Seen

MOST_OF_ROW = 50
MOST_OF_FILE = 2_000
LARGEST_TOGETHER = 512 * 2**20
"""Bytes of all pictures of a file, unpacked."""

PIXELS_TOGETHER = 2_000_000_000
"""Pixels of all pictures of a file that are unpacked: of the largest file, a quarter of a bit for each. One that comes again soon is not
unpacked anew.
"""
SEEN_LAST = 4
"""Pictures that stay unpacked for the next row."""

LONGEST_HEAD = 30
"""Characters of the head of a column in the name of a copy."""
LONGEST_MARK = 100
"""Characters of a line that is written across a copy."""


class _Crowded(Exception):
    """The pictures of the file are more than are unpacked."""


@dataclass(slots=True)
class Album:
    """The pictures of one file, as far as they were taken: how many, how many bytes, how many pixels."""

    book: Book
    taken: int = 0
    bytes: int = 0
    pixels: int = 0
    last: dict[str, Seen | None] = field(default_factory=dict)
    """The pictures that came last, by hash, each as it was unpacked where it was."""

    def look_at(self, reading: Reading, folder: Path) -> None:
        """Tells of the row what its pictures are, by their heads: none is unpacked."""
        self._each(reading, folder, lambda original, mark, copy_name: None)

    def take(self, reading: Reading, folder: Path) -> Handed:
        """The pictures of a row, each in the folder until they are kept, with what of them is told of the row."""
        handed = Handed(Path(tempfile.mkdtemp(dir=folder)))

        def paint(original: HandedIn, mark: Sequence[str], copy_name: str) -> None:
            from engine.office.visits.photos import painted  # only pictures pay for the library

            handed.add_photo(original, painted(original.name, self._seen(original), mark), copy_name)

        self._each(reading, handed.folder, paint)
        return handed

    def original(self, found: Picture, path: Path) -> HandedIn:
        """A picture of the file, written to a path as it is. Raises BadEvidence, BrokenFile, TooLarge."""
        if self.taken >= MOST_OF_FILE or self.bytes + found.size > LARGEST_TOGETHER:
            raise TooLarge(file=self.book.name, reason="sheet-too-many-pictures", found=self.taken + 1, limit=MOST_OF_FILE)
        self.taken, self.bytes = self.taken + 1, self.bytes + found.size
        try:
            return self._judged(found, path)
        except _Crowded:
            raise TooLarge(file=self.book.name, reason="sheet-too-many-pictures", found=self.taken, limit=MOST_OF_FILE) from None

    def _each(self, reading: Reading, folder: Path, take: Callable[[HandedIn, Sequence[str], str], None]) -> None:
        many = broken = large = 0
        for place, (found, head) in enumerate(_distinct_pictures(reading), 1):
            if place > MOST_OF_ROW or self.taken >= MOST_OF_FILE or self.bytes + found.size > LARGEST_TOGETHER:
                many += 1
                continue
            self.taken, self.bytes = self.taken + 1, self.bytes + found.size
            try:
                take(self._judged(found, folder / f"{self.taken}"), _mark(reading, head), f"{_named(head)}{place}.jpg")
            except _Crowded:
                many += 1
            except BrokenFile:
                broken += 1
            except TooLarge:
                large += 1
            except BadEvidence as error:
                large, broken = (large + 1, broken) if "large" in str(error.values.get("reason")) else (large, broken + 1)
        for code, count in (("row-pictures-many", many), ("row-pictures-broken", broken), ("row-pictures-large", large)):
            if count:
                tell(reading, code, holds=False, values={"count": count})

    def _judged(self, found: Picture, path: Path) -> HandedIn:
        """A picture in its file, known by its head to be one, and counted where it must be unpacked."""
        from engine.office.visits.photos import pixels_of  # as above

        name = PurePosixPath(found.member).name
        path.write_bytes(self.book.picture(found))
        original = inspect(path, name)
        if not original.evidence.type.startswith(PICTURE):
            raise BadEvidence(file=name, reason="photo-unreadable")
        pixels, digest = pixels_of(path), original.evidence.sha256
        if digest not in self.last:
            if self.pixels + pixels > PIXELS_TOGETHER:
                raise _Crowded
            self.pixels += pixels
        self.last[digest] = self.last.pop(digest, None)
        if len(self.last) > SEEN_LAST:
            del self.last[next(iter(self.last))]
        return original

    def _seen(self, original: HandedIn) -> Seen:
        """A picture as it is unpacked, once for rows that follow one another."""
        from engine.office.visits.photos import see  # as above

        digest = original.evidence.sha256
        seen = self.last.pop(digest)  # what proves broken is counted whenever it comes again
        if seen is None:
            seen = see(original.path)
        self.last[digest] = seen
        return seen


def pictures_left(book: Book, readings: Sequence[Reading], kept: Mapping[int, Kept]) -> list[Problem]:
    """What is said of pictures that no ticket gets: those that lie beside the items. Of a row whose ticket is there already it is told how
    many that ticket does not have.
    """
    if not any(sheet.pictured for sheet in book):
        return []
    digests = _Digests(book)
    for reading in readings:
        there = kept.get(id(reading))
        new = digests.new_to(reading, there.first) if there else len(reading.pictures) if reading.action in (TWIN, CARRIED) else 0
        if new:
            tell(reading, "row-pictures", holds=False, values={"count": new})
    counts = Counter({sheet.name: lying(sheet) for sheet in book})
    for (name, _), pictures in {(each.sheet, each.row): each.pictures for each in readings}.items():
        counts[name] -= len(pictures)
    return [Problem.at("ledger-pictures", name, count=left) for name, left in counts.items() if left > 0]


def lying(sheet: Sheet) -> int:
    """How many pictures lie at the rows of a sheet."""
    return sum(len(cell.marks.pictures) for row in sheet.pictured for cell in sheet.rows[row].cells)


@dataclass(slots=True)
class _Digests:
    """The hashes of the pictures of a file, each looked for once and within the bounds of an album."""

    book: Book
    bytes: int = 0
    known: dict[str, str | None] = field(default_factory=dict)
    """By member; empty beyond the bounds: nobody has it."""

    def new_to(self, reading: Reading, first: Event) -> int:
        """How many pictures of a row were not taken over with it."""
        kept = {item["sha256"] for item in first.data.get("evidence", ())}
        digests = [self._of(found) for found, _ in _distinct_pictures(reading)[:MOST_OF_ROW]]
        return sum(digest is not None and digest not in kept for digest in digests)

    def _of(self, found: Picture) -> str | None:
        """None of what cannot be read: that was told when the row was taken over."""
        if found.member not in self.known:
            self.known[found.member] = self._look_for(found)
        return self.known[found.member]

    def _look_for(self, found: Picture) -> str | None:
        if len(self.known) >= MOST_OF_FILE or self.bytes + found.size > LARGEST_TOGETHER:
            return ""
        self.bytes += found.size
        try:
            return hashlib.sha256(self.book.picture(found)).hexdigest()
        except (BrokenFile, TooLarge):
            return None


def _distinct_pictures(reading: Reading) -> list[tuple[Picture, str]]:
    """The pictures of a row, each with the head of the first column in which it lies."""
    return [*{found: head for head, found in reversed(reading.pictures)}.items()][::-1]


def _mark(reading: Reading, head: str) -> tuple[str, ...]:
    """What is written across a copy: the sender's number, and what the picture is said to show."""
    return tuple(text[:LONGEST_MARK] for text in (reading.number, one_line(head)) if text) or ("",)


def _named(head: str) -> str:
    text = one_line(head)[:LONGEST_HEAD].strip()
    return f"{text}-" if text else ""
