"""What every writer of accounts begins with: the account that is changed, and who may change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engine.errors import AccountNotFound, NotPermitted, NotPossible
from engine.record import queries
from engine.record.people import StoredAccount, read_accounts
from engine.registry.entries import Entries
from engine.rules.access import (
    ADMIN,
    SUPERVISOR,
    THREE,
    WATCH,
    Actor,
    may_appoint,
    may_keep_accounts,
    may_open_own,
    not_permitted,
)


@dataclass(frozen=True, slots=True)
class AccountEntries(Entries):
    """A writer of accounts."""

    @contextmanager
    def _changing(self, actor: Actor, name: str, *, own: bool = False) -> Iterator[StoredAccount]:
        """The account that is changed, and afterwards the proof that somebody still can administer and verify."""
        with self._entry(actor, own=name if own else None):
            account = self._account_named(name)
            if account.role == WATCH:
                raise NotPossible(reason="account-built-in", name=name)
            yield account
            for role in (*THREE, SUPERVISOR) if actor.separated else (ADMIN, SUPERVISOR):
                row = self.database.row(queries.ROLE_COUNT, role=role)
                if row is None or row[0] == 0:
                    raise NotPossible(reason="account-last", name=name, role=role)

    def _require_permission(self, actor: Actor, *, own: str | None = None) -> None:
        if not may_keep_accounts(actor) and not actor.owns(own):
            raise not_permitted(may_keep_accounts, actor)

    def _account_named(self, name: str) -> StoredAccount:
        accounts = read_accounts(self.database)
        found = next((account for account in accounts if account.name == name), None)
        if found is None:
            raise AccountNotFound(name=name, nearest=[account.name for account in accounts if name in account.name][:3])
        return found


def must_appoint(actor: Actor, name: str, *roles: str) -> None:
    """Raises NotPermitted where the actor may not say what accounts of one of these roles may: what an account was counts as what it
    becomes.
    """
    for role in roles:
        if not may_appoint(actor, role):
            raise not_appointed(actor, name, role)


def not_appointed(actor: Actor, name: str, role: str) -> NotPermitted:
    """The error that names the account, and the role that is not the actor's to keep; where the work is parted in three, who does which
    part.
    """
    return NotPermitted(reason="account-parted" if actor.separated else "account-appointed", actor=actor.name, name=name, role=role)


def must_open(actor: Actor, account: StoredAccount) -> None:
    """Raises NotPermitted for a new key to an account: to somebody else's of a role that the actor may not appoint to, and to its own for
    a program.
    """
    if actor.owns(account.name) and not may_open_own(actor):
        raise NotPermitted(reason="account-by-token", actor=actor.name)
    must_own_or_appoint(actor, account)


def must_own_or_appoint(actor: Actor, account: StoredAccount) -> None:
    """Raises NotPermitted for the key to somebody else's account of a role that the actor may not appoint to: it would be a second
    account of the actor's.
    """
    if not actor.owns(account.name):
        must_appoint(actor, account.name, account.role)
