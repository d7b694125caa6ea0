"""Putting a backup back. It is unpacked beside the place where it is to stand, freed of what no migration made, and verified there; only
then does it take its place. Whatever it is, nothing of it is left where it does not.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from engine.audit.archive import SERVER, Archive, Member, Page, archive
from engine.audit.backup import FILE_MODE, cited, count
from engine.audit.leftovers import scratch_folder
from engine.audit.outfile import appear
from engine.audit.verify import verify
from engine.errors import InvalidFile, NotPossible, Problem, WrongSchema, ZgError, os_reason
from engine.record import evidence, schema, server, sqlite_files
from engine.record.address import file_path, is_server
from engine.record.connection import connect
from engine.record.damage import UNREADABLE
from engine.record.database import FOLDER_MODE, Database
from engine.record.schema_parts import indexes_made
from engine.rules.proof.anchor import LOST_IS_SAID
from engine.rules.proof.finding import Finding

NOT_YET_SAID = Finding("schema", field="alembic_version")
"""A server's record does not say which schema it has before it was verified: nobody takes it for one."""


@dataclass(slots=True)
class Restored:
    """A backup that was put back, or is about to be: what is in it, which is counted in its database, and all that does not verify.

    `location` is the address of the database without its password; `left_out` names what was in its schema and was made by no migration;
    `unnoted` is the code of why the record does not say that it was put back.
    """

    page: Page
    location: str
    left_out: list[str]
    findings: list[Finding] = field(default_factory=list)
    stands: bool = False
    unnoted: str | None = None

    @property
    def older(self) -> bool:
        """Whether the database has to be upgraded before this program reads it; so long nothing in it is verified."""
        return self.page.schema < schema.SCHEMA


Note: TypeAlias = Callable[[Database, Restored], str | None]
"""Writes the entry into a record that is about to take its place; or says why not."""


def unnoted(database: Database, made: Restored) -> None:
    """Writes none, for whoever puts a backup back to look at it."""


def restore(source: Path, url: str, *, unverified: bool = False, note: Note = unnoted) -> Restored:
    """Puts a backup where there is no database, once it verifies, files too; with `unverified` whatever is found. `note` writes the entry,
    unless the record has to be upgraded first.

    Raises InvalidFile (no backup, or damaged), NotPossible (a database is there, no room, or the backup is of the other kind), WrongSchema
    (made by a newer program, or before the first release), ServerToolError. Then, and where it does not verify, nothing is there that was
    not there before.
    """
    with archive(source) as found, ExitStack() as cleaning:
        if (found.page.database == SERVER) != is_server(url):
            raise NotPossible(reason="backup-of-other-kind", kind=found.page.database)
        if schema.is_taken(url):
            raise NotPossible(reason="restore-over", url=schema.safe(url))
        if not is_server(url):
            _must_have_no_log(file_path(url))
        folder = evidence.folder_beside(None if is_server(url) else file_path(url))
        try:
            unpack = _on_server if is_server(url) else _as_file
            place, made, stand = cleaning.enter_context(unpack(found, url))
            files = cleaning.enter_context(_files(found, folder))
            _verify(found, place, made, files)
            if unverified or not (made.findings or made.older):
                with closing(connect(place)) as database:
                    made.unnoted = None if made.older else note(database, made)
                    files.stand(database)
                stand()
                made.stands = True
        except OSError as error:
            raise NotPossible(reason="file-unusable", path=schema.safe(url), message=os_reason(error)) from error
    return made


Unpacked = tuple[str, Restored, Callable[[], None]]
"""Where a database was unpacked, what is known of it, and what gives it its place."""


def _must_have_no_log(target: Path) -> None:
    """Raises NotPossible where a log lies of a database that is gone: SQLite would write what is in it into the one that is put back."""
    for suffix in ("-wal", "-journal"):
        log = target.with_name(target.name + suffix)
        if os.path.lexists(log):  # a link that leads nowhere too: SQLite would follow it
            raise NotPossible(reason="restore-log", path=str(log))


# the database ----------------------------------------------------------------------------------------------------------------


@contextmanager
def _as_file(found: Archive, url: str) -> Iterator[Unpacked]:
    """A file beside the one that it becomes."""
    target = file_path(url).absolute()
    with _folder(target.parent), scratch_folder(target) as folder:
        copy = folder / "copy"
        _write(found, found.copy, copy)
        said, left_out = _freed(found, copy)

        def stand() -> None:
            log = copy.with_name(copy.name + "-wal")
            if log.exists() and (unwritten := log.stat().st_size):  # the entry did not fit into the file
                raise NotPossible(reason="restore-no-room", path=str(target.parent), bytes=unwritten)
            try:
                appear(copy, target)
            except FileExistsError:
                raise NotPossible(reason="restore-over", url=str(target)) from None

        yield str(copy), Restored(replace(found.page, schema=said), schema.safe(url), left_out), stand


def _freed(found: Archive, copy: Path) -> tuple[str, list[str]]:
    """Which schema a copy says it has, and what was taken out of it before anything was read: no migration makes a trigger or a view."""
    try:
        left_out = sqlite_files.remove_parts(copy, lambda kind, _: kind in ("trigger", "view"))
        with closing(connect(str(copy))) as database:
            said = schema.revision(database)
        if said == schema.SCHEMA:
            ours = indexes_made("sqlite")
            left_out += sqlite_files.remove_parts(copy, lambda kind, name: kind == "index" and name not in ours)
    except (ZgError, ValueError) as error:
        raise _unreadable(found) from error
    _must_be_known(said)
    return said, left_out


@contextmanager
def _on_server(found: Archive, url: str) -> Iterator[Unpacked]:
    """A server's database that does not say yet which schema it has; it is empty again where it did not take its place."""
    with _folder(place := evidence.folder_beside(None)), scratch_folder(place / "copy") as folder:
        dump = folder / "copy"
        _write(found, found.copy, dump)
        inside = server.contents(dump, indexes_made("postgresql"))
        if inside.schema is None:
            raise _unreadable(found)
        _must_be_known(inside.schema)
        made = Restored(replace(found.page, schema=inside.schema), schema.safe(url), inside.left_out)
        try:
            server.restore(url, dump, inside.kept)
            yield url, made, lambda: schema.say(url, made.page.schema)
        finally:
            if not made.stands:
                schema.remove_all(url)


def _must_be_known(said: str) -> None:
    schema.must_be_released(said)
    if said > schema.SCHEMA:
        raise WrongSchema(reason="backup-newer", found=said, wanted=schema.SCHEMA)


def _unreadable(found: Archive) -> InvalidFile:
    return InvalidFile(file=str(found.source), problems=[Problem.at("problem-database", found.copy.name)])


# the files -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Files:
    """Files of evidence that were unpacked, and the folder that they are for."""

    unpacked: Path
    folder: Path

    def findings(self, database: Database) -> Iterator[Finding]:
        """Every event that cites a file that is neither in the backup nor in the folder, or is not what it was."""
        with database.snapshot():
            for sha256 in evidence.names(database):
                if self._is_there(sha256) or (state := evidence.state_of(self.unpacked, sha256)) == evidence.SOUND:
                    continue
                yield from cited(database, sha256, state)

    def stand(self, database: Database) -> None:
        """Gives every file its place that the database names; another is not of this record."""
        with database.snapshot():
            for sha256 in evidence.names(database):
                source, target = (evidence.path_of(folder, sha256) for folder in (self.unpacked, self.folder))
                if source.exists() and not self._is_there(sha256):
                    target.parent.mkdir(mode=evidence.FOLDER_MODE, parents=True, exist_ok=True)
                    source.replace(target)
                    evidence.flush_folder(target.parent)

    def _is_there(self, sha256: str) -> bool:
        return evidence.state_of(self.folder, sha256) == evidence.SOUND


@contextmanager
def _files(found: Archive, folder: Path) -> Iterator[_Files]:
    """Every file under its hash, unpacked in the folder where they are to lie. One that is no longer what it was is found afterwards."""
    with _folder(folder), scratch_folder(folder / "files") as unpacked:
        for member in found.evidence():
            path = evidence.path_of(unpacked, member.sha256)
            path.parent.mkdir(mode=evidence.FOLDER_MODE, exist_ok=True)
            _write(found, member, path)
        yield _Files(unpacked, folder)


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    """Makes a folder, and those that it lies in; those of them in which nothing lies in the end are gone again."""
    absent = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(absent):
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    try:
        yield
    finally:
        with suppress(OSError):
            for folder in absent:
                folder.rmdir()


def _write(found: Archive, member: Member, target: Path) -> None:
    """Unpacks a file; what is there by that name is replaced. Raises NotPossible where there is no room for it."""
    if shutil.disk_usage(target.parent).free < member.size:
        raise NotPossible(reason="restore-no-room", path=str(target.parent), bytes=member.size)
    target.unlink(missing_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
        for piece in found.pieces(member):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


# checking --------------------------------------------------------------------------------------------------------------------


def _verify(found: Archive, place: str, made: Restored, files: _Files) -> None:
    """Counts what is in the database, and verifies it unless it is an older one. Raises InvalidFile for one that cannot be read."""
    try:
        with closing(connect(place)) as database:
            events, tickets, kept = (count(database, table) for table in ("event", "ticket", "evidence"))
            made.page = replace(made.page, events=events, tickets=tickets, files=kept)
            if not made.older:
                made.findings = [item for item in verify(database, anchor=LOST_IS_SAID) if not _is_held_back(item, place)]
                made.findings += files.findings(database)
    except (ZgError, *UNREADABLE) as error:
        raise _unreadable(found) from error


def _is_held_back(finding: Finding, place: str) -> bool:
    """Whether what is found is only that a server's record does not say yet which schema it has."""
    return is_server(place) and finding == NOT_YET_SAID
