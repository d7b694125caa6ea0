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
from engine.rules.proof.checkpoint import Checkpoint, number
from engine.rules.proof.seal import Seal


def read(folder: Path, origin: str) -> dict[int, Checkpoint]:
    """The checkpoints noted of a record by the numbers of their seals; none where no list lies here. Raises Withheld where whoever runs
    this may not read it, and ZgError for one that cannot be read: then nobody knows what was signed.
    """
    path = list_of(folder, origin)
    try:
        there = content(path) or b""
    except OSError as error:
        raise ZgError(reason="list-unreadable", path=str(path), message=os_reason(error)) from error
    found: dict[int, Checkpoint] = {}
    for line in there[: there.rfind(b"\n") + 1].split(b"\n"):
        if not line:
            continue
        try:
            n, size, root, said = line.decode().split(" ")
            found[number(n)] = Checkpoint.parse(f"{said}\n{size}\n{root}\n")
        except ValueError as error:
            raise ZgError(reason="list-unreadable", path=str(path), message=f"{len(found) + 1}") from error
    return found


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
