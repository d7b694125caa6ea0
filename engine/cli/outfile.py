"""A file that is written whole or not at all, for its owner only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from engine.errors import InvalidFile, os_problem


def write(path: Path, lines: Iterable[str]) -> int:
    """Writes the lines and returns how many there were. An older file is replaced only when all of the new one is on the disk.

    Raises InvalidFile where the folder does not take it.
    """
    count = 0
    try:
        handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                for line in lines:
                    file.write(f"{line}\n")
                    count += 1
                file.flush()
                os.fsync(file.fileno())
            Path(scratch).replace(path)
        finally:
            Path(scratch).unlink(missing_ok=True)
    except OSError as error:
        raise InvalidFile(file=str(path), problems=[os_problem(error)]) from error
    return count
