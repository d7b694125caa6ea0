"""What a ticket is when a round measures its problem, and the event by which the ticket keeps what was measured.

`measured` is possible in any state of any workflow. It moves no state and no clock, and is nobody's act on the matter: who wrote it may
verify. A unit reads it where the ticket is its own, but nothing of a relapse or a dismissal before the office acts on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.errors import Reason
from engine.rules.access import Actor, may_evaluate
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import next_event
from engine.rules.acts.duplicates import LINKED
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.definition import Definition
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.loop import outcome
from engine.rules.loop.measurement import Measurement, Measurements, last_round, summed
from engine.rules.ticket import TICKET, Fields, Folding, Ticket
from engine.rules.worktime import Calendar

MEASURED = "measured"
"""The kind of these events."""

REVERTED = "reverted"
"""The kind of event by which a reopening that rested on a wrong result is taken back: the ticket has what it had before."""

KEPT_BY_TICKET = frozenset({
    outcome.OPENED, outcome.MEASURED, outcome.PASSED, outcome.RELAPSED, outcome.CONFIRMED, outcome.DISMISSED, outcome.EXCEPTED,
    outcome.EARLIER,
})
"""Actions that a ticket keeps as a measurement."""

HANDED_IN = "submitted"
"""The stage of what a unit handed in, until it is closed or given back."""

RECHECKED = "rechecked"
"""The kind of event by which a closed ticket keeps what a 回头看 found of it (`loop/recheck`)."""

RELAPSE_OF, RELAPSED_AS = "relapse-of", "relapsed-as"
"""What `linked` says of a ticket towards the one of an earlier year, whose problem it is again."""

NOT_A_UNITS = frozenset({"escalated", MEASURED, RECHECKED, "rescheduled"})
"""Kinds of event after which nobody has done anything about a ticket yet."""


def is_void(ticket: Ticket) -> bool:
    """Whether a ticket of a problem was opened by a result that is no more: it is withdrawn, and no round's word stands on it."""
    return ticket.final and not ticket.measurements


def standing(ticket: Ticket | None, definition: Definition | None, on: date, calendar: Calendar, round_: str) -> str:
    """What the ticket is to a round that measured as of a day: a row of the table."""
    if ticket is None or definition is None:
        return outcome.NONE
    stage = definition.states[ticket.state].stage
    if ticket.final and stage == "withdrawn":
        return outcome.NO_PROBLEM
    if _too_early(ticket, on, calendar, round_):
        return outcome.BEFORE
    if ticket.final:
        closed = calendar.local_day(ticket.closed_at) if ticket.closed_at else on
        if on <= closed:
            return outcome.BEFORE
        return outcome.OLD if closed.year < on.year or not _may_be_reopened(ticket, definition) else outcome.VERIFIED
    if definition.states[ticket.state].rests:
        return outcome.SUSPENDED
    if is_reported(ticket, definition):
        return outcome.REPORTED
    return outcome.SUBMITTED if ticket.submitted else outcome.UNDER_WAY


def is_reported(ticket: Ticket, definition: Definition) -> bool:
    """Whether we verified it and another has to close it: it is past what is handed in to us, and not at its end."""
    if not ticket.submitted or definition.states[ticket.state].stage != HANDED_IN:
        return False
    return ticket.state not in {trigger.target for trigger in definition.triggers.values() if "submit" in trigger.effects}


def measure(
    ticket: Ticket, round_: str, measurement: Measurement | None, actor: Actor, now: datetime, pair: str | None = None,
) -> Event | Refusal:
    """The event by which a ticket keeps what a round measured, instead of what that round said of it before for the same problem (`pair`);
    without a measurement nothing of that is left. `measurement.trend` and `attempt` are the caller's, as all that it says.
    """
    if not may_evaluate(actor):
        return Refusal((Reason("may-not-evaluate", {"actor": actor.name}, 4),))
    pair = measurement.pair if measurement is not None else pair
    data: JsonObject = {"round": round_, "effects": kept_by_ticket(ticket, round_, measurement, pair)}
    if measurement is not None:
        data["measurement"] = measurement.to_json()
    if measurement is None and pair is not None:
        data["pair"] = pair
    if measurement is None or measurement.action not in outcome.TOLD:
        data["audience"] = OFFICE_AUDIENCE
    return next_event(ticket, actor, now, MEASURED, ticket.state, data)


def kept_by_ticket(ticket: Ticket, source: str, measurement: Measurement | None, pair: str | None = None) -> JsonObject:
    """The effects by which a ticket keeps what a round or a 回头看 says of it now for one problem, instead of what that said before."""
    kept = tuple(item for item in ticket.measurements if (item.round, item.pair) != (source, pair))
    each = kept if measurement is None else (*kept, measurement)
    after = summed(each, attempt=ticket.attempt, withdrawn=ticket.closed_as not in (None, VERIFIED))
    last = last_round(after.measurements) or ticket.round
    fields: Fields = {**after._asdict(), "round": last}
    return TICKET.effects_of({name: value for name, value in fields.items() if value != getattr(ticket, name)})


def relapse_of(ticket: Ticket, earlier: str, actor: Actor, now: datetime) -> Event:
    """The event by which a ticket that a round opened names the closed one whose problem it is again. It is the office's own."""
    data: JsonObject = {"relation": RELAPSE_OF, "target": earlier, "audience": OFFICE_AUDIENCE}
    return next_event(ticket, actor, now, LINKED, ticket.state, data)


FIELDS = frozenset({*Measurements._fields, "round"})
"""The fields of a ticket that follow from its measurements: what `measured` may write."""


def revert(ticket: Ticket, history: Sequence[Event], seq: int, round_: str, actor: Actor, now: datetime) -> Event | Refusal:
    """The event that takes back the reopening `seq`: the ticket has every field as before it. Nothing but clocks and rounds may have
    touched the ticket since; else a person has to look.
    """
    if not may_evaluate(actor):
        return Refusal((Reason("may-not-evaluate", {"actor": actor.name}, 4),))
    if not untouched(history, seq):
        return Refusal((Reason("reopening-touched", {"number": ticket.number}),))
    folding = Folding()
    for event in history[: seq - 1]:
        folding.add(event)
    before = folding.ticket()
    fields: Fields = {
        name: getattr(before, name) for name, _ in TICKET.effects.values()
        if name not in FIELDS and getattr(before, name) != getattr(ticket, name)
    }
    data: JsonObject = {"round": round_, "seq": seq, "audience": OFFICE_AUDIENCE}
    gone: JsonObject = dict.fromkeys(name for name in ticket.deadlines if name not in before.deadlines)  # None for one that goes
    kept: JsonObject = {name: deadline.to_json() for name, deadline in before.deadlines.items()}
    data["effects"] = {**TICKET.effects_of(fields), "deadlines": {**gone, **kept}}
    return next_event(ticket, actor, now, REVERTED, before.state, data)


def untouched(history: Sequence[Event], seq: int) -> bool:
    """Whether nothing but clocks and rounds came after an event of a ticket."""
    return all(event.kind in NOT_A_UNITS for event in history[seq:])


def by_units(history: Sequence[Event]) -> bool:
    """Whether anybody of a unit did anything about a ticket, or the office entered it for one."""
    return any(event.kind == "did" and (event.unit is not None or "for_unit" in event.data) for event in history)


def _may_be_reopened(ticket: Ticket, definition: Definition) -> bool:
    """Whether its workflow leads on from here: what ended for good is found as another problem."""
    return any("reopen" in trigger.effects and ticket.state in trigger.sources for trigger in definition.triggers.values())


def _too_early(ticket: Ticket, on: date, calendar: Calendar, round_: str) -> bool:
    """Whether it was measured before the ticket was opened, or before it was last submitted. What opened it was not too early."""
    if ticket.measurements and ticket.measurements[0].action == outcome.OPENED and ticket.measurements[0].round == round_:
        return False
    begun = min(ticket.opened_at, ticket.assigned_at or ticket.opened_at)
    if on < calendar.local_day(begun):
        return True
    return ticket.submitted_at is not None and on < calendar.local_day(ticket.submitted_at)
