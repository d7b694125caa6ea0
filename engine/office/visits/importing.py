"""What a visit found, from a sheet or from a folder of photos: looked at and entered by one function, item by item.

An item that was entered before is known by its key, so that the same file again enters nothing. What cannot be read is named and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.desk.filing import inspect
from engine.errors import InvalidFile, Problem, Refused, ZgError
from engine.office.ledger.earlier import SILENT, Named, bearers, one_of_each, read_named
from engine.office.ledger.heads import DETAIL, EARLIER, GRADE, LEAD, MEASURE, PARTIES, PICTURE, REPEAT, TITLE
from engine.office.ledger.table import Line
from engine.office.ledger.tables import INCLUDED, find_tables
from engine.office.sheets.cells import folded
from engine.office.sheets.reader import read
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

PLACES = frozenset({"地点", "具体地点", "检查地点", "位置", "点位", "place", "location"})
"""Heads, folded, under which a sheet says where something was seen."""

KEY_LENGTH = 16
"""Characters of the digest by which an item is known again."""


class Item(NamedTuple):
    """Something a visit found, as its row or its photo says it. `where` names the row or the file."""

    where: str
    title: str
    key: str
    detail: str = ""
    measure: str = ""
    grade: str = ""
    unit: str = ""
    place: str = ""
    files: tuple[Path, ...] = ()
    named: Named = SILENT


class Entered(NamedTuple):
    """What became of an item: it is new – in a preview without a number –, or was entered before."""

    item: Item
    new: bool
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What was entered, what was known, and what cannot be used and why, each with the row or the file."""

    entered: list[Entered] = field(default_factory=list)
    problems: list[tuple[str, ZgError]] = field(default_factory=list)


def import_findings(desk: Desk, actor: Actor, intake: Intake, number: str, path: Path, workflow: str, *, commit: bool) -> Imported:
    """Enters what a sheet or a folder of photos holds, each item in its own transaction; without `commit` says what that would do.

    Raises VisitNotFound, NotPermitted, InvalidFile where there is nothing at all, and for each bad kind of sheet its own error.
    """
    must(may_visit, actor)
    visit = Visits(desk).read(actor, number).thing
    outcome, seen = Imported(), set[str]()
    for where, made in _photos(path) if path.is_dir() else _rows(path):
        try:
            item = made()
            key = f"{visit.number}/{item.key}"
            row = desk.database.row(queries.NUMBER_BY_KEY, source=SOURCE, source_ref=key)
            if row is not None or key in seen:
                outcome.entered.append(Entered(item, new=False, number=row[0] if row is not None else None))
                continue
            lead = intake.unit(item.unit) if item.unit else None
            repeats, unknown = one_of_each(item.named, bearers(desk.database, item.named.numbers), SOURCE, lead)
            if unknown:
                raise Refused(unknown)
            opening = Opening(
                item.title, SOURCE, item.detail or None, intake.measure(item.measure).no if item.measure else None,
                intake.grade(desk.rules.current(workflow), item.grade or None), lead, key=key,
                repeats=repeats,
            )
            photos = [inspect(photo) for photo in item.files]
            done = enter(desk, actor, visit.number, opening, photos, workflow, place=item.place or None, dry_run=not commit)
        except ZgError as error:
            if error.stops_all:
                raise
            outcome.problems.append((where, error))
        else:
            seen.add(key)
            outcome.entered.append(Entered(item, new=True, number=done.ticket.number if commit else None))
    if not outcome.entered and not outcome.problems:
        raise InvalidFile(file=path.name, problems=[Problem("visit-import-empty", file=path.name)])
    return outcome


def _photos(folder: Path) -> Iterator[tuple[str, Callable[[], Item]]]:
    """A finding a file, in the order in which they were taken; what says nothing of that comes last, by name."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    times = {path: taken(path) if not path.is_symlink() else None for path in files}

    def place(path: Path) -> tuple[bool, str, str]:
        at = times[path]
        return at is None, at.isoformat() if at is not None else "", path.name

    for path in sorted(files, key=place):
        yield path.name, lambda path=path: _shown(folder, path)  # type: ignore[misc]


def _shown(folder: Path, path: Path) -> Item:
    photo = photo_named(folder, path.name)
    return Item(path.name, path.stem, shown_in(photo).sha256[:KEY_LENGTH], files=(photo,))


def _rows(sheet: Path) -> Iterator[tuple[str, Callable[[], Item]]]:
    """A finding a row in which a problem stands."""
    for line in find_tables(read(sheet), {}, (), INCLUDED).lines:
        if line.text(TITLE).strip():
            yield str(line.row), lambda line=line: _item(line, sheet.parent)  # type: ignore[misc]


def _item(line: Line, folder: Path) -> Item:
    place = next((cell.text.strip() for _, head, cell in line.beside if folded(head) in PLACES), "")
    names = [name for kind, _, cell in line.beside if kind == PICTURE and cell.text.strip() for name in separated(cell.text.strip())]
    files = tuple(photo_named(folder, name.strip()) for name in names)
    for file in files:
        shown_in(file)
    title, detail = line.text(TITLE).strip(), line.text(DETAIL).strip()
    key = sha256("\n".join(map(folded, (title, detail, place))).encode()).hexdigest()[:KEY_LENGTH]
    return Item(
        str(line.row), title, key, detail, line.text(MEASURE).strip(), line.text(GRADE).strip(),
        (line.text(LEAD) or line.text(PARTIES)).strip(), place, files,
        read_named(line.text(EARLIER), line.text(REPEAT)),
    )
