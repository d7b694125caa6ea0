"""The only writer of events: append an event, store its fold, queue its notices – in one transaction of the caller's.

Law: `fold(events) == row`, of every stream. Nothing here decides; it packs, links and guards. What differs between kinds of things
stands in `aggregates`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from engine.record import queries
from engine.record.aggregates import KEPT, NOTHING, TICKETS, Aggregate, Thing
from engine.record.citing import store_citations
from engine.record.damage import as_written, must_be_moment
from engine.record.database import Database
from engine.record.event_rows import event_of, values_of
from engine.rules.event import Event
from engine.rules.json_value import Json
from engine.rules.proof.chain import GENESIS, digest_words
from engine.rules.proof.length import READ
from engine.rules.streams import FIRST_KINDS
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.record.row_change import RowChange
    from engine.rules.access import Actor

T = TypeVar("T", bound=Thing)
Made = TypeVar("Made", bound="tuple[Any, ...]")

ADMINISTRATION = 0
"""The stream of what happens to the office and not to one thing."""

ADMINISTRATION_HEAD = "administration"
"""The setting that keeps where that stream ends, as every ticket keeps its own `head`: a cut tail shows."""


class Notice(NamedTuple):
    """A message about one event, for one person by one channel; not to go out before a time (UTC).

    Its text is made when it is read or sent: from the event, or from `body`, facts as JSON (`notices.texts.text_of_facts`).
    `sent_at` is set from the beginning for a notice that has arrived by being written (the inbox).
    """

    seq: int
    recipient: str
    channel: str
    not_before: datetime
    body: str | None = None
    sent_at: datetime | None = None


class Change(NamedTuple, Generic[T]):
    """What one stream gains: the thing before and after, its events, the hash of its last event before them."""

    before: T
    after: T
    events: Sequence[Event]
    head: bytes
    notices: Sequence[Notice] = ()


class Beginning(NamedTuple, Generic[T]):
    """A stream that begins: the thing after its first events, and these. `written` is what of its columns the events spell out as JSON, as
    `to_json` spells it.
    """

    after: T
    events: Sequence[Event]
    notices: Sequence[Notice] = ()
    written: Mapping[str, Json] = NOTHING

    @property
    def before(self) -> None:
        return None

    @property
    def head(self) -> bytes:
        return GENESIS


# -- values and rows ----------------------------------------------------------------------------------------------------------


# -- reading ------------------------------------------------------------------------------------------------------------------


@as_written
def read_ticket(db: Database, which: str | int, *, lock: bool = False) -> tuple[Ticket, bytes] | None:
    """A ticket by number or id, and the hash of its last event; None where there is none. Lock it if it will be written."""
    if isinstance(which, int):
        row = db.row(queries.TICKET if lock else queries.TICKET_SEEN, id=which)
    else:
        row = db.row(queries.TICKET_NUMBERED if lock else queries.TICKET_NUMBERED_SEEN, number=which)
    if row is None:
        return None
    return (TICKETS.read_to_write(row) if lock else TICKETS.read(row)), row[-1]


@as_written
def read_tickets(db: Database, ids: Sequence[int]) -> list[tuple[Ticket, bytes]]:
    """Several tickets in id order, each with the hash of its last event. Nothing is locked."""
    return [(TICKETS.read(row), row[-1]) for row in db.rows(queries.TICKETS, ids=list(ids))]


def read_events(db: Database, stream: int) -> list[Event]:
    """The events of a stream, in order."""
    return [event for event, _ in stored_events(db, stream)]


@as_written
def stored_events(db: Database, stream: int) -> list[tuple[Event, bytes]]:
    """The events of a stream in order, each with its hash."""
    events = [(event_of(row), row[-1]) for row in db.rows(queries.STORED_EVENTS, stream=stream)]
    if not events and stream != ADMINISTRATION:
        raise ValueError("a stream without events")
    for event, _ in events:
        must_be_moment(event.at)
    return events


@as_written
def read_words(db: Database, stream: int, seqs: Sequence[int]) -> dict[int, Mapping[str, str]]:
    """What was typed with some events of a stream, by seq. Erased words are missing."""
    rows = db.rows(queries.TYPED_WORDS, stream=stream, seqs=list(seqs)) if seqs else []
    return {seq: json.loads(words)["text"] for seq, words in rows if words is not None}


@as_written
def read_thing(
    db: Database, kept: Aggregate[Made], number: str, *, lock: bool = False, statement: str | None = None,
) -> tuple[Made, bytes] | None:
    """A thing of one kind by its number, and the hash of its last event; None where there is none. Lock it if it will be written; another
    `statement` locks it otherwise.
    """
    row = db.row(statement or (kept.locked if lock else kept.seen), number=number)
    if row is None:
        return None
    return (kept.read_to_write(row) if lock else kept.read(row)), row[-1]


@as_written
def read_any(db: Database, stream: int) -> Thing:
    """What a stream is about, whatever kind of thing that is. Nothing is locked. Raises Damaged where there is none."""
    [(kind,)] = db.rows(queries.FIRST_KIND, stream=stream)
    kept = KEPT[FIRST_KINDS[kind]]
    [row] = db.rows(kept.by_ids, ids=[stream])
    return cast(Thing, kept.read(row))


# -- writing ------------------------------------------------------------------------------------------------------------------


def append(
    db: Database, events: Sequence[Event], before: Thing | None, after: Thing, head: bytes = GENESIS,
    notices: Sequence[Notice] = (),
) -> bytes:
    """Writes what happened to one thing, a ticket or a batch, inside `db.write()`. Returns the hash of its last event.

    Raises Conflict where somebody else wrote first: at once, or when `write()` commits. ValueError for events that do not fit.
    """
    db.must_grow()
    _fits(events, before, after)
    for event in events:
        values, head = values_of(event, head)
        db.run(queries.APPEND, **values)
    kept = KEPT[type(after)]
    if before is None:
        db.run(kept.insert, **kept.values(after, head))
    else:
        statement, values = kept.change(before, after, head)
        db.run(statement, 1, **values)
    if kept.beside is not None:
        kept.beside(db, [(before, after)])
    store_citations(db, events)
    notify(db, after.id, notices)
    db.witness(queries.WITNESS, stream=after.id, seq=after.version, hash=head)
    return head


class Packed(NamedTuple):
    """A change as rows: everything that can be computed before the database is locked, hashes too."""

    change: Change[Any] | Beginning[Any]
    events: Sequence[Mapping[str, Any]]
    statement: str
    row: Mapping[str, Any]
    notices: Sequence[Mapping[str, Any]]


def packed(change: Change[Any] | Beginning[Any]) -> Packed:
    """The rows of a change. Raises ValueError for events that do not fit, or that have no canonical form."""
    _fits(change.events, change.before, change.after)
    events, head = [], change.head
    for event in change.events:
        values, head = values_of(event, head)
        events.append(values)
    kept = KEPT[type(change.after)]
    if change.before is None:
        written = change.written if isinstance(change, Beginning) else NOTHING
        statement, row = kept.insert, kept.values(change.after, head, written)
    else:
        statement, row = kept.change(change.before, change.after, head)
    return Packed(change, events, statement, row, [_notice_values(change.after.id, notice) for notice in change.notices])


def append_many(db: Database, batch: Sequence[Change[Any] | Beginning[Any]]) -> None:
    """Writes what happened to many things, inside `db.write()`, by a few statements for all of them. Raises as `append` does."""
    append_packed(db, [packed(change) for change in batch])


def append_packed(db: Database, batch: Sequence[Packed]) -> None:
    """Writes changes that were packed before `db.write()` began, so that the transaction holds its locks no longer than writing takes."""
    db.must_grow()
    stored: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    moved: defaultdict[type, list[tuple[Thing | None, Thing]]] = defaultdict(list)
    for item in batch:
        stored[item.statement].append(item.row)
        moved[type(item.change.after)].append((item.change.before, item.change.after))
    events = [event for item in batch for event in item.events]
    db.run_many(queries.APPEND, events)
    for statement, many in stored.items():
        db.run_many(statement, many, 1)
    for kind, pairs in moved.items():
        if (beside := KEPT[kind].beside) is not None:
            beside(db, pairs)
    store_citations(db, [event for item in batch for event in item.change.events])
    notices = [notice for item in batch for notice in item.notices]
    db.run_many(queries.NOTIFY, notices, 1)
    if events:
        last = events[-1]
        db.witness(queries.WITNESS, stream=last["stream"], seq=last["seq"], hash=last["hash"])


def administer(
    db: Database, kind: str, at: datetime, actor: Actor, data: Mapping[str, Any], words: Mapping[str, str] | None = None,
    salt: str | None = None, rows: Sequence[RowChange] = (),
) -> Event:
    """Appends to the administration's stream, inside `db.write()`. Words need a random salt. Returns the event.

    `rows` are the changes that the entry makes: they are written into their tables and told by the entry. They come before the event, so
    that whoever reads a row and keeps it from changing until something is written has the lower id. Raises Conflict as `store` does.
    """
    if kind != READ:  # a copy that is held is read all the same
        db.must_grow()
    seq, head = administration_head(db, lock=True)
    facts, kept = dict(data), dict(words or {})
    if actor.stands_for is not None:
        facts["for"] = actor.stands_for
    if rows:
        from engine.record import row_change  # a reading command changes no row

        row_change.store(db, rows)
        facts[row_change.ROWS], kept = row_change.wired(rows, kept)
    if kept:
        facts["words"] = digest_words(kept, salt or "")
    event = Event(
        ADMINISTRATION, seq + 1, at, actor.name, actor.role, actor.unit, actor.via, kind, None, None, facts, kept or None,
        salt if kept else None,
    )
    values, head = values_of(event, head)
    db.run(queries.APPEND, **values)
    db.run(queries.SET_SETTING, name=ADMINISTRATION_HEAD, value=f"{event.seq} {head.hex()}")
    db.witness(queries.WITNESS, stream=ADMINISTRATION, seq=event.seq, hash=head)
    return event


def notify(db: Database, stream: int, notices: Sequence[Notice]) -> None:
    """Queues messages about events of this transaction, inside `db.write()`."""
    for notice in notices:
        db.run(queries.NOTIFY, 1, **_notice_values(stream, notice))


@as_written
def administration_head(db: Database, *, lock: bool = False) -> tuple[int, bytes]:
    """Seq and hash of the last event of the administration, as the setting keeps them. Raises Damaged."""
    row = db.row(queries.SETTING_LOCKED if lock else queries.SETTING, name=ADMINISTRATION_HEAD)
    if row is None:
        return 0, GENESIS
    seq, head = row[0].split()
    return int(seq), bytes.fromhex(head)


def _fits(events: Sequence[Event], before: Thing | None, after: Thing) -> None:
    read = before.version if before else 0
    if [event.seq for event in events] != list(range(read + 1, after.version + 1)) or not events:
        raise ValueError(f"the events of {after.number} do not lead from version {read} to {after.version}")


def _notice_values(stream: int, notice: Notice) -> dict[str, Any]:
    return {
        "stream": stream, "seq": notice.seq, "recipient": notice.recipient, "channel": notice.channel,
        "not_before": notice.not_before, "body": notice.body, "sent_at": notice.sent_at,
    }
