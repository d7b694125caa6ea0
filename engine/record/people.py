"""Accounts as they are, without their secrets, and what they were called before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.record import queries
from engine.record.damage import as_written, must_be_moment
from engine.record.database import Database

KEEPERS_SETTING = "code-keepers"
"""The accounts that are told the code of each seal."""


@dataclass(frozen=True, slots=True)
class StandInFor:
    """Who may act for whom, from when until when (UTC, half-open)."""

    account: str
    deputy: str
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """An account of the record. That it has them is all that is ever told of its password, its second factor and its identity elsewhere;
    None where even that is not the reader's to know. `chat` is the address of its chat robot in the record, and only the service where an
    actor reads it (`engine.desk.people`).
    """

    name: str
    title: str
    role: str
    unit: str | None
    active: bool
    email: str | None
    phone: str | None
    chat: str | None
    has_password: bool | None
    valid_from: datetime | None
    valid_to: datetime | None
    portfolio: tuple[str, ...] = ()
    stand_ins: tuple[StandInFor, ...] = ()
    password_at: datetime | None = None
    has_second_factor: bool | None = False
    has_identity: bool | None = False
    keeps_codes: bool = False

    def may_act(self, now: datetime) -> bool:
        """Whether the account may act at `now`: nobody disabled it, and `now` lies in the span for which it is valid."""
        return self.active and (self.valid_from is None or self.valid_from <= now) and (self.valid_to is None or now < self.valid_to)


def read_accounts(database: Database) -> list[StoredAccount]:
    """Every account by name, also those that are ended."""
    accounts, portfolios, stand_ins, told = database.reads(
        (queries.EVERY_ACCOUNT, {}), (queries.PORTFOLIOS, {}), (queries.STAND_INS, {}), (queries.SETTING, {"name": KEEPERS_SETTING}),
    )
    keepers = json.loads(told[0][0]) if told else []
    units: defaultdict[str, list[str]] = defaultdict(list)
    for account, unit in portfolios:
        units[account].append(unit)
    deputies: defaultdict[str, list[StandInFor]] = defaultdict(list)
    for row in stand_ins:
        deputies[row[0]].append(StandInFor(*row))
    return [
        StoredAccount(
            name, title, role, unit, bool(active), email, phone, chat, hash_ is not None, valid_from, valid_to, tuple(units[name]),
            tuple(deputies[name]), password_at, second is not None, identity is not None, name in keepers,
        )
        for name, title, role, unit, active, email, phone, chat, hash_, password_at, second, identity, valid_from, valid_to in accounts
    ]


@dataclass(frozen=True, slots=True)
class Titles:
    """What accounts are and were called, and the role and unit that each has now, for showing."""

    spans: Mapping[str, tuple[tuple[datetime, str], ...]] = field(default_factory=dict)
    posts: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)

    def at(self, name: str, moment: datetime) -> str:
        """The title an account had at a moment; before its first one, that one; its name where it never had one."""
        spans = self.spans.get(name)
        if not spans:
            return name
        return next((title for since, title in reversed(spans) if since <= moment), spans[0][1])


@as_written
def read_titles(database: Database) -> Titles:
    """The titles of every account in time."""
    found: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    posts: dict[str, tuple[str, str | None]] = {}
    for account, since, title, role, unit in database.rows(queries.TITLES):
        must_be_moment(since)
        found[account].append((since, title))
        posts[account] = role, unit
    return Titles({account: tuple(spans) for account, spans in found.items()}, posts)
