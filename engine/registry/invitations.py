"""One-time links by which a person gives the own account a password: made by whoever may keep the account, used once, over after 72 hours.

Only looking at a link uses nothing up: mail scanners follow links. Times here are real, also over a sandbox.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.errors import Conflict, NotSignedIn, WeakPassword, ZgError
from engine.record import queries
from engine.record.database import Database
from engine.record.directory import acting_account
from engine.registry.registry import Registry
from engine.registry.sessions import digest
from engine.registry.sign_in import LONGEST, SHORTEST, forget_failures, hashed, weakness
from engine.rules.access import Actor

VALID_FOR = timedelta(hours=72)
SECRET_BYTES = 32
FIRST = "serve"
"""The door through which the link of the first administrator is made."""


ADDRESS = "http://127.0.0.1:8600"
"""Where `zg serve` is found unless told otherwise."""


class InvitationGone(ZgError):
    """The link opens nothing: it was used, it is over, or another one was made since."""

    code = "invitation-gone"
    exit = 4
    http = 410


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link to an account, by its secret, which is shown once; `repr` does not show it."""

    account: str
    until: datetime
    secret: str

    def __repr__(self) -> str:
        return f"Invitation(account={self.account!r}, until={self.until!r})"


def link_of(invitation: Invitation, address: str | None = None) -> str:
    """The link as it is handed to a person."""
    return f"{(address or ADDRESS).rstrip('/')}/invite/{invitation.secret}"


def invite(
    registry: Registry, actor: Actor, name: str, now: datetime, random: Callable[[int], str] = secrets.token_urlsafe,
) -> Invitation:
    """A new link to an account; those of before open nothing any more. Raises NotPermitted, AccountNotFound, NotPossible."""
    secret, until = random(SECRET_BYTES), now + VALID_FOR
    registry.credentials.keep_invitation(actor, name, digest(secret), now, until)
    return Invitation(name, until, secret)


def invited(database: Database, secret: str, now: datetime) -> str:
    """The account that a link opens. Nothing is used up. Raises InvitationGone."""
    row = database.row(queries.INVITATION, hash=digest(secret))
    if row is None or row[1] <= now or database.row(queries.ACTIVE_ACCOUNT, name=row[0], now=now) is None:
        raise InvitationGone
    return str(row[0])


def accept(registry: Registry, secret: str, password: str, now: datetime, shortest: int = SHORTEST, via: str = "web") -> Actor:
    """Gives the account of a link its password, which uses the link up, and returns who that is. Every browser of the account that was
    signed in is signed out. Raises InvitationGone, WeakPassword.
    """
    name = invited(registry.database, secret, now)
    if reason := weakness(name, password, shortest):
        raise WeakPassword(reason=reason, shortest=shortest, longest=LONGEST)
    active = registry.database.row(queries.ACTIVE_ACCOUNT, name=name, now=now)
    if active is None:
        raise NotSignedIn
    actor = acting_account(registry.database, active[0], active[2], active[3], via)
    try:
        registry.credentials.keep_invited_password(actor, hashed(password), digest(secret), now)
    except Conflict:
        raise InvitationGone from None  # somebody was faster with the same link
    forget_failures(registry.database, name)
    return actor


def anybody_has_a_password(database: Database) -> bool:
    """Whether anybody at all could sign in."""
    return database.row(queries.ANY_PASSWORD) is not None


def first_administrator(registry: Registry, founder: Actor, now: datetime) -> Invitation | None:
    """A link for the first administrator of a record in which nobody can sign in yet; None where somebody can."""
    if anybody_has_a_password(registry.database):
        return None
    return invite(registry, Actor(founder.name, founder.role, founder.unit, FIRST), founder.name, now)
