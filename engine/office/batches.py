"""Batches (来文批次): what came with one letter is received, looked at and closed. Each has a stream of its own, which no unit reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from engine.desk.batch import batch_number
from engine.errors import BatchNotFound, Refused
from engine.record import journal, queries
from engine.record.aggregates import BATCHES, TICKETS
from engine.record.database import Row
from engine.record.directory import must_still_act
from engine.rules.access import Actor, may_read_batches, must
from engine.rules.acts.batch import Letter, close, receive
from engine.rules.acts.decide import Refusal
from engine.rules.batch import SERIES, Batch, evolve
from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS
from engine.rules.ticket import Ticket
from engine.rules.ticket_number import full_number

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


class DoneBatch(NamedTuple):
    """What was done to a batch: the batch after it, and the event."""

    batch: Batch
    event: Event


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches of one office: each act one transaction, by the clock, the calendar and the counters of its desk."""

    desk: Desk

    def receive(self, actor: Actor, letter: Letter, *, dry_run: bool = False) -> DoneBatch:
        """Receives what came with a letter: a batch with a number of its own. Raises Refused, NotPermitted."""
        desk, database = self.desk, self.desk.database
        with database.rehearse() if dry_run else database.write():
            now = desk.clock.now()
            must_still_act(database, actor, now)
            year = now.astimezone(desk.rules.zone()).year
            stream = journal.next_stream(database)  # first, so that of two who receive one letter the second sees the first
            number = full_number(SERIES, year, journal.next_serial(database, SERIES, year))
            received = database.row(queries.BATCH_OF_LETTER, letter=letter.number, sender=letter.sender)
            outcome = receive(
                letter, actor, now, desk.rules.calendar(), stream=stream, number=number, office=desk.office, salt=desk.salt(),
                received_as=received[0] if received else None,
            )
            if isinstance(outcome, Refusal):
                raise Refused(outcome.reasons)
            after = evolve(None, outcome)
            journal.append(database, [outcome], None, after, GENESIS)
            return DoneBatch(after, outcome)

    def close(self, actor: Actor, number: str, *, dry_run: bool = False) -> DoneBatch:
        """Closes a batch: it takes no more tickets. Raises BatchNotFound, Refused, NotPermitted."""
        must(may_read_batches, actor)
        database, full = self.desk.database, batch_number(self.desk, number)
        with database.rehearse() if dry_run else database.write():
            now = self.desk.clock.now()
            found = journal.read_batch(database, full, statement=queries.BATCH_NUMBERED)
            if found is None:
                raise BatchNotFound(batch=number)
            must_still_act(database, actor, now)
            before, head = found
            [(unassigned,)] = database.rows(queries.UNASSIGNED_OF_BATCH, batch=full)
            outcome = close(before, unassigned, actor, now)
            if isinstance(outcome, Refusal):
                raise Refused(outcome.reasons)
            after = evolve(before, outcome)
            journal.append(database, [outcome], before, after, head)
            return DoneBatch(after, outcome)

    def read(self, actor: Actor, number: str) -> Counted:
        """One batch. Raises BatchNotFound, NotPermitted."""
        must(may_read_batches, actor)
        found = journal.read_batch(self.desk.database, batch_number(self.desk, number))
        if found is None:
            raise BatchNotFound(batch=number)
        return self.counted([found[0]])[0]

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

    def _pieces(self, closed: bool) -> Iterator[list[Row]]:
        before = 2**62
        while rows := self.desk.database.rows(queries.BATCHES, before=before, everything=closed, limit=PIECE):
            yield rows
            before = rows[-1][0]
