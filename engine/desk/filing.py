"""Files that are handed in with an act (佐证): looked at first, and kept only once the act is known to be possible.

Uploads come from strangers: they are streamed, limited, and judged by their content, never by their name. A refused act and a dry run
keep nothing. A file is durable before the event that cites it is: its bytes are copied to a scratch file beside the kept ones, and take
their place in the transaction of the event. What dies in between leaves a file that nothing cites, which `zg evidence clean` removes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

from engine.errors import os_reason
from engine.record import queries
from engine.record.database import Database
from engine.record.evidence import (
    CHUNK_BYTES,
    FOLDER_MODE,
    LARGEST_BYTES,
    SCRATCH,
    BadEvidence,
    EvidenceNotKept,
    flush_folder,
    folder_of,
    path_of,
    type_of,
)
from engine.record.regular import opened
from engine.rules.acts.command import Command
from engine.rules.ticket_facts import Evidence
from engine.rules.wording import file_word

Done = TypeVar("Done")

LARGEST_FILE = LARGEST_BYTES
"""Bytes of a file that somebody hands in."""

Keep = Callable[[datetime], None]
"""Keeps the files of an act at a moment, inside its transaction."""


def names_for(name: str) -> Iterator[str]:
    """What a file may be called where others lie: by its own name, else with a number behind it."""
    stem, dot, ending = name.rpartition(".")
    yield name
    for number in range(2, 1_000):
        yield f"{stem}-{number}.{ending}" if dot and stem else f"{name}-{number}"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that somebody hands in, as it was when it was looked at. `name` is what its owner calls it."""

    path: Path
    name: str
    evidence: Evidence


def inspect(path: Path, name: str | None = None) -> HandedIn:
    """Looks at a file without keeping anything of it. Raises BadEvidence for what cannot be kept."""
    called = path.name if name is None else name
    return HandedIn(path, called, _read(path, None, called))


def citing(command: Command, files: Sequence[HandedIn]) -> Command:
    """The command with the files as its evidence."""
    facts, names = evidence_of(files)
    return command._replace(evidence=facts, words={**command.words, **names})


def evidence_of(files: Sequence[HandedIn]) -> tuple[tuple[Evidence, ...], dict[str, str]]:
    """What an event says of files that it cites: each once by its hash, which is a fact; and their names, which are words that may be
    erased later.
    """
    facts = {file.evidence.sha256: file.evidence for file in files}
    return tuple(facts.values()), {file_word(file.evidence.sha256): file.name for file in files}


@contextmanager
def copied(database: Database, files: Sequence[HandedIn]) -> Iterator[Copies]:
    """Copies of the files that survive a power cut and are not kept yet; those that were not kept are removed at the end.

    Raises BadEvidence where a file is no longer what it was when it was looked at, and where our folder cannot be written to.
    """
    folder = folder_of(database)
    with _writing(folder):
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    scratch: dict[Evidence, Path] = {}
    try:
        for file in files:
            if file.evidence not in scratch:
                with _writing(folder):
                    handle, scratch[file.evidence] = scratch_file(folder)
                    found = _copy(file, handle)
                if found != file.evidence:
                    raise BadEvidence(file=file.name, reason="changed-meanwhile")
        yield Copies(folder, scratch)
    finally:
        for path in scratch.values():
            with suppress(OSError):  # the act is done or undone by now; `zg evidence clean` removes what stays
                path.unlink(missing_ok=True)


def keeping(database: Database, files: Sequence[HandedIn], act: Callable[[Keep, bool], Done], *, dry_run: bool) -> Done:
    """What an act that is given files comes to. `act` is one transaction, which is given what puts the files where they belong, and
    whether it is rehearsed.

    It is rehearsed first: what is refused leaves nothing, neither row nor bytes. Raises what the act raises, and BadEvidence.
    """
    if not files:
        return act(lambda now: None, dry_run)
    rehearsed = act(lambda now: enter(database, [file.evidence for file in files], now), True)
    if dry_run:
        return rehearsed
    with copied(database, files) as copies:
        return act(lambda now: copies.keep(database, now), False)


@dataclass(frozen=True, slots=True)
class Copies:
    """Scratch files that hold what was handed in, each under what was found when it was looked at."""

    folder: Path
    scratch: Mapping[Evidence, Path]

    def keep(self, database: Database, at: datetime) -> None:
        """Writes the row of every copy and moves the copy to its path, inside the transaction of the event that cites it.

        Raises BadEvidence where the folder cannot be written to.
        """
        enter(database, list(self.scratch), at)
        with _writing(self.folder):
            for evidence, scratch in self.scratch.items():
                path = path_of(self.folder, evidence.sha256)
                path.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
                scratch.replace(path)
                flush_folder(path.parent)
            flush_folder(self.folder)


def enter(database: Database, files: Sequence[Evidence], at: datetime) -> None:
    """Rows of files, which their citations refer to. They are locked until the transaction ends, so that whoever sweeps orphans away
    comes before or after both row and file."""
    for evidence in sorted(files, key=lambda item: item.sha256):  # in one order, so that two writers do not wait for each other
        database.row(queries.KEEP_EVIDENCE, sha256=evidence.sha256, bytes=evidence.bytes, type=evidence.type, stored_at=at)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Raises EvidenceNotKept for what the operating system says of our own folder; the file that was handed in is not to blame."""
    try:
        yield
    except OSError as error:
        raise EvidenceNotKept(reason="evidence-not-kept", path=str(folder), message=os_reason(error)) from error


def _copy(file: HandedIn, handle: int) -> Evidence:
    """Copies a file to an open one and onto the disk, and says what it was. Raises OSError for the target, BadEvidence for the file."""
    with os.fdopen(handle, "wb") as target:
        found = _read(file.path, target, file.name)
        target.flush()
        os.fsync(target.fileno())
    return found


def _read(path: Path, target: BinaryIO | None, name: str) -> Evidence:
    """Reads a file to its end, piece by piece, and copies it where there is a target."""
    digest, size, first = hashlib.sha256(), 0, b""
    for chunk in _chunks(path, name):
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


def _chunks(path: Path, name: str) -> Iterator[bytes]:
    """The pieces of a file that is handed in. Raises BadEvidence where it cannot be read; what its reader meets is not caught here."""
    try:
        with opened(path) as source:
            yield from iter(lambda: source.read(CHUNK_BYTES), b"")
    except OSError as error:
        raise BadEvidence(file=name, reason="file-unreadable", message=os_reason(error)) from error


def incoming_folder(database: Database) -> Path:
    """Where what comes in by the web is written until the act is decided: beside the kept files, so that whoever sweeps finds what a
    worker that died left behind. Raises BadEvidence where the folder cannot be written to.
    """
    folder = folder_of(database)
    with _writing(folder):
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    return folder


def scratch_file(folder: Path) -> tuple[int, Path]:
    """An open new file for what comes in, its owner's alone; what is left of it `zg evidence clean` removes."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=SCRATCH)
    return handle, Path(name)
