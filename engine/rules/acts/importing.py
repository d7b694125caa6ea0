"""How an item of a ledger that was kept elsewhere is taken over (导入): with its own number, its dates, and the state that it had reached.

What lies behind it is history and no act: importing gives nobody a hand in the matter, and tells nobody. What goes on goes on by the
date that it brings; rungs that lie before the import are skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise

from engine.rules.access import Actor
from engine.rules.acts.given import names_given
from engine.rules.acts.guards.closing import VERIFIED, WITHDRAWN
from engine.rules.acts.ledger_item import Item, Origin, Past
from engine.rules.acts.ledger_item_problems import is_handed_in
from engine.rules.acts.opening import Opening, facts_of_opening
from engine.rules.deadline import ENDED, RESTS, RUNS, Deadline
from engine.rules.definition import Definition, State, by_grade
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import digest_words
from engine.rules.situation import Situation
from engine.rules.ticket import IMPORTED, TICKET, Fields, Ticket, evolve
from engine.rules.ticket_facts import Grant
from engine.rules.timing import clocks, parts
from engine.rules.timing.silence import LONGEST_PAUSE
from engine.rules.worktime import Calendar, late_days

RECTIFYING = "rectifying"
"""The stage of what is under way."""


def taken_over(
    definition: Definition, item: Item, actor: Actor, now: datetime, calendar: Calendar, *, ticket: int, number: str, office: str,
    salt: str, secret_salt: str = "",
) -> Event:
    """The event of an item against which nothing stands."""
    opening, past = item.opening, item.past
    words, secret = opening.words(), opening.secret() or None
    data = facts_of_opening(definition, opening, actor, number=number, office=office)
    data |= {"origin": _origin(item.origin), "past": past.to_json(), "words": digest_words(words, salt), "given": names_given(words)}
    if secret:
        data["secret"] = digest_words(secret, secret_salt)
    at = Situation(definition, _blank(definition, past.state), actor, now, calendar.of(opening.lead))
    data["effects"] = _reached(at, past, opening)
    return Event(
        ticket=ticket, seq=1, at=now, actor=actor.name, role=actor.role, unit=actor.unit, via=actor.via, kind=IMPORTED,
        from_state=None, to_state=past.state, data=data, words=words, salt=salt,
        secret=secret, secret_salt=secret_salt if secret else None,
    )


# -- what follows from it -----------------------------------------------------------------------------------------------------


def _reached(at: Situation, past: Past, opening: Opening) -> JsonObject:
    """The effects by which the ticket stands where the item stood."""
    state, due, assign_by = at.definition.states[past.state], opening.due, opening.assign_by
    grade = at.definition.grade_of(opening.grade)
    promise = _promise(at, state, past, due, grade)
    begun = _clocks(
        at.definition, state.name, grade, past.standing, promise is not None, opening.limit, assign_by, at.now, at.calendar,
    )
    deadlines = dict(begun) if promise is None else {**begun, promise.clock: promise}
    if opening.cooperators and not state.final:
        lead = promise._replace(started_at=at.now) if promise is not None else None  # a part asks for the date, and not since when
        deadlines |= _parts(
            at.definition, state.name, grade, opening.cooperators, lead, past.standing, opening.limit, assign_by, at.now, at.calendar,
        )
    if opening.outer is not None:
        deadlines |= _outer(at.definition, state.name, grade, opening.outer, at.now, at.calendar)
    awake = clocks.kept_awake(at, state.final, deadlines)
    fields: Fields = {
        **_course(at.definition, state, past), **_lateness(at, state, past, promise), "turn": state.turn, "final": state.final,
        "grants": _grants(past, due, at.now), "deadlines": awake.deadlines, "wake_at": awake.alarm,
    }
    effects: Fields = {name: value for name, value in fields.items() if value != getattr(at.ticket, name)}
    return TICKET.effects_of({**effects, "standing": True} if past.standing else effects)


@lru_cache(maxsize=64)
def _blank(definition: Definition, state: str) -> Ticket:
    """A ticket of which nothing is known yet but where it stands: what of it changes is told by effects."""
    data: JsonObject = {"number": "X-1-1", "office": "", "workflow": definition.name, "definition": definition.hash, "source": ""}
    return evolve(None, Event(0, 1, datetime.fromtimestamp(0, UTC), "", "", None, "", IMPORTED, None, state, data))


@lru_cache(maxsize=64)
def _under_way(definition: Definition) -> str:
    """The state of what is under way: what stands aside goes back to it."""
    return next((each.name for each in definition.states.values() if each.stage == RECTIFYING), definition.initial)


def _course(definition: Definition, state: State, past: Past) -> Fields:
    """When it was assigned, handed in, closed, and as what; where it goes back to from where it stands aside."""
    fields: Fields = {"assigned_at": past.assigned_at, "attempt": 0 if state.hidden else 1}
    if state.rests:
        fields["returns_to"] = _under_way(definition)
    if state.final:
        fields |= {"closed_at": past.closed_at, "closed_as": WITHDRAWN if state.stage == WITHDRAWN else VERIFIED}
    if state.final and state.stage == WITHDRAWN:
        return {**fields, "withdrawn_from": _under_way(definition)}
    if state.final or is_handed_in(state):
        fields |= {"submitted": True, "submitted_at": past.finished_at or past.closed_at}
    return fields


def _grants(past: Past, due: datetime | None, now: datetime) -> tuple[Grant, ...]:
    """The extensions that the ledger tells. When each was granted it does not say: not after the date that it moved, nor after now."""
    dates = past.extended if due is None else (*past.extended, due)
    return tuple(Grant(before, after, min(before, now)) for before, after in pairwise(dates))


def _promise(at: Situation, state: State, past: Past, due: datetime | None, grade: str | None) -> Deadline | None:
    """The deadline of the item's own date, as the state has it: running, at rest, ended, or waiting to be assigned. Rungs that lie before
    the import are skipped. None where the item brings no date.
    """
    clock = at.definition.promise
    if clock is None or due is None:
        return None
    if state.hidden:
        return clocks.planned(at, due)[clock.name]
    begun = _begun(at.definition, clock.name, grade, due, at.now, at.calendar)
    if past.assigned_at is not None:
        begun = begun._replace(started_at=past.assigned_at)
    if clock.name in state.clocks:
        return begun
    return clocks.rest(begun, past.finished_at or at.now) if state.name in clock.rests_in and not state.final else clocks.end(begun)


# The items of a ledger share their dates, grades and states: what follows from these alone is counted once for all of them.


@lru_cache(maxsize=4_096)
def _begun(
    definition: Definition, clock: str, grade: str | None, due: datetime, now: datetime, calendar: Calendar,
) -> Deadline:
    """A clock that runs to a date since now."""
    return clocks.start(_anyone(definition, definition.initial, grade, now, calendar), definition.clocks[clock], epoch=1, fixed_at=due)


@lru_cache(maxsize=4_096)
def _outer(
    definition: Definition, state: str, grade: str | None, outer: datetime, now: datetime, calendar: Calendar,
) -> Mapping[str, Deadline]:
    """The superior's own date: of what is over it is kept, and runs no more."""
    begun = clocks.begin_attribute_clocks(_anyone(definition, state, grade, now, calendar), clocks.OUTER, fixed_at=outer)
    over = definition.states[state].final
    return {name: clocks.end(each) if over and each.state == RUNS else each for name, each in begun.items()}


@lru_cache(maxsize=4_096)
def _clocks(
    definition: Definition, state: str, grade: str | None, standing: bool, dated: bool, limit: str | None, assign_by: datetime | None,
    now: datetime, calendar: Calendar,
) -> Mapping[str, Deadline]:
    """The clocks of a state, the review of a standing item, the end of a suspension; not the promise of an item that brings its date."""
    at, there = _anyone(definition, state, grade, now, calendar), definition.states[state]
    without_promise = at._replace(ticket=at.ticket._replace(standing=standing or dated, stated_limit=limit))
    deadlines = clocks.enter_state(without_promise, None, state, office_by=assign_by if there.hidden else None)
    if standing and not there.hidden and not there.final:
        deadlines |= {
            name: clocks.rest(begun, now) if state in clocks.clock_of(definition, begun).rests_in else begun
            for name, begun in clocks.begin_attribute_clocks(at, clocks.STANDING).items()
        }
    if there.rests:
        for clock in definition.clocks.values():
            if clock.runs_with == clocks.PAUSE:
                deadlines[clock.name] = clocks.start(at, clock, epoch=1, amount=by_grade(clock.amount, grade) or LONGEST_PAUSE)
    return deadlines


@lru_cache(maxsize=4_096)
def _parts(
    definition: Definition, state: str, grade: str | None, cooperators: tuple[str, ...], promise: Deadline | None, standing: bool,
    limit: str | None, assign_by: datetime | None, now: datetime, calendar: Calendar,
) -> Mapping[str, Deadline]:
    """The parts of cooperators, before the lead's date."""
    begun = _clocks(definition, state, grade, standing, promise is not None, limit, assign_by, now, calendar)
    at = _anyone(definition, state, grade, now, calendar)
    at = at._replace(ticket=at.ticket._replace(cooperators=cooperators))
    lead = {promise.clock: promise} if promise is not None else {}
    return parts.follow(at, at.ticket._replace(deadlines={**begun, **lead}))


def _anyone(definition: Definition, state: str, grade: str | None, now: datetime, calendar: Calendar) -> Situation:
    """A situation in which only grade and calendar count."""
    return Situation(definition, _blank(definition, state)._replace(grade=grade), NOBODY, now, calendar)


NOBODY = Actor("", "", None)
"""Clocks do not ask who acts."""


def _lateness(at: Situation, state: State, past: Past, promise: Deadline | None) -> Fields:
    """How late the unit was when it handed the item in, or when that came to rest or to its end. None while its date runs, and where it
    had none.
    """
    if promise is None or promise.state not in (RESTS, ENDED):
        return {}
    late = late_days(promise.due_at, past.finished_at or past.closed_at or at.now, at.calendar)
    handed_in = state.stage != WITHDRAWN and not state.rests
    return {"late_days": late, "on_time": late == 0 if handed_in else None}


def _origin(origin: Origin) -> JsonObject:
    node: JsonObject = {"sha256": origin.sha256, "sheet": origin.sheet, "row": origin.row}
    return node if origin.number is None else {**node, "number": origin.number}
