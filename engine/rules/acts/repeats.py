"""Repeats (反复): a finding that is the same fault again as an earlier one, which was found, and perhaps put right, before.

Both stay tickets of their own: nothing is reopened and no clock moves. The later one names the earlier ones; who repeats a ticket is
looked up, so that no ticket is written because another one came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from engine.errors import Reason
from engine.rules.access import SUPERVISOR, Actor
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import next_event
from engine.rules.acts.duplicates import LINKED, known_to_a_unit
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import moment
from engine.rules.ticket import IMPORTED, TICKET, Ticket
from engine.rules.ticket_number import number_parts
from engine.rules.wording import LONGEST, word_problem

REPEATS, REPEATED_BY = "repeats", "repeated-by"
"""What a ticket is towards an earlier finding, and what that is towards it."""

NOT_REPEATS = "not-repeats"
"""The same taken back, because it was a mistake."""

DAY = timedelta(days=1)
"""When something was found is often told by its day only."""


def repeat(
    ticket: Ticket, earlier: Ticket, actor: Actor, now: datetime, hidden: Collection[str], before: Collection[str] = (),
    since: datetime | None = None,
) -> Event | Refusal:
    """The event by which a ticket names an earlier finding that it repeats, or every reason against it. `before` are the findings that the
    earlier one repeats, and those that they repeat, as far as the record goes: what was found before another was not found after it.
    `since` is when the earlier one was found, where that is known (`found_at`).

    It is the office's own where no unit of the ticket may know of the earlier one; `hidden` are the states in which nobody of a unit does.
    """
    reasons = [
        None if actor.role == SUPERVISOR else Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "link"}, 4),
        Reason("repeats-itself") if earlier.number == ticket.number else None,
        Reason("repeats-before", {"earlier": earlier.number}) if earlier.number in ticket.repeats else None,
        *earlier_problems(ticket, earlier.number, (*earlier.repeats, *before), since),
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


def earlier_problems(ticket: Ticket, number: str, before: Collection[str], since: datetime | None) -> Iterator[Reason]:
    """Why another finding is no earlier one of a ticket: it repeats that itself, or was found after it."""
    if ticket.number in before:
        yield Reason("repeats-in-circle", {"earlier": number})
    later = _later(ticket, number, since) if number != ticket.number else None
    if later is not None:
        yield later


def found_at(first: Event) -> datetime | None:
    """When a finding was found, as its first event tells it. None of an item of a ledger that says no day: it was before the import."""
    if "happened_at" in first.data:
        return moment(first.data["happened_at"])
    return None if first.kind == IMPORTED else first.at


def later_problem(number: str, since: datetime | None, day: datetime | None) -> Reason | None:
    """Why a finding is no earlier one of what was found on a day, by the moment at which that begins: it was itself found after that day.
    What is not known stands against nothing.
    """
    return None if since is None or day is None or since < day + DAY else Reason("repeats-later", {"earlier": number, "found": since})


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Numbers of earlier findings as a ticket keeps them: each once, the earliest first, in whatever order they were named."""
    return tuple(sorted(set(numbers), key=lambda number: (number_parts(number), number)))


def _later(ticket: Ticket, number: str, since: datetime | None) -> Reason | None:
    """The same of a ticket that is there: one that was opened when it was found has a moment, and of several at one moment an order."""
    at = min(each for each in (ticket.first_found_at, ticket.assigned_at, ticket.submitted_at, ticket.closed_at) if each is not None)
    if since is None or at != ticket.opened_at:
        return later_problem(number, since, at)
    after = (since, number_parts(number)) > (at, number_parts(ticket.number))
    return Reason("repeats-later", {"earlier": number, "found": since}) if after else None


def _linked(relation: str, ticket: Ticket, earlier: Ticket, numbers: Iterable[str], hidden: Collection[str]) -> JsonObject:
    data: JsonObject = {"relation": relation, "target": earlier.number, "effects": TICKET.effects_of({"repeats": in_order(numbers)})}
    return data if known_to_a_unit(ticket, earlier, hidden) else data | {"audience": OFFICE_AUDIENCE}
