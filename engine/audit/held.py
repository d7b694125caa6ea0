"""Whether a record is a copy that was put back: what was sealed of it before is not in it, as the list beside the key knows. It is held
until somebody says that it goes on (`audit.live`).
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.audit import seals
from engine.errors import AuditBroken, NotPossible
from engine.record import event_rows, queries
from engine.record.damage import UNREADABLE
from engine.record.database import Database
from engine.rules.proof.checkpoint import Checkpoint


class Held(NotPossible):
    """The record is a copy that was put back."""

    code = "copy-held"


def must_go_on(database: Database, known: Mapping[int, Checkpoint]) -> None:
    """Raises where the record does not hold the checkpoint that was noted last: Held for a copy that was put back, AuditBroken for a record
    that was rewritten.
    """
    if not known:
        return
    n = max(known)
    there = seals.seal_number(database, n)
    if there is None and is_copy(database, known):
        raise Held(n=n)
    if there is None or there.checkpoint() != known[n]:
        raise AuditBroken(reason="seal-behind", n=n)


def is_copy(database: Database, known: Mapping[int, Checkpoint]) -> bool:
    """Whether the record is what it was at some time before the last checkpoint: its last seal is one that is known, and nothing tells of a
    later one.
    """
    last, told = seals.last_seal(database), database.row(queries.LAST_SEALED)
    try:
        n = event_rows.facts_of(told[1]).get("n") if told else 0
    except UNREADABLE:
        return False
    if last is None:
        return n == 0
    return n == last.n < max(known) and known.get(last.n) in (None, last.checkpoint())
