"""What a witness asks of a checkpoint before it cosigns it (C2SP tlog-witness): a key it trusts signed it, and it grew from the one the
witness saw last. Its word is then: this is the largest tree of that log that I have seen.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass

from engine.rules.proof.checkpoint import Checkpoint, number
from engine.rules.proof.merkle import EMPTY_ROOT, HASH_BYTES, consistent
from engine.rules.proof.note import BadSignature, Note, Verifier
from engine.rules.proof.packed import unpacked

MOST_STEPS = 63
"""No tree of 2**63 leaves needs a longer proof."""

BAD_REQUEST, UNTRUSTED, UNKNOWN_LOG, CONFLICT, INCONSISTENT = 400, 403, 404, 409, 422


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint, and what shows that it grew from one of another size."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        """The body that is posted, or carried by hand."""
        steps = "".join(f"{b64encode(step).decode()}\n" for step in self.proof)
        return f"old {self.old}\n{steps}\n{self.note}"

    @classmethod
    def parse(cls, text: str) -> Request:
        """The inverse of `str`. Raises ValueError."""
        head, parted, note = text.partition("\n\n")
        first, *steps = head.split("\n")
        proof = tuple(unpacked(step) for step in steps)
        if not parted or not first.startswith("old ") or len(proof) > MOST_STEPS or any(len(step) != HASH_BYTES for step in proof):
            raise ValueError("no request")
        return cls(number(first.removeprefix("old ")), proof, Note.parse(note))


@dataclass(frozen=True, slots=True)
class Refused:
    """A status of HTTP; where the sizes are in conflict, which one the witness saw last."""

    status: int
    size: int | None = None


def verdict(request: Request, trusted: Collection[Verifier], last: Checkpoint | None) -> Checkpoint | Refused:
    """The checkpoint that may be cosigned, or why it may not. `trusted` are the keys of all logs that the witness knows, each under the
    name of its log; `last` is what it cosigned last of this one.
    """
    try:
        found = Checkpoint.parse(request.note.text)
    except ValueError:
        return Refused(BAD_REQUEST)
    keys = [key for key in trusted if key.name == found.origin]
    if not keys:
        return Refused(UNKNOWN_LOG)
    try:
        if not request.note.signers(keys):
            return Refused(UNTRUSTED)
    except BadSignature:
        return Refused(UNTRUSTED)
    if request.old > found.size:
        return Refused(BAD_REQUEST)
    size = last.size if last else 0
    if request.old != size:
        return Refused(CONFLICT, size)
    return found if _grew(last, found, request.proof) else Refused(INCONSISTENT)


def _grew(last: Checkpoint | None, found: Checkpoint, proof: tuple[bytes, ...]) -> bool:
    if found.size == 0 and found.root != EMPTY_ROOT:
        return False
    if last is None or last.size == 0:
        return not proof
    return consistent(last.size, last.root, found.size, found.root, proof)
