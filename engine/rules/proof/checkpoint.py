"""Checkpoints (C2SP tlog-checkpoint): which log, how many leaves it has, and the root of their tree. A seal is one, in a signed note."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from engine.rules.proof.merkle import HASH_BYTES
from engine.rules.proof.packed import unpacked

LARGEST_SIZE = 2**63


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tree of a log at one size. `origin` names the log."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The inverse of `text`; lines after the third are allowed and ignored. Raises ValueError."""
        origin, size, root, *more = text.split("\n")
        found = cls(origin, number(size), unpacked(root))
        if not origin or len(found.root) != HASH_BYTES or more[-1:] != [""] or "" in more[:-1]:
            raise ValueError("no checkpoint")
        return found


def number(text: str) -> int:
    """A size in decimal. Raises ValueError for any other spelling, and for what no log can have."""
    if not (text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST_SIZE)) and str(int(text)) == text):
        raise ValueError("no size")
    return int(text)
