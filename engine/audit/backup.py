"""Backups: one file with a consistent copy of the database, every evidence file it names, and a page that says what is in it.

The database is copied first, in one snapshot, on a running system; the files it names are there already, since a file is kept before an
event cites it. Nothing is written over, nothing appears before it is whole. The private key of the seals is never in it.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from engine.audit.archive import COPY, PAGE, SERVER, SQLITE, Page, archive
from engine.audit.leftovers import scratch_folder
from engine.audit.outfile import appear
from engine.audit.verify import verify
from engine.errors import NotPossible, ZgError, os_reason
from engine.record import evidence, queries, schema, server
from engine.record.address import is_server
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.regular import opened
from engine.record.sqlite_files import copy_file
from engine.rules.proof.anchor import LOST_IS_SAID
from engine.rules.proof.chain import canonical, stamp
from engine.rules.proof.finding import Finding

MOST_TOLD = 50
"""How many findings a backup tells of itself."""

FILE_MODE = 0o600


class BackupExists(NotPossible):
    """There is a file of that name already."""

    code = "backup-exists"


@dataclass(slots=True)
class Checked:
    """A backup that was made, where it lies, and all that does not verify in it."""

    page: Page
    location: str
    findings: list[Finding] = field(default_factory=list)


def make(database: Database, url: str, target: Path, now: datetime, *, force: bool = False) -> Checked:
    """Writes the backup and checks it: chain and fold of the copy, the hash of every file. It is written whatever is found.

    Raises BackupExists (without `force`), NotPossible (the folder cannot be written to), ServerToolError.
    """
    must_be_new(target, force)
    try:
        with _scratch(target) as (scratch, copy):
            with _copied(database, url, copy) as (reader, findings):
                found = list(findings)
                page = Page(
                    SERVER if is_server(url) else SQLITE, schema.revision(reader), stamp(now), count(reader, "event"),
                    count(reader, "ticket"), count(reader, "evidence"), len(found), [_told(item) for item in found[:MOST_TOLD]],
                )
                with scratch.open("wb") as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    _add(tar, PAGE, io.BytesIO(text := canonical(page.to_json()).encode()), len(text), now)
                    with copy.open("rb") as source:
                        _add(tar, COPY[page.database], source, copy.stat().st_size, now)
                    for sha256 in evidence.names(reader):
                        found += _add_evidence(tar, database, reader, sha256, now)
                    tar.close()
                    file.flush()
                    os.fsync(file.fileno())
            _appear(scratch, target, force)
    except OSError as error:
        raise NotPossible(reason="file-unusable", path=str(target), message=os_reason(error)) from error
    return Checked(page, str(target), found)


def _told(finding: Finding) -> dict[str, Any]:
    """A finding as the page of a backup holds it: what it says, without what it leaves open. The code of a reason is its `field`."""
    return {name: value for name, value in asdict(finding).items() if value is not None and name != "why"}


def must_be_new(target: Path, force: bool = False) -> None:
    """Raises BackupExists where something has that name already, unless it may be written over."""
    if os.path.lexists(target) and not force:
        raise BackupExists(path=str(target))


def page_of(source: Path) -> Page:
    """What a backup says of itself. Raises InvalidFile."""
    with archive(source) as found:
        return found.page


@contextmanager
def _scratch(target: Path) -> Iterator[tuple[Path, Path]]:
    """Names beside the target for the backup and the copy in it, gone at the end."""
    with scratch_folder(target) as folder:
        yield folder / "backup", folder / "copy"


@contextmanager
def _copied(database: Database, url: str, copy: Path) -> Iterator[tuple[Database, Iterator[Finding]]]:
    """Copies the database; yields a database that reads exactly what the copy holds, and what does not verify in it."""
    if not is_server(url):
        copy_file(database, copy)
        with closing(connect(str(copy))) as reader:
            yield reader, verify(reader, anchor=LOST_IS_SAID)
        return
    with server.exported(database) as snapshot:
        server.dump(url, copy, snapshot)
        yield database, verify(database, anchor=LOST_IS_SAID, within=True)


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes] | _Hashed, size: int, now: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, FILE_MODE, int(now.timestamp())
    tar.addfile(member, cast(IO[bytes], source))


def _add_evidence(tar: tarfile.TarFile, database: Database, reader: Database, sha256: str, now: datetime) -> list[Finding]:
    """Adds a file of evidence as it is. Returns a finding for every event that cites it, if it is missing or altered.

    A file that nothing cites may have been removed by now, which is no finding.
    """
    try:
        with opened(evidence.path_of(evidence.folder_of(database), sha256)) as file:
            read = _Hashed(file)
            _add(tar, f"evidence/{sha256[:2]}/{sha256}", read, os.fstat(file.fileno()).st_size, now)
    except FileNotFoundError:
        return cited(reader, sha256, evidence.MISSING)
    except PermissionError as error:
        raise ZgError(reason="evidence-withheld", path=error.filename, message=os_reason(error)) from error
    return [] if read.digest.hexdigest() == sha256 else cited(reader, sha256, evidence.ALTERED)


class _Hashed(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk


def cited(database: Database, sha256: str, state: str) -> list[Finding]:
    """A finding for every event that cites a file that is missing or altered."""
    return [Finding(f"evidence-{state}", stream, number, seq, sha256) for stream, seq, number in evidence.citing(database, sha256)]


def _appear(scratch: Path, target: Path, force: bool) -> None:
    """Gives the finished backup its name, at once and as a whole."""
    with suppress(PermissionError):  # a stick may know no modes
        scratch.chmod(FILE_MODE)
    if force:
        scratch.replace(target)
        evidence.flush_folder(target.absolute().parent)
        return
    try:
        appear(scratch, target)
    except FileExistsError:
        raise BackupExists(path=str(target)) from None


def count(database: Database, table: str) -> int:
    """How many events, tickets or files a database has."""
    row = database.row({"event": queries.EVENT_COUNT, "ticket": queries.COUNT_TICKETS, "evidence": queries.COUNT_EVIDENCE}[table])
    return int(row[0]) if row else 0
