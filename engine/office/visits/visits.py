"""Visits (督查检查): begun, looked at, consented to, closed. Each has a stream of its own, which no unit reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.desk.finding import visit_number
from engine.errors import VisitNotFound
from engine.office.stream import Beginning, Counted, DoneTo, Streams
from engine.office.visits.drawing import drawn
from engine.record import journal, queries
from engine.record.aggregates import TICKETS, VISITS
from engine.rules.access import SUPERVISOR, Actor, may_read_visits, may_redact, must
from engine.rules.acts.command import Refusal
from engine.rules.event import Event
from engine.rules.loop.recheck import unrated
from engine.rules.loop.suggestion import Finding
from engine.rules.loop.visit import Visit
from engine.rules.loop.visit_acts import Outing, begin, close, consent
from engine.rules.ticket import Ticket
from engine.views.visit import VisitView, visit_view

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

@dataclass(frozen=True, slots=True)
class Visits:
    """The visits of one office: each act one transaction, by the clock and the counters of its desk."""

    desk: Desk

    def begin(self, actor: Actor, outing: Outing, *, dry_run: bool = False) -> DoneTo[Visit]:
        """Begins a visit, under a number of its own; a 回头看 draws what it looks at again. Raises Refused, NotPermitted."""
        desk = self.desk

        def begun(new: Beginning) -> Event | Refusal:
            going = replace(outing, again=drawn(desk, outing, outing.again)) if outing.again is not None else outing
            office = {row[0] for row in desk.database.rows(queries.ACCOUNTS, now=new.now) if row[2] == SUPERVISOR}
            return begin(
                going, actor, new.now, stream=new.stream, number=new.number, office=desk.office, salt=desk.salt(),
                unknown=[name for name in outing.team if name not in office],
            )

        return self._streams.begin(actor, begun, dry_run=dry_run)

    def view(self, found: Counted[Visit]) -> VisitView:
        """A visit with its counts, as every door shows it."""
        zone = self.desk.rules.zone()
        return visit_view(found.thing, zone, findings=found.tickets, unassigned=found.unassigned, open_=found.open)

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
            return close(visit, len(self.waiting(visit)), unrated(visit, self.again(visit)), actor, now)

        return self._streams.change(actor, visit_number(self.desk, number), closed, dry_run=dry_run)

    def ask_erasure(self, actor: Actor, number: str, seq: int, reason: str, *, dry_run: bool = False) -> DoneTo[Visit]:
        """Asks for the words of an event of a visit to be erased. Raises VisitNotFound, Refused, NotPermitted."""
        must(may_redact, actor)
        return self._streams.ask_erasure(actor, visit_number(self.desk, number), seq, reason, dry_run=dry_run)

    def erase(self, actor: Actor, number: str, seq: int, *, dry_run: bool = False) -> DoneTo[Visit]:
        """Confirms an erasure that somebody else asked for. Raises VisitNotFound, Refused, NotPermitted, Conflict."""
        must(may_redact, actor)
        return self._streams.erase(actor, visit_number(self.desk, number), seq, dry_run=dry_run)

    def events(self, actor: Actor, number: str) -> tuple[str, list[Event]]:
        """The full number of a visit and all its events, in order. Raises VisitNotFound, NotPermitted."""
        must(may_read_visits, actor)
        visit = self._streams.read(visit_number(self.desk, number))
        return visit.number, journal.read_events(self.desk.database, visit.id)

    def read(self, actor: Actor, number: str) -> Counted[Visit]:
        """One visit. Raises VisitNotFound, NotPermitted."""
        must(may_read_visits, actor)
        return self.counted([self._streams.read(visit_number(self.desk, number))])[0]

    def findings(self, actor: Actor, visit: Visit) -> list[Ticket]:
        """What a visit found, in the order in which it was entered. Raises NotPermitted."""
        must(may_read_visits, actor)
        return [TICKETS.read(row) for row in self.desk.database.rows(queries.FINDINGS_OF_VISIT, visit=visit.number)]

    def again(self, visit: Visit) -> list[Ticket]:
        """The tickets that a visit was drawn to look at again."""
        found = self.desk.database.rows(queries.TICKETS_NUMBERED, numbers=list(visit.again)) if visit.again else ()
        return [TICKETS.read(row) for row in found]

    def waiting(self, visit: Visit) -> list[Finding]:
        """What of a visit waits to be assigned."""
        return [Finding(*row) for row in self.desk.database.rows(queries.UNASSIGNED_OF_VISIT, visit=visit.number)]

    def every(self, actor: Actor, *, closed: bool = False) -> Iterator[Counted[Visit]]:
        """The visits, newest first, in pieces; with `closed` also those that are closed. Raises NotPermitted."""
        must(may_read_visits, actor)
        return (counted for visits in self._streams.newest(queries.VISITS, over=closed) for counted in self.counted(visits))

    def counted(self, visits: list[Visit]) -> list[Counted[Visit]]:
        """Some visits, each with how many findings it has."""
        return self._streams.counted(visits, queries.FINDINGS_OF_VISITS)

    @property
    def _streams(self) -> Streams[Visit]:
        return Streams(self.desk, VISITS, lambda number: VisitNotFound(visit=number))
