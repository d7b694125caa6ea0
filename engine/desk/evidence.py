"""Files that events cite (佐证): listing them, saying where one was used before, getting one back, sweeping away what nothing cites."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.desk.citations import File
from engine.desk.filing import names_for
from engine.desk.tickets import Desk
from engine.errors import Conflict, FileBroken, NotFound, NotPossible, UsageError, os_reason
from engine.record import evidence, journal, queries
from engine.record.database import Database
from engine.record.regular import opened
from engine.rules.access import Actor, may_administer, must
from engine.rules.json_value import JsonObject
from engine.rules.proof.finding import Finding
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.audit.audited import Audited

SHORTEST_HASH = 8
LONGEST_NAME_BYTES = 200
GRACE_SECONDS = 24 * 3600.0
"""A file that nothing cites is left alone so long: somebody may be about to cite it."""

_HASH = re.compile(r"[0-9a-f]{8,64}")


class FileNotFound(NotFound):
    """No file that this actor may see goes by that name."""

    code = "file-not-found"


class Reused(NamedTuple):
    """A file that other tickets cite too: the numbers of those in which the actor may read of it."""

    sha256: str
    numbers: tuple[str, ...]

    def to_json(self) -> JsonObject:
        return {"code": "file-used-before", "sha256": self.sha256, "numbers": list(self.numbers)}


def reused(desk: Desk, actor: Actor, ticket: Ticket, hashes: Sequence[str]) -> list[Reused]:
    """Which of these files other tickets cite, as far as the actor may read of it: a unit does not learn that anybody else has a file."""
    if not hashes:
        return []
    rows = [row for row in desk.database.rows(queries.CITATIONS, hashes=list(hashes)) if row[1] != ticket.id]
    if not rows:
        return []
    others = [other for other, _ in journal.read_tickets(desk.database, sorted({row[1] for row in rows})) if desk.sees(actor, other)]
    read = dict.fromkeys((file.sha256, other.number) for other in others for file in desk.files(actor, other))
    found = {sha256: tuple(number for cited, number in read if cited == sha256) for sha256 in dict.fromkeys(hashes)}
    return [Reused(sha256, numbers) for sha256, numbers in found.items() if numbers]


def find(desk: Desk, actor: Actor, text: str) -> list[File]:
    """The files of a ticket by its number, or one file by its hash or how that begins. Raises FileNotFound, TicketNotFound, UsageError."""
    given = text.strip().lower()
    if not (_HASH.fullmatch(given) and (len(given) > SHORTEST_HASH + 1 or not given.isdecimal())):
        ticket = desk.ticket(actor, text)
        found = desk.files(actor, ticket)
        if not found:
            raise FileNotFound(reason="ticket-without-files", number=ticket.number)
        return found
    rows = desk.database.rows(queries.EVIDENCE_NAMED, first=given, beyond=given + "g")
    cited = desk.database.rows(queries.CITATIONS, hashes=[row[0] for row in rows]) if rows else []
    tickets = [ticket for ticket, _ in journal.read_tickets(desk.database, sorted({row[1] for row in cited})) if desk.sees(actor, ticket)]
    files = {file.sha256: file for ticket in reversed(tickets) for file in desk.files(actor, ticket) if file.sha256.startswith(given)}
    if not files:
        raise FileNotFound(name=given)
    if len(files) > 1:
        raise UsageError(reason="usage-hash-short", text=given)
    return list(files.values())


def take_out(desk: Desk, actor: Actor, text: str, folder: Path) -> Iterator[tuple[File, Path]]:
    """Copies the files that `find` finds into the folder, one after the other, and says where each lies.

    Raises what `find` raises, FileBroken (missing or altered), NotPossible (the folder cannot be written to).
    """
    return ((file, _copied_out(desk.database, file, folder)) for file in find(desk, actor, text))


class KeptFile(NamedTuple):
    """A kept file that is whole, the name under which it is handed out, and its type by its content."""

    path: Path
    name: str
    type: str


def kept_file(desk: Desk, actor: Actor, number: str, sha256: str) -> KeptFile:
    """A file of a ticket, for a door that hands it out itself. Raises TicketNotFound, FileNotFound, FileBroken (missing or altered)."""
    shown = desk.read(actor, number).ticket
    file = next((item for item in desk.files(actor, shown) if item.sha256 == sha256), None)
    if file is None:
        raise FileNotFound(name=sha256)
    return whole(evidence.folder_of(desk.database), file)


def whole(folder: Path, file: File) -> KeptFile:
    """A file that is cited, once its content was looked at. Raises FileBroken (missing or altered)."""
    state = evidence.state_of(folder, file.sha256)
    if state == evidence.MISSING:
        raise FileBroken(reason="evidence-missing", name=file.sha256, number=file.ticket)
    if state == evidence.ALTERED:
        raise FileBroken(reason="evidence-altered", name=file.sha256, number=file.ticket)
    return KeptFile(evidence.path_of(folder, file.sha256), safe_name(file), file.type)


def _copied_out(database: Database, file: File, folder: Path) -> Path:
    """Copies a file into the folder under its own name, never over another."""
    kept = evidence.path_of(evidence.folder_of(database), file.sha256)
    try:
        folder.mkdir(mode=evidence.FOLDER_MODE, parents=True, exist_ok=True)
        source = opened(kept)
    except FileNotFoundError:
        raise FileBroken(reason="evidence-missing", name=file.sha256, number=file.ticket) from None
    except OSError as error:
        raise NotPossible(reason="folder-unusable", path=str(folder), message=os_reason(error)) from error
    digest = hashlib.sha256()
    with source:
        path, handle = _free(folder, safe_name(file))
        try:
            with os.fdopen(handle, "wb") as target:
                for chunk in iter(lambda: source.read(evidence.CHUNK_BYTES), b""):
                    digest.update(chunk)
                    target.write(chunk)
            if digest.hexdigest() != file.sha256:
                raise FileBroken(reason="evidence-altered", name=file.sha256, number=file.ticket)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path


def safe_name(file: File) -> str:
    """The original name as a plain file name of this folder: strangers chose it. Without one, the hash."""
    name = "".join(char for char in (file.name or "") if char.isprintable() or char == " ").replace("\\", "/").rpartition("/")[2]
    name = re.sub(r'[:*?"<>|]', "_", unicodedata.normalize("NFC", name)).strip(" .")
    if not name:
        return file.sha256[:12]
    stem, dot, ending = name.rpartition(".")
    kept = f".{ending}" if dot and stem and len(ending) <= 10 else ""
    most_bytes = LONGEST_NAME_BYTES - len(kept.encode())
    return name.removesuffix(kept).encode()[:most_bytes].decode(errors="ignore") + kept


def _free(folder: Path, name: str) -> tuple[Path, int]:
    """A new file of that name, or with a number behind it; never through a link that lies there."""
    for tried in names_for(name):
        try:
            return folder / tried, os.open(folder / tried, os.O_WRONLY | os.O_CREAT | os.O_EXCL, evidence.FILE_MODE)
        except FileExistsError:
            continue
        except OSError as error:
            raise NotPossible(reason="folder-unusable", path=str(folder), message=os_reason(error)) from error
    raise NotPossible(reason="folder-unusable", path=str(folder), message=name)


class Stray(NamedTuple):
    """Something nothing cites: a file by its hash, or a scratch file by its path."""

    name: str
    bytes: int
    path: Path | None = None


def sweep(desk: Desk, actor: Actor, now: float, *, grace: float = GRACE_SECONDS, dry_run: bool = False) -> Iterator[Stray]:
    """Removes what nothing cites and nobody can be about to cite, one after the other, or only names it.

    `now` is the machine's time in seconds. Raises NotPermitted for whoever does not administer.
    """
    must(may_administer, actor)
    found = _strays(desk.database, now, grace)
    return found if dry_run else (stray for stray in found if _sweep_away(desk, actor, stray))


def _strays(database: Database, now: float, grace: float) -> Iterator[Stray]:
    folder = evidence.folder_of(database)
    for sha256, size in evidence.orphans(database):
        if evidence.age_of(evidence.path_of(folder, sha256), now) > grace:
            yield Stray(sha256, size)
    for path in evidence.left_over(database):
        if evidence.age_of(path, now) > grace:
            yield Stray(path.name, _size_of(path), path)


def _size_of(path: Path) -> int:
    """The bytes of a file; 0 where another sweep was faster."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _sweep_away(desk: Desk, actor: Actor, stray: Stray) -> bool:
    """Removes a stray file, unless something cites it by now. Returns whether it was removed. Raises NotPermitted."""
    now = desk.clock.now()
    if stray.path is not None:
        return evidence.sweep_away_unentered(desk.database, actor, stray.path, now)
    try:
        evidence.sweep_away(desk.database, actor, stray.name, now)
    except Conflict:
        return False
    return True


def broken(database: Database, audited: Audited, ticket: int | None = None) -> Iterator[Finding]:
    """Files that are missing or altered, once for each event that cites them; for the audit. With `ticket`, only those it cites."""
    folder = evidence.folder_of(database)
    with database.snapshot():
        for sha256 in evidence.names(database, ticket):
            audited.files += 1
            state = evidence.state_of(folder, sha256)
            if state == evidence.SOUND:
                continue
            for stream, seq, number in evidence.citing(database, sha256) or [(None, None, None)]:
                audited.findings += 1
                yield Finding(f"evidence-{state}", stream, number, seq, sha256)
