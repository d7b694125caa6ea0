"""How long a ticket was when it was exported, as an entry of the administration tells it. A seal covers the entry: so a file of the ticket
shows that its last events were not left out, as of then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

READ, EXPORT = "read", "export"
"""The kind and the name of the entry."""


class Length(NamedTuple):
    """The last event of a ticket: its place in the stream, and its hash."""

    seq: int
    head: bytes


class Whole(NamedTuple):
    """As of when a file holds every event of its ticket; whether a seal covers the entry that says so, and whether something from elsewhere
    vouches for that seal.
    """

    vouched: bool
    sealed: bool
    at: datetime


def length_of(number: str, seq: int, head: bytes) -> dict[str, str | int]:
    """What the entry says."""
    return {"number": number, "seq": seq, "head": head.hex()}


def length_in(kind: str, facts: Mapping[str, Any], number: str | None) -> Length | None:
    """What an entry says of the length of this ticket; None where it says none."""
    if kind != READ or facts.get("name") != EXPORT or facts.get("number") != number:
        return None
    seq, head = facts.get("seq"), facts.get("head")
    try:
        return Length(seq, bytes.fromhex(head)) if type(seq) is int and isinstance(head, str) else None
    except ValueError:
        return None
