"""What the record told when an event was written, as its entries tell it: for whoever judges the event again (`rules/judging`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from engine.audit.telling import APART, Loaded, Telling
from engine.record.projection import Columns
from engine.rules.access import SUPERVISOR
from engine.rules.acts.redaction import Appointment
from engine.rules.batch import Batch
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.judging.judgement import EDITION
from engine.rules.judging.known import Found, Post
from engine.rules.loop.visit import Visit
from engine.rules.worktime import Calendar

if TYPE_CHECKING:
    from engine.rules.event import Facts

T = TypeVar("T")

EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

SPANS = 256
"""Of how many times between two entries it is remembered what was known then."""


@dataclass(slots=True)
class Knowledge:
    """What was known whenever an event was written, by what the entries tell."""

    told: Telling
    _between: dict[int, Between] = field(default_factory=dict)

    def as_of(self, id_: int, ids: Sequence[int] = ()) -> AsOf:
        """What was known when the event of an id was written; `ids` are those of the events before it in its own stream."""
        place = bisect_left(self.told.ids, id_)
        between = self._between.get(place)
        if between is None:
            if len(self._between) >= SPANS:
                self._between.clear()
            between = self._between[place] = Between(self.told, id_)
        return AsOf(self.told, id_, ids, between)


@dataclass
class Between:
    """What was known between two entries: what one of the events between them asked is kept for the others."""

    told: Telling
    id: int
    posts: dict[str, Post] = field(default_factory=dict)
    rows: dict[tuple[str, str], Columns] = field(default_factory=dict)

    @cached_property
    def same_rules(self) -> bool:
        return _last_before(self.told.editions, self.id) == EDITION

    @cached_property
    def tells_people(self) -> bool:
        return self.told.people_since is not None and self.told.people_since < self.id

    @cached_property
    def tells_units(self) -> bool:
        return self.told.units_since is not None and self.told.units_since < self.id

    @cached_property
    def separated(self) -> bool:
        return self.told.separated_since is not None and self.told.separated_since < self.id

    @cached_property
    def no_earlier(self) -> datetime | None:
        last = _last_before(self.told.moments, self.id)
        return None if last is None else last - APART  # it may have been written by another machine

    @cached_property
    def calendar(self) -> tuple[datetime, Sequence[Calendar]] | None:
        """The calendar in force, and since when: whoever acted long after that knew no other one, nor whoever acted after the first."""
        last = next(_in_force(self.told.calendars, self.id, LATEST), None)
        calendar = None if last is None else self.told.calendar(last.name)
        if last is None or calendar is None:
            return None
        return EARLIEST if last is self.told.calendars[0] else last.at, (calendar,)

    @cached_property
    def workflows(self) -> frozenset[str]:
        """The workflows in force."""
        last = (next(_in_force(loaded, self.id, LATEST), None) for loaded in self.told.workflows.values())
        return frozenset(item.name for item in last if item is not None)

    def post(self, account: str) -> Post | None:
        post = self.posts.get(account)
        if post is None and (columns := self.row("account", account)) is not None:
            told = (columns[name] for name in Post._fields)
            post = self.posts[account] = Post(*told)  # type: ignore[arg-type] # the fold asks for the kind of each column
        return post

    def row(self, table: str, key: str) -> Columns | None:
        row = self.rows.get((table, key))
        if row is None and (row := self.told.projection.then(table, (key,), self.id)) is not None:
            self.rows[table, key] = row
        return row


@dataclass(slots=True)
class AsOf:
    """What was known when the event of an id was written (`rules/judging/known.Known`). `ids` are those of the events before it in its own
    stream, and `between` is what every event between the same two entries knew.
    """

    told: Telling
    id: int
    ids: Sequence[int]
    between: Between

    @property
    def same_rules(self) -> bool:
        return self.between.same_rules

    @property
    def thorough(self) -> bool:
        return self.told.thorough

    @property
    def tells_people(self) -> bool:
        return self.between.tells_people

    @property
    def tells_units(self) -> bool:
        return self.between.tells_units

    @property
    def no_earlier(self) -> datetime | None:
        return self.between.no_earlier

    @property
    def separated(self) -> bool:
        return self.between.separated

    @property
    def sandbox_clock(self) -> datetime | None:
        return _last_before(self.told.moments, self.id) if self.told.sandbox else None

    def post(self, account: str) -> Post | None:
        return self.between.post(account)

    def stands_in(self, account: str, deputy: str, at: datetime) -> bool:
        for key in self.told.stand_ins.get((account, deputy), ()):
            columns = self.told.projection.then("stand_in", key, self.id)
            if columns is not None and cast(datetime, key[2]) <= at < cast(datetime, columns["valid_to"]):
                return True
        return False

    def supervisors(self, at: datetime) -> Collection[str]:
        posts = {name: self.post(name) for key in self.told.projection.ever("account") for name in [cast(str, key[0])]}
        return [name for name, post in posts.items() if post is not None and post.role == SUPERVISOR and post.may_act(at)]

    def appointments(self, asked: int) -> Sequence[Appointment]:
        return self._appointed_since(self.ids[asked - 1])

    def lost_asked(self, seq: int) -> tuple[Event, Sequence[Appointment]] | None:
        found = self.told.lost_asked.get(seq)
        return None if found is None or found[0] >= self.id else (found[1], self._appointed_since(found[0]))

    def _appointed_since(self, since: int) -> Sequence[Appointment]:
        found = {
            account: Appointment(account, by, id_ > since) for id_, account, by in self.told.appointed if id_ < self.id
        }
        return list(found.values())

    def successors(self) -> Mapping[str, str | None]:
        units = ((cast(str, key[0]), self.told.projection.then("unit", key, self.id)) for key in self.told.projection.ever("unit"))
        ended = ((code, columns) for code, columns in units if columns is not None and columns["valid_to"] is not None)
        return {code: cast("str | None", columns["successor"]) for code, columns in ended}

    def in_force(self, unit: str) -> bool:
        columns = self.between.row("unit", unit)
        return columns is not None and columns["valid_to"] is None

    def relation(self, unit: str | None) -> str | None:
        columns = self.between.row("unit", unit) if unit is not None else None
        return None if columns is None or columns["valid_to"] is not None else cast("str | None", columns["relation"])

    def parent(self, unit: str) -> str | None:
        columns = self.between.row("unit", unit)
        return None if columns is None else cast("str | None", columns["parent"])

    def portfolio(self, account: str) -> Set[str]:
        held = (key for key in self.told.projection.ever("account_portfolio") if key[0] == account)
        return {cast(str, key[1]) for key in held if self.told.projection.then("account_portfolio", key, self.id) is not None}

    def calendars(self, at: datetime) -> Sequence[Calendar]:
        last = self.between.calendar
        if last is not None and last[0] < at - APART:
            return last[1]
        found = (self.told.calendar(loaded.name) for loaded in _in_force(self.told.calendars, self.id, at))
        return [calendar for calendar in found if calendar is not None]

    def calendar(self, version: str) -> Calendar | None:
        loaded = any(item.name == version and item.id < self.id for item in self.told.calendars)
        return self.told.calendar(version) if loaded else None

    def definition(self, hash_: str) -> Definition | None:
        return self.told.definition(hash_)

    def loaded(self, hash_: str, at: datetime) -> bool:
        if hash_ in self.between.workflows:
            return True
        return any(item.name == hash_ for loaded in self.told.workflows.values() for item in _in_force(loaded, self.id, at))

    def kept(self, hash_: str) -> bool:
        return any(item.name == hash_ and item.id < self.id for loaded in self.told.workflows.values() for item in loaded)

    def batch(self, number: str) -> Batch | None:
        return self.told.batches.as_of(number, self.id)

    def unassigned(self, batch: str) -> int:
        return self.told.members.unassigned(batch, self.id)

    def visit(self, number: str) -> Visit | None:
        return self.told.visits.as_of(number, self.id)

    def finding(self, number: str) -> Found | None:
        return self.told.findings.as_of(number, self.id)

    def entry(self, seq: int) -> Facts | None:
        found = self.told.causes.get(seq)
        return found[1] if found is not None and found[0] < self.id else None


def _last_before(items: Sequence[tuple[int, T]], id_: int) -> T | None:
    """What the last entry before an id says."""
    index = bisect_left(items, id_, key=lambda item: item[0])
    return items[index - 1][1] if index else None


def _in_force(loaded: Sequence[Loaded], id_: int, at: datetime) -> Iterator[Loaded]:
    """What was in force for the event of an id, then what whoever acted at that moment may still have gone by."""
    index = bisect_left(loaded, id_, key=lambda item: item.id)
    while index:
        yield loaded[index - 1]
        if loaded[index - 1].at < at - APART:
            return
        index -= 1
