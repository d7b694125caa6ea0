"""The only writer of events: append an event, store its fold, queue its notices – in one transaction of the caller's.

Law: `fold(events) == row`. Nothing here decides; it packs, links and guards.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.record import queries
from engine.record.damage import as_written, must_be_moment
from engine.record.database import Database, Row
from engine.rules.deadline import RUNS
from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS, body, canonical, digest_words, link
from engine.rules.ticket import TICKET, Folding, Ticket, fold

if TYPE_CHECKING:
    from engine.rules.access import Actor

ADMINISTRATION = 0
"""The stream of what happens to the office and not to a ticket."""

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


class Change(NamedTuple):
    """What one ticket gains: the ticket before and after, its events, the hash of its last event before them."""

    before: Ticket
    after: Ticket
    events: Sequence[Event]
    head: bytes
    notices: Sequence[Notice] = ()


# -- values and rows ----------------------------------------------------------------------------------------------------------

FIELDS = TICKET.names


def ticket_values(ticket: Ticket, head: bytes) -> dict[str, Any]:
    """The columns of a ticket's row."""
    return {**dict(zip(FIELDS, TICKET.columns(ticket, {}), strict=True)), "head": head}


def row_of_fold(folding: Folding, head: bytes) -> Row:
    """The columns of a ticket's row, taken from the fold of all its events without making the ticket first.

    Columns of JSON hold what the events wrote. An event may spell out a default that the stored row leaves out, so a row that differs
    from this one is not yet damaged: compare it with `ticket_values`, which spells every value as the row does.
    """
    fields = folding.fields()
    return (*TICKET.columns([fields[name] for name in FIELDS], folding.written()), head)


def ticket_of(row: Row) -> Ticket:
    """The ticket of a row of TICKET_COLUMNS; its last column, the head, is left aside."""
    return TICKET.read(row[:-1])


def facts_of(data: str) -> dict[str, Any]:
    """The facts of an event, from its stored text. Raises ValueError for what are no facts."""
    facts = json.loads(data)
    if type(facts) is not dict:
        raise ValueError("facts that are no object")
    return facts


def event_of(row: Row, data: Mapping[str, Any] | None = None) -> Event:
    """The event of a row of EVENT_COLUMNS; `data` if its facts have been read already."""
    facts = facts_of(row[10]) if data is None else data
    if row[11] is None:
        return Event(*row[:10], facts)  # type: ignore[call-arg] # ten columns are its first ten fields
    typed = json.loads(row[11])
    words = (typed.get("text"), typed.get("salt"), typed.get("secret"), typed.get("secret_salt"))
    return Event(*row[:10], facts, *words)  # type: ignore[call-arg] # as above


_moments = itemgetter(*(index for index, name in enumerate(FIELDS) if name.endswith(("_at", "_since"))))


def timed(ticket: Ticket) -> Ticket:
    """The ticket, whose moments are moments. Raises ValueError."""
    for value in _moments(ticket):
        if value is not None and type(value) is not datetime:  # a ticket has a dozen: a call for each would cost more than all the rest
            must_be_moment(value)
    return ticket


# -- reading ------------------------------------------------------------------------------------------------------------------


@as_written
def read_ticket(db: Database, which: str | int, *, lock: bool = False) -> tuple[Ticket, bytes] | None:
    """A ticket by number or id, and the hash of its last event; None where there is none. Lock it if it will be written."""
    if isinstance(which, int):
        row = db.row(queries.TICKET if lock else queries.TICKET_SEEN, id=which)
    else:
        row = db.row(queries.TICKET_NUMBERED if lock else queries.TICKET_NUMBERED_SEEN, number=which)
    return None if row is None else (timed(ticket_of(row)), row[-1])


@as_written
def read_tickets(db: Database, ids: Sequence[int]) -> list[tuple[Ticket, bytes]]:
    """Several tickets in id order, each with the hash of its last event. Nothing is locked."""
    return [(timed(ticket_of(row)), row[-1]) for row in db.rows(queries.TICKETS, ids=list(ids))]


@as_written
def read_events(db: Database, stream: int) -> list[Event]:
    """The events of a ticket, or of the administration (0), in order."""
    events = [event_of(row) for row in db.rows(queries.EVENTS, stream=stream)]
    if not events and stream != ADMINISTRATION:
        raise ValueError("a ticket without events")
    for event in events:
        must_be_moment(event.at)
    return events


@as_written
def read_words(db: Database, stream: int, seqs: Sequence[int]) -> dict[int, Mapping[str, str]]:
    """What was typed with some events of a ticket, by seq. Erased words are missing."""
    rows = db.rows(queries.TYPED_WORDS, stream=stream, seqs=list(seqs)) if seqs else []
    return {seq: json.loads(words)["text"] for seq, words in rows if words is not None}


def stored_events(db: Database, stream: int) -> list[tuple[Event, bytes]]:
    """The events of a stream in order, each with its hash."""
    return [(event_of(row), row[-1]) for row in db.rows(queries.STORED_EVENTS, stream=stream)]


# -- writing ------------------------------------------------------------------------------------------------------------------


def append(
    db: Database, events: Sequence[Event], before: Ticket | None, after: Ticket, head: bytes = GENESIS,
    notices: Sequence[Notice] = (),
) -> bytes:
    """Writes what happened to one ticket, inside `db.write()`. Returns the hash of its last event.

    Raises Conflict where somebody else wrote first: at once, or when `write()` commits. ValueError for events that do not fit.
    """
    _fits(events, before, after)
    for event in events:
        values, head = _event_values(event, head)
        db.run(queries.APPEND, **values)
    if before is None:
        db.run(queries.INSERT_TICKET, **ticket_values(after, head))
    else:
        statement, values = _store(before, after, head)
        db.run(statement, 1, **values)
    _store_cooperators(db, [(before, after)])
    _store_citations(db, events)
    notify(db, after.id, notices)
    db.witness(queries.WITNESS, stream=after.id, seq=after.version, hash=head)
    return head


class Packed(NamedTuple):
    """A change as rows: everything that can be computed before the database is locked, hashes too."""

    change: Change
    events: Sequence[Mapping[str, Any]]
    statement: str
    ticket: Mapping[str, Any]
    notices: Sequence[Mapping[str, Any]]


def packed(change: Change) -> Packed:
    """The rows of a change. Raises ValueError for events that do not fit, or that have no canonical form."""
    _fits(change.events, change.before, change.after)
    events, head = [], change.head
    for event in change.events:
        values, head = _event_values(event, head)
        events.append(values)
    statement, ticket = _store(change.before, change.after, head)
    return Packed(change, events, statement, ticket, [_notice_values(change.after.id, notice) for notice in change.notices])


def append_many(db: Database, batch: Sequence[Change]) -> None:
    """Writes what happened to many tickets, inside `db.write()`, by a few statements for all of them. Raises as `append` does."""
    append_packed(db, [packed(change) for change in batch])


def append_packed(db: Database, batch: Sequence[Packed]) -> None:
    """Writes changes that were packed before `db.write()` began, so that the transaction holds its locks no longer than writing takes."""
    stored: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for item in batch:
        stored[item.statement].append(item.ticket)
    events = [event for item in batch for event in item.events]
    db.run_many(queries.APPEND, events)
    for statement, many in stored.items():
        db.run_many(statement, many, 1)
    _store_cooperators(db, [(item.change.before, item.change.after) for item in batch])
    _store_citations(db, [event for item in batch for event in item.change.events])
    notices = [notice for item in batch for notice in item.notices]
    db.run_many(queries.NOTIFY, notices, 1)
    if events:
        last = events[-1]
        db.witness(queries.WITNESS, stream=last["stream"], seq=last["seq"], hash=last["hash"])


def administer(
    db: Database, kind: str, at: datetime, actor: Actor, data: Mapping[str, Any], words: Mapping[str, str] | None = None,
    salt: str | None = None,
) -> Event:
    """Appends to the administration's stream, inside `db.write()`. Words need a random salt. Returns the event."""
    seq, head = administration_head(db, lock=True)
    facts = dict(data)
    if actor.stands_for is not None:
        facts["for"] = actor.stands_for
    if words:
        facts["words"] = digest_words(words, salt or "")
    event = Event(
        ADMINISTRATION, seq + 1, at, actor.name, actor.role, actor.unit, actor.via, kind, None, None, facts, words or None,
        salt if words else None,
    )
    values, head = _event_values(event, head)
    db.run(queries.APPEND, **values)
    db.run(queries.SET_SETTING, name=ADMINISTRATION_HEAD, value=f"{event.seq} {head.hex()}")
    db.witness(queries.WITNESS, stream=ADMINISTRATION, seq=event.seq, hash=head)
    return event


def notify(db: Database, stream: int, notices: Sequence[Notice]) -> None:
    """Queues messages about events of this transaction, inside `db.write()`."""
    for notice in notices:
        db.run(queries.NOTIFY, 1, **_notice_values(stream, notice))


def administration_head(db: Database, *, lock: bool = False) -> tuple[int, bytes]:
    """Seq and hash of the last event of the administration, as the setting keeps them."""
    row = db.row(queries.SETTING_LOCKED if lock else queries.SETTING, name=ADMINISTRATION_HEAD)
    if row is None:
        return 0, GENESIS
    seq, head = row[0].split()
    return int(seq), bytes.fromhex(head)


def redact(db: Database, erased: Event, before: Ticket, head: bytes) -> Ticket:
    """Deletes the words and salt of the event that `erased` names (data.seq) and appends `erased`, inside `db.write()`.

    The title may be among the words, so the ticket is folded anew; notices forget what was written for them, and are written anew.
    Returns the ticket. Raises Conflict where there are no words (any more).
    """
    seq = erased.data["seq"]
    db.run(queries.ERASE_WORDS, 1, stream=erased.ticket, seq=seq)
    db.run(queries.ERASE_NOTICES, stream=erased.ticket)
    after = fold([*read_events(db, erased.ticket), erased])
    append(db, [erased], before, after, head)
    return after


def _fits(events: Sequence[Event], before: Ticket | None, after: Ticket) -> None:
    read = before.version if before else 0
    if [event.seq for event in events] != list(range(read + 1, after.version + 1)) or not events:
        raise ValueError(f"the events of {after.number} do not lead from version {read} to {after.version}")


def _event_values(event: Event, previous: bytes) -> tuple[dict[str, Any], bytes]:
    """The row of an event and its hash. Raises ValueError unless the facts hold the digest of exactly the words beside them."""
    words = None
    if event.words:
        if not event.salt or event.data.get("words") != digest_words(event.words, event.salt):
            raise ValueError(f"event {event.seq}: the facts do not hold the digest of the words")
        words = canonical({"salt": event.salt, "text": event.words} | _secret(event))
    elif "words" in event.data:
        raise ValueError(f"event {event.seq}: a digest without words")
    data = canonical(event.data)
    head = link(previous, body(
        ticket=event.ticket, seq=event.seq, at=event.at, actor=event.actor, role=event.role, unit=event.unit, via=event.via,
        kind=event.kind, from_state=event.from_state, to_state=event.to_state, data=data,
    ))
    return {
        "stream": event.ticket, "seq": event.seq, "at": event.at, "actor": event.actor, "role": event.role, "unit": event.unit,
        "via": event.via, "kind": event.kind, "from_state": event.from_state, "to_state": event.to_state, "data": data,
        "words": words, "hash": head,
    }, head


def _secret(event: Event) -> dict[str, Any]:
    """What only the supervision office reads, kept beside the other words of an event.

    Raises ValueError unless the facts hold the digest of exactly these secrets.
    """
    if not event.secret:
        return {}
    if not event.secret_salt or event.data.get("secret") != digest_words(event.secret, event.secret_salt):
        raise ValueError(f"event {event.seq}: the facts do not hold the digest of the secrets")
    return {"secret": event.secret, "secret_salt": event.secret_salt}


def _store(before: Ticket, after: Ticket, head: bytes) -> tuple[str, dict[str, Any]]:
    """The update of the columns that changed, which fails unless the row has the version that was read.

    A column that is written although it did not change costs each of its indexes.
    """
    triples = zip(FIELDS, after, before, strict=True)
    changed = {name: TICKET.column(name, value) for name, value, old in triples if value is not old and value != old}
    return store_statement(tuple(changed)), {**changed, "id": after.id, "read_version": before.version, "head": head}


_STORES: dict[tuple[str, ...], str] = {}


def store_statement(changed: tuple[str, ...]) -> str:
    """STORE_TICKET for some columns and the head."""
    statement = _STORES.get(changed)
    if statement is None:
        changes = ", ".join(f"{name} = :{name}" for name in (*changed, "head"))
        statement = _STORES[changed] = queries.STORE_TICKET.replace("{changes}", changes)
    return statement


class Share(NamedTuple):
    """A row of the table `cooperator`: a unit, the date of its part while that runs, and what it repeats of its ticket."""

    unit: str
    due_at: datetime | None
    promised_at: datetime | None
    final: bool


def shares(ticket: Ticket) -> list[Share]:
    """The rows of the table `cooperator` for one ticket: each unit that cooperates once, by code."""
    if not ticket.cooperators:
        return []
    dates = {item.unit: item.due_at for item in ticket.deadlines.values() if item.unit and item.state == RUNS}
    return [Share(unit, dates.get(unit), ticket.promised_at, ticket.final) for unit in sorted(set(ticket.cooperators))]


def _store_cooperators(db: Database, pairs: Sequence[tuple[Ticket | None, Ticket]]) -> None:
    dropped: list[dict[str, Any]] = []
    added: list[dict[str, Any]] = []
    for before, after in pairs:
        if not after.cooperators and not (before and before.cooperators):
            continue
        index = shares(after)
        if before is None or shares(before) != index:
            dropped += [{"ticket": after.id}] if before is not None else []
            added += [{"ticket": after.id, **share._asdict()} for share in index]
    db.run_many(queries.DROP_COOPERATORS, dropped)
    db.run_many(queries.ADD_COOPERATOR, added)


def _store_citations(db: Database, events: Sequence[Event]) -> None:
    """The files that events cite; the foreign key says no where one was swept away meanwhile."""
    db.run_many(queries.CITE, [
        {"ticket": event.ticket, "seq": event.seq, "sha256": sha256}
        for event in events if "evidence" in event.data for sha256 in cited(event)
    ])


def cited(event: Event) -> list[str]:
    """The hashes of the files an event cites, each once."""
    return list(dict.fromkeys(item["sha256"] for item in event.data.get("evidence", ())))


def _notice_values(ticket: int, notice: Notice) -> dict[str, Any]:
    return {
        "stream": ticket, "seq": notice.seq, "recipient": notice.recipient, "channel": notice.channel,
        "not_before": notice.not_before, "body": notice.body, "sent_at": notice.sent_at,
    }


def next_ticket(db: Database) -> int:
    """The id of a ticket that begins, inside `db.write()`. Without gaps: a rollback gives it back."""
    return next_serial(db, "", 0)


def next_serial(db: Database, office: str, year: int) -> int:
    """The serial of a ticket that begins, counted for an office and a year (its own zone), inside `db.write()`. Without gaps."""
    row = db.row(queries.NEXT, office=office, year=year)
    if row is None:
        raise LookupError("a counter that does not count")
    return int(row[0])
