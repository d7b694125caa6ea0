"""The inside of a packed file (xlsx, ods, docx): its members, read within bounds, its XML without entities and document types.

Every member that a reader will unpack is unpacked here once and measured, since the sizes that a file declares may lie: whatever is
read comes through `_pieces`, which believes none of them.
"""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from engine.office.sheets.unreadable import Bomb, BrokenFile, PasswordProtected, TooLarge

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_MEMBER = 192 * 2**20
LARGEST_TEXT = 256 * 2**20
"""Bytes of all XML of a file together, unpacked; 100,000 rows of fifteen columns are about 60 MiB."""
LARGEST_PICTURE = 32 * 2**20
MOST_MEMBERS = 20_000
SWOLLEN = 400
"""So many times its packed size no honest sheet unpacks to, once it is larger than a mebibyte."""
LARGEST_TREE = 32 * 2**20
MOST_ELEMENTS = 1_000_000
"""Of all trees of a file together: a comment or a picture takes about ten, a style three."""
DEEPEST = 200
"""Nobody nests XML of a tree deeper."""
PIECE = 2**18
ENCRYPTED = 0x1

PICTURES = ("xl/media/", "word/media/", "media/", "pictures/")
"""The folders of pictures; no reader of values looks into them."""

XmlStart = Callable[[str, dict[str, str]], None]


@dataclass(slots=True)
class Measure:
    """What was unpacked of a file so far: the members that were measured, the bytes that are left for others, the elements of trees."""

    left: int = LARGEST_TEXT
    elements: int = 0
    members: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Container:
    """A packed file that was measured. `name` is the file's, for errors."""

    name: str
    archive: zipfile.ZipFile
    members: frozenset[str] = field(default_factory=frozenset)
    measure: Measure = field(default_factory=Measure)

    def text(self, member: str) -> bytes:
        """A member of XML. Raises BrokenFile where it is not there, Bomb."""
        return b"".join(self._stream(member))

    def picture(self, member: str) -> bytes:
        """A picture. Raises TooLarge, BrokenFile."""
        try:
            info = self.archive.getinfo(member)
        except KeyError as error:
            raise BrokenFile(file=self.name, what=member) from error
        if info.file_size > LARGEST_PICTURE:
            raise TooLarge(reason="sheet-picture-too-large", file=self.name, found=info.file_size, limit=LARGEST_PICTURE)
        return b"".join(_pieces(self.name, self.archive, info))

    def tree(self, member: str) -> Element | None:
        """A small member of XML as a tree; None where it is not there. Raises BrokenFile, Bomb."""
        if member not in self.members:
            return None
        if self.archive.getinfo(member).file_size > LARGEST_TREE:
            raise Bomb(file=self.name)
        from xml.etree.ElementTree import TreeBuilder  # only the marks of a sheet are read so

        builder, deep = TreeBuilder(), 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal deep
            deep, self.measure.elements = deep + 1, self.measure.elements + 1
            if self.measure.elements > MOST_ELEMENTS:
                raise Bomb(file=self.name)
            if deep > DEEPEST:
                raise _Forbidden
            builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

        def end(name: str) -> None:
            nonlocal deep
            deep -= 1
            builder.end(_qualified(name))

        self.parse(member, parser(start, end, builder.data))
        return builder.close()

    def related(self, member: str) -> dict[str, tuple[str, str]]:
        """What a member refers to: id → the last word of the kind, and the member or, of what lies outside, the address."""
        folder, base = posixpath.split(member)
        tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for each in tree if tree is not None else ():
            target, kind = each.get("Target", ""), each.get("Type", "").rpartition("/")[2]
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, target)) if not target.startswith("/") else target[1:]
            found[each.get("Id", "")] = (kind, target)
        return found

    def parse(self, member: str, parser: expat.XMLParserType) -> None:
        """Reads a large member of XML piece by piece with a parser of `parser`. Raises BrokenFile."""
        try:
            for piece in self._stream(member):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, _Forbidden, ValueError, LookupError) as error:
            raise BrokenFile(file=self.name, what=member) from error

    def _stream(self, member: str) -> Iterator[bytes]:
        """A member of XML piece by piece; what is called like a picture is measured first."""
        try:
            info = self.archive.getinfo(member)
        except KeyError as error:
            raise BrokenFile(file=self.name, what=member) from error
        if member not in self.measure.members:
            _measure(self.name, self.archive, info, self.measure)
        return _pieces(self.name, self.archive, info)


class _Forbidden(Exception):
    """A document type or an entity, which no sheet has."""


def measured(name: str, data: bytes) -> Container:
    """The packed file, after all of its XML was unpacked once. Raises BrokenFile, PasswordProtected, Bomb, TooLarge."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, UnicodeError, OverflowError) as error:
        raise BrokenFile(file=name, what="zip") from error
    if len(members) > MOST_MEMBERS:
        raise Bomb(file=name)
    names = frozenset(member.filename for member in members)
    if len(names) != len(members):
        raise BrokenFile(file=name, what="zip")
    measure = Measure()
    for member in members:
        if member.flag_bits & ENCRYPTED:
            raise PasswordProtected(file=name)
        if not _is_picture(member.filename):
            _measure(name, archive, member, measure)
    return Container(name, archive, names, measure)


def parser(start: XmlStart, end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None) -> expat.XMLParserType:
    """A parser that calls these, gives names as `namespace name`, and stops at document types and entities."""
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.StartDoctypeDeclHandler = made.EntityDeclHandler = made.ExternalEntityRefHandler = _forbid
    made.StartElementHandler = start
    if end is not None:
        made.EndElementHandler = end
    if text is not None:
        made.CharacterDataHandler = text
    return made


def _forbid(*_: object) -> int:
    raise _Forbidden


def _qualified(name: str) -> str:
    """A name of the parser as trees write it."""
    space, _, own = name.rpartition(" ")
    return f"{{{space}}}{own}" if space else own


def _is_picture(member: str) -> bool:
    """Whether this member is measured only where somebody reads it: pictures."""
    lower = member.lower()
    return lower.startswith(PICTURES) and not lower.endswith((".xml", ".rels", ".vml", ".bin")) and "." in posixpath.basename(member)


def _measure(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, measure: Measure) -> None:
    """Counts the bytes that a member really has. What is swollen or larger than what is left is refused before it is unpacked to the
    end.
    """
    found = 0
    for piece in _pieces(name, archive, member):
        found += len(piece)
        if found > min(measure.left, LARGEST_MEMBER) or (found > 2**20 and found > SWOLLEN * max(member.compress_size, 1)):
            raise Bomb(file=name)
    measure.left -= found
    measure.members.add(member.filename)


def _pieces(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member holds, each piece small, and never more than its head declares: what holds more is broken. Raises BrokenFile.

    The library cuts a member to its declared size only after it unpacked more, and of that tells nothing; so it is not told the size. Of
    other packings than an office's own it unpacks whatever a piece swells to.
    """
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BrokenFile(file=name, what=member.filename)
    whole, found = copy.copy(member), 0
    whole.file_size = 2**62
    try:
        with archive.open(whole) as stream:
            while piece := stream.read(PIECE):
                found += len(piece)
                if found > member.file_size:
                    raise BrokenFile(file=name, what=member.filename)
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise BrokenFile(file=name, what=member.filename) from error
