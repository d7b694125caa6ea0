"""Backups: one file with a consistent copy of the database, every evidence file it names, and a page that says what is in it.

The database is copied first, in one snapshot, on a running system; the files it names are there already, since a file is kept before an
event cites it. Nothing is written over, nothing appears before it is whole. The private key of the seals is never in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from engine.audit.audited import Audited
from engine.audit.leftovers import scratch_folder
from engine.audit.verify import verify
from engine.errors import InvalidFile, NotPossible, Problem, WrongSchema, os_problem, os_reason
from engine.record import evidence, queries, schema, server
from engine.record.address import file_path, is_server
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.regular import opened
from engine.record.sqlite import copy_file
from engine.rules.proof.anchor import LOST_IS_SAID
from engine.rules.proof.chain import canonical, stamp
from engine.rules.proof.finding import Finding

FORMAT = 1
PAGE, SQLITE_COPY, SERVER_DUMP = "backup.json", "database.sqlite", "database.dump"
LARGEST_PAGE_BYTES = 64 * 1024
MOST_TOLD = 50
"""How many findings a backup tells of itself."""

FILE_MODE = 0o600

_EVIDENCE = re.compile(r"evidence/([0-9a-f]{2})/(\1[0-9a-f]{62})")


class BackupExists(NotPossible):
    """There is a file of that name already."""

    code = "backup-exists"


@dataclass(frozen=True, slots=True)
class Page:
    """What a backup says of itself. `findings` counts what did not verify in the database when it was made; the first ones are told."""

    database: str
    schema: str
    made_at: str
    events: int
    tickets: int
    files: int
    findings: int = 0
    first_findings: Sequence[Mapping[str, Any]] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT, "database": self.database, "schema": self.schema, "made_at": self.made_at, "events": self.events,
            "tickets": self.tickets, "files": self.files, "findings": self.findings, "first_findings": list(self.first_findings),
        }


@dataclass(slots=True)
class Checked:
    """A backup that was made or restored, and all that does not verify in it.

    `location` is the path of the file, or the address of the database without its password.
    """

    page: Page
    location: str = field(compare=False)
    findings: list[Finding] = field(default_factory=list)

    @property
    def older(self) -> bool:
        """Whether the database has to be upgraded before this program reads it; so long nothing in it is verified."""
        return self.page.schema < schema.SCHEMA


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
                    "postgresql" if is_server(url) else "sqlite", schema.revision(reader), stamp(now), _count(reader, "event"),
                    _count(reader, "ticket"), _count(reader, "evidence"), len(found), [_told(item) for item in found[:MOST_TOLD]],
                )
                with scratch.open("wb") as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    _add(tar, PAGE, io.BytesIO(text := canonical(page.to_json()).encode()), len(text), now)
                    with copy.open("rb") as source:
                        _add(tar, SERVER_DUMP if is_server(url) else SQLITE_COPY, source, copy.stat().st_size, now)
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
    if target.exists() and not force:
        raise BackupExists(path=str(target))


def restore(source: Path, url: str) -> Checked:
    """Puts a backup where there is no database, and verifies what stands there then, files too.

    Raises InvalidFile (no backup, or damaged), NotPossible (a database is there, or the backup is of the other kind), WrongSchema
    (made by a newer program), ServerToolError. Then nothing is there that was not there before, but for some evidence files.
    """
    with _opened(source) as tar:
        page = _page(tar, source)
        schema.must_be_released(page.schema)
        if page.schema > schema.SCHEMA:
            raise WrongSchema(reason="backup-newer", found=page.schema, wanted=schema.SCHEMA)
        if (page.database == "postgresql") != is_server(url):
            raise NotPossible(reason="backup-of-other-kind", kind=page.database)
        _must_be_free(url)
        _restore_evidence(tar, source, evidence.folder_beside(None if is_server(url) else file_path(url)))
        if is_server(url):
            _restore_server(tar, source, url)
        else:
            _restore_file(tar, source, file_path(url))
        with closing(connect(url)) as database:
            if page.schema < schema.SCHEMA and schema.revision(database) == page.schema:
                return Checked(page, schema.safe(url))
            found = list(verify(database, Audited(), anchor=LOST_IS_SAID))
            page = replace(
                page, events=_count(database, "event"), tickets=_count(database, "ticket"), files=_count(database, "evidence"),
            )
            found += [item for sha256, state in evidence.altered(database) for item in _cited(database, sha256, state)]
    return Checked(page, schema.safe(url), found)


def page_of(source: Path) -> Page:
    """What a backup says of itself. Raises InvalidFile."""
    with _opened(source) as tar:
        return _page(tar, source)


# making ----------------------------------------------------------------------------------------------------------------------


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
        return _cited(reader, sha256, evidence.MISSING)
    return [] if read.digest.hexdigest() == sha256 else _cited(reader, sha256, evidence.ALTERED)


class _Hashed(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk


def _cited(database: Database, sha256: str, state: str) -> list[Finding]:
    return [Finding(f"evidence-{state}", stream, number, seq, sha256) for stream, seq, number in evidence.citing(database, sha256)]


def _appear(scratch: Path, target: Path, force: bool) -> None:
    """Gives the finished backup its name, at once and as a whole."""
    scratch.chmod(FILE_MODE)
    if force:
        scratch.replace(target)
    else:
        try:
            os.link(scratch, target)
        except FileExistsError:
            raise BackupExists(path=str(target)) from None
    evidence.flush_folder(target.absolute().parent)


def _count(database: Database, table: str) -> int:
    row = database.row({"event": queries.EVENT_COUNT, "ticket": queries.COUNT_TICKETS, "evidence": queries.COUNT_EVIDENCE}[table])
    return int(row[0]) if row else 0


# restoring -------------------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, mode="r:") as tar:
            yield tar
    except tarfile.TarError as error:
        raise InvalidFile(file=str(source), problems=[Problem.at("problem-no-tar")]) from error
    except OSError as error:
        raise InvalidFile(file=str(source), problems=[os_problem(error)]) from error


def _page(tar: tarfile.TarFile, source: Path) -> Page:
    member = tar.next()
    try:
        if member is None or member.name != PAGE or member.size > LARGEST_PAGE_BYTES or (file := tar.extractfile(member)) is None:
            raise InvalidFile(file=str(source), problems=[Problem("problem-no-backup")])
        node = json.loads(file.read())
        if node.pop("format") != FORMAT:
            raise InvalidFile(file=str(source), problems=[Problem("problem-no-backup")])
        return Page(**node)
    except (ValueError, TypeError, KeyError) as error:
        raise InvalidFile(file=str(source), problems=[Problem.at("problem-page", PAGE, message=str(error))]) from error


def _must_be_free(url: str) -> None:
    """Raises NotPossible where there is anything already."""
    if schema.is_taken(url):
        raise NotPossible(reason="restore-over", url=schema.safe(url))


def _member(tar: tarfile.TarFile, source: Path, name: str) -> IO[bytes]:
    """A member that must be there. Raises InvalidFile."""
    try:
        file = tar.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise InvalidFile(file=str(source), problems=[Problem.at("problem-missing", name)])
    return file


def _restore_file(tar: tarfile.TarFile, source: Path, target: Path) -> None:
    """The database file, checked before it stands under its name."""
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    with _scratch(target) as (scratch, _):
        _write(_member(tar, source, SQLITE_COPY), scratch)
        with closing(connect(str(scratch))) as database:
            schema.revision(database)
        try:
            os.link(scratch, target)
        except FileExistsError:
            raise NotPossible(reason="restore-over", url=str(target)) from None
    evidence.flush_folder(target.absolute().parent)


def _restore_server(tar: tarfile.TarFile, source: Path, url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / SERVER_DUMP
        _write(_member(tar, source, SERVER_DUMP), dump)
        server.restore(url, dump)


def _restore_evidence(tar: tarfile.TarFile, source: Path, folder: Path) -> None:
    """Every file under its hash, before the database that names it. One that is no longer what it was is found by the check at the end."""
    folder.mkdir(mode=evidence.FOLDER_MODE, parents=True, exist_ok=True)
    for member in tar:
        named = _EVIDENCE.fullmatch(member.name)
        plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and member.sparse is None
        file = tar.extractfile(member) if named and plain else None
        if named is None or file is None:
            if member.name not in (PAGE, SQLITE_COPY, SERVER_DUMP):
                raise InvalidFile(file=str(source), problems=[Problem.at("problem-foreign-member", ascii(member.name))])
            continue
        path = evidence.path_of(folder, named[2])
        if evidence.state_of(folder, named[2]) == evidence.SOUND:
            continue
        path.parent.mkdir(mode=evidence.FOLDER_MODE, parents=True, exist_ok=True)
        scratch = folder / f"{evidence.SCRATCH}{named[2][:12]}"
        _write(file, scratch)
        scratch.replace(path)
        evidence.flush_folder(path.parent)


def _write(source: IO[bytes], target: Path) -> None:
    target.unlink(missing_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
        for chunk in iter(lambda: source.read(evidence.CHUNK_BYTES), b""):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
