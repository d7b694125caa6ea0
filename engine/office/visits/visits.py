"""Visits (督查检查): begun, looked at, consented to, closed. Each has a stream of its own, which no unit reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from engine.desk.finding import visit_number
from engine.errors import VisitNotFound
from engine.office.stream import Beginning, DoneTo, Streams
from engine.record import queries
from engine.record.aggregates import TICKETS, VISITS
from engine.rules.access import SUPERVISOR, Actor, may_read_visits, must
from engine.rules.acts.decide import Refusal
from engine.rules.event import Event
from engine.rules.loop.visit import Visit
from engine.rules.loop.visit_acts import Finding, Outing, begin, close, consent
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

PIECE = 500
"""Visits read at once."""


class CountedVisit(NamedTuple):
    """A visit, and how many findings it has: all, those that wait to be assigned, those that are not closed."""

    visit: Visit
    findings: int = 0
    unassigned: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits of one office: each act one transaction, by the clock and the counters of its desk."""

    desk: Desk

    def begin(self, actor: Actor, outing: Outing, *, dry_run: bool = False) -> DoneTo[Visit]:
        """Begins a visit, under a number of its own. Raises Refused, NotPermitted."""
        desk = self.desk

        def begun(new: Beginning) -> Event | Refusal:
            office = {row[0] for row in desk.database.rows(queries.ACCOUNTS, now=new.now) if row[2] == SUPERVISOR}
            return begin(
                outing, actor, new.now, stream=new.stream, number=new.number, office=desk.office, salt=desk.salt(),
                unknown=[name for name in outing.team if name not in office],
            )

        return self._streams.begin(actor, begun, dry_run=dry_run)

    def consent(self, actor: Actor, number: str, *, dry_run: bool = False) -> DoneTo[Visit]:
        """A leader consents to assign what a visit found, each finding to the unit it is suggested for. Raises VisitNotFound, Refused,
        NotPermitted.
        """
        must(may_read_visits, actor)

        def consented(visit: Visit, now: datetime) -> Event | Refusal:
            return consent(visit, self.waiting(visit), actor, now)

        return self._streams.change(actor, visit_number(self.desk, number), consented, dry_run=dry_run)

    def close(self, actor: Actor, number: str, *, dry_run: bool = False) -> DoneTo[Visit]:
        """Closes a visit: it finds nothing more. Raises VisitNotFound, Refused, NotPermitted."""
        must(may_read_visits, actor)

        def closed(visit: Visit, now: datetime) -> Event | Refusal:
            return close(visit, len(self.waiting(visit)), (), actor, now)

        return self._streams.change(actor, visit_number(self.desk, number), closed, dry_run=dry_run)

    def read(self, actor: Actor, number: str) -> CountedVisit:
        """One visit. Raises VisitNotFound, NotPermitted."""
        must(may_read_visits, actor)
        return self.counted([self._streams.read(visit_number(self.desk, number))])[0]

    def findings(self, actor: Actor, visit: Visit) -> list[Ticket]:
        """What a visit found, in the order in which it was entered. Raises NotPermitted."""
        must(may_read_visits, actor)
        return [TICKETS.read(row) for row in self.desk.database.rows(queries.FINDINGS_OF_VISIT, visit=visit.number)]

    def waiting(self, visit: Visit) -> list[Finding]:
        """What of a visit waits to be assigned."""
        return [Finding(*row) for row in self.desk.database.rows(queries.UNASSIGNED_OF_VISIT, visit=visit.number)]

    def every(self, actor: Actor, *, closed: bool = False) -> Iterator[CountedVisit]:
        """The visits, newest first, in pieces; with `closed` also those that are closed. Raises NotPermitted."""
        must(may_read_visits, actor)
        return (counted for visits in self._streams.newest(queries.VISITS, PIECE, over=closed) for counted in self.counted(visits))

    def counted(self, visits: list[Visit]) -> list[CountedVisit]:
        """Some visits, each with how many findings it has."""
        rows = self.desk.database.rows(queries.FINDINGS_OF_VISITS, visits=[visit.number for visit in visits])
        counts = {row[0]: row[1:] for row in rows}
        return [CountedVisit(visit, *map(int, counts.get(visit.number, ()))) for visit in visits]

    @property
    def _streams(self) -> Streams[Visit]:
        return Streams(self.desk, VISITS, lambda number: VisitNotFound(visit=number))
