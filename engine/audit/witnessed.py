"""What witnesses say of a record that is verified: which of its seals each of them saw last, and whether one of them saw another record."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from engine.audit.cosigning import WitnessSetup, signed_by
from engine.errors import Reason
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.finding import Finding
from engine.rules.proof.note import Note
from engine.rules.proof.seal import Seal


class Word(NamedTuple):
    """The checkpoints of a record that bear the name of a witness, as they were kept and as it says itself. Whether it answered; None where
    nobody asked it.
    """

    setup: WitnessSetup
    notes: Sequence[Note]
    answered: bool | None


class Testimony(NamedTuple):
    """What all of them said, and the lines of what was kept that cannot be read."""

    words: Sequence[Word]
    unread: Sequence[int]


class Witnessed(NamedTuple):
    """The last seal of a record that a witness signed, and when; None where it signed none. How many events were sealed after it, and
    whether the witness answered.
    """

    name: str
    seal: int | None
    at: datetime | None
    after: int
    answered: bool | None


def witness_findings(made: Sequence[Seal], said: Testimony, demanded: int) -> Generator[Finding, None, list[Witnessed]]:
    """Where a witness saw another record than this one, and where fewer than are demanded signed its last seal: an earlier one says nothing
    of what was sealed after it, however many signed it.
    """
    found: list[Witnessed] = []
    yield from (Finding("cosignature-line", field=str(place)) for place in said.unread)
    for word in said.words:
        there, elsewhere = _compared(made, word)
        if elsewhere:
            yield Finding("witness", field=word.setup.name)
        if any(note.signed_by([word.setup.key]) and not list(signed_by([note], word.setup)) for note in word.notes):
            yield Finding("cosignature", field=word.setup.name)
        found.append(there)
    behind = [item for item in found if not made or item.seal != made[-1].n]
    if len(found) - len(behind) < demanded:
        yield Finding("witnesses", field=f"{len(found) - len(behind)}/{demanded}")
        yield from map(_behind, behind)
    return found


def _compared(made: Sequence[Seal], word: Word) -> tuple[Witnessed, bool]:
    """What a witness saw of these seals, and whether it saw others."""
    there = {seal.checkpoint(): seal for seal in made}
    last, at, elsewhere = None, 0, False
    for note in signed_by(word.notes, word.setup):
        seal = there.get(Checkpoint.parse(note.text))
        if seal is None:
            elsewhere = True
        elif last is None or seal.n >= last.n:
            signed = max(line.time for line in note.signed_by([word.setup.key]))
            last, at = seal, max(signed, at if last is seal else 0)
    size = made[-1].size if made else 0
    if last is None:
        return Witnessed(word.setup.name, None, None, size, word.answered), elsewhere
    return Witnessed(word.setup.name, last.n, datetime.fromtimestamp(at, UTC), size - last.size, word.answered), elsewhere


def _behind(item: Witnessed) -> Finding:
    """A witness that did not sign the last seal."""
    code = "witness-silent" if item.answered is False else "witness-none" if item.seal is None else "witness-late"
    return Finding("witness-behind", field=item.name, seal=item.seal, why=Reason(code, {"after": item.after}))
