"""Where the keys lie, and the list beside them. A record is known by its own name and key, whatever its address is called."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from engine.record import queries
from engine.record.database import Database

SUFFIX = ".checkpoints"
NAME_SIGNS = 16
"""A list is named by the beginning of a digest of the record's name, a key's file by that of its public key."""

KEY_SETTING = "key"
"""As `rules.proof.keys` has it, which is slow to load."""


def folder_of(database: Database, configured: str | None = None) -> Path:
    """Where the keys lie: what `ZG_KEY` or `zg.toml` says, else beside a SQLite file – not beside a link to it –, else in the user's data
    folder, under the server's name; where nothing lies there, under whatever other name the record's key or list is found.
    """
    if configured:
        return Path(configured).expanduser()
    if database.path is not None:
        path = database.path.resolve()
        return path.with_name(path.name + ".keys")
    from platformdirs import user_data_path  # most databases are files

    folders = user_data_path("zhenggai", appauthor=False) / "keys"
    named = folders / database.name
    return named if named.is_dir() else _found(folders, database) or named


def _found(folders: Path, database: Database) -> Path | None:
    """The folder in which the list of this record lies, else its key, of a database called so: `localhost`, an address and a socket are one
    server, and a copy in another database is another record, until somebody goes on with it.
    """
    row = database.row(queries.SETTING, name=KEY_SETTING)
    if row is None or str(row[0]).count("+") < 2:
        return None
    origin, _, public = str(row[0]).split("+", 2)
    try:
        key = b64decode(public)[1:].hex()[:NAME_SIGNS]
    except ValueError:
        return None
    for name in (list_of(Path(), origin).name, f"{key}.pem"):
        if found := sorted(folders.glob(f"*-{database.called}/{name}")):
            return found[0].parent
    return None


def list_of(folder: Path, origin: str) -> Path:
    """The file of a record, by the name that the record has among all records."""
    return folder / f"{sha256(origin.encode(errors='replace')).hexdigest()[:NAME_SIGNS]}{SUFFIX}"
