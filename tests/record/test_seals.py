"""Seals on both databases: what they cover, what they cost, what happens to their key."""

from __future__ import annotations

import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.audit import key, seals
from engine.audit.key import Key, KeyMissing
from engine.audit.key_folder import folder_of
from engine.errors import AuditBroken, Conflict, ZgError
from engine.record import journal, queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.row_change import readable
from engine.rules.access import Actor
from engine.rules.acts.lost_key import Vouched
from engine.rules.proof.keys import handed_over
from engine.rules.proof.merkle import Frontier
from tests.record.conftest import NOON, Office
from tests.signing import ORIGIN, key_of

WATCH = Actor("watch", "watch", None, "watch")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def signer(database: Database, folder: Path) -> Key:
    """The key in force of a record."""
    made = key.make(folder, ORIGIN)
    with database.write():
        seals.begin(database, made.verifier, WATCH, NOON)
    return made


def take(db: Database, signer: Key) -> Any:
    return seals.take(db, [signer], WATCH, NOON)


def leaves(db: Database, upto: int) -> list[bytes]:
    return [row[0] for row in db.rows("SELECT hash FROM event WHERE id <= :upto ORDER BY id", upto=upto)]


def test_a_seal_is_the_signed_root_of_every_event(office: Office, signer: Key) -> None:
    office.assigned()
    seal = take(office.db, signer)
    assert (seal.n, seal.size) == (1, 3)
    assert seal.root == Frontier().grown(leaves(office.db, seal.upto)).root()
    assert seal.signed().signers([signer.verifier]) == [signer.verifier]
    assert seal.note.startswith(f"{ORIGIN}\n3\n")
    assert seals.last_seal(office.db) == seal


def test_sealing_is_an_event_that_the_next_seal_covers(office: Office, signer: Key) -> None:
    first = take(office.db, signer)
    event = readable(journal.read_events(office.db, 0)[-1])
    assert (event.kind, event.data) == ("sealed", {"n": 1, "upto": first.upto, "size": 1, "root": first.root.hex()})
    office.open()
    second = take(office.db, signer)
    assert second.size == 3
    assert [seal.n for seal in seals.all_seals(office.db)] == [1, 2]


def test_nothing_new_is_no_seal(office: Office, signer: Key) -> None:
    assert take(office.db, signer) is not None
    assert take(office.db, signer) is None
    assert len(journal.read_events(office.db, 0)) == 2


def test_sealing_reads_only_what_is_new(office: Office, signer: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "PIECE", 2)
    for _ in range(5):
        office.open()
    take(office.db, signer)
    office.open()
    read: list[int] = []
    real = office.db.rows

    def rows(sql: str, /, **values: Any) -> Any:
        found = real(sql, **values)
        read.extend(row[0] for row in found if sql == queries.HASHES)
        return found

    monkeypatch.setattr(office.db, "rows", rows)
    take(office.db, signer)
    assert len(read) == 2  # the event `sealed`, and what was opened


def test_another_sealer_that_was_faster_leaves_nothing_to_do(office: Office, signer: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    real, late = seals._keep, []

    def keep(db: Database, seal: Any, *rest: Any) -> None:
        if not late:
            late.append(seal)
            real(db, seal, *rest)
        real(db, seal, *rest)

    monkeypatch.setattr(seals, "_keep", keep)
    assert take(office.db, signer) is None
    assert len(seals.all_seals(office.db)) == 1


@pytest.mark.parametrize("sealed_before", [False, True])
def test_a_seal_that_another_takes_between_two_reads_is_no_altered_one(
    office: Office, record_url: str, signer: Key, monkeypatch: pytest.MonkeyPatch, sealed_before: bool,
) -> None:
    office.open()
    if sealed_before:
        take(office.db, signer)
        office.open()
    real, theirs = seals.last_seal, []

    def last_seal(db: Database) -> Any:
        found = real(db)
        if db is office.db and not theirs:
            with closing(connect(record_url)) as other:
                theirs.append(take(other, signer))
        return found

    monkeypatch.setattr(seals, "last_seal", last_seal)
    assert take(office.db, signer) is None
    assert theirs == [real(office.db)]


@pytest.mark.parametrize("change", [
    "size = size + 1", "at = '2020-09-01T00:00:00.000000Z'", "upto = upto + 1", "note = 'x'",
    "root = (SELECT hash FROM event ORDER BY id LIMIT 1)", "note = replace(note, 'zg/ZG', 'zg/ZH')",
])
def test_nothing_is_built_on_a_seal_that_was_altered(office: Office, signer: Key, tamper: Any, change: str) -> None:
    office.open()
    office.open()
    take(office.db, signer)
    office.open()
    office.open()
    tamper(f"UPDATE seal SET {change}")
    with pytest.raises(AuditBroken):
        take(office.db, signer)
    assert len(seals.all_seals(office.db)) == 1


def test_nothing_is_built_where_all_seals_were_taken_away(office: Office, signer: Key, tamper: Any) -> None:
    take(office.db, signer)
    office.open()
    tamper("DELETE FROM seal")
    with pytest.raises(AuditBroken):
        take(office.db, signer)


def test_a_key_that_is_no_longer_in_force_seals_nothing(office: Office, signer: Key, folder: Path) -> None:
    new = key.make(folder, ORIGIN)
    with office.db.write():
        seals.hand_over(office.db, signer, new, WATCH, NOON)
    assert take(office.db, signer) is None
    seal = seals.take(office.db, [new, signer], WATCH, NOON)
    assert seal is not None and seal.signed().signers([signer.verifier, new.verifier]) == [new.verifier, signer.verifier]


def test_a_seal_of_the_key_before_is_built_on(office: Office, signer: Key) -> None:
    take(office.db, signer)
    with office.db.write():
        seals.hand_over(office.db, signer, key_of(9), WATCH, NOON)
    assert take(office.db, key_of(9)).n == 2


def test_both_keys_sign_that_one_follows_the_other_and_the_event_says_so(office: Office, signer: Key) -> None:
    new = key_of(9)
    with office.db.write():
        seals.hand_over(office.db, signer, new, WATCH, NOON)
    data = readable(journal.read_events(office.db, 0)[-1]).data
    assert data["replaces"] == str(signer.verifier) and data["algorithms"]["signature"] == "ed25519"
    assert handed_over(data["note"], signer.verifier, new.verifier)
    assert seals.key_in_force(office.db) == new.verifier


def test_a_lost_key_is_replaced_without_its_word_and_the_event_says_so(office: Office, signer: Key) -> None:
    with office.db.write():
        seals.hand_over(office.db, Vouched(), key_of(9), WATCH, NOON)
    data = readable(journal.read_events(office.db, 0)[-1]).data
    assert (data["replaces"], data["lost"], "note" in data) == (str(signer.verifier), True, False)


def test_a_key_that_is_not_in_force_hands_nothing_over(office: Office, signer: Key) -> None:
    with pytest.raises(Conflict), office.db.write():
        seals.hand_over(office.db, key_of(8), key_of(9), WATCH, NOON)


def test_a_record_has_one_first_key(office: Office, signer: Key) -> None:
    with pytest.raises(Conflict), office.db.write():
        seals.begin(office.db, key_of(9).verifier, WATCH, NOON)


def test_key_and_folder_are_for_their_owner_only(folder: Path) -> None:
    made = key.make(folder, ORIGIN)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(key.file_of(folder, made.verifier).stat().st_mode) == 0o600
    assert key.read(folder, made.verifier).verifier == made.verifier


def test_a_key_never_shows_its_private_part(folder: Path) -> None:
    made = key.make(folder, ORIGIN)
    private = made._private.private_bytes_raw()
    assert private.hex() not in repr(made)
    assert str(private) not in repr(made)


def test_a_key_that_is_missing_broken_or_another_one_is_told(folder: Path) -> None:
    made, other = key.make(folder, ORIGIN), key.make(folder, ORIGIN)
    key.file_of(folder, made.verifier).write_bytes(key.file_of(folder, other.verifier).read_bytes())
    with pytest.raises(KeyMissing):
        key.read(folder, made.verifier)
    key.file_of(folder, made.verifier).write_text("no key")
    with pytest.raises(KeyMissing):
        key.read(folder, made.verifier)
    key.forget(folder, made.verifier)
    with pytest.raises(KeyMissing):
        key.read(folder, made.verifier)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ZgError, match="key-not-kept"):
        key.make(tmp_path / "file" / "keys", ORIGIN)


def test_keys_lie_beside_a_file_or_where_the_settings_say(sqlite_url: str, tmp_path: Path) -> None:
    with closing(connect(sqlite_url)) as db:
        assert folder_of(db) == tmp_path / "zg.db.keys"
        assert folder_of(db, str(tmp_path / "safe")) == tmp_path / "safe"


@pytest.mark.postgres
def test_keys_of_a_server_lie_in_the_users_data_folder(postgresql_url: str) -> None:
    with closing(connect(postgresql_url)) as db:
        assert folder_of(db).parts[-3:-1] == ("zhenggai", "keys")
