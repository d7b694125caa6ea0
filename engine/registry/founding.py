"""The first entries of a new record: its settings, the rules it begins with, the plan of a seed, and the first accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.record import queries
from engine.record.settings import CITY_SETTING, DEFAULT_NAME, NAME_SETTING, OFFICE_SETTING, PLAN_SETTING, SANDBOX_SETTING
from engine.registry.entries import Entries
from engine.rules.access import (
    ADMIN,
    ADMIN_ACCOUNT,
    AUDITOR,
    CONTACT,
    HEAD,
    LEADER,
    OFFICE_ACCOUNT,
    SUPERVISOR,
    WATCH,
    WATCH_ACCOUNT,
    Actor,
)
from engine.rules.plan import Group, Plan, Unit
from engine.rules.proof.chain import canonical, stamp

if TYPE_CHECKING:
    from engine.registry.registry import Registry
    from engine.rules.definition import Definition
    from engine.rules.worktime import Calendar, Notice

FOUNDER = Actor(ADMIN_ACCOUNT, ADMIN, None, "init")
"""Who signs the first entries of a new record."""

FirstAccount = tuple[str, str, str, str | None]
"""Name, title, role, unit."""

FIRST_ACCOUNTS: tuple[FirstAccount, ...] = (
    (OFFICE_ACCOUNT, "督办单位", SUPERVISOR, None), (ADMIN_ACCOUNT, "系统管理员", ADMIN, None),
    (WATCH_ACCOUNT, "系统值守", WATCH, None), ("leader", "分管市领导", LEADER, None), ("auditor", "审计员", AUDITOR, None),
)
"""What every record begins with."""


@dataclass(frozen=True, slots=True)
class Founding(Entries):
    """Writes a record that holds nothing yet."""

    def found(
        self, registry: Registry, *, office: str, sandbox: datetime | None, calendar: Calendar, notices: Sequence[Notice] = (),
        definitions: list[tuple[Definition, str]], plan: Plan | None, code: str | None, key: str,
    ) -> int:
        """The first entries, in one transaction; `key` is the public key of its seals. Returns how many accounts there are."""
        from engine.audit import seals

        with self.database.write():
            self._set(OFFICE_SETTING, office)
            self._set(NAME_SETTING, plan.issuer if plan else DEFAULT_NAME)
            self._set(CITY_SETTING, plan.city if plan else "")
            if sandbox is not None:
                self._set(SANDBOX_SETTING, stamp(sandbox))
            self._note(FOUNDER, "set", {"office": office, "sandbox": stamp(sandbox) if sandbox else None, "seed": code})
            seals.hand_over(self.database, None, key, FOUNDER, self.clock.now())
            registry.keep_calendar(FOUNDER, calendar, notices)
            for definition, source in definitions:
                registry.keep_definition(FOUNDER, definition, source)
            accounts = [*FIRST_ACCOUNTS, *(self._keep_plan(plan) if plan is not None else ())]
            for name, title, role, unit in accounts:
                self.database.run(
                    queries.ADD_ACCOUNT, name=name, title=title, role=role, unit=unit, active=True, email=None, phone=None,
                    valid_from=None, valid_to=None,
                )
                self.database.run(queries.KEEP_TITLE, account=name, since_at=self.clock.now(), title=title)
            self._note(FOUNDER, "loaded", {"what": "accounts", "names": [account[0] for account in accounts]})
        return len(accounts)

    def _keep_plan(self, plan: Plan) -> list[FirstAccount]:
        """The plan and its units. Returns the accounts of the units."""
        for unit in plan.units:
            self._keep_unit(unit, unit.relation, unit.parent, unit.rank_group, unit.in_source)
        for group in plan.groups:
            self._keep_unit(group, None, None, None, True)
            for place, member in enumerate(group.members):
                self.database.run(queries.ADD_MEMBER, group=group.code, unit=member, place=place)
        self._keep_tasks(plan)
        self._set(PLAN_SETTING, plan.to_json())
        self._note(FOUNDER, "loaded", {
            "what": "plan", "code": plan.code, "units": len(plan.units), "measures": len(plan.measures), "targets": len(plan.targets),
        })
        return _unit_accounts(plan)

    def _keep_tasks(self, plan: Plan) -> None:
        for measure in plan.measures:
            self.database.run(
                queries.INSERT_MEASURE, no=measure.no, title=measure.title, leads=canonical(list(measure.leads)),
                cooperators=canonical(list(measure.cooperators)), responsible=canonical(list(measure.responsible)),
            )
        for indicator in plan.indicators:
            self.database.run(queries.INSERT_INDICATOR, measure=indicator.no, name=indicator.name)
        for target in plan.targets:
            self.database.run(
                queries.INSERT_TARGET, id=target.id, measure=target.measure, metric=target.metric, comparator=target.comparator,
                value=target.value, unit=target.unit, baseline=target.baseline, deadline=target.deadline, scope=target.scope,
                mandatory=target.mandatory, words=target.words,
            )

    def _keep_unit(
        self, unit: Unit | Group, relation: str | None, parent: str | None, rank_group: str | None, in_source: bool,
    ) -> None:
        self.database.run(
            queries.ADD_UNIT, code=unit.code, kind=unit.kind, relation=relation, parent=parent, rank_group=rank_group,
            in_source=in_source,
        )
        for place, (name, kind) in enumerate([(unit.name, "official"), *((alias, "alias") for alias in unit.aliases)]):
            self.database.run(queries.ADD_UNIT_NAME, unit=unit.code, name=name, kind=kind, place=place, valid_from=None)


def _unit_accounts(plan: Plan) -> list[FirstAccount]:
    """Every unit gets a contact and a head, named by role: nobody's real name is made up."""
    made: list[FirstAccount] = []
    for unit in plan.units:
        made += [
            (unit.code.lower(), f"{unit.name}联络员", CONTACT, unit.code),
            (f"{unit.code.lower()}-head", f"{unit.name}负责人", HEAD, unit.code),
        ]
    return made
