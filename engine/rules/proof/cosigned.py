"""What witnesses signed of the seals in a file, by keys that somebody knows. What others signed is nobody's business and ignored."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.rules.proof.finding import Finding
from engine.rules.proof.note import MOST_SIGNATURES, Note, Signature, Verifier
from engine.rules.proof.seal import Seal

Lines = tuple[Signature, ...]
"""The signatures under one seal."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The last seal that a witness signed, and when it did."""

    witness: Verifier
    seal: Seal
    at: datetime


def parsed(lines: object) -> Lines:
    """The signatures of a file under one seal. Raises ValueError."""
    if not isinstance(lines, list) or len(lines) > MOST_SIGNATURES:
        raise ValueError("no lines of signatures")
    return tuple(Signature.parse(line) for line in lines)


def cosigned(seals: Sequence[Seal], lines: Sequence[Lines], witnesses: Collection[Verifier]) -> Generator[Finding, None, list[Cosigned]]:
    """The last seal that each of these witnesses signed. Who signed none is found, and a name under what its key did not sign."""
    found: dict[Verifier, Cosigned] = {}
    for seal, signed in zip(seals, lines, strict=True):
        for signature in signed:
            known = next((key for key in witnesses if (key.name, key.id) == (signature.name, signature.id)), None)
            if known is None:
                continue
            try:
                Note(seal.signed().text, (signature,)).signers([known])
                found[known] = Cosigned(known, seal, datetime.fromtimestamp(signature.time, UTC))
            except (ValueError, OverflowError):
                yield Finding("cosignature", field=known.name, seal=seal.n)
    yield from (Finding("unwitnessed", field=key.name) for key in witnesses if key not in found)
    return list(found.values())
