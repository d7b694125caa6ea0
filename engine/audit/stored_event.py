"""An event as it is stored: whether its row can be read, and whether what lies in it is what was hashed.

Whoever changes a database by hand changes types and texts too: nothing that is read here is trusted.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from engine.record.cell import moment_of
from engine.record.citing import cited
from engine.record.damage import UNREADABLE
from engine.record.database import Row
from engine.rules.event import Event
from engine.rules.proof.chain import body, digest_words, link, loaded, parse

_SALTED = re.compile(r'\{"salt":"([0-9A-Za-z]+)","text":(\{.*\})\}', re.DOTALL)

_UNTYPED = (None, None, None, None)
"""The last fields of an event where nothing was typed, or nothing that can be read."""

_PLAIN, _SECRET = {"salt", "text"}, {"salt", "text", "secret", "secret_salt"}
"""What lies in the words of an event."""


class Citation(NamedTuple):
    """A file that an event cites."""

    seq: int
    sha256: str
    bytes: object
    type: object

    def place(self) -> tuple[int, str]:
        """What the index of citations holds of it."""
        return self.seq, self.sha256


def linked(row: Row, previous: bytes) -> bytes | None:
    """The hash the event ought to have after the hash before it; None for a row that nobody can have hashed."""
    at = moment_of(row[2])
    if at is None:
        return None
    try:
        return link(previous, body(
            ticket=row[0], seq=row[1], at=at, actor=row[3], role=row[4], unit=row[5], via=row[6], kind=row[7],
            from_state=row[8], to_state=row[9], data=row[10],
        ))
    except UNREADABLE:
        return None


def readable(row: Row) -> Event | None:
    """The event, if its row can be read at all: a time is a time, the facts are canonical JSON. With the words, whatever lies there, if
    they are words.
    """
    at = moment_of(row[2])
    if at is None:
        return None
    try:
        data = parse(row[10])
    except UNREADABLE:
        return None
    if not isinstance(data, dict):
        return None
    typed = _UNTYPED if row[11] is None else _typed(row[11])
    return Event._make((*row[:2], at, *row[3:10], data, *typed))  # the first ten columns are its first ten fields


def _typed(stored: str) -> tuple[object, ...]:
    """What was typed, with the salts: the last fields of an event."""
    try:
        typed = loaded(stored)
        words, salt, secret, secret_salt = typed["text"], typed.get("salt"), typed.get("secret"), typed.get("secret_salt")
    except UNREADABLE:  # it is told of as words
        return _UNTYPED
    return (words, salt, secret, secret_salt) if isinstance(words, dict) else _UNTYPED


def words_hold(event: Event, stored: str) -> bool:
    """Whether the words, as they are stored, are those whose digest was hashed with the event."""
    digest = event.data.get("words")
    try:
        if "secret" in event.data or digest is None:
            return _spelled(stored, digest, event.data.get("secret"))
        return _digested(stored, digest) or _spelled(stored, digest)
    except UNREADABLE:
        return False


def citations(event: Event) -> list[Citation]:
    """The files an event cites, each once. Raises one of UNREADABLE for what cites nothing that could be kept."""
    listed = {item["sha256"]: item for item in event.data["evidence"]}
    if any(type(sha) is not str for sha in listed):
        raise TypeError("a file is named by its hash")
    return [Citation(event.seq, sha, listed[sha].get("bytes"), listed[sha].get("type")) for sha in cited(event)]


def _digested(stored: str, digest: str) -> bool:
    """Whether the words, as they are stored, have this digest: their text is the canonical one already."""
    found = _SALTED.fullmatch(stored)
    return found is not None and sha256((found[1] + found[2]).encode()).hexdigest() == digest


def _spelled(stored: str, digest: str | None, secret: str | None = None) -> bool:
    """Whether stored words, parsed as canonical JSON, have this digest, and their secrets the other. Slower than `_digested`, and right
    also for secrets.
    """
    typed = parse(stored)
    if set(typed) != (_PLAIN if secret is None else _SECRET):
        return False
    if secret is not None and secret != digest_words(typed["secret"], typed["secret_salt"]):
        return False
    return digest_words(typed["text"], typed["salt"]) == digest
