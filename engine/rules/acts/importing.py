"""How an item of a ledger that was kept elsewhere is taken over (导入): with its own number, its dates, and the state that it had reached.

What lies behind it is history and no act: importing gives nobody a hand in the matter, and tells nobody. What goes on goes on by the
date that it brings; rungs that lie before the import are skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.decide import Refusal, names_given
from engine.rules.acts.guards.closing import VERIFIED, WITHDRAWN
from engine.rules.acts.opening import LONGEST_KEY, Opening, facts_of_opening, opening_problems
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.deadline import ENDED, OFFICE, RESTS, RUNS, Deadline
from engine.rules.definition import Definition, State, by_grade
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import digest_words, stamp
from engine.rules.situation import Situation
from engine.rules.ticket import IMPORTED, TICKET, Fields, Ticket, evolve
from engine.rules.ticket_facts import Evidence, Grant
from engine.rules.timing import clocks, parts
from engine.rules.timing.silence import LONGEST_PAUSE
from engine.rules.wording import LONGEST_FACT, word_problem
from engine.rules.worktime import Calendar, late_days

RECTIFYING = "rectifying"
"""The stage of what is under way."""


class Origin(NamedTuple):
    """Where an item stands in the file that it came from: the file's SHA-256, the sheet, the row as people count them, and the number it
    has there, if it has one.
    """

    sha256: str
    sheet: str
    row: int
    number: str | None = None


class Past(NamedTuple):
    """What had become of an item before it was taken over: the state that it had reached, when it was assigned (交办), the dates that
    stood before the one it has now, the earliest first (延期), when it was handed in and when it was closed. A standing item (长期坚持)
    has no date.
    """

    state: str
    assigned_at: datetime | None = None
    extended: tuple[datetime, ...] = ()
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    standing: bool = False

    def to_json(self) -> JsonObject:
        """What of it the event says beside its state. Only what there is."""
        moments = {"assigned_at": self.assigned_at, "finished_at": self.finished_at, "closed_at": self.closed_at}
        node: JsonObject = {name: stamp(at) for name, at in moments.items() if at is not None}
        if self.extended:
            node["extended"] = [stamp(at) for at in self.extended]
        return node | {"standing": True} if self.standing else node


class Pictures(NamedTuple):
    """Pictures that lay at an item in its file: each as it is, for the office alone, and the marked copy that its unit is given. `names`
    are words, by the word of each file; `photos` say of each what its camera wrote, and which copy was made of it.
    """

    evidence: tuple[Evidence, ...]
    names: Mapping[str, str]
    photos: JsonObject

    def facts(self) -> JsonObject:
        """What the first event says of them."""
        return {"evidence": [item.to_json() for item in self.evidence], "photos": self.photos}


class Item(NamedTuple):
    """An item of a ledger: what it is, what had become of it, where it stands in its file, and the pictures that lay at it there."""

    opening: Opening
    past: Past
    origin: Origin
    pictures: Pictures | None = None


def import_problems(definition: Definition, item: Item, actor: Actor, now: datetime) -> tuple[Reason, ...]:
    """Everything that stands against taking the item over. A date that has passed is none: it is the item's own."""
    opening, past = item.opening, item.past
    found: list[Reason | None] = [
        reason for reason in opening_problems(definition, opening, actor, now) if reason.code not in ("date-past", "lead-missing")
    ]
    state = definition.states.get(past.state)
    if state is None:
        unknown = Reason("import-state", {"state": past.state, "known": list(definition.states)})
        return (*(reason for reason in found if reason), unknown)
    found += [_lead_missing(state, opening), _undated(state, past), _disordered(past, opening), _ahead(past, opening, now)]
    if past.standing and opening.due is not None:
        found.append(Reason("standing-no-date"))
    if past.standing and not clocks.keeps(definition, clocks.STANDING):
        found.append(Reason("no-review-clock", {"workflow": definition.name}))
    if item.origin.sheet:  # a text of values has no sheet
        found.append(word_problem("sheet", item.origin.sheet, LONGEST_FACT, one_line=True))
    if item.origin.number is not None:
        found.append(word_problem("number", item.origin.number, LONGEST_KEY, one_line=True))
    return tuple(reason for reason in found if reason)


def take_over(
    definition: Definition, item: Item, actor: Actor, now: datetime, calendar: Calendar, *, ticket: int, number: str, office: str,
    salt: str, secret_salt: str = "",
) -> Event | Refusal:
    """The first event of a ticket that was kept elsewhere, or every reason against it. `ticket` and `number` come from the record's
    counters. Nobody is told of it.
    """
    refuse_unknown_rules(definition)
    reasons = import_problems(definition, item, actor, now)
    if reasons:
        return Refusal(reasons)
    return taken_over(
        definition, item, actor, now, calendar, ticket=ticket, number=number, office=office, salt=salt, secret_salt=secret_salt,
    )


def taken_over(
    definition: Definition, item: Item, actor: Actor, now: datetime, calendar: Calendar, *, ticket: int, number: str, office: str,
    salt: str, secret_salt: str = "",
) -> Event:
    """The event of an item against which nothing stands."""
    opening, past = item.opening, item.past
    words, secret = opening.words(), opening.secret() or None
    data = facts_of_opening(definition, opening, actor, number=number, office=office)
    if item.pictures is not None:
        words |= item.pictures.names
        data |= item.pictures.facts()
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


# -- what stands against it ---------------------------------------------------------------------------------------------------


def _lead_missing(state: State, opening: Opening) -> Reason | None:
    """What is under way is somebody's. What is over may have been nobody's any more."""
    if opening.lead is not None or state.hidden or state.final:
        return None
    return Reason("item-without-lead")


def _undated(state: State, past: Past) -> Reason | None:
    """What is over, or was handed in, was so on a day: without one nobody can say whether it was in time."""
    if state.final and past.closed_at is None:
        return Reason("import-undated", {"state": state.name})
    return Reason("import-undated", {"state": state.name}) if _handed_in(state) and past.finished_at is None else None


def _disordered(past: Past, opening: Opening) -> Reason | None:
    """One thing came after the other."""
    course = [at for at in (opening.happened_at, past.assigned_at, past.finished_at, past.closed_at) if at is not None]
    dates = [at for at in (*past.extended, opening.due) if at is not None]
    for moments in (course, dates):
        for before, after in pairwise(moments):
            if after < before:
                return Reason("import-disordered", {"before": before, "after": after})
    return None


def _ahead(past: Past, opening: Opening, now: datetime) -> Reason | None:
    """What is said to have happened has happened."""
    course = (opening.happened_at, past.assigned_at, past.finished_at, past.closed_at)
    late = next((at for at in course if at is not None and at > now), None)
    return Reason("import-ahead", {"date": late}) if late is not None else None


# -- what follows from it -----------------------------------------------------------------------------------------------------


def _handed_in(state: State) -> bool:
    """Whether what stands there waits for the office with the work of the unit done."""
    return state.turn == OFFICE and not state.hidden and not state.rests and not state.final


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
    deadlines = dict(clocks.kept_awake(at, state.final, deadlines))
    fields: Fields = {
        **_course(at.definition, state, past), **_lateness(at, state, past, promise), "turn": state.turn, "final": state.final,
        "grants": _grants(past, due, at.now), "deadlines": deadlines, "wake_at": clocks.next_alarm(deadlines),
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
    if state.final or _handed_in(state):
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
