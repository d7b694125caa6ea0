"""The life of accounts: added, changed, ended; who stands in for whom, who takes over, which units a leader answers for.

Accounts are ended and never deleted: events name them. Names, phones and addresses of persons are words of the entry; secrets are in
none. The last administrator and the last supervisor cannot go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from engine.errors import NotPermitted, NotPossible
from engine.notices.queue import addressed
from engine.notices.reach import WEBHOOK, read_reach
from engine.record import journal, queries
from engine.record.aggregates import TICKETS
from engine.record.directory import directory
from engine.record.people import StoredAccount, read_accounts
from engine.record.row_change import RowChange, RowDropped, RowPut, new_row
from engine.record.settings import SEPARATED_SETTING
from engine.record.unit_list import read_names
from engine.registry.account_entries import AccountEntries, not_appointed
from engine.registry.account_fields import ADDRESSES, NAME, WORDS, check_word, must_be_unlike, must_fit, pair, word
from engine.rules.access import (
    ADMIN,
    LEADER,
    THREE,
    Actor,
    may_appoint,
    may_authorise,
    may_change_account,
    may_enter,
    may_separate,
    may_stand_in,
    must,
)
from engine.rules.acts import handover
from engine.rules.event import Event
from engine.rules.proof.chain import canonical, stamp, stamp_or_none
from engine.rules.recipients import with_deputies
from engine.rules.ticket import Ticket, evolve

SHOWN = 20
"""The number of tickets that the notice of a hand-over names one by one; of more it says only how many."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be added."""

    name: str
    title: str
    role: str
    unit: str | None = None
    email: str | None = None
    phone: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What an account took over: tickets, and units of a leader's portfolio."""

    tickets: tuple[Ticket, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accounts(AccountEntries):
    """The writer of accounts."""

    def add(self, actor: Actor, new: NewAccount) -> None:
        """A new account; where another says what it may, it acts only then. Names are never used again. Raises NotPermitted, NotPossible,
        Refused.
        """
        with self._entry(actor):
            if not may_enter(actor, new.role):
                raise not_appointed(actor, new.name, new.role)
            acts = may_appoint(actor, new.role)
            if not NAME.fullmatch(new.name):
                raise NotPossible(reason="account-name-wrong", name=new.name)
            if any(account.name == new.name for account in read_accounts(self.database)):
                raise NotPossible(reason="account-name-taken", name=new.name)
            account = StoredAccount(
                new.name, new.title, new.role, new.unit, acts, new.email, new.phone, None, False, new.valid_from, new.valid_to,
            )
            must_fit(account)
            self._must_be_unlike_others(account)
            self._note(actor, "set", {
                "what": "account.added", "account": new.name, "role": new.role, "unit": new.unit, "from": stamp_or_none(new.valid_from),
                "until": stamp_or_none(new.valid_to),
            }, {"called": new.title, "email": new.email, "phone": new.phone}, [
                new_row("account", **asdict(new), active=acts),
                new_row("account_title", account=new.name, since=self.clock.now(), title=new.title),
            ])

    def change(self, actor: Actor, name: str, **fields: Any) -> StoredAccount:
        """Changes fields of an account; with another role or unit every stand-in of it and for it ends. Returns it as it is now.

        Everybody may change their own addresses; all else, who may appoint to the role before and to the role after. Raises
        NotPermitted, AccountNotFound, NotPossible, Refused.
        """
        addresses = ADDRESSES.issuperset(fields)
        with self._changing(actor, name, own=addresses) as before:
            after = replace(before, **fields)
            changed = [field for field in fields if getattr(before, field) != getattr(after, field)]
            if not (addresses and actor.owns(name)):
                self._must_change(actor, before, after, fields)
            if not changed:
                raise NotPossible(reason="account-same", name=name)
            must_fit(after)
            if not ADDRESSES.issuperset(changed) and after.active:
                self._must_be_unlike_others(after)
            rows: list[RowChange] = [RowPut("account", {"name": name, **{field: getattr(after, field) for field in changed}})]
            if "title" in changed:
                rows.append(new_row("account_title", account=name, since=self.clock.now(), title=after.title))
            self._note(actor, "set", {
                "what": "account.set", "account": name,
                "changes": {field: pair(before, after, field) for field in changed},
            }, {WORDS[field]: word(after, field) for field in changed if field in WORDS}, rows)
            if not {"role", "unit"}.isdisjoint(changed):
                self._end_stand_ins(actor, name)
        return after

    def disable(self, actor: Actor, name: str, reason: str | None = None) -> StoredAccount:
        """Ends an account: it acts no more, and none of its tokens opens anything. Raises as `change` does."""
        with self._changing(actor, name) as before:
            self._must_change(actor, before, replace(before, active=False), ["active"])
            if not before.active:
                raise NotPossible(reason="account-disabled-before", name=name)
            check_word("reason", reason)
            after = replace(before, active=False)
            ended = RowPut("account", {"name": name, "active": False})
            self._note(actor, "set", {"what": "account.disabled", "account": name}, {"reason": reason}, [ended])
        return after

    def stand_in(self, actor: Actor, name: str, by: str, since: datetime, until: datetime) -> None:
        """`by` may act for the account while it lasts. Raises NotPermitted, AccountNotFound, NotPossible."""
        must(may_authorise, actor)
        with self._entry(actor):
            self._account_and_deputy(name, by)
            if not (since < until and self.clock.now() < until):
                raise NotPossible(reason="stand-in-time", since=since, until=until)
            self._note(actor, "set", {
                "what": "account.stand-in", "account": name, "deputy": by, "from": stamp(since), "until": stamp(until),
            }, rows=[new_row("stand_in", account=name, deputy=by, valid_from=since, valid_to=until)])

    def end_stand_in(self, actor: Actor, name: str, by: str) -> None:
        """A stand-in ends now, or never begins. Raises NotPossible where there is none."""
        must(may_authorise, actor)
        with self._entry(actor):
            now = self.clock.now()
            account = next((account for account in read_accounts(self.database) if account.name == name), None)
            if account is None or not any(item.deputy == by and now < item.valid_to for item in account.stand_ins):
                raise NotPossible(reason="stand-in-none", account=name, deputy=by)
            self._end_stand_in(actor, name, by)

    def hand_over(self, actor: Actor, name: str, to: str, *, dry_run: bool = False) -> TakenOver:
        """What waits for the account goes to another: tickets it leads, requests it made, its portfolio. Raises as `stand_in` does."""
        must(may_authorise, actor)
        with self._entry(actor, dry_run=dry_run):
            old, new = self._account_and_deputy(name, to)
            units = tuple(unit for unit in old.portfolio if unit not in new.portfolio)
            rows = self.database.rows(queries.OPEN_OF_ACCOUNT, account=name)
            waiting = [(TICKETS.read(row), row[-1]) for row in rows]
            waiting = [
                (ticket, head) for ticket, head in waiting
                if name in (ticket.leader, ticket.officer) or (ticket.request is not None and ticket.request.by == name)
            ]
            entry = self._note(actor, "set", {
                "what": "account.handed-over", "account": name, "to": to, "tickets": len(waiting), "units": list(units) or None,
            }, rows=[*_portfolio(to, new.portfolio, (*new.portfolio, *units)), *_portfolio(name, old.portfolio, ())])
            changes = []
            for before, head in waiting:
                event = handover.to_account(before, handover.Succession(name, to, entry.seq), actor, self.clock.now())
                if event is not None:
                    changes.append(journal.Change(before, evolve(before, event), (event,), head))
            journal.append_many(self.database, changes)
            taken = TakenOver(tuple(change.after for change in changes), units)
            if taken.tickets or units:
                self._tell(entry, old, new, taken)
        return taken

    def portfolio(self, actor: Actor, name: str, units: tuple[str, ...]) -> None:
        """The units a leader answers for, from now on. Raises NotPossible for anybody else."""
        must(may_authorise, actor)
        with self._changing(actor, name) as before:
            if before.role != LEADER:
                raise NotPossible(reason="account-no-leader", name=name)
            self._note(actor, "set", {
                "what": "account.portfolio", "account": name, "units": sorted(set(units)),
                "before": sorted(before.portfolio),
            }, rows=_portfolio(name, before.portfolio, units))

    def separate(self, actor: Actor) -> tuple[str, ...]:
        """Parts the administrator's work in three (三员分立), for good: from now on neither supervisors nor an administrator do it, and the
        accounts of administrators end; which ones, is returned. Raises NotPermitted, NotPossible where one of the three is still missing,
        or has no password of its own.
        """
        must(may_separate, actor)
        with self._entry(actor):
            accounts, now = read_accounts(self.database), self.clock.now()
            ready = {account.role for account in accounts if account.may_act(now) and account.password_at is not None}
            if missing := [role for role in THREE if role not in ready]:
                raise NotPossible(reason="separate-missing", roles=missing)
            ended = tuple(account.name for account in accounts if account.role == ADMIN and account.active)
            self._note(actor, "set", {"what": "office.separated", "ended": list(ended)}, rows=[
                new_row("setting", name=SEPARATED_SETTING, value="1"),
                *(RowPut("account", {"name": name, "active": False}) for name in ended),
            ])
            for name in ended:
                self.database.run(queries.END_SESSIONS, account=name, spared=b"")
        return ended

    # how -------------------------------------------------------------------------------------------------------------

    def _must_change(self, actor: Actor, before: StoredAccount, after: StoredAccount, fields: Collection[str]) -> None:
        """Raises NotPermitted where these fields of the account are not the actor's to change."""
        roles = (before.role, after.role)
        if not may_change_account(actor, before.name, roles, fields, ends=before.active and not after.active):
            if actor.owns(before.name) and all(may_appoint(actor, role) for role in roles):
                raise NotPermitted(reason="account-own-rights", actor=actor.name)
            raise not_appointed(actor, before.name, next((role for role in roles if not may_appoint(actor, role)), after.role))

    def _account_and_deputy(self, name: str, by: str) -> tuple[StoredAccount, StoredAccount]:
        """An account, and the one that acts for it or after it. Raises NotPossible unless it may."""
        one, other = self._account_named(name), self._account_named(by)
        if not other.may_act(self.clock.now()):
            raise NotPossible(reason="account-not-active", name=by)
        if name == by or not may_stand_in(one.role, one.unit, other.role, other.unit):
            raise NotPossible(reason="stand-in-unfit", account=name, deputy=by)
        return one, other

    def _must_be_unlike_others(self, account: StoredAccount) -> None:
        for other in read_accounts(self.database):
            must_be_unlike(account, other, self.clock.now())

    def _tell(self, entry: Event, old: StoredAccount, new: StoredAccount, taken: TakenOver) -> None:
        """Both are told once of all that was handed over, with whoever stands in for them; whoever did it is not."""
        now = self.clock.now()
        people = tuple(account.name for account in (new, old) if account.may_act(now))
        names = [name for name in with_deputies([people], directory(self.database, now)) if name != entry.actor]
        body = canonical({"say": "notice.handed-over", "old": old.title, "new": new.title, "what": self._what(taken)})
        notices = [notice for notice in addressed(entry, names, read_reach(self.database)) if notice.channel != WEBHOOK]
        journal.notify(self.database, journal.ADMINISTRATION, [notice._replace(body=body) for notice in notices])

    def _what(self, taken: TakenOver) -> list[dict[str, Any]]:
        """What was handed over, as facts of a notice."""
        found: list[dict[str, Any]] = []
        if taken.tickets:
            numbers: list[Any] = [ticket.number for ticket in taken.tickets[:SHOWN]]
            if rest := len(taken.tickets) - len(numbers):
                numbers.append({"say": "calendar.notice-more", "count": rest})
            found.append({"say": "notice.handed-over-tickets", "count": len(taken.tickets), "numbers": numbers})
        if taken.units:
            found.append({"say": "notice.handed-over-units", "units": [read_names(self.database).now(unit) for unit in taken.units]})
        return found


def _portfolio(account: str, before: Iterable[str], units: Iterable[str]) -> list[RowChange]:
    """The changes of rows that make a portfolio of another one."""
    held, wanted = dict.fromkeys(before), dict.fromkeys(units)
    return [
        *(RowDropped("account_portfolio", {"account": account, "unit": unit}) for unit in held if unit not in wanted),
        *(new_row("account_portfolio", account=account, unit=unit) for unit in wanted if unit not in held),
    ]
