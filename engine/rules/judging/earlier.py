"""Earlier findings that an event names, judged again: each was there before the event, was found no later, and closes no circle."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Reason
from engine.rules.acts.repeats import REPEATS, earlier_problems, found_at, later_problem
from engine.rules.event import Event
from engine.rules.judging.known import Found, Known
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket


def found_by_then(found: Found | None, event: Event) -> Found:
    """A finding after one more of its events: its first one, or a link."""
    if found is None:
        return Found(found_at(event), tuple(event.data.get("repeats", ())))
    effects = event.data.get("effects") or {}
    return found._replace(repeats=tuple(effects["repeats"])) if "repeats" in effects else found


def against_named(event: Event, known: Known) -> Iterator[Reason]:
    """What stands against the earlier findings with which a ticket begins."""
    day = moment(event.data["happened_at"]) if "happened_at" in event.data else None
    for number in event.data.get("repeats", ()):
        found = known.finding(number)
        problem = _unknown(number) if found is None else later_problem(number, found.since, day) if known.same_rules else None
        if problem is not None:
            yield problem


def against_linked(event: Event, ticket: Ticket, known: Known) -> Iterator[Reason]:
    """What stands against the ticket that a link names: it was not there; or it is no earlier finding, where that is said of it."""
    target = event.data["target"]
    found = known.finding(target)
    if found is None:
        yield _unknown(target)
    elif event.data["relation"] == REPEATS and known.same_rules:
        yield from earlier_problems(ticket, target, _before(found, known), found.since)


def _before(found: Found, known: Known) -> frozenset[str]:
    """The findings that one repeats, and those that they repeat, as far as the record went."""
    before: set[str] = set()
    waiting = set(found.repeats)
    while waiting:
        before |= waiting
        named = (known.finding(number) for number in waiting)
        waiting = {number for each in named if each is not None for number in each.repeats} - before
    return frozenset(before)


def _unknown(number: str) -> Reason:
    return Reason("judged-earlier", {"earlier": number})
