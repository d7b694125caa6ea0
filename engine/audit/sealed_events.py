"""The seals of a record, and whether the events they cover are still those they were taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from engine.audit import seals
from engine.audit.audited import Audited, Restored, Tick
from engine.errors import AuditBroken
from engine.record import queries
from engine.record.cell import id_of, moment_of
from engine.record.database import Database, Row
from engine.record.journal import ADMINISTRATION
from engine.rules.proof.anchor import Anchor
from engine.rules.proof.finding import Finding
from engine.rules.proof.keys import Keys
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.seal import Seal
from engine.rules.proof.sealed import findings, findings_around


def seal_findings(db: Database, audited: Audited, ticket: int | None, anchor: Anchor, tick: Tick) -> Iterator[Finding]:
    """Every seal with its key, and whether the events it covers are still those it was taken over; with `ticket`, of the seals that first
    cover its events.
    """
    found = []
    for row in db.stored(queries.AUDIT_SEALS):
        try:
            found.append(seals.seal_of(row))
        except AuditBroken:
            yield Finding("seal", field="row", seal=id_of(row[0]))
    keys = Keys()
    keys.read(seals.administrative(db))
    audited.seals, audited.lost = len(found), len(keys.lost)
    entries = {seq: (id_, at) for seq, id_, at in db.stored(queries.RESTORED)}
    audited.restored = restored(keys, found, {seq: at for seq, (_, at) in entries.items()})
    yield from _recounted(db, keys, found, {seq: id_of(id_) for seq, (id_, _) in entries.items()})
    if ticket is not None:
        events = [row[0] for row in db.stored(queries.EVENT_IDS, stream=ticket)]
        yield from findings_around(found, keys, events, partial(seals.hashes, db))
    else:
        yield from findings(found, keys, _leaves(db), tick) if found or keys.announced else keys.findings
    kept = next((row[0] for row in db.stored(queries.SETTING, name=seals.KEY_SETTING)), None)
    if kept != (str(keys.in_force[-1]) if keys.in_force else None):
        yield Finding("key", ADMINISTRATION, field="setting")
    yield from anchor.findings(keys, found)


def _recounted(db: Database, keys: Keys, found: Sequence[Seal], ids: Mapping[int, int | None]) -> Iterator[Finding]:
    """Whether the events before each entry by which a copy was gone on with are those that it says it held."""
    there = {seal.n: seal for seal in found}
    for left in keys.left.values():
        last, id_ = there.get(left.last), ids.get(left.seq)
        if id_ is None:  # the stream names an event whose id is none
            continue
        try:
            tree = last.tree() if last is not None else Frontier()
        except ValueError:  # the seal is named by itself
            continue
        tree = tree.grown(hash_ for _, hash_ in seals.hashes(db, last.upto if last else 0, id_ - 1))
        said = left.said
        if (tree.size, tree.root()) != (said.size, said.root):
            yield Finding("restored", ADMINISTRATION, None, left.seq, "size" if tree.size != said.size else "root")


def restored(keys: Keys, found: Sequence[Seal], when: Mapping[int, object]) -> list[Restored]:
    """Where a record goes on from copies that were put back. How much is not in it is counted from seals and what was signed."""
    sizes = {seal.n: seal.size for seal in found}
    return [
        Restored(
            moment_of(when.get(left.seq)), left.last, left.said.n, max(left.said.known.size - sizes.get(left.last, 0), 0), left.said.by,
        )
        for left in keys.left.values()
    ]


def _leaves(db: Database) -> Iterator[Row]:
    """Id and hash of every event."""
    return ((id_, hash_ if type(hash_) is bytes else b"") for id_, hash_ in db.stored(queries.AUDIT_HASHES) if type(id_) is int)
