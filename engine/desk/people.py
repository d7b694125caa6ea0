"""Units and accounts as an actor may read them: who there is, what they are called, who acts for whom, which tokens they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from engine.desk.tickets import Desk
from engine.errors import AccountNotFound, UnitNotFound
from engine.notices.reach import chat_service_of
from engine.record import people, queries, unit_list
from engine.record.people import StoredAccount
from engine.record.unit_list import StoredUnit
from engine.rules.access import OFFICE_ACCOUNT, Actor, may_call, may_keep_accounts, must, must_have_role, sees_everything
from engine.views.people import masked


class DatedName(NamedTuple):
    """A name of a unit and the days on which it had it; `kind` is official or alias. None: since ever, or still."""

    name: str
    kind: str
    since: date | None
    until: date | None


class UnitRecord(NamedTuple):
    """A unit or group, in force or ended, with every name it had and the accounts that act for it now."""

    unit: StoredUnit
    names: tuple[DatedName, ...]
    accounts: tuple[str, ...]


class Token(NamedTuple):
    """A token of an account, without its secret."""

    id: str
    name: str
    scope: str
    per_minute: int
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None


def read_units(desk: Desk, actor: Actor, *, ended: bool = False) -> Sequence[StoredUnit]:
    """Every unit and group in force by code, or those that ended. Raises NotPermitted."""
    must_have_role(actor)
    return desk.database.remembered(unit_list.read_units) if not ended else unit_list.read_units(desk.database, ended=True)


def read_unit(desk: Desk, actor: Actor, code: str) -> UnitRecord:
    """All that is known of one unit or group. Raises NotPermitted, UnitNotFound."""
    unit = next((unit for ended in (False, True) for unit in read_units(desk, actor, ended=ended) if unit.code == code), None)
    if unit is None:
        raise UnitNotFound(name=code, nearest=[])
    names = [DatedName(*row[1:]) for row in desk.database.rows(queries.UNIT_NAMES) if row[0] == code]
    accounts = [name for name, _, _, of in desk.database.rows(queries.ACCOUNTS, now=desk.clock.now()) if of == code]
    return UnitRecord(unit, tuple(names), tuple(accounts))


def account_names(desk: Desk, actor: Actor) -> list[tuple[str, str]]:
    """Name and title of every account that may act now. Raises NotPermitted."""
    must_have_role(actor)
    return [(str(row[0]), str(row[1])) for row in desk.database.rows(queries.ACCOUNTS, now=desk.clock.now())]


def read_accounts(desk: Desk, actor: Actor) -> Sequence[StoredAccount]:
    """Every account by name, also those that are ended. Raises NotPermitted.

    `chat` is the chat service alone: its address holds a key and is nobody's to read. Telephone numbers are masked for whoever sees
    everything and calls nobody. A unit reads how its own people are reached, and the telephone and e-mail of the office's own desk; nothing
    of leaders, of supervisors in person or of other units (None).
    """
    must_have_role(actor)
    return [_as_visible_to(actor, account) for account in people.read_accounts(desk.database)]


def read_account(desk: Desk, actor: Actor, name: str) -> StoredAccount:
    """One account by its name. Raises NotPermitted, AccountNotFound with those that are called like it."""
    accounts = read_accounts(desk, actor)
    found = next((account for account in accounts if account.name == name), None)
    if found is None:
        raise AccountNotFound(name=name, nearest=[account.name for account in accounts if name in account.name][:3] or [accounts[0].name])
    return found


def read_tokens(desk: Desk, actor: Actor, account: str) -> list[Token]:
    """The tokens of an account: whoever administers reads everybody's, others their own. Raises NotPermitted."""
    must_have_role(actor)
    must(lambda one: may_keep_accounts(one) or one.name == account, actor)
    return [Token(row[0], *row[2:]) for row in desk.database.rows(queries.TOKENS) if row[1] == account]


def _as_visible_to(actor: Actor, account: StoredAccount) -> StoredAccount:
    own = account.name == actor.name or (actor.unit is not None and account.unit == actor.unit)
    if own or sees_everything(actor) or may_keep_accounts(actor):
        whole = own or may_call(actor) or account.name == OFFICE_ACCOUNT
        return replace(account, chat=chat_service_of(account.chat), phone=account.phone if whole else masked(account.phone))
    if account.name == OFFICE_ACCOUNT:
        return _untold(account)
    return replace(_untold(account), email=None, phone=None)


def _untold(account: StoredAccount) -> StoredAccount:
    """An account without what is told of its keys to those alone who see everything."""
    return replace(account, chat=None, has_password=None, password_at=None, has_second_factor=None, has_identity=None)
