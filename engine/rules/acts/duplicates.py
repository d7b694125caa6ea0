"""Duplicates (重复): one problem that was found twice. One ticket is kept; the other names it as its original, and is listed by it.

A ticket that repeats another is nobody's original, so that whoever follows a duplicate arrives at the ticket that is worked on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from engine.errors import Reason
from engine.rules.access import SUPERVISOR, Actor
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import next_event
from engine.rules.acts.guards.closing import DUPLICATE, duplicate_problem
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.ticket import TICKET, Ticket
from engine.rules.wording import LONGEST, word_problem

LINKED = "linked"
"""The kind of these events."""

DUPLICATE_OF, HAS_DUPLICATE = "duplicate-of", "has-duplicate"
"""What `linked` says of a ticket towards another: it repeats that one; that one repeats it."""

NOT_DUPLICATE_OF, NO_DUPLICATE = "not-duplicate-of", "no-duplicate"
"""The same taken back, because it was a mistake."""

TAKEN_BACK = frozenset({NOT_DUPLICATE_OF, NO_DUPLICATE})


def link(
    ticket: Ticket, original: Ticket, repeated: bool, actor: Actor, now: datetime, hidden: Collection[str],
) -> Event | Refusal:
    """The event by which a ticket names its original, or every reason against it. `repeated`: another ticket repeats this one.

    It is the office's own where no unit of the ticket may know of the original; `hidden` are the states in which nobody of a unit does.
    """
    reasons = [
        None if actor.role == SUPERVISOR else Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "link"}, 4),
        Reason("duplicate-before", {"original": ticket.duplicate_of}) if ticket.duplicate_of is not None else None,
        duplicate_problem(ticket, original, repeated),
    ]
    found = tuple(reason for reason in reasons if reason)
    if found:
        return Refusal(found)
    return next_event(ticket, actor, now, LINKED, ticket.state, _at_duplicate(DUPLICATE_OF, ticket, original, original.number, hidden))


def unlink(
    ticket: Ticket, original: Ticket | None, actor: Actor, now: datetime, hidden: Collection[str], reason: str, salt: str,
) -> Event | Refusal:
    """The event by which a link that was a mistake is taken back, or every reason against it. `original` is the ticket that this one
    repeats. Of what was withdrawn as a duplicate the withdrawal is taken back, and the link with it.
    """
    reasons = [
        None if actor.role == SUPERVISOR else Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "unlink"}, 4),
        word_problem("reason", reason, LONGEST),
    ]
    if original is None or ticket.duplicate_of != original.number:
        return Refusal(tuple(item for item in (*reasons, Reason("no-duplicate")) if item))
    if ticket.closed_as == DUPLICATE:
        reasons.append(Reason("withdrawn-as-duplicate", {"original": original.number}))
    found = tuple(item for item in reasons if item)
    if found:
        return Refusal(found)
    data = _at_duplicate(NOT_DUPLICATE_OF, ticket, original, None, hidden)
    return next_event(ticket, actor, now, LINKED, ticket.state, data, {"reason": reason}, salt)


def kept(original: Ticket, duplicate: Ticket, actor: Actor, now: datetime, hidden: Collection[str]) -> Event:
    """The event of the ticket that is kept: the other one repeats it. It is the office's own while that is in a `hidden` state: before
    交办 its lead does not hear that there is another finding.
    """
    return _at_original(HAS_DUPLICATE, original, duplicate, actor, now, hidden)


def released(original: Ticket, duplicate: Ticket, actor: Actor, now: datetime, hidden: Collection[str]) -> Event:
    """The event of the ticket that was kept: the other one does not repeat it after all."""
    return _at_original(NO_DUPLICATE, original, duplicate, actor, now, hidden)


def _at_original(
    relation: str, original: Ticket, duplicate: Ticket, actor: Actor, now: datetime, hidden: Collection[str],
) -> Event:
    data: JsonObject = {"relation": relation, "target": duplicate.number}
    if duplicate.state in hidden:
        data["audience"] = OFFICE_AUDIENCE
    return next_event(original, actor, now, LINKED, original.state, data)


def _at_duplicate(relation: str, ticket: Ticket, original: Ticket, names: str | None, hidden: Collection[str]) -> JsonObject:
    """The facts of an event by which a ticket `names` its original from now on, or none."""
    data: JsonObject = {"relation": relation, "target": original.number, "effects": TICKET.effects_of({"duplicate_of": names})}
    return data if known_to_a_unit(ticket, original, hidden) else data | {"audience": OFFICE_AUDIENCE}


def known_to_a_unit(ticket: Ticket, other: Ticket, hidden: Collection[str]) -> bool:
    """Whether a unit of a ticket may know of the other one."""
    return any(_knows(unit, other, hidden) for unit in (ticket.lead, *ticket.cooperators))


def _knows(unit: str | None, ticket: Ticket, hidden: Collection[str]) -> bool:
    """Whether a unit sees a ticket, or had it once."""
    return unit in ticket.past or (ticket.state not in hidden and unit is not None and unit in (ticket.lead, *ticket.cooperators))
