"""Files that are handed in with an act (佐证): looked at first, and kept only once the act is known to be possible.

Uploads come from strangers: they are streamed, limited, and judged by their content, never by their name. A refused act and a dry run
keep nothing. A file is durable before the event that cites it is: its bytes are copied to a scratch file beside the kept ones, and take
their place in the transaction of the event. What dies in between leaves a file that nothing cites, which `zg evidence clean` removes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from engine.errors import os_reason
from engine.record import queries
from engine.record.database import Database
from engine.record.evidence import (
    CHUNK_BYTES,
    FOLDER_MODE,
    LARGEST_BYTES,
    SCRATCH,
    BadEvidence,
    folder_of,
    path_of,
    type_of,
)
from engine.rules.acts.decide import Command
from engine.rules.ticket_facts import Evidence
from engine.rules.wording import file_word


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that somebody hands in, as it was when it was looked at. `name` is what its owner calls it."""

    path: Path
    name: str
    evidence: Evidence


def inspect(path: Path, name: str | None = None) -> HandedIn:
    """Looks at a file without keeping anything of it. Raises BadEvidence for what cannot be kept."""
    called = path.name if name is None else name
    try:
        with path.open("rb") as source:
            return HandedIn(path, called, _read(source, None, called))
    except OSError as error:
        raise BadEvidence(file=called, reason="file-unreadable", message=os_reason(error)) from error


def citing(command: Command, files: Sequence[HandedIn]) -> Command:
    """The command with the files as its evidence. Their hashes are facts; their names are words, which may be erased later."""
    names = {file_word(file.evidence.sha256): file.name for file in files}
    facts = {file.evidence.sha256: file.evidence for file in files}
    return replace(command, evidence=tuple(facts.values()), words={**command.words, **names})


@contextmanager
def copied(database: Database, files: Sequence[HandedIn]) -> Iterator[Copies]:
    """Copies of the files that survive a power cut and are not kept yet; those that were not kept are removed at the end.

    Raises BadEvidence where a file is no longer what it was when it was looked at.
    """
    folder = folder_of(database)
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    scratch: dict[Evidence, Path] = {}
    try:
        for file in files:
            if file.evidence not in scratch:
                handle, name = tempfile.mkstemp(dir=folder, prefix=SCRATCH)  # its owner's alone
                scratch[file.evidence] = Path(name)
                _copy(file, handle)
        yield Copies(folder, scratch)
    finally:
        for path in scratch.values():
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Copies:
    """Scratch files that hold what was handed in, each under what was found when it was looked at."""

    folder: Path
    scratch: Mapping[Evidence, Path]

    def keep(self, database: Database, at: datetime) -> None:
        """Writes the row of every copy and moves the copy to its path, inside the transaction of the event that cites it."""
        enter(database, list(self.scratch), at)
        for evidence, scratch in self.scratch.items():
            path = path_of(self.folder, evidence.sha256)
            path.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
            scratch.replace(path)
            _flush_folder(path.parent)
        _flush_folder(self.folder)


def enter(database: Database, files: Sequence[Evidence], at: datetime) -> None:
    """Rows of files, which their citations refer to. They are locked until the transaction ends, so that whoever sweeps orphans away
    comes before or after both row and file."""
    for evidence in sorted(files, key=lambda item: item.sha256):  # in one order, so that two writers do not wait for each other
        database.row(queries.KEEP_EVIDENCE, sha256=evidence.sha256, bytes=evidence.bytes, type=evidence.type, stored_at=at)


def _copy(file: HandedIn, handle: int) -> None:
    try:
        with os.fdopen(handle, "wb") as target, file.path.open("rb") as source:
            found = _read(source, target, file.name)
            target.flush()
            os.fsync(target.fileno())
    except OSError as error:
        raise BadEvidence(file=file.name, reason="file-unreadable", message=os_reason(error)) from error
    if found != file.evidence:
        raise BadEvidence(file=file.name, reason="changed-meanwhile")


def _read(source: BinaryIO, target: BinaryIO | None, name: str) -> Evidence:
    """Reads a file to its end, piece by piece, and copies it where there is a target."""
    digest, size, first = hashlib.sha256(), 0, b""
    for chunk in iter(lambda: source.read(CHUNK_BYTES), b""):
        first = first or chunk
        size += len(chunk)
        if size > LARGEST_BYTES:
            raise BadEvidence(file=name, reason="too-large", largest=LARGEST_BYTES)
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    kind = type_of(first)
    if kind is None:
        raise BadEvidence(file=name, reason="empty" if size == 0 else "unknown-type")
    return Evidence(digest.hexdigest(), size, kind)


def _flush_folder(folder: Path) -> None:
    """Writes a folder to the disk: the names of new files in it must survive a power cut too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
