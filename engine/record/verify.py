"""The audit: every hash computed anew, every ticket folded anew and compared with its row. Plain SQL, flat memory.

It trusts nothing it reads: whoever changes a database by hand changes types and texts too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.record import queries
from engine.record.database import Database, Row
from engine.record.journal import ADMINISTRATION, ADMINISTRATION_HEAD, cooperating, event_of, ticket_values
from engine.rules.chain import GENESIS, body, canonical, digest_words, link
from engine.rules.ticket import Event, Ticket, evolve

PIECE = 1000
"""Rows read at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not verify. `code` says what, `seq` which event, `field` which column or value.

    `altered` an event is not what was hashed · `gap` an event is missing · `cut` the last events are missing · `words` what was
    typed is not what was hashed, or vanished without redaction · `row` a column is not what the events tell · `fold` the events
    cannot follow each other · `no-ticket` events without a ticket · `no-events` a ticket without events · `number` a number
    missing, or given by no counter · `cooperators` the index of cooperating units is not the ticket's.
    """

    code: str
    stream: int | None = None
    number: str | None = None
    seq: int | None = None
    field: str | None = None


@dataclass(slots=True)
class Audited:
    """What was looked at; filled while the findings are read."""

    events: int = 0
    tickets: int = 0
    redacted: int = 0
    findings: int = 0


def verify(db: Database, audited: Audited | None = None) -> Iterator[Finding]:
    """Every finding, in stream order, of one snapshot of the database. No finding: chain and fold verify."""
    counted = audited or Audited()
    with db.snapshot():
        for finding in _everything(db, counted):
            counted.findings += 1
            yield finding


def _everything(db: Database, audited: Audited) -> Iterator[Finding]:
    events = _events(db)
    event = next(events, None)
    if event is None or event[0] != ADMINISTRATION:
        yield from _administration(db, 0, GENESIS)
    for ticket_id, row, cooperators in _tickets(db):
        while event is not None and event[0] <= ticket_id:
            number = _text(row, "number") if event[0] == ticket_id and row is not None else None
            stream = _Stream(event[0], number)
            while event is not None and event[0] == stream.id:
                yield from stream.read(event)
                audited.events += 1
                event = next(events, None)
            yield from stream.end()
            audited.redacted += len(stream.missing)
            if stream.id == ADMINISTRATION:
                yield from _administration(db, stream.seq, stream.head or b"")
            elif stream.id != ticket_id or row is None:
                yield Finding("no-ticket", stream.id, stream.ticket.number if stream.ticket else None)
            else:
                yield from _row(stream, row, cooperators)
                row = None
        if row is not None:
            yield Finding("no-events", ticket_id, _text(row, "number"))
        audited.tickets += 1
    audited.tickets -= 1
    yield from _numbers(db)


@dataclass(slots=True)
class _Stream:
    """One stream while it is read, event by event."""

    id: int
    number: str | None
    seq: int = 0
    head: bytes | None = GENESIS
    ticket: Ticket | None = None
    folds: bool = True
    missing: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)

    def read(self, row: Row) -> Iterator[Finding]:
        seq, stored = row[1], row[-1]
        if seq != self.seq + 1:
            yield self._found("gap", self.seq + 1)
            self.head = None  # nothing to link to; the next event stands by itself
            self.folds = False
        event = _readable(row)
        if self.head is not None and _linked(row, self.head) != stored:
            yield self._found("altered", seq)
        elif event is None:
            yield self._found("altered", seq, "data")
        if event is None:
            self.folds = False
        else:
            yield from self._words(event, row)
            yield from self._fold(event)
        self.seq, self.head = seq, stored

    def end(self) -> Iterator[Finding]:
        for seq in sorted(self.missing - self.erased):
            yield self._found("words", seq)

    def _words(self, event: Event, row: Row) -> Iterator[Finding]:
        digest = event.data.get("words")
        if row[11] is None:
            if digest is not None:
                self.missing.add(event.seq)
        elif digest is None or not event.words or not event.salt or digest_words(event.words, event.salt) != digest:
            yield self._found("words", event.seq)
        if event.kind == "erased" and isinstance(event.data.get("seq"), int):
            self.erased.add(event.data["seq"])

    def _fold(self, event: Event) -> Iterator[Finding]:
        if self.id == ADMINISTRATION or not self.folds:
            return
        try:
            self.ticket = evolve(self.ticket, event)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            self.folds = False
            yield self._found("fold", event.seq)

    def _found(self, code: str, seq: int, column: str | None = None) -> Finding:
        return Finding(code, self.id, self.number or (self.ticket.number if self.ticket else None), seq, column)


def _readable(row: Row) -> Event | None:
    """The event, if its row can be read at all: a time is a time, the facts are canonical JSON."""
    if not isinstance(row[2], datetime):
        return None
    try:
        event = event_of(row)
        return event if isinstance(event.data, dict) and canonical(event.data) == row[10] else None
    except (ValueError, TypeError, KeyError):
        return None


def _linked(row: Row, previous: bytes) -> bytes | None:
    try:
        return link(previous, body(
            ticket=row[0], seq=row[1], at=row[2], actor=row[3], role=row[4], unit=row[5], via=row[6], kind=row[7],
            from_state=row[8], to_state=row[9], data=row[10],
        ))
    except (TypeError, ValueError, AttributeError):
        return None


def _row(stream: _Stream, row: Row, cooperators: list[tuple[str, Any]]) -> Iterator[Finding]:
    """The cached fold against the fold. A version beyond the last event means that the tail was cut off."""
    number = _text(row, "number")
    version, head = row[_PLACE["version"]], row[-1]
    if isinstance(version, int) and version > stream.seq:
        yield Finding("cut", stream.id, number, stream.seq + 1)
        return
    if stream.ticket is None or not stream.folds:
        if head != stream.head:
            yield Finding("row", stream.id, number, stream.seq, "head")
        return
    for name, value in ticket_values(stream.ticket, stream.head or b"").items():
        if row[_PLACE[name]] != value:
            yield Finding("row", stream.id, number, stream.seq, name)
    if cooperators != cooperating(stream.ticket):
        yield Finding("cooperators", stream.id, number, stream.seq)


def _administration(db: Database, seq: int, head: bytes) -> Iterator[Finding]:
    """The end of the administration's stream against the setting that keeps it."""
    kept = db.row(queries.SETTING, name=ADMINISTRATION_HEAD)
    said = kept[0] if kept else f"0 {GENESIS.hex()}"
    if said == f"{seq} {head.hex()}":
        return
    last = said.partition(" ")[0]
    if last.isdecimal() and int(last) > seq:
        yield Finding("cut", ADMINISTRATION, None, seq + 1)
    else:
        yield Finding("row", ADMINISTRATION, None, seq, "head")


def _numbers(db: Database) -> Iterator[Finding]:
    """Every number a counter gave is there, and no other."""
    for office, year, last in db.rows(queries.AUDIT_COUNTERS):
        if year == 0:
            continue
        expected = 1
        while expected <= last:
            found = [row[0] for row in db.rows(
                queries.AUDIT_SERIALS, office=office, year=year, after=expected - 1, limit=PIECE,
            )]
            for serial in (*found, last + 1) if len(found) < PIECE else found:
                yield from (Finding("number", number=f"{office}-{year}-{gap:04d}") for gap in range(expected, min(serial, last + 1)))
                expected = serial + 1
    for (number,) in db.rows(queries.AUDIT_UNCOUNTED):
        yield Finding("number", number=number)


_PLACE = {name: place for place, name in enumerate(queries.TICKET_COLUMNS.split(", "))}
_BEYOND = 2**62


def _text(row: Row, name: str) -> str:
    return str(row[_PLACE[name]])


def _events(db: Database) -> Iterator[Row]:
    stream, seq = -1, 0
    while piece := db.rows(queries.AUDIT_EVENTS, stream=stream, seq=seq, limit=PIECE):
        yield from piece
        stream, seq = piece[-1][0], piece[-1][1]


def _tickets(db: Database) -> Iterator[tuple[int, Row | None, list[tuple[str, Any]]]]:
    """Every ticket's row with its index of cooperators, and at last an id beyond all, so that no event is left over."""
    after = 0
    while piece := db.rows(queries.AUDIT_TICKETS, after=after, limit=PIECE):
        last = piece[-1][0]
        units: dict[int, list[tuple[str, Any]]] = {}
        for ticket, unit, due_at in db.rows(queries.AUDIT_COOPERATORS, after=after, last=last):
            units.setdefault(ticket, []).append((unit, due_at))
        for row in piece:
            yield row[0], row, sorted(units.get(row[0], []), key=lambda item: item[0])
        after = last
    yield _BEYOND, None, []
