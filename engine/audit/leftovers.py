"""What a backup, a restore, an export or a change of keys left lying that was killed: the doctor finds it, and removes it if asked."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from engine.audit import key as keys
from engine.audit import outfile
from engine.audit.seals import administrative, key_in_force
from engine.record.database import Database
from engine.record.evidence import folder_of
from engine.record.regular import opened
from engine.rules.proof.keys import Keys

SCRATCH = ".zg-writing-"
"""With what the name of a folder begins in which a backup or a restored file is made."""

HELD = "held"
"""The file in it that whoever works there holds locked: the lock goes with the process."""

BEGINNING_SECONDS = 3600
"""A folder without that file is being begun, unless it is older than this."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that lies there. `removable`: nobody needs it any more; anything else is for people to judge."""

    path: Path
    removable: bool


@contextmanager
def scratch_folder(target: Path) -> Iterator[Path]:
    """A folder beside the target, gone at the end; what others left there that were killed goes too."""
    parent = target.absolute().parent
    for path in abandoned(parent):
        shutil.rmtree(path, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=f"{SCRATCH}{target.name}-") as folder, (Path(folder) / HELD).open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield Path(folder)


def abandoned(parent: Path) -> list[Path]:
    """The folders of that kind in which nobody works any more."""
    return [path for path in sorted(parent.glob(f"{SCRATCH}*")) if path.is_dir() and not path.is_symlink() and not _is_held(path)]


def _is_held(folder: Path) -> bool:
    try:
        with opened(folder / HELD) as held:  # whoever may write here may put anything under that name
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return folder.exists() and time.time() - folder.stat().st_mtime < BEGINNING_SECONDS
    except OSError:  # somebody has the lock, this place knows none, or it is no file of ours
        return True


def left_over(database: Database, key_folder: Path) -> list[Leftover]:
    """Everything of the kind that lies beside the database, among its files and keys, and where the command is run, inside a snapshot."""
    places = {folder_of(database), *([database.path.absolute().parent] if database.path is not None else [])}
    with suppress(FileNotFoundError):  # somebody removed the folder in which this is run
        places.add(Path.cwd())
    found = sorted(path for place in places for path in (*abandoned(place), *outfile.abandoned(place)))
    return [*(Leftover(path, True) for path in found), *_keys(database, key_folder)]


def remove(leftovers: list[Leftover]) -> list[Path]:
    """Removes what may go, and returns what went."""
    gone = [item.path for item in leftovers if item.removable]
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return [path for path in gone if not path.exists()]


def _keys(database: Database, key_folder: Path) -> Iterator[Leftover]:
    """Files of keys that are not in force. Only one that itself signed who follows it may go: a record that somebody put back, or
    changed, does not know the right key, and its file is all there is.
    """
    in_force = key_in_force(database)
    found = {verifier: path for verifier, path in keys.all_of(key_folder).items() if verifier != in_force}
    if not found:
        return
    told = Keys()
    told.read(administrative(database))
    for verifier, path in found.items():
        yield Leftover(path, verifier in told.passed_on)
