"""Going on with a copy that was put back from a backup: what is not in it is gone, and the record says so for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import NamedTuple

from engine.audit import key as keys
from engine.audit import noted, seals
from engine.audit.held import is_copy, must_go_on
from engine.audit.key import KeyMissing
from engine.audit.key_folder import folder_of
from engine.audit.lost import vouched
from engine.audit.sealing import take_and_note
from engine.clock import Clock
from engine.errors import AuditBroken, Conflict, NotPermitted, NotPossible, Refused, UsageError
from engine.record import queries
from engine.record.database import Database
from engine.record.directory import begin_administering
from engine.record.settings import DEFAULT_OFFICE, OFFICE_SETTING, setting
from engine.rules.access import Actor, may_administer, must
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.going_on import LIST, NOBODY, WITNESS, GoingOn
from engine.rules.proof.note import Verifier
from engine.rules.proof.seal import Seal
from engine.rules.wording import word_problem

SALT_BYTES = 16
LONGEST_BASIS = 2_000


class Seen(NamedTuple):
    """The largest checkpoint that a witness (by its name in the settings) saw of the record, under one of its names."""

    witness: str
    checkpoint: Checkpoint


class Live(NamedTuple):
    """A copy that goes on: its new key, its first seal under the new name, what was said, and how many events were sealed after its last
    seal before, as far as somebody told.
    """

    key: Verifier
    seal: Seal | None
    said: GoingOn
    behind: int


def go_live(
    database: Database, clock: Clock, actor: Actor, folder: str | None, basis: str, known_key: str | None = None,
    seen: Sequence[Seen] = (),
) -> Live:
    """The entry, another name with another key, and a seal at once. The old key signs that, where it is here; where it is lost, that takes
    the key that is known or that another person asked (`audit.lost`), and the record says so. `seen` is what witnesses told: the entry says
    the largest that is known of, by the list beside the key or by them, or that nobody told.

    Raises NotPermitted, UsageError, Refused (no basis, nobody vouches for a lost key), NotPossible for a record that is no
    copy, AuditBroken for one that was rewritten, Conflict.
    """
    must(may_administer, actor)
    problem = word_problem("basis", basis, LONGEST_BASIS)
    if problem is not None:
        raise Refused([problem])
    key_folder, replaced = folder_of(database, folder), seals.key_in_force(database)
    if replaced is None:
        raise KeyMissing(reason="key-never-made")
    last, upto, tree = seals.tree_now(database)
    n, known, by = _known(database, noted.read(key_folder, replaced.name), last, seen)
    said, old = GoingOn(tree.size, tree.root(), n, known, by), keys.found(key_folder, replaced)
    database.guard = None  # it is held until this is written
    new = keys.make(key_folder, keys.new_origin(setting(database, OFFICE_SETTING) or DEFAULT_OFFICE))
    try:
        with database.write():
            begin_administering(database, actor, clock.now())
            if database.row(queries.LAST_EVENT) != (upto,):
                raise Conflict  # somebody read it meanwhile, which is noted
            word = old or vouched(database, actor, replaced, known_key)
            seals.go_on(database, replaced, word, new, said, (basis, token_hex(SALT_BYTES)), actor, clock.now())
    except (NotPermitted, UsageError, Refused, Conflict):  # as where a key is changed
        keys.forget(key_folder, new.verifier)
        raise
    if old is not None:
        keys.forget(key_folder, old.verifier)
    made = take_and_note(database, clock, actor, key_folder, new)
    return Live(new.verifier, made, said, max(known.size - (last.size if last else 0), 0))


def _known(
    database: Database, listed: Mapping[int, Checkpoint], last: Seal | None, seen: Sequence[Seen],
) -> tuple[int, Checkpoint, str]:
    """The newest checkpoint known of the record, with the number of its seal, and who told of it. Where nobody tells of more that is the
    copy's own last one. Raises NotPossible, AuditBroken.
    """
    told = _told(database, last, seen)
    if listed and is_copy(database, listed):
        n = max(listed)
        return (n, listed[n], LIST) if told is None or told.size <= listed[n].size else (0, told, WITNESS)
    if listed:
        must_go_on(database, listed)
    if told is not None:
        return 0, told, WITNESS
    if listed or last is None:
        raise NotPossible(reason="copy-none")
    return last.n, last.checkpoint(), WITNESS if any(item.checkpoint == last.checkpoint() for item in seen) else NOBODY


def _told(database: Database, last: Seal | None, seen: Sequence[Seen]) -> Checkpoint | None:
    """The largest that witnesses saw and that is not in the record; what an earlier entry says it goes on without, it said. Raises
    AuditBroken where one saw another history.
    """
    roots = {(seal.origin(), seal.size): seal.root for seal in seals.all_seals(database)}
    others = sorted({item.witness for item in seen if roots.get(_place(item.checkpoint), item.checkpoint.root) != item.checkpoint.root})
    if others:
        raise AuditBroken(reason="witness-saw-other", names=others)
    said = {name: left.said.known.size for name, left in seals.keys_of(database).left.items()}
    own = last.size if last else 0
    more = [item.checkpoint for item in seen if item.checkpoint.size > max(own, said.get(item.checkpoint.origin, 0))]
    return max(more, key=lambda checkpoint: checkpoint.size, default=None)


def _place(checkpoint: Checkpoint) -> tuple[str, int]:
    return checkpoint.origin, checkpoint.size
