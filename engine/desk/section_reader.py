"""The tickets that wait for one actor, read section by section: which of them, the most urgent first, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from engine.desk.awaited import undecided
from engine.desk.next_steps import other_answer
from engine.desk.tickets import Desk
from engine.desk.wanted import EVERY, OPEN, Wanted, selected
from engine.record import journal
from engine.record.listing.counts import MOST_COUNTED, counting
from engine.record.listing.pages import read_beginnings, read_page, read_states
from engine.record.listing.selection import Selection
from engine.rules.access import Actor
from engine.rules.acts import consent
from engine.rules.acts.command import Verdict
from engine.rules.acts.decide import assess
from engine.rules.acts.guards.closing import asks_who_else
from engine.rules.acts.rule_names import unknown_rules
from engine.rules.definition import Definition
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.worktime.period import week_of
from engine.views.today import CONSENT_ON_PAPER, Line, Section

SHOWN = 20
"""Tickets of a section that are named; the others are counted."""

DueAt = Callable[[Ticket], datetime | None]
Awaited = Callable[[Ticket], consent.Waiting | None]

ASKS_A_LEADER = ("consent", CONSENT_ON_PAPER)
"""What is run next where a leader's word is missing: the leader says it, or the office enters it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A section that is not read yet: its name, which tickets are in it (None: none can be), and what makes its lines of them."""

    name: str
    selection: Selection | None
    lines: Callable[[Sequence[Ticket]], list[Line]]


class Together(NamedTuple):
    """Sections that become one of this name."""

    name: str
    parts: Sequence[Section | Sought]


class SectionReader:
    """Reads sections for one actor."""

    def __init__(self, desk: Desk, actor: Actor, shown: int = SHOWN, only: str | None = None) -> None:
        """`shown` tickets of a section are named; with `only`, the section of that name alone is read, and every other one is empty."""
        self.desk, self.actor, self.shown, self.only = desk, actor, shown, only
        self.open = selected(desk, actor, Wanted(scope=OPEN))
        self.every = selected(desk, actor, Wanted(scope=EVERY))
        self._readable = desk.rules.readable()
        self.definitions = list(self._readable.values())

    def definition(self, ticket: Ticket) -> Definition | None:
        """The definition that a ticket is pinned to; None where it cannot be read, which ends nobody's day."""
        return self._readable.get(ticket.definition)

    def section(
        self, name: str, trigger: str | Callable[[Ticket], str], due_at: DueAt, *, states: Sequence[str] | None = None,
        filters: Mapping[str, object] | None = None, switches: Sequence[str] = (), scope: str = OPEN,
        unit: Callable[[Ticket], str | None] | None = None, about: Awaited | None = None,
    ) -> Sought:
        """The tickets in one of the states with these filters and switches, most urgent first, each with its trigger."""
        selection = self._selection(name, states, filters, switches, scope, self.shown)
        return Sought(name, selection, lambda tickets: self.lines(tickets, trigger, due_at, unit, about))

    def read(self, wanted: Sequence[Section | Sought | Together]) -> list[Section]:
        """The sections, all those that were not read yet by one statement for what is in them and one for the tickets."""
        parts = [part for item in wanted for part in (item.parts if isinstance(item, Together) else (item,))]
        sought = [part for part in parts if isinstance(part, Sought)]
        found = {id(part): section for part, section in zip(sought, self._found(sought), strict=True)}
        sections = iter([found[id(part)] if isinstance(part, Sought) else part for part in parts])
        return [
            self.merged(item.name, list(islice(sections, len(item.parts)))) if isinstance(item, Together) else next(sections)
            for item in wanted
        ]

    def merged(self, name: str, parts: Sequence[Section]) -> Section:
        """Several sections as one, in their order; a ticket that stands in two is named by the first."""
        named = [line for part in parts for line in part.lines if isinstance(line, Line)]
        lines = list({line.ticket.id: line for line in reversed(named)}.values())[::-1]
        twice = sum(len(part.lines) for part in parts) - len(lines)
        return Section(name, lines[:self.shown], sum(part.total for part in parts) - twice, any(part.more for part in parts))

    def _found(self, sought: Sequence[Sought]) -> list[Section]:
        """The sections that were sought, in their order."""
        database, sought = self.desk.database, self._possible(sought)
        selections = [part.selection for part in sought if part.selection is not None]
        ids = iter(read_beginnings(database, selections) if selections else ())
        chosen = [(part, next(ids) if part.selection is not None else []) for part in sought]
        named = list(dict.fromkeys(each for _, found in chosen for each in found))
        tickets = {ticket.id: ticket for ticket, _ in journal.read_tickets(database, named)} if named else {}
        sections = []
        for part, found in chosen:
            full = part.selection is not None and len(found) >= self.shown
            count = self._count(part.selection) if full and part.selection is not None else len(found)
            lines = part.lines([tickets[each] for each in found if each in tickets])
            sections.append(Section(part.name, lines, count, count >= MOST_COUNTED))
        return sections

    def _possible(self, sought: Sequence[Sought]) -> list[Sought]:
        """The same sections, only of states that tickets have."""
        there = read_states(self.desk.database)

        def narrowed(selection: Selection | None) -> Selection | None:
            if selection is None or "state" not in selection.filters:
                return selection
            states = [state for state in selection.filters["state"] if state in there]
            return replace(selection, filters={**selection.filters, "state": states}) if states else None

        return [replace(part, selection=narrowed(part.selection)) for part in sought]

    def chosen(
        self, name: str, trigger: str | Callable[[Ticket], str], due_at: DueAt, wanted: Callable[[Ticket], bool], *,
        states: Sequence[str] | None = None, filters: Mapping[str, object] | None = None, switches: Sequence[str] = (), scope: str = EVERY,
        about: Awaited | None = None,
    ) -> Section:
        """Those of the tickets of such a section that are wanted by what only a rule can tell, of the first that are counted."""
        selection = self._selection(name, states, filters, switches, scope, MOST_COUNTED)
        if selection is None:
            return Section(name, (), 0)
        read = [ticket for ticket, _ in read_page(self.desk.database, selection)]
        found = [ticket for ticket in read if wanted(ticket)]
        return Section(name, self.lines(found[:self.shown], trigger, due_at, about=about), len(found), len(read) == MOST_COUNTED)

    def lines(
        self, tickets: Iterable[Ticket], trigger: str | Callable[[Ticket], str], due_at: DueAt,
        unit: Callable[[Ticket], str | None] | None = None, about: Awaited | None = None,
    ) -> list[Line]:
        """Each ticket with its trigger and, where the ticket may be answered otherwise, the other one; `unit`: whom it waits for;
        `about`: what of it waits for a leader.
        """
        found = []
        for ticket in tickets:
            name = trigger if isinstance(trigger, str) else trigger(ticket)
            waits_for = unit(ticket) if unit is not None else None
            other = other_answer(self.definition(ticket), ticket, name, waits_for)
            asked = about(ticket) if about is not None and name in ASKS_A_LEADER else None
            found.append(Line(ticket, due_at(ticket), name, other, waits_for, asked))
        return found

    def _selection(
        self, name: str, states: Sequence[str] | None, filters: Mapping[str, object] | None, switches: Sequence[str], scope: str,
        limit: int,
    ) -> Selection | None:
        """The tickets of a section; None where there can be none, or nobody asked for it."""
        base = self.open if scope == OPEN else self.every
        if base is None or states == [] or self.only not in (None, name):
            return None
        narrowed = {**base.filters, **(filters or {}), **({"state": states} if states is not None else {})}
        if filters and ("lead" in filters or "cooperating" in filters):
            narrowed.pop("unit", None)
        return replace(base, filters=narrowed, switches=tuple(switches), limit=limit)

    def states_of(self, trigger: str) -> list[str]:
        """The states in which a trigger can be fired, in any definition a ticket may be pinned to."""
        return distinct(state for item in self.definitions if trigger in item.triggers for state in item.triggers[trigger].sources)

    def states_with(self, effect: str) -> list[str]:
        """The states in which a trigger with this effect can be fired, in any definition a ticket may be pinned to."""
        triggers = (trigger for item in self.definitions for trigger in item.triggers.values())
        return distinct(state for trigger in triggers if effect in trigger.effects for state in trigger.sources)

    def undecided(self, ticket: Ticket, name: str | None = None) -> consent.Waiting | None:
        """The first thing of a ticket, or the one of this name, that waits for a leader and to which none has said anything."""
        definition = self.definition(ticket)
        if definition is None:
            return None
        found = undecided(self.desk, self.actor, definition, ticket)
        return next((item for item in found if name is None or name in item.names), None)

    def verdict(self, ticket: Ticket, name: str) -> Verdict | None:
        """What stands against a trigger for this actor, and what is to be given with it; None where the ticket's workflow cannot say."""
        definition = self.definition(ticket)
        trigger = definition.triggers.get(name) if definition is not None else None
        if definition is None or trigger is None or unknown_rules(definition):
            return None
        alone = asks_who_else(definition, ticket) and self.alone
        at = Situation(definition, ticket, self.actor, self.desk.clock.now(), self.desk.rules.calendar(), alone=alone)
        return assess(at, trigger)

    @cached_property
    def alone(self) -> bool:
        """Whether the office has one person; looked up once, and only where something hangs on it."""
        return self.desk.has_one_person(self.desk.clock.now())

    def week_end(self) -> datetime:
        """The first moment after this week."""
        zone = self.desk.rules.zone()
        last = week_of(self.desk.clock.now().astimezone(zone).date()).last
        return datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)

    def _count(self, selection: Selection) -> int:
        statement, values = counting(selection)
        return sum(int(row[1]) for row in self.desk.database.rows(statement, **values))


def distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
