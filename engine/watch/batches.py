"""What rings beside tickets: the limits within which batches are to be assigned, each once for all its tickets, exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.desk.tickets import Desk
from engine.errors import Damaged
from engine.notices.queue import addressed
from engine.notices.reach import read_reach
from engine.record import journal, queries
from engine.record.aggregates import BATCHES
from engine.record.database import Database
from engine.record.directory import directory
from engine.rules.acts.batch import ring
from engine.rules.batch import Batch, evolve
from engine.rules.event import Event


@dataclass(slots=True)
class Rung:
    """What rang: each batch after it, with the event; and how many batches could not be read."""

    fired: list[tuple[Batch, Event]] = field(default_factory=list)
    unreadable: int = 0


def ring_batches(desk: Desk) -> Rung:
    """Fires every rung of a batch whose time has come, one transaction a batch. A batch that cannot be read is left for the audit."""
    rung = Rung()
    for (number,) in desk.database.rows(queries.BATCHES_DUE, now=desk.clock.now()):
        try:
            rung.fired += _ring(desk, number)
        except Damaged:
            rung.unreadable += 1
    return rung


def open_batches(database: Database) -> frozenset[str]:
    """The numbers of the batches that ring for what of them is to be assigned."""
    return frozenset(row[0] for row in database.rows(queries.BATCHES_OPEN))


def _ring(desk: Desk, number: str) -> Sequence[tuple[Batch, Event]]:
    """What of one batch has come, in order; each recipient is told once, by the last event that names it."""
    database = desk.database
    with database.write():
        found = journal.read_thing(database, BATCHES, number, lock=True)
        if found is None:
            return ()
        (batch, head), now = found, desk.clock.now()
        people, calendar = directory(database, now), desk.rules.calendar()
        before, fired = batch, []
        while batch.wake_at is not None and batch.wake_at <= now:
            event = ring(batch, now, calendar, people)
            batch = evolve(batch, event)
            fired.append((batch, event))
        if fired:
            told = {name: event.seq for _, event in fired for name in event.data["recipients"]}
            reach = read_reach(database)
            notices = [
                notice for _, event in fired
                for notice in addressed(event, [name for name, seq in told.items() if seq == event.seq], reach)
            ]
            journal.append(database, [event for _, event in fired], before, batch, head, notices)
    return fired
