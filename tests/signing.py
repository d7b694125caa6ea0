"""Keys that tests seal with: made of nothing secret, so that whoever needs the same key again has it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit.key import Key
from engine.rules.proof.note import COSIGNATURE

ORIGIN = "zg/ZG/0123456789abcdef"


def key_of(seed: int, origin: str = ORIGIN) -> Key:
    return Key(origin, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def witness_of(seed: int, name: str) -> Key:
    """The key of a witness."""
    return Key(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32), COSIGNATURE)


FIRST = key_of(1)
"""The key of a record that a test makes."""
