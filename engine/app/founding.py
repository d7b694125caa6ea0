"""Founding a record: `zg init`. Everything that must be read is read before anything is made."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.app import shipped
from engine.audit.sealing import first_key, key_kept
from engine.clock import Clock
from engine.errors import InvalidFile, NotPossible
from engine.record import schema
from engine.record.connection import connect
from engine.record.settings import DEFAULT_OFFICE, OFFICE_SETTING, setting
from engine.registry.plan_file import load_plan
from engine.registry.registry import Registry
from engine.registry.workflow_file import load
from engine.rules.worktime import Calendar, Notice, merge, parse_notice


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
        key = first_key(database, keys)
        accounts = Registry(database, clock).found(
            office=DEFAULT_OFFICE, sandbox=sandbox, calendar=calendar, notices=notices, definitions=definitions, plan=plan, code=seed,
            key=key.public,
        )
        kept = key_kept(database, keys)
    return Founded(
        schema.safe(url), tuple(definition.name for definition, _ in definitions), len(plan.units) if plan else 0, accounts,
        calendar.covered_until.isoformat(), sandbox, kept.public, kept.path,
    )


def _is_founded(url: str) -> bool:
    """Everything that `Registry.found` writes is one transaction, so one setting tells about all of it."""
    with closing(connect(url)) as database:
        return schema.revision(database) != schema.SCHEMA or setting(database, OFFICE_SETTING) is not None


def china() -> Calendar:
    """The shipped calendar: the office's hours and every notice of the State Council, each a version of its year."""
    return merge(china_notices(), office_calendar())


def china_notices() -> list[Notice]:
    """Every shipped notice, in the order of their years and publication."""
    return [parse_notice(_text(path)) for path in sorted(shipped.calendar_folder().glob("*-published-*.json"))]


def office_calendar() -> Calendar:
    """The office's hours and weekends, before any notice."""
    return Calendar.from_json(_text(shipped.calendar_folder() / "office.json"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidFile(file=str(path), problems=[str(error)]) from error
