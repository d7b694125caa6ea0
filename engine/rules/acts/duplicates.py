"""Duplicates (重复): one problem that was found twice. One ticket is kept; the other names it as its original, and is listed by it.

A ticket that repeats another is nobody's original, so that whoever follows a duplicate arrives at the ticket that is worked on.
"""

from __future__ import annotations

from datetime import datetime

from engine.errors import Reason
from engine.rules.access import SUPERVISOR, Actor
from engine.rules.acts.decide import Refusal, next_event
from engine.rules.acts.guards.closing import duplicate_problem
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.ticket import TICKET, Ticket

LINKED = "linked"
"""The kind of these events."""

DUPLICATE_OF, HAS_DUPLICATE = "duplicate-of", "has-duplicate"
"""What `linked` says of a ticket towards another: it repeats that one; that one repeats it."""


def link(ticket: Ticket, original: Ticket, repeated: bool, actor: Actor, now: datetime) -> Event | Refusal:
    """The event by which a ticket names its original, or every reason against it. `repeated`: another ticket repeats this one."""
    reasons = [
        None if actor.role == SUPERVISOR else Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "link"}, 4),
        Reason("duplicate-before", {"original": ticket.duplicate_of}) if ticket.duplicate_of is not None else None,
        duplicate_problem(ticket, original, repeated),
    ]
    found = tuple(reason for reason in reasons if reason)
    if found:
        return Refusal(found)
    effects = TICKET.effects_of({"duplicate_of": original.number})
    data: JsonObject = {"relation": DUPLICATE_OF, "target": original.number, "effects": effects}
    return next_event(ticket, actor, now, LINKED, ticket.state, data)


def kept(original: Ticket, duplicate: str, actor: Actor, now: datetime) -> Event:
    """The event of the ticket that is kept: the one of this number repeats it."""
    return next_event(original, actor, now, LINKED, original.state, {"relation": HAS_DUPLICATE, "target": duplicate})
