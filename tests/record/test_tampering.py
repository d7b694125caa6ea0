"""Every way of bending the record by hand, on both databases: each is found, and named with ticket, event, field or seal."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from engine.audit import seals, verify
from engine.audit.audited import Audited
from engine.audit.key import Key
from engine.record import event_rows, journal, queries
from engine.record.aggregates import TICKETS
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.access import Actor
from engine.rules.acts.lost_key import Vouched
from engine.rules.proof.anchor import Anchor, Listed
from engine.rules.proof.chain import GENESIS, canonical
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.finding import Finding
from engine.rules.proof.note import Note, Signature
from engine.rules.ticket import evolve
from tests.record.conftest import NOON, Office, furnish
from tests.signing import FIRST, key_of

WATCH = Actor("watch", "watch", None, "watch")
Tamper = Callable[..., None]


@pytest.fixture
def sealed(office: Office) -> Office:
    """Three tickets with a history, each followed by a seal, and something after the last one."""
    with office.db.write():
        seals.begin(office.db, FIRST.verifier, WATCH, NOON)
    for number in (1, 2, 3):
        office.assigned("FGW", ("GAJ",))
        office.do(number, "rectifying", {"turn": "lead"}, {"note": "已签收"})
        assert seals.take(office.db, [FIRST], WATCH, NOON) is not None
    office.do(2, "submitted", {"turn": "office"}, {"note": "已整改"})
    return office


def findings(db: Database) -> list[Finding]:
    return list(verify.verify(db))


def named(db: Database) -> set[tuple[str, object]]:
    """Code, and what is named with it: the event of a ticket, the seal."""
    return {(finding.code, finding.seal or (finding.number, finding.seq)) for finding in findings(db)}


def test_an_untouched_record_verifies_with_its_seals(sealed: Office) -> None:
    audited = Audited()
    assert list(verify.verify(sealed.db, audited)) == []
    assert (audited.events, audited.tickets, audited.seals) == (14, 3, 3)


def test_one_ticket_is_verified_by_itself(sealed: Office, tamper: Tamper) -> None:
    tamper("UPDATE ticket SET level = 4 WHERE id = 3")
    assert list(verify.verify(sealed.db, ticket=2)) == []
    assert [finding.field for finding in verify.verify(sealed.db, ticket=3)] == ["level"]


def test_what_was_read_is_told_for_a_bar(sealed: Office) -> None:
    counts: list[int] = []
    list(verify.verify(sealed.db, tick=counts.append))
    assert sum(counts) == 14 + 12  # what came after the last seal is read once
    assert verify.event_count(sealed.db) == 14


EVENT_COLUMNS = [column for column in queries.EVENT_COLUMNS.split(", ") if column not in ("stream", "seq")]


def flipped(value: Any, place: int) -> Any:
    """The value with one bit turned; a time by a microsecond."""
    if isinstance(value, str):
        at = place % len(value)
        return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
    if isinstance(value, bytes):
        at = place % len(value)
        return value[:at] + bytes([value[at] ^ 1 << place % 8]) + value[at + 1 :]
    return value + timedelta(microseconds=1)


@pytest.mark.parametrize("column", [*EVENT_COLUMNS, "hash"])
def test_one_bit_of_any_byte_of_any_column_of_an_event_is_named(sealed: Office, tamper: Tamper, column: str) -> None:
    (value,) = sealed.db.row(f"SELECT {column} FROM event WHERE stream = 2 AND seq = 3") or (None,)
    if value is None:
        tamper(f"UPDATE event SET {column} = 'x' WHERE stream = 2 AND seq = 3")
        assert ("altered", ("ZG-2026-0002", 3)) in named(sealed.db)
        return
    length = len(value) if isinstance(value, str | bytes) else 1
    for place in range(0, length, max(1, length // 12)):
        tamper(f"UPDATE event SET {column} = :value WHERE stream = 2 AND seq = 3", value=flipped(value, place))
        first = findings(sealed.db)[0]
        assert (first.code, first.number, first.seq) == ("words" if column == "words" else "altered", "ZG-2026-0002", 3), place
    tamper(f"UPDATE event SET {column} = :value WHERE stream = 2 AND seq = 3", value=value)
    assert findings(sealed.db) == []


def test_an_event_removed_from_the_middle_is_named_by_ticket_and_by_seal(sealed: Office, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE stream = 2 AND seq = 2")
    assert {("gap", ("ZG-2026-0002", 2)), ("sealed", 2)} <= named(sealed.db)


def rewound(office: Office, tamper: Tamper, ticket: int, version: int) -> None:
    """A ticket put back to an earlier version with everything that tells of it, as a careful hand would do it."""
    history = [(event, head) for event, head in journal.stored_events(office.db, ticket) if event.seq <= version]
    state = None
    for event, _ in history:
        state = evolve(state, event)
    assert state is not None
    values = TICKETS.values(state, history[-1][1])
    tamper("DELETE FROM event WHERE stream = :ticket AND seq > :version", ticket=ticket, version=version)
    tamper(f"UPDATE ticket SET {', '.join(f'{name} = :{name}' for name in values)} WHERE id = :id", **values)


def test_events_cut_off_the_end_are_found_by_the_seal_alone(sealed: Office, tamper: Tamper) -> None:
    rewound(sealed, tamper, 3, 2)
    (only,) = findings(sealed.db)
    assert (only.code, only.seal) == ("sealed", 3)
    assert (only.field or "").startswith("missing")


def test_what_came_after_the_last_seal_can_be_cut_off_unseen(sealed: Office, tamper: Tamper) -> None:
    """The limit that docs/trust.md tells of; the next seal closes it."""
    rewound(sealed, tamper, 2, 3)
    assert findings(sealed.db) == []


def test_a_whole_ticket_removed_with_its_number_is_found_by_the_seal(sealed: Office, tamper: Tamper) -> None:
    for table, column in (("cooperator", "ticket"), ("ticket", "id"), ("event", "stream")):
        tamper(f"DELETE FROM {table} WHERE {column} = 3")
    tamper("UPDATE counter SET last = 2")
    assert named(sealed.db) == {("sealed", 3)}


def test_two_events_swapped_are_named(sealed: Office, tamper: Tamper) -> None:
    tamper("UPDATE event SET seq = 99 WHERE stream = 2 AND seq = 2")
    tamper("UPDATE event SET seq = 2 WHERE stream = 2 AND seq = 3")
    tamper("UPDATE event SET seq = 3 WHERE stream = 2 AND seq = 99")
    assert findings(sealed.db)[0] == Finding("altered", 2, "ZG-2026-0002", 2)


def rewritten(office: Office, tamper: Tamper, ticket: int, actor: str) -> None:
    """Somebody with the whole database: another actor in the first event, and every hash and the row made to fit."""
    head, state = GENESIS, None
    for event, _ in journal.stored_events(office.db, ticket):
        forged = event._replace(actor=actor) if event.seq == 1 else event
        head = event_rows.values_of(forged, head)[1]
        state = evolve(state, forged)
        tamper("UPDATE event SET actor = :actor, hash = :hash WHERE stream = :stream AND seq = :seq", actor=forged.actor, hash=head,
               stream=ticket, seq=event.seq)
    assert state is not None
    tamper("UPDATE ticket SET opened_by = :actor, officer = :officer, head = :head WHERE id = :id", actor=state.opened_by,
           officer=state.officer, head=head, id=ticket)


def test_a_history_hashed_anew_to_the_end_is_found_by_the_seal_alone(sealed: Office, tamper: Tamper) -> None:
    rewritten(sealed, tamper, 1, "somebody")
    (only,) = findings(sealed.db)
    assert (only.code, only.seal) == ("sealed", 1)
    assert (only.field or "").startswith("altered")


def test_after_a_bad_stretch_later_seals_are_judged_by_themselves(sealed: Office, tamper: Tamper) -> None:
    rewritten(sealed, tamper, 1, "somebody")
    rewritten(sealed, tamper, 3, "somebody")
    assert named(sealed.db) == {("sealed", 1), ("sealed", 3)}


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_seal_removed_is_named(sealed: Office, tamper: Tamper, n: int) -> None:
    tamper(f"DELETE FROM seal WHERE n = {n}")
    assert ("no-seal", n) in named(sealed.db)


@pytest.mark.parametrize("change", [
    "upto = upto - 1", "size = size + 1", "root = (SELECT root FROM seal WHERE n = 1)", "note = 'x'",
    "frontier = (SELECT frontier FROM seal WHERE n = 3)", "note = note || ' '", "note = replace(note, '\n\n', '\nmore\n\n')",
])
def test_a_seal_altered_is_named(sealed: Office, tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE seal SET {change} WHERE n = 2")
    assert ("seal", 2) in named(sealed.db)


def resealed(office: Office, tamper: Tamper, *, first: Key, then: Key | None = None) -> None:
    """A forger: the history rewritten, and sealed anew by a key of his own as if it had been the first."""
    tamper("DELETE FROM seal")
    tamper("DELETE FROM event WHERE stream = 0 AND kind = 'sealed'")
    rewritten(office, tamper, 1, "somebody")
    facts = {"name": "key", "key": str(first.verifier)}
    tamper("UPDATE event SET data = :data WHERE stream = 0 AND seq = 1", data=canonical(facts))
    tamper("UPDATE setting SET value = :key WHERE name = 'key'", key=str(first.verifier))
    head, seq = GENESIS, 0
    for event, _ in journal.stored_events(office.db, 0):
        head, seq = event_rows.values_of(event._replace(seq=seq + 1), head)[1], seq + 1
        tamper("UPDATE event SET seq = :new, hash = :hash WHERE stream = 0 AND seq = :seq", new=seq, seq=event.seq, hash=head)
    tamper("UPDATE setting SET value = :value WHERE name = :name", name=journal.ADMINISTRATION_HEAD, value=f"{seq} {head.hex()}")
    assert seals.take(office.db, [first], WATCH, NOON) is not None
    if then is not None:
        forged = seals.hand_over_text(first.verifier, then.verifier)
        note = Note(forged, (first.sign(forged), Signature.by(then.verifier, bytes(64))))
        with office.db.write():
            seals._put(office.db, then.verifier, {"replaces": str(first.verifier), "note": str(note)}, WATCH, NOON)
        assert seals.take(office.db, [then], WATCH, NOON) is not None


def test_a_history_sealed_anew_under_another_first_key_is_named(sealed: Office, tamper: Tamper) -> None:
    resealed(sealed, tamper, first=key_of(66))
    assert Finding("key", field="trusted") in list(verify.verify(sealed.db, anchor=Anchor(FIRST.verifier)))


def test_a_first_key_of_a_forger_that_hands_over_to_the_known_one_is_named(sealed: Office, tamper: Tamper) -> None:
    """The known key never said whom it follows, though it sealed what came after."""
    resealed(sealed, tamper, first=key_of(66), then=FIRST)
    found = list(verify.verify(sealed.db, anchor=Anchor(FIRST.verifier)))
    assert [(item.code, item.stream) for item in found if item.code.startswith(("key", "seal"))] == [("key", 0)]


def test_a_key_replaced_as_lost_is_named_until_somebody_looked_into_it(sealed: Office) -> None:
    with sealed.db.write():
        seals.hand_over(sealed.db, Vouched(), key_of(2), WATCH, NOON)
    for known in (Anchor(), Anchor(FIRST.verifier)):
        assert [(item.code, item.stream) for item in verify.verify(sealed.db, anchor=known)] == [("key-lost", 0)]
    follows = Anchor(key_of(2).verifier, accept_lost=[key_of(2).verifier])
    assert list(verify.verify(sealed.db, anchor=follows)) == [Finding("key", field="trusted")], "it signed nothing"
    assert seals.take(sealed.db, [key_of(2)], WATCH, NOON) is not None
    assert list(verify.verify(sealed.db, anchor=follows)) == []


def test_a_key_replaced_as_lost_by_one_person_who_does_not_say_the_known_one_is_named(sealed: Office) -> None:
    for asked in (1, 99):
        with sealed.db.write():
            seals.hand_over(sealed.db, Vouched(asked), key_of(2 + asked), WATCH, NOON)
        found = list(verify.verify(sealed.db, anchor=Anchor(FIRST.verifier, accept_lost=[key_of(3).verifier, key_of(101).verifier])))
        assert {(item.code, item.field) for item in found} == {("unlawful", "lost-not-asked")}


def test_all_seals_removed_is_named_by_what_was_noted(sealed: Office, tamper: Tamper) -> None:
    noted = {seal.n: seal.checkpoint() for seal in seals.all_seals(sealed.db)}
    tamper("DELETE FROM seal")
    found = list(verify.verify(sealed.db, anchor=Anchor(FIRST.verifier, lambda origin: Listed(noted))))
    assert {item.seal for item in found if item.code == "seal-gone"} == {1, 2, 3}


def test_all_seals_but_the_first_removed_with_what_came_after_is_named(sealed: Office, tamper: Tamper) -> None:
    noted = {seal.n: seal.checkpoint() for seal in seals.all_seals(sealed.db)}
    last, seq, head = sealed.db.rows("SELECT id, seq, hash FROM event WHERE kind = 'sealed' ORDER BY id LIMIT 1")[0]
    for statement in (
        "DELETE FROM cooperator WHERE ticket > 1", "DELETE FROM ticket WHERE id > 1", "DELETE FROM seal WHERE n > 1",
        f"DELETE FROM event WHERE id > {last}",
        f"UPDATE setting SET value = '{seq} {head.hex()}' WHERE name = '{journal.ADMINISTRATION_HEAD}'",
    ):
        tamper(statement)
    known = Anchor(FIRST.verifier, lambda origin: Listed(noted))
    beside = {"number", "ids"}  # the counters were not put back
    assert [(item.code, item.seal) for item in verify.verify(sealed.db, anchor=known) if item.code not in beside] == [("copy-behind", 3)]


def test_a_seal_that_is_another_than_was_noted_is_named(sealed: Office) -> None:
    found = list(verify.verify(sealed.db, anchor=Anchor(FIRST.verifier, lambda origin: Listed({2: Checkpoint(origin, 7, bytes(32))}))))
    assert found == [Finding("seal-other", seal=2)]


def test_a_key_changed_in_the_settings_is_named(sealed: Office, tamper: Tamper) -> None:
    tamper("UPDATE setting SET value = 'ff' WHERE name = 'key'")
    assert findings(sealed.db) == [Finding("key", 0, field="setting")]


def test_words_altered_with_their_salt_are_named(sealed: Office, tamper: Tamper) -> None:
    for words in ({"salt": "grain", "text": {"note": "未签收"}}, {"salt": "other", "text": {"note": "已签收"}}, {"text": {}}):
        tamper("UPDATE event SET words = :words WHERE stream = 2 AND seq = 3", words=json.dumps(words, ensure_ascii=False))
        assert findings(sealed.db) == [Finding("words", 2, "ZG-2026-0002", 3)]


@pytest.mark.parametrize("words", [
    '{"text": {"note": "已签收"}, "salt": "grain"}', '{"salt":"grain","text":{"note":"未签收"},"text":{"note":"已签收"}}',
    '{"salt":"grain","text":{"note":"未签收","note":"已签收"}}', '{"more":1,"salt":"grain","text":{"note":"已签收"}}',
])
def test_words_that_we_do_not_spell_so_are_named_though_their_digest_fits(sealed: Office, tamper: Tamper, words: str) -> None:
    tamper("UPDATE event SET words = :words WHERE stream = 2 AND seq = 3", words=words)
    assert findings(sealed.db) == [Finding("words", 2, "ZG-2026-0002", 3)]


@pytest.mark.parametrize("gone", ["event", "seal"])
def test_everything_gone_is_named(sealed: Office, tamper: Tamper, gone: str) -> None:
    if gone == "event":
        tamper("DELETE FROM cooperator")
        tamper("DELETE FROM ticket")
    tamper(f"DELETE FROM {gone}")
    assert {code for code, _ in named(sealed.db)} >= ({"sealed", "number", "cut"} if gone == "event" else {"no-seal"})


def test_bytes_that_are_no_text_any_more_are_named(sqlite_url: str) -> None:
    with closing(connect(sqlite_url)) as db:
        furnish(db)
        Office(db).assigned()
        for column in ("data", "actor", "words", "at", "kind"):
            (value,) = db.row(f"SELECT {column} FROM event WHERE seq = 1") or (None,)
            with db.write():
                db.run(f"UPDATE event SET {column} = CAST(x'7bff' || zeroblob(30) AS TEXT) WHERE seq = 1")
            assert ("altered" if column != "words" else "words", ("ZG-2026-0001", 1)) in named(db), column
            with db.write():
                db.run(f"UPDATE event SET {column} = :value WHERE seq = 1", value=value)
        assert findings(db) == []
