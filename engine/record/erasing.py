"""The words of an event, erased for ever."""

from __future__ import annotations

from engine.record import queries
from engine.record.aggregates import KEPT
from engine.record.database import Database
from engine.record.journal import T, append, read_events
from engine.rules.event import Event


def redact(db: Database, erased: Event, before: T, head: bytes) -> T:
    """Deletes the words and salt of the event that `erased` names (data.seq) and appends `erased`, inside `db.write()`.

    The title may be among the words, so the thing is folded anew; notices forget what was written for them, and are written anew; what
    requests were answered is forgotten.
    Returns the thing after it. Raises Conflict where there are no words (any more).
    """
    seq = erased.data["seq"]
    db.run(queries.ERASE_WORDS, 1, stream=erased.ticket, seq=seq)
    db.run(queries.ERASE_NOTICES, stream=erased.ticket)
    db.run(queries.ERASE_ANSWERS)
    after: T = KEPT[type(before)].fold([*read_events(db, erased.ticket), erased])
    append(db, [erased], before, after, head)
    return after
