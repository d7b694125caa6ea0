"""Administration as pages: units and who works in them, accounts, the calendar of a year, versions of workflows, messages, the doctor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from engine.errors import Problem
from engine.rules.access import ROLES, SCOPES, WATCH
from engine.rules.definition import Definition
from engine.rules.plan import RELATIONS, UNIT_KINDS
from engine.views.people import AccountView, NameView, UnitView


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units and groups, or those that ended where `ended`; whom to turn to at each, by its code (通讯录); what a new one may be."""

    rows: tuple[UnitView, ...]
    ended: bool
    people: Mapping[str, Sequence[AccountView]]
    kinds: tuple[str, ...] = UNIT_KINDS
    relations: tuple[str, ...] = RELATIONS


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit with every name that it had, and whom to turn to there (通讯录)."""

    unit: UnitView
    names: tuple[NameView, ...]
    people: tuple[AccountView, ...]


@dataclass(frozen=True, slots=True)
class AccountList:
    """The accounts; those that may not act too where `ended`. What a new one may be."""

    rows: tuple[AccountView, ...]
    ended: bool
    units: tuple[str, ...]
    roles: tuple[str, ...] = tuple(role for role in ROLES if role != WATCH)


class TokenLine(NamedTuple):
    """A token of an account, without its secret; `over`: it opens nothing any more."""

    id: str
    name: str
    scope: str
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    over: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """An account with its tokens, and who may stand in for it. `secret` is a link or a token that was just made, and shown this once."""

    account: AccountView
    tokens: tuple[TokenLine, ...]
    names: tuple[tuple[str, str], ...]
    secret: str | None = None
    scopes: tuple[str, ...] = SCOPES


class SpecialDay(NamedTuple):
    """A day on which the office works otherwise than on others of its weekday."""

    day: date
    kind: str
    why: str | None


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The calendar of a year. `provisional`: the notice for it is not loaded."""

    year: int
    days: tuple[SpecialDay, ...]
    working: int
    hours: tuple[tuple[str, str], ...]
    covered_until: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class WorkflowList:
    """The workflows in force."""

    rows: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class WorkflowUpload:
    """A file of a workflow that was sent in: what is wrong with it, or how it differs from the version in force (None: the first of its
    name). `same`: it is the version in force.
    """

    token: str
    file: str
    definition: Definition | None
    before: Definition | None
    problems: tuple[Problem, ...]
    differences: tuple[str, ...]
    same: bool


class InboxLine(NamedTuple):
    """A notice: when, about which ticket, what, until when."""

    at: datetime
    number: str
    what: str
    title: str
    by: datetime | None
    past: bool
    new: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the reader was told; all of it where `everything`, else what was not read."""

    rows: tuple[InboxLine, ...]
    everything: bool


class OutboxLine(NamedTuple):
    """A message that left the program or should leave it; `state` says how far it is, `error` why it did not arrive."""

    id: int
    state: str
    channel: str
    recipient: str
    number: str | None
    when: datetime
    tries: int
    error: str | None


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """What left the program or should leave it, newest first; with `dead` only what was given up."""

    rows: tuple[OutboxLine, ...]
    dead: bool


class Finding(NamedTuple):
    """Something that the doctor looked at: well, note or needs; what is to be done, where something is."""

    level: str
    text: str
    advice: str | None


@dataclass(frozen=True, slots=True)
class DoctorPage:
    """What the doctor found."""

    rows: tuple[Finding, ...]
    well: bool
