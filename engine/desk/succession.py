"""A ticket that goes on after its end (重新整改) when a unit of it is no more: the successor takes it over first.

What is open when a unit ends is handed over then; what is closed stays with the unit that closed it, and is handed over when it is
opened again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from engine.record import journal
from engine.record.database import Database
from engine.record.unit_list import read_units
from engine.rules.access import Actor
from engine.rules.acts.handover import Succession, gone, to_unit, units_of
from engine.rules.event import Event
from engine.rules.ticket import Ticket, evolve


def without_successor(database: Database, ticket: Ticket) -> tuple[str, ...]:
    """The units of a ticket that ended and that nobody succeeded (`rules/acts/handover`)."""
    return gone(ticket, _successors(database))


def taken_over(
    database: Database, ticket: Ticket, actor: Actor, now: datetime, hidden: Collection[str],
) -> tuple[list[Event], Ticket]:
    """The events by which the successors of the ticket's units take it over, one a succession, and the ticket after them. `hidden` are
    the states in which no unit sees it.
    """
    successors = _successors(database)
    events: list[Event] = []
    for unit in units_of(ticket):
        while (successor := successors.get(unit)) is not None:
            event = to_unit(ticket, Succession(unit, successor, _entry(database, unit, successor)), actor, now, hidden)
            if event is not None:
                events.append(event)
                ticket = evolve(ticket, event)
            unit = successor
    return events, ticket


def _successors(database: Database) -> Mapping[str, str | None]:
    """The units that ended, each with the one that succeeded it; None where nobody did."""
    return {unit.code: unit.successor for unit in read_units(database, ended=True)}


def _entry(database: Database, unit: str, successor: str) -> int:
    """The seq of the administration's entry by which the unit was merged into its successor."""
    merged = {"what": "unit.merged", "unit": unit, "into": successor}
    entries = journal.read_events(database, journal.ADMINISTRATION)
    found = (entry.seq for entry in entries if all(entry.data.get(name) == value for name, value in merged.items()))
    return max(found, default=0)
