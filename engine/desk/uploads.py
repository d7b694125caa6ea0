"""Files that somebody sent in to be looked at before they are entered: kept between one page and the next, few for each account, for a day.

They are nothing of the record: no event cites them, and what is entered from them is kept as evidence by whoever enters it.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from engine.desk.filing import names_for
from engine.errors import NotFound
from engine.record.database import Database
from engine.record.evidence import FOLDER_MODE, folder_of
from engine.rules.access import Actor

MOST = 5
"""Uploads that an account may have at once; the oldest gives way."""

KEPT_SECONDS = 24 * 3600.0
LONGEST_NAME = 60
"""In characters: four bytes each still fit into what a file may be called."""

TOKEN = re.compile(r"[\w-]{22}")
BESIDE = ".uploads"


@dataclass(frozen=True, slots=True)
class Upload:
    """Files that were sent in together, in a folder of their own, under the names that their owner gave them."""

    token: str
    folder: Path

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(sorted(self.folder.iterdir()))


def keep(database: Database, actor: Actor, files: Sequence[tuple[Path, str]]) -> Upload:
    """Keeps files, each with the name that it came under, and a number behind it where another has that; the files themselves are moved.
    What is too old, or one too many, goes.
    """
    own = _own(database, actor)
    _sweep(own.parent)
    for old in _by_age(own)[:1 - MOST]:
        shutil.rmtree(old, ignore_errors=True)
    token = secrets.token_urlsafe(16)
    folder = own / token
    own.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE)
    for place, (path, name) in enumerate(files):
        shutil.move(path, next(free for each in names_for(_safe(name, place)) if not (free := folder / each).exists()))
    return Upload(token, folder)


def kept(database: Database, actor: Actor, token: str) -> Upload:
    """What an account sent in under a token. Raises NotFound for what is another's, or gone."""
    folder = _own(database, actor) / token
    if TOKEN.fullmatch(token) is None or not folder.is_dir() or _is_old(folder):
        raise NotFound(reason="upload-gone")
    return Upload(token, folder)


def _own(database: Database, actor: Actor) -> Path:
    """The folder of one account: no account's name is a path."""
    evidence = folder_of(database)
    return evidence.with_name(evidence.name + BESIDE) / sha256(actor.name.encode()).hexdigest()[:32]


def _sweep(place: Path) -> None:
    """Removes what is too old, whosever it is."""
    for folder in place.glob("*/*"):
        if _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _by_age(own: Path) -> list[Path]:
    """The uploads of an account, the oldest first."""
    return sorted(own.glob("*"), key=lambda folder: folder.stat().st_mtime)


def _is_old(folder: Path) -> bool:
    """By the time of the machine: a sandbox's clock stands still."""
    return time.time() - folder.stat().st_mtime > KEPT_SECONDS


def _safe(name: str, place: int) -> str:
    """The name of a file without anything that leads elsewhere; photos are found by their names beside a sheet."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(char for char in last if char.isprintable()).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    short = f"{stem[:LONGEST_NAME - 6]}.{ending[:5]}" if dot else plain[:LONGEST_NAME]
    return short if short.strip(".") else f"file-{place}"
