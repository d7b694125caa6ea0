"""What a 回头看 may be drawn from: what was verified in the months before, by nobody of its team."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from engine.record import queries
from engine.record.event_rows import event_of
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.event import Event
from engine.rules.loop.draw import Again, months_before, verifiers
from engine.rules.loop.visit_acts import Outing

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

LOT_LENGTH = 8
"""Characters of a lot that nobody gave."""


def drawn(desk: Desk, outing: Outing, again: Again) -> Again:
    """The same draw with all that it is drawn from, inside `write()`; without a lot of its own with a new one."""
    since, until = _start(desk, months_before(outing.day, again.months)), _start(desk, outing.day)
    asked = {"closed_from": since, "closed_before": until, "closed_as": VERIFIED}
    acts: dict[int, list[Event]] = defaultdict(list)
    for row in desk.database.rows(queries.CLOSINGS, **asked):
        acts[row[0]].append(event_of(row))
    among = [
        number for stream, number in desk.database.rows(queries.RECHECKABLE, **asked)
        if verifiers(acts[stream]).isdisjoint(outing.team)
    ]
    return replace(again, among=tuple(among), lot=again.lot or desk.salt()[:LOT_LENGTH])


def _start(desk: Desk, day: date) -> datetime:
    """The first moment of a day of the office."""
    return datetime.combine(day, time(), desk.rules.zone()).astimezone(UTC)
