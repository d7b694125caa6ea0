"""Accounts as people name them: by the name or the title of whoever acts, an officer, a leader who may have none."""

from __future__ import annotations

from dataclasses import dataclass

from engine.desk.tickets import Desk
from engine.desk.understood import Understood
from engine.errors import AccountNotFound, AmbiguousAccount, NotPossible, Reason
from engine.record import queries
from engine.record.directory import act_as
from engine.record.people import read_accounts
from engine.rules.access import LEADER, SUPERVISOR, Actor
from engine.rules.unit_names import normalized


@dataclass(frozen=True, slots=True)
class TypedAccounts:
    """Reads the names of accounts against those of the record, for one actor."""

    desk: Desk
    actor: Actor

    def name(self, text: str) -> str:
        """The name of the account people mean. Raises AccountNotFound, AmbiguousAccount."""
        return self._account(text).name

    def former_officer(self, text: str) -> str:
        """The officer people mean, for looking only: of the office, or whoever was when a ticket was given to them; the account may be
        disabled. Raises AccountNotFound, AmbiguousAccount, NotPossible for anybody who handles no ticket and may not.
        """
        name, role = self._named_account(text)
        if role != SUPERVISOR and self.desk.database.row(queries.WAS_OFFICER, account=name) is None:
            raise NotPossible(reason="not-an-officer", name=name)
        return name

    def officer(self, text: str) -> str:
        """The account of the office that handles a ticket (督办经办人). Raises AccountNotFound, AmbiguousAccount, NotPossible for anybody
        of another role.
        """
        try:
            found = self._account(text)
        except AccountNotFound as error:
            raise _no_officer(error) from None
        if found.role != SUPERVISOR:
            raise NotPossible(reason="not-an-officer", name=found.name)
        return found.name

    def leader(self, text: str) -> Understood[str]:
        """The leader people mean: the name of the account, or of somebody who has none as it was typed, with a warning that says so.
        Raises AccountNotFound for no name at all, AmbiguousAccount, NotPossible for an account that is ended or of anybody else.
        """
        try:
            found = self._account(text)
        except AccountNotFound:
            named = text.strip()
            ended = [item.name for item in read_accounts(self.desk.database) if normalized(item.name) == normalized(named)]
            if not named:
                raise
            if ended:
                raise NotPossible(reason="account-not-active", name=ended[0]) from None
            return Understood(named, (Reason("leader-by-name", {"name": named}),))
        if found.role != LEADER:
            raise NotPossible(reason="not-a-leader", name=found.name)
        return Understood(found.name)

    def _account(self, text: str) -> Actor:
        return act_as(self.desk.database, text, self.actor.via, self.desk.clock.now())

    def _named_account(self, text: str) -> tuple[str, str]:
        """Name and role of the account people mean, which may be disabled. Raises AccountNotFound, AmbiguousAccount."""
        try:
            found = self._account(text)
            return found.name, found.role
        except AccountNotFound as error:
            wanted = normalized(text)
            accounts = read_accounts(self.desk.database)
            named = [(item.name, item.role) for item in accounts if wanted in (normalized(item.name), normalized(item.title))]
            if not named:
                raise _no_officer(error) from None
            if len(named) > 1:
                raise AmbiguousAccount(unit=text, accounts=[name for name, _ in named], reason="title-ambiguous") from None
            return named[0]


def _no_officer(error: AccountNotFound) -> AccountNotFound:
    """The error that says where officers are listed: an account that acts is looked for elsewhere."""
    return AccountNotFound(**{**error.values, "reason": "officer-not-found"})
