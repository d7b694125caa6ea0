"""What of a ticket waits for a leader's word, for every page that asks for one."""

from __future__ import annotations

from engine.desk.tickets import Desk
from engine.rules.access import Actor
from engine.rules.acts import consent
from engine.rules.definition import Definition
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket


def undecided(desk: Desk, actor: Actor, definition: Definition, ticket: Ticket) -> tuple[consent.Waiting, ...]:
    """What of a ticket waits for a leader and to which none has said anything, the highest letter first."""
    at = Situation(definition, ticket, actor, desk.clock.now(), desk.rules.calendar())
    return tuple(item for item in consent.waiting(at) if consent.given(ticket, item.about) is None)
