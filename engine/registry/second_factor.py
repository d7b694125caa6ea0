"""The second factor of an account: codes of a moment (TOTP, RFC 6238) from the person's phone, and recovery codes for the day it is lost.

A code of a moment counts once, and so does each recovery code, of which only hashes are kept. Wrong ones are counted as wrong passwords
are.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import pyotp

from engine.errors import Conflict, ZgError
from engine.record import queries
from engine.record.database import Database
from engine.registry.registry import Registry
from engine.registry.sign_in import count_failure, forget_failures_of
from engine.rules.access import Actor
from engine.rules.proof.chain import canonical

STEP_SECONDS = 30
AROUND = 1
"""So many moments before and after this one count too: clocks of phones differ."""

RECOVERY_CODES = 8
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CODE_LENGTH, GROUP = 24, 4
"""Characters of a recovery code: 120 random bits, so that one plain hash of it is enough; it is shown in groups."""

SECRET = re.compile(r"[A-Z2-7]{32}")


class WrongCode(ZgError):
    """The code is not the one of the moment, or it was used before."""

    code = "wrong-code"
    exit = 4
    http = 422


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What is kept of a second factor: its secret, and the hashes of the recovery codes that are left. `repr` shows neither."""

    secret: str
    recovery: tuple[str, ...]

    def __repr__(self) -> str:
        return f"SecondFactor(recovery={len(self.recovery)})"

    @property
    def text(self) -> str:
        return canonical({"recovery": list(self.recovery), "totp": self.secret})

    @staticmethod
    def of(text: str) -> SecondFactor:
        node = json.loads(text)
        return SecondFactor(node["totp"], tuple(node["recovery"]))


def new_secret() -> str:
    """A secret for a phone: 160 random bits."""
    return pyotp.random_base32()


def address_of(secret: str, account: str, issuer: str) -> str:
    """The secret as phones read it from a picture, and under which names they list it."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=account, issuer_name=issuer)


def is_on(database: Database, actor: Actor) -> bool:
    """Whether the actor's account asks for a second factor."""
    row = database.row(queries.SECOND_FACTOR, name=actor.name)
    return row is not None and row[0] is not None


def enrol(
    registry: Registry, actor: Actor, secret: str, code: str, now: datetime, random: Callable[[str], str] = secrets.choice, *,
    spared: bytes = b"",
) -> tuple[str, ...]:
    """The actor's own account asks for a second factor from now on, since a code shows that the phone has the secret; its browsers are
    signed out but the one whose hash is `spared`. Returns the recovery codes, which are shown this once. Raises WrongCode, LockedOut,
    NotPossible where the account has one.
    """
    who = _counted_as(actor.name)
    count_failure(registry.database, who, now)
    step = _step_of(secret, code, now) if SECRET.fullmatch(secret) else None
    if step is None:
        raise WrongCode
    codes = tuple("".join(random(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES))
    registry.credentials.keep_second_factor(actor, SecondFactor(secret, tuple(map(_digest, codes))).text, spared)
    _spend(registry.database, actor.name, step)
    forget_failures_of(registry.database, who)
    return tuple("-".join(code[at:at + GROUP] for at in range(0, CODE_LENGTH, GROUP)) for code in codes)


def check(registry: Registry, actor: Actor, code: str, now: datetime) -> int | None:
    """Uses a code up. Returns how many recovery codes are left where it was one of them. Raises WrongCode, LockedOut."""
    database, who = registry.database, _counted_as(actor.name)
    count_failure(database, who, now)
    row = database.row(queries.SECOND_FACTOR, name=actor.name)
    if row is None or row[0] is None:
        raise WrongCode
    kept, left = SecondFactor.of(row[0]), None
    step = _step_of(kept.secret, code, now)
    if step is not None:
        _spend(database, actor.name, step)
    else:
        digest = _digest(re.sub(r"[\s-]", "", code).upper())
        if digest not in kept.recovery:
            raise WrongCode
        after = replace(kept, recovery=tuple(other for other in kept.recovery if other != digest))
        try:
            registry.credentials.spend_recovery_code(actor, kept.text, after.text)
        except Conflict:
            raise WrongCode from None  # somebody was faster with the same code
        left = len(after.recovery)
    forget_failures_of(database, who)
    return left


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The moment that a code is of; None where it is of none around now."""
    digits, totp = re.sub(r"\s", "", code), pyotp.TOTP(secret, interval=STEP_SECONDS)
    here = int(now.timestamp()) // STEP_SECONDS
    fits = [step for step in range(here - AROUND, here + AROUND + 1) if _same(totp.generate_otp(step), digits)]
    return fits[-1] if fits else None


def _same(wanted: str, given: str) -> bool:
    return hmac.compare_digest(wanted.encode(), given.encode(errors="replace"))


def _spend(database: Database, account: str, step: int) -> None:
    """The codes up to a moment are used up. Raises WrongCode where they were before."""
    try:
        with database.write():
            database.run(queries.MEET_ACCOUNT, account=account)
            database.run(queries.SPEND_STEP, account=account, step=step, expect=1)
    except Conflict:
        raise WrongCode from None


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()


def _counted_as(account: str) -> str:
    """Under which name wrong codes are counted: apart from wrong passwords, which anybody can give."""
    return hashlib.sha256(f"second-factor:{account}".encode()).hexdigest()
