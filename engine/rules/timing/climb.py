"""Climbing the ladder: the events of the rungs whose time has come, in the order of their dates, each once an epoch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from engine.rules.access import WATCH, WATCH_ACCOUNT, Actor
from engine.rules.acts import proposals
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import decide, effects_of, next_event
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.deadline import RUNS, Deadline
from engine.rules.definition import ANY_GRADE, Ladder, Rung
from engine.rules.definition.model import PROPOSES
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import moment, stamp
from engine.rules.recipients import Directory, recipients
from engine.rules.situation import Situation
from engine.rules.ticket import Fields, Ticket, evolve
from engine.rules.timing import clocks, repetition
from engine.rules.timing.rungs import URGING_LEVEL, arm, held, repetition_time, rung_time

WATCHER = Actor(WATCH_ACCOUNT, WATCH, None, "watch")

HEARS_OUR_ALARM = ("office", "leader")
"""Who is notified of a rung that came while the office owed the unit an answer."""

MOST_RUNGS = 100
"""The most rungs that one ticket fires at one sweep; a definition by which a ticket fires more is broken."""

SET_ASIDE = "set-aside"
"""The kind of event that says that a ticket's rules failed."""

FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(days=1)
"""A ticket that was set aside is tried again after five minutes, then after twice as long each time, at most a day."""


class Endless(ValueError):
    """A ticket fires rungs without end."""


def every_deadline(deadline: Deadline) -> bool:
    """Whether a deadline climbs at a sweep: each does."""
    return True


def measures(deadline: Deadline) -> bool:
    """Whether a unit is judged by this deadline: the lead is by the one that was promised, a cooperator by the one of its own part."""
    return deadline.promise or deadline.unit is not None


def climb(at: Situation, directory: Directory, which: Callable[[Deadline], bool] = every_deadline) -> tuple[list[Event], Ticket]:
    """Every event that is due now, and the ticket after them. After downtime each missed rung is an event of its own.

    The events name the watch as their actor, whoever runs the sweep. Raises UnknownRule.
    """
    refuse_unknown_rules(at.definition, at.ticket.number)
    at = at._replace(actor=WATCHER, calendar=at.calendar.of(at.ticket.lead))
    events: list[Event] = []
    while (deadline := _due(at, which)) is not None:
        if len(events) >= MOST_RUNGS:
            raise Endless(at.ticket.number)
        for event in _fire(at, deadline, directory):
            events.append(event)
            at = at._replace(ticket=evolve(at.ticket, event))
    return events, at.ticket


def set_aside(ticket: Ticket, now: datetime, code: str, tries: int) -> Event:
    """A ticket whose rules fail waits, so that the others go on. `code` says what failed, `tries` how often in a row (from 1)."""
    doublings = min(tries - 1, (LONGEST_RETRY // FIRST_RETRY).bit_length())
    retry_at = stamp(now + min(FIRST_RETRY * 2**doublings, LONGEST_RETRY))
    data: JsonObject = {"code": code, "retry_at": retry_at, "tries": tries, "effects": {"wake_at": retry_at}}
    return next_event(ticket, WATCHER, now, SET_ASIDE, ticket.state, data)


def overtakes(ticket: Ticket, event: Event, now: datetime) -> bool:
    """Whether what somebody did moves a clock that measures a unit before a rung of it that has come was fired.

    That rung would be lost, or not, by the minute of the sweep; so it is fired first, in the same transaction. A correction is another
    matter: it voids what was fired on a wrong date, and fires nothing.
    """
    if event.kind != "did":
        return False
    moved = event.data["effects"].get("deadlines", ())
    return any(has_come(deadline, now) and measures(deadline) for name, deadline in ticket.deadlines.items() if name in moved)


def has_come(deadline: Deadline, now: datetime) -> bool:
    """Whether the deadline's next rung has come."""
    return deadline.state == RUNS and deadline.next_at is not None and deadline.next_at <= now


def _due(at: Situation, which: Callable[[Deadline], bool]) -> Deadline | None:
    """The deadline that fires the earliest of what has come."""
    come = [deadline for deadline in at.ticket.deadlines.values() if has_come(deadline, at.now) and which(deadline)]
    if len(come) < 2:
        return come[0] if come else None
    return min(come, key=lambda deadline: (_fires_for(at, deadline), deadline.clock))


def _fires_for(at: Situation, deadline: Deadline) -> datetime:
    """The date of what a deadline that has come fires: of its next rung, or of the last repetition that has come."""
    ladder = _ladder(at, deadline)
    return _latest(at, deadline, ladder)[1] if deadline.rung >= len(ladder.rungs) else deadline.next_at or at.now


def _ladder(at: Situation, deadline: Deadline) -> Ladder:
    return clocks.ladder_of(at.definition, clocks.clock_of(at.definition, deadline))


def _latest(at: Situation, deadline: Deadline, ladder: Ladder) -> tuple[int, datetime]:
    """Which repetition is the last that has come, and its date; the deadline's next one has."""
    n, planned = deadline.repeated + 1, deadline.next_at or at.now
    while (following := repetition_time(ladder, at.grade, deadline, n + 1, at.calendar)) is not None and following <= at.now:
        n, planned = n + 1, max(planned, following)
    return n, planned


def _fire(at: Situation, deadline: Deadline, directory: Directory) -> list[Event]:
    """The event of the deadline's next rung, and the one of the trigger that the rung fires, where it fires one."""
    event = fired(at, deadline, directory)
    trigger = trigger_of(at, deadline, event)
    if trigger is None:
        return [event]
    planned = moment(event.data["scheduled_for"])
    outcome = decide(at._replace(ticket=evolve(at.ticket, event), now=planned), Command(trigger, happened_at=planned))
    return [event] if isinstance(outcome, Refusal) else [event, outcome._replace(at=at.now)]


def trigger_of(at: Situation, deadline: Deadline, event: Event) -> str | None:
    """The trigger that is fired with the event of the deadline's next rung; None where it fires none, and for repetitions and alarms of
    the office's own.
    """
    rungs = _ladder(at, deadline).rungs[deadline.rung :]
    return rungs[0].trigger if rungs and rungs[0].act == "fire" and not event.data.get("ours") else None


def fired(at: Situation, deadline: Deadline, directory: Directory) -> Event:
    """The event of the deadline's next rung, or of the last of its repetitions that has come."""
    ladder = _ladder(at, deadline)
    if deadline.rung >= len(ladder.rungs):
        return _repeat(at, deadline, ladder, directory)
    rung = ladder.rungs[deadline.rung]
    planned = rung_time(rung, at.grade, deadline, at.calendar) or at.now
    held_until = clocks.held_until(at.definition, at.ticket) if deadline.promise else None
    if held_until is not None and rung.level >= URGING_LEVEL:
        passed = deadline._replace(rung=deadline.rung + 1, ours=(*deadline.ours, rung.name))
        return _our_alarm(at, rung, arm(passed, ladder, at.grade, at.calendar, held_until=held_until), planned, directory)
    planned = deadline.next_at or planned
    climbed = arm(
        deadline._replace(rung=deadline.rung + 1, level=max(deadline.level, rung.level)), ladder, at.grade, at.calendar,
        held_until=held_until,
    )
    letter = _letter(rung, at.ticket, directory)
    data = _facts(deadline, rung, rung.level, rung.act, planned, recipients(_tell(rung), at.ticket, directory, deadline.unit))
    if rung.act == PROPOSES or clocks.clock_of(at.definition, deadline).runs_with == proposals.PROPOSAL:
        data["audience"] = OFFICE_AUDIENCE
    if letter:
        data["letter"] = letter
    fields, opened = _acts(at, deadline, rung, letter, planned)
    data["effects"] = effects_of(at, fields, at.ticket.state, {deadline.clock: climbed, **opened})
    return next_event(at.ticket, at.actor, at.now, "escalated", at.ticket.state, data)


def _tell(rung: Rung) -> tuple[str, ...]:
    """Whom a rung tells. Of what is proposed only those hear who decide on it: a unit is told when a person made it an act."""
    if rung.act != PROPOSES:
        return rung.tell
    return tuple(who for who in rung.tell if who in HEARS_OUR_ALARM) or HEARS_OUR_ALARM[:1]


def _repeat(at: Situation, deadline: Deadline, ladder: Ladder, directory: Directory) -> Event:
    """The event of the last repetition that has come; of those before it that nobody fired it says only how many there were.

    An alarm and nothing else: no level, no proposal, no trigger. While the office owes the unit an answer it is the office's own.
    """
    n, planned = _latest(at, deadline, ladder)
    rung = repetition.nth(ladder, at.grade, deadline.of, n)
    if rung is None:
        raise ValueError(f"nothing to repeat for {deadline.clock}")
    held_until = clocks.held_until(at.definition, at.ticket) if deadline.promise else None
    ours = held_until is not None and held(ladder, at.grade, deadline.rung)
    tell = HEARS_OUR_ALARM if ours else rung.tell
    rung = rung._replace(title=clocks.clock_of(at.definition, deadline).title)  # the rung may have proposed what a unit is not told of
    data = _facts(deadline, rung, 0, rung.act, planned, recipients(tell, at.ticket, directory, deadline.unit)) | {"n": n}
    if missed := n - deadline.repeated - 1:
        data["missed"] = missed
    if ours:
        data["ours"] = True
    if clocks.clock_of(at.definition, deadline).runs_with == proposals.PROPOSAL:
        data["audience"] = OFFICE_AUDIENCE
    behind = arm(deadline._replace(repeated=n), ladder, at.grade, at.calendar, held_until=held_until)
    data["effects"] = effects_of(at, {}, at.ticket.state, {deadline.clock: behind})
    return next_event(at.ticket, at.actor, at.now, "escalated", at.ticket.state, data)


def _our_alarm(at: Situation, rung: Rung, passed: Deadline, planned: datetime, directory: Directory) -> Event:
    """The event of a rung that comes while the office owes the unit an answer, after the limit for that answer: an alarm of the office,
    which raises no level and proposes nothing.

    `passed` is the deadline with that rung behind it.
    """
    data = _facts(passed, rung, 0, "notify", planned, recipients(HEARS_OUR_ALARM, at.ticket, directory)) | {"ours": True}
    data["effects"] = effects_of(at, {}, at.ticket.state, {passed.clock: passed})
    return next_event(at.ticket, at.actor, at.now, "escalated", at.ticket.state, data)


def _facts(
    deadline: Deadline, rung: Rung, level: int, act: str, planned: datetime, accounts: tuple[str, ...],
) -> JsonObject:
    return {
        "clock": deadline.clock, "epoch": deadline.epoch, "rung": rung.name, "name": rung.title.zh, "level": level,
        "scheduled_for": stamp(planned), "due_at": stamp(deadline.due_at), "recipients": list(accounts), "act": act,
    }


def _acts(
    at: Situation, deadline: Deadline, rung: Rung, letter: str | None, planned: datetime,
) -> tuple[Fields, dict[str, Deadline]]:
    """A rung that notifies acts by itself; one that proposes opens a proposal, and the office's clock for its answer."""
    if not deadline.promise or rung.level == 0:
        return {}, {}
    if rung.act == PROPOSES:
        left = proposals.propose(at, deadline, rung, letter, planned)
        return {"proposals": left}, proposals.follow(at, left)
    return {"acted_level": max(at.ticket.acted_level, rung.level)}, {}


def _letter(rung: Rung, ticket: Ticket, directory: Directory) -> str | None:
    """The letter by the unit's relation to the city: a court gets a 工作提示函, never a 督办函."""
    relation = directory.relations.get(ticket.lead or "", ANY_GRADE)
    return rung.letter.get(relation, rung.letter.get(ANY_GRADE))
