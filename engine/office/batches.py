"""Batches (来文批次): what came with one letter is received, looked at and closed. Each has a stream of its own, which no unit reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from engine.desk.batch import batch_number
from engine.errors import BatchNotFound
from engine.office.stream import Beginning, DoneTo, Streams
from engine.record import queries
from engine.record.aggregates import BATCHES, TICKETS
from engine.record.database import Row
from engine.rules.access import Actor, may_read_batches, must
from engine.rules.acts.batch import Letter, close, receive
from engine.rules.acts.decide import Refusal
from engine.rules.batch import Batch
from engine.rules.event import Event
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

PIECE = 500
"""Batches read at once."""


class Counted(NamedTuple):
    """A batch, and how many tickets it has: all, those that wait to be assigned, those that are not closed."""

    batch: Batch
    tickets: int = 0
    unassigned: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches of one office: each act one transaction, by the clock, the calendar and the counters of its desk."""

    desk: Desk

    def receive(self, actor: Actor, letter: Letter, *, dry_run: bool = False) -> DoneTo[Batch]:
        """Receives what came with a letter: a batch with a number of its own. Raises Refused, NotPermitted."""
        desk = self.desk

        def received(begun: Beginning) -> Event | Refusal:
            before = desk.database.row(queries.BATCH_OF_LETTER, letter=letter.number, sender=letter.sender)
            return receive(
                letter, actor, begun.now, desk.rules.calendar(), stream=begun.stream, number=begun.number, office=desk.office,
                salt=desk.salt(), received_as=before[0] if before else None,
            )

        return self._streams.begin(actor, received, dry_run=dry_run)

    def close(self, actor: Actor, number: str, *, dry_run: bool = False) -> DoneTo[Batch]:
        """Closes a batch: it takes no more tickets. Raises BatchNotFound, Refused, NotPermitted."""
        must(may_read_batches, actor)

        def closed(batch: Batch, now: datetime) -> Event | Refusal:
            [(unassigned,)] = self.desk.database.rows(queries.UNASSIGNED_OF_BATCH, batch=batch.number)
            return close(batch, unassigned, actor, now)

        return self._streams.change(actor, batch_number(self.desk, number), closed, dry_run=dry_run)

    def read(self, actor: Actor, number: str) -> Counted:
        """One batch. Raises BatchNotFound, NotPermitted."""
        must(may_read_batches, actor)
        return self.counted([self._streams.read(batch_number(self.desk, number))])[0]

    def tickets(self, actor: Actor, batch: Batch) -> list[Ticket]:
        """The tickets of a batch, in the order in which they were opened. Raises NotPermitted."""
        must(may_read_batches, actor)
        return [TICKETS.read(row) for row in self.desk.database.rows(queries.TICKETS_OF_BATCH, batch=batch.number)]

    def every(self, actor: Actor, *, closed: bool = False) -> Iterator[Counted]:
        """The batches, newest first, in pieces; with `closed` also those that are closed. Raises NotPermitted."""
        must(may_read_batches, actor)
        return (counted for rows in self._pieces(closed) for counted in self.counted([BATCHES.read(row) for row in rows]))

    def counted(self, batches: list[Batch]) -> list[Counted]:
        """Some batches, each with how many tickets it has."""
        rows = self.desk.database.rows(queries.TICKETS_OF_BATCHES, batches=[batch.number for batch in batches])
        counts = {row[0]: row[1:] for row in rows}
        return [Counted(batch, *map(int, counts.get(batch.number, ()))) for batch in batches]

    @property
    def _streams(self) -> Streams[Batch]:
        return Streams(self.desk, BATCHES, lambda number: BatchNotFound(batch=number))

    def _pieces(self, closed: bool) -> Iterator[list[Row]]:
        before = 2**62
        while rows := self.desk.database.rows(queries.BATCHES, before=before, everything=closed, limit=PIECE):
            yield rows
            before = rows[-1][0]
