"""Signed notes (C2SP signed-note): a text, and under it signatures by name and key. What the text says is no business of this module.

Signatures by keys that nobody asked about are ignored, so that another algorithm can sign beside ours: its line has a key id of its own.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from engine.rules.proof.cosignature import COSIGNATURE, COSIGNATURES, ML_DSA_COSIGNATURE, TIME_BYTES, signed_by_witness
from engine.rules.proof.packed import unpacked

ED25519 = 0x01
"""The type of signatures over the text alone; those of witnesses have others."""

MOST_SIGNATURES = 64
"""More lines than these are no note of ours; the format demands that sixteen are read."""

_ID_BYTES, _KEY_BYTES = 4, 32
_DASH = "\u2014 "


_PRIME = 2**255 - 19
_TWISTED = int("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16)
LOW_ORDER = frozenset({0, 1, _PRIME - 1, _PRIME, _PRIME + 1, _TWISTED, _PRIME - _TWISTED})
"""Points whose multiples are eight at most, by their y: under such a key a signature can hold of any text, so it is no key."""


class BadSignature(ValueError):
    """A key that is known, and did not sign this."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with the name it signs under and the type of its signatures."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """The published form: name, key id and key."""
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"

    @classmethod
    def parse(cls, text: object) -> Verifier:
        """The inverse of `str`. Raises ValueError for anything else, and for types that are not known here."""
        name, id_, key = text.split("+", 2) if isinstance(text, str) and text.count("+") >= 2 else ("", "", "")
        packed = unpacked(key)
        found = cls(checked_name(name), packed[0] if packed else 0, packed[1:])
        if found.id.hex() != id_ or not _is_key(found.kind, found.public):
            raise ValueError("no verifier key")
        return found

    def signed(self, text: str, value: bytes) -> bool:
        """Whether this key made the signature of a text."""
        message = text.encode()
        try:
            if self.kind in COSIGNATURES:
                time, value = value[:TIME_BYTES], value[TIME_BYTES:]
                message = signed_by_witness(self.kind, self.name, text, int.from_bytes(time))
            _public(self.kind, self.public).verify(value, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note."""

    name: str
    id: bytes
    value: bytes

    @property
    def line(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.id + self.value).decode()}\n"

    @property
    def time(self) -> int:
        """When a witness signed, in seconds since 1970."""
        return int.from_bytes(self.value[:TIME_BYTES])

    @classmethod
    def parse(cls, line: str) -> Signature:
        """The inverse of `line`, without its end. Raises ValueError."""
        dash, (name, _, packed) = line[: len(_DASH)], line[len(_DASH) :].partition(" ")
        signed = unpacked(packed)
        if dash != _DASH or len(signed) <= _ID_BYTES:
            raise ValueError("no line of a signature")
        return cls(checked_name(name), signed[:_ID_BYTES], signed[_ID_BYTES:])

    @classmethod
    def by(cls, key: Verifier, value: bytes) -> Signature:
        return cls(key.name, key.id, value)


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}"

    @classmethod
    def parse(cls, text: str) -> Note:
        """The inverse of `str`. Raises ValueError for what is no note."""
        if any(sign < " " and sign != "\n" for sign in text):
            raise ValueError("a note holds no control characters")
        head, parted, lines = text.rpartition("\n\n")
        if not parted or not lines.endswith("\n") or lines.count("\n") > MOST_SIGNATURES:
            raise ValueError("a note has one to sixty-four signatures")
        head.encode()  # half of a character is no text
        return cls(f"{head}\n", tuple(Signature.parse(line) for line in lines[:-1].split("\n")))

    def signers(self, known: Collection[Verifier]) -> list[Verifier]:
        """Which of these keys signed it; signatures of others are ignored. Raises BadSignature where one is named and did not sign."""
        by_id = {(key.name, key.id): key for key in known}
        found: list[Verifier] = []
        for signature in self.signatures:
            key = by_id.get((signature.name, signature.id))
            if key is None:
                continue
            if not key.signed(self.text, signature.value):
                raise BadSignature(str(key))
            found.append(key)
        return found

    def signed_by(self, known: Iterable[Verifier]) -> tuple[Signature, ...]:
        """The lines that name these keys, one of each however often it stands there: what is kept of a stranger's note."""
        names = {(key.name, key.id) for key in known}
        lines = {(line.name, line.id): line for line in reversed(self.signatures) if (line.name, line.id) in names}
        return tuple(reversed(lines.values()))


def _public(kind: int, public: bytes) -> Ed25519PublicKey | MLDSA44PublicKey:
    """The key that checks signatures of a type. Raises ValueError for bytes that are none."""
    return MLDSA44PublicKey.from_public_bytes(public) if kind == ML_DSA_COSIGNATURE else Ed25519PublicKey.from_public_bytes(public)


def _is_key(kind: int, public: bytes) -> bool:
    """Whether bytes are a key of a type that is known here, and can be checked on this machine: an old OpenSSL knows no ML-DSA."""
    if kind in (ED25519, COSIGNATURE):
        return len(public) == _KEY_BYTES and not _is_weak(public)
    try:
        return kind == ML_DSA_COSIGNATURE and _public(kind, public) is not None
    except (ValueError, UnsupportedAlgorithm):
        return False


def _is_weak(public: bytes) -> bool:
    """Whether a key is a point of low order, whichever sign it is written with."""
    return int.from_bytes(public, "little") & (2**255 - 1) in LOW_ORDER


def checked_name(name: str) -> str:
    """The name of a key. Raises ValueError for what can be none."""
    if not name or "+" in name or any(sign.isspace() or sign < " " for sign in name):
        raise ValueError("no name of a key")
    name.encode()
    return name
