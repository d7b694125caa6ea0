"""Definitions and calendars, each read from the record once and kept: they never change under their hash."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TypeVar
from zoneinfo import ZoneInfo

from engine.errors import Damaged, DefinitionNotFound, NotPossible, WorkflowNotFound
from engine.record import queries
from engine.record.damage import as_written
from engine.record.database import Database
from engine.rules.definition import Definition
from engine.rules.definition.model import build
from engine.rules.worktime import Calendar

T = TypeVar("T", Definition, Calendar)

_definitions: dict[str, Definition] = {}
_calendars: dict[str, Calendar] = {}


def as_cached(made: T) -> T:
    """The definition or calendar that was cached before, if it is the same: two equal ones, each as large as a workflow, would be compared
    piece by piece wherever something is cached by them.
    """
    if isinstance(made, Definition):
        workflow = _definitions.setdefault(made.hash, made)
        return workflow if workflow == made else made
    calendar = _calendars.setdefault(made.version, made)
    return calendar if calendar == made else made


class RuleCache:
    """What the rules need beside a ticket, for one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def definition(self, hash_: str) -> Definition:
        """The definition of that hash. Raises DefinitionNotFound: a ticket is never guessed onto another one."""
        cached = _definitions.get(hash_)
        if cached is None:
            cached = _definitions[hash_] = self._read_definition(hash_)
        return cached

    def current(self, name: str) -> Definition:
        """The definition that new tickets of this workflow get. Raises WorkflowNotFound with those there are."""
        row = self.database.row(queries.CURRENT_DEFINITION, name=name)
        if row is None:
            there = [self.database.row(queries.CURRENT_DEFINITION, name=known) for known in self.names()]
            raise WorkflowNotFound(name=name, known=[self.definition(found[0]) for found in there if found is not None])
        return self.definition(row[0])

    def names(self) -> list[str]:
        """The workflows that new tickets can have."""
        return [str(row[0]) for row in self.database.rows(queries.CURRENT_DEFINITIONS)]

    def every(self) -> list[Definition]:
        """Every definition that a ticket may be pinned to, those in force and those before them."""
        return [self.definition(hash_) for hash_ in self.database.remembered(_definition_hashes)]

    def readable(self) -> dict[str, Definition]:
        """By hash, every definition that a ticket may be pinned to and that can be read: one that cannot is the doctor's to tell."""
        found = {}
        for hash_ in self.database.remembered(_definition_hashes):
            with suppress(Damaged):
                found[hash_] = self.definition(hash_)
        return found

    def calendar(self) -> Calendar:
        """The calendar in force. Another process may have loaded a newer one, so its version is asked each time."""
        version = self.database.remembered(_current_calendar)
        if version is None:
            raise NotPossible(reason="no-calendar")
        return self.version(version)

    def version(self, version: str) -> Calendar:
        """One version of the calendar: the one a date was counted with. Raises NotPossible where the record does not hold it."""
        cached = _calendars.get(version)
        if cached is None:
            cached = _calendars[version] = self._read_calendar(version)
        return cached

    def zone(self) -> ZoneInfo:
        """The office's zone."""
        return ZoneInfo(self.calendar().zone)

    @as_written
    def _read_definition(self, hash_: str) -> Definition:
        row = self.database.row(queries.DEFINITION, hash=hash_)
        if row is None:
            raise DefinitionNotFound(hash=hash_)
        return build(json.loads(row[0]), hash_)

    @as_written
    def _read_calendar(self, version: str) -> Calendar:
        row = self.database.row(queries.CALENDAR, version=version)
        if row is None:
            raise NotPossible(reason="no-calendar")
        return Calendar.from_json(row[0], version)


def _current_calendar(database: Database) -> str | None:
    row = database.row(queries.CURRENT_CALENDAR)
    return row[0] if row is not None else None


def _definition_hashes(database: Database) -> list[str]:
    return [row[0] for row in database.rows(queries.DEFINITION_HASHES)]
