"""Taking seals and changing the key that signs them, for every door and for the watch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.audit import key as keys
from engine.audit import seals
from engine.audit.key import Key, KeyMissing
from engine.clock import Clock
from engine.errors import AuditBroken, Conflict, NotPermitted, NotPossible
from engine.record.database import Database
from engine.record.directory import begin_administering
from engine.rules.access import Actor, may_administer, may_seal, must
from engine.rules.proof.seal import Seal, number_of_code, same_code


@dataclass(frozen=True, slots=True)
class KeyLocation:
    """A public key in hex, and the file that holds its private part (never shown)."""

    public: str
    path: Path
    here: bool


def seal(database: Database, clock: Clock, actor: Actor, folder: str | None = None) -> Seal | None:
    """Takes a seal over everything so far; None where nothing is new. `folder` is what the settings say of the keys.

    Raises KeyMissing, NotPermitted, AuditBroken where the last seal was altered.
    """
    must(may_seal, actor)
    return seals.take(database, _in_force(database, folder), actor, clock.now())


def key_location(database: Database, folder: str | None = None) -> KeyLocation:
    """The key in force. Raises KeyMissing where the record never had one."""
    public = seals.key_in_force(database)
    if public is None:
        raise KeyMissing(reason="key-never-made")
    path = keys.file_of(keys.folder_of(database, folder), public)
    return KeyLocation(public, path, path.exists())


def rotate(database: Database, clock: Clock, actor: Actor, folder: str | None = None, *, lost: bool = False) -> KeyLocation:
    """Puts a new key in force, signed by the old one, whose file is then deleted. Old seals stay verifiable.

    With `lost` the old key's word is missing and the event says so for ever; that is refused while the old key is here.
    Raises KeyMissing, NotPermitted, NotPossible, Conflict.
    """
    must(may_administer, actor)
    key_folder = keys.folder_of(database, folder)
    old = None if lost else _in_force(database, folder)
    if lost and _is_here(database, key_folder):
        raise NotPossible(reason="key-not-lost")
    new = keys.make(key_folder)
    try:
        with database.write():
            begin_administering(database, actor, clock.now())
            seals.hand_over(database, old, new.public, actor, clock.now())
    except (NotPermitted, Conflict):  # of anything else nobody can tell whether the key came into force
        keys.forget(key_folder, new.public)
        raise
    if old is not None:
        keys.forget(key_folder, old.public)
    return KeyLocation(new.public, keys.file_of(key_folder, new.public), True)


def key_of_this_machine(database: Database, folder: str | None = None) -> str | None:
    """The public key that this machine knows by its own files, not from the database; None where no key lies here."""
    key_folder = keys.folder_of(database, folder)
    found = [public for file in sorted(key_folder.glob("*.pem")) if (public := keys.public_of(file))]
    in_force = seals.key_in_force(database)
    return in_force if in_force in found else found[0] if found else None


def check_code(taken: Iterable[Seal], code: str) -> Seal:
    """The seal of a short form copied from a letter, among those of a record or of an exported file.

    Raises AuditBroken where the seal of that number has another one, or is not there.
    """
    n = number_of_code(code)
    found = next((seal for seal in taken if seal.n == n), None)
    if found is None or not same_code(code, found.code()):
        raise AuditBroken(reason="code-differs", said=code, code=found.code() if found else None)
    return found


def first_key(database: Database, folder: str | None = None) -> Key:
    """The key of a record that is just being founded."""
    return keys.make(keys.folder_of(database, folder))


def _in_force(database: Database, folder: str | None) -> Key:
    return keys.read(keys.folder_of(database, folder), key_location(database, folder).public)


def _is_here(database: Database, key_folder: Path) -> bool:
    public = seals.key_in_force(database)
    try:
        return public is not None and bool(keys.read(key_folder, public))
    except KeyMissing:
        return False
