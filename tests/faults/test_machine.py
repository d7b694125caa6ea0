"""A desk driven by random people, commands, times and sweeps, by mergers, stand-ins and new calendars, against a model that knows only the
state graph and who may do what. On the way the laws: nothing open is silent, every deadline names a unit that holds its role, nobody
sees what is not theirs, and what is told is told once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from engine.audit.verify import verify
from engine.desk.act import Done
from engine.desk.lists import every
from engine.desk.tickets import Desk
from engine.desk.wanted import EVERY, Wanted
from engine.errors import Conflict, NotPermitted, Refused, TicketNotFound
from engine.record import journal
from engine.record.connection import connect
from engine.record.directory import act_as
from engine.registry.calendars import CalendarChange, Calendars
from engine.registry.registry import Registry
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.deadline import RESTS, RUNS
from engine.rules.definition import Trigger
from engine.rules.event import for_the_office
from engine.rules.worktime import REST, WORK, Day
from engine.watch import sweep
from tests.conftest import MEMORY
from tests.faults.conftest import BEGIN

BRIEF = settings(max_examples=5, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(BRIEF, max_examples=200, stateful_step_count=50)

UNITS = ("SCJGJ", "SHUIWJ", "GAJ")
PEOPLE = (
    Actor("office", "supervisor", None), Actor("leader", "leader", None), Actor("auditor", "auditor", None), Actor("admin", "admin", None),
    *(Actor(unit.lower(), "contact", unit) for unit in UNITS), *(Actor(f"{unit.lower()}-head", "head", unit) for unit in UNITS),
)
TRIGGERS = (
    "assign", "accept", "decline", "sign-off", "object", "endorse", "send-back", "submit", "verify", "reject", "withdraw", "suspend",
    "resume", "request-extension", "grant", "refuse", "reassign", "reopen", "comment", "no-such-thing",
)


@dataclass
class Moving:
    """A clock that only the test moves."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Known:
    """What the model knows of a ticket."""

    state: str
    version: int
    lead: str | None
    cooperators: tuple[str, ...]

    def relations(self, actor: Actor) -> set[str]:
        """Written anew, from the words of the workflow page and not from the code."""
        found = {"supervisor": {"office"}, "leader": {"leader"}}.get(actor.role, set())
        if actor.role in ("contact", "head"):
            found = {"lead"} if actor.unit == self.lead else set()
            found |= {"head"} if actor.unit == self.lead and actor.role == "head" else set()
            found |= {"cooperator"} if actor.unit in self.cooperators else set()
        return set(found)


class Office(RuleBasedStateMachine):
    """One office with its database."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="zg-machine-", dir=MEMORY))
        shutil.copyfile(self.template, self.folder / "zg.db")
        self.db = connect(f"sqlite:///{self.folder / 'zg.db'}")
        self.clock = Moving(BEGIN)
        self.desk = Desk(self.db, self.clock)
        self.tickets: dict[str, Known] = {}
        self.keys: dict[str, str] = {}
        self.people = {person.name: person for person in PEOPLE}
        self.ended: dict[str, str] = {}
        self.deputies: dict[tuple[str, str], tuple[datetime, str | None]] = {}

    def teardown(self) -> None:
        self.db.close()
        shutil.rmtree(self.folder)

    @rule(
        grade=st.sampled_from(("A", "B", "C", None)), lead=st.sampled_from((*UNITS, None)), key=st.sampled_from(("K1", "K2", None)),
        days=st.none() | st.integers(-3, 60),
    )
    def open(self, grade: str | None, lead: str | None, key: str | None, days: int | None) -> None:
        lead = self.ended.get(lead or "", lead)
        due = None if days is None else self.clock.at + timedelta(days=days)
        content = f"{grade} {lead}"
        try:
            done = self.desk.open(self.people["office"], Opening("企业开办材料重复提交", "visit", grade=grade, lead=lead, key=key, due=due))
        except Refused:
            assert due is not None and due <= self.clock.at
            return
        except Conflict:
            assert key is not None and self.keys[key] != content
            return
        if not done.events:
            assert key is not None and done.ticket.number in self.tickets
            return
        assert key is None or key not in self.keys
        if key is not None:
            self.keys[key] = content
        year = (self.clock.at + timedelta(hours=8)).year
        before = sum(number.startswith(f"ZG-{year}-") for number in self.tickets)
        assert done.ticket.number == f"ZG-{year}-{before + 1:04d}"
        self.remember(done)

    @precondition(lambda self: self.tickets)
    @rule(
        data=st.data(), who=st.sampled_from(sorted(person.name for person in PEOPLE)), name=st.sampled_from(TRIGGERS), honest=st.booleans(),
        unit=st.sampled_from(UNITS), other=st.sampled_from(UNITS), days=st.integers(-2, 40),
    )
    def act(self, data: st.DataObject, who: str, name: str, honest: bool, unit: str, other: str, days: int) -> None:
        number, actor = data.draw(st.sampled_from(sorted(self.tickets))), self.people[who]
        unit, other = (self.ended.get(code, code) for code in (unit, other))
        known = self.tickets[number]
        definition = self.desk.definition(self.stored(number))
        if honest:  # most random acts are refused; half of them try something that the state allows, by somebody who may
            name = data.draw(st.sampled_from(sorted(item.name for item in definition.triggers.values() if known.state in item.sources)))
        trigger = definition.triggers.get(name)
        if honest and trigger is not None:
            able = [person for person in self.people.values() if known.relations(person) & set(trigger.by)]
            actor = data.draw(st.sampled_from(able)) if able else actor
        command = Command(name, *given(trigger, unit, other, self.clock.at + timedelta(days=days), data))
        try:
            with self.told_once():
                done = self.desk.do(actor, number, command)
        except TicketNotFound:
            assert actor.unit is not None and (known.state == "found" or not known.relations(actor))
            return
        except Refused as error:
            codes = {reason.code for reason in error.reasons}
            assert codes
            assert ("state-wrong" in codes) == (trigger is not None and known.state not in trigger.sources)
            assert ("not-yours" in codes) == (trigger is not None and not known.relations(actor) & set(trigger.by))
            return
        assert trigger is not None and known.state in trigger.sources and known.relations(actor) & set(trigger.by)
        assert done.ticket.state in {trigger.target or known.state, *trigger.back}
        *overtaken, _ = done.events  # rungs whose time had come and whose clock the act stops fire first
        assert {event.kind for event in overtaken} <= {"escalated", "handed-over"}  # what goes on after its end goes to successors first
        assert done.ticket.version == known.version + len(done.events)
        self.remember(done)

    @rule(hours=st.integers(0, 24 * 20))
    def wait(self, hours: int) -> None:
        self.clock.at += timedelta(hours=hours)

    @rule()
    def sweeps(self) -> None:
        with self.told_once():
            fired = sweep(self.desk).fired
        for ticket, _ in fired:
            self.tickets[ticket.number] = known_of(ticket)
        late = self.db.rows("SELECT number FROM ticket WHERE wake_at <= :now", now=self.clock.at)
        assert late == [], "an alarm in the past after a sweep"
        assert sweep(self.desk).events == 0, "a second sweep at the same time fires nothing"

    @precondition(lambda self: not self.ended)
    @rule(unit=st.sampled_from(UNITS), into=st.sampled_from(UNITS), follow=st.booleans())
    def merges(self, unit: str, into: str, follow: bool) -> None:
        """At most one, so that there is still somebody to work."""
        if unit == into or not self.tickets:
            return
        today = (self.clock.at + timedelta(hours=8)).date()
        with self.told_once():
            self.registry.units.merge(self.people["admin"], unit, into, today, "机构改革方案", accounts=follow)
        self.ended[unit] = into
        if follow:
            self.people[unit.lower()] = replace(self.people[unit.lower()], unit=into)
        self.refresh()

    @rule(unit=st.sampled_from(UNITS), days=st.integers(1, 30))
    def stands_in(self, unit: str, days: int) -> None:
        """The contact of a unit for its head, as long as both are of that unit."""
        if self.people[unit.lower()].unit == unit and (unit.lower(), f"{unit.lower()}-head") not in self.deputies:
            until = self.clock.at + timedelta(days=days)
            self.registry.accounts.stand_in(self.people["office"], f"{unit.lower()}-head", unit.lower(), self.clock.at, until)
            self.deputies[unit.lower(), f"{unit.lower()}-head"] = (until, unit)

    @rule(days=st.integers(-5, 20), worked=st.booleans(), accept=st.booleans())
    def counts_anew(self, days: int, worked: bool, accept: bool) -> None:
        before, calendars = self.desk.rules.calendar(), Calendars(self.desk, self.registry, breathe=lambda _: None)
        day = before.local_day(self.clock.at) + timedelta(days=days)
        calendar = replace(before, days={**before.days, day: Day(WORK if worked else REST, "另定")})
        if calendar.version == before.version:
            return
        late = {row[0] for row in self.db.rows("SELECT number FROM ticket WHERE late_days > 0 OR late_at <= :now", now=self.clock.at)}
        change = CalendarChange(before, calendar, calendars.notices(), {"day": day.isoformat()})
        calendars.put_in_force(self.people["admin"], change, lambda ticket, move: None, accept_earlier=accept)
        again = {row[0] for row in self.db.rows("SELECT number FROM ticket WHERE late_days > 0 OR late_at <= :now", now=self.clock.at)}
        assert accept or again <= late, "a calendar makes nobody late unless a person accepts its dates"
        self.refresh()

    @invariant()
    def a_stand_in_lasts_as_long_as_its_ground(self) -> None:
        """It sees what its principal sees, and afterwards it is nobody's."""
        for (deputy, principal), (until, unit) in self.deputies.items():
            if self.clock.at < until and self.people[deputy].unit == unit:
                self.must_see_its_own(act_as(self.db, f"{deputy}/{principal}", "test", self.clock.at))
            else:
                with pytest.raises(NotPermitted):
                    act_as(self.db, f"{deputy}/{principal}", "test", self.clock.at)

    @invariant()
    def nobody_sees_what_is_not_theirs(self) -> None:
        for person in self.people.values():
            if person.unit is not None:
                self.must_see_its_own(person)

    @invariant()
    def every_open_deadline_names_a_unit_that_holds_that_role(self) -> None:
        for ticket, _ in journal.read_tickets(self.db, [row[0] for row in self.db.rows("SELECT id FROM ticket WHERE NOT final")]):
            assert ticket.wake_at is not None and not {ticket.lead, *ticket.cooperators} & set(self.ended)
            for item in ticket.deadlines.values():
                if item.state in (RUNS, RESTS) and item.of != "office":
                    assert (item.unit in set(ticket.cooperators) - set(ticket.signed)) if item.unit else ticket.lead is not None

    @invariant()
    def holds(self) -> None:
        assert list(verify(self.db)) == []
        rows = {row[0]: row[1:] for row in self.db.rows("SELECT number, state, version FROM ticket")}
        assert rows == {number: (known.state, known.version) for number, known in self.tickets.items()}

    @invariant()
    def rungs_fire_once_an_epoch(self) -> None:
        for (id_,) in self.db.rows("SELECT id FROM ticket"):
            fired = Counter(
                (event.data["clock"], event.data["epoch"], event.data["rung"], event.data.get("n"))
                for event in journal.read_events(self.db, id_) if event.kind == "escalated"
            )
            assert max(fired.values(), default=0) <= 1

    @property
    def registry(self) -> Registry:
        return Registry(self.db, self.clock)

    def must_see_its_own(self, reader: Actor) -> None:
        """A unit sees the tickets that are its own now, in lists and by their numbers, and of their history nothing of the office's."""
        own = {number for number, known in self.tickets.items() if known.state != "found" and known.relations(reader)}
        assert {ticket.number for ticket in every(self.desk, reader, Wanted(scope=EVERY))} == own
        for number in self.tickets:
            try:
                ticket = self.desk.ticket(reader, number)
            except TicketNotFound:
                assert number not in own
                continue
            assert number in own and (ticket.proposals, ticket.level) == ((), ticket.acted_level)
            assert not any(for_the_office(event) or event.kind == "opened" for event in self.desk.events(reader, number))

    @contextmanager
    def told_once(self) -> Iterator[None]:
        """Whatever happens inside, nobody finds two notices of one ticket."""
        found = "SELECT recipient, stream FROM notice WHERE channel = 'inbox'"
        before = Counter(self.db.rows(found))
        yield
        assert max((Counter(self.db.rows(found)) - before).values(), default=1) == 1

    def refresh(self) -> None:
        for number in self.tickets:
            self.tickets[number] = known_of(self.stored(number))

    def remember(self, done: Done) -> None:
        self.tickets[done.ticket.number] = known_of(done.ticket)
        if (kept := done.ticket.duplicate_of) is not None:  # that one says so in its own history
            self.tickets[kept] = known_of(self.stored(kept))

    def stored(self, number: str) -> Any:
        found = journal.read_ticket(self.db, number)
        assert found is not None
        return found[0]


def known_of(ticket: Any) -> Known:
    return Known(ticket.state, ticket.version, ticket.lead, ticket.cooperators)


def given(trigger: Trigger | None, unit: str, other: str, date: datetime, data: st.DataObject) -> tuple[dict[str, Any], dict[str, str]]:
    """Input for the trigger: what it asks for, and some of what it would take."""
    facts: dict[str, Any] = {}
    words: dict[str, str] = {}
    for item in trigger.input if trigger else ():
        if not item.required_for and data.draw(st.integers(0, 2)):
            continue
        if item.kind == "words":
            words[item.name] = "依据事实"
        elif item.choices:
            facts[item.name] = data.draw(st.sampled_from(item.choices))
        else:
            kinds = {"unit": unit, "units": (other,), "when": date, "flag": True, "ticket": "ZG-2020-0001", "account": "leader"}
            facts[item.name] = kinds.get(item.kind, "x")
    return facts, words


def test_an_office_does_what_the_model_says(founded_file: Path) -> None:
    run_state_machine_as_test(type("Brief", (Office,), {"template": founded_file}), settings=BRIEF)


@pytest.mark.torture
def test_an_office_does_for_long_what_the_model_says(founded_file: Path) -> None:
    run_state_machine_as_test(type("Long", (Office,), {"template": founded_file}), settings=LONG)


def test_the_model_is_not_blind(founded_file: Path) -> None:
    """A row changed by hand does not pass."""
    machine = type("Blind", (Office,), {"template": founded_file})()
    machine.open("C", "SCJGJ", None, None)
    with closing(connect(f"sqlite:///{machine.folder / 'zg.db'}")) as db, db.write():
        db.run("UPDATE ticket SET state = 'verified'")
    with pytest.raises(AssertionError):
        machine.holds()
    machine.teardown()
