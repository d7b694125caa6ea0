"""Going on with a copy that was put back from a backup: what is not in it is gone, and the record says so for ever."""

from __future__ import annotations

from collections.abc import Mapping
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
from engine.errors import Conflict, NotPermitted, NotPossible, Refused, UsageError
from engine.record import queries
from engine.record.database import Database
from engine.record.directory import begin_administering
from engine.record.settings import DEFAULT_OFFICE, OFFICE_SETTING, setting
from engine.rules.access import Actor, may_administer, must
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.going_on import GoingOn
from engine.rules.proof.note import Verifier
from engine.rules.proof.seal import Seal
from engine.rules.wording import word_problem

SALT_BYTES = 16
LONGEST_BASIS = 2_000


class Live(NamedTuple):
    """A copy that goes on: its new key, its first seal under the new name, what was said, and how many events were sealed after its last
    seal before.
    """

    key: Verifier
    seal: Seal | None
    said: GoingOn
    behind: int


def go_live(
    database: Database, clock: Clock, actor: Actor, folder: str | None, basis: str, known_key: str | None = None,
) -> Live:
    """The entry, another name with another key, and a seal at once. The old key signs that, where it is here; where it is lost, that takes
    the key that is known or that another person asked (`audit.lost`), and the record says so.

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
    n, known = _known(database, noted.read(key_folder, replaced.name), last)
    said, old = GoingOn(tree.size, tree.root(), n, known), keys.found(key_folder, replaced)
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
    return Live(new.verifier, made, said, known.size - (last.size if last else 0))


def _known(database: Database, listed: Mapping[int, Checkpoint], last: Seal | None) -> tuple[int, Checkpoint]:
    """The newest checkpoint known of the record, with the number of its seal. Where the list beside the key is lost that is the copy's own
    last one: a witness may know of a newer. Raises NotPossible, AuditBroken.
    """
    if listed:
        if not is_copy(database, listed):
            must_go_on(database, listed)
            raise NotPossible(reason="copy-none")
        return max(listed), listed[max(listed)]
    if last is None:
        raise NotPossible(reason="copy-none")
    return last.n, last.checkpoint()
