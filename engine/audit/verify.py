"""The audit: every hash computed anew, every ticket folded anew and compared with its row, every seal. Plain SQL, flat memory.

It trusts nothing it reads: whoever changes a database by hand changes types and texts too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256

from engine.audit import seals
from engine.errors import AuditBroken, Damaged
from engine.record import queries
from engine.record.aggregates import TICKETS, row_of_fold, shares
from engine.record.damage import UNREADABLE
from engine.record.database import Database, Row
from engine.record.journal import ADMINISTRATION, ADMINISTRATION_HEAD, cited, event_of
from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS, body, digest_words, link, parse
from engine.rules.proof.finding import Finding
from engine.rules.proof.sealed import Keys, findings, findings_around
from engine.rules.ticket import Folding

__all__ = ["Audited", "Finding", "event_count", "verify"]

PIECE = 1000
"""Rows read at once."""


@dataclass(slots=True)
class Audited:
    """What was looked at; filled while the findings are read. `lost` counts keys that were replaced without the old one's word."""

    events: int = 0
    tickets: int = 0
    redacted: int = 0
    findings: int = 0
    seals: int = 0
    lost: int = 0
    files: int = 0


Tick = Callable[[int], None]


def verify(
    db: Database, audited: Audited | None = None, *, ticket: int | None = None, trusted: str | None = None,
    tick: Tick = lambda count: None, within: bool = False,
) -> Iterator[Finding]:
    """Every finding, in stream order, of one snapshot of the database. No finding: chain, fold and seals verify.

    With `ticket`, of one ticket and the seals. `trusted` is a public key known from elsewhere. `tick` is told how many more events were
    read; each is read twice, by its stream and by its id. `within`: in the caller's snapshot.
    """
    counted = audited or Audited()
    with nullcontext() if within else db.snapshot():
        try:
            for finding in _both(db, counted, ticket, trusted, tick):
                counted.findings += 1
                yield finding
        except UNREADABLE as error:  # ids and counters that are no numbers: rows cannot be put in an order any more
            raise Damaged(detail=f"{type(error).__name__}: {error}") from error


def event_count(db: Database) -> int:
    """How many events the audit will read."""
    row = db.row(queries.EVENT_COUNT)
    return int(row[0]) if row else 0


def _both(db: Database, audited: Audited, ticket: int | None, trusted: str | None, tick: Tick) -> Iterator[Finding]:
    if ticket is None:
        yield from _everything(db, audited, tick)
    else:
        yield from _one(db, audited, ticket)
    yield from _seals(db, audited, ticket, trusted, tick)


def _everything(db: Database, audited: Audited, tick: Tick) -> Iterator[Finding]:
    events = _events(db, tick)
    event = next(events, None)
    if event is None or event[0] != ADMINISTRATION:
        yield from _administration(db, 0, GENESIS)
    for ticket_id, row, cooperators, citations in _tickets(db):
        while event is not None and event[0] <= ticket_id:
            number = _column_text(row, "number") if event[0] == ticket_id and row is not None else None
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
                yield Finding("no-ticket", stream.id, stream.name())
            else:
                yield from _row(stream, row, cooperators, citations)
                row = None
        if row is not None:
            yield Finding("no-events", ticket_id, _column_text(row, "number"))
        audited.tickets += 1
    audited.tickets -= 1
    yield from _numbers(db)


def _one(db: Database, audited: Audited, ticket: int) -> Iterator[Finding]:
    """The findings of one ticket, as `_everything` finds them for all tickets."""
    _, row, cooperators, citations = next(_tickets(db, ticket - 1, 1))
    stream = _Stream(ticket, _column_text(row, "number") if row else None)
    for event in db.rows(queries.STORED_EVENTS, stream=ticket):
        yield from stream.read(event)
        audited.events += 1
    yield from stream.end()
    audited.redacted += len(stream.missing)
    audited.tickets += 1
    if row is not None:
        yield from _row(stream, row, cooperators, citations)


def _seals(db: Database, audited: Audited, ticket: int | None, trusted: str | None, tick: Tick) -> Iterator[Finding]:
    """Every seal with its key, and whether the events it covers are still those it was taken over; with `ticket`, of the seals that first
    cover its events.
    """
    found = []
    for row in db.rows(queries.SEALS):
        try:
            found.append(seals.seal_of(row))
        except AuditBroken:
            yield Finding("seal", field="row", seal=row[0])
    keys = Keys()
    keys.read(seals.administrative(db))
    audited.seals, audited.lost = len(found), len(keys.lost)
    if ticket is not None:
        events = [row[0] for row in db.rows(queries.EVENT_IDS, stream=ticket)]
        yield from findings_around(found, keys, events, partial(seals.hashes, db))
    else:
        yield from findings(found, keys, seals.hashes(db, -1, _BEYOND), tick) if found or keys.announced else keys.findings
    kept = seals.key_in_force(db)
    if kept != (keys.in_force[-1] if keys.in_force else None):
        yield Finding("key", ADMINISTRATION, field="setting")
    if trusted is not None and not keys.leads_from(trusted):
        yield Finding("key", field="trusted")


@dataclass(slots=True)
class _Stream:
    """One stream while it is read, event by event."""

    id: int
    number: str | None
    seq: int = 0
    head: bytes | None = GENESIS
    folding: Folding = field(default_factory=Folding)
    folds: bool = True
    missing: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)
    cited: list[tuple[int, str]] = field(default_factory=list)

    def read(self, row: Row) -> list[Finding]:
        """What is wrong with the next event. A list and not a generator: this runs for every event there is."""
        seq, stored = row[1], row[-1]
        found: list[Finding] = []
        if seq != self.seq + 1:
            found.append(self._found("gap", self.seq + 1))
            self.head = None  # nothing to link to; the next event stands by itself
            self.folds = False
        event = _readable(row)
        if self.head is not None and _linked(row, self.head) != stored:
            found.append(self._found("altered", seq))
        elif event is None:
            found.append(self._found("altered", seq, "data"))
        if event is None:
            self.folds = False
        else:
            if (row[11] is not None or "words" in event.data) and not self._words_hold(event, row[11]):
                found.append(self._found("words", seq))
            if "evidence" in event.data:
                self.cited += [(seq, sha256) for sha256 in _cited(event)]
            if event.kind == "erased" and isinstance(event.data.get("seq"), int):
                self.erased.add(event.data["seq"])
            if self.folds and self.id != ADMINISTRATION and not self._fits(event):
                found.append(self._found("fold", seq))
        self.seq, self.head = seq, stored
        return found

    def end(self) -> Iterator[Finding]:
        for seq in sorted(self.missing - self.erased):
            yield self._found("words", seq)

    def name(self) -> str | None:
        """The ticket's number, as far as the events tell it."""
        if self.number is not None or not self.folds or self.id == ADMINISTRATION or self.seq == 0:
            return self.number
        return str(self.folding.value("number"))

    def tells_a_ticket(self) -> bool:
        """Whether the events tell a ticket at all."""
        try:
            return self.folds and bool(self.folding.fields())
        except _UNFIT:
            return False

    def _words_hold(self, event: Event, stored: str | None) -> bool:
        """Whether the words are those that were hashed; words that are no longer there are looked at in the end."""
        digest = event.data.get("words")
        if stored is None:
            self.missing.add(event.seq)
            return True
        if "secret" in event.data or digest is None:
            return _spelled(stored, digest, event.data.get("secret"))
        return _digested(stored, digest) or _spelled(stored, digest)

    def _fits(self, event: Event) -> bool:
        try:
            self.folding.add(event)
        except _UNFIT:
            self.folds = False
        return self.folds

    def _found(self, code: str, seq: int, column: str | None = None) -> Finding:
        return Finding(code, self.id, self.name(), seq, column)


_UNFIT = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What folding raises for events that cannot follow each other, or that hold what no event holds."""

_SALTED = re.compile(r'\{"salt":"([0-9A-Za-z]+)","text":(\{.*\})\}', re.DOTALL)

_TELLING = frozenset({"opened", "imported", "amended"})
"""Kinds of events whose words are part of the ticket."""


def _readable(row: Row) -> Event | None:
    """The event, if its row can be read at all: a time is a time, the facts are canonical JSON. Words only where they tell something."""
    if not isinstance(row[2], datetime):
        return None
    try:
        data = parse(row[10])
    except _UNFIT:
        return None
    if not isinstance(data, dict):
        return None
    bare = Event(*row[:10], data)  # type: ignore[call-arg] # ten columns are its first ten fields
    if row[7] not in _TELLING:
        return bare
    try:
        return event_of(row, data)
    except _UNFIT:  # the words are told of as words
        return bare


def _cited(event: Event) -> list[str]:
    """The files an event cites, as far as it can be read."""
    try:
        return cited(event)
    except _UNFIT:
        return []


def _digested(stored: str, digest: str) -> bool:
    """Whether the words, as they are stored, have this digest: their text is the canonical one already."""
    found = _SALTED.fullmatch(stored)
    return found is not None and sha256((found[1] + found[2]).encode()).hexdigest() == digest


def _spelled(stored: str, digest: str | None, secret: str | None = None) -> bool:
    """Whether stored words, parsed as JSON, have this digest, and their secrets the other.

    Slower than `_digested`, and right also for words whose stored text is not canonical, and for secrets.
    """
    try:
        typed = json.loads(stored)
        if secret != (digest_words(typed["secret"], typed["secret_salt"]) if "secret" in typed else None):
            return False
        return digest_words(typed["text"], typed["salt"]) == digest
    except _UNFIT:
        return False


def _linked(row: Row, previous: bytes) -> bytes | None:
    try:
        return link(previous, body(
            ticket=row[0], seq=row[1], at=row[2], actor=row[3], role=row[4], unit=row[5], via=row[6], kind=row[7],
            from_state=row[8], to_state=row[9], data=row[10],
        ))
    except (TypeError, ValueError, AttributeError):
        return None


def _row(
    stream: _Stream, row: Row, cooperators: list[Row], citations: list[tuple[int, str]],
) -> Iterator[Finding]:
    """What differs between a ticket's stored row and the fold of its events.

    A version beyond the last event means that the tail of the stream was cut off.
    """
    number = _column_text(row, "number")
    version, head = row[_INDEX_OF["version"]], row[-1]
    if isinstance(version, int) and version > stream.seq:
        yield Finding("cut", stream.id, number, stream.seq + 1)
        return
    if not stream.tells_a_ticket():
        if stream.folds:
            yield Finding("fold", stream.id, number, stream.seq)
        if head != stream.head:
            yield Finding("row", stream.id, number, stream.seq, "head")
        return
    if row != row_of_fold(stream.folding, stream.head or b""):
        for name, value in TICKETS.values(stream.folding.ticket(), stream.head or b"").items():
            if row[_INDEX_OF[name]] != value:
                yield Finding("row", stream.id, number, stream.seq, name)
    ticket = stream.folding.ticket()
    if cooperators != shares(ticket):
        yield Finding("cooperators", stream.id, number, stream.seq)
    if citations != sorted(stream.cited):
        yield Finding("citations", stream.id, number, stream.seq)


def _administration(db: Database, seq: int, head: bytes) -> Iterator[Finding]:
    """Whether the administration's stream ends where the setting `ADMINISTRATION_HEAD` says it ends."""
    row = db.row(queries.SETTING, name=ADMINISTRATION_HEAD)
    stored_head = row[0] if row else f"0 {GENESIS.hex()}"
    if stored_head == f"{seq} {head.hex()}":
        return
    last = stored_head.partition(" ")[0]
    if last.isdecimal() and int(last) > seq:
        yield Finding("cut", ADMINISTRATION, None, seq + 1)
    else:
        yield Finding("row", ADMINISTRATION, None, seq, "head")


def _numbers(db: Database) -> Iterator[Finding]:
    """Findings for numbers that a counter gave and no ticket has, and for numbers of tickets that no counter gave."""
    for office, year, last in db.rows(queries.AUDIT_COUNTERS):
        if year == 0:
            continue
        if type(last) is not int:
            yield Finding("number", number=f"{office}-{year}")
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


_INDEX_OF = {name: index for index, name in enumerate(queries.TICKET_COLUMNS.split(", "))}
_BEYOND = 2**62


def _column_text(row: Row, name: str) -> str:
    return str(row[_INDEX_OF[name]])


def _events(db: Database, tick: Tick) -> Iterator[Row]:
    stream, seq = -1, 0
    while piece := db.rows(queries.AUDIT_EVENTS, stream=stream, seq=seq, limit=PIECE):
        yield from piece
        tick(len(piece))
        stream, seq = piece[-1][0], piece[-1][1]


def _tickets(
    db: Database, after: int = 0, limit: int = PIECE,
) -> Iterator[tuple[int, Row | None, list[Row], list[tuple[int, str]]]]:
    """Every ticket's row with its indexes of cooperators and of files, and at last an id beyond all, so that no event is left over."""
    while piece := db.rows(queries.AUDIT_TICKETS, after=after, limit=limit):
        last = piece[-1][0]
        units: dict[int, list[Row]] = {}
        for ticket, *share in db.rows(queries.AUDIT_COOPERATORS, after=after, last=last):
            units.setdefault(ticket, []).append(tuple(share))
        files: dict[int, list[tuple[int, str]]] = {}
        for ticket, seq, sha in db.rows(queries.AUDIT_CITATIONS, after=after, last=last):
            files.setdefault(ticket, []).append((seq, sha))
        for row in piece:
            yield row[0], row, sorted(units.get(row[0], []), key=lambda item: item[0]), sorted(files.get(row[0], []))
        after = last
    yield _BEYOND, None, [], []
