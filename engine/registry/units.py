"""The life of units: added, renamed, merged into another, ended. Codes are never used again; names are kept in time.

Work belongs to a unit, so a successor takes over the open tickets, each by an event of its own, in the same transaction.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import NotPossible, Refused, UnitNotFound
from engine.notices import notices_of
from engine.notices.reach import read_reach
from engine.record import journal, queries
from engine.record.aggregates import TICKETS
from engine.record.cache import RuleCache
from engine.record.directory import directory
from engine.record.row_change import RowChange, RowDropped, RowPut, new_row
from engine.record.unit_list import ALIAS, OFFICIAL, StoredUnit, read_units
from engine.registry.entries import Entries
from engine.rules.access import CONTACT, Actor, may_authorise, must
from engine.rules.acts import handover
from engine.rules.ticket import Ticket, evolve
from engine.rules.unit_names import normalized
from engine.rules.wording import unit_name_problem, word_problem

CODE = re.compile(r"[A-Z][A-Z0-9_-]{0,31}")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be added: its kind and its relation to the city as in a plan."""

    code: str
    name: str
    kind: str
    relation: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    rank_group: str | None = None


@dataclass(frozen=True, slots=True)
class EndedUnit:
    """What became of a unit that ended: the tickets that its successor took over, the accounts that followed into the successor, and the
    accounts that are left for a person to see to.
    """

    tickets: tuple[Ticket, ...] = ()
    followed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Units(Entries):
    """The writer of units."""

    def add(self, actor: Actor, new: NewUnit, *, dry_run: bool = False) -> None:
        """A new unit. Raises NotPermitted, NotPossible (code used before, name borne by another), Refused."""
        with self._entry(actor, dry_run=dry_run):
            if not CODE.fullmatch(new.code):
                raise NotPossible(reason="unit-code-wrong", code=new.code)
            if self.database.row(queries.UNIT, code=new.code) is not None:
                raise NotPossible(reason="unit-code-taken", code=new.code)
            for name in (new.code, new.name, *new.aliases):
                self._must_be_free(name, new.code)
            rows: list[RowChange] = [new_row(
                "unit", code=new.code, kind=new.kind, relation=new.relation, parent=new.parent, rank_group=new.rank_group, in_source=False,
            )]
            today = self._today()
            for position, name in enumerate((new.name, *new.aliases)):
                kind = ALIAS if position else OFFICIAL
                rows.append(new_row("unit_name", unit=new.code, name=name, kind=kind, place=position, valid_from=today))
            self._note(actor, "set", {
                "what": "unit.added", "unit": new.code, "name": new.name, "kind": new.kind, "relation": new.relation,
                "aliases": list(new.aliases) or None, "parent": new.parent, "rank_group": new.rank_group,
            }, rows=rows)

    def rename(self, actor: Actor, code: str, to: str, since: date, basis: str, *, dry_run: bool = False) -> str:
        """Another official name from a day on; the old one still finds the unit. Returns the old one. Raises as `add` does."""
        with self._entry(actor, dry_run=dry_run):
            unit = self._in_force(code)
            if to == unit.name:
                raise NotPossible(reason="unit-name-same", name=to)
            self._must_be_free(to, code)
            self._check(since, basis, code)
            rows = self._names_end(code, since, {unit.name, to})
            rows.append(new_row("unit_name", unit=code, name=to, kind=OFFICIAL, place=self._next_position(code), valid_from=since))
            data = {"what": "unit.renamed", "unit": code, "from": since.isoformat(), "changes": {"name": [unit.name, to]}}
            self._note(actor, "set", data, {"basis": basis}, rows)
            self._retitle(actor, code, unit.name, to)
        return unit.name

    def merge(
        self, actor: Actor, code: str, into: str, since: date, basis: str, *, accounts: bool = False, dry_run: bool = False,
    ) -> EndedUnit:
        """The unit ends and another takes over what is open. Run again, it takes over what an older version assigned in the meantime.

        With `accounts` the contacts follow, as far as whoever does it may say what accounts may. Raises NotPermitted, NotPossible,
        UnitNotFound, Refused.
        """
        if accounts:
            must(may_authorise, actor)
        with self._entry(actor, dry_run=dry_run):
            successor = self._in_force(into)
            again = next((unit for unit in read_units(self.database, ended=True) if unit.code == code), None)
            if again is not None and again.successor != into:
                raise NotPossible(reason="unit-ended-before", name=again.name, date=again.valid_to)
            unit = again or self._in_force(code)
            if code == into:
                raise NotPossible(reason="unit-into-itself", name=unit.name)
            if again is None:
                self._check(since, basis, code)
            self.database.run(queries.HOLD_UNIT, code=code)
            open_ = self.database.rows(queries.OPEN_OF_UNIT, unit=code)
            entry = self._note(actor, "set", {
                "what": "unit.merged", "unit": code, "into": into, "from": since.isoformat(), "tickets": len(open_),
            }, {"basis": basis}, self._end(unit, since, successor.code) if again is None else ()).seq
            followed, left = self._accounts(actor, code, into if accounts else None)  # before the tickets: who follows is told of them
            tickets = self._pass(open_, code, into, entry, actor)
        return EndedUnit(tickets, followed, left)

    def end(self, actor: Actor, code: str, since: date, basis: str, *, dry_run: bool = False) -> EndedUnit:
        """The unit is no more and nobody succeeds it. Raises NotPossible while tickets of it are open."""
        with self._entry(actor, dry_run=dry_run):
            unit = self._in_force(code)
            self._check(since, basis, code)
            self.database.run(queries.HOLD_UNIT, code=code)
            open_ = [TICKETS.read(row).number for row in self.database.rows(queries.OPEN_OF_UNIT, unit=code)]
            if open_:
                raise NotPossible(reason="unit-has-tickets", name=unit.name, count=len(open_), numbers=open_[:5])
            data = {"what": "unit.ended", "unit": code, "from": since.isoformat()}
            self._note(actor, "set", data, {"basis": basis}, self._end(unit, since, None))
            _, left = self._accounts(actor, code, None)
        return EndedUnit(left=left)

    # how -------------------------------------------------------------------------------------------------------------

    def _in_force(self, code: str) -> StoredUnit:
        unit = next((unit for unit in read_units(self.database) if unit.code == code), None)
        if unit is None:
            raise UnitNotFound(name=code, nearest=[])
        if unit.is_group:
            raise NotPossible(reason="unit-is-group", name=unit.name)
        return unit

    def _must_be_free(self, name: str, own: str) -> None:
        """A name means one unit only, or `--lead NAME` would be a guess."""
        problem = unit_name_problem("name", name, LONGEST_NAME)
        if problem is not None:
            raise Refused([problem])
        for unit in read_units(self.database):
            if unit.code != own and normalized(name) in {normalized(text) for text in (unit.code, unit.name, *unit.aliases)}:
                raise NotPossible(reason="unit-name-taken", name=name, unit=unit.code)

    def _check(self, since: date, basis: str, code: str) -> None:
        """Raises NotPossible for a change before the last one or in the future, and Refused for a basis that cannot be kept."""
        problem = word_problem("basis", basis, LONGEST_NAME * 10)
        if problem is not None:
            raise Refused([problem])
        if since > self._today():
            raise NotPossible(reason="unit-date-ahead", date=since)
        last = max((row[3] for row in self.database.rows(queries.UNIT_NAMES) if row[0] == code and row[3]), default=None)
        if last is not None and since < last:
            raise NotPossible(reason="unit-date-before", date=since, last=last)

    def _end(self, unit: StoredUnit, since: date, successor: str | None) -> list[RowChange]:
        """The changes of rows by which a unit ends: its names are free again, and a successor stands in its place in groups, above other
        units and in portfolios, as far as it does not already.
        """
        code = unit.code
        rows: list[RowChange] = [RowPut("unit", {"code": code, "valid_to": since, "successor": successor})]
        rows += self._names_end(code, since)
        places = self.database.rows(queries.PLACES, units=[code, successor or code])
        groups = {group for group, unit_, _ in places if unit_ == successor}
        for group, unit_, place in places:
            if unit_ == code:
                rows.append(RowDropped("unit_member", {"group_code": group, "unit": code}))
                if successor is not None and group not in groups:
                    rows.append(new_row("unit_member", group_code=group, unit=successor, place=place))
        rows += [RowPut("unit", {"code": row[0], "parent": successor}) for row in self.database.rows(queries.UNITS) if row[3] == code]
        portfolios = {tuple(row) for row in self.database.rows(queries.PORTFOLIOS)}
        for account in sorted(account for account, held in portfolios if held == code):
            rows.append(RowDropped("account_portfolio", {"account": account, "unit": code}))
            if successor is not None and (account, successor) not in portfolios:
                rows.append(new_row("account_portfolio", account=account, unit=successor))
        return rows

    def _names_end(self, code: str, since: date, names: Container[str] | None = None) -> list[RowChange]:
        """The changes of rows by which names of a unit are used no longer; without `names` all that are."""
        return [
            RowPut("unit_name", {"unit": code, "name": name, "place": place, "valid_to": since})
            for name, place, until in self.database.rows(queries.NAMES_OF_UNIT, unit=code)
            if until is None and (names is None or name in names)
        ]

    def _pass(self, rows: Sequence[Any], old: str, new: str, entry: int, actor: Actor) -> tuple[Ticket, ...]:
        """Hands every ticket over to the successor by an event of its own: dates stay, and whoever takes something over is told."""
        now, changes, rules = self.clock.now(), [], RuleCache(self.database)
        people, reach = directory(self.database, now), read_reach(self.database)
        for row in rows:
            before = TICKETS.read(row)
            definition = rules.definition(before.definition)
            event = handover.to_unit(before, handover.Succession(old, new, entry), actor, now, definition.hidden_states)
            if event is not None:
                after = evolve(before, event)
                notices = notices_of(self.database, definition, [event], before, after, people, reach)
                changes.append(journal.Change(before, after, (event,), row[-1], notices))
        journal.append_many(self.database, changes)
        return tuple(change.after for change in changes)

    def _accounts(self, actor: Actor, code: str, into: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The contacts that follow into the successor, and the accounts that are left."""
        names = [(row[0], row[2]) for row in self.database.rows(queries.ACCOUNTS, now=self.clock.now()) if row[3] == code]
        followed = [name for name, role in names if into is not None and role == CONTACT]
        for name in followed:
            moved = RowPut("account", {"name": name, "unit": into})
            self._note(actor, "set", {"what": "account.set", "account": name, "changes": {"unit": [code, into]}}, rows=[moved])
            self._end_stand_ins(actor, name)
        return tuple(followed), tuple(name for name, _ in names if name not in followed)

    def _retitle(self, actor: Actor, code: str, old: str, new: str) -> None:
        """Accounts that are called after their unit (市科技局联络员) are called after its new name."""
        now = self.clock.now()
        for name, title, _, unit in self.database.rows(queries.ACCOUNTS, now=now):
            if unit == code and title.startswith(old):
                called = new + title.removeprefix(old)
                rows = [RowPut("account", {"name": name, "title": called}), new_row("account_title", account=name, since=now, title=called)]
                self._note(actor, "set", {"what": "account.set", "account": name, "changes": {"title": None}}, {"called": called}, rows)

    def _next_position(self, code: str) -> int:
        return max((place for _, place, _ in self.database.rows(queries.NAMES_OF_UNIT, unit=code)), default=0) + 1

    def _today(self) -> date:
        zone: ZoneInfo = RuleCache(self.database).zone()
        return self.clock.now().astimezone(zone).date()
