"""The checkpoints noted beside the key: a file that is only ever appended to. Whoever has only the database cannot change it, so that a
seal that was taken away, or a database that was put back, shows; and nothing is signed that goes against what was signed before.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from engine.audit.key import FILE_MODE, FOLDER_MODE
from engine.audit.key_folder import content, list_of
from engine.errors import ZgError, os_reason
from engine.rules.proof.anchor import Listed, Noted
from engine.rules.proof.checkpoint import Checkpoint, number
from engine.rules.proof.seal import Seal


def read(folder: Path, origin: str) -> Noted:
    """The checkpoints noted of a record by the numbers of their seals, for whoever goes on from them; none where no list lies here. Raises
    Withheld where whoever runs this may not read it, and ZgError where a line of it cannot be read: then nobody knows what was signed.
    """
    listed = read_lines(folder, origin)
    if listed.unread:
        raise ZgError(reason="list-unreadable", path=str(list_of(folder, origin)), message=f"{listed.unread[0]}")
    return listed.points


def read_lines(folder: Path, origin: str) -> Listed:
    """The same for whoever compares: what cannot be read is told, and the rest compared. Raises Withheld, and ZgError where nothing of it
    can be read.
    """
    path = list_of(folder, origin)
    try:
        there = content(path) or b""
    except OSError as error:
        raise ZgError(reason="list-unreadable", path=str(path), message=os_reason(error)) from error
    found: dict[int, Checkpoint] = {}
    unread: list[int] = []
    for place, line in enumerate(there[: there.rfind(b"\n") + 1].split(b"\n"), 1):
        if not line:
            continue
        try:
            n, size, root, said = line.decode().split(" ")
            checkpoint = Checkpoint.parse(f"{said}\n{size}\n{root}\n")
            if found.setdefault(number(n), checkpoint) != checkpoint:
                raise ValueError("two checkpoints of one seal")
        except ValueError:
            unread.append(place)
    return Listed(found, unread)


def note(folder: Path, seal: Seal) -> None:
    """Adds the checkpoint of a seal that was taken. Raises ZgError where the list cannot be written."""
    _, size, root, _ = seal.note.split("\n", 3)
    append(list_of(folder, seal.origin()), f"{seal.n} {size} {root} {seal.origin()}\n")


def append(path: Path, lines: str) -> None:
    """Adds lines to a list beside the key; they are on the disk at the end. Raises ZgError where that cannot be done."""
    folder = path.parent
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, FILE_MODE)
        with os.fdopen(handle, "rb+", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.truncate(file.read().rfind(b"\n") + 1)  # what was torn when somebody pulled the plug is no line
            file.write(lines.encode())
            os.fsync(handle)
    except OSError as error:
        raise ZgError(reason="list-not-kept", path=str(path), message=os_reason(error)) from error
