"""The writer of everything that is not a ticket: units, accounts, calendars, definitions, settings. By the same journal, stream 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.clock import Clock
from engine.errors import ClockBackwards, NotPermitted, RealClock
from engine.procedures import load
from engine.record import journal, queries
from engine.record.database import Database
from engine.rules.access import (
    ADMIN,
    ADMIN_ACCOUNT,
    CONTACT,
    HEAD,
    LEADER,
    OFFICE_ACCOUNT,
    SUPERVISOR,
    WATCH,
    WATCH_ACCOUNT,
    Actor,
    may_administer,
)
from engine.rules.chain import canonical, stamp
from engine.rules.definition import Definition
from engine.rules.plan import Group, Plan, Unit
from engine.rules.worktime import Calendar

OFFICE_SETTING, SANDBOX_SETTING, PLAN_SETTING, NAME_SETTING, CITY_SETTING = "office", "sandbox", "plan", "name", "city"
DEFAULT_OFFICE, DEFAULT_NAME = "ZG", "督办单位"

FOUNDER = Actor(ADMIN_ACCOUNT, ADMIN, None, "init")
"""Who signs the first entries of a new record."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The registry of one database."""

    database: Database
    clock: Clock

    def load_workflow(self, actor: Actor, path: Path) -> Definition:
        """Makes the workflow in the file the current one for new tickets. Raises InvalidWorkflow, NotPermitted."""
        definition = load(path)
        with self._entry(actor):
            self._keep_definition(actor, definition, str(path.name))
        return definition

    def load_calendar(self, actor: Actor, calendar: Calendar) -> str:
        """Makes this calendar the one in force. Returns its version."""
        with self._entry(actor):
            self._keep_calendar(actor, calendar)
        return calendar.version

    def move_clock(self, actor: Actor, to: datetime) -> datetime:
        """Moves a sandbox's clock forward; it does not sweep. Raises RealClock, ClockBackwards."""
        with self._entry(actor):
            row = self.database.row(queries.SETTING, name=SANDBOX_SETTING)
            if row is None:
                raise RealClock
            now = self.clock.now()
            if to < now:
                raise ClockBackwards(now=now, to=to)
            self._set(SANDBOX_SETTING, stamp(to))
            self._note(actor, "clocked", {"from": stamp(now), "to": stamp(to)})
        return to

    # how ------------------------------------------------------------------------------------------------------------

    def found(
        self, *, office: str, sandbox: datetime | None, calendar: Calendar, definitions: list[tuple[Definition, str]],
        plan: Plan | None, code: str | None,
    ) -> int:
        """The first entries of a new record, in one transaction. Returns how many accounts there are."""
        with self.database.write():
            self._set(OFFICE_SETTING, office)
            self._set(NAME_SETTING, plan.issuer if plan else DEFAULT_NAME)
            self._set(CITY_SETTING, plan.city if plan else "")
            if sandbox is not None:
                self._set(SANDBOX_SETTING, stamp(sandbox))
            said = {"office": office, "sandbox": stamp(sandbox) if sandbox else None, "seed": code}
            self._note(FOUNDER, "set", {name: value for name, value in said.items() if value is not None})
            self._keep_calendar(FOUNDER, calendar)
            for definition, source in definitions:
                self._keep_definition(FOUNDER, definition, source)
            accounts: list[tuple[str, str, str, str | None]] = [
                (OFFICE_ACCOUNT, "督办单位", SUPERVISOR, None), (ADMIN_ACCOUNT, "系统管理员", ADMIN, None),
                (WATCH_ACCOUNT, "系统值守", WATCH, None), ("leader", "分管市领导", LEADER, None), ("auditor", "审计员", "auditor", None),
            ]
            if plan is not None:
                self._keep_plan(plan)
                accounts += _unit_accounts(plan)
            for name, title, role, unit in accounts:
                self.database.run(queries.ADD_ACCOUNT, name=name, title=title, role=role, unit=unit, active=True)
            self._note(FOUNDER, "loaded", {"what": "accounts", "names": [account[0] for account in accounts]})
        return len(accounts)

    def _entry(self, actor: Actor) -> Any:
        if not may_administer(actor):
            raise NotPermitted(actor=actor.name)
        return self.database.write()

    def _note(self, actor: Actor, kind: str, data: dict[str, Any]) -> None:
        journal.administer(self.database, kind, self.clock.now(), actor, data)

    def _set(self, name: str, value: str) -> None:
        self.database.run(queries.SET_SETTING, name=name, value=value)

    def _keep_definition(self, actor: Actor, definition: Definition, source: str) -> None:
        self.database.run(queries.RETIRE_DEFINITIONS, name=definition.name)
        self.database.run(
            queries.KEEP_DEFINITION, hash=definition.hash, name=definition.name, json=definition.to_json(), source=source,
            loaded_at=self.clock.now(),
        )
        self._note(actor, "loaded", {"what": "workflow", "name": definition.name, "hash": definition.hash, "source": source})

    def _keep_calendar(self, actor: Actor, calendar: Calendar) -> None:
        self.database.run(queries.RETIRE_CALENDARS)
        self.database.run(
            queries.KEEP_CALENDAR, version=calendar.version, name=calendar.name, json=calendar.to_json(),
            loaded_at=self.clock.now(),
        )
        data = {"what": "calendar", "version": calendar.version, "covered_until": calendar.covered_until.isoformat()}
        self._note(actor, "loaded", data)

    def _keep_plan(self, plan: Plan) -> None:
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
            self.database.run(queries.ADD_UNIT_NAME, unit=unit.code, name=name, kind=kind, place=place)


def _unit_accounts(plan: Plan) -> list[tuple[str, str, str, str | None]]:
    """Every unit gets a contact and a head, named by role: nobody's real name is made up."""
    made: list[tuple[str, str, str, str | None]] = []
    for unit in plan.units:
        made += [
            (unit.code.lower(), f"{unit.name}联络员", CONTACT, unit.code),
            (f"{unit.code.lower()}-head", f"{unit.name}负责人", HEAD, unit.code),
        ]
    return made
