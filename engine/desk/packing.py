"""All files of a ticket as one archive: each under the number of the event that cites it, and a list of their hashes beside them."""

from __future__ import annotations

from typing import IO
from zipfile import ZIP_STORED, ZipFile

from engine.desk.evidence import FileNotFound, kept_file, safe_name
from engine.desk.tickets import Desk
from engine.rules.access import Actor

LIST = "SHA256SUMS"
"""The list as `sha256sum --check` reads it."""


def pack(desk: Desk, actor: Actor, number: str, target: IO[bytes]) -> str:
    """Writes the files of a ticket that the actor may read. Returns its full number. Raises TicketNotFound, FileNotFound (there is none),
    AuditBroken (missing or altered).
    """
    ticket = desk.read(actor, number).ticket
    files = desk.files(actor, ticket)
    if not files:
        raise FileNotFound(reason="ticket-without-files", number=ticket.number)
    lines = []
    with ZipFile(target, "w", ZIP_STORED) as archive:  # photos and PDF are packed already
        for file in files:
            name = f"{file.seq:03}-{file.sha256[:8]}-{safe_name(file)}"
            archive.write(kept_file(desk, actor, ticket.number, file.sha256).path, name)
            lines.append(f"{file.sha256}  {name}\n")
        archive.writestr(LIST, "".join(lines))
    return ticket.number
