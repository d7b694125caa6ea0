"""Bytes as the published formats spell them: in base64, in one spelling only."""

from __future__ import annotations

from base64 import b64decode, b64encode


def unpacked(text: str) -> bytes:
    """The bytes of a text in base64. Raises ValueError for any other spelling of them."""
    packed = b64decode(text.encode(), validate=True)
    if b64encode(packed).decode() != text:
        raise ValueError("another spelling of base64")
    return packed
