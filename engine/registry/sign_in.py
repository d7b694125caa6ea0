"""Who signs in: passwords (argon2id), tokens of programs, and waiting after failures. For the web and the API.

Times here are real, also over a sandbox: a standing clock must not keep a door open. No secret is ever in an error, an event, a log
line or a representation; only hashes are kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import BoundedSemaphore
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import LockedOut, NotSignedIn, WeakPassword
from engine.record import journal, queries
from engine.record.database import Database
from engine.record.directory import acting_account
from engine.record.row_change import RowPut
from engine.registry.common_passwords import is_common
from engine.registry.places import Places, network_of
from engine.registry.registry import Registry
from engine.rules.access import API, WATCH, WATCH_ACCOUNT, Actor

FREE_FAILURES = 5
"""So many failures in a row cost nothing; after them one waits, each time twice as long."""

FREE_FAILURES_EVERYWHERE, _EVERYWHERE = 100, "everywhere"
"""So many cost nothing that come from many places, before who is not known waits too."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)
SHORTEST, LONGEST = 10, 200
"""Characters of a password."""

TOKEN_MARK = "zgt"  # noqa: S105 – what a secret scanner looks for, not a secret
TOKEN = re.compile(TOKEN_MARK + r"_(?P<id>[0-9a-f]{8})_[0-9a-f]{64}")
USED_ANEW = timedelta(hours=1)
"""A token's last use is written at most so often: reading must not cost a write."""

_PLACES, _HASHING = Places(all=8, strangers=6, one_network=3), BoundedSemaphore(2)
"""So many may sign in at once, to this process, and so many passwords are looked at: each takes 64 MiB, for a stranger's name too."""

PER_MINUTE, MOST_PER_MINUTE = 600, 60_000
"""How many requests a minute a token may make unless told otherwise, and at most."""

_COMMON = frozenset({
    "password", "passw0rd", "qwertyuiop", "1q2w3e4r", "1qaz2wsx", "1qaz@wsx", "zhenggai", "administrator", "iloveyou", "woaini", "5201314",
    "pingdingshan",
})
"""What no password holds, whatever stands beside it."""


@cache
def hasher() -> PasswordHasher:
    """argon2id with the parameters of RFC 9106 for little memory (64 MiB, three passes)."""
    return PasswordHasher()


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token. It is shown once; `repr` does not show it."""

    id: str
    secret: str
    scope: str

    def __repr__(self) -> str:
        return f"Issued(id={self.id!r})"


class Admitted(NamedTuple):
    """Whom a token lets in, what with it may be done, and how often a minute; `token` is its id."""

    actor: Actor
    token: str
    scope: str
    per_minute: int


def authenticate(
    database: Database, name: str, password: str, now: datetime, via: str = "web", address: str | None = None,
) -> Actor:
    """The actor of an account's name and password. Raises NotSignedIn, LockedOut with the seconds to wait, and SignInsBusy.

    A failure is counted before the password is looked at, so that a hundred attempts at once are a hundred failures. An unknown name
    costs as much time as a known one and is locked out like one. Failures are those of a name and of the network of an `address`: those
    of a stranger keep nobody else out. Very many, from wherever, keep out who comes from where the account did not sign in before.
    """
    given, network = _readable(name).strip(), network_of(address)
    known = not network or network in _networks_of(database, given)
    with _PLACES.taken(network, known=known):
        return _authenticate(database, given, _plain(password), now, via, _Counted(given, network, known))


class _Counted(NamedTuple):
    """As whose a failure is counted: of the name from this network, and unless that is `known`, of the name from wherever."""

    name: str
    network: str
    known: bool

    @property
    def here(self) -> str:
        return ":".join((_name_digest(self.name), *((_name_digest(self.network),) if self.network else ())))

    def added(self, database: Database, now: datetime) -> int:
        """Counts this attempt as a failure until it succeeds. Raises LockedOut."""
        if self.network and not self.known:
            count_failure(database, f"{_name_digest(self.name)}:{_EVERYWHERE}", now, FREE_FAILURES_EVERYWHERE)
        return count_failure(database, self.here, now)


def _networks_of(database: Database, name: str) -> frozenset[str]:
    """From where an account signed in the last times."""
    row = database.row(queries.SIGNED_IN_FROM, account=name)
    return frozenset(network_of(address) for address in row or () if address)


def known_name(database: Database, given_name: str, now: datetime) -> str | None:
    """The account that somebody named, for a log; None where there is none: people type passwords into the wrong field."""
    row = database.row(queries.ACTIVE_ACCOUNT, name=_readable(given_name).strip(), now=now)
    return str(row[0]) if row is not None else None


def _authenticate(database: Database, given_name: str, password: str, now: datetime, via: str, counted: _Counted) -> Actor:
    count = counted.added(database, now)
    row = database.row(queries.PASSWORD, name=given_name, now=now)
    stored_hash = row[4] if row is not None and row[4] is not None else None
    if not _matches(stored_hash or _hash_of_nobody(), password) or stored_hash is None or row is None:
        if count >= FREE_FAILURES and row is not None:
            _note_lockout(database, row[0], count, now, via)
        raise NotSignedIn(reason="account-or-password")
    anew = _hash(password) if hasher().check_needs_rehash(stored_hash) else None  # slow: before anything is locked
    with database.write():
        database.run(queries.FORGET_FAILURES, who=counted.here)
        if anew is not None:
            _rehash(database, given_name, stored_hash, anew, now, via)
    return acting_account(database, row[0], row[2], row[3], via)


def authenticate_token(database: Database, token: str, now: datetime, via: str = API) -> Admitted:
    """Whom a token lets in; `via` names the token, never its secret. Raises NotSignedIn."""
    found = TOKEN.fullmatch(token)
    row = database.row(queries.TOKEN, token=found["id"]) if found else None
    if found is None or row is None:
        raise NotSignedIn
    account, digest, expires_at, revoked_at, used_at, scope, per_minute = row
    same = hmac.compare_digest(bytes(digest), _digest(token))
    if not same or revoked_at is not None or (expires_at is not None and expires_at <= now):
        raise NotSignedIn
    active = database.row(queries.ACTIVE_ACCOUNT, name=account, now=now)
    if active is None:
        raise NotSignedIn
    if used_at is None or used_at + USED_ANEW <= now:
        with database.write():
            database.run(queries.TOKEN_USED, token=found["id"], now=now)
    return Admitted(acting_account(database, active[0], active[2], active[3], f"{via}:{found['id']}"), found["id"], scope, per_minute)


def set_password(registry: Registry, actor: Actor, name: str, password: str, spared: bytes = b"", shortest: int = SHORTEST) -> None:
    """Gives an account another password, and signs its browsers out but the one whose hash is `spared`. Raises WeakPassword,
    NotPermitted, AccountNotFound, NotPossible.
    """
    if reason := weakness(name, _plain(password), shortest):
        raise WeakPassword(reason=reason, shortest=shortest, longest=LONGEST)
    registry.credentials.keep_password(actor, name, hashed(password), spared)
    forget_failures(registry.database, name)


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hash(_plain(password))


def has_password(database: Database, name: str, now: datetime) -> bool:
    """Whether an account that may act has one; who comes by another service may have none."""
    row = database.row(queries.PASSWORD, name=name, now=now)
    return row is not None and row[4] is not None


def forget_failures(database: Database, name: str) -> None:
    """Nobody waits any more who failed to sign in to an account before it got another password, from wherever."""
    with database.write():
        database.run(queries.FORGET_FAILURES, who=_name_digest(name))
        database.run(queries.FORGET_FAILURES_FROM, who=f"{_name_digest(name)}:%")


def forget_failures_of(database: Database, who: str) -> None:
    """Nobody waits any more for what was counted under a digest."""
    with database.write():
        database.run(queries.FORGET_FAILURES, who=who)


def weakness(name: str, password: str, shortest: int = SHORTEST) -> str | None:
    """Why a password is not good enough; length counts, and that it is none of those that are tried first."""
    bare = password.casefold()
    if not shortest <= len(password) <= LONGEST:
        return "password-length"
    if name.casefold() in bare or any(word in bare for word in _COMMON):
        return "password-common"
    if len(set(bare)) < shortest // 2:
        return "password-monotone"
    return "password-common" if is_common(bare) else None


def issue_token(
    registry: Registry, actor: Actor, name: str, called: str, expires_at: datetime | None = None,
    random: Callable[[int], str] = secrets.token_hex, *, scope: str | None = None, per_minute: int = PER_MINUTE,
) -> Issued:
    """A new token of an account, shown this once: to read with, unless told otherwise or the account only brings. Raises NotPermitted,
    AccountNotFound, NotPossible.
    """
    token = random(4)
    secret = f"{TOKEN_MARK}_{token}_{random(32)}"
    kept = registry.credentials.keep_token(actor, name, token, called, _digest(secret), expires_at, scope=scope, per_minute=per_minute)
    return Issued(token, secret, kept)


def waiting(count: int, free: int = FREE_FAILURES) -> timedelta:
    """How long one waits after so many failures in a row, of which so many are `free`."""
    if count < free:
        return timedelta(0)
    doubled: int = 2 ** min(count - free, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def count_failure(database: Database, who: str, now: datetime, free: int = FREE_FAILURES) -> int:
    """Counts this attempt as a failure until it succeeds. Raises LockedOut."""
    with database.write():
        database.run(queries.MEET_FAILURES, who=who, now=now)  # a row to wait at, so that the first ones wait for each other too
        row = database.row(queries.FAILURES, who=who)
        count, last_at = (int(row[0]), row[1]) if row is not None else (0, now)
        if (until := last_at + waiting(count, free)) > now:
            raise LockedOut(seconds=max(1, round((until - now).total_seconds())))
        if last_at + FORGOTTEN_AFTER <= now:
            count = 0
        database.run(queries.COUNT_FAILURE, who=who, count=count + 1, now=now)
        database.run(queries.FORGET_OLD_FAILURES, old_at=now - FORGOTTEN_AFTER)
    return count + 1


def _rehash(database: Database, account: str, old: str, new: str, now: datetime, via: str) -> None:
    """The hash of the same password with the parameters of today, which an entry tells; not where another password came meanwhile."""
    journal.administration_head(database, lock=True)
    row = database.row(queries.PASSWORD, name=account, now=now)
    if row is not None and row[4] == old:
        kept = RowPut("account", {"name": row[0], "password_hash": new})
        data = {"what": "account.rehashed", "account": row[0]}
        journal.administer(database, "set", now, Actor(WATCH_ACCOUNT, WATCH, None, via), data, rows=[kept])


def _note_lockout(database: Database, account: str, count: int, now: datetime, via: str) -> None:
    """Notes in the administration's stream that an account is locked out."""
    with database.write():
        data = {"what": "account.locked", "account": account, "failures": count, "seconds": round(waiting(count).total_seconds())}
        journal.administer(database, "set", now, Actor(WATCH_ACCOUNT, WATCH, None, via), data)


def _matches(stored_hash: str, password: str) -> bool:
    try:
        with _HASHING:
            return len(password) <= LONGEST and hasher().verify(stored_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hash_of_nobody() -> str:
    """What the password of an unknown account is compared with, so that it takes as long."""
    return _hash(secrets.token_hex(16))


def _hash(password: str) -> str:
    with _HASHING:
        return hasher().hash(password)


def _plain(password: str) -> str:
    """A password in one form, so that it is the same whichever keyboard it comes from."""
    return unicodedata.normalize("NFKC", _readable(password))


def _readable(text: str) -> str:
    """What a database and a hash can take: no half of a character, no U+0000."""
    return text.replace("\0", "?").encode(errors="replace").decode()


def _digest(token: str) -> bytes:
    """A token has 256 random bits: one plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def _name_digest(name: str) -> str:
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()
