"""Evidence: files by their SHA-256 outside the database; the hash stands in the event. Stored once, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_path

from engine.errors import Conflict, InvalidInput, ZgError, os_reason
from engine.record import queries
from engine.record.cell import id_of, name_of
from engine.record.database import Database
from engine.record.directory import must_still_act, writing_as
from engine.record.regular import opened
from engine.rules.access import Actor

LARGEST_BYTES = 50 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
FOLDER_MODE, FILE_MODE = 0o700, 0o600
SCRATCH = ".incoming-"
PIECE = 1_000

SOUND, MISSING, ALTERED = "sound", "missing", "altered"

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"), (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"), (b"#!AMR", "audio/amr"), (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"), (b"\xff\xf1", "audio/aac"), (b"OggS", "audio/ogg"), (b"\x1aE\xdf\xa3", "video/webm"),
)
"""What an office hands in: PDF, pictures, Office files (zip or OLE containers), what phones record, and plain text."""

NESTED: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "video/mp4"), (8, b"WEBP", "image/webp"), (8, b"WAVE", "audio/wav"), (0, b"OFD", "application/ofd"),
)


class BadEvidence(InvalidInput):
    """The file cannot be kept as evidence."""

    code = "bad-evidence"


class EvidenceNotKept(BadEvidence):
    """Our own folder cannot be written to: its disk is full, or it is not ours to write."""

    http = 507


_HASH = re.compile(r"[0-9a-f]{64}")


def type_of(first: bytes) -> str | None:
    """The type that the first bytes show; None for what we do not take, such as programs."""
    for signature, kind in SIGNATURES:
        if first.startswith(signature):
            return kind
    for offset, signature, kind in NESTED:
        if first[offset : offset + len(signature)] == signature:
            return kind
    return "text/plain" if first and _is_text(first) else None


def every(database: Database) -> Iterator[str]:
    """The hash of every file there should be."""
    after = ""
    while piece := database.rows(queries.ALL_EVIDENCE, last_sha256=after, limit=PIECE):
        yield from (row[0] for row in piece)
        after = piece[-1][0]


def names(database: Database, stream: int | None = None) -> Iterator[str]:
    """The hash of every file that has a row or that an event cites, of one stream if it is given; inside a snapshot.

    What is no hash names no file, and the audit says so.
    """
    rows = database.stored(queries.FILE_NAMES) if stream is None else database.stored(queries.FILE_NAMES_OF, stream=stream)
    return (name for (name,) in rows if is_hash(name))


def is_hash(cell: object) -> bool:
    """Whether a file can have this name."""
    return type(cell) is str and _HASH.fullmatch(cell) is not None


def citing(database: Database, sha256: str) -> list[tuple[int | None, int | None, str | None]]:
    """The events that cite a file – stream, seq, number – inside a snapshot."""
    return [
        (id_of(stream), id_of(seq), name_of(number)) for _, stream, seq, number in database.stored(queries.CITATIONS, hashes=[sha256])
    ]


def altered(database: Database) -> Iterator[tuple[str, str]]:
    """Every file there should be that is missing or no longer what it was: (sha256, `missing` or `altered`), of one snapshot."""
    folder = folder_of(database)
    with database.snapshot():
        for sha256 in names(database):
            state = state_of(folder, sha256)
            if state != SOUND:
                yield sha256, state


def state_of(folder: Path, sha256: str) -> str:
    """Whether a kept file is there and what it was: `sound`, `missing`, `altered`. Raises ZgError for whoever may not read it: he cannot
    tell.
    """
    path = path_of(folder, sha256)
    try:
        with opened(path) as file:
            return SOUND if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else ALTERED
    except PermissionError as error:
        raise ZgError(reason="evidence-withheld", path=str(path), message=os_reason(error)) from error
    except OSError:
        return MISSING


def bring(source: Path, target: Path, sha256: str) -> None:
    """Brings a kept file from one folder into another, as it is. One that is not there is for the audit to name."""
    if source == target or state_of(target, sha256) == SOUND or state_of(source, sha256) == MISSING:
        return
    path = path_of(target, sha256)
    for folder in (target, path.parent):  # each by itself: the mode holds for the last of several only
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    scratch = target / f"{SCRATCH}{sha256[:12]}-{os.getpid()}"
    with opened(path_of(source, sha256)) as kept, scratch.open("wb") as copy:
        shutil.copyfileobj(kept, copy)
    scratch.chmod(FILE_MODE)
    with scratch.open("rb") as file:
        os.fsync(file.fileno())
    scratch.replace(path)
    flush_folder(path.parent)


def orphans(database: Database) -> Iterator[tuple[str, int]]:
    """The hash and the bytes of every file that has a row and that no event cites."""
    after = ""
    while piece := database.rows(queries.ORPHANS, last_sha256=after, limit=PIECE):
        yield from ((row[0], int(row[1])) for row in piece)
        after = piece[-1][0]


def sweep_away(database: Database, actor: Actor, sha256: str, now: datetime) -> None:
    """Removes a file that nothing cites, row and bytes. Raises NotPermitted, and Conflict where something cites it by now."""
    folder = folder_of(database)
    with writing_as(database, actor, now):
        if database.row(queries.DROP_ORPHAN, sha256=sha256) is None:
            raise Conflict
        path_of(folder, sha256).unlink(missing_ok=True)


def sweep_away_unentered(database: Database, actor: Actor, path: Path, now: datetime) -> bool:
    """Removes a scratch file, or a kept file that has no row. Returns False where somebody handed the same content in meanwhile.

    The row that it would get is claimed while the file goes, and given back: whoever hands the same content in comes before or after both.
    Raises NotPermitted.
    """
    with database.rehearse():
        must_still_act(database, actor, now)
        if not path.name.startswith(SCRATCH) and database.row(queries.CLAIM_EVIDENCE, sha256=path.name, stored_at=now) is None:
            return False
        path.unlink(missing_ok=True)
    return True


def left_over(database: Database) -> Iterator[Path]:
    """Scratch files of programs that died while a file came in, and files without a row: their event came to nothing."""
    folder = folder_of(database)
    yield from sorted(path for path in folder.glob(f"{SCRATCH}*") if not path.is_dir())
    hashes = every(database)
    row = next(hashes, None)
    for path in sorted(folder.glob("??/*"), key=lambda path: path.name):
        while row is not None and row < path.name:
            row = next(hashes, None)
        if row != path.name and not path.is_dir():
            yield path


def age_of(path: Path, now: float) -> float:
    """Seconds since the file came in, by the machine's clock."""
    try:
        return now - path.lstat().st_mtime
    except OSError:
        return float("inf")


def folder_of(database: Database) -> Path:
    """`ZG_EVIDENCE`, else beside a SQLite file, else in the user's data folder."""
    return folder_beside(database.path)


def folder_beside(file: Path | None) -> Path:
    """The folder of the evidence of a database: `file` is its SQLite file, None for a database on a server."""
    configured = os.environ.get("ZG_EVIDENCE")
    if configured:
        return Path(configured)
    if file is not None:
        path = file.resolve()  # not beside a link to it
        return path.with_name(path.name + ".evidence")
    return user_data_path("zhenggai", appauthor=False) / "evidence"


def flush_folder(folder: Path) -> None:
    """Writes a folder to the disk: the names of new files in it must survive a power cut too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def path_of(folder: Path, sha256: str) -> Path:
    """Where a file is kept."""
    return folder / sha256[:2] / sha256


def _is_text(first: bytes) -> bool:
    """UTF-8 or GB18030 text without control characters. The first chunk may end inside a character."""
    if any(byte < 9 or 13 < byte < 32 for byte in first):
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                first[: len(first) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
