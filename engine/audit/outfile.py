"""A file that is written whole or not at all, for its owner only."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import InvalidFile, os_problem
from engine.record.evidence import FILE_MODE, flush_folder

NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})
"""How a disk refuses a second name of a file that knows none."""

SCRATCH = ".writing-"
"""With what the name of a file begins that is being written."""


def write(path: Path, lines: Iterable[str]) -> int:
    """Writes the lines and returns how many there were. An older file is replaced only when all of the new one is on the disk.

    Raises InvalidFile where the folder does not take it.
    """
    count = 0
    with replacing(path) as scratch, scratch.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(f"{line}\n")
            count += 1
    return count


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place to write to: when the block ends well, what was written there is on the disk and takes the place of the file.

    Raises InvalidFile where the folder does not take it.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=SCRATCH, suffix=path.suffix)
        scratch = Path(name)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)  # it goes with the process
            yield scratch
            _settle(scratch)
            scratch.replace(path)
        finally:
            os.close(handle)
            scratch.unlink(missing_ok=True)
    except OSError as error:
        raise InvalidFile(reason="file-not-written", file=str(path), problems=[os_problem(error)]) from error


def appear(scratch: Path, target: Path) -> None:
    """Gives a finished file its name at once and as a whole. Where the disk knows no second name of a file, as a stick does not, the name
    is taken first: whoever is killed then leaves an empty file. Raises FileExistsError where something has the name, OSError.
    """
    try:
        os.link(scratch, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
        scratch.replace(target)
    flush_folder(target.absolute().parent)


def abandoned(folder: Path) -> list[Path]:
    """The files of that kind in which nobody writes any more: whoever did was killed."""
    return [path for path in sorted(folder.glob(f"{SCRATCH}*")) if path.is_file() and not path.is_symlink() and not _is_held(path)]


def _is_held(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
    except OSError:  # somebody has the lock, or this place knows none
        return True


def _settle(path: Path) -> None:
    """Waits until what was written is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
