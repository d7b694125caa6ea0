"""The audit: every hash computed anew, every ticket folded anew and compared with its row, every seal. Plain SQL, flat memory.

It trusts nothing it reads: whoever changes a database by hand changes types and texts too. Whatever lies in a cell is a finding of that
row, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import groupby
from math import inf
from operator import itemgetter

from engine.audit.audited import Audited, Tick
from engine.audit.beside import Beside, Rows
from engine.audit.files import file_findings
from engine.audit.judging import Judge
from engine.audit.links import link_findings
from engine.audit.numbers import number_findings
from engine.audit.row import citation_findings, number_of, owner_of, row_findings
from engine.audit.schema import schema_findings
from engine.audit.sealed_events import seal_findings
from engine.audit.stream import Stream
from engine.audit.tables import table_findings
from engine.errors import Damaged, NoDatabase
from engine.record import queries, schema
from engine.record.database import Database, Row
from engine.record.journal import ADMINISTRATION, ADMINISTRATION_HEAD
from engine.record.projection import read_projection
from engine.rules.proof.anchor import UNKNOWN, Anchor
from engine.rules.proof.chain import GENESIS
from engine.rules.proof.finding import Finding

BESIDE = {
    "ticket": queries.AUDIT_TICKETS, "batch": queries.AUDIT_BATCHES, "round": queries.AUDIT_ROUNDS, "visit": queries.AUDIT_VISITS,
    "feedback": queries.AUDIT_FEEDBACK,
    "cooperator": queries.AUDIT_COOPERATORS, "citation": queries.AUDIT_CITATIONS,
}
"""The tables that follow from the events, each read in the order of streams."""

BESIDE_ONE = {
    "ticket": queries.AUDIT_TICKET, "batch": queries.AUDIT_BATCH, "round": queries.AUDIT_ROUND, "visit": queries.AUDIT_VISIT,
    "feedback": queries.AUDIT_ONE_FEEDBACK,
    "cooperator": queries.AUDIT_COOPERATORS_OF, "citation": queries.AUDIT_CITATIONS_OF,
}
"""What they hold of one stream."""

UNREAD = frozenset({
    "notice", "heartbeat", "sign_in_failure", "web_session", "last_sign_in", "invitation", "kept_answer", "saved_view", "draft",
    "alembic_version",
})
"""Tables in which the audit reads nothing, so that it goes on where they are not as they were made."""

LONGEST_SEQ = 18
"""The digits of the largest number that an event can have in its stream."""


def verify(
    db: Database, audited: Audited | None = None, *, ticket: int | None = None, anchor: Anchor = UNKNOWN,
    tick: Tick = lambda count: None, within: bool = False,
) -> Iterator[Finding]:
    """Every finding, in stream order, of one snapshot of the database. No finding: chain, fold and seals verify.

    With `ticket`, of one ticket and the seals. `anchor` is what is known from elsewhere. `tick` is told how many more events were
    read; each is read twice, by its stream and by its id. `within`: in the caller's snapshot.
    """
    counted = audited or Audited()
    with nullcontext() if within else db.snapshot():
        for finding in _parts(db, counted, ticket, anchor, tick):
            counted.findings += 1
            yield finding


def event_count(db: Database) -> int:
    """How many events the audit will read."""
    row = db.row(queries.EVENT_COUNT)
    return int(row[0]) if row else 0


def _parts(db: Database, audited: Audited, ticket: int | None, anchor: Anchor, tick: Tick) -> Iterator[Finding]:
    parts = [] if ticket is not None else list(schema_findings(db, audited.tables))
    yield from parts
    if any(_cannot_be_read(finding) for finding in parts):
        return
    try:
        yield from _rows(db, audited, ticket, anchor, tick)
    except (Damaged, NoDatabase):
        if not parts:
            raise  # else what was named is why no more can be read


def _rows(db: Database, audited: Audited, ticket: int | None, anchor: Anchor, tick: Tick) -> Iterator[Finding]:
    if ticket is None:
        events = _ticking(db.pieces(queries.AUDIT_EVENTS), tick)
        yield from _streams(db, audited, events, Beside(db, BESIDE, audited.tables), Judge.of(db, audited))
        yield from number_findings(db, audited)
        yield from link_findings(db)
        yield from file_findings(db, audited)
        yield from _schema_number(db)
        yield from _table_findings(db, audited)
    else:
        beside = Beside(db, BESIDE_ONE, audited.tables, stream=ticket)
        stream = db.stored(queries.AUDIT_STREAM, stream=ticket)
        yield from _stream(db, audited, ticket, stream, beside.of(ticket), Judge.of_one(db, audited))
    yield from seal_findings(db, audited, ticket, anchor, tick)


def _cannot_be_read(finding: Finding) -> bool:
    """Whether a table or a column is gone without which nothing can be asked of the record."""
    return finding.code == "schema-missing" and finding.field in ("table", "column") and finding.table not in UNREAD


def _table_findings(db: Database, audited: Audited) -> Iterator[Finding]:
    """The tables that follow from the administration's stream."""
    projection = read_projection(db)
    audited.told_since = projection.told_since
    yield from table_findings(db, projection, audited.tables)


def _ticking(pieces: Iterable[list[Row]], tick: Tick) -> Iterator[Row]:
    for piece in pieces:
        yield from piece
        tick(len(piece))


def _streams(db: Database, audited: Audited, events: Iterator[Row], beside: Beside, judge: Judge) -> Iterator[Finding]:
    """Every stream with the rows beside it. Both come in the order of ids; what one side has and the other has not is found."""
    administered = False
    for id_, rows in groupby(events, key=itemgetter(0)):
        if type(id_) is not int or id_ < ADMINISTRATION:
            yield from (Finding("astray", field="event") for _ in rows)
            continue
        yield from _without_events(audited, beside, id_)
        yield from _stream(db, audited, id_, rows, beside.of(id_), judge)
        administered = administered or id_ == ADMINISTRATION
    yield from _without_events(audited, beside, inf)
    if not administered:
        yield from _administration(db, 0, GENESIS)


def _stream(db: Database, audited: Audited, id_: int, events: Iterable[Row], beside: Rows, judge: Judge) -> Iterator[Finding]:
    """One stream and the rows beside it."""
    owner, before = owner_of(beside), audited.events
    stream = Stream(id_, judge, None if owner is None else number_of(*owner))
    for row in events:
        audited.events += 1
        yield from stream.read(row)
    yield from stream.end()
    audited.tables["event"] += audited.events - before
    audited.tickets += len(beside["ticket"])
    audited.redacted += len(stream.missing)
    if id_ == ADMINISTRATION:
        yield from _administration(db, stream.seq, stream.head or b"")
    else:
        yield from row_findings(stream, beside, owner)
    yield from citation_findings(stream, beside["citation"])


def _without_events(audited: Audited, beside: Beside, before: float) -> Iterator[Finding]:
    """What lies beside streams that have no events."""
    for item in beside.before(before):
        if isinstance(item, Finding):
            yield item
            continue
        id_, rows = item
        audited.tickets += len(rows["ticket"])
        owner = owner_of(rows)
        if owner is not None:
            yield Finding("no-events", id_, number_of(*owner))
        else:
            yield from (Finding("astray", id_, field=table) for table, there in rows.items() if there)


def _administration(db: Database, seq: int, head: bytes) -> Iterator[Finding]:
    """Whether the administration's stream ends where the setting `ADMINISTRATION_HEAD` says it ends."""
    stored_head = next((row[0] for row in db.stored(queries.SETTING, name=ADMINISTRATION_HEAD)), f"0 {GENESIS.hex()}")
    if stored_head == f"{seq} {head.hex()}":
        return
    last = str(stored_head).partition(" ")[0]
    if last.isdecimal() and len(last) <= LONGEST_SEQ and int(last) > seq:
        yield Finding("cut", ADMINISTRATION, None, seq + 1)
    else:
        yield Finding("row", ADMINISTRATION, None, seq, "head")


def _schema_number(db: Database) -> Iterator[Finding]:
    """Whether the record says that it has the schema which this program reads."""
    if schema.stated(db) != [schema.SCHEMA]:
        yield Finding("schema", field="alembic_version")
