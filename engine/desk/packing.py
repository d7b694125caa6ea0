"""All files of a ticket as one archive: each once, under the number of the event that cites it first, and a list of their hashes beside
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from engine.desk.evidence import FileNotFound, KeptFile, whole
from engine.desk.tickets import Desk
from engine.record import evidence
from engine.rules.access import Actor

LIST = "SHA256SUMS"
"""The list as `sha256sum --check` reads it."""


class Packed(NamedTuple):
    """The files of a ticket by their names in the archive, and what the list says of them: each was looked at, and is whole."""

    number: str
    files: dict[str, KeptFile]
    sums: str

    def pieces(self) -> Iterator[bytes]:
        """The archive, piece by piece: nothing of it lies anywhere meanwhile, however large it is."""
        written = _Written()
        with ZipFile(written, "w", ZIP_STORED) as archive:  # photos and PDF are packed already
            for name, file in self.files.items():
                with file.path.open("rb") as content, archive.open(ZipInfo.from_file(file.path, name), "w") as target:
                    while piece := content.read(evidence.CHUNK_BYTES):
                        target.write(piece)
                        yield written.taken()
            archive.writestr(LIST, self.sums)
        yield written.taken()


def pack(desk: Desk, actor: Actor, number: str) -> Packed:
    """The files of a ticket that the actor may read, whichever of its events cites them and however often. Raises TicketNotFound,
    FileNotFound (there is none), FileBroken (missing or altered).
    """
    ticket = desk.read(actor, number).ticket
    cited = {file.sha256: file for file in reversed(desk.files(actor, ticket))}
    if not cited:
        raise FileNotFound(reason="ticket-without-files", number=ticket.number)
    folder = evidence.folder_of(desk.database)
    files = sorted(cited.values(), key=lambda file: (file.seq, file.sha256))
    kept = {file.sha256: whole(folder, file) for file in files}
    names = {file.sha256: f"{file.seq:03}-{file.sha256[:8]}-{kept[file.sha256].name}" for file in files}
    sums = "".join(f"{sha256}  {name}\n" for sha256, name in names.items())
    return Packed(ticket.number, {name: kept[sha256] for sha256, name in names.items()}, sums)


class _Written(BytesIO):
    """What was written since the last piece was taken. It cannot be sought in, so an archive is written to it from front to back."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError

    def taken(self) -> bytes:
        piece = self.getvalue()
        super().seek(0)
        self.truncate(0)
        return piece
