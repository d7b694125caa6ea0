"""The sweep: fires every rung whose time has come, exactly once whatever the number of sweepers.

Ids first, then batches in id order; the events are decided outside the database, each batch is one transaction. There is no leader:
a batch takes the row locks that nobody holds, and leaves out every ticket that moved since it was read. `version` and
UNIQUE(stream, seq) stand behind that, so there is nothing to recover after a crash.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.desk.tickets import Desk
from engine.desk.uncollected import uncollected
from engine.errors import Conflict, Damaged, NotFound, UnknownRule, ZgError
from engine.notices import notices_of
from engine.notices.reach import Reach, read_reach
from engine.record import event_rows, journal, queries
from engine.record.aggregates import TICKETS
from engine.record.damage import UNREADABLE
from engine.record.database import Database, Row
from engine.record.directory import directory
from engine.rules.event import Event
from engine.rules.recipients import Directory
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket, evolve
from engine.rules.timing.climb import SET_ASIDE, WATCHER, climb, set_aside
from engine.rules.worktime import Calendar
from engine.watch.batches import open_batches

NOBODY = Directory()

BATCH = 1_000
BREATH_SECONDS = 0.005
"""Between batches, so that a person's write never waits for the whole sweep (measured: 58 ms at p99)."""

WINDOW = 50_000
"""Ids looked up at once. Each look sorts all that is due, so small windows would cost a large sweep the square of its size."""


@dataclass(slots=True)
class Swept:
    """What one sweep did: tickets that moved, their events, tickets that somebody else had locked, tickets set aside or unreadable."""

    tickets: int = 0
    events: int = 0
    missed: int = 0
    aside: int = 0
    unreadable: int = 0
    fired: list[tuple[Ticket, Event]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _SweepContext:
    """What every batch of one sweep shares."""

    desk: Desk
    now: datetime
    people: Directory
    open_batches: frozenset[str]
    reach: Reach
    calendar: Calendar
    swept: Swept
    keep: bool


def sweep(
    desk: Desk, *, keep: bool = True, breathe: Callable[[float], None] = time.sleep, stop: Callable[[], bool] = lambda: False,
    begin: Callable[[int], int] = lambda batches: 0,
) -> Swept:
    """Fires what is due now.

    With `keep` the events are returned, for people to read; the daemon does not keep them. `stop` is asked after each batch. `begin`
    says with which of the batches to begin: several sweepers that begin at random places share the work instead of meeting in it.
    Raises Busy, and ZgError where the database cannot go on.
    """
    now = desk.clock.now()
    swept = Swept()
    batches = _batches(desk.database, now, begin)
    rows = next(batches, None)
    if rows is None:  # an idle sweep reads one index and nothing else
        return swept
    desk.database.must_grow()
    context = _sweep_context(desk, now, swept, keep)
    with uncollected():
        changes = list(_decided(context, rows))
    while True:
        rows = next(batches, None)
        with uncollected():
            changes = _batch(context, changes, rows or ())
        if rows is None or stop():
            return swept
        breathe(BREATH_SECONDS)


def _sweep_context(desk: Desk, now: datetime, swept: Swept, keep: bool) -> _SweepContext:
    database = desk.database
    return _SweepContext(
        desk, now, directory(database, now), open_batches(database), read_reach(database), desk.rules.calendar(), swept, keep,
    )


def _batches(database: Database, now: datetime, begin: Callable[[int], int]) -> Iterator[list[Row]]:
    """Tickets that are due, in id order but for where each window begins."""
    after = 0
    while True:
        ids = [row[0] for row in database.rows(queries.DUE, now=now, after=after, limit=WINDOW)]
        if not ids:
            return
        after = ids[-1]
        batches = [ids[start:start + BATCH] for start in range(0, len(ids), BATCH)]
        first = begin(len(batches))
        for batch in (*batches[first:], *batches[:first]):
            yield database.rows(queries.DUE_TICKETS, ids=batch, now=now)
        if len(ids) < WINDOW:
            return


def _batch(context: _SweepContext, changes: Sequence[journal.Change[Ticket]], rows: Sequence[Row]) -> list[journal.Change[Ticket]]:
    """Writes one batch, and decides what the tickets of the next one gain while a server works on it.

    What cannot be written together is tried ticket by ticket, so that one bad ticket stops no other.
    """
    following: list[journal.Change[Ticket]] | None = None

    def meanwhile() -> None:
        nonlocal following
        following = list(_decided(context, rows))

    try:
        _write(context, changes, meanwhile)
    except Exception as error:
        if not _of_a_ticket(error):
            raise
        for change in changes:
            _write_alone(context, change)
    return list(_decided(context, rows)) if following is None else following


def _write_alone(context: _SweepContext, change: journal.Change[Ticket]) -> None:
    """Writes the events of one ticket in a transaction of their own. A ticket whose events cannot be written is set aside; if not even
    that can be written, the audit will name it."""
    try:
        _write(context, [change])
    except Conflict:
        context.swept.missed += 1
    except Exception as error:
        if not _of_a_ticket(error):
            raise
        if change.events[-1].kind == SET_ASIDE:
            context.swept.unreadable += 1
        else:
            _write_alone(context, _set_aside_by(context, change.before, change.head, error))


def _of_a_ticket(error: Exception) -> bool:
    """Whether a ticket, its rules or its rivals are at fault, and not the database. Only a bug or a hand in the record does it."""
    return not isinstance(error, ZgError) or isinstance(error, Conflict | Damaged | NotFound | UnknownRule)


def _write(context: _SweepContext, changes: Sequence[journal.Change[Ticket]], meanwhile: Callable[[], None] = lambda: None) -> None:
    """Writes what is still as it was read and in nobody's hands, in one transaction, and counts it.

    The locks are taken before anything is written, in the order a person's command takes them: ticket first, then its events.
    """
    if not changes:
        return
    database, swept = context.desk.database, context.swept
    ready = [journal.packed(change) for change in changes]
    with database.write():
        free: dict[int, int] = dict(database.rows(queries.STILL, ids=[change.before.id for change in changes]))
        kept = [
            item for change, item in zip(changes, ready, strict=True) if free.get(change.before.id) == change.before.version
        ]
        journal.append_packed(database, kept)
        database.commit()
        meanwhile()
    done = [item.change for item in kept]
    swept.tickets += len(done)
    swept.events += sum(len(change.events) for change in done)
    swept.missed += len(changes) - len(done)
    swept.aside += sum(change.events[-1].kind == SET_ASIDE for change in done)
    if context.keep:
        swept.fired += [(change.after, event) for change in done for event in change.events]


def _decided(context: _SweepContext, rows: Iterable[Row]) -> Iterator[journal.Change[Ticket]]:
    """What each ticket of a batch gains. A row that cannot be read is left for the audit."""
    for row in rows:
        read = _read(row)
        if read is None:
            context.swept.unreadable += 1
            continue
        ticket, head = read
        try:
            change = _climbed(context, ticket, head)
        except Exception as error:
            if not _of_a_ticket(error):
                raise
            change = _set_aside_by(context, ticket, head, error)
        if change is not None:
            yield change


def _read(row: Row) -> tuple[Ticket, bytes] | None:
    try:
        return TICKETS.read(row), row[-1]
    except UNREADABLE:
        return None


def _climbed(context: _SweepContext, ticket: Ticket, head: bytes) -> journal.Change[Ticket] | None:
    desk = context.desk
    definition = desk.rules.definition(ticket.definition)
    events, after = climb(Situation(definition, ticket, WATCHER, context.now, context.calendar), _told(context, ticket))
    if not events:
        return None
    notices = notices_of(desk.database, definition, events, ticket, after, context.people, context.reach)
    return journal.Change(ticket, after, tuple(events), head, notices)


def _told(context: _SweepContext, ticket: Ticket) -> Directory:
    """Who is told of the rungs of a ticket: nobody while its batch rings for all that is still to be assigned of it."""
    return NOBODY if ticket.assigned_at is None and ticket.batch in context.open_batches else context.people


def _set_aside_by(context: _SweepContext, ticket: Ticket, head: bytes, error: Exception) -> journal.Change[Ticket]:
    code = error.code if isinstance(error, ZgError) else type(error).__name__
    before = context.desk.database.row(queries.LAST_OF_WATCH, stream=ticket.id)
    tries = event_rows.facts_of(before[1]).get("tries", 0) if before is not None and before[0] == SET_ASIDE else 0
    event = set_aside(ticket, context.now, code, tries + 1)
    return journal.Change(ticket, evolve(ticket, event), (event,), head)
