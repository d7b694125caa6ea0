"""Browsers that are signed in: a random secret in the browser, its hash in the record, so that any of them can be listed and ended.

Times here are real, also over a sandbox: a standing clock must not keep a door open. Reading a page costs a write at most once in a while.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.errors import NotSignedIn
from engine.record import queries
from engine.record.database import Database
from engine.rules.access import Actor

IDLE = timedelta(hours=2)
"""A browser that asks for nothing for so long is signed out: offices leave their desks."""

LONGEST = timedelta(hours=12)
"""However busy it is, after so long its person signs in again."""

SEEN_ANEW = timedelta(minutes=5)
"""When a browser was last seen is written at most so often."""

SECRET_BYTES = 32
LONGEST_AGENT = 200


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `id` names it among those of its account and opens nothing; `own`: it is the one that asks."""

    id: str
    begun_at: datetime
    seen_at: datetime
    address: str | None
    agent: str | None
    own: bool


def begin(
    database: Database, actor: Actor, now: datetime, address: str | None = None, agent: str | None = None,
    random: Callable[[int], str] = secrets.token_urlsafe,
) -> str:
    """Signs a browser in as an actor. Returns the secret that the browser keeps; nobody else ever sees it."""
    secret = random(SECRET_BYTES)
    with database.write():
        database.run(queries.END_OLD_SESSIONS, idle_since=now - IDLE, begun_before=now - LONGEST)
        database.run(
            queries.BEGIN_SESSION, hash=digest(secret), account=actor.name, now=now, address=address,
            agent=agent[:LONGEST_AGENT] if agent else None,
        )
    return secret


def signed_in(database: Database, secret: str, now: datetime, via: str = "web") -> Actor:
    """Who is signed in with a secret, with the role and the unit of now. Raises NotSignedIn, also for a browser that was left alone."""
    row = database.row(queries.SESSION, hash=digest(secret))
    if row is None:
        raise NotSignedIn
    account, begun_at, seen_at = row
    active = database.row(queries.ACTIVE_ACCOUNT, name=account, now=now)
    if active is None or seen_at + IDLE <= now or begun_at + LONGEST <= now:
        raise NotSignedIn
    if seen_at + SEEN_ANEW <= now:
        with database.write():
            database.run(queries.SESSION_SEEN, hash=digest(secret), now=now)
    return Actor(active[0], active[2], active[3], via)


def listed(database: Database, actor: Actor, secret: str) -> list[Session]:
    """The browsers that are signed in as the actor, the oldest first."""
    own = digest(secret)
    return [
        Session(_id(row[0]), row[1], row[2], row[3], row[4], bytes(row[0]) == own)
        for row in database.rows(queries.SESSIONS, account=actor.name)
    ]


def end(database: Database, secret: str) -> None:
    """Signs the browser out that has the secret."""
    with database.write():
        database.run(queries.END_SESSION, hash=digest(secret))


def end_one(database: Database, actor: Actor, session: str) -> None:
    """Signs one of the actor's own browsers out; one that is gone already is none to worry about."""
    with database.write():
        for row in database.rows(queries.SESSIONS, account=actor.name):
            if _id(row[0]) == session:
                database.run(queries.END_SESSION, hash=row[0])


def end_others(database: Database, actor: Actor, secret: str) -> None:
    """Signs every browser of the actor out but the one that asks."""
    with database.write():
        database.run(queries.END_SESSIONS, account=actor.name, spared=digest(secret))


def digest(secret: str) -> bytes:
    """What is kept of a secret: it has 256 random bits, so one plain hash is enough."""
    return hashlib.sha256(secret.encode(errors="replace")).digest()


def _id(hash_: bytes) -> str:
    return bytes(hash_).hex()[:12]
