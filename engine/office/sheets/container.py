"""The inside of a packed file (xlsx, ods, docx): its members, read within bounds, its XML without entities and document types.

Every member that a reader will unpack is unpacked here once and measured, since the sizes that a file declares may lie.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
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
DEEPEST = 200
"""Nobody nests XML deeper."""
PIECE = 2**18
ENCRYPTED = 0x1

XmlStart = Callable[[str, dict[str, str]], None]


@dataclass(frozen=True, slots=True)
class Container:
    """A packed file that was measured. `name` is the file's, for errors."""

    name: str
    archive: zipfile.ZipFile
    members: frozenset[str] = field(default_factory=frozenset)

    def text(self, member: str) -> bytes:
        """A member of XML. Raises BrokenFile where it is not there."""
        try:
            return self.archive.read(member)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BrokenFile(file=self.name, what=member) from error

    def picture(self, member: str) -> bytes:
        """A picture. Raises TooLarge, BrokenFile."""
        try:
            info = self.archive.getinfo(member)
            if info.file_size > LARGEST_PICTURE:
                raise TooLarge(reason="sheet-picture-too-large", file=self.name, found=info.file_size, limit=LARGEST_PICTURE)
            return self.archive.read(member)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise BrokenFile(file=self.name, what=member) from error

    def tree(self, member: str) -> Element | None:
        """A small member of XML as a tree; None where it is not there. Raises BrokenFile."""
        if member not in self.members:
            return None
        from defusedxml.common import DefusedXmlException  # only the marks of a sheet are read so
        from defusedxml.ElementTree import ParseError, fromstring

        try:
            found: Element = fromstring(self.text(member), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise BrokenFile(file=self.name, what=member) from error
        return found

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
            with self.archive.open(member) as stream:
                while piece := stream.read(PIECE):
                    parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (KeyError, expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, _Forbidden, ValueError) as error:
            raise BrokenFile(file=self.name, what=member) from error


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
    left = LARGEST_TEXT
    for member in members:
        if member.flag_bits & ENCRYPTED:
            raise PasswordProtected(file=name)
        if not _is_picture(member.filename):
            left -= _unpacked(name, archive, member, left)
    return Container(name, archive, names)


def parser(start: XmlStart, end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None) -> expat.XMLParserType:
    """A parser that calls these, gives names as `namespace name`, and stops at document types, entities and bottomless nesting."""
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


def _is_picture(member: str) -> bool:
    """Whether no reader unpacks this member: pictures and other things that lie in a sheet."""
    return not member.lower().endswith((".xml", ".rels", ".vml", ".bin")) and "." in posixpath.basename(member)


def _unpacked(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """How many bytes a member really has. What is swollen or larger than what is `left` is refused before it is unpacked to the end."""
    found = 0
    try:
        with archive.open(member) as stream:
            while piece := stream.read(PIECE):
                found += len(piece)
                if found > min(left, LARGEST_MEMBER) or (found > 2**20 and found > SWOLLEN * max(member.compress_size, 1)):
                    raise Bomb(file=name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise BrokenFile(file=name, what=member.filename) from error
    return found
