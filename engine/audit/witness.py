"""A witness: on a machine of its own it keeps the last checkpoint that it saw of each record it knows, and cosigns one that grew from it.

Its store is a folder: its key, the keys of the records that it trusts, and of each record the last note. Comparing and keeping is one step
under a lock, and what is kept is on the disk before anybody hears of it (C2SP tlog-witness).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from engine.audit import key as keys
from engine.audit.key import FILE_MODE, Key
from engine.errors import InvalidFile, NotPossible, Problem, UsageError, os_problem, os_reason
from engine.record.evidence import flush_folder
from engine.record.regular import opened
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.keys import verifier
from engine.rules.proof.note import COSIGNATURE, MOST_SIGNATURES, Note, Verifier, checked_name
from engine.rules.proof.witness import BAD_REQUEST, CONFLICT, Refused, Request, verdict

TRUSTED, LOCK = "trusted", "lock"
GOOD = 200

MOST_BYTES = 64 * 1024
"""A request with 63 steps and 64 signatures has less."""

SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness says to a request."""

    status: int
    body: str = ""
    type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness with its store and its key."""

    folder: Path
    key: Key

    def trusted(self) -> list[Verifier]:
        """The keys of the records that it knows."""
        try:
            lines = (self.folder / TRUSTED).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        try:
            return [Verifier.parse(line) for line in lines]
        except ValueError as error:
            raise InvalidFile(file=str(self.folder / TRUSTED), problems=[Problem("witness-store")]) from error

    def trust(self, text: str) -> None:
        """Takes another key into those that are trusted. Raises UsageError for what is none."""
        known = verifier(text.strip())
        if known is None:
            raise UsageError(reason="usage-key")
        with self._locked():
            if known not in (there := self.trusted()):
                self._keep(self.folder / TRUSTED, "".join(f"{key}\n" for key in (*there, known)))

    def answer(self, body: bytes, now: int) -> Answer:
        """Cosigns the checkpoint of a request, or says why not. `now` is the time in seconds since 1970."""
        try:
            request = Request.parse(body.decode())
        except ValueError:
            return Answer(BAD_REQUEST)
        with self._locked():
            place = self._place(request.note.text.partition("\n")[0])
            last = self._last(place)
            found = verdict(request, self.trusted(), Checkpoint.parse(last.text) if last else None)
            if isinstance(found, Refused):
                return Answer(found.status, f"{found.size}\n", SIZE_TYPE) if found.status == CONFLICT else Answer(found.status)
            mine = self.key.cosign(request.note.text, now)
            theirs = request.note.signed_by(key for key in self.trusted() if key.name == found.origin)
            self._keep(place, str(Note(request.note.text, (*theirs[: MOST_SIGNATURES - 1], mine))))
        return Answer(GOOD, mine.line)

    def checkpoint(self, origin_hash: str) -> str | None:
        """The last note that it cosigned of a record, by the SHA-256 of the record's name; None where it knows none."""
        if len(origin_hash) != 2 * sha256().digest_size or not set(origin_hash) <= set("0123456789abcdef"):
            return None
        last = self._last(self.folder / f"{origin_hash}.note")
        return str(last) if last else None

    def _place(self, origin: str) -> Path:
        return self.folder / f"{sha256(origin.encode()).hexdigest()}.note"

    def _last(self, place: Path) -> Note | None:
        try:
            found = Note.parse(place.read_text(encoding="utf-8"))
            Checkpoint.parse(found.text)
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise InvalidFile(file=str(place), problems=[Problem("witness-store")]) from error
        return found

    def damaged(self) -> list[Path]:
        """The notes in its store that cannot be read, so that it cosigns nothing of their records."""
        return [place for place in sorted(self.folder.glob("*.note")) if self._is_damaged(place)]

    def _is_damaged(self, place: Path) -> bool:
        try:
            self._last(place)
        except InvalidFile:
            return True
        return False

    def _keep(self, place: Path, text: str) -> None:
        """Puts a file in the place of another as a whole, and has it on the disk."""
        new = place.with_name(f".{place.name}.new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(place)
        flush_folder(self.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time, whichever process."""
        with (self.folder / LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def open_witness(folder: Path, name: str | None = None) -> Witness:
    """The witness whose store this is; a new one where a name is given and nothing is there yet. Raises NotPossible, UsageError."""
    try:
        found = [key for key in keys.all_of(folder) if key.kind == COSIGNATURE]
        if found:
            return Witness(folder, keys.read(folder, found[0]))
        if name is None:
            raise NotPossible(reason="witness-unnamed", path=str(folder))
        return Witness(folder, keys.make(folder, _checked(name), COSIGNATURE))
    except OSError as error:
        raise NotPossible(reason="file-unusable", path=str(folder), message=os_reason(error)) from error


def request_in(path: Path) -> bytes:
    """A request that was carried by hand. Raises InvalidFile."""
    try:
        with opened(path) as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise InvalidFile(file=path.name, problems=[os_problem(error)]) from error


def _checked(name: str) -> str:
    try:
        return checked_name(name)
    except ValueError:
        raise UsageError(reason="usage-witness-name") from None
