"""Passwords that many people have, which are tried first: those that were found most often in what was stolen elsewhere.

Of every least length that an office may ask for they are the first five thousand that are as long (of the longest ones all that are known),
so that a rule about length leaves none of the usual ones. Only the beginning of a digest of each is shipped: whoever looks into the file
reads no password, and a good one is taken for a common one less than once in ten million times. `common_passwords.toml` says of which list
it is made.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".bin")
DIGEST_BYTES = 5
"""Bytes that are kept of the SHA-256 of a password in small letters."""


def is_common(password: str) -> bool:
    """Whether it is one of them, however it is written in capital and small letters."""
    kept, wanted = _kept(), digest_of(password)
    place = bisect_left(range(len(kept) // DIGEST_BYTES), wanted, key=lambda at: kept[at * DIGEST_BYTES:(at + 1) * DIGEST_BYTES])
    return kept[place * DIGEST_BYTES:(place + 1) * DIGEST_BYTES] == wanted


def digest_of(password: str) -> bytes:
    """What is kept of a password."""
    return hashlib.sha256(password.casefold().encode()).digest()[:DIGEST_BYTES]


@cache
def _kept() -> bytes:
    """The digests one after another, in their order."""
    return FILE.read_bytes()
