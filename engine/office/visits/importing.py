"""What a visit found, from a sheet or from a folder of photos: looked at and entered by one function, item by item.

An item that was entered before is known by its key, so that the same file again enters nothing. What cannot be read is named and left out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from engine.desk.filing import HandedIn, inspect
from engine.errors import InvalidFile, Problem, Refused, ZgError
from engine.office.ledger.earlier import SILENT, Named, bearers, one_of_each, read_named
from engine.office.ledger.heads import DETAIL, EARLIER, GRADE, LEAD, MEASURE, PARTIES, PICTURE, REPEAT, TITLE
from engine.office.ledger.pictures import MOST_OF_ROW, Album
from engine.office.ledger.table import Line
from engine.office.ledger.tables import INCLUDED, find_tables
from engine.office.sheets.cells import folded
from engine.office.sheets.reader import read
from engine.office.sheets.sheet import Book, Picture
from engine.office.visits.findings import SOURCE, enter
from engine.office.visits.named import photo_named, shown_in
from engine.office.visits.photos import taken
from engine.office.visits.visits import Visits
from engine.record import queries
from engine.rules.access import Actor, may_visit, must
from engine.rules.acts.opening import Opening
from engine.rules.ticket_number import separated

if TYPE_CHECKING:
    from engine.desk.intake import Intake
    from engine.desk.tickets import Desk

T = TypeVar("T")

PLACES = frozenset({"地点", "具体地点", "检查地点", "位置", "点位", "place", "location"})
"""Heads, folded, under which a sheet says where something was seen."""

KEY_LENGTH = 16
"""Characters of the digest by which an item is known again."""


class Item(NamedTuple):
    """Something a visit found, as its row or its photo says it. `where` names the row or the file; `names` are those of photos in
    the folder, `placed` pictures that lie at the row in its sheet.
    """

    where: str
    title: str
    key: str
    detail: str = ""
    measure: str = ""
    grade: str = ""
    unit: str = ""
    place: str = ""
    names: tuple[str, ...] = ()
    named: Named = SILENT
    placed: tuple[Picture, ...] = ()

    @property
    def photos(self) -> list[str]:
        """What its photos are called."""
        return [*self.names, *(PurePosixPath(picture.member).name for picture in self.placed)]


class Entered(NamedTuple):
    """What became of an item: it is new – in a preview without a number –, or was entered before. `again` are other findings of the visit
    with which the same photo was handed in.
    """

    item: Item
    new: bool
    number: str | None = None
    again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What was entered, what was known, and what cannot be used and why: everything against a row or a file, each with that. `beside`
    names the pictures of a sheet that lie at no row with a finding.
    """

    entered: list[Entered] = field(default_factory=list)
    problems: list[tuple[str, ZgError]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def import_findings(desk: Desk, actor: Actor, intake: Intake, number: str, path: Path, workflow: str, *, commit: bool) -> Imported:
    """Enters what a sheet or a folder of photos holds, each item in its own transaction; without `commit` says what that would do.

    Raises VisitNotFound, NotPermitted, InvalidFile where there is nothing at all, and for each bad kind of sheet its own error.
    """
    must(may_visit, actor)
    visit = Visits(desk).read(actor, number).thing
    folder = path if path.is_dir() else path.parent
    importing = _Importing(desk, actor, intake, visit.number, workflow, folder, commit)
    if path.is_dir():
        importing.enter_all(_photos(path), None)
    else:
        book = read(path)
        importing.enter_all(_rows(book), Album(book))
        importing.outcome.beside.extend(_beside(book))
    if not importing.outcome.entered and not importing.outcome.problems:
        raise InvalidFile(file=path.name, problems=[Problem("visit-import-empty", file=path.name)])
    return importing.outcome


@dataclass(slots=True)
class _Importing:
    """One run of an import into one visit."""

    desk: Desk
    actor: Actor
    intake: Intake
    visit: str
    workflow: str
    folder: Path
    commit: bool
    outcome: Imported = field(default_factory=Imported)
    seen: set[str] = field(default_factory=set)

    def enter_all(self, found: Iterator[tuple[str, Callable[[], Item]]], album: Album | None) -> None:
        for where, made in found:
            with tempfile.TemporaryDirectory(prefix="zg-pictures-") as unpacked:  # its owner's alone
                faults: list[ZgError] = []
                if (item := _tried(faults, made)) is not None:
                    self._enter(item, album, Path(unpacked), faults)
                self.outcome.problems.extend((where, fault) for fault in faults)

    def _enter(self, item: Item, album: Album | None, unpacked: Path, faults: list[ZgError]) -> None:
        """Enters an item, or says everything that stands against it."""
        desk, intake, key = self.desk, self.intake, f"{self.visit}/{item.key}"
        row = desk.database.row(queries.NUMBER_BY_KEY, source=SOURCE, source_ref=key)
        if row is not None or key in self.seen:
            self.outcome.entered.append(Entered(item, new=False, number=row[0] if row is not None else None))
            return
        photos = [*self._handed(item, unpacked, album, faults)]
        lead = _tried(faults, lambda: intake.unit(item.unit) if item.unit else None)
        measure = _tried(faults, lambda: intake.measure(item.measure).no if item.measure else None)
        grade = intake.grade(desk.rules.current(self.workflow), item.grade or None)
        repeats, unknown = one_of_each(item.named, bearers(desk.database, item.named.numbers), SOURCE, lead)
        if unknown:
            faults.append(Refused(unknown))
        opening = Opening(item.title, SOURCE, item.detail or None, measure, grade, lead, key=key, repeats=repeats)
        if faults:  # what the rules say beside that is told in the same run
            _tried(faults, lambda: enter(desk, self.actor, self.visit, opening, (), self.workflow, place=item.place or None, dry_run=True))
            return
        again = self._again(photos)
        if again and album is None:  # the file is the finding: it was entered with the row that names it
            self.outcome.entered.append(Entered(item, new=False, number=again[0], again=again))
            return
        done = _tried(faults, lambda: enter(
            desk, self.actor, self.visit, opening, photos, self.workflow, place=item.place or None, dry_run=not self.commit,
        ))
        if done is not None:
            self.seen.add(key)
            self.outcome.entered.append(Entered(item, new=True, number=done.ticket.number if self.commit else None, again=again))

    def _handed(self, item: Item, unpacked: Path, album: Album | None, faults: list[ZgError]) -> Iterator[HandedIn]:
        """The photos of an item: those that lie beside its sheet, and those that lie in it, each unpacked."""
        made: list[Callable[[], HandedIn]] = [partial(_shown, self.folder, name) for name in item.names]
        if album is not None:
            made += [partial(album.original, picture, unpacked / str(place)) for place, picture in enumerate(item.placed)]
        for each in made:
            if (photo := _tried(faults, each)) is not None:
                yield photo

    def _again(self, photos: Sequence[HandedIn]) -> tuple[str, ...]:
        """The findings of the visit with which one of these photos was handed in."""
        digests = [photo.evidence.sha256 for photo in photos]
        found = self.desk.database.rows(queries.VISITED_WITH, visit=self.visit, digests=digests) if digests else ()
        return tuple(str(number) for number, in found)


def _tried(faults: list[ZgError], make: Callable[[], T]) -> T | None:
    """What is made, or None and the fault noted. Raises what stops all."""
    try:
        return make()
    except ZgError as error:
        if error.stops_all:
            raise
        faults.append(error)
        return None


def _photos(folder: Path) -> Iterator[tuple[str, Callable[[], Item]]]:
    """A finding a file, in the order in which they were taken; what says nothing of that comes last, by name."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    times = {path: taken(path) if not path.is_symlink() else None for path in files}

    def place(path: Path) -> tuple[bool, str, str]:
        at = times[path]
        return at is None, at.isoformat() if at is not None else "", path.name

    for path in sorted(files, key=place):
        yield path.name, lambda path=path: _photo(folder, path)  # type: ignore[misc]


def _photo(folder: Path, path: Path) -> Item:
    return Item(path.name, path.stem, shown_in(photo_named(folder, path.name)).sha256[:KEY_LENGTH], names=(path.name,))


def _shown(folder: Path, name: str) -> HandedIn:
    """A photo of a folder that shows something. Raises BadEvidence."""
    photo = photo_named(folder, name)
    shown_in(photo)
    return inspect(photo)


def _rows(book: Book) -> Iterator[tuple[str, Callable[[], Item]]]:
    """A finding a row in which a problem stands."""
    for line in find_tables(book, {}, (), INCLUDED).lines:
        if line.text(TITLE).strip():
            yield str(line.row), lambda line=line: _item(line)  # type: ignore[misc]


def _beside(book: Book) -> Iterator[str]:
    """The pictures that lie at no row with a finding, by their names in the file."""
    lines = find_tables(book, {}, (), INCLUDED).lines
    taken = {picture for line in lines if line.text(TITLE).strip() for _, picture in line.pictures}
    lying = (picture for sheet in book for row in sheet.pictured for cell in sheet.rows[row].cells for picture in cell.marks.pictures)
    yield from dict.fromkeys(PurePosixPath(picture.member).name for picture in lying if picture not in taken)


def _item(line: Line) -> Item:
    place = next((cell.text.strip() for _, head, cell in line.beside if folded(head) in PLACES), "")
    texts = [text for kind, _, cell in line.beside if kind == PICTURE and (text := cell.text.strip())]
    names = [name.strip() for text in texts for name in separated(text)]
    placed = tuple({picture: head for head, picture in line.pictures})[:MOST_OF_ROW]
    title, detail = line.text(TITLE).strip(), line.text(DETAIL).strip()
    key = sha256("\n".join(map(folded, (title, detail, place))).encode()).hexdigest()[:KEY_LENGTH]
    return Item(
        str(line.row), title, key, detail, line.text(MEASURE).strip(), line.text(GRADE).strip(),
        (line.text(LEAD) or line.text(PARTIES)).strip(), place, tuple(names),
        read_named(line.text(EARLIER), line.text(REPEAT)), placed,
    )
