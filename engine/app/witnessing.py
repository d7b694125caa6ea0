"""Asking the witnesses that the settings name, over HTTP, and keeping what they say."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from engine.audit import cosigning
from engine.audit.cosigning import WitnessSetup
from engine.audit.key_folder import folder_of
from engine.audit.seals import all_seals, key_in_force, last_seal, seal_number
from engine.audit.witness import request_in
from engine.audit.witnessed import Testimony, Word
from engine.errors import AuditBroken, NotPossible
from engine.notices.channels.http import Answer, asked
from engine.notices.channels.message import Undelivered
from engine.record.database import Database
from engine.rules.access import may_seal, must
from engine.rules.proof.checkpoint import Checkpoint, number
from engine.rules.proof.note import Note
from engine.rules.proof.seal import Seal
from engine.rules.proof.witness import CONFLICT, INCONSISTENT, Request

if TYPE_CHECKING:
    from engine.app.opening import AppContext  # a file is verified without any database driver

GOOD = 200

TRIES = 3
"""How often a witness is asked that says each time that it saw another size."""


def ask_witnesses(database: Database, folder: str | None, witnesses: Sequence[WitnessSetup]) -> tuple[int, list[str]]:
    """Sends the last seal to every witness that has not cosigned it yet. Returns how many cosigned it, and the names of those that did not
    answer, or know no key of it. Raises AuditBroken, once all of them were asked, where some saw another history, or more of it, or say
    each time that they saw another size.
    """
    seal = last_seal(database)
    if seal is None:
        return 0, []
    key_folder = folder_of(database, folder)
    notes = cosigning.kept(key_folder, seal.origin()).notes
    cosigned, silent, refused = 0, [], []
    wavering: list[str] = []
    for setup in witnesses:
        size = cosigning.last_size(notes, setup)
        if size > seal.size:  # it signed what is not here any more
            refused.append(setup.name)
        if setup.address is None or size >= seal.size:
            continue
        try:
            answer = _answer(database, setup.address, seal, size)
            if answer is None or answer.status in (INCONSISTENT, CONFLICT):
                (refused if answer is None or answer.status == INCONSISTENT else wavering).append(setup.name)
                continue
            if answer.status != GOOD or not cosigning.keep(key_folder, seal, answer.body.decode(), [setup]):
                raise NotPossible(reason="no-cosignature", n=seal.n)
            cosigned += 1
        except (Undelivered, NotPossible, ValueError):
            silent.append(setup.name)
    if refused:
        raise AuditBroken(reason="witness-refused", names=refused, n=seal.n)
    if wavering:
        raise AuditBroken(reason="witness-wavers", names=wavering, n=seal.n)
    return cosigned, silent


def seen(database: Database, folder: str | None, witnesses: Sequence[WitnessSetup], *, ask: bool) -> Testimony:
    """The checkpoints of a record that witnesses cosigned: those that were kept, and where they are asked what they saw last."""
    seal = last_seal(database)
    key_folder = folder_of(database, folder)
    in_force = key_in_force(database)
    if seal is None and in_force is None:
        return Testimony([], ())
    origin = seal.origin() if seal else str(in_force).partition("+")[0]
    kept = cosigning.kept(key_folder, origin)
    return Testimony([_word(setup, kept.notes, origin, ask=ask) for setup in witnesses], kept.unread)


def _word(setup: WitnessSetup, kept: Sequence[Note], origin: str, *, ask: bool) -> Word:
    """What one witness signed: as it was kept, and as it says itself."""
    if not ask or setup.address is None:
        return Word(setup, kept, None)
    try:
        said = said_by(setup.address, origin)
    except (Undelivered, ValueError):
        said = []
    return Word(setup, [*kept, *said], bool(said))


def said_by(address: str, name: str) -> list[Note]:
    """What a witness says that it saw last of a record of that name; nothing where it knows none. Raises Undelivered, and ValueError for
    what is no checkpoint of that record: somebody on the way may answer with what it signed of another one.
    """
    answer = asked(f"{address.rstrip('/')}/{sha256(name.encode()).hexdigest()}/checkpoint", None, {})
    if answer.status != GOOD:
        return []
    note = Note.parse(answer.body.decode())
    if Checkpoint.parse(note.text).origin != name:
        raise ValueError("a checkpoint of another record")
    return [note]


def request_to_carry(database: Database, n: int | None, size: int) -> Request:
    """What is carried by hand to a witness that saw so many events last. Raises NotPossible."""
    return cosigning.request_for(database, _seal(database, n), size)


def cosigned_note(database: Database, folder: str | None, n: int | None) -> tuple[Seal, Note]:
    """A seal, and its note with what witnesses signed of it. Raises NotPossible."""
    seal = _seal(database, n)
    note = seal.signed()
    return seal, Note(note.text, (*note.signatures, *cosigning.signed_seals(folder_of(database, folder), [seal]).get(note.text, ())))


def carried(app: AppContext, folder: str | None, witnesses: Sequence[WitnessSetup], path: Path) -> tuple[int, list[str]]:
    """Keeps what a witness signed that was asked by hand, of whichever seal. Returns its number, and which witnesses. Raises NotPermitted,
    NotPossible, InvalidFile.
    """
    must(may_seal, app.actor)
    text = request_in(path).decode(errors="replace")
    for seal in reversed(all_seals(app.database)):
        with suppress(NotPossible):
            if found := cosigning.keep(folder_of(app.database, folder), seal, text, witnesses):
                return seal.n, [setup.name for setup in found]
    raise NotPossible(reason="no-cosignature", n="-")


def _seal(database: Database, n: int | None) -> Seal:
    found = last_seal(database) if n is None else seal_number(database, n)
    if found is None:
        raise NotPossible(reason="no-such-seal", n=n)
    return found


def _answer(database: Database, address: str, seal: Seal, size: int) -> Answer | None:
    """What a witness says that is thought to have seen so many events last, else from the size that it says: somebody else may be asking it
    too. None where this record was never sealed at the size that it saw.
    """
    for _ in range(TRIES):
        try:
            request = cosigning.request_for(database, seal, size)
        except NotPossible:
            return None
        answer = asked(f"{address.rstrip('/')}/add-checkpoint", str(request).encode(), {"Content-Type": "text/plain"})
        if answer.status != CONFLICT:
            break
        size = number(answer.body.decode().rstrip("\n"))
    return answer
