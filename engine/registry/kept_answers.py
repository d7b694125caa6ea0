"""Requests that name themselves by a key (Idempotency-Key): sent again, they are answered as the first time and do nothing twice.

An attempt claims its key in a transaction of its own, and the first thing that it writes says so in the same transaction. So an attempt
that broke off in the middle, its process killed, is told from one that did nothing: the second may be made again, the first may not. Times
here are real, also over a sandbox.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.errors import ZgError
from engine.record import queries
from engine.record.database import Database

KEPT = timedelta(hours=24)
"""For so long an answer is kept, and a key stands for its request."""

AT_WORK = timedelta(minutes=10)
"""For so long an attempt may be at work; after that it broke off."""

MOST_KEYS = 10_000
"""Keys that an account may have at a time."""

LARGEST_ANSWER = 1024 * 1024
"""Bytes of an answer that is kept, packed; of a larger one only that it was given."""

LARGE, MOST_LARGE = 16 * 1024, 64 * 1024 * 1024
"""From how many bytes an answer is large, and how many bytes the large ones of an account may take: of one more, too, only that it was
given. Whoever sends exports under ten thousand keys must not fill the record with them.
"""

CLAIM_BYTES = 16
NO_ANSWER = 503


class KeyReused(ZgError):
    """The key names another request."""

    code = "idempotency-reused"
    exit = 2
    http = 422


class KeyAtWork(ZgError):
    """The request of the key is being carried out."""

    code = "idempotency-at-work"
    exit = 6
    http = 409


class AnswerForgotten(ZgError):
    """The request of the key was carried out, whole or in part, and its answer is not known any more."""

    code = "idempotency-forgotten"
    exit = 6
    http = 409


class TooManyKeys(ZgError):
    """The account has as many keys as are kept."""

    code = "idempotency-many"
    exit = 75
    http = 429


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an account, and what was sent under it, both as hashes."""

    account: str
    hash: bytes
    asked: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered."""

    status: int
    heads: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """An attempt at the request of a key."""

    key: Key
    id: bytes


def begin(database: Database, key: Key, now: datetime, random: Callable[[int], bytes] = secrets.token_bytes) -> Claim | Answer:
    """Claims a key, or gives the answer that its request got. Raises KeyReused, KeyAtWork, AnswerForgotten, TooManyKeys."""
    claim = Claim(key, random(CLAIM_BYTES))
    named: dict[str, Any] = {"account": key.account, "hash": key.hash}
    with database.write():
        database.run(queries.DROP_OLD_ANSWERS, old_at=now - KEPT)
        if database.row(queries.MANY_ANSWERS, account=key.account, most=MOST_KEYS) is not None:
            raise TooManyKeys(most=MOST_KEYS, hours=int(KEPT.total_seconds() // 3600))
        database.run(queries.CLAIM_KEY, **named, asked=key.asked, claim=claim.id, now=now)
        row = database.row(queries.KEPT_ANSWER, **named)
        if row is None or bytes(row[1]) == claim.id:
            return claim
        asked, broken, begun_at, written, status, heads, body = row
        if bytes(asked) != key.asked:
            raise KeyReused
        if status is None and begun_at + AT_WORK > now:
            raise KeyAtWork(minutes=int(AT_WORK.total_seconds() // 60))
        if status is not None and body is not None:
            return Answer(status, json.loads(heads), zlib.decompress(bytes(body)))
        if status is not None or written:
            raise AnswerForgotten
        database.run(queries.CLAIM_AGAIN, 1, **named, claim=claim.id, broken=broken, now=now)
    return claim


def under(database: Database, claim: Claim) -> None:
    """Whatever is written through this connection from now on is told as the attempt's; once another attempt took the key, it is a
    Conflict.
    """
    database.mark = (queries.KEY_WRITES, {"account": claim.key.account, "hash": claim.key.hash, "claim": claim.id})


def end(database: Database, claim: Claim, answer: Answer | None) -> None:
    """Keeps what the request was answered. Without an answer to keep, the key is free where nothing was written; else the request is known
    to be carried out, whole or in part, by an answer that is not known.
    """
    named: dict[str, Any] = {"account": claim.key.account, "hash": claim.key.hash, "claim": claim.id}
    database.mark = None
    with database.write():
        if answer is None:
            database.run(queries.RELEASE_KEY, **named)
            database.run(queries.KEEP_ANSWER, **named, answered=NO_ANSWER, heads=None, packed=None)
        else:
            packed = zlib.compress(answer.body, 1)
            database.run(
                queries.KEEP_ANSWER, **named, answered=answer.status, heads=json.dumps(dict(answer.heads)),
                packed=packed if _has_room(database, claim.key.account, len(packed)) else None,
            )


def _has_room(database: Database, account: str, size: int) -> bool:
    """Whether an answer of so many bytes is kept."""
    if LARGE < size <= LARGEST_ANSWER:
        row = database.row(queries.LARGE_ANSWERS, account=account, large=LARGE)
        return row is not None and int(row[0]) + size <= MOST_LARGE
    return size <= LARGEST_ANSWER


def digest(*parts: bytes) -> bytes:
    """The hash of some parts, each told from the next."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()
