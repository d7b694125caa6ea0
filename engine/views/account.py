"""The own account as a page, the page of a one-time link, and what the program is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.record.people import StoredAccount


class Browser(NamedTuple):
    """A browser that is signed in as the account. `id` names it and opens nothing; `own`: it is the one that asks."""

    id: str
    begun_at: datetime
    seen_at: datetime
    address: str | None
    agent: str | None
    own: bool


class SignInBefore(NamedTuple):
    """When and from where the account signed in the time before this one."""

    at: datetime
    address: str | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The own account: how it is reached, where it is signed in, how short a password may be, when and from where somebody signed in
    the time before, what was just done to it, and whether another password has to be chosen before anything else.
    """

    account: StoredAccount
    browsers: tuple[Browser, ...]
    shortest: int
    before: SignInBefore | None = None
    done: str | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class SecondPage:
    """The own second factor: a secret to be set up, as text and as a picture; neither where the account has one. `password`: the own one is
    asked for, since a browser that was left alone must not give the account away.
    """

    secret: str | None = None
    picture: str | None = None
    password: bool = False


@dataclass(frozen=True, slots=True)
class InvitePage:
    """A link that gives an account its password."""

    account: str
    shortest: int


@dataclass(frozen=True, slots=True)
class About:
    """Which program this is, and for which office."""

    version: str
    office: str
