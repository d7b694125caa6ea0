"""Seals that are in the record and not on the list beside the key: whoever took one was killed before it was noted there, or the list could
not be written. Until it is noted, nobody would miss it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from engine.audit import noted, seals
from engine.errors import AuditBroken
from engine.record.database import Database
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.note import Verifier
from engine.rules.proof.seal import Seal


def unnoted(database: Database, known: Mapping[int, Checkpoint], signers: Collection[Verifier]) -> Iterator[Seal]:
    """The seals that follow, number by number, what was noted last under the name of these keys, as far as one of the keys signed them: a
    row that somebody wrote into the database is no seal, nor is a genuine one under another number.
    """
    n, names = max(known, default=0) + 1, {key.name for key in signers}
    while (seal := seals.seal_number(database, n)) is not None and seal.origin() in names and seal.is_signed_by(signers):
        yield seal
        n += 1


def note_missed(database: Database, key_folder: Path, known: Mapping[int, Checkpoint], signers: Collection[Verifier]) -> Seal | None:
    """Notes those seals, and says which is the last; None where there is none. `signers` are keys that lie here, and the record holds what
    is `known`. Raises AuditBroken where a tree did not grow from the one that was noted before: that was signed first.
    """
    last = seals.seal_number(database, max(known)) if known else None
    missed = None
    for seal in unnoted(database, known, signers):
        if not _grew(database, last, seal):
            raise AuditBroken(reason="seal-altered", n=seal.n)
        noted.note(key_folder, seal)
        last = missed = seal
    return missed


def _grew(database: Database, before: Seal | None, seal: Seal) -> bool:
    try:
        tree = before.tree() if before else Frontier()
    except ValueError:
        return False
    grown = tree.grown(hash_ for _, hash_ in seals.hashes(database, before.upto if before else 0, seal.upto))
    return (grown.size, grown.root()) == (seal.size, seal.root)
