"""One act on one stream of the office's own – a batch, a round, a visit: read → decide → append, in one transaction. The only writer here.

Whether the actor may learn of the thing at all is asked before, by whoever calls; whether it may do this, by the rules that decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from engine.desk.filing import HandedIn, Keep, keeping
from engine.errors import NotFound, Refused
from engine.record import counters, erasing, journal
from engine.record.aggregates import Aggregate, Thing
from engine.record.appointed import appointed
from engine.record.journal import Notice
from engine.rules.access import Actor
from engine.rules.acts.command import Refusal
from engine.rules.acts.redaction import ask, confirm
from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS
from engine.rules.ticket_number import full_number

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

Made = TypeVar("Made", bound="tuple[Any, ...]")

FIRST_OF_ALL = 2**62
"""Above every id: a list of the newest begins below it."""


LISTED = 500
"""Things of a list that are read at once."""

WRITTEN = 500
"""Tickets, or pairs of a round, that are written in one transaction where there are many. What dies in between leaves whole pieces, and
whoever runs it again writes the rest.
"""


class Beginning(NamedTuple):
    """What the record gives a thing that begins: the id of its stream, its number, the moment."""

    stream: int
    number: str
    now: datetime


class DoneTo(NamedTuple, Generic[Made]):
    """What was done to a thing: the thing after it, and the event."""

    thing: Made
    event: Event


class Counted(NamedTuple, Generic[Made]):
    """A thing, and how many tickets it has: all, those that wait to be assigned, those that are not closed; of a batch also those that
    repeat an earlier finding (反复).
    """

    thing: Made
    tickets: int = 0
    unassigned: int = 0
    open: int = 0
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class Streams(Generic[Made]):
    """The streams of one kind of thing, over the clock, the calendar and the counters of a desk. `missing` is the error where there is
    none of a number.
    """

    desk: Desk
    kept: Aggregate[Made]
    missing: Callable[[str], NotFound]

    def read(self, number: str) -> Made:
        """The thing, only to look at. Raises `missing`."""
        found = journal.read_thing(self.desk.database, self.kept, number)
        if found is None:
            raise self.missing(number)
        return found[0]

    def newest(self, statement: str, size: int = LISTED, *, over: bool) -> Iterator[list[Made]]:
        """The things, newest first, in pieces of a size by the statement that lists the kind; with `over` also those that are over."""
        before = FIRST_OF_ALL
        while rows := self.desk.database.rows(statement, before=before, everything=over, limit=size):
            things = [self.kept.read(row) for row in rows]
            yield things
            before = cast(Thing, things[-1]).id

    def counted(self, things: Sequence[Made], statement: str) -> list[Counted[Made]]:
        """Some things, each with how many tickets it has, by the statement that counts those of some numbers."""
        numbers = [cast(Thing, thing).number for thing in things]
        counts = {row[0]: row[1:] for row in self.desk.database.rows(statement, numbers=numbers)}
        return [Counted(thing, *map(int, counts.get(number, ()))) for thing, number in zip(things, numbers, strict=True)]

    def begin(
        self, actor: Actor, decide: Callable[[Beginning], Event | Refusal], *, files: Sequence[HandedIn] = (), dry_run: bool = False,
    ) -> DoneTo[Made]:
        """Begins a thing, under the next number of its series. Raises Refused, NotPermitted, BadEvidence."""
        desk = self.desk

        def once(keep: Keep, rehearsed: bool) -> DoneTo[Made]:
            with desk.writing_as(actor, dry_run=rehearsed) as now:
                return self.begun(now, decide, keep)

        return keeping(desk.database, files, once, dry_run=dry_run)

    def begun(
        self, now: datetime, decide: Callable[[Beginning], Event | Refusal], keep: Callable[[datetime], None] = lambda now: None,
    ) -> DoneTo[Made]:
        """Begins a thing, inside a transaction that does more. Raises Refused."""
        desk, series = self.desk, self.kept.series
        if series is None:
            raise ValueError(f"things without a series of numbers: {self.kept.table}")
        year = now.astimezone(desk.rules.zone()).year
        stream = counters.next_stream(desk.database)  # first, so that of two who begin the same the second sees the first
        number = full_number(series, year, counters.next_serial(desk.database, series, year), self.kept.digits)
        event = decided(decide(Beginning(stream, number, now)))
        keep(now)
        return self._append(event, None, GENESIS)

    def change(
        self, actor: Actor, number: str, decide: Callable[[Made, datetime], Event | Refusal], *, dry_run: bool = False,
    ) -> DoneTo[Made]:
        """What goes on with a thing. Raises `missing`, Refused, NotPermitted, Conflict."""
        with self.desk.writing_as(actor, dry_run=dry_run) as now:
            return self.changed(number, now, decide)

    def changed(
        self, number: str, now: datetime, decide: Callable[[Made, datetime], Event | Refusal],
        told: Callable[[Event], Sequence[Notice]] = lambda event: (),
    ) -> DoneTo[Made]:
        """What goes on with a thing, inside a transaction that does more; `told` are the notices of its event. Raises `missing`, Refused,
        Conflict.
        """
        before, head = self._locked(number)
        event = decided(decide(before, now))
        return self._append(event, before, head, told(event))

    def ask_erasure(self, actor: Actor, number: str, seq: int, reason: str, *, dry_run: bool = False) -> DoneTo[Made]:
        """Asks for the words of an event to be erased. Raises as `change` does."""

        def asked(thing: Made, now: datetime) -> Event | Refusal:
            kept = cast(Thing, thing)
            return ask(kept, journal.read_events(self.desk.database, kept.id), seq, reason, actor, now, self.desk.salt())

        return self.change(actor, number, asked, dry_run=dry_run)

    def erase(self, actor: Actor, number: str, seq: int, *, dry_run: bool = False) -> DoneTo[Made]:
        """Confirms an erasure that somebody else asked for. Raises as `change` does."""
        database = self.desk.database
        with self.desk.writing_as(actor, dry_run=dry_run) as now:
            before, head = self._locked(number)
            kept = cast(Thing, before)
            events = journal.read_events(database, kept.id)
            event = decided(confirm(kept, events, seq, actor, now, appointed(database, kept.id, events, seq)))
            return DoneTo(cast(Made, erasing.redact(database, event, kept, head)), event)

    def _locked(self, number: str) -> tuple[Made, bytes]:
        found = journal.read_thing(self.desk.database, self.kept, number, lock=True)
        if found is None:
            raise self.missing(number)
        return found

    def _append(self, event: Event, before: Made | None, head: bytes, notices: Sequence[Notice] = ()) -> DoneTo[Made]:
        after = self.kept.evolve(before, event)
        journal.append(self.desk.database, [event], cast("Thing | None", before), cast("Thing", after), head, notices)
        return DoneTo(after, event)


def decided(outcome: Event | Refusal) -> Event:
    """The event. Raises Refused."""
    if isinstance(outcome, Refusal):
        raise Refused(outcome.reasons)
    return outcome
