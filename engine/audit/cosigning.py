"""What witnesses say of the seals of a record: what is asked of them, and what they answered, kept beside the key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from engine.audit import seals
from engine.audit.key_folder import Withheld, content, list_of
from engine.audit.noted import append
from engine.errors import NotPossible, ZgError, os_reason
from engine.record import queries
from engine.record.database import Database
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.merkle import consistency_proof
from engine.rules.proof.note import BadSignature, Note, Signature, Verifier
from engine.rules.proof.seal import Seal
from engine.rules.proof.witness import Request

SUFFIX = ".cosignatures"


@dataclass(frozen=True, slots=True)
class WitnessSetup:
    """A witness that the settings name: its key, and where it is asked; None where requests are carried by hand."""

    name: str
    key: Verifier
    address: str | None = None


def request_for(database: Database, seal: Seal, old: int) -> Request:
    """What a witness is asked that saw `old` events last. Reads what is new since. Raises NotPossible where no seal is of that size."""
    if old == 0:
        return Request(0, (), seal.signed())
    row = database.row(queries.SEAL_OF_SIZE, size=old)
    before = seals.seal_of(row) if row else None
    if before is None or before.n > seal.n:
        raise NotPossible(reason="no-seal-of-size", size=old)
    leaves = (hash_ for _, hash_ in seals.hashes(database, before.upto, seal.upto))
    return Request(old, consistency_proof(before.tree(), seal.size, leaves), seal.signed())


class Kept(NamedTuple):
    """The checkpoints of a record that witnesses cosigned, each with one cosignature, and the lines of the file that say none."""

    notes: Sequence[Note] = ()
    unread: Sequence[int] = ()


def kept(folder: Path, origin: str) -> Kept:
    """What was kept of what witnesses answered; nothing for whoever may not read it. What cannot be read is told, and says nothing. Raises
    ZgError where nothing of it can be read.
    """
    path = list_of(folder, origin).with_suffix(SUFFIX)
    try:
        lines = (content(path) or b"").split(b"\n")[:-1]
    except Withheld:
        return Kept()
    except OSError as error:
        raise ZgError(reason="list-unreadable", path=str(path), message=os_reason(error)) from error
    read = [_note(line, origin) for line in lines]
    return Kept([note for note in read if note is not None], [place for place, note in enumerate(read, 1) if note is None])


def _note(line: bytes, origin: str) -> Note | None:
    """What a line says; None for one that says nothing of the record of this name."""
    try:
        size, root, said, cosignature = line.decode().split(" ", 3)
        if said != origin:
            return None
        return Note(Checkpoint.parse(f"{origin}\n{size}\n{root}\n").text(), (Signature.parse(cosignature),))
    except ValueError:
        return None


def keep(folder: Path, seal: Seal, answer: str, witnesses: Iterable[WitnessSetup]) -> list[WitnessSetup]:
    """Keeps of an answer what known witnesses signed, and says which. Raises NotPossible where one of them did not sign this seal."""
    text = seal.signed().text
    by_key = {(setup.key.name, setup.key.id): setup for setup in witnesses}
    found: list[WitnessSetup] = []
    lines: list[str] = []
    try:
        for signature in Note.parse(f"{text}\n{answer}").signatures:
            setup = by_key.get((signature.name, signature.id))
            if setup is None:
                continue
            Note(text, (signature,)).signers([setup.key])
            origin, size, root = text.split("\n")[:3]
            lines.append(f"{size} {root} {origin} {signature.line}")
            found.append(setup)
    except ValueError:
        raise NotPossible(reason="no-cosignature", n=seal.n) from None
    if lines:
        append(list_of(folder, seal.origin()).with_suffix(SUFFIX), "".join(lines))
    return found


def signed_seals(folder: Path, made: Iterable[Seal]) -> dict[str, list[Signature]]:
    """What witnesses signed of these seals, by the text they signed; the last word of each witness."""
    found: dict[str, dict[tuple[str, bytes], Signature]] = {}
    for note in (note for origin in {seal.origin(): None for seal in made} for note in kept(folder, origin).notes):
        found.setdefault(note.text, {}).update(((signature.name, signature.id), signature) for signature in note.signatures)
    return {text: list(by_key.values()) for text, by_key in found.items()}


def last_size(notes: Sequence[Note], setup: WitnessSetup) -> int:
    """How large the record was when a witness saw it last, as far as its answers were kept."""
    return max((Checkpoint.parse(note.text).size for note in signed_by(notes, setup)), default=0)


class Behind(NamedTuple):
    """A witness that did not cosign what was sealed lately: how many seals, and since when."""

    name: str
    seals: int
    since: datetime


def behind(made: Sequence[Seal], folder: Path, witnesses: Iterable[WitnessSetup]) -> Iterator[Behind]:
    """The witnesses that have not cosigned the last seal of a record, as far as their answers were kept."""
    notes = kept(folder, made[-1].origin()).notes if made else ()
    for setup in witnesses:
        unseen = [seal for seal in made if seal.size > last_size(notes, setup)]
        if unseen:
            yield Behind(setup.name, len(unseen), unseen[0].at)


def signed_by(notes: Iterable[Note], setup: WitnessSetup) -> Iterator[Note]:
    """The notes that a witness signed."""
    for note in notes:
        with suppress(BadSignature):
            if note.signers([setup.key]):
                yield note
