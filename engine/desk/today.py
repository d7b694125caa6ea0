"""What waits for an actor today (今日待办): for the office, for a unit, for a leader; for any other account nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property

from engine.desk.lists import EVERY, OPEN, Wanted, portfolio, selected
from engine.desk.tickets import Desk
from engine.errors import NotPermitted
from engine.record import journal, queries
from engine.record.listing.counts import MOST_COUNTED, counting
from engine.record.listing.pages import read_page
from engine.record.listing.selection import Selection
from engine.rules.access import HEAD, LEADER, SUPERVISOR, UNIT_ROLES, Actor
from engine.rules.acts import consent
from engine.rules.acts.decide import Verdict, assess
from engine.rules.acts.guards.assignment import MOST_DENIALS
from engine.rules.acts.guards.closing import asks_who_else
from engine.rules.acts.guards.sign_off import asks_endorsement
from engine.rules.acts.proposals import named
from engine.rules.acts.requirement import EVIDENCE
from engine.rules.acts.rule_names import unknown_rules
from engine.rules.deadline import RUNS
from engine.rules.definition import Definition
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.worktime.period import week_of
from engine.views.today import (
    ADD_CONTACT,
    CONSENT_ON_PAPER,
    DESIGNATION,
    DISSENT,
    LOOK,
    OTHER_ANSWERS,
    STILL_MISSING,
    VERIFY_ON_EVIDENCE,
    Line,
    Section,
)

SHOWN = 20
"""Tickets of a section that are named; the others are counted."""

DueAt = Callable[[Ticket], datetime | None]
Awaited = Callable[[Ticket], consent.Waiting | None]

ASKS_A_LEADER = ("consent", CONSENT_ON_PAPER)
"""What is run next where a leader's word is missing: the leader says it, or the office enters it."""


def today(desk: Desk, actor: Actor) -> list[Section]:
    """The sections of the actor's role, empty ones too. Raises NotPermitted."""
    reading = _Reading(desk, actor)
    if actor.role == SUPERVISOR:
        return _of_office(reading)
    if actor.role in UNIT_ROLES and actor.unit is not None:
        return _of_unit(reading, actor.unit)
    return _of_leader(reading) if actor.role == LEADER else []


class _Reading:
    """Reads sections for one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk, self.actor = desk, actor
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
    ) -> Section:
        """The tickets in one of the states with these filters and switches, most urgent first, each with its trigger."""
        selection = self._selection(states, filters, switches, scope, SHOWN)
        if selection is None:
            return Section(name, (), 0)
        found = [ticket for ticket, _ in read_page(self.desk.database, selection)]
        count = len(found) if len(found) < SHOWN else self._count(selection)
        return Section(name, self.lines(found, trigger, due_at, unit, about), count, count >= MOST_COUNTED)

    def chosen(
        self, name: str, trigger: str, due_at: DueAt, wanted: Callable[[Ticket], bool], *, states: Sequence[str] | None = None,
        filters: Mapping[str, object] | None = None, switches: Sequence[str] = (), scope: str = EVERY, about: Awaited | None = None,
    ) -> Section:
        """Those of the tickets of such a section that are wanted by what only a rule can tell, of the first that are counted."""
        selection = self._selection(states, filters, switches, scope, MOST_COUNTED)
        if selection is None:
            return Section(name, (), 0)
        read = [ticket for ticket, _ in read_page(self.desk.database, selection)]
        found = [ticket for ticket in read if wanted(ticket)]
        return Section(name, self.lines(found[:SHOWN], trigger, due_at, about=about), len(found), len(read) == MOST_COUNTED)

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
            other = _other_answer(self.definition(ticket), ticket, name, waits_for)
            asked = about(ticket) if about is not None and name in ASKS_A_LEADER else None
            found.append(Line(ticket, due_at(ticket), name, other, waits_for, asked))
        return found

    def _selection(
        self, states: Sequence[str] | None, filters: Mapping[str, object] | None, switches: Sequence[str], scope: str, limit: int,
    ) -> Selection | None:
        """The tickets of a section; None where there can be none."""
        base = self.open if scope == OPEN else self.every
        if base is None or states == []:
            return None
        narrowed = {**base.filters, **(filters or {}), **({"state": states} if states is not None else {})}
        if filters and ("lead" in filters or "cooperating" in filters):
            narrowed.pop("unit", None)
        return replace(base, filters=narrowed, switches=tuple(switches), limit=limit)

    def states_of(self, trigger: str) -> list[str]:
        """The states in which a trigger can be fired, in any definition a ticket may be pinned to."""
        return _distinct(state for item in self.definitions if trigger in item.triggers for state in item.triggers[trigger].sources)

    def states_with(self, effect: str) -> list[str]:
        """The states in which a trigger with this effect can be fired, in any definition a ticket may be pinned to."""
        triggers = (trigger for item in self.definitions for trigger in item.triggers.values())
        return _distinct(state for trigger in triggers if effect in trigger.effects for state in trigger.sources)

    def undecided(self, ticket: Ticket, name: str | None = None) -> consent.Waiting | None:
        """The first thing of a ticket, or the one of this name, that waits for a leader and to which none has said anything."""
        definition = self.definition(ticket)
        if definition is None:
            return None
        at = Situation(definition, ticket, self.actor, self.desk.clock.now(), self.desk.rules.calendar())
        found = (item for item in consent.waiting(at) if name is None or name in item.names)
        return next((item for item in found if consent.given(ticket, item.about) is None), None)

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


def _of_office(reading: _Reading) -> list[Section]:
    assign, now = reading.states_of("assign"), reading.desk.clock.now()
    waiting = _distinct(
        state.name for item in reading.definitions for state in item.states.values()
        if state.turn == "office" and not state.final and not state.rests and state.name not in assign
    )

    def told_by(find: Callable[[Definition, Ticket], str]) -> Callable[[Ticket], str]:
        def found(ticket: Ticket) -> str:
            definition = reading.definition(ticket)
            return find(definition, ticket) if definition is not None else LOOK

        return found

    def step(definition: Definition, ticket: Ticket) -> str:
        name = _next_by_office(definition, ticket)
        found = reading.verdict(ticket, name)
        if found is None or any(reason.exit == NotPermitted.exit for reason in found.reasons):
            return "show"
        return VERIFY_ON_EVIDENCE if name == "verify" and EVIDENCE in found.needs else name

    def extension(ticket: Ticket) -> consent.Waiting | None:
        return reading.undecided(ticket, consent.EXTENSION)

    return [
        reading.section("to-assign", told_by(_assigned_by_office), _turn_due, states=assign),
        reading.section("to-verify", told_by(step), _turn_due, states=waiting),
        reading.section("requests", told_by(_reply_by_office), _office_due, switches=("asked",), about=extension),
        reading.section(
            "letters", told_by(_answer_by_office), _letter_due, states=reading.states_of("issue"), switches=("proposals",),
            about=reading.undecided,
        ),
        reading.section("overdue", "urge", _promised, switches=("overdue",)),
        reading.section(
            "due-this-week", "urge", _promised, filters={"due_from": now, "due_before": reading.week_end()}, switches=("running",),
        ),
        reading.section("objections", "show", _promised, switches=("objected",)),
        reading.section("instructions", "show", _report_due, switches=("instructed",), scope=EVERY),
        _stuck(reading),
    ]


def _stuck(reading: _Reading) -> Section:
    """What nothing moves by itself, as the doctor tells it: rules that fail, units of which nobody may act, suspensions that are over."""
    desk = reading.desk
    aside = [ticket for ticket, _ in _tickets(desk, desk.database.rows(queries.IDS_SET_ASIDE, limit=MOST_COUNTED))]
    parts = [Section("stuck", reading.lines(aside[:SHOWN], LOOK, _turn_due), len(aside), len(aside) == MOST_COUNTED)]
    idle = [str(row[0]) for row in desk.database.rows(queries.IDLE_UNITS, now=desk.clock.now())]

    def part_of(ticket: Ticket) -> str | None:
        open_parts = (item.unit for item in ticket.deadlines.values() if item.unit in idle and item.state == RUNS)
        return next(open_parts, ticket.cooperators[0])

    if idle:
        parts += [
            reading.section("stuck", ADD_CONTACT, _turn_due, filters={"lead": idle, "turn": ["lead"]}, unit=_lead),
            reading.section("stuck", ADD_CONTACT, _turn_due, filters={"cooperating": idle}, unit=part_of),
        ]
    return _merged("stuck", [*parts, reading.section("stuck", "resume", _office_due, switches=("pause-over",))])


def _tickets(desk: Desk, ids: Iterable[Sequence[int]]) -> list[tuple[Ticket, bytes]]:
    named = [row[0] for row in ids]
    return journal.read_tickets(desk.database, named) if named else []


def _merged(name: str, parts: Sequence[Section]) -> Section:
    """Several sections as one, in their order; a ticket that stands in two is named by the first."""
    lines = list({line.ticket.id: line for part in reversed(parts) for line in reversed(part.lines)}.values())[::-1]
    twice = sum(len(part.lines) for part in parts) - len(lines)
    return Section(name, lines[:SHOWN], sum(part.total for part in parts) - twice, any(part.more for part in parts))


def _of_unit(reading: _Reading, unit: str) -> list[Section]:
    own: dict[str, object] = {"lead": [unit]}
    submit, end = reading.states_of("submit"), reading.week_end()

    def part_due(ticket: Ticket) -> datetime | None:
        return next((item.due_at for item in ticket.deadlines.values() if item.unit == unit and item.state == RUNS), None)

    def submitted(ticket: Ticket) -> str:
        """Where a part is not signed off or the head has not endorsed, what is still missing is shown."""
        found = reading.verdict(ticket, "submit")
        return "submit" if found is not None and found.possible else STILL_MISSING

    def unendorsed(ticket: Ticket) -> bool:
        definition = reading.definition(ticket)
        return definition is not None and asks_endorsement(definition, ticket)

    to_endorse = [
        reading.chosen("to-endorse", "endorse", _promised, unendorsed, states=reading.states_of("endorse"), filters=own, scope=OPEN),
    ] if reading.actor.role == HEAD else []
    return [
        *to_endorse,
        reading.section("to-accept", "accept", _turn_due, states=reading.states_of("accept"), filters=own),
        reading.section("rejected", submitted, _promised, states=submit, filters=own, switches=("sent-back",)),
        reading.section("due", submitted, _promised, states=submit, filters=own | {"due_before": end}, switches=("first-time",)),
        reading.section("to-submit", submitted, _promised, states=submit, filters=own | {"due_later": end}, switches=("first-time",)),
        reading.section("parts", "sign-off", part_due, filters={"cooperating": [unit]}),
        reading.section("instructions", "report-back", _report_due, filters=own, switches=("instructed",), scope=EVERY),
    ]


def _of_leader(reading: _Reading) -> list[Section]:
    desk, name = reading.desk, reading.actor.stands_for or reading.actor.name
    units = set(portfolio(desk, reading.actor))

    def mine(ticket: Ticket) -> bool:
        declined = {item.unit for item in ticket.denials} if ticket.lead is None else set()
        return ticket.leader == name or ticket.lead in units or not declined.isdisjoint(units) or not units

    def undecided(ticket: Ticket) -> bool:
        definition = reading.definition(ticket)
        triggers = definition.triggers.values() if definition is not None else ()
        consents = any("consent" in item.effects and ticket.state in item.sources for item in triggers)
        return consents and mine(ticket) and reading.undecided(ticket) is not None

    def instructed(ticket: Ticket) -> bool:
        return any(item.by == name and item.reported_at is None for item in ticket.instructions)

    about = reading.undecided
    letters = reading.chosen("decisions", "consent", _letter_due, undecided, switches=("proposals",), about=about)
    asked = reading.chosen("decisions", "consent", _office_due, undecided, switches=("asked-again",), about=about)
    disputed = reading.chosen(
        "decisions", "consent", _turn_due, undecided, switches=("declined",), states=reading.states_with("designate"), about=about)
    return [
        _merged("decisions", (letters, asked, disputed)),
        reading.chosen("instructions", "show", _report_due, instructed, switches=("instructed",)),
    ]


def _lead(ticket: Ticket) -> str | None:
    return ticket.lead


def _turn_due(ticket: Ticket) -> datetime | None:
    return ticket.due_at


def _promised(ticket: Ticket) -> datetime | None:
    return ticket.promised_at


def _office_due(ticket: Ticket) -> datetime | None:
    return ticket.office_due_at


def _letter_due(ticket: Ticket) -> datetime | None:
    return min((item.due_at for item in ticket.proposals), default=ticket.office_due_at)


def _report_due(ticket: Ticket) -> datetime | None:
    """The first date by which a leader waits for an answer."""
    waiting = {str(item.seq) for item in ticket.instructions if item.reported_at is None}
    dates = [item.due_at for name, item in ticket.deadlines.items() if item.unit is None and name.rpartition(":")[2] in waiting]
    return min(dates, default=None)


def _next_by_office(definition: Definition, ticket: Ticket) -> str:
    """The trigger by which the office goes on: to verify where it can, else the first that leads to another state."""
    moves = [
        item.name for item in definition.triggers.values()
        if "office" in item.by and ticket.state in item.sources and item.target not in (None, ticket.state)
    ]
    return "verify" if "verify" in moves else moves[0] if moves else "show"


def _assigned_by_office(definition: Definition, ticket: Ticket) -> str:
    """How the office assigns it: after two denials by a designation only, where the workflow says so."""
    designated_only = len(ticket.denials) >= MOST_DENIALS and _guarded(definition, "assign", "designate-after-two-denials")
    return DESIGNATION if designated_only else "assign"


def _answer_by_office(definition: Definition, ticket: Ticket) -> str:
    """What the office does about the highest letter that waits: issue it; first have a leader's consent where the workflow wants it
    (领导审定); or waive what a leader refused.
    """
    letter = named(definition, ticket, None)
    if letter is None or not _guarded(definition, "issue", "circular-agreed") or not consent.needs_leader(letter):
        return "issue"
    return _as_agreed(ticket, consent.about_proposal(letter), "issue", "waive")


def _reply_by_office(definition: Definition, ticket: Ticket) -> str:
    """What the office does about an extension request: grant it; the second one as a leader agrees, where the workflow wants that."""
    if ticket.request is None or not ticket.grants or not _guarded(definition, "grant", "second-extension-agreed"):
        return "grant"
    return _as_agreed(ticket, consent.about_request(ticket.request), "grant", "refuse")


def _as_agreed(ticket: Ticket, about: str, agreed: str, refused: str) -> str:
    """The trigger for what a leader said; while nothing was said, the leader is asked."""
    said = consent.given(ticket, about)
    return CONSENT_ON_PAPER if said is None else agreed if said.agreed else refused


def _guarded(definition: Definition, trigger: str, guard: str) -> bool:
    """Whether a trigger has the guard."""
    found = definition.triggers.get(trigger)
    return found is not None and guard in [item.name for item in found.guards]


def _other_answer(definition: Definition | None, ticket: Ticket, trigger: str, unit: str | None) -> str | None:
    """What else may be answered, where the ticket's workflow has it: a unit with nobody to act is spared only what it leads."""
    other = OTHER_ANSWERS.get(trigger)
    if other is None or definition is None or (unit is not None and unit != ticket.lead):
        return None
    known = definition.triggers.get("consent" if other == DISSENT else other)
    return other if known is not None and ticket.state in known.sources else None


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
