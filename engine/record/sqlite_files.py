"""The files of a SQLite database: copied, and what is left of one removed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from engine.record.database import FILE_MODE, Database
from engine.record.sqlite import SQLite

_LOOSE_PARTS = """SELECT type, name FROM sqlite_master
WHERE type IN ('trigger', 'view', 'index') AND sql IS NOT NULL ORDER BY type, name"""


def copy_file(record: Database, target: Path) -> None:
    """A consistent copy of a SQLite database that others may be writing, for nobody else to read; all of it or nothing. Raises OSError."""
    if not isinstance(record, SQLite):
        raise TypeError("only a file can be copied")
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
    try:
        record.copy_into(target)
        with target.open("rb") as file:
            os.fsync(file.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def remove_parts(file: Path, unwanted: Callable[[str, str], bool]) -> list[str]:
    """Removes the triggers, views and indexes of a database that are unwanted, by kind and name, and returns what went. Nothing else of it
    is read. Raises ZgError, ValueError.
    """
    record = SQLite(file)
    try:
        gone = [(kind, name) for kind, name in record.rows(_LOOSE_PARTS) if unwanted(kind, name)]
        for kind, name in gone:
            record.drop(kind, name)
        return [f"{kind} {name}" for kind, name in gone]
    finally:
        record.close()
