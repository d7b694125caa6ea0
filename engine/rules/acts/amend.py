"""Correcting what we ourselves got wrong (更正). The event keeps old and new; the unit's score feels nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, cast

from engine.errors import Reason
from engine.rules.access import SUPERVISOR
from engine.rules.acts import proposals
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import effects_of, next_event
from engine.rules.acts.guards.closing import asked_to_close
from engine.rules.acts.opening import SOURCES
from engine.rules.deadline import PLANNED, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Clock, by_grade
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import Json, JsonObject
from engine.rules.proof.chain import stamp
from engine.rules.situation import Situation
from engine.rules.ticket import WORDS, Fields, Ticket
from engine.rules.timing import clocks, parts
from engine.rules.timing.lateness import late_with, lateness
from engine.rules.timing.rungs import arm
from engine.rules.wording import LONGEST, title_problem, word_problem
from engine.rules.worktime import due

FACTS = ("grade", "measure", "source", "officer", "lead")
"""Fields that may be corrected and are no words."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be corrected; None leaves a field as it is. `lead` is the unit that is suggested, before any is given the ticket. `due` is
    an aware moment set by a person; `standing` makes a ticket that has a date a standing item (长期坚持), and `due` makes one of that a
    ticket with a date.
    """

    reason: str
    title: str | None = None
    detail: str | None = None
    grade: str | None = None
    measure: str | None = None
    source: str | None = None
    due: datetime | None = None
    standing: bool = False
    officer: str | None = None
    lead: str | None = None
    salt: str = ""


class Moved(NamedTuple):
    """What a correction does to dates: the fields and deadlines of the ticket that change, and the entries of the event's `changes`."""

    fields: Fields
    deadlines: dict[str, Deadline]
    changes: JsonObject


UNMOVED = Moved({}, {}, {})


def amend(at: Situation, amendment: Amendment, history: Sequence[Event] = ()) -> Event | Refusal:
    """The event `amended`, or every reason against it. `history` are the events of the ticket: letters that were issued upon a date that
    was wrong must be recalled.
    """
    at = at._replace(calendar=at.calendar.of(at.ticket.lead))
    ticket = at.ticket
    reasons = _problems(at, amendment)
    if reasons:
        return Refusal(reasons)
    changes: JsonObject = {}
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
    moved = _moved(at, amendment)
    changes |= moved.changes
    data: JsonObject = {"changes": changes}
    if set(changes) == {"officer"}:  # which account of the office handles it is no unit's to read, nor why
        data["audience"] = OFFICE_AUDIENCE
    after = ticket._replace(deadlines=clocks.merged(ticket.deadlines, moved.deadlines), grade=amendment.grade or ticket.grade)
    moved_parts = parts.follow(at, after)
    voided = [*_voided(at, moved.deadlines), *_voided(at, moved_parts)]
    if voided:
        data["voided"] = voided
        if recall := _recalled(voided, history):
            data["recall"] = recall
    data["effects"] = effects_of(at, moved.fields, ticket.state, {**moved.deadlines, **moved_parts})
    return next_event(ticket, at.actor, at.now, "amended", ticket.state, data, words, amendment.salt)


def _problems(at: Situation, amendment: Amendment) -> tuple[Reason, ...]:
    definition, ticket, actor = at.definition, at.ticket, at.actor
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
        found.append(Reason("source-unknown", {"source": amendment.source, "possible_sources": list(SOURCES)}))
    if amendment.lead is not None:
        if ticket.assigned_at is not None or ticket.state not in definition.hidden_states:
            found.append(Reason("lead-not-suggested", {"number": ticket.number}))
        if amendment.lead in ticket.cooperators:
            found.append(Reason("lead-is-cooperator", {"unit": amendment.lead}))
    if amendment.due is not None and amendment.due <= at.now:
        found.append(Reason("date-past", {"date": amendment.due}))
    if amendment.standing and not any(clock.runs_with == clocks.STANDING for clock in definition.clocks.values()):
        found.append(Reason("no-review-clock", {"workflow": definition.name}))
    if amendment.due is not None and definition.promise is None:
        found.append(Reason("nothing-promised"))
    found.append(_closed_easier(at, amendment))
    found.append(_made_late(at, amendment))
    return tuple(reason for reason in found if reason)


def _closed_easier(at: Situation, amendment: Amendment) -> Reason | None:
    """What waits to be verified is verified by the grade by which it was handed in, or by one that asks as much: otherwise whoever may
    not close it would only call it simpler.
    """
    grade, state = amendment.grade, at.ticket.returns_to or at.ticket.state
    if grade not in at.definition.grades or asked_to_close(at.definition, state, at.grade) <= asked_to_close(at.definition, state, grade):
        return None
    return Reason("grade-asks-less", {"grade": grade})


def _made_late(at: Situation, amendment: Amendment) -> Reason | None:
    """Nothing the office does makes a unit late: where the limit of another grade is over already, a person says the date."""
    promise, grade = at.ticket.promise, amendment.grade
    if amendment.due is not None or amendment.standing or grade in (None, at.ticket.grade) or grade not in at.definition.grades:
        return None
    if promise is None or _keeps_date(at, promise) or promise.state in (PLANNED, VOID):
        return None
    due_at, _ = _by_new_grade(at, promise, grade)
    if late_with(at, promise._replace(due_at=due_at)) <= (lateness(at.ticket, at.now, at.calendar) or 0):
        return None
    return Reason("grade-makes-late", {"grade": grade, "date": due_at})


def _moved(at: Situation, amendment: Amendment) -> Moved:
    """A wrong date that the office corrects begins a new epoch: the rungs that it fired are void."""
    ticket, promise, clock = at.ticket, at.ticket.promise, at.definition.promise
    if clock is None:
        return UNMOVED
    if amendment.standing and not ticket.standing:
        return _made_standing(at)
    if ticket.standing and amendment.due is not None:
        return _dated(at, clock, amendment)
    if promise is None or promise.state in (PLANNED, VOID):
        if amendment.due is None:
            return UNMOVED
        epoch = promise.epoch if promise and promise.state == PLANNED else promise.epoch + 1 if promise else 1
        plan = {name: item._replace(epoch=epoch) for name, item in clocks.planned(at, amendment.due).items()}
        old = stamp(promise.due_at) if promise and promise.state == PLANNED else None
        return Moved({}, plan, {"due": [old, stamp(amendment.due)]})
    graded = at._replace(ticket=ticket._replace(grade=amendment.grade or ticket.grade))
    fixed_at = amendment.due
    if fixed_at is None:
        if amendment.grade in (None, ticket.grade):
            return UNMOVED
        if _keeps_date(at, promise):
            return Moved({}, {promise.clock: _armed(graded, promise)}, {})
        due_at, amount = _by_new_grade(at, promise, amendment.grade)
    else:
        due_at, amount = fixed_at, None
    calendar = at.calendar
    fresh = promise._replace(
        epoch=promise.epoch + 1, due_at=due_at, amount=amount, rung=0, level=0, skipped=(), ours=(), repeated=0,
        provisional=calendar.provisional(calendar.local_day(due_at)), calendar=calendar.version if amount else None,
        pauses=promise.pauses if amount else (),
    )
    deadlines = {promise.clock: _armed(graded, fresh, skip_before=at.now), **proposals.follow(at, ())}
    return Moved(_unfelt(ticket, promise), deadlines, {"due": [stamp(promise.due_at), stamp(due_at)]})


def _keeps_date(at: Situation, promise: Deadline) -> bool:
    """Whether another grade moves nothing: a person set the date, or it is counted by the limit that came with the item."""
    return promise.fixed or promise.amount == at.ticket.stated_limit


def _unfelt(ticket: Ticket, promise: Deadline) -> Fields:
    """What rungs of a wrong date did is undone: no level, nothing proposed."""
    fields: Fields = {}
    if promise.level and ticket.acted_level:
        fields["acted_level"] = 0
    if ticket.proposals:
        fields["proposals"] = ()
    return fields


def _made_standing(at: Situation) -> Moved:
    """The ticket becomes a standing item (长期坚持) that should never have had a date: the date is void with every rung it fired, and
    a review is due regularly instead.
    """
    fields: Fields = {"standing": True}
    deadlines = clocks.begin_attribute_clocks(at, clocks.STANDING)
    if (promise := at.ticket.promise) is not None:
        fields |= _unfelt(at.ticket, promise)
        deadlines[promise.clock] = clocks.end(promise, VOID)._replace(
            epoch=promise.epoch + 1, rung=0, level=0, warn_at=None, skipped=(), ours=(), repeated=0,
        )
        deadlines |= proposals.follow(at, ())
    return Moved(fields, deadlines, {"standing": [False, True]})


def _dated(at: Situation, clock: Clock, amendment: Amendment) -> Moved:
    """A standing item gets a date after all: the date runs, rests or waits as the state says, and no review is due any more."""
    ticket, promise, fixed_at = at.ticket, at.ticket.promise, amendment.due
    state = at.definition.states[ticket.state]
    deadlines = {
        name: clocks.end(item) for name, item in ticket.deadlines.items()
        if clocks.clock_of(at.definition, item).runs_with == clocks.STANDING and item.state in (RUNS, RESTS)
    }
    graded = at._replace(ticket=ticket._replace(grade=amendment.grade or ticket.grade))
    begun = clocks.start(graded, clock, epoch=promise.epoch + 1 if promise else 1, fixed_at=fixed_at)
    if clock.name in state.clocks:
        deadlines[clock.name] = begun
    elif state.name in clock.rests_in:
        deadlines[clock.name] = clocks.rest(begun, at.now)
    else:
        deadlines[clock.name] = clocks.end(begun, PLANNED)._replace(warn_at=None, skipped=(), rung=0, repeated=0)
    changes: JsonObject = {"standing": [True, False], "due": [None, stamp(fixed_at) if fixed_at else None]}
    return Moved({"standing": False}, deadlines, changes)


def _voided(at: Situation, changed: Mapping[str, Deadline]) -> list[JsonObject]:
    """The rungs that fired in an epoch that is over now: they were fired on a wrong date."""
    found: list[JsonObject] = []
    for name, deadline in changed.items():
        old = at.ticket.deadlines.get(name)
        if old is not None and old.epoch != deadline.epoch:
            rungs = clocks.ladder_of(at.definition, clocks.clock_of(at.definition, old)).rungs[: old.rung]
            fired = [rung.name for rung in rungs if rung.name not in old.skipped]
            found += [{"clock": name, "epoch": old.epoch, "rungs": fired}] if fired else []
    return found


def _recalled(voided: Iterable[JsonObject], history: Sequence[Event]) -> list[Json]:
    """The letters that were issued upon rungs that are void now."""
    void = {(item["clock"], item["epoch"], rung) for item in voided for rung in cast(list[str], item["rungs"])}
    fired = {
        event.data["rung"]: event.seq for event in history
        if event.kind == "escalated" and (event.data["clock"], event.data["epoch"], event.data["rung"]) in void
    }
    return [
        event.data["letter"] for event in history
        if event.kind == "did" and "letter" in event.data and event.seq > fired.get(event.data["rung"], event.seq)
    ]


def _armed(at: Situation, promise: Deadline, skip_before: datetime | None = None) -> Deadline:
    """The promise with the rungs of the ticket's grade; while it rests none of them has a date."""
    ladder = clocks.ladder_of(at.definition, clocks.clock_of(at.definition, promise))
    held = clocks.held_until(at.definition, at.ticket)
    armed = arm(promise, ladder, at.grade, at.calendar, skip_before=skip_before, held_until=held)
    return armed if promise.state == RUNS else armed._replace(next_at=None)


def _by_new_grade(at: Situation, promise: Deadline, grade: str | None) -> tuple[datetime, str]:
    """Another grade counts from the same start: a changed grade must not give the elapsed time back. Pauses stay credited."""
    clock, calendar = clocks.clock_of(at.definition, promise), at.calendar
    amount = by_grade(clock.amount, grade) or str(promise.amount)
    return due(promise.started_at, clocks.amount_of(amount), calendar, promise.pauses).at, amount
