"""Browsers that are signed in: a random secret in the browser, its hash in the record, so that any of them can be listed and ended.

Where an account has a second factor its browser is halfway in at first, and nothing is shown to it but where the code is asked for. Times
here are real, also over a sandbox: a standing clock must not keep a door open. Reading a page costs a write at most once in a while.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from engine.errors import NotSignedIn
from engine.record import queries
from engine.record.database import Database
from engine.record.directory import acting_account
from engine.registry.policy import Policy
from engine.rules.access import Actor

IDLE = Policy().idle
"""A browser that asks for nothing for so long is signed out, unless the office says otherwise: people leave their desks."""

LONGEST = timedelta(hours=12)
"""However busy it is, after so long its person signs in again."""

HALFWAY = timedelta(minutes=10)
"""So long the code of a second factor may be looked for."""

SEEN_ANEW = timedelta(minutes=5)
"""When a browser was last seen is written at most so often, and more often where the office lets it be idle for minutes only."""

SECRET_BYTES = 32
LONGEST_AGENT = 200

PASSWORD, SECOND = "password", "second"
"""What somebody has to do first: choose another password, or set up a second factor."""


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `id` names it among those of its account and opens nothing; `own`: it is the one that asks."""

    id: str
    begun_at: datetime
    seen_at: datetime
    address: str | None
    agent: str | None
    own: bool


class SignedIn(NamedTuple):
    """Who is signed in, and what has to be done before anything else."""

    actor: Actor
    first: str | None


class Client(NamedTuple):
    """From where a browser comes, and what it says it is."""

    address: str | None = None
    agent: str | None = None


def begin(
    database: Database, actor: Actor, now: datetime, client: Client = Client(), policy: Policy = Policy(),  # noqa: B008 – frozen values
    random: Callable[[int], str] = secrets.token_urlsafe,
) -> str:
    """Signs a browser in as an actor; too many of one account sign the oldest out. Returns the secret that the browser keeps; nobody else
    ever sees it.
    """
    with database.write():
        secret = _begin(database, actor, now, client, policy, random, halfway=False)
        rows = database.rows(queries.SESSIONS, account=actor.name)
        for row in rows[:max(0, len(rows) - policy.most_sessions)]:
            database.run(queries.END_SESSION, hash=row[0])
        database.run(queries.MEET_ACCOUNT, account=actor.name)
        database.run(queries.NOTE_SIGN_IN, account=actor.name, now=now, address=client.address)
    return secret


def begin_halfway(
    database: Database, actor: Actor, now: datetime, client: Client = Client(), policy: Policy = Policy(),  # noqa: B008 – as above
    random: Callable[[int], str] = secrets.token_urlsafe,
) -> str:
    """A browser whose person gave the right password, and is asked for the second factor. Returns the secret that it keeps."""
    with database.write():
        return _begin(database, actor, now, client, policy, random, halfway=True)


def _begin(
    database: Database, actor: Actor, now: datetime, client: Client, policy: Policy, random: Callable[[int], str], *, halfway: bool,
) -> str:
    secret = random(SECRET_BYTES)
    database.run(queries.END_OLD_SESSIONS, idle_since=now - policy.idle, begun_before=now - LONGEST, halfway_before=now - HALFWAY)
    database.run(
        queries.BEGIN_SESSION, hash=digest(secret), account=actor.name, now=now, address=client.address,
        agent=client.agent[:LONGEST_AGENT] if client.agent else None, halfway=halfway,
    )
    return secret


def signed_in(
    database: Database, secret: str, now: datetime, via: str = "web", policy: Policy = Policy(),  # noqa: B008 – a frozen value
    today: datetime | None = None, *, attended: bool = True,
) -> SignedIn:
    """Who is signed in with a secret, with the role and the unit of now. Raises NotSignedIn, also for a browser that was left alone.
    `today` is the time of the record, by which passwords grow old; what
    is not `attended` is asked by scripts, and is no sign that anybody is there.
    """
    row = database.row(queries.SIGNED_IN, hash=digest(secret), now=now)
    if row is None:
        raise NotSignedIn
    name, role, unit, begun_at, seen_at, halfway, has_password, password_at, has_second = row
    if halfway or seen_at + policy.idle <= now or begun_at + LONGEST <= now:
        raise NotSignedIn
    if attended and seen_at + min(SEEN_ANEW, policy.idle / 10) <= now:
        with database.write():
            database.run(queries.SESSION_SEEN, hash=digest(secret), now=now)
    first = PASSWORD if has_password and policy.is_over(password_at, today or now) else None
    if first is None and role in policy.second_factor and not has_second:
        first = SECOND
    return SignedIn(acting_account(database, name, role, unit, via), first)


def halfway_in(database: Database, secret: str, now: datetime, via: str = "web") -> Actor:
    """Who is halfway in with a secret. Raises NotSignedIn."""
    row = database.row(queries.SIGNED_IN, hash=digest(secret), now=now)
    if row is None or not row[5] or row[3] + HALFWAY <= now:
        raise NotSignedIn
    return acting_account(database, row[0], row[1], row[2], via)


def listed(database: Database, actor: Actor, secret: str) -> list[Session]:
    """The browsers that are signed in as the actor, the oldest first."""
    own = digest(secret)
    return [
        Session(_id(row[0]), row[1], row[2], row[3], row[4], bytes(row[0]) == own)
        for row in database.rows(queries.SESSIONS, account=actor.name)
    ]


class SignInBefore(NamedTuple):
    """When and from where an account signed in the time before this one."""

    at: datetime
    address: str | None


def before(database: Database, actor: Actor) -> SignInBefore | None:
    """The sign-in before this one, so that its person sees whether it was theirs; None: there was none."""
    row = database.row(queries.SIGN_IN_BEFORE, account=actor.name)
    return SignInBefore(row[0], row[1]) if row is not None and row[0] is not None else None


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
