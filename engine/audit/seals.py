"""Taking seals and keeping the keys' history. What is signed and how it is checked stands in `rules.proof.seal`.

Ids do not commit in the order they are given on PostgreSQL: a row may appear below the highest id that can be seen (measured: 208 of 275
seals later gained one). So the database says first up to which id everything is settled; only then are the hashes read, outside any lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.errors import AuditBroken, Conflict
from engine.record import journal, queries
from engine.record.cell import id_of, moment_of
from engine.record.damage import UNREADABLE
from engine.record.database import Database, Row
from engine.record.directory import begin_administering
from engine.record.row_change import ROWS, new_row
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.seal import FIRST, Seal, handover, next_seal, signed_by

if TYPE_CHECKING:
    from engine.audit.key import Key
    from engine.rules.access import Actor

KEY_SETTING = "key"
"""The setting that holds the public key in force; the events of this name hold every one there was."""

PIECE = 10_000
TRIES = 3
"""Another sealer may have been faster; then there is nothing left to seal, or little."""


def take(db: Database, key: Key, actor: Actor, now: datetime) -> Seal | None:
    """Seals every event there is; None where nothing happened since the last seal. Costs what is new.

    The event `sealed` comes after the seal and is covered by the next one. By itself it is no reason for another seal.
    """
    for _ in range(TRIES):
        upto = _settled(db)
        last = last_seal(db)
        after = last.upto if last else 0
        if db.row(queries.ANYTHING_SINCE, after=after) is None:
            return None
        tree = _trusted(last).grown(hash_ for _, hash_ in hashes(db, after, upto))
        unsigned = next_seal(last, tree, upto, now, key.public)
        made = replace(unsigned, signature=key.sign(unsigned.body()))
        try:
            _keep(db, made, actor)
        except Conflict:
            continue
        return made
    return None


def hand_over(db: Database, old: Key | None, new: str, actor: Actor, now: datetime) -> None:
    """Puts another key in force, inside `db.write()`: signed by the old one, or without it where there is none or it was lost.

    Raises Conflict where another key came first.
    """
    row = db.row(queries.SETTING_LOCKED, name=KEY_SETTING)
    data: dict[str, Any] = {"name": KEY_SETTING, "key": new}
    if old is not None:
        if row is None or row[0] != old.public:
            raise Conflict
        data |= {"replaces": old.public, "signature": old.sign(handover(old.public, new)).hex()}
    elif row is not None:
        data |= {"replaces": row[0], "lost": True}
    journal.administer(db, "set", now, actor, data, rows=[new_row("setting", name=KEY_SETTING, value=new)])


def key_in_force(db: Database) -> str | None:
    """The public key that seals are signed with now."""
    row = db.row(queries.SETTING, name=KEY_SETTING)
    return str(row[0]) if row else None


def last_seal(db: Database) -> Seal | None:
    row = db.row(queries.LAST_SEAL)
    return seal_of(row) if row else None


def all_seals(db: Database) -> list[Seal]:
    """Every seal, in order."""
    return [seal_of(row) for row in db.rows(queries.SEALS)]


def seal_of(row: Row) -> Seal:
    """The seal of a row. Raises AuditBroken for a row that no seal is ever stored with: of other types, or without a text to sign."""
    n, upto, size, root, frontier, previous, at, key, signature = row
    made_at = moment_of(at)
    try:
        if made_at is None or type(key) is not str or not all(type(item) is int for item in (n, upto, size)):
            raise TypeError("a seal of other types")
        seal = Seal(n, upto, size, root, frontier, previous, made_at, key, signature)
        seal.link()
    except UNREADABLE as error:
        raise AuditBroken(reason="seal-altered", n=id_of(n)) from error
    return seal


def hashes(db: Database, after: int, upto: int) -> Iterator[Row]:
    """Id and hash of every event in a range of ids, read in pieces."""
    while piece := db.rows(queries.HASHES, after=after, upto=upto, limit=PIECE):
        yield from ((id_, hash_ if isinstance(hash_, bytes) else b"") for id_, hash_ in piece)
        after = piece[-1][0]


def administrative(db: Database) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Seq, kind and facts of every event about keys and seals, in order, inside a snapshot. Facts that cannot be
    read are left out: the chain names them.
    """
    for seq, kind, data in db.stored(queries.SEALING_EVENTS):
        try:
            facts = journal.facts_of(data)
        except UNREADABLE:
            continue
        if type(seq) is int and (kind == "sealed" or facts.get("name") == KEY_SETTING):
            facts.pop(ROWS, None)  # they say the same once more
            yield seq, kind, facts


def _settled(db: Database) -> int:
    """The highest id below which no event can appear any more."""
    with db.write():
        db.settle("event")
        row = db.row(queries.HIGHEST_EVENT)
    return int(row[0]) if row else 0


def _trusted(last: Seal | None) -> Frontier:
    """The tree that the next seal goes on from. Raises AuditBroken: nothing is built on a seal that somebody altered."""
    if last is None:
        return Frontier()
    try:
        tree = last.tree()
    except ValueError:
        raise AuditBroken(reason="seal-altered", n=last.n) from None
    if not signed_by(last.key, last.body(), last.signature):
        raise AuditBroken(reason="seal-altered", n=last.n)
    return tree


def _keep(db: Database, seal: Seal, actor: Actor) -> None:
    """The seal and the event that tells of it. Raises NotPermitted, and Conflict where another seal or another key came first."""
    with db.write():
        begin_administering(db, actor, seal.at)
        row = db.row(queries.SETTING_LOCKED, name=KEY_SETTING)
        newest = last_seal(db)
        if row is None or row[0] != seal.key or seal.previous != (newest.link() if newest else FIRST):
            raise Conflict  # another key, or another seal than the one this was built on
        row_of_seal = new_row(
            "seal", n=seal.n, upto=seal.upto, size=seal.size, root=seal.root, frontier=seal.frontier, previous=seal.previous, at=seal.at,
            key=seal.key, signature=seal.signature,
        )
        data = {"n": seal.n, "upto": seal.upto, "size": seal.size, "root": seal.root.hex()}
        journal.administer(db, "sealed", seal.at, actor, data, rows=[row_of_seal])
