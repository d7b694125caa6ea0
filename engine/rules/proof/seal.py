"""A seal (存证): a signed tree head over every event up to an id, chained to the seal before it. Nothing here reads or writes.

The signed body is canonical JSON, so that any other program can check a seal with SHA-256 and Ed25519 alone. The next seal and the short
form (存证码) are taken over body and signature together.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from engine.rules.proof.chain import canonical, moment, stamp
from engine.rules.proof.merkle import Frontier

SEAL_VERSION = 1
FIRST = bytes(32)
"""What the first seal links to."""

CODE_BYTES = 10
"""80 bits: whoever wants another record with the same short form has to try about 2**80 of them."""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 signs: no I, L, O and U, which people misread."""

_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal. `upto` is the id of the last event it covers, `size` how many those are, `key` the public key in hex."""

    n: int
    upto: int
    size: int
    root: bytes
    frontier: bytes
    previous: bytes
    at: datetime
    key: str
    signature: bytes = b""

    def body(self) -> str:
        """What is signed."""
        return canonical({
            "at": stamp(self.at), "frontier": self.frontier.hex(), "key": self.key, "n": self.n, "previous": self.previous.hex(),
            "root": self.root.hex(), "size": self.size, "upto": self.upto, "v": SEAL_VERSION,
        })

    def link(self) -> bytes:
        """The hash by which the next seal names this one."""
        return hashlib.sha256(self.body().encode() + self.signature).digest()

    def code(self) -> str:
        """The short form for letters: `12-7KQ4-9D3M-XW2P-0HTA`."""
        number = int.from_bytes(self.link()[:CODE_BYTES])
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
            "previous": self.previous.hex(), "at": stamp(self.at), "key": self.key, "signature": self.signature.hex(),
        }

    @classmethod
    def from_json(cls, node: dict[str, Any]) -> Seal:
        """The inverse of `to_json`. Raises KeyError, TypeError, ValueError."""
        packed = {name: bytes.fromhex(node[name]) for name in ("root", "frontier", "previous", "signature")}
        return cls(int(node["n"]), int(node["upto"]), int(node["size"]), at=moment(node["at"]), key=str(node["key"]), **packed)


def next_seal(last: Seal | None, tree: Frontier, upto: int, at: datetime, key: str) -> Seal:
    """The seal that follows `last`, not yet signed."""
    return Seal(
        last.n + 1 if last else 1, upto, tree.size, tree.root(), tree.packed(), last.link() if last else FIRST, at, key,
    )


def same_code(typed: str, code: str) -> bool:
    """Whether a short form that a person copied is this one: small letters, blanks and what is easily misread do not matter."""
    return _normalized(typed) == _normalized(code)


def number_of_code(typed: str) -> int | None:
    """Which seal a short form belongs to."""
    number = typed.strip().partition("-")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def _normalized(code: str) -> str:
    return "".join(code.upper().translate(_MISREAD).replace("-", " ").split())


def handover(old: str, new: str) -> str:
    """The text that the old key signs when another key takes its place."""
    return canonical({"key": new, "replaces": old, "v": SEAL_VERSION})


def signed_by(key: str, text: str, signature: bytes) -> bool:
    """Whether this public key (hex) signed the text."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
