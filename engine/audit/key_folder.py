"""Where the keys lie, and the list beside them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from engine.record.database import Database

SUFFIX = ".checkpoints"
NAME_SIGNS = 16


def folder_of(database: Database, configured: str | None = None) -> Path:
    """Where the keys lie: what `ZG_KEY` or `zg.toml` says, else beside a SQLite file – not beside a link to it –, else in the user's data
    folder.
    """
    if configured:
        return Path(configured).expanduser()
    if database.path is not None:
        path = database.path.resolve()
        return path.with_name(path.name + ".keys")
    from platformdirs import user_data_path  # most databases are files

    return user_data_path("zhenggai", appauthor=False) / "keys" / database.name


def list_of(folder: Path, origin: str) -> Path:
    """The file of a record, by the name that the record has among all records."""
    return folder / f"{sha256(origin.encode(errors='replace')).hexdigest()[:NAME_SIGNS]}{SUFFIX}"
