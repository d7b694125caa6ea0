"""Batches (来文批次): what came with one letter is received, looked at and closed. Each has a stream of its own, which no unit reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.desk.batch import batch_number
from engine.desk.filing import HandedIn, evidence_of
from engine.errors import BatchNotFound
from engine.office.stream import Beginning, Counted, DoneTo, Streams
from engine.record import journal, queries
from engine.record.aggregates import BATCHES, TICKETS
from engine.rules.access import Actor, may_read_batches, may_receive, may_redact, must
from engine.rules.acts.batch import Letter, close, receive
from engine.rules.acts.command import Refusal
from engine.rules.batch import Batch
from engine.rules.event import Event
from engine.rules.ticket import Ticket
from engine.views.batch import BatchView, batch_view

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

@dataclass(frozen=True, slots=True)
class Batches:
    """The batches of one office: each act one transaction, by the clock, the calendar and the counters of its desk."""

    desk: Desk

    def receive(self, actor: Actor, letter: Letter, *, files: Sequence[HandedIn] = (), dry_run: bool = False) -> DoneTo[Batch]:
        """Receives what came with a letter, with its scans: a batch with a number of its own. Raises Refused, NotPermitted, BadEvidence."""
        must(may_receive, actor)
        desk = self.desk
        if files:
            facts, file_names = evidence_of(files)
            letter = replace(letter, evidence=facts, file_names=file_names)

        def received(begun: Beginning) -> Event | Refusal:
            before = desk.database.row(queries.BATCH_OF_LETTER, letter=letter.number, sender=letter.sender)
            return receive(
                letter, actor, begun.now, desk.rules.calendar(), stream=begun.stream, number=begun.number, office=desk.office,
                salt=desk.salt(), received_as=before[0] if before else None,
            )

        return self._streams.begin(actor, received, files=files, dry_run=dry_run)

    def close(self, actor: Actor, number: str, *, dry_run: bool = False) -> DoneTo[Batch]:
        """Closes a batch: it takes no more tickets. Raises BatchNotFound, Refused, NotPermitted."""
        must(may_receive, actor)

        def closed(batch: Batch, now: datetime) -> Event | Refusal:
            [(unassigned,)] = self.desk.database.rows(queries.UNASSIGNED_OF_BATCH, batch=batch.number)
            return close(batch, unassigned, actor, now)

        return self._streams.change(actor, batch_number(self.desk, number), closed, dry_run=dry_run)

    def view(self, found: Counted[Batch]) -> BatchView:
        """A batch with its counts, as every door shows it."""
        return batch_view(
            found.thing, self.desk.clock.now(), self.desk.rules.zone(), tickets=found.tickets, unassigned=found.unassigned,
            open_=found.open, repeats=found.repeats,
        )

    def ask_erasure(self, actor: Actor, number: str, seq: int, reason: str, *, dry_run: bool = False) -> DoneTo[Batch]:
        """Asks for the words of an event of a batch to be erased. Raises BatchNotFound, Refused, NotPermitted."""
        must(may_redact, actor)
        return self._streams.ask_erasure(actor, batch_number(self.desk, number), seq, reason, dry_run=dry_run)

    def erase(self, actor: Actor, number: str, seq: int, *, dry_run: bool = False) -> DoneTo[Batch]:
        """Confirms an erasure that somebody else asked for. Raises BatchNotFound, Refused, NotPermitted, Conflict."""
        must(may_redact, actor)
        return self._streams.erase(actor, batch_number(self.desk, number), seq, dry_run=dry_run)

    def read(self, actor: Actor, number: str) -> Counted[Batch]:
        """One batch. Raises BatchNotFound, NotPermitted."""
        must(may_read_batches, actor)
        return self.counted([self._streams.read(batch_number(self.desk, number))])[0]

    def events(self, actor: Actor, number: str) -> tuple[str, list[Event]]:
        """The full number of a batch and all its events, in order. Raises BatchNotFound, NotPermitted."""
        must(may_read_batches, actor)
        batch = self._streams.read(batch_number(self.desk, number))
        return batch.number, journal.read_events(self.desk.database, batch.id)

    def tickets(self, actor: Actor, batch: Batch) -> list[Ticket]:
        """The tickets of a batch, in the order in which they were opened. Raises NotPermitted."""
        must(may_read_batches, actor)
        return [TICKETS.read(row) for row in self.desk.database.rows(queries.TICKETS_OF_BATCH, batch=batch.number)]

    def every(self, actor: Actor, *, closed: bool = False) -> Iterator[Counted[Batch]]:
        """The batches, newest first, in pieces; with `closed` also those that are closed. Raises NotPermitted."""
        must(may_read_batches, actor)
        return (counted for batches in self._streams.newest(queries.BATCHES, over=closed) for counted in self.counted(batches))

    def counted(self, batches: list[Batch]) -> list[Counted[Batch]]:
        """Some batches, each with how many tickets it has."""
        return self._streams.counted(batches, queries.TICKETS_OF_BATCHES)

    @property
    def _streams(self) -> Streams[Batch]:
        return Streams(self.desk, BATCHES, lambda number: BatchNotFound(batch=number))
