"""Keys that tests seal with: made of nothing secret, so that whoever needs the same key again has it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from engine.audit.key import Key
from engine.rules.proof.cosignature import COSIGNATURE, ML_DSA_COSIGNATURE

ORIGIN = "zg/ZG/0123456789abcdef"


def key_of(seed: int, origin: str = ORIGIN) -> Key:
    return Key(origin, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def witness_of(seed: int, name: str) -> Key:
    """The key of a witness."""
    return Key(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32), COSIGNATURE)


def quantum_witness_of(seed: int, name: str) -> Key:
    """The key of a witness that signs with ML-DSA-44."""
    return Key(name, MLDSA44PrivateKey.from_seed_bytes(bytes([seed]) * 32), ML_DSA_COSIGNATURE)


FIRST = key_of(1)
"""The key of a record that a test makes."""
