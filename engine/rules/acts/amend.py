"""Correcting what we ourselves got wrong (更正), and linking tickets. The event keeps old and new; the unit's score feels nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import Reason
from engine.rules.access import SUPERVISOR, Actor
from engine.rules.acts import proposals
from engine.rules.acts.decide import Refusal, effects_of, happening
from engine.rules.acts.effects import planned
from engine.rules.acts.guards import Situation
from engine.rules.acts.opening import SOURCES
from engine.rules.deadline import PLANNED, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Clock, Definition, by_grade
from engine.rules.event import Event
from engine.rules.proof.chain import stamp
from engine.rules.ticket import WORDS, Fields, Ticket
from engine.rules.timing import clocks, parts
from engine.rules.wording import LONGEST, title_problem, word_problem
from engine.rules.worktime import Calendar, add_working_seconds, due, working_seconds

FACTS = ("grade", "measure", "source")
"""Fields that may be corrected and are no words."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be corrected; None leaves a field as it is. `due` is an aware moment set by a person; `standing` makes a ticket that
    has a date a standing item (长期坚持), and `due` makes one of that a ticket with a date.
    """

    reason: str
    title: str | None = None
    detail: str | None = None
    grade: str | None = None
    measure: str | None = None
    source: str | None = None
    due: datetime | None = None
    standing: bool = False
    salt: str = ""


def amend(
    definition: Definition, ticket: Ticket, amendment: Amendment, actor: Actor, now: datetime, calendar: Calendar,
) -> Event | Refusal:
    """The event `amended`, or every reason against it."""
    calendar = calendar.of(ticket.lead)
    reasons = _problems(definition, ticket, amendment, actor, now)
    if reasons:
        return Refusal(reasons)
    changes: dict[str, Any] = {}
    words = {"reason": amendment.reason}
    for name in WORDS:
        new = getattr(amendment, name)
        if new is not None and new != getattr(ticket, name):
            changes[name] = None
            words[name] = new
    for name in FACTS:
        new = getattr(amendment, name)
        if new is not None and new != getattr(ticket, name):
            changes[name] = [getattr(ticket, name), new]
    data: dict[str, Any] = {"changes": changes}
    fields, deadlines = _moved(definition, ticket, amendment, actor, now, calendar, data)
    after = ticket._replace(deadlines=clocks.merged(ticket.deadlines, deadlines), grade=amendment.grade or ticket.grade)
    moved_parts = parts.follow(definition, ticket, after, now, calendar)
    voided = [*_voided(definition, ticket, deadlines), *_voided(definition, ticket, moved_parts)]
    if voided:
        data["voided"] = voided
    deadlines |= moved_parts
    data["effects"] = effects_of(fields, definition, ticket, ticket.state, deadlines)
    return happening(ticket, actor, now, "amended", ticket.state, data, words, amendment.salt)


def _problems(
    definition: Definition, ticket: Ticket, amendment: Amendment, actor: Actor, now: datetime,
) -> tuple[Reason, ...]:
    same = all(getattr(amendment, name) in (None, getattr(ticket, name)) for name in (*WORDS, *FACTS))
    found = [
        None if actor.role == SUPERVISOR else Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "amend"}, 4),
        Reason("final", {"state": ticket.state}) if ticket.final else None,
        Reason("nothing-to-amend") if same and amendment.due is None and (ticket.standing or not amendment.standing) else None,
        Reason("standing-no-date") if amendment.standing and amendment.due is not None else None,
        word_problem("reason", amendment.reason, LONGEST),
        title_problem(amendment.title) if amendment.title is not None else None,
        word_problem("detail", amendment.detail, LONGEST) if amendment.detail is not None else None,
    ]
    if amendment.grade is not None and amendment.grade not in definition.grades:
        found.append(Reason("grade-unknown", {"grade": amendment.grade, "known": list(definition.grades)}))
    if amendment.source is not None and amendment.source not in SOURCES:
        found.append(Reason("source-unknown", {"source": amendment.source, "known": list(SOURCES)}))
    if amendment.due is not None and amendment.due <= now:
        found.append(Reason("date-past", {"date": amendment.due}))
    if amendment.standing and not any(clock.runs_with == clocks.STANDING for clock in definition.clocks.values()):
        found.append(Reason("no-review-clock", {"workflow": definition.name}))
    if amendment.due is not None and definition.promise is None:
        found.append(Reason("nothing-promised"))
    return tuple(reason for reason in found if reason)


def _moved(
    definition: Definition, ticket: Ticket, amendment: Amendment, actor: Actor, now: datetime, calendar: Calendar,
    data: dict[str, Any],
) -> tuple[Fields, dict[str, Deadline]]:
    """A date of ours that was wrong begins a new epoch: its rungs were fired on the wrong date and are void."""
    promise, clock = ticket.promise, definition.promise
    if clock is None:
        return {}, {}
    if amendment.standing and not ticket.standing:
        return _made_standing(definition, ticket, now, calendar, data)
    if ticket.standing and amendment.due is not None:
        return _dated(definition, ticket, clock, amendment, actor, now, calendar, data)
    if promise is None or promise.state in (PLANNED, VOID):
        if amendment.due is None:
            return {}, {}
        at = Situation(definition, ticket, actor, now, calendar)
        epoch = promise.epoch if promise and promise.state == PLANNED else promise.epoch + 1 if promise else 1
        plan = {name: item._replace(epoch=epoch) for name, item in planned(at, amendment.due).items()}
        data["changes"]["due"] = [stamp(promise.due_at) if promise and promise.state == PLANNED else None, stamp(amendment.due)]
        return {}, plan
    grade = amendment.grade or ticket.grade
    fixed_at = amendment.due
    if fixed_at is None:
        if amendment.grade in (None, ticket.grade):
            return {}, {}
        if promise.fixed:
            return {}, {promise.clock: _armed(definition, ticket, promise, grade, calendar)}
        due_at, amount = _by_new_grade(definition, ticket, promise, amendment.grade, calendar)
    else:
        due_at, amount = fixed_at, None
    fresh = promise._replace(
        epoch=promise.epoch + 1, due_at=due_at, amount=amount, rung=0, level=0, skipped=(), ours=(),
        left=working_seconds(_resting_since(ticket), due_at, calendar) if promise.state == RESTS and amount else None,
        provisional=calendar.provisional(calendar.local_day(due_at)), calendar=calendar.version if amount else None,
    )
    armed = _armed(definition, ticket, fresh, grade, calendar, skip_before=now)
    data["changes"]["due"] = [stamp(promise.due_at), stamp(due_at)]
    return _unfelt(ticket, promise), {promise.clock: armed, **proposals.follow(definition, ticket, (), calendar)}


def _unfelt(ticket: Ticket, promise: Deadline) -> Fields:
    """What rungs of a wrong date did is undone: no level, nothing proposed."""
    fields: Fields = {}
    if promise.level and ticket.acted_level:
        fields["acted_level"] = 0
    if ticket.proposals:
        fields["proposals"] = ()
    return fields


def _made_standing(
    definition: Definition, ticket: Ticket, now: datetime, calendar: Calendar, data: dict[str, Any],
) -> tuple[Fields, dict[str, Deadline]]:
    """长期坚持: it should never have had a date. The date is void with all it fired; a review comes round instead."""
    data["changes"]["standing"] = [False, True]
    fields: Fields = {"standing": True}
    deadlines = clocks.begin_beside(definition, ticket, clocks.STANDING, now, calendar)
    if (promise := ticket.promise) is not None:
        fields |= _unfelt(ticket, promise)
        deadlines[promise.clock] = clocks.end(promise, VOID)._replace(
            epoch=promise.epoch + 1, rung=0, level=0, warn_at=None, skipped=(), ours=(),
        )
        deadlines |= proposals.follow(definition, ticket, (), calendar)
    return fields, deadlines


def _dated(
    definition: Definition, ticket: Ticket, clock: Clock, amendment: Amendment, actor: Actor, now: datetime, calendar: Calendar,
    data: dict[str, Any],
) -> tuple[Fields, dict[str, Deadline]]:
    """A standing item gets a date after all: the date runs, rests or waits as the state says, and no review comes round."""
    state, promise, fixed_at = definition.states[ticket.state], ticket.promise, amendment.due
    data["changes"] |= {"standing": [True, False], "due": [None, stamp(fixed_at) if fixed_at else None]}
    deadlines = {
        name: clocks.end(item) for name, item in ticket.deadlines.items()
        if clocks.clock_of(definition, item).runs_with == clocks.STANDING and item.state in (RUNS, RESTS)
    }
    epoch = promise.epoch + 1 if promise else 1
    begun = clocks.start(clock, definition, amendment.grade or ticket.grade, now, calendar, epoch=epoch, fixed_at=fixed_at)
    if clock.name in state.clocks:
        deadlines[clock.name] = begun
    elif state.name in clock.rests_in:
        deadlines[clock.name] = clocks.rest(begun, now, calendar)
    else:
        deadlines[clock.name] = clocks.end(begun, PLANNED)._replace(warn_at=None, skipped=(), rung=0)
    return {"standing": False}, deadlines


def _voided(definition: Definition, ticket: Ticket, changed: Mapping[str, Deadline]) -> list[dict[str, Any]]:
    """The rungs that fired in an epoch that is over now: they were fired on a wrong date."""
    found = []
    for name, deadline in changed.items():
        old = ticket.deadlines.get(name)
        if old is not None and old.epoch != deadline.epoch:
            rungs = definition.ladders[clocks.clock_of(definition, old).ladder].rungs[: old.rung]
            fired = [rung.name for rung in rungs if rung.name not in old.skipped]
            found += [{"clock": name, "epoch": old.epoch, "rungs": fired}] if fired else []
    return found


def _armed(
    definition: Definition, ticket: Ticket, promise: Deadline, grade: str | None, calendar: Calendar,
    skip_before: datetime | None = None,
) -> Deadline:
    """The promise with the rungs of its grade; while it rests none of them has a date."""
    ladder = definition.ladders[clocks.clock_of(definition, promise).ladder]
    held = clocks.held_until(definition, ticket)
    armed = clocks.arm(promise, ladder, definition.grade_of(grade), calendar, skip_before=skip_before, held_until=held)
    return armed if promise.state == RUNS else armed._replace(next_at=None)


def _resting_since(ticket: Ticket) -> datetime:
    """A promise rests from the submission on, else from the suspension."""
    return ticket.submitted_at or ticket.state_since


def _by_new_grade(
    definition: Definition, ticket: Ticket, promise: Deadline, grade: str | None, calendar: Calendar,
) -> tuple[datetime, str]:
    """Another grade counts from the same start: a changed grade must not give the elapsed time back. Pauses stay credited."""
    clock = clocks.clock_of(definition, promise)
    amount = by_grade(clock.amount, grade) or str(promise.amount)
    before = due(promise.started_at, clocks.amount_of(str(promise.amount)), calendar).at
    after = due(promise.started_at, clocks.amount_of(amount), calendar).at
    credit = working_seconds(before, promise.due_at, calendar)
    return (add_working_seconds(after, credit, calendar) if credit else after), amount


def link(ticket: Ticket, relation: str, target: str, actor: Actor, now: datetime) -> Event | Refusal:
    """The event `linked`: this ticket stands in a relation to another one."""
    reasons = [
        None if actor.role == SUPERVISOR else Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "link"}, 4),
        Reason("duplicate-of-itself") if target == ticket.number else None,
    ]
    found = tuple(reason for reason in reasons if reason)
    if found:
        return Refusal(found)
    data: Mapping[str, Any] = {"relation": relation, "target": target}
    return happening(ticket, actor, now, "linked", ticket.state, dict(data))
