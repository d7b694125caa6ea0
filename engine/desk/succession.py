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
from engine.rules.acts.handover import Succession, to_unit
from engine.rules.event import Event
from engine.rules.ticket import Ticket, evolve


def without_successor(database: Database, ticket: Ticket) -> tuple[str, ...]:
    """The units of a ticket that ended and that nobody succeeded; of units in waiting, which no successor takes over from, all that ended.
    """
    successors, aside = _successors(database), ticket.set_aside
    waiting = () if aside is None else (aside.lead, *aside.cooperators)
    return (
        *(unit for unit in _units(ticket) if _last(unit, successors) is None), *(unit for unit in waiting if unit and unit in successors),
    )


def taken_over(
    database: Database, ticket: Ticket, actor: Actor, now: datetime, hidden: Collection[str],
) -> tuple[list[Event], Ticket]:
    """The events by which the successors of the ticket's units take it over, one a succession, and the ticket after them. `hidden` are
    the states in which no unit sees it.
    """
    successors = _successors(database)
    events: list[Event] = []
    for unit in _units(ticket):
        while (successor := successors.get(unit)) is not None:
            event = to_unit(ticket, Succession(unit, successor, _entry(database, unit, successor)), actor, now, hidden)
            if event is not None:
                events.append(event)
                ticket = evolve(ticket, event)
            unit = successor
    return events, ticket


def _units(ticket: Ticket) -> tuple[str, ...]:
    return tuple(unit for unit in (ticket.lead, *ticket.cooperators) if unit is not None)


def _successors(database: Database) -> Mapping[str, str | None]:
    """The units that ended, each with the one that succeeded it; None where nobody did."""
    return {unit.code: unit.successor for unit in read_units(database, ended=True)}


def _last(unit: str, successors: Mapping[str, str | None]) -> str | None:
    """The unit that stands in a unit's place now: itself where it has not ended; None where nobody does."""
    while unit in successors:
        successor = successors[unit]
        if successor is None:
            return None
        unit = successor
    return unit


def _entry(database: Database, unit: str, successor: str) -> int:
    """The seq of the administration's entry by which the unit was merged into its successor."""
    merged = {"what": "unit.merged", "unit": unit, "into": successor}
    entries = journal.read_events(database, journal.ADMINISTRATION)
    found = (entry.seq for entry in entries if all(entry.data.get(name) == value for name, value in merged.items()))
    return max(found, default=0)
