"""A seal (存证): a checkpoint over every event up to an id, in a signed note of a published format. Nothing here reads or writes.

Any program that reads such notes can check one. What stands beside the note is ours: the number, the id of the last event, the time, and
the frontier from which the next tree grows. The entry `sealed` tells them, and the next seal covers that entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.rules.proof.chain import moment, stamp
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.note import Note, Verifier

CODE_BYTES = 10
"""80 bits: whoever wants another record with the same short form has to try about 2**80 of them."""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 signs: no I, L, O and U, which people misread."""

_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal. `upto` is the id of the last event it covers, `size` how many those are, `note` the signed note."""

    n: int
    upto: int
    size: int
    root: bytes
    frontier: bytes
    at: datetime
    note: str

    def signed(self) -> Note:
        """The note. Raises ValueError where it is none, or of another size or root than stand beside it."""
        note = Note.parse(self.note)
        found = Checkpoint.parse(note.text)
        if found.text() != note.text or (found.size, found.root) != (self.size, self.root):
            raise ValueError(f"seal {self.n}: another checkpoint was signed")
        return note

    def is_signed_by(self, keys: Collection[Verifier]) -> bool:
        """Whether one of these keys signed it, and none that is named did not."""
        try:
            return bool(self.signed().signers(keys))
        except ValueError:  # whoever seals or verifies says so
            return False

    def text(self) -> str:
        """What was signed."""
        text, parted, _ = self.note.rpartition("\n\n")
        return text + parted[:1]

    def origin(self) -> str:
        """Which log it is of, as its note says."""
        return self.note.partition("\n")[0]

    def checkpoint(self) -> Checkpoint:
        """The tree it is over, in the log that its note names."""
        return Checkpoint(self.origin(), self.size, self.root)

    def code(self) -> str:
        """The short form for letters: `12-7KQ4-9D3M-XW2P-0HTA`, the number and 80 bits of what was signed."""
        number = int.from_bytes(hashlib.sha256(self.text().encode()).digest()[:CODE_BYTES])
        signs = "".join(_SIGNS[number >> shift & 31] for shift in range(CODE_BYTES * 8 - 5, -1, -5))
        return "-".join([str(self.n), *(signs[start : start + 4] for start in range(0, len(signs), 4))])

    def tree(self) -> Frontier:
        """The tree as far as the next seal needs it. Raises ValueError where frontier, size and root do not belong together."""
        tree = Frontier.unpacked(self.size, self.frontier)
        if tree.root() != self.root:
            raise ValueError(f"seal {self.n}: the frontier leads to another root")
        return tree

    def to_json(self) -> dict[str, Any]:
        return {
            "n": self.n, "upto": self.upto, "size": self.size, "root": self.root.hex(), "frontier": self.frontier.hex(),
            "at": stamp(self.at), "note": self.note,
        }

    @classmethod
    def from_json(cls, node: dict[str, Any]) -> Seal:
        """The inverse of `to_json`. Raises KeyError, TypeError, ValueError."""
        found = cls(
            node["n"], node["upto"], node["size"], bytes.fromhex(node["root"]), bytes.fromhex(node["frontier"]), moment(node["at"]),
            node["note"],
        )
        found.note.encode()
        if found.to_json() != node or any(type(item) is not int for item in (found.n, found.upto, found.size)):
            raise ValueError("no seal")
        return found


def next_seal(last: Seal | None, tree: Frontier, upto: int, at: datetime, note: Note) -> Seal:
    """The seal that follows `last`; `note` is the signed checkpoint of the tree."""
    return Seal(last.n + 1 if last else 1, upto, tree.size, tree.root(), tree.packed(), at, str(note))


def same_code(typed: str, code: str) -> bool:
    """Whether a short form that a person copied is this one: small letters, blanks and what is easily misread do not matter."""
    return _normalized(typed) == _normalized(code)


def number_of_code(typed: str) -> int | None:
    """Which seal a short form belongs to."""
    number = typed.strip().partition("-")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def _normalized(code: str) -> str:
    return "".join(code.upper().translate(_MISREAD).replace("-", " ").split())
