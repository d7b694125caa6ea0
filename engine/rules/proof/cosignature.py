"""What a witness signs of a checkpoint, and when (C2SP tlog-cosignature): of two kinds, by the type of its key.

Ed25519 signs a text of two lines and the whole checkpoint. ML-DSA-44 (FIPS 204), which the format recommends for new witnesses, signs a
structure that names the witness too, and of the checkpoint its first three lines.
"""

from __future__ import annotations

from engine.rules.proof.checkpoint import Checkpoint

COSIGNATURE, ML_DSA_COSIGNATURE = 0x04, 0x06
"""The types of a witness's signatures."""

COSIGNATURES = {COSIGNATURE: "ed25519", ML_DSA_COSIGNATURE: "ml-dsa-44"}
"""What each is called."""

TIME_BYTES = 8
"""Of a cosignature, before the signature: when it was made, in seconds since 1970."""

LATEST = 253_402_300_800
"""The year 10000: the format ends later, but who says such a time has no clock."""

LONGEST_NAME = 255
"""Bytes of a name in the structure."""

_LABEL = b"subtree/v1\n\0"


def signed_by_witness(kind: int, name: str, text: str, time: int) -> bytes:
    """The bytes that a witness of this name signs. Raises ValueError where it can sign nothing of that: a time that is none, or with
    ML-DSA-44 a text that is no checkpoint, and no time at all, which there means that no largest tree is spoken of.
    """
    if time >= LATEST:
        raise ValueError("later than any time")
    if kind == COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    if time == 0:
        raise ValueError("a word about no time")
    found = Checkpoint.parse(text)
    numbers = (0).to_bytes(8) + found.size.to_bytes(8)
    return _LABEL + _named(name) + time.to_bytes(TIME_BYTES) + _named(found.origin) + numbers + found.root


def _named(name: str) -> bytes:
    packed = name.encode()
    if not 0 < len(packed) <= LONGEST_NAME:
        raise ValueError("too long a name")
    return bytes([len(packed)]) + packed
