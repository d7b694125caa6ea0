"""A key of the seals that is lost: who asks for it to be replaced, and what stands in the place of its word."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from engine.audit import key as keys
from engine.audit import seals
from engine.audit.key import KeyMissing
from engine.audit.key_folder import folder_of
from engine.clock import Clock
from engine.errors import NotPossible, Refused, UsageError
from engine.record import event_rows, journal, queries
from engine.record.appointed import appointed_since
from engine.record.database import Database
from engine.record.directory import begin_administering
from engine.record.journal import ADMINISTRATION
from engine.rules.access import Actor, may_administer, must
from engine.rules.acts.lost_key import LOST_ASKED, Vouched, lost_problems
from engine.rules.event import Event
from engine.rules.proof.keys import verifier
from engine.rules.proof.note import Verifier
from engine.rules.wording import LONGEST, word_problem

SALT_BYTES = 16


def ask_lost(database: Database, clock: Clock, actor: Actor, folder: str | None, reason: str) -> Verifier:
    """Asks for the key in force to be replaced as lost, which another person does; of a copy that is held too. The key that is meant.

    Raises NotPermitted, Refused (no reason), KeyMissing where the record never had one, NotPossible while it is here, Conflict.
    """
    must(may_administer, actor)
    problem = word_problem("reason", reason, LONGEST)
    if problem is not None:
        raise Refused([problem])
    in_force = seals.key_in_force(database)
    if in_force is None:
        raise KeyMissing(reason="key-never-made")
    must_be_lost(folder_of(database, folder), in_force)
    database.guard = None  # a copy that is held goes on by this too
    with database.write():
        begin_administering(database, actor, clock.now())
        facts = {"what": LOST_ASKED, "replaces": str(in_force)}
        journal.administer(database, "set", clock.now(), actor, facts, {"reason": reason}, token_hex(SALT_BYTES))
    return in_force


def must_be_lost(key_folder: Path, in_force: Verifier | None) -> None:
    """Raises NotPossible while the key in force is here."""
    if in_force is not None and keys.found(key_folder, in_force) is not None:
        raise NotPossible(reason="key-not-lost")


def vouched(database: Database, actor: Actor, in_force: Verifier, known: str | None) -> Vouched:
    """What stands in the place of a lost key's word, inside `db.write()`: the known key, where the actor says it, else what another person
    asked. Raises UsageError for what is no key, Refused.
    """
    said = known_key(known)
    asked = None if said is not None else _asked(database)
    reasons = lost_problems(
        str(in_force), None if said is None else str(said), asked, actor, appointed_since(database, ADMINISTRATION, asked),
    )
    if reasons:
        raise Refused(reasons)
    return Vouched(None if asked is None else asked.seq)


def known_key(text: str | None) -> Verifier | None:
    """The key that somebody gives; None where nobody gives one. Raises UsageError for what is none, the empty text too."""
    known = None if text is None else verifier(text.strip())
    if text is not None and known is None:
        raise UsageError(reason="usage-key")
    return known


def _asked(database: Database) -> Event | None:
    """What was asked last."""
    events = (event_rows.event_of(row) for row in database.rows(queries.ASKED_AS_LOST))
    return next((event for event in events if event.data.get("what") == LOST_ASKED), None)
