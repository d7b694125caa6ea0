"""Exports for the audit: everything that happened, or one ticket, in a file that can be checked without the database.

Reading leaves a trace, which says how long a ticket was: so a file can show that nothing was left out of its end. Words go along where they
still exist; secrets (complainant, phone, source of a clue) never do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.audit import cosigning, seals
from engine.audit.key_folder import folder_of
from engine.audit.sealing import signing_key, take_and_note
from engine.clock import Clock
from engine.record import event_rows, journal, queries
from engine.record.database import Database, Row
from engine.record.directory import begin_administering, note
from engine.record.row_change import readable
from engine.rules.access import Actor, may_read_administration, may_seal, must
from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS, spelled, stamp
from engine.rules.proof.exported_file import FORMAT, TICKET, WHOLE
from engine.rules.proof.keys import of_keys
from engine.rules.proof.length import EXPORT, READ, length_in, length_of
from engine.rules.proof.merkle import consistency_proof, inclusion_proofs
from engine.rules.proof.seal import Seal
from engine.rules.ticket import Ticket

PIECE = 1_000

_KIND, _DATA = 8, 11
"""Where kind and facts stand in a row of an exported event."""


def note_reading(database: Database, clock: Clock, actor: Actor, what: str, ticket: int | None = None) -> None:
    """Somebody reads or takes away more than one looks at in daily work: an event says who and what, and how long a ticket (by its id) is
    that is taken away. Raises NotPermitted.
    """
    must(may_read_administration, actor)

    def entry() -> None:
        known = None if ticket is None else journal.read_ticket(database, ticket, lock=True)  # so that nothing comes between
        begin_administering(database, actor, clock.now())
        length = {} if known is None else length_of(known[0].number, known[0].version, known[1])
        journal.administer(database, READ, clock.now(), actor, {"name": what} | length)

    note(database, entry)


def read_administration(database: Database, clock: Clock, actor: Actor) -> list[Event]:
    """What happened to the office itself, in order, but for this reading of it, which is noted. Raises NotPermitted."""
    must(may_read_administration, actor)
    events = journal.read_events(database, journal.ADMINISTRATION)
    note_reading(database, clock, actor, "log")
    return [readable(event) for event in events]


def export(
    database: Database, clock: Clock, actor: Actor, ticket: Ticket | None = None, folder: str | None = None, *, sealed: bool = False,
) -> Iterator[str]:
    """The lines of the file, of one snapshot. The reading itself is an event, and in the file. What witnesses signed goes along, as far as
    it lies beside the key; `folder` is what the settings say of that. With `sealed` everything up to that reading is sealed first, so that
    whoever knows the key knows all of the file to be genuine. Raises NotPermitted, and what sealing raises.
    """
    must(may_read_administration, actor)
    if sealed:
        must(may_seal, actor)
    key = signing_key(database, folder) if sealed else None  # where it is missing nothing happens
    note_reading(database, clock, actor, EXPORT, ticket.id if ticket else None)
    if key is not None:
        take_and_note(database, clock, actor, folder_of(database, folder), key)
    with database.snapshot():
        yield from map(spelled, _nodes(database, clock, ticket, folder_of(database, folder)))


def _nodes(database: Database, clock: Clock, ticket: Ticket | None, key_folder: Path) -> Iterator[Mapping[str, Any]]:
    head = {"zhenggai": FORMAT, "scope": TICKET if ticket else WHOLE, "at": stamp(clock.now())}
    yield head | ({"number": ticket.number} if ticket else {})
    made = seals.all_seals(database)
    events = 0
    if ticket is None:
        for row in _all(database):
            yield _event(row)
            events += 1
    else:
        entries = list(_entries(database, ticket.number))
        rows = database.rows(queries.EXPORT_TICKET, stream=ticket.id)
        proofs = _proofs(database, [row[0] for row in (*(row for row, _ in entries), *rows)], made[-1].upto if made else 0)
        for row, previous in entries:
            yield _event(row) | {"previous": previous.hex()} | proofs.get(row[0], {})
        for row in rows:
            yield _event(row) | proofs.get(row[0], {})
        events += len(entries) + len(rows)
    signed = cosigning.signed_seals(key_folder, made)
    for before, seal in zip((None, *made), made, strict=False):
        lines = {"cosignatures": [signature.line.rstrip("\n") for signature in signed.get(seal.text(), ())]}
        yield {"seal": seal.to_json()} | lines | ({"consistency": _consistency(database, before, seal)} if ticket else {})
    yield {"end": {"events": events, "seals": len(made)}}


def _all(database: Database) -> Iterator[Row]:
    after = 0
    while piece := database.rows(queries.EXPORT_EVENTS, after=after, limit=PIECE):
        yield from piece
        after = piece[-1][0]


def _entries(database: Database, number: str) -> Iterator[tuple[Row, bytes]]:
    """The entries about keys and seals, and those that tell how long a ticket was, each with the hash of the one before it in the
    administration's stream.
    """
    for *row, before in database.rows(queries.EXPORT_ENTRIES):
        facts = event_rows.facts_of(row[_DATA])
        if of_keys(row[_KIND], facts) or length_in(row[_KIND], facts, number) is not None:
            yield tuple(row), before or GENESIS


def _consistency(database: Database, before: Seal | None, seal: Seal) -> list[str]:
    """What shows that the tree of a seal began with that of the one before it."""
    if before is None:
        return []
    leaves = (hash_ for _, hash_ in seals.hashes(database, before.upto, seal.upto))
    return [step.hex() for step in consistency_proof(before.tree(), seal.size, leaves)]


def _event(row: Row) -> dict[str, Any]:
    """An event as it was hashed, and its words without any secret."""
    id_, stream, seq, at, actor, role, unit, via, kind, from_state, to_state, data, words, hash_ = row
    typed = {} if words is None else json.loads(words)
    return {
        "event": {
            "v": 1, "ticket": stream, "seq": seq, "at": stamp(at), "actor": actor, "role": role, "unit": unit, "via": via, "kind": kind,
            "from": from_state, "to": to_state, "data": json.loads(data),
        },
        "id": id_, "hash": hash_.hex(), "words": typed.get("text"), "salt": typed.get("salt"),
    }


def _proofs(database: Database, ids: Iterable[int], upto: int) -> dict[int, dict[str, Any]]:
    """Where each event stands among all that were sealed, and the way from it to the root of the last seal."""
    wanted = {id_ for id_ in ids if id_ <= upto}
    positions = {id_: index for index, (id_, _) in enumerate(seals.hashes(database, 0, upto)) if id_ in wanted}
    found = inclusion_proofs((hash_ for _, hash_ in seals.hashes(database, 0, upto)), frozenset(positions.values()))
    return {id_: {"index": index, "proof": [step.hex() for step in found[index]]} for id_, index in positions.items()}
