"""Taking seals and changing the key that signs them, for every door and for the watch."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.audit import key as keys
from engine.audit import noted, seals
from engine.audit.held import must_go_on
from engine.audit.key import Key, KeyMissing
from engine.audit.key_folder import Withheld, content, folder_of
from engine.audit.lost import known_key, must_be_lost, vouched
from engine.audit.seals import last_seal
from engine.audit.unnoted import note_missed
from engine.clock import Clock
from engine.errors import AuditBroken, Conflict, NotPermitted, Refused, UsageError, ZgError
from engine.record.database import Database
from engine.record.directory import begin_administering
from engine.record.settings import DEFAULT_OFFICE, OFFICE_SETTING, setting
from engine.rules.access import Actor, may_administer, may_seal, must
from engine.rules.proof.anchor import Anchor, Listed
from engine.rules.proof.cosignature import COSIGNATURES
from engine.rules.proof.keys import verifier
from engine.rules.proof.note import Verifier
from engine.rules.proof.seal import Seal, number_of_code, same_code


@dataclass(frozen=True, slots=True)
class KeyLocation:
    """A public key, and the file that holds its private part (never shown). `withheld`: whoever asks may not look whether it is here."""

    public: Verifier
    path: Path
    here: bool
    withheld: bool = False


def seal(database: Database, clock: Clock, actor: Actor, folder: str | None = None) -> Seal | None:
    """Takes a seal over everything so far; None where nothing is new. `folder` is what the settings say of the keys.

    Raises KeyMissing, NotPermitted, Held for a copy that was put back, AuditBroken where the last seal was altered, or
    is not the one that was taken last.
    """
    must(may_seal, actor)
    return take_and_note(database, clock, actor, folder_of(database, folder), signing_key(database, folder))


def take_and_note(database: Database, clock: Clock, actor: Actor, key_folder: Path, *signers: Key) -> Seal | None:
    """Takes a seal and notes it beside the key: what was signed before, the record must still hold."""
    _note_missed(database, key_folder, *signers)
    made = seals.take(database, signers, actor, clock.now())
    if made is not None:
        noted.note(key_folder, made)
    return made


def note_missed_seal(database: Database, actor: Actor, folder: str | None = None) -> Seal | None:
    """Notes the last seal beside the key, where whoever took it was killed before. Raises KeyMissing, NotPermitted, Held, AuditBroken where
    the record does not hold what was noted, or nobody here took that seal.
    """
    must(may_seal, actor)
    return _note_missed(database, folder_of(database, folder), signing_key(database, folder))


def _note_missed(database: Database, key_folder: Path, *signers: Key) -> Seal | None:
    known = noted.read(key_folder, signers[0].name)
    must_go_on(database, known)
    return note_missed(database, key_folder, known, [key.verifier for key in signers])


def key_location(database: Database, folder: str | None = None) -> KeyLocation:
    """The key in force. Raises KeyMissing where the record never had one."""
    public = seals.key_in_force(database)
    if public is None:
        raise KeyMissing(reason="key-never-made")
    path = keys.file_of(folder_of(database, folder), public)
    try:
        return KeyLocation(public, path, content(path) is not None)
    except Withheld:
        return KeyLocation(public, path, False, withheld=True)
    except OSError:  # something else lies there
        return KeyLocation(public, path, False)


def rotate(
    database: Database, clock: Clock, actor: Actor, folder: str | None = None, *, lost: bool = False, known: str | None = None,
) -> KeyLocation:
    """Puts a new key in force. Old and new key sign that, and a seal that is taken at once; then the old key's file is deleted. Old seals
    stay verifiable.

    With `lost` the old key's word is missing, and the event says so for ever; that is refused while the old key is here, and it takes the
    `known` key or that another person asked. Raises KeyMissing, NotPermitted, NotPossible, UsageError, Refused, Conflict.
    """
    must(may_administer, actor)
    key_folder = folder_of(database, folder)
    before = seals.key_in_force(database)
    if lost:
        must_be_lost(key_folder, before)
    old = None if lost else signing_key(database, folder)
    if before is not None:
        must_go_on(database, noted.read(key_folder, before.name))
    new = keys.make(key_folder, before.name if before else keys.new_origin(setting(database, OFFICE_SETTING) or DEFAULT_OFFICE))
    try:
        with database.write():
            begin_administering(database, actor, clock.now())
            if before is None:
                seals.begin(database, new.verifier, actor, clock.now())
            else:
                seals.hand_over(database, old or vouched(database, actor, before, known), new, actor, clock.now())
    except (NotPermitted, UsageError, Refused, Conflict):  # of anything else nobody can tell whether the key came into force
        keys.forget(key_folder, new.verifier)
        raise
    if before is not None:  # what the new key is to speak for, it seals
        take_and_note(database, clock, actor, key_folder, *(key for key in (new, old) if key is not None))
    if old is not None:
        keys.forget(key_folder, old.verifier)
    return KeyLocation(new.verifier, keys.file_of(key_folder, new.verifier), True)


def anchor(database: Database, folder: str | None = None, *, key: str | None = None, accept_lost: Collection[Verifier] = ()) -> Anchor:
    """What is known of the record from outside of it: the key that somebody gives, else one that lies on this machine, and the checkpoints
    noted beside that. Raises UsageError where the key is not written as a verifier key.
    """
    key_folder, given = folder_of(database, folder), known_key(key)
    lists = {key.name: read for key in (given, _shown_key(database)) if key and (read := _list_now(key_folder, key.name)) is not None}

    def known(origin: str) -> Listed:
        """A list as it was before the record is read: a seal taken meanwhile stands on it, and not in what is read. Others grow no more."""
        try:
            return lists[origin] if origin in lists else noted.read_lines(key_folder, origin)
        except Withheld:  # it is said that nothing was compared
            return Listed({})

    return Anchor(given or _key_here(database, key_folder), known, accept_lost)


def _list_now(key_folder: Path, origin: str) -> Listed | None:
    """The list of a name; None for one that cannot be read, which whoever compares it says."""
    try:
        return noted.read_lines(key_folder, origin)
    except ZgError:
        return None


def _key_here(database: Database, key_folder: Path) -> Verifier | None:
    """The key that lies on this machine: that of the record, else whichever is here, so that another record in its place is found. A copy
    of before a change of keys has one that went, and the list beside the key knows its last seal: of that record no other key is known,
    but that of a copy of it that goes on under another name.
    """
    here, in_force = list(keys.all_of(key_folder)), _shown_key(database)
    if in_force in here:
        return in_force
    if in_force is not None and _is_listed(database, key_folder, in_force.name):
        here = [key for key in here if key.name != in_force.name and _is_of_a_copy(key_folder, key.name)]
    return next(iter(here), None)


def _is_of_a_copy(key_folder: Path, origin: str) -> bool:
    """Whether seals of this name go on from those of another one: the list of a record of its own begins with the first."""
    listed = _list_now(key_folder, origin)
    return listed is not None and min(listed.points, default=1) > 1


def _is_listed(database: Database, key_folder: Path, origin: str) -> bool:
    """Whether the last seal of a record is one that was noted beside the key."""
    try:
        last = last_seal(database)
        return last is not None and noted.read_lines(key_folder, origin).points.get(last.n) == last.checkpoint()
    except ZgError:  # the audit names what is wrong with it
        return False


def known_witnesses(texts: Iterable[str]) -> tuple[Verifier, ...]:
    """The keys of witnesses that somebody gives, each once. Raises UsageError where one is none."""
    try:
        found = {Verifier.parse(text.strip()): None for text in texts}
        if any(key.kind not in COSIGNATURES for key in found):
            raise ValueError("the key of no witness")
    except ValueError:
        raise UsageError(reason="usage-witness") from None
    return tuple(found)


def looked_into(texts: Iterable[str]) -> frozenset[Verifier]:
    """The keys that follow lost ones which somebody looked into. Raises UsageError where one is none."""
    found = {verifier(text.strip()) for text in texts}
    if None in found:
        raise UsageError(reason="usage-accept-lost")
    return frozenset(key for key in found if key is not None)


def _shown_key(database: Database) -> Verifier | None:
    """The key that the record says is in force; None where it says none that can be read, which the audit names."""
    try:
        return seals.key_in_force(database)
    except AuditBroken:
        return None


def check_code(taken: Iterable[Seal], code: str) -> Seal:
    """The seal of a short form copied from a letter, among those of a record or of an exported file.

    Raises AuditBroken where the seal of that number has another one, or is not there.
    """
    n = number_of_code(code)
    found = next((seal for seal in taken if seal.n == n), None)
    if found is None or not same_code(code, found.code()):
        raise AuditBroken(reason="code-differs", said=code, code=found.code() if found else None)
    return found


def first_key(database: Database, folder: str | None = None, office: str = DEFAULT_OFFICE) -> Key:
    """The key of a record that is just being founded, and with it the record's name among all records."""
    return keys.make(folder_of(database, folder), keys.new_origin(office))


def signing_key(database: Database, folder: str | None = None) -> Key:
    """The key in force, which lies on this machine. Raises KeyMissing."""
    return keys.read(folder_of(database, folder), key_location(database, folder).public)
