"""A seal that is in the record and not on the list beside the key: whoever took it was killed before it was noted there, or the list could
not be written. Until it is noted, nobody would miss it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from engine.audit import noted, seals
from engine.errors import AuditBroken
from engine.record.database import Database
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.note import Verifier
from engine.rules.proof.seal import Seal


def unnoted(database: Database, known: Mapping[int, Checkpoint], signers: Collection[Verifier]) -> Seal | None:
    """The last seal, where it came after all that was noted under the name of these keys, and one of them signed it: a row that somebody
    wrote into the database is no seal. What was sealed between, it covers.
    """
    last = seals.last_seal(database)
    if last is None or last.n <= max(known, default=0) or last.origin() not in {key.name for key in signers}:
        return None
    try:
        return last if last.signed().signers(signers) else None
    except ValueError:  # whoever seals or verifies says so
        return None


def note_missed(database: Database, key_folder: Path, known: Mapping[int, Checkpoint], signers: Collection[Verifier]) -> Seal | None:
    """Notes that seal; None where there is none. `signers` are keys that lie here, and the record holds what is `known`. Raises AuditBroken
    where its tree did not grow from the one that was noted last: that was signed first.
    """
    seal = unnoted(database, known, signers)
    if seal is None:
        return None
    before = seals.seal_number(database, max(known)) if known else None
    after = before.upto if before else 0
    try:
        tree = before.tree() if before else Frontier()
    except ValueError:
        raise AuditBroken(reason="seal-altered", n=max(known)) from None
    grown = tree.grown(hash_ for _, hash_ in seals.hashes(database, after, seal.upto))
    if (grown.size, grown.root()) != (seal.size, seal.root):
        raise AuditBroken(reason="seal-altered", n=seal.n)
    noted.note(key_folder, seal)
    return seal
