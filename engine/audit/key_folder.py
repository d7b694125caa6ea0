"""Where the keys lie, and the list beside them. A record is known by its own name and key, whatever its address is called."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from engine.errors import ZgError
from engine.record import queries
from engine.record.database import Database
from engine.record.regular import opened

SUFFIX = ".checkpoints"
NAME_SIGNS = 16
"""A list is named by the beginning of a digest of the record's name, a key's file by that of its public key."""

KEY_SETTING = "key"
"""As `rules.proof.keys` has it, which is slow to load."""


class Withheld(ZgError):
    """Whoever runs this may not read what lies beside the key."""


def content(path: Path) -> bytes | None:
    """What lies in a file beside the key; None where there is none.

    Here it is decided for all of them – the key, the list, what witnesses signed – whether somebody may read it. Who may not goes on
    without it where he reads, and is told so (`withheld`); nobody signs without it. Raises Withheld, OSError.
    """
    try:
        with opened(path) as file:
            return file.read()
    except PermissionError as error:
        raise Withheld(reason="list-withheld", path=str(path)) from error
    except (FileNotFoundError, NotADirectoryError):
        return None


def withheld(database: Database, configured: str | None = None) -> Path | None:
    """The folder of the keys, where the list of this record may not be read by whoever runs this."""
    row, folder = database.row(queries.SETTING, name=KEY_SETTING), folder_of(database, configured)
    try:
        content(list_of(folder, str(row[0]).partition("+")[0] if row else ""))
    except Withheld:
        return folder
    except OSError:  # whoever compares the list says so
        return None
    return None


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
    try:
        here = named.is_dir()
    except PermissionError:  # what lies in it is withheld
        here = True
    return named if here else _found(folders, database) or named


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
