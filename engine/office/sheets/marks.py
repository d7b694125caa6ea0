"""What the values of an xlsx do not tell, read from its XML: number formats, strike-through, fills, what is hidden, comments, pictures.

The same reading measures a sheet before its values are read, because a reader of values keeps a place for every cell between the
first and the last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from engine.office.sheets.bounds import MOST_COLUMNS, MOST_ROWS, Bounds
from engine.office.sheets.container import Container, parser
from engine.office.sheets.drawings import MOST_MARKS, floating, named, number_of, pictures_in_cells
from engine.office.sheets.plain_marks import LARGEST, plain_marks
from engine.office.sheets.sheet import Picture, Place
from engine.office.sheets.struck import ON, Run, Struck, struck_of, struck_strings
from engine.office.sheets.styles import Style, local, styles_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAIN = frozenset({
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
})
_NAMES = {f"{space} {name}": name for space in _MAIN for name in ("c", "v", "is", "f", "row", "col", "filterColumn", "r", "t", "strike")}
"""The elements that are looked at, by their whole names: one look-up for each element of a sheet."""

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(slots=True)
class SheetMarks:
    """The marks of one sheet, each by the place it lies at; the sheet is as high and as wide as its values and pictures reach."""

    height: int = 0
    width: int = 0
    styles: dict[Place, Style] = field(default_factory=dict)
    struck: dict[Place, Struck] = field(default_factory=dict)
    unsolved: set[Place] = field(default_factory=set)
    hidden_rows: dict[int, Literal["hidden", "filtered"]] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    comments: dict[Place, str] = field(default_factory=dict)
    pictures: dict[Place, tuple[Picture, ...]] = field(default_factory=dict)


class Part(NamedTuple):
    """A sheet of the file: its name, and the member that holds it."""

    name: str
    member: str


@dataclass(frozen=True, slots=True)
class BookMarks:
    """The marks of a whole file. `in_cells` are pictures that a cell names (WPS), by that name."""

    sheets: dict[str, SheetMarks]
    in_cells: dict[str, Picture]
    links: tuple[str, ...]
    from_1904: bool


def read_marks(container: Container, bounds: Bounds) -> BookMarks:
    """The marks of every sheet, while all of them are measured. Raises BrokenFile, TooLarge."""
    from_1904, parts = _parts(container)
    bounds.sheets(len(parts))
    styles, struck = styles_of(container), struck_strings(container)
    found = {part.name: _Scan(container, part.member, styles, struck, bounds).marks() for part in parts}
    return BookMarks(found, pictures_in_cells(container), _links(container), from_1904)


def _parts(container: Container) -> tuple[bool, list[Part]]:
    tree, related = container.tree("xl/workbook.xml"), container.related("xl/workbook.xml")
    found, from_1904 = [], False
    for each in tree.iter() if tree is not None else ():
        if local(each.tag) == "workbookPr":
            from_1904 = each.get("date1904", "0") in ON
        if local(each.tag) == "sheet":
            kind, target = related.get(_id_of(each), ("", ""))
            if kind == "worksheet" and target in container.members:
                found.append(Part(each.get("name", ""), target))
    return from_1904, found


class _Scan:
    """One reading of the XML of a sheet."""

    def __init__(self, container: Container, member: str, styles: tuple[Style, ...], strings: dict[int, Struck], bounds: Bounds) -> None:
        self.container, self.member, self.bounds = container, member, bounds
        self.looks = {str(number): style for number, style in enumerate(styles) if style != Style()}
        self.strings = strings
        self.found = SheetMarks()
        self.row = self.column = -1
        self.last_row = self.last_column = -1
        self.waiting: Place | None = None
        """The place of a formula whose result has not come yet."""
        self.string: list[str] | None = None
        """The number of a shared text, while it is read."""
        self.inline: list[Run] | None = None
        self.filtered = False

    def marks(self) -> SheetMarks:
        if not self._search():
            reader = parser(self._start, self._end, self._text)
            self._reader = reader
            self._listen(texts=False)
            self.container.parse(self.member, reader)
        if self.filtered:
            self.found.hidden_rows = dict.fromkeys(self.found.hidden_rows, "filtered")
        if self.waiting is not None:
            self.found.unsolved.add(self.waiting)
        self._beside()
        self._measure()
        return self.found

    def _search(self) -> bool:
        """Finds the marks without a parser, where the sheet is written so that this can be done."""
        if self.strings or self.container.archive.getinfo(self.member).file_size > LARGEST:
            return False
        plain = plain_marks(self.container.text(self.member), self.looks)
        if plain is None:
            return False
        self.last_row, self.last_column, self.filtered = plain.last_row, plain.last_column, plain.filtered
        self.found.styles, self.found.unsolved, self.found.hidden_columns = plain.styles, plain.unsolved, plain.hidden_columns
        self.found.hidden_rows = dict.fromkeys(plain.hidden_rows, "hidden")
        return True

    def _listen(self, *, texts: bool) -> None:
        """Whether texts and ends are told: most sheets have no struck text, and theirs are not looked at here."""
        wanted = texts or bool(self.strings)
        self._reader.CharacterDataHandler = self._text if wanted else None
        self._reader.EndElementHandler = self._end if wanted else None

    def _measure(self) -> None:
        """Counts the cells up to the last value and the last picture; what is said of cells beyond them is left out."""
        found = self.found
        found.pictures = {
            place: each for place, each in found.pictures.items() if 0 <= place[0] < MOST_ROWS and 0 <= place[1] < MOST_COLUMNS
        }
        found.height = max([self.last_row, *(row for row, _ in found.pictures)]) + 1
        found.width = max([self.last_column, *(column for _, column in found.pictures)]) + 1
        self.bounds.area(found.height, found.width)
        found.comments = {place: each for place, each in found.comments.items() if place[0] < found.height and place[1] < found.width}
        found.unsolved = {place for place in found.unsolved if place[0] < found.height and place[1] < found.width}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _NAMES.get(name, "")
        if name == "c":
            self._cell(attributes)
        elif name == "v" or name == "is":
            self._value(name)
        elif name == "f":
            self._reach()
            self.waiting = (self.row, self.column)
        elif name == "row":
            self.row = _index(attributes.get("r"), self.row + 1)
            self.column = -1
            if attributes.get("hidden") in ON:
                self.bounds.rows(len(self.found.hidden_rows))
                self.found.hidden_rows[self.row] = "hidden"
        elif name == "col" and attributes.get("hidden") in ON:
            first, last = _index(attributes.get("min"), 0), _index(attributes.get("max"), 0)
            self.found.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))
        elif name == "filterColumn":
            self.filtered = True
        elif self.inline is not None:
            if name == "r" or (name == "t" and not self.inline):
                self.inline.append(Run())
            elif name == "strike" and self.inline:
                self.inline[-1].struck = attributes.get("val", "1") in ON

    def _cell(self, attributes: dict[str, str]) -> None:
        if self.waiting is not None:
            self.found.unsolved.add(self.waiting)
            self.waiting = None
        place = attributes.get("r")
        self.column = _column(place) if place is not None else self.column + 1
        look = self.looks.get(attributes.get("s", "0"))
        if look is not None:
            self.bounds.places(len(self.found.styles))
            self.found.styles[self.row, self.column] = look
        self.string = [] if self.strings and attributes.get("t") == "s" else None

    def _value(self, name: str) -> None:
        self.waiting = None
        self._reach()
        if name == "is":
            self.inline = []
            self._listen(texts=True)

    def _reach(self) -> None:
        """Makes the sheet as large as to hold this cell."""
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)

    def _text(self, text: str) -> None:
        if self.string is not None:
            self.string.append(text)
        elif self.inline:
            self.inline[-1].text += text

    def _end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if name == "v" and self.string is not None:
            struck = self.strings.get(number_of("".join(self.string)))
            if struck is not None:
                self.found.struck[self.row, self.column] = struck
            self.string = None
        elif name == "is" and self.inline is not None:
            struck = struck_of(self.inline)
            if struck is not None:
                self.found.struck[self.row, self.column] = struck
            self.inline = None
            self._listen(texts=False)

    def _beside(self) -> None:
        """Reads what lies beside the sheet: comments, and the pictures that float over it."""
        pictures: dict[Place, list[Picture]] = {}
        for kind, target in dict.fromkeys(self.container.related(self.member).values()):
            if kind == "comments":
                self.found.comments.update(_comments(self.container.tree(target)))
            elif kind == "drawing":
                for place, picture in islice(floating(self.container, target, self.member), MOST_MARKS):
                    pictures.setdefault(place, []).append(picture)
        self.found.pictures = {place: tuple(each) for place, each in pictures.items()}


def _comments(tree: Element | None) -> Iterator[tuple[Place, str]]:
    lists = (part for part in tree if local(part.tag) == "commentList") if tree is not None else ()
    for each in islice((each for part in lists for each in part if local(each.tag) == "comment"), MOST_MARKS):
        place = _place(each.get("ref", ""))
        if place is not None:
            yield place, "".join(part.text or "" for part in named(each, "t")).strip()


def _links(container: Container) -> tuple[str, ...]:
    """The other files that values are taken from."""
    members = sorted(name for name in container.members if name.startswith("xl/externalLinks/") and name.endswith(".xml"))
    return tuple(dict.fromkeys(
        target for member in members for kind, target in container.related(member).values() if kind.startswith("externalLinkPath")
    ))


def _id_of(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if local(key) == "id" and "relationships" in key.lower()), "")


def _place(text: str) -> Place | None:
    found = _PLACE.fullmatch(text.partition(":")[0])
    return (int(found[2]) - 1, _letters(found[1])) if found else None


@lru_cache(maxsize=32_768)
def _letters(text: str) -> int:
    """The index of a column by its letters; a number beyond every table where these are none."""
    number = 0
    for letter in text[:4]:
        if not "A" <= letter <= "Z":
            return 2**20
        number = number * 26 + ord(letter) - 64
    return number - 1


def _column(place: str) -> int:
    return _letters(place.rstrip("0123456789"))


def _index(text: str | None, otherwise: int) -> int:
    """A row or column that counts from 1, as one that counts from 0."""
    return number_of(text) - 1 if text else otherwise
