"""Acts (`did`) of a person, of a unit on paper, of the watch: decided again, by the code that decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.access import WATCH
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import NAMES_UNITS, against, before_trigger, outcome, undated
from engine.rules.acts.guards import GUARDS
from engine.rules.acts.guards.assignment import waits_for_consent
from engine.rules.acts.guards.closing import NOT_WHO_ASSIGNED
from engine.rules.acts.handover import gone
from engine.rules.acts.late_entry import FOR_UNIT, HAPPENED, Paper, enter, is_late_entry
from engine.rules.definition import Definition, Trigger
from engine.rules.event import Event
from engine.rules.judging.again import WORD, given_as_typed, promise_of, same_as_any, with_dates_of, words_of
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of
from engine.rules.machine import move
from engine.rules.proof.chain import moment
from engine.rules.situation import Given, Situation
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Evidence

OF_ANOTHER_TICKET = frozenset({"original-kept"})
"""Guards that ask of another ticket: the history of this one does not tell how that stood."""

OF_ENDED_UNITS = frozenset({"lead-in-force", "keeps-lead"})
"""Guards that ask which units have ended."""

MANY = 2
"""Supervisors of whom one can check what the other did."""

AFTER_ENDED_UNITS = frozenset({"units-in-force", "take-back"})
"""Effects that leave out the units that have ended."""


class Asked(NamedTuple):
    """A trigger without what cannot be asked any more, the workflow in which it stands so, and the guards that are not asked."""

    definition: Definition
    trigger: Trigger
    skipped: tuple[str, ...]


def act(event: Event, ticket: Ticket, history: Sequence[Event], definition: Definition, known: Known) -> Judgement:
    """What stands against an act on the ticket as it was; `history` are the events before it."""
    name = event.data["trigger"]
    if name not in definition.triggers:
        return judgement([Reason("no-such-trigger", {"trigger": name, "workflow": definition.name})])
    words = words_of(event)
    asked = _asked(definition, name, words is not None, known.tells_people, known.tells_units)
    command = _command(event, asked.trigger, words or {})
    made = same_as_any(event, _made(event, command, asked, ticket, history, known), known)
    return both(judgement([given_as_typed(event), _fired_by_rung(event, definition, history)], asked.skipped), made)


def situations(event: Event, ticket: Ticket, definition: Definition, known: Known) -> Iterator[Situation]:
    """The situation in which the event was written: by each calendar that may have been in force then, and where the record does not tell
    how many supervisors there were, with one and with several.
    """
    ended = gone(ticket, known.successors()) if ticket.final else ()
    visit = known.visit(ticket.visit) if ticket.visit is not None and waits_for_consent(ticket) else None
    for calendar in known.calendars(event.at):
        for alone, paired in _company(event, definition, known):
            yield Situation(definition, ticket, actor_of(event), event.at, calendar, alone=alone, paired=paired, ended=ended, visit=visit)


def _company(event: Event, definition: Definition, known: Known) -> tuple[tuple[bool, bool], ...]:
    """Whether the office had one person, and whether it had nobody but who entered something and whom it stood in for; looked up where
    something hangs on it.
    """
    late = is_late_entry(event)
    if not (late or (event.kind == "did" and _asks_who_else(definition, event.data["trigger"]))):
        return ((False, False),)
    actor = actor_of(event)
    deputy = late and actor.stands_for is not None
    if not known.tells_people:
        return ((False, False), (True, False), *(((False, True),) if deputy else ()))
    there = known.supervisors(event.at)
    return ((len(there) < MANY, deputy and {actor.name, actor.stands_for}.issuperset(there)),)


def _made(
    event: Event, command: Command, asked: Asked, ticket: Ticket, history: Sequence[Event], known: Known,
) -> Iterator[Event | Refusal]:
    """What the rules make of the act, in each situation."""
    definition, trigger = asked.definition, asked.trigger
    for at in situations(event, ticket, definition, known):
        if is_late_entry(event):
            words = {name: word for name, word in command.words.items() if name != "basis"}
            yield enter(at, command._replace(words=words), Paper(moment(event.data[HAPPENED]), WORD, event.data[FOR_UNIT]), history)
            continue
        if event.role == WATCH:
            at = at._replace(now=command.happened_at or event.at)
        at = before_trigger(at, command)
        reasons = against(at, trigger)
        target = _edge(definition, ticket.state, trigger.name, ticket.way_back)
        if reasons or target is None:
            yield Refusal(reasons)
        elif known.tells_units or AFTER_ENDED_UNITS.isdisjoint(trigger.effects):
            if known.thorough or target == ticket.state:
                yield outcome(at, command, trigger, target)
            else:
                yield with_dates_of(event, ticket.state, target, undated(at, command, trigger, target, promise_of(event)))


def _command(event: Event, trigger: Trigger, words: Mapping[str, str]) -> Command:
    """What was wanted, as far as the event tells it: of words only that they were given."""
    data = event.data
    happened_at = moment(data[HAPPENED]) if HAPPENED in data and event.role == WATCH else None
    batch = data["effects"].get("batch") if NAMES_UNITS in trigger.effects else None
    evidence = tuple(map(Evidence.from_json, data.get("evidence", ())))
    salt = "salt" if words else ""
    return Command(trigger.name, _input(data["input"], trigger), words, evidence, happened_at, salt, batch, data.get("round"))


def _input(facts: Mapping[str, object], trigger: Trigger) -> dict[str, Given]:
    """The inverse of `facts_json`: moments and several codes as the rules take them."""
    given: dict[str, Given] = {}
    for name, node in facts.items():
        if isinstance(node, list):
            given[name] = tuple(node)
        elif isinstance(node, str) and (item := trigger.takes(name)) is not None and item.kind == "when":
            given[name] = moment(node)
        elif node is None or isinstance(node, str | int):
            given[name] = node
        else:
            raise ValueError(f"no fact that is given: {name}")
    return given


def _fired_by_rung(event: Event, definition: Definition, history: Sequence[Event]) -> Reason | None:
    """What the watch does, a rung does: the event before it is of that rung."""
    if event.role != WATCH:
        return None
    last = history[-1]
    rungs = [
        rung for ladder in definition.ladders.values() for rung in ladder.rungs
        if rung.trigger == event.data["trigger"] and rung.name == last.data.get("rung")
    ]
    fires = last.kind == "escalated" and bool(rungs) and last.data.get("scheduled_for") == event.data.get(HAPPENED)
    return None if fires else Reason("judged-cause", {"kind": event.kind})


@lru_cache(maxsize=1_024)
def _asks_who_else(definition: Definition, trigger: str) -> bool:
    """Whether the trigger is asked by the guard that looks who else there is."""
    return any(named.name == NOT_WHO_ASSIGNED for named in definition.triggers[trigger].guards)


def _unasked(definition: Definition, trigger: str, words: bool, people: bool, units: bool) -> tuple[str, ...]:
    """The guards of a trigger that cannot be asked, because the record does not tell what they look at."""
    untold = OF_ANOTHER_TICKET | (frozenset() if units else OF_ENDED_UNITS) | (frozenset() if people else {NOT_WHO_ASSIGNED})
    typed = frozenset() if words else _words(definition.triggers[trigger])
    return tuple(
        named.name for named in definition.triggers[trigger].guards
        if named.name in untold or not typed.isdisjoint(GUARDS[named.name].looks_at)
    )


@lru_cache(maxsize=1_024)
def _asked(definition: Definition, name: str, words: bool, people: bool, units: bool) -> Asked:
    """The trigger without what cannot be asked, because the record does not tell of words, people, units."""
    trigger, skipped = definition.triggers[name], _unasked(definition, name, words, people, units)
    if skipped:
        trigger = trigger._replace(guards=tuple(guard for guard in trigger.guards if guard.name not in skipped))
    if not words:
        typed = _words(trigger)
        trigger = trigger._replace(input=tuple(item._replace(required_for=()) if item.name in typed else item for item in trigger.input))
    if trigger is not definition.triggers[name]:
        definition = replace(definition, triggers={**definition.triggers, name: trigger})
    return Asked(definition, trigger, skipped)


def _words(trigger: Trigger) -> frozenset[str]:
    """The inputs of a trigger that are words."""
    return frozenset(item.name for item in trigger.input if item.kind == "words")


@lru_cache(maxsize=4_096)
def _edge(definition: Definition, state: str, trigger: str, way_back: str | None) -> str | None:
    """Where the trigger leads from a state, whatever else stands against it; nowhere from a state in which it does not start."""
    return move(definition, state, trigger, lambda: True, way_back)
