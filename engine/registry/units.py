"""The life of units: added, renamed, merged into another, ended. Codes are never used again; names are kept in time.

Work belongs to a unit, so a successor takes over the open tickets, each by an event of its own, in the same transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import NotPossible, Refused, UnitNotFound
from engine.notices import notices_of
from engine.notices.reach import read_reach
from engine.record import journal, queries
from engine.record.cache import RuleCache
from engine.record.directory import directory
from engine.record.unit_list import ALIAS, OFFICIAL, StoredUnit, read_units
from engine.registry.entries import Entries
from engine.rules.access import CONTACT, Actor
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
            self.database.run(
                queries.ADD_UNIT, code=new.code, kind=new.kind, relation=new.relation, parent=new.parent, rank_group=new.rank_group,
                in_source=False,
            )
            today = self._today()
            for position, name in enumerate((new.name, *new.aliases)):
                self.database.run(
                    queries.ADD_UNIT_NAME, unit=new.code, name=name, kind=ALIAS if position else OFFICIAL, place=position, valid_from=today,
                )
            self._note(actor, "set", {
                "what": "unit.added", "unit": new.code, "name": new.name, "kind": new.kind, "relation": new.relation,
                "aliases": list(new.aliases) or None, "parent": new.parent, "rank_group": new.rank_group,
            })

    def rename(self, actor: Actor, code: str, to: str, since: date, basis: str, *, dry_run: bool = False) -> str:
        """Another official name from a day on; the old one still finds the unit. Returns the old one. Raises as `add` does."""
        with self._entry(actor, dry_run=dry_run):
            unit = self._in_force(code)
            if to == unit.name:
                raise NotPossible(reason="unit-name-same", name=to)
            self._must_be_free(to, code)
            self._check(since, basis, code)
            position = self._next_position(code)
            for name in {unit.name, to}:
                self.database.run(queries.END_UNIT_NAME, unit=code, name=name, valid_to=since)
            self.database.run(queries.ADD_UNIT_NAME, unit=code, name=to, kind=OFFICIAL, place=position, valid_from=since)
            data = {"what": "unit.renamed", "unit": code, "from": since.isoformat(), "changes": {"name": [unit.name, to]}}
            self._note(actor, "set", data, {"basis": basis})
            self._retitle(actor, code, unit.name, to)
        return unit.name

    def merge(
        self, actor: Actor, code: str, into: str, since: date, basis: str, *, accounts: bool = False, dry_run: bool = False,
    ) -> EndedUnit:
        """The unit ends and another takes over what is open. Run again, it takes over what an older version assigned in the meantime.

        With `accounts` the contacts follow. Raises NotPermitted, NotPossible, UnitNotFound, Refused.
        """
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
                self._end(unit, since, successor.code)
            rows = self.database.rows(queries.OPEN_OF_UNIT, unit=code)
            entry = self._note(actor, "set", {
                "what": "unit.merged", "unit": code, "into": into, "from": since.isoformat(), "tickets": len(rows),
            }, {"basis": basis}).seq
            followed, left = self._accounts(actor, code, into if accounts else None)  # before the tickets: who follows is told of them
            tickets = self._pass(rows, code, into, entry, actor)
        return EndedUnit(tickets, followed, left)

    def end(self, actor: Actor, code: str, since: date, basis: str, *, dry_run: bool = False) -> EndedUnit:
        """The unit is no more and nobody succeeds it. Raises NotPossible while tickets of it are open."""
        with self._entry(actor, dry_run=dry_run):
            unit = self._in_force(code)
            self._check(since, basis, code)
            self._end(unit, since, None)  # first: it waits for whoever gives the unit something to do at this moment
            open_ = [journal.ticket_of(row).number for row in self.database.rows(queries.OPEN_OF_UNIT, unit=code)]
            if open_:
                raise NotPossible(reason="unit-has-tickets", name=unit.name, count=len(open_), numbers=open_[:5])
            self._note(actor, "set", {"what": "unit.ended", "unit": code, "from": since.isoformat()}, {"basis": basis})
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

    def _end(self, unit: StoredUnit, since: date, successor: str | None) -> None:
        self.database.run(
            queries.UPDATE_UNIT, code=unit.code, kind=unit.kind, relation=unit.relation, parent=unit.parent,
            rank_group=unit.rank_group, valid_from=self._valid_from(unit.code), valid_to=since, successor=successor,
            in_source=unit.in_source,
        )
        self.database.run(queries.END_UNIT_NAMES, unit=unit.code, valid_to=since)
        if successor is not None:
            self.database.run(queries.REPLACE_MEMBER, unit=unit.code, successor=successor)
            self.database.run(queries.INHERIT_PORTFOLIO, unit=unit.code, successor=successor)
        self.database.run(queries.ADOPT_UNITS, unit=unit.code, successor=successor)
        self.database.run(queries.DROP_MEMBER, unit=unit.code)
        self.database.run(queries.DROP_FROM_PORTFOLIOS, unit=unit.code)

    def _pass(self, rows: Sequence[Any], old: str, new: str, entry: int, actor: Actor) -> tuple[Ticket, ...]:
        """Hands every ticket over to the successor by an event of its own: dates stay, and whoever takes something over is told."""
        now, changes, rules = self.clock.now(), [], RuleCache(self.database)
        people, reach = directory(self.database, now), read_reach(self.database)
        for row in rows:
            before = journal.ticket_of(row)
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
            self.database.run(queries.MOVE_ACCOUNT, name=name, unit=into)
            self._note(actor, "set", {"what": "account.set", "account": name, "changes": {"unit": [code, into]}})
            self._end_stand_ins(actor, name)
        return tuple(followed), tuple(name for name, _ in names if name not in followed)

    def _retitle(self, actor: Actor, code: str, old: str, new: str) -> None:
        """Accounts that are called after their unit (市科技局联络员) are called after its new name."""
        now = self.clock.now()
        for name, title, _, unit in self.database.rows(queries.ACCOUNTS, now=now):
            if unit == code and title.startswith(old):
                called = new + title.removeprefix(old)
                self.database.run(queries.RETITLE, name=name, title=called)
                self.database.run(queries.KEEP_TITLE, account=name, since_at=now, title=called)
                self._note(actor, "set", {"what": "account.set", "account": name, "changes": {"title": None}}, {"called": called})

    def _valid_from(self, code: str) -> date | None:
        row = self.database.row(queries.UNIT, code=code)
        return row[5] if row else None

    def _next_position(self, code: str) -> int:
        row = self.database.row(queries.NEXT_NAME_POSITION, unit=code)
        return int(row[0]) if row else 0

    def _today(self) -> date:
        zone: ZoneInfo = RuleCache(self.database).zone()
        return self.clock.now().astimezone(zone).date()

