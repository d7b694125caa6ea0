"""Work that goes on under another name: a unit's successor takes its open tickets over, an account's successor what waits for it.

Nothing begins anew: dates, epochs, rungs and the attempt stay as they are; only who it is about changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple, TypeVar

from engine.rules.access import Actor
from engine.rules.acts.decide import next_event
from engine.rules.deadline import VOID, Deadline
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.ticket import TICKET, Fields, Ticket
from engine.rules.timing import clocks, parts

T = TypeVar("T")

HANDED_OVER = "handed-over"
"""The kind of these events. `data.entry` is the seq of the decision in the administration's stream, where its basis stands."""


class Succession(NamedTuple):
    """Who takes whose place: two units or two accounts. `entry` is the seq of the decision in the administration's stream."""

    old: str
    new: str
    entry: int


def to_unit(ticket: Ticket, succession: Succession, actor: Actor, now: datetime, hidden: Collection[str]) -> Event | None:
    """The event by which one unit takes the other's place as lead or cooperator; None where the old one is neither.

    The unit that ends keeps its history up to here. Of a ticket in a `hidden` state it has none: it was named for it, and not told.
    """
    old, new, entry = succession
    if old != ticket.lead and old not in ticket.cooperators:
        return None
    lead = new if ticket.lead == old else ticket.lead
    together = tuple(dict.fromkeys(new if unit == old else unit for unit in ticket.cooperators))
    together = tuple(unit for unit in together if unit != lead)
    fields: Fields = {}
    if ticket.state not in hidden:
        fields["past"] = {**ticket.past, old: ticket.version + 1}
    if lead != ticket.lead:
        fields["lead"] = lead
    if together != ticket.cooperators:
        fields["cooperators"] = together
    if (signed := _signed(ticket, old, new, together)) != ticket.signed:
        fields["signed"] = signed
    if (objections := _renamed(ticket.objections, old, new, together)) != ticket.objections:
        fields["objections"] = objections
    if (left_out := _renamed(ticket.left_out, old, new, together)) != ticket.left_out:
        fields["left_out"] = left_out
    effects = TICKET.effects_of(fields) | _parts(ticket, old, new, together)
    return next_event(ticket, actor, now, HANDED_OVER, ticket.state, {"unit": [old, new], "entry": entry, "effects": effects})


def to_account(ticket: Ticket, succession: Succession, actor: Actor, now: datetime) -> Event | None:
    """The event by which one account takes over what waits for the other: the place of its leader or officer, an open request. None where
    nothing does.
    """
    old, new, entry = succession
    fields: Fields = {}
    if ticket.leader == old:
        fields["leader"] = new
    if ticket.officer == old:
        fields["officer"] = new
    if ticket.request is not None and ticket.request.by == old:
        fields["request"] = ticket.request._replace(by=new)
    if not fields:
        return None
    data: JsonObject = {"account": [old, new], "entry": entry, "effects": TICKET.effects_of(fields)}
    if set(fields) == {"officer"}:
        data["audience"] = OFFICE_AUDIENCE
    return next_event(ticket, actor, now, HANDED_OVER, ticket.state, data)


def _renamed(by_unit: Mapping[str, T], old: str, new: str, together: tuple[str, ...]) -> dict[str, T]:
    """What a ticket holds for each cooperator, under the name that each has now. Where the successor has an entry of its own, that
    one counts.
    """
    moved = {new: by_unit[old]} if old in by_unit else {}
    kept = {**moved, **{unit: item for unit, item in by_unit.items() if unit != old}}
    return {unit: item for unit, item in kept.items() if unit in together}


def _signed(ticket: Ticket, old: str, new: str, together: tuple[str, ...]) -> dict[str, datetime]:
    """The sign-offs after the succession. Two cooperators that become one have signed off only if both had; the later sign-off counts."""
    signed = {unit: at for unit, at in ticket.signed.items() if unit in together}
    if new not in together or old not in ticket.cooperators:
        return signed
    both = [unit for unit in (old, new) if unit in ticket.cooperators]
    if all(unit in ticket.signed for unit in both):
        return {**signed, new: max(ticket.signed[unit] for unit in both)}
    return {unit: at for unit, at in signed.items() if unit != new}


def _parts(ticket: Ticket, old: str, new: str, together: tuple[str, ...]) -> JsonObject:
    """The clocks of parts after the succession. The old unit's goes on under the new name, also where the successor's own has ended
    already, since it waits for both sign-offs; it goes where the successor's own still runs. Whoever leads now has no part: what ran
    for it is void.
    """
    changed: dict[str, Deadline | None] = {}
    for name, deadline in ticket.deadlines.items():
        if deadline.unit == old:
            moved = f"{name.partition(':')[0]}:{new}"
            own = ticket.deadlines.get(moved)
            changed[name] = None
            if new in together and (own is None or (own.state not in parts.OPEN and deadline.state in parts.OPEN)):
                epoch = deadline.epoch if own is None else max(deadline.epoch, own.epoch + 1)
                changed[moved] = deadline._replace(clock=moved, unit=new, epoch=epoch)
        elif deadline.unit is not None and deadline.unit not in together and deadline.state in parts.OPEN:
            changed[name] = clocks.end(deadline, VOID)
    if not changed:
        return {}
    effects: JsonObject = {
        "deadlines": {name: deadline.to_json() if deadline else None for name, deadline in changed.items()},
    }
    kept: Mapping[str, Deadline] = {
        name: deadline for name, deadline in {**ticket.deadlines, **changed}.items() if deadline is not None
    }
    alarm = clocks.next_alarm(kept)
    return effects if alarm == ticket.wake_at else effects | TICKET.effects_of({"wake_at": alarm})


def units_of(ticket: Ticket) -> tuple[str, ...]:
    """The units that lead the ticket and cooperate in it."""
    return tuple(unit for unit in (ticket.lead, *ticket.cooperators) if unit is not None)


def gone(ticket: Ticket, successors: Mapping[str, str | None]) -> tuple[str, ...]:
    """The units of a ticket that ended and that nobody succeeded; of units in waiting, which no successor takes over from, all that ended.
    `successors` are the units that ended, each with the one that succeeded it, None where nobody did.
    """
    aside = ticket.set_aside
    waiting = () if aside is None else (aside.lead, *aside.cooperators)
    return (
        *(unit for unit in units_of(ticket) if _last(unit, successors) is None),
        *(unit for unit in waiting if unit and unit in successors),
    )


def _last(unit: str, successors: Mapping[str, str | None]) -> str | None:
    """The unit that stands in a unit's place now: itself where it has not ended; None where nobody does."""
    while unit in successors:
        successor = successors[unit]
        if successor is None:
            return None
        unit = successor
    return unit
