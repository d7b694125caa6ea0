"""A witness: on a machine of its own it keeps the last checkpoint that it saw of each record it knows, and cosigns one that grew from it.

Its store is a folder: its keys, one of each kind of signature, the keys of the records that it trusts, and of each record the last note.
Comparing and keeping is one step under a lock, and what is kept is on the disk before anybody hears of it (C2SP tlog-witness).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm

from engine.audit import key as keys
from engine.audit.key import FILE_MODE, Key
from engine.errors import InvalidFile, NotPossible, Problem, UsageError, os_problem, os_reason
from engine.record.evidence import flush_folder
from engine.record.regular import opened
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.cosignature import COSIGNATURES
from engine.rules.proof.keys import verifier
from engine.rules.proof.note import MOST_SIGNATURES, Note, Verifier, checked_name
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
    """A witness with its store and its keys: it signs with each, and whoever knows one of them checks that one."""

    folder: Path
    keys: tuple[Key, ...]

    def trusted(self) -> list[Verifier]:
        """The keys of the records that it knows. A line that says none is none: nothing is cosigned because of it."""
        return [key for key in map(_verifier, self._trusted_lines()) if key is not None]

    def _trusted_lines(self) -> list[bytes]:
        try:
            return (self.folder / TRUSTED).read_bytes().splitlines()
        except FileNotFoundError:
            return []

    def trust(self, text: str) -> None:
        """Takes another key into those that are trusted. Raises UsageError for what is none."""
        known = verifier(text.strip())
        if known is None:
            raise UsageError(reason="usage-key")
        with self._locked():
            if known not in self.trusted():
                self._keep(self.folder / TRUSTED, b"".join(line + b"\n" for line in (*self._trusted_lines(), str(known).encode())))

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
            mine = [key.cosign(request.note.text, now) for key in self.keys]
            theirs = request.note.signed_by(key for key in self.trusted() if key.name == found.origin)
            self._keep(place, str(Note(request.note.text, (*theirs[: MOST_SIGNATURES - len(mine)], *mine))).encode())
        return Answer(GOOD, "".join(signature.line for signature in mine))

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
        """The files of its store that cannot be read, so that it cosigns nothing of their records: notes, and the list of trusted keys
        where a line of it says none.
        """
        unread = [self.folder / TRUSTED] if None in map(_verifier, self._trusted_lines()) else []
        return [*unread, *(place for place in sorted(self.folder.glob("*.note")) if self._is_damaged(place))]

    def _is_damaged(self, place: Path) -> bool:
        try:
            self._last(place)
        except InvalidFile:
            return True
        return False

    def _keep(self, place: Path, content: bytes) -> None:
        """Puts a file in the place of another as a whole, and has it on the disk."""
        new = place.with_name(f".{place.name}.new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
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
    """The witness whose store this is; where a name is given it is made, or what is missing of it. Raises NotPossible, UsageError."""
    try:
        found = {key.kind: keys.read(folder, key) for key in keys.all_of(folder) if key.kind in COSIGNATURES}
        if not found and name is None:
            raise NotPossible(reason="witness-unnamed", path=str(folder))
        if name is not None and {key.name for key in found.values()} <= {_checked(name)}:
            for kind in sorted(COSIGNATURES - found.keys()):
                with suppress(UnsupportedAlgorithm):  # an old OpenSSL knows no ML-DSA
                    found[kind] = keys.make(folder, name, kind)
        return Witness(folder, tuple(key for _, key in sorted(found.items())))
    except OSError as error:
        raise NotPossible(reason="file-unusable", path=str(folder), message=os_reason(error)) from error


def _verifier(line: bytes) -> Verifier | None:
    try:
        return Verifier.parse(line.decode())
    except ValueError:
        return None


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
