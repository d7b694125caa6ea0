"""Taking seals and keeping the keys' history. What is signed and how it is checked stands in `rules.proof.seal`.

Ids do not commit in the order they are given on PostgreSQL: a row may appear below the highest id that can be seen (measured: 208 of 275
seals later gained one). So the database says first up to which id everything is settled; only then are the hashes read, outside any lock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.errors import AuditBroken, Conflict
from engine.record import event_rows, journal, queries
from engine.record.cell import id_of, moment_of
from engine.record.damage import UNREADABLE
from engine.record.database import Database, Row
from engine.record.directory import begin_administering
from engine.record.row_change import ROWS, new_row
from engine.rules.acts.lost_key import Vouched
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.going_on import RESTORED, GoingOn
from engine.rules.proof.keys import ALGORITHMS, KEY, Keys, hand_over_text, of_keys
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.note import Note, Verifier
from engine.rules.proof.seal import Seal, next_seal

if TYPE_CHECKING:
    from engine.audit.key import Key
    from engine.rules.access import Actor

KEY_SETTING = KEY
"""The setting that holds the public key in force; the events of this name hold every one there was."""

PIECE = 10_000
TRIES = 3
"""Another sealer may have been faster; then there is nothing left to seal, or little."""


def take(db: Database, signers: Sequence[Key], actor: Actor, now: datetime) -> Seal | None:
    """Seals every event there is; None where nothing happened since the last seal. Costs what is new. The first of the keys is the one in
    force; one that it just replaced signs too.

    The event `sealed` comes after the seal and is covered by the next one. By itself it is no reason for another seal.
    """
    for _ in range(TRIES):
        last, upto, tree = tree_now(db)
        if db.row(queries.ANYTHING_SINCE, after=last.upto if last else 0) is None:
            return None
        text = Checkpoint(signers[0].name, tree.size, tree.root()).text()
        made = next_seal(last, tree, upto, now, Note(text, tuple(key.sign(text) for key in signers)))
        try:
            _keep(db, made, last, signers[0].verifier, actor)
        except Conflict:
            continue
        return made
    return None


def tree_now(db: Database) -> tuple[Seal | None, int, Frontier]:
    """The last seal, the id up to which everything is settled, and the tree of all events up to there. Costs what is new since the seal.
    Raises AuditBroken where that one was altered.
    """
    upto = _settled(db)
    with db.snapshot():  # a seal that another takes between two reads would look as if somebody had altered the last one
        last = last_seal(db)
        return last, upto, _trusted(db, last).grown(hash_ for _, hash_ in hashes(db, last.upto if last else 0, upto))


def begin(db: Database, key: Verifier, actor: Actor, now: datetime) -> None:
    """Puts the first key of a record in force, inside `db.write()`. Raises Conflict where it has one."""
    if db.row(queries.SETTING_LOCKED, name=KEY_SETTING) is not None:
        raise Conflict
    _put(db, key, {}, actor, now)


def hand_over(db: Database, old: Key | Vouched, new: Key, actor: Actor, now: datetime) -> None:
    """Puts another key in force, inside `db.write()`: both keys sign it, or what stands in the place of a lost one's word. Raises Conflict
    where another key came first.
    """
    row = db.row(queries.SETTING_LOCKED, name=KEY_SETTING)
    if row is None or (not isinstance(old, Vouched) and row[0] != str(old.verifier)):
        raise Conflict
    if isinstance(old, Vouched):
        _put(db, new.verifier, {"replaces": row[0]} | old.facts(), actor, now)
        return
    text = hand_over_text(old.verifier, new.verifier)
    _put(db, new.verifier, {"replaces": row[0], "note": str(Note(text, (old.sign(text), new.sign(text))))}, actor, now)


def go_on(
    db: Database, replaced: Verifier, old: Key | Vouched, new: Key, said: GoingOn, basis: tuple[str, str], actor: Actor, now: datetime,
) -> None:
    """Goes on with a copy that was put back, under another name, inside `db.write()`: both keys sign it, or what stands in the place of a
    lost one's word. `basis` is with its salt. Raises Conflict where another key came first.
    """
    row = db.row(queries.SETTING_LOCKED, name=KEY_SETTING)
    if row is None or row[0] != str(replaced):
        raise Conflict
    data: dict[str, Any] = {"key": str(new.verifier), "replaces": row[0], "algorithms": ALGORITHMS} | said.facts()
    if isinstance(old, Vouched):
        data |= old.facts()
    else:
        text = said.text(replaced, new.verifier)
        data["note"] = str(Note(text, (old.sign(text), new.sign(text))))
    rows = [new_row("setting", name=KEY_SETTING, value=str(new.verifier))]
    journal.administer(db, RESTORED, now, actor, data, {"basis": basis[0]}, basis[1], rows=rows)


def _put(db: Database, key: Verifier, said: dict[str, Any], actor: Actor, now: datetime) -> None:
    data = {"name": KEY_SETTING, "key": str(key), "algorithms": ALGORITHMS} | said
    journal.administer(db, "set", now, actor, data, rows=[new_row("setting", name=KEY_SETTING, value=str(key))])


def names(db: Database) -> list[str]:
    """Every name that the record had among all records, the one it has now first: it has another since each copy that was gone on with."""
    return list(dict.fromkeys(key.name for key in reversed(keys_of(db).in_force)))


def keys_of(db: Database) -> Keys:
    """What the record says of its keys."""
    with db.snapshot():
        return _keys(db)


def _keys(db: Database) -> Keys:
    keys = Keys()
    keys.read(administrative(db))
    return keys


def key_in_force(db: Database) -> Verifier | None:
    """The public key that seals are signed with now. Raises AuditBroken for what is none."""
    row = db.row(queries.SETTING, name=KEY_SETTING)
    try:
        return Verifier.parse(row[0]) if row else None
    except ValueError:
        raise AuditBroken(reason="key-altered") from None


def last_seal(db: Database) -> Seal | None:
    row = db.row(queries.LAST_SEAL)
    return seal_of(row) if row else None


def seal_number(db: Database, n: int) -> Seal | None:
    row = db.row(queries.SEAL_NUMBER, n=n)
    return seal_of(row) if row else None


def all_seals(db: Database) -> list[Seal]:
    """Every seal, in order."""
    return [seal_of(row) for row in db.rows(queries.SEALS)]


def seal_of(row: Row) -> Seal:
    """The seal of a row. Raises AuditBroken for a row that no seal is ever stored with: of other types, or without a text to sign."""
    n, upto, size, root, frontier, at, note = row
    made_at = moment_of(at)
    try:
        numbers, texts = (n, upto, size), (root, frontier)
        if made_at is None or type(note) is not str or not all(type(item) is int for item in numbers):
            raise TypeError("a seal of other types")
        if not all(isinstance(item, bytes | memoryview) for item in texts):
            raise TypeError("a seal of other types")  # of a number, `bytes` makes as many bytes
        seal = Seal(n, upto, size, bytes(root), bytes(frontier), made_at, note)
        note.encode()
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
            facts = event_rows.facts_of(data)
        except UNREADABLE:
            continue
        if type(seq) is int and of_keys(kind, facts):
            facts.pop(ROWS, None)  # they say the same once more
            yield seq, kind, facts


def _settled(db: Database) -> int:
    """The highest id below which no event can appear any more."""
    with db.write():
        db.settle("event")
        row = db.row(queries.HIGHEST_EVENT)
    return int(row[0]) if row else 0


def _trusted(db: Database, last: Seal | None) -> Frontier:
    """The tree that the next seal goes on from, inside a snapshot. Raises AuditBroken: nothing is built on a seal that somebody altered or
    took away.
    """
    told = db.row(queries.LAST_SEALED)
    if last is None:
        if told is not None:
            raise AuditBroken(reason="seal-behind", n=1)
        return Frontier()
    try:
        if told is None:
            raise ValueError("a seal without its event")
        at, facts = moment_of(told[0]), event_rows.facts_of(told[1])
        said = at, *(facts.get(name) for name in ("n", "upto", "size", "root"))
        if said != (last.at, last.n, last.upto, last.size, last.root.hex()) or not _signed(db, last):
            raise ValueError("another seal than was told, or signed")
        return last.tree()
    except UNREADABLE:
        raise AuditBroken(reason="seal-altered", n=last.n) from None


def _signed(db: Database, seal: Seal) -> bool:
    """Whether the key in force signed a seal, or where another came into force since, one before it; inside a snapshot."""
    key, note = key_in_force(db), seal.signed()
    if key is not None and note.signers([key]):
        return True
    return bool(note.signers(_keys(db).in_force))


def _keep(db: Database, seal: Seal, last: Seal | None, key: Verifier, actor: Actor) -> None:
    """The seal and the event that tells of it. Raises NotPermitted, and Conflict where another seal or another key came first."""
    with db.write():
        begin_administering(db, actor, seal.at)
        row = db.row(queries.SETTING_LOCKED, name=KEY_SETTING)
        if row is None or row[0] != str(key) or last_seal(db) != last:
            raise Conflict  # another key, or another seal than the one this was built on
        row_of_seal = new_row(
            "seal", n=seal.n, upto=seal.upto, size=seal.size, root=seal.root, frontier=seal.frontier, at=seal.at, note=seal.note,
        )
        data = {"n": seal.n, "upto": seal.upto, "size": seal.size, "root": seal.root.hex()}
        journal.administer(db, "sealed", seal.at, actor, data, rows=[row_of_seal])
