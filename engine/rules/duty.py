"""Duties (承办责任): what each unit has to do on a ticket, as its lead or as a cooperator, and by when; and whose duty an act changed.

Whoever gains a duty, loses one or has one moved is told of the act, whatever the act was: the rule looks at the ticket before and
after it and knows no trigger.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from engine.rules.deadline import COOPERATOR, LEAD, OFFICE, RESTS, RUNS, VOID
from engine.rules.ticket import Ticket


class Holder(NamedTuple):
    """A unit in one role on a ticket."""

    unit: str
    role: str


Duties = Mapping[Holder, Mapping[str, datetime]]
"""For whoever has a duty the date of each of its clocks that runs or rests, by the clock's name."""


class Concerned(NamedTuple):
    """The units whose duty an act changed, each once: those that have one afterwards, and those that have none any more."""

    having: tuple[str, ...] = ()
    released: tuple[str, ...] = ()


def duties(ticket: Ticket | None, hidden: Collection[str]) -> Duties:
    """Who has which duty. Before 交办, in a `hidden` state, no unit has any; after the end nobody has a date to keep."""
    if ticket is None or ticket.state in hidden:
        return {}
    found: dict[Holder, dict[str, datetime]] = {Holder(unit, COOPERATOR): {} for unit in ticket.cooperators}
    lead = Holder(ticket.lead or "", LEAD)
    if ticket.lead is not None:
        found[lead] = {}
    for deadline in () if ticket.final else ticket.deadlines.values():
        if deadline.state not in (RUNS, RESTS) or deadline.of == OFFICE:
            continue
        holder = lead if deadline.unit is None else Holder(deadline.unit, COOPERATOR)
        if holder in found:
            found[holder][deadline.clock] = deadline.due_at
    return found


def concerned(before: Ticket | None, after: Ticket, hidden: Collection[str]) -> Concerned:
    """Whose duty changed between two states of a ticket: who came, who went, whose date is another or new, whose date was taken back
    or ended with the ticket. A clock that ended because its unit did what it asks for is no news.
    """
    was, now = duties(before, hidden), duties(after, hidden)
    changed = {
        holder.unit: None for holder in {**now, **was}
        if was.get(holder) != now.get(holder) and (
            holder not in was or holder not in now or _moved(was[holder], now[holder]) or _taken_back(was[holder], now[holder], after)
        )
    }
    if not changed:
        return Concerned()
    still = {holder.unit for holder in now}
    return Concerned(tuple(unit for unit in changed if unit in still), tuple(unit for unit in changed if unit not in still))


def _moved(old: Mapping[str, datetime], new: Mapping[str, datetime]) -> bool:
    return not new.items() <= old.items()


def _taken_back(old: Mapping[str, datetime], new: Mapping[str, datetime], after: Ticket) -> bool:
    gone = [after.deadlines[clock] for clock in old if clock not in new and clock in after.deadlines]
    return any(after.final or deadline.state == VOID for deadline in gone)
