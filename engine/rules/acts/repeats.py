"""Repeats (反复): a finding that is the same fault again as an earlier one, which was found, and perhaps put right, before.

Both stay tickets of their own: nothing is reopened and no clock moves. The later one names the earlier ones; who repeats a ticket is
looked up, so that no ticket is written because another one came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from engine.errors import Reason
from engine.rules.access import SUPERVISOR, Actor
from engine.rules.acts.decide import Refusal, next_event
from engine.rules.acts.duplicates import LINKED, known_to_a_unit
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.ticket import TICKET, Ticket
from engine.rules.ticket_number import number_parts
from engine.rules.wording import LONGEST, word_problem

REPEATS, REPEATED_BY = "repeats", "repeated-by"
"""What a ticket is towards an earlier finding, and what that is towards it."""

NOT_REPEATS = "not-repeats"
"""The same taken back, because it was a mistake."""


def repeat(
    ticket: Ticket, earlier: Ticket, actor: Actor, now: datetime, hidden: Collection[str], before: Collection[str] = (),
) -> Event | Refusal:
    """The event by which a ticket names an earlier finding that it repeats, or every reason against it. `before` are the findings that the
    earlier one repeats, and those that they repeat, as far as the record goes: what was found before another was not found after it.

    It is the office's own where no unit of the ticket may know of the earlier one; `hidden` are the states in which nobody of a unit does.
    """
    reasons = [
        None if actor.role == SUPERVISOR else Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "link"}, 4),
        Reason("repeats-itself") if earlier.number == ticket.number else None,
        Reason("repeats-before", {"earlier": earlier.number}) if earlier.number in ticket.repeats else None,
        Reason("repeats-in-circle", {"earlier": earlier.number}) if ticket.number in (*earlier.repeats, *before) else None,
    ]
    found = tuple(reason for reason in reasons if reason)
    if found:
        return Refusal(found)
    data = _linked(REPEATS, ticket, earlier, (*ticket.repeats, earlier.number), hidden)
    return next_event(ticket, actor, now, LINKED, ticket.state, data)


def unrepeat(
    ticket: Ticket, earlier: Ticket, actor: Actor, now: datetime, hidden: Collection[str], reason: str, salt: str,
) -> Event | Refusal:
    """The event by which that is taken back, or every reason against it."""
    reasons = [
        None if actor.role == SUPERVISOR else Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "unlink"}, 4),
        word_problem("reason", reason, LONGEST),
        None if earlier.number in ticket.repeats else Reason("no-repeat", {"earlier": earlier.number}),
    ]
    found = tuple(item for item in reasons if item)
    if found:
        return Refusal(found)
    data = _linked(NOT_REPEATS, ticket, earlier, (number for number in ticket.repeats if number != earlier.number), hidden)
    return next_event(ticket, actor, now, LINKED, ticket.state, data, {"reason": reason}, salt)


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Numbers of earlier findings as a ticket keeps them: each once, the earliest first, in whatever order they were named."""
    return tuple(sorted(set(numbers), key=lambda number: (number_parts(number), number)))


def _linked(relation: str, ticket: Ticket, earlier: Ticket, numbers: Iterable[str], hidden: Collection[str]) -> JsonObject:
    data: JsonObject = {"relation": relation, "target": earlier.number, "effects": TICKET.effects_of({"repeats": in_order(numbers)})}
    return data if known_to_a_unit(ticket, earlier, hidden) else data | {"audience": OFFICE_AUDIENCE}
