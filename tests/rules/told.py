"""What the record tells of people, units and calendars in a test without a database: what the judge is given (`rules/judging/known`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.rules.acts.handover import HANDED_OVER
from engine.rules.acts.redaction import Appointment
from engine.rules.batch import Batch
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.judging.judge import judge
from engine.rules.judging.judgement import Judgement
from engine.rules.judging.known import Found, Post
from engine.rules.loop.visit import Visit
from engine.rules.ticket import Ticket, evolve
from engine.rules.worktime import Calendar
from tests.rules.conftest import AUDITOR, COOPERATOR, LEAD, LEAD_HEAD, LEADER, OFFICE, OTHER, PEOPLE, WATCH, Matter

EVERYBODY = {actor.name: Post(actor.role, actor.unit) for actor in (OFFICE, LEAD, LEAD_HEAD, COOPERATOR, OTHER, LEADER, AUDITOR, WATCH)}


@dataclass
class Told:
    """What is known. Every field may be changed to tell something else."""

    definitions: Mapping[str, Definition]
    known_calendars: Sequence[Calendar]
    posts: Mapping[str, Post] = field(default_factory=lambda: EVERYBODY)
    stand_ins: Sequence[tuple[str, str]] = ()
    ended: Mapping[str, str | None] = field(default_factory=dict)
    entries: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    appointed: Sequence[Appointment] = ()
    same_rules: bool = True
    thorough: bool = True
    tells_people: bool = True
    tells_units: bool = True
    separated: bool = False
    unloaded: Sequence[str] = ()
    no_earlier: datetime | None = None
    batches: Mapping[str, Batch] = field(default_factory=dict)
    waiting: int = 0
    asked_lost: Event | None = None
    visits: Mapping[str, Visit] = field(default_factory=dict)
    sandbox_clock: datetime | None = None
    parents: Mapping[str, str] = field(default_factory=dict)
    units: Sequence[str] | None = None
    portfolios: Mapping[str, Set[str]] = field(default_factory=dict)
    findings: Mapping[str, Found] = field(default_factory=dict)
    findings_there: bool = True

    def post(self, account: str) -> Post | None:
        return self.posts.get(account)

    def stands_in(self, account: str, deputy: str, at: datetime) -> bool:
        return (account, deputy) in self.stand_ins

    def supervisors(self, at: datetime) -> Collection[str]:
        return [name for name, post in self.posts.items() if post.role == "supervisor" and post.may_act(at)]

    def appointments(self, asked: int) -> Sequence[Appointment]:
        return self.appointed

    def lost_asked(self, seq: int) -> tuple[Event, Sequence[Appointment]] | None:
        return (self.asked_lost, self.appointed) if self.asked_lost is not None and self.asked_lost.seq == seq else None

    def successors(self) -> Mapping[str, str | None]:
        return self.ended

    def in_force(self, unit: str) -> bool:
        return unit not in self.ended and (self.units is None or unit in self.units)

    def relation(self, unit: str | None) -> str | None:
        return PEOPLE.relations.get(unit or "")

    def parent(self, unit: str) -> str | None:
        return self.parents.get(unit)

    def portfolio(self, account: str) -> Set[str]:
        return self.portfolios.get(account, frozenset())

    def calendars(self, at: datetime) -> Sequence[Calendar]:
        return self.known_calendars

    def calendar(self, version: str) -> Calendar | None:
        return next((calendar for calendar in self.known_calendars if calendar.version == version), None)

    def definition(self, hash_: str) -> Definition | None:
        return self.definitions.get(hash_)

    def loaded(self, hash_: str, at: datetime) -> bool:
        return hash_ in self.definitions and hash_ not in self.unloaded

    def kept(self, hash_: str) -> bool:
        return hash_ in self.definitions

    def batch(self, number: str) -> Batch | None:
        return self.batches.get(number)

    def unassigned(self, batch: str) -> int:
        return self.waiting

    def visit(self, number: str) -> Visit | None:
        return self.visits.get(number)

    def finding(self, number: str) -> Found | None:
        return self.findings.get(number, Found(None) if self.findings_there else None)

    def entry(self, seq: int) -> Mapping[str, Any] | None:
        return self.entries.get(seq)


def told(matter: Matter, **more: Any) -> Told:
    """What was known of a ticket in memory: everybody who acted was who the events say, and every unit that was handed over had ended."""
    posts = {event.actor: Post(event.role, event.unit) for event in matter.events}
    merged = {event.data["entry"]: event.data["unit"] for event in matter.events if event.kind == HANDED_OVER and "unit" in event.data}
    entries = {seq: {"what": "unit.merged", "unit": old, "into": new} for seq, (old, new) in merged.items()}
    found = {"posts": EVERYBODY | posts, "entries": entries, "definitions": matter.definitions}
    return Told(**{"known_calendars": list(reversed(matter.calendars.values())), **found, **more})


def judged(events: Sequence[Event], known: Told) -> list[tuple[Event, Judgement]]:
    """Every event with what the judge says of it; a unit that was handed over has ended for those after it."""
    ticket: Ticket | None = None
    found = []
    ended: dict[str, str | None] = {}
    for index, event in enumerate(events):
        known.ended = dict(ended)
        found.append((event, judge(event, ticket, events[:index], known)))
        if event.kind == HANDED_OVER and "unit" in event.data:
            old, new = event.data["unit"]
            ended[old] = new
        ticket = evolve(ticket, event)
    return found


def wrong(events: Sequence[Event], known: Told) -> list[tuple[int, str]]:
    """The seq and the code of everything that is wrong."""
    return [(event.seq, reason.code) for event, found in judged(events, known) for reason in found.reasons]
