"""Founding a record: `zg init`. Everything that must be read is read before anything is made; the first entries are one transaction:
settings, the rules the record begins with, the plan of a seed, and the first accounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.app import shipped
from engine.audit import seals
from engine.audit.sealing import first_key, key_location
from engine.clock import Clock, FixedClock
from engine.errors import InvalidFile, NotPossible, os_problem
from engine.record import schema
from engine.record.connection import connect
from engine.record.row_change import RowPut, new_row
from engine.record.settings import (
    CITY_SETTING,
    DEFAULT_NAME,
    DEFAULT_OFFICE,
    NAME_SETTING,
    OFFICE_SETTING,
    PLAN_SETTING,
    SANDBOX_SETTING,
    setting,
)
from engine.record.unit_list import ALIAS, OFFICIAL
from engine.registry.entries import Entries
from engine.registry.plan_file import load_plan
from engine.registry.registry import Registry
from engine.registry.workflow_file import load
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
from engine.rules.definition import Definition
from engine.rules.judging.judgement import EDITION, RULES
from engine.rules.plan import Group, Plan, Unit
from engine.rules.proof.chain import canonical, stamp
from engine.rules.proof.note import Verifier
from engine.rules.worktime import Calendar, HolidayNotice, merge, parse_notice

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
class Founded:
    """What `zg init` made."""

    url: str
    workflows: tuple[str, ...]
    units: int
    accounts: int
    covered_until: str
    sandbox: datetime | None
    key: str
    key_file: Path


def init(url: str, *, seed: str | None = None, sandbox: datetime | None = None, clock: Clock, keys: str | None = None) -> Founded:
    """A new database with the shipped workflows, the calendar, the first accounts, a seed's plan, and a key for its seals.

    One that was begun and never finished (the process died between making the tables and filling them) is finished.

    Raises SeedNotFound, PlanError, NotPossible if there is a database already. What cannot be read is found before anything is made.
    """
    plan = load_plan(shipped.seed_folder(seed)) if seed is not None else None
    notices = china_notices()
    calendar = merge(notices, office_calendar())
    definitions = [(load(path), path.name) for path in shipped.workflow_files()]
    if not schema.exists(url):
        schema.create(url)
    elif _is_founded(url):
        raise NotPossible(reason="database-exists", url=schema.safe(url))
    with closing(connect(url)) as database:
        key = first_key(database, keys, DEFAULT_OFFICE)
        # A sandbox's own time begins with it: nobody acts there before the entries that made them.
        clock = clock if sandbox is None else FixedClock(sandbox)
        accounts = first_entries(
            Registry(database, clock), office=DEFAULT_OFFICE, sandbox=sandbox, calendar=calendar, notices=notices, definitions=definitions,
            plan=plan, code=seed, key=key.verifier,
        )
        kept = key_location(database, keys)
    return Founded(
        schema.safe(url), tuple(definition.name for definition, _ in definitions), len(plan.units) if plan else 0, accounts,
        calendar.covered_until.isoformat(), sandbox, str(kept.public), kept.path,
    )


def _is_founded(url: str) -> bool:
    """Whether a database holds its first entries. `first_entries` writes them in one transaction, so one setting tells about all."""
    with closing(connect(url)) as database:
        return schema.revision(database) != schema.SCHEMA or setting(database, OFFICE_SETTING) is not None


def china() -> Calendar:
    """The shipped calendar: the office's hours and every notice of the State Council, each a version of its year."""
    return merge(china_notices(), office_calendar())


def china_notices() -> list[HolidayNotice]:
    """Every shipped notice, in the order of their years and publication."""
    return [parse_notice(_read_text(path)) for path in sorted(shipped.calendar_folder().glob("*-published-*.json"))]


def office_calendar() -> Calendar:
    """The office's hours and weekends, before any notice."""
    return Calendar.from_json(_read_text(shipped.calendar_folder() / "office.json"))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidFile(file=str(path), problems=[os_problem(error)]) from error


def first_entries(
    registry: Registry, *, office: str, sandbox: datetime | None, calendar: Calendar, notices: Sequence[HolidayNotice] = (),
    definitions: Sequence[tuple[Definition, str]], plan: Plan | None, code: str | None, key: Verifier,
) -> int:
    """Writes what a record begins with, in one transaction. `key` is the public key of its seals, `code` the seed of the plan.

    Returns how many accounts there are.
    """
    first = _FirstEntries(registry.database, registry.clock, registry.salt)
    with first.database.write():
        first.settings(office, sandbox, plan, code)
        seals.begin(first.database, key, FOUNDER, first.clock.now())
        registry.keep_calendar(FOUNDER, calendar, notices)
        for definition, source in definitions:
            registry.keep_definition(FOUNDER, definition, source)
        accounts = [*FIRST_ACCOUNTS, *(first.plan(plan) if plan is not None else ())]
        first.accounts(accounts)
    return len(accounts)


@dataclass(frozen=True, slots=True)
class _FirstEntries(Entries):
    """The entries of a record that holds nothing yet, inside the transaction of `first_entries`."""

    def settings(self, office: str, sandbox: datetime | None, plan: Plan | None, code: str | None) -> None:
        """Whose record it is, and whether its time stands still."""
        values = {OFFICE_SETTING: office, NAME_SETTING: plan.issuer if plan else DEFAULT_NAME, CITY_SETTING: plan.city if plan else ""}
        if sandbox is not None:
            values[SANDBOX_SETTING] = stamp(sandbox)
        begun = {"office": office, "sandbox": stamp(sandbox) if sandbox else None, "seed": code, RULES: EDITION}
        self._note(
            FOUNDER, "set", begun,
            rows=[new_row("setting", name=name, value=value) for name, value in values.items()],
        )

    def accounts(self, accounts: Sequence[FirstAccount]) -> None:
        """The first accounts, in force from the beginning."""
        now = self.clock.now()
        self._note(FOUNDER, "loaded", {"what": "accounts", "names": [account[0] for account in accounts]}, rows=[
            *(new_row("account", name=name, title=title, role=role, unit=unit, active=True) for name, title, role, unit in accounts),
            *(new_row("account_title", account=name, since=now, title=title) for name, title, _, _ in accounts),
        ])

    def plan(self, plan: Plan) -> list[FirstAccount]:
        """The plan and its units. Returns the accounts of the units."""
        self._note(FOUNDER, "loaded", {
            "what": "plan", "code": plan.code, "units": len(plan.units), "measures": len(plan.measures), "targets": len(plan.targets),
        }, rows=[*_rows_of_units(plan), *_rows_of_tasks(plan), new_row("setting", name=PLAN_SETTING, value=plan.to_json())])
        return _unit_accounts(plan)


def _rows_of_units(plan: Plan) -> Iterator[RowPut]:
    """The units and groups of a plan, what they are called, and the members of each group."""
    for unit in plan.units:
        yield new_row(
            "unit", code=unit.code, kind=unit.kind, relation=unit.relation, parent=unit.parent, rank_group=unit.rank_group,
            in_source=unit.in_source,
        )
    for group in plan.groups:
        yield new_row("unit", code=group.code, kind=group.kind, in_source=True)
    for unit in plan.units:
        yield from _names(unit)
    for group in plan.groups:
        yield from _names(group)
    for group in plan.groups:
        for place, member in enumerate(group.members):
            yield new_row("unit_member", group_code=group.code, unit=member, place=place)


def _names(named: Unit | Group) -> Iterator[RowPut]:
    for place, name in enumerate((named.name, *named.aliases)):
        yield new_row("unit_name", unit=named.code, name=name, kind=ALIAS if place else OFFICIAL, place=place)


def _rows_of_tasks(plan: Plan) -> Iterator[RowPut]:
    """The measures, indicators and targets of a plan."""
    for measure in plan.measures:
        yield new_row(
            "measure", no=measure.no, title=measure.title, leads=canonical(list(measure.leads)),
            cooperators=canonical(list(measure.cooperators)), responsible=canonical(list(measure.responsible)),
        )
    for indicator in plan.indicators:
        yield new_row("indicator", measure=indicator.no, name=indicator.name)
    for target in plan.targets:
        yield new_row(
            "target", id=target.id, measure=target.measure, metric=target.metric, comparator=target.comparator, value=target.value,
            unit=target.unit, baseline=target.baseline, deadline=target.deadline, scope=target.scope, mandatory=target.mandatory,
            words=target.words,
        )


def _unit_accounts(plan: Plan) -> list[FirstAccount]:
    """Every unit gets a contact and a head, named by role: nobody's real name is made up."""
    made: list[FirstAccount] = []
    for unit in plan.units:
        made += [
            (unit.code.lower(), f"{unit.name}联络员", CONTACT, unit.code),
            (f"{unit.code.lower()}-head", f"{unit.name}负责人", HEAD, unit.code),
        ]
    return made
