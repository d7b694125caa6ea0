"""Fixtures for the pure rules: the shipped definitions, the calendar, people, and a ticket that lives in memory only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.errors import Reason
from engine.registry.workflow_file import load
from engine.rules.access import Actor
from engine.rules.acts.amend import Amendment, amend
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import decide
from engine.rules.acts.migration import migrate
from engine.rules.acts.opening import Opening, open_ticket
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.loop.visit import Visit
from engine.rules.recipients import Directory
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket, evolve
from engine.rules.ticket_facts import Evidence
from engine.rules.timing.climb import climb
from engine.rules.timing.reproject import Reprojected, reproject
from engine.rules.worktime import Calendar, merge, parse_notice
from engine.words import LANGUAGES, has, texts

ROOT = Path(__file__).resolve().parents[2]
OFFICE_ZONE = ZoneInfo("Asia/Shanghai")

OFFICE = Actor("office", "supervisor", None, "test")
LEAD = Actor("lead-contact", "contact", "SCJGJ", "test")
LEAD_HEAD = Actor("lead-head", "head", "SCJGJ", "test")
COOPERATOR = Actor("tax-contact", "contact", "SWJ", "test")
OTHER = Actor("other-contact", "contact", "GAJ", "test")
LEADER = Actor("leader", "leader", None, "test")
AUDITOR = Actor("auditor", "auditor", None, "test")
WATCH = Actor("watch", "watch", None, "watch")

PEOPLE = Directory(
    contacts={"SCJGJ": ("lead-contact",), "SWJ": ("tax-contact",)}, heads={"SCJGJ": ("lead-head",)},
    relations={"SCJGJ": "subordinate", "SWJ": "vertical", "FY": "court"}, office=("office",), leaders=("leader",),
)


def local(text: str) -> datetime:
    """A moment in office time, as an aware UTC-comparable value."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@cache
def workflow(name: str) -> Definition:
    return load(ROOT / "workflows" / f"{name}.yaml")


@cache
def china() -> Calendar:
    folder = ROOT / "seeds" / "calendars" / "cn"
    base = Calendar.from_json((folder / "office.json").read_text(encoding="utf-8"))
    notices = [parse_notice(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*-published-*.json"))]
    return merge(sorted(notices, key=lambda notice: notice.published), base)


@dataclass
class Matter:
    """A ticket without a database: the same rules, the events kept in a list."""

    now: datetime
    definition: Definition
    calendar: Calendar
    people: Directory = PEOPLE
    events: list[Event] = field(default_factory=list)
    ticket: Ticket = field(init=False)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    """Every calendar that was ever in force, by its version."""
    definitions: dict[str, Definition] = field(default_factory=dict)
    """Every version of its workflow that it ever went by, by its hash."""
    visit: Visit | None = None
    """The visit that found it."""

    def __post_init__(self) -> None:
        self.calendars[self.calendar.version] = self.calendar
        self.definitions[self.definition.hash] = self.definition

    def keep(self, outcome: Event | Refusal | None) -> bool:
        """What came of an act becomes part of its life, unless it was refused."""
        if not isinstance(outcome, Event):
            return False
        self.events.append(outcome)
        self.ticket = evolve(self.ticket, outcome)
        return True

    def open(self, **said: Any) -> Matter:
        opening = Opening(**{"title": "企业开办材料重复提交", "source": "visit", "grade": "C", **said})
        event = open_ticket(
            self.definition, opening, said.pop("actor", OFFICE), self.now, self.calendar, ticket=1, number="ZG-2020-0001",
            office="ZG", salt="salt",
        )
        assert isinstance(event, Event), event
        self.events = [event]
        self.ticket = evolve(None, event)
        return self

    def pinned(self, ticket: Ticket) -> Definition:
        """The version of its workflow that the ticket, as it was some time, went by."""
        return self.definitions[ticket.definition]

    def situation(self, actor: Actor = OFFICE, now: datetime | None = None) -> Situation:
        """The ticket before this actor, now unless another moment is given."""
        return Situation(self.definition, self.ticket, actor, now or self.now, self.calendar, visit=self.visit)

    def do(
        self, trigger: str, actor: Actor = OFFICE, words: dict[str, str] | None = None, evidence: Sequence[Evidence] = (),
        **given: Any,
    ) -> Matter:
        outcome = self.attempt(trigger, actor, words, evidence, **given)
        assert self.keep(outcome), outcome
        return self

    def attempt(
        self, trigger: str, actor: Actor = OFFICE, words: dict[str, str] | None = None, evidence: Sequence[Evidence] = (),
        **given: Any,
    ) -> Event | Refusal:
        command = Command(trigger, given, words or {}, evidence, salt="salt")
        at = self.situation(actor)
        if "of" in given:  # a desk reads the ticket that is said to be repeated
            at = at._replace(original=self.ticket._replace(number=given["of"], duplicate_of=None, closed_as=None))
        return decide(at, command)

    def reasons(
        self, trigger: str, actor: Actor = OFFICE, words: dict[str, str] | None = None, evidence: Sequence[Evidence] = (),
        **given: Any,
    ) -> set[str]:
        outcome = self.attempt(trigger, actor, words, evidence, **given)
        assert isinstance(outcome, Refusal), outcome
        return {reason.code for reason in outcome.reasons}

    def amend(self, actor: Actor = OFFICE, **said: Any) -> Event | tuple[Reason, ...]:
        outcome = amend(self.situation(actor), Amendment(salt="salt", **said), self.events)
        if isinstance(outcome, Refusal):
            return outcome.reasons
        self.keep(outcome)
        return outcome

    def load(self, calendar: Calendar, *, accept_earlier: bool = False) -> Reprojected:
        """Puts a calendar in force and counts the ticket anew by it."""
        self.calendars[calendar.version] = calendar
        at = self.situation()._replace(calendar=calendar)
        found = reproject(at, lambda version: self.calendars[version or calendar.version], accept_earlier=accept_earlier)
        self.calendar = calendar
        self.keep(found.event)
        return found

    def migrate(self, to: Definition, states: Mapping[str, str]) -> Event:
        """Has it go over to another version of its workflow."""
        event = migrate(self.situation(), to, states, self.events)
        assert isinstance(event, Event), event
        self.keep(event)
        self.definition = self.definitions[to.hash] = to
        return event

    def at(self, when: str) -> Matter:
        self.now = local(when)
        return self

    def sweep(self) -> list[Event]:
        events, self.ticket = climb(self.situation(WATCH), self.people)
        self.events += events
        return events

    def fired(self, clock: str = "rectify") -> list[tuple[str, str]]:
        """Rung and office date of every escalation of a clock, without repetitions of the last one."""
        return [(rung, on) for rung, n, on in self._escalations(clock) if n == 0]

    def repeated(self, clock: str = "rectify") -> list[tuple[int, str]]:
        """Number and office date of every repetition of a clock's last rung."""
        return [(n, on) for _, n, on in self._escalations(clock) if n]

    def _escalations(self, clock: str) -> list[tuple[str, int, str]]:
        return [
            (
                event.data["rung"], event.data.get("n", 0),
                datetime.fromisoformat(event.data["scheduled_for"]).astimezone(OFFICE_ZONE).date().isoformat(),
            )
            for event in self.events if event.kind == "escalated" and event.data["clock"] == clock
        ]


NOT_YOURS = {
    "not-yours", "may-not-open", "entry-by-office", "entry-other-unit", "own-unit", "own-hands", "assigned-it-oneself",
    "erasure-same-person", "undo-same-person", "undo-not-yours", "undo-late-account", "undo-own-account",
    "lost-same-person", "lost-late-account", "lost-own-account",
    "erasure-late-account", "erasure-own-account", "scan-missing", "may-not-receive", "may-not-evaluate",
    "may-not-visit", "may-not-consent", "on-the-visit", "rechecked-own", "may-not-enter-feedback",
    "may-not-bring-feedback",
}
"""Reasons that are about who asks: with these a command ends with 4, with every other one with 5."""

GIVEN_BY_THE_CALLER = {"number", "typed"}
"""What a sentence may name without being told: the ticket in question, and how an option is typed."""


@cache
def named_by(code: str) -> frozenset[str]:
    """What the sentence of a reason names, and its hint, in any language."""
    found = [texts(language)[item] for language in LANGUAGES for item in (code, f"hint.{code}") if has(item, language)]
    names = [name for text in found for _, name, _, _ in Formatter().parse(text) if name]
    return frozenset(name.partition(".")[0] for name in names) - GIVEN_BY_THE_CALLER


@pytest.fixture(autouse=True, scope="session")
def every_reason_gives_what_its_sentence_names() -> Iterator[None]:
    """Holds of every reason that any test of the rules meets. People would read a dash in place of a value that is not given."""
    made: Any = Reason.__new__

    def checked(*given: Any, **named: Any) -> Reason:
        reason: Reason = made(*given, **named)
        known = {name for name, value in reason.values.items() if value is not None or name == "unit"}  # a ticket may have none yet
        known |= {"option"} if reason.needs or "field" in known else set()
        known |= {"sources"} if "trigger" in known else set()
        assert named_by(reason.code) <= known, reason
        assert reason.exit == (4 if reason.code in NOT_YOURS else 5), reason
        return reason

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reason, "__new__", checked)
        yield


@pytest.fixture
def matter() -> Callable[..., Matter]:
    """Makes a ticket in memory: `matter("2020-09-25T09:00")`."""

    def make(now: str = "2020-09-25T09:00", name: str = "rectification") -> Matter:
        return Matter(local(now), workflow(name), china())

    return make


@pytest.fixture
def assigned(matter: Callable[..., Matter]) -> Matter:
    return matter().open().do("assign", lead="SCJGJ", **{"with": ("SWJ",)})


@pytest.fixture
def rectifying(assigned: Matter) -> Matter:
    return assigned.do("accept", LEAD)


@pytest.fixture
def submitted(rectifying: Matter) -> Matter:
    return rectifying.do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "材料已合并为一套表单"})
