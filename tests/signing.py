"""Keys that tests seal with: made of nothing secret, so that whoever needs the same key again has it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit.key import Key

ORIGIN = "zg/ZG/0123456789abcdef"


def key_of(seed: int, origin: str = ORIGIN) -> Key:
    return Key(origin, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


FIRST = key_of(1)
"""The key of a record that a test makes."""
