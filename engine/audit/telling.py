"""What the entries of a record tell, each with the id of the one that tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar, cast

from engine.audit.members_then import MembersThen
from engine.audit.things_then import ThingsThen
from engine.record import queries
from engine.record.cache import as_cached
from engine.record.damage import UNREADABLE
from engine.record.database import Database
from engine.record.projection import Key, Projection
from engine.record.settings import SANDBOX_SETTING, SEPARATED_SETTING
from engine.rules import batch
from engine.rules.acts.lost_key import LOST_ASKED
from engine.rules.acts.redaction import appoints
from engine.rules.batch import Batch
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.judging.earlier import found_by_then
from engine.rules.judging.judgement import RULES
from engine.rules.judging.known import Found
from engine.rules.loop import visit
from engine.rules.loop.visit import Visit
from engine.rules.proof.chain import moment
from engine.rules.worktime import Calendar

if TYPE_CHECKING:
    from engine.rules.event import Facts

T = TypeVar("T")

APART = timedelta(minutes=5)
"""How far the clocks of two machines may differ, so that one does not yet know what another one has loaded."""

CAUSES = frozenset({"unit.merged", "account.handed-over"})
"""What entries tell on which events of tickets rest."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A calendar or a workflow that was put in force: by the event of this id, at this moment or later. Whoever put it in force may have
    looked at a sandbox's clock before another moved it.
    """

    id: int
    at: datetime
    name: str


@dataclass
class Telling:
    """What the entries tell, with the ids of those that tell it. Calendars and workflows are read from their tables, if they are those that
    hash to their names.
    """

    database: Database
    projection: Projection
    thorough: bool = False
    calendars: list[Loaded] = field(default_factory=list)
    workflows: dict[str, list[Loaded]] = field(default_factory=dict)
    moments: list[tuple[int, datetime]] = field(default_factory=list)
    editions: list[tuple[int, int]] = field(default_factory=list)
    causes: dict[int, tuple[int, Facts]] = field(default_factory=dict)
    appointed: list[tuple[int, str, str]] = field(default_factory=list)
    lost_asked: dict[int, tuple[int, Event]] = field(default_factory=dict)
    people_since: int | None = None
    units_since: int | None = None
    separated_since: int | None = None
    sandbox: bool = False
    ids: list[int] = field(default_factory=list)
    _definitions: dict[str, Definition | None] = field(default_factory=dict)
    _calendars: dict[str, Calendar | None] = field(default_factory=dict)

    def add(self, event: Event, id_: int) -> None:
        """The next entry, after the projection has read it. What cannot be read tells nothing: the audit names it by itself."""
        self.ids.append(id_)
        self.moments.append((id_, self._no_earlier(event)))
        at = max(event.at, self.moments[-1][1])
        if self.people_since is None and self.projection.rows("account"):
            self.people_since = id_
        if self.units_since is None and self.projection.told_since is not None:
            self.units_since = id_
        if self.separated_since is None and (SEPARATED_SETTING,) in self.projection.rows("setting"):
            self.separated_since = id_
        data = event.data
        try:
            if type(edition := data.get(RULES)) is int:
                self.editions.append((id_, edition))
            if event.kind == "loaded" and data["what"] == "calendar":
                self.calendars.append(Loaded(id_, at, str(data["version"])))
            elif event.kind == "loaded" and data["what"] == "workflow":
                self.workflows.setdefault(str(data["name"]), []).append(Loaded(id_, at, str(data["hash"])))
            elif event.kind == "set" and data.get("what") in CAUSES:
                self.causes[event.seq] = id_, data
            elif event.kind == "set" and data.get("what") == LOST_ASKED:
                self.lost_asked[event.seq] = id_, event
            elif event.kind == "set" and appoints(data):
                self.appointed.append((id_, str(data["account"]), event.actor))
        except UNREADABLE:
            return

    def _no_earlier(self, event: Event) -> datetime:
        """The moment before which nothing is written after the entry. A sandbox is founded by the machine's clock and goes by its own from
        then on, which only moves forward; no record becomes one later.
        """
        clock = self.projection.rows("setting").get((SANDBOX_SETTING,))
        if event.seq == self.projection.told_since:
            self.sandbox = clock is not None
        if clock is not None and self.sandbox:
            try:
                return moment(cast(str, clock["value"]))
            except UNREADABLE:
                return event.at
        return max(event.at, self.moments[-1][1]) if self.moments else event.at

    def definition(self, hash_: str) -> Definition | None:
        """The workflow that hashes to its name; None where there is none such."""
        if hash_ not in self._definitions:
            text = self._text(queries.DEFINITION, hash=hash_)
            found = _read(Definition.from_json, text) if text and _digest(text) == hash_ else None
            self._definitions[hash_] = None if found is None else as_cached(found)
        return self._definitions[hash_]

    def calendar(self, version: str) -> Calendar | None:
        """The calendar that hashes to its version; None where there is none such."""
        if version not in self._calendars:
            text = self._text(queries.CALENDAR, version=version)
            found = _read(Calendar.from_json, text) if text and _digest(text).startswith(version) else None
            self._calendars[version] = None if found is None else as_cached(found)
        return self._calendars[version]

    @cached_property
    def batches(self) -> ThingsThen[Batch]:
        """The batches that came with letters, as their own streams tell them."""
        return ThingsThen(self.database, queries.AUDIT_OF_BATCH, batch.evolve)

    @cached_property
    def members(self) -> MembersThen:
        """The tickets of those batches."""
        return MembersThen(self.database)

    @cached_property
    def visits(self) -> ThingsThen[Visit]:
        """The visits, as their own streams tell them."""
        return ThingsThen(self.database, queries.AUDIT_OF_VISIT, visit.evolve)

    @cached_property
    def findings(self) -> ThingsThen[Found]:
        """The tickets that others name, as far as they are findings: what their own streams tell."""
        return ThingsThen(self.database, queries.AUDIT_OF_FINDING, found_by_then)

    @cached_property
    def stand_ins(self) -> Mapping[tuple[object, ...], Sequence[Key]]:
        """The keys of every stand-in that there ever was, by account and deputy."""
        found: dict[tuple[object, ...], list[Key]] = {}
        for key in self.projection.ever("stand_in"):
            found.setdefault(key[:2], []).append(key)
        return found

    def _text(self, statement: str, **values: str) -> str | None:
        row = next(self.database.stored(statement, **values), None)
        return row[0] if row is not None and type(row[0]) is str else None


def _digest(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _read(make: Callable[[str], T], text: str) -> T | None:
    """What the text of a table means; None for one that means nothing."""
    try:
        return make(text)
    except UNREADABLE:
        return None
