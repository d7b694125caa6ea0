"""What seals prove, on events made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.audit.key import Key
from engine.rules.proof.anchor import LOST_IS_SAID, UNKNOWN, Anchor, Listed
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.cosignature import COSIGNATURE
from engine.rules.proof.finding import Finding
from engine.rules.proof.going_on import LIST, NOBODY, WITNESS, GoingOn
from engine.rules.proof.keys import ALGORITHMS, Keys, Left, SealEvent, hand_over_text
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.note import Note, Signature, Verifier
from engine.rules.proof.seal import Seal, next_seal
from engine.rules.proof.sealed import finding, findings, findings_around
from tests.signing import key_of

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OLD, NEW = key_of(1), key_of(2)
LEAVES = [(id_, bytes([id_]) * 32) for id_ in (1, 2, 3, 5, 6, 7, 9, 10, 11, 12)]
"""Ids have gaps, where a transaction came to nothing."""


def note_of(tree: Frontier | Seal, *signers: Key) -> Note:
    root = tree.root() if isinstance(tree, Frontier) else tree.root
    text = Checkpoint(signers[0].name, tree.size, root).text()
    return Note(text, tuple(key.sign(text) for key in signers))


def sealed(last: Seal | None, upto: int, *signers: Key) -> Seal:
    after = last.upto if last else 0
    tree = (last.tree() if last else Frontier()).grown(hash_ for id_, hash_ in LEAVES if after < id_ <= upto)
    return next_seal(last, tree, upto, AT + timedelta(days=upto), note_of(tree, *signers))


def told(seq: int, seal: Seal) -> SealEvent:
    return seq, "sealed", {"n": seal.n, "upto": seal.upto, "size": seal.size, "root": seal.root.hex()}


def handed(old: Key, new: Key, *signers: Key) -> str:
    text = hand_over_text(old.verifier, new.verifier)
    return str(Note(text, tuple(key.sign(text) for key in signers)))


def rotated(seq: int, **change: Any) -> SealEvent:
    return seq, "set", {
        "name": "key", "key": str(NEW.verifier), "replaces": str(OLD.verifier), "note": handed(OLD, NEW, OLD, NEW), **change,
    }


FIRST_KEY: SealEvent = (1, "set", {"name": "key", "key": str(OLD.verifier)})
ONE = sealed(None, 3, OLD)
TWO = sealed(ONE, 7, OLD)
THREE = sealed(TWO, 11, NEW, OLD)
SEALS = [ONE, TWO, THREE]
EVENTS = [FIRST_KEY, (2, "set", {"name": "office"}), told(3, ONE), told(4, TWO), rotated(5), told(6, THREE)]


def found(
    seals: list[Seal] | None = None, events: list[SealEvent] | None = None, leaves: list[tuple[int, bytes]] | None = None,
) -> list[Finding]:
    keys = Keys()
    keys.read(EVENTS if events is None else events)
    return list(findings(SEALS if seals is None else seals, keys, LEAVES if leaves is None else leaves))


def resigned(seal: Seal, signer: Key = NEW, **change: Any) -> Seal:
    changed = replace(seal, **change)
    return replace(changed, note=str(note_of(changed, signer)))


def test_seals_that_nobody_touched_have_no_flaw() -> None:
    assert found() == []
    assert found([], []) == []


def test_events_after_the_last_seal_are_not_its_business() -> None:
    assert found(leaves=[*LEAVES[:-1], (12, b"x" * 32)]) == []


@pytest.mark.parametrize(("change", "expected"), [
    (lambda leaves: [(id_, b"x" * 32 if id_ == 6 else hash_) for id_, hash_ in leaves], finding("sealed", 2, field="altered 4-7")),
    (lambda leaves: [leaf for leaf in leaves if leaf[0] != 6], finding("sealed", 2, field="missing 4-7")),
    (lambda leaves: sorted([*leaves, (4, b"x" * 32)]), finding("sealed", 2, field="added 4-7")),
    (lambda leaves: leaves[:8], finding("sealed", 3, field="missing 8-11")),
    (lambda leaves: [(1, leaves[1][1]), (2, leaves[0][1]), *leaves[2:]], finding("sealed", 1, field="altered 1-3")),
])
def test_events_that_are_not_those_that_were_sealed_are_named_by_their_seal_alone(change: Callable[..., Any], expected: Finding) -> None:
    assert found(leaves=change(LEAVES)) == [expected]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_seal_that_was_removed_is_named(n: int) -> None:
    assert finding("no-seal", n, {1: 3, 2: 4, 3: 6}[n]) in found([seal for seal in SEALS if seal.n != n])


def test_a_gap_in_the_numbers_is_named_even_if_no_event_tells_of_it() -> None:
    assert finding("no-seal", 2) in found([ONE, THREE], [FIRST_KEY, told(3, ONE), rotated(5), told(6, THREE)])


@pytest.mark.parametrize(("change", "field"), [
    ({"root": bytes(32)}, "note"), ({"size": 3}, "note"), ({"note": "x"}, "note"), ({"note": TWO.note}, "note"),
    ({"note": str(Note(THREE.signed().text, (NEW.sign("x"),)))}, "signature"),
    ({"note": str(Note(THREE.signed().text, (*THREE.signed().signatures[:1], OLD.sign("x"))))}, "signature"),
])
def test_a_seal_that_is_not_what_was_signed_is_named(change: dict[str, Any], field: str) -> None:
    assert finding("seal", 3, field=field) in found([ONE, TWO, replace(THREE, **change)])


def test_signatures_of_kinds_that_nobody_knows_are_ignored() -> None:
    """The place of a second algorithm, such as SM2 with SM3: its line stands beside ours, under a key id of its own."""
    other = Signature(NEW.name, bytes.fromhex("ff736d32"), b"sm2-with-sm3" * 6)
    assert found([ONE, TWO, replace(THREE, note=str(Note(THREE.signed().text, (other, *THREE.signed().signatures))))]) == []


def test_a_signed_seal_whose_parts_do_not_belong_together_is_named() -> None:
    assert finding("seal", 3, field="root") in found([ONE, TWO, resigned(THREE, frontier=b"x" * len(THREE.frontier))])


@pytest.mark.parametrize("change", [{"upto": 7}, {"upto": 6}])
def test_a_seal_that_does_not_follow_the_one_before_is_named(change: dict[str, Any]) -> None:
    assert finding("seal", 3, field="previous") in found([ONE, TWO, resigned(THREE, **change)])


def test_a_seal_that_is_not_the_one_the_event_tells_of_is_named() -> None:
    assert finding("seal", 3, 6, "upto") in found([ONE, TWO, resigned(THREE, upto=12)])


def test_a_seal_that_no_event_tells_of_is_named() -> None:
    assert found(events=[event for event in EVENTS if event[0] != 6]) == [finding("untold", 3)]
    assert found([ONE, TWO, resigned(THREE)], [event for event in EVENTS if event[0] < 5]) == [finding("untold", 3), finding("key", 3)]


def test_a_seal_by_another_key_than_was_in_force_is_named() -> None:
    assert found([ONE, TWO, resigned(THREE, OLD)]) == [finding("key", 3, 6)]
    assert found([ONE, resigned(TWO, NEW), THREE]) == [finding("key", 2, 4)]


def test_a_seal_of_another_origin_is_named() -> None:
    text = Checkpoint("zg/ZG/another", THREE.size, THREE.root).text()
    assert found([ONE, TWO, replace(THREE, note=str(Note(text, (NEW.sign(text),))))]) == [finding("key", 3, 6)]


def test_a_seal_told_twice_is_named() -> None:
    assert found(events=[*EVENTS, told(7, TWO)]) == [Finding("seal", 0, None, 7, "n", 2)]


@pytest.mark.parametrize("change", [
    {"note": handed(OLD, NEW, OLD)}, {"note": handed(OLD, NEW, NEW)}, {"note": handed(NEW, OLD, OLD, NEW)}, {"note": None}, {"note": "x"},
    {"note": handed(OLD, NEW, OLD, NEW).replace("v1", "v2")}, {"replaces": str(NEW.verifier)}, {"key": str(key_of(2, "zg/ZG/x").verifier)},
])
def test_a_key_that_old_and_new_did_not_both_sign_is_named(change: dict[str, Any]) -> None:
    events = [rotated(5, **change) if event[0] == 5 else event for event in EVENTS]
    assert finding("key", seq=5) in found(events=events)


def test_algorithms_that_nobody_here_can_judge_are_named() -> None:
    others = {**ALGORITHMS, "signature": "sm2-with-sm3"}
    for said, expected in ((ALGORITHMS, []), (others, [finding("algorithms", seq=5)])):
        assert found(events=[rotated(5, algorithms=said) if event[0] == 5 else event for event in EVENTS]) == expected
    keys = keys_of([FIRST_KEY, (2, "restored", {"algorithms": others})])
    assert finding("algorithms", seq=2) in keys.findings


def test_a_first_key_that_says_it_follows_another_is_named() -> None:
    assert found([], [rotated(1)]) == [finding("key", seq=1)]


@pytest.mark.parametrize("key", [7, "\ud800", "密钥", "a+b+c", str(Verifier(OLD.name, COSIGNATURE, OLD.verifier.public))])
def test_a_key_that_is_none_is_named(key: object) -> None:
    assert finding("key", seq=5) in found(events=[rotated(5, key=key) if event[0] == 5 else event for event in EVENTS])


def keys_of(events: list[SealEvent]) -> Keys:
    keys = Keys()
    keys.read(events)
    return keys


def test_a_lost_key_is_named_until_somebody_looked_into_it() -> None:
    keys = keys_of([rotated(5, lost=True, note=None) if event[0] == 5 else event for event in EVENTS])
    assert (keys.findings, keys.lost) == ([], {5: NEW.verifier})
    assert list(UNKNOWN.findings(keys, SEALS)) == [Finding("key-lost", 0, None, 5, key=str(NEW.verifier))]
    for said, code in (({"known": True}, "lost-by-one"), ({"asked": 4}, "lost-by-two")):
        by = keys_of([rotated(5, lost=True, note=None, **said) if event[0] == 5 else event for event in EVENTS])
        assert [item.why and item.why.code for item in UNKNOWN.findings(by, SEALS)] == [code]
    assert list(Anchor(OLD.verifier, accept_lost=[NEW.verifier]).findings(keys, SEALS)) == list(LOST_IS_SAID.findings(keys, SEALS)) == []
    assert len(list(Anchor(OLD.verifier, accept_lost=[OLD.verifier]).findings(keys, SEALS))) == 1, "another one was looked into"
    assert keys_of([EVENTS[0], rotated(5, lost=True, replaces="x")]).findings == [finding("key", seq=5)]


def test_a_key_speaks_for_nothing_of_before_a_key_that_was_lost_until_it_sealed_that_itself() -> None:
    """Whoever writes a history can say that the known key follows his own, which is lost."""
    keys = keys_of([rotated(5, lost=True, note=None) if event[0] == 5 else event for event in EVENTS])
    follows, first = (Anchor(key.verifier, accept_lost=[NEW.verifier]) for key in (NEW, OLD))
    assert list(follows.findings(keys, SEALS[:2])) == [Finding("key", field="trusted")]
    assert (follows.last_spoken_for(keys, SEALS[:2]), follows.last_spoken_for(keys, SEALS)) == (None, THREE)
    assert first.last_spoken_for(keys, SEALS) == THREE and first.last_spoken_for(keys, SEALS[:2]) == TWO
    assert list(follows.findings(keys, [])) == list(follows.findings(keys, SEALS)) == []
    assert Anchor(NEW.verifier).last_spoken_for(keys_of(EVENTS), SEALS[:2]) == TWO, "the old key said who follows it"
    assert Anchor(NEW.verifier).last_spoken_for(keys_of(EVENTS), [replace(ONE, note="x")]) is None
    assert UNKNOWN.last_spoken_for(keys, SEALS) is Anchor(key_of(3).verifier).last_spoken_for(keys, SEALS) is None


def test_whoever_knows_one_key_knows_them_all() -> None:
    keys = keys_of(EVENTS)
    for known in (OLD, NEW):
        assert list(Anchor(known.verifier).findings(keys, SEALS)) == []
    assert list(Anchor(key_of(3).verifier).findings(keys, SEALS)) == [Finding("key", field="trusted")]
    assert list(Anchor(OLD.verifier).findings(Keys(), [])) == [Finding("key", field="trusted")]


def test_a_forger_cannot_put_a_key_of_his_own_before_the_known_one() -> None:
    forger = key_of(66)
    first: SealEvent = (1, "set", {"name": "key", "key": str(forger.verifier)})
    over: SealEvent = (5, "set", {
        "name": "key", "key": str(OLD.verifier), "replaces": str(forger.verifier), "note": handed(forger, OLD, forger),
    })
    assert keys_of([first, over]).findings == [finding("key", seq=5)]


def test_seals_are_compared_with_what_was_noted_elsewhere() -> None:
    keys = keys_of(EVENTS)
    assert compared(keys, SEALS) == []
    assert compared(keys, SEALS[:1]) == [Finding("seal-gone", seal=n) for n in (2, 3)]
    assert compared(keys, SEALS[1:]) == [Finding("seal-gone", seal=1)]
    for other in (Checkpoint("x", TWO.size, TWO.root), Checkpoint(OLD.name, 1, TWO.root), Checkpoint(OLD.name, TWO.size, bytes(32))):
        assert compared(keys, SEALS, {2: other}) == [Finding("seal-other", seal=2)]


def compared(keys: Keys, seals: list[Seal], noted: dict[int, Checkpoint] | None = None) -> list[Finding]:
    """What is found against a list beside the key, which knows all three seals; of another name of the record there is none."""
    listed = {seal.n: seal.checkpoint() for seal in SEALS} if noted is None else noted
    return list(Anchor(OLD.verifier, lambda origin: Listed(listed if origin == OLD.name else {})).findings(keys, seals))


def test_a_record_that_is_what_it_was_before_is_a_copy_and_not_damaged() -> None:
    assert compared(keys_of(EVENTS[:3]), SEALS[:1]) == [Finding("copy-behind", field=str(THREE.size - ONE.size), seal=3)]
    assert compared(keys_of(EVENTS[:1]), []) == [Finding("copy-behind", field=str(THREE.size), seal=3)]
    other = {1: TWO.checkpoint(), 2: TWO.checkpoint()}
    assert compared(keys_of(EVENTS[:3]), SEALS[:1], other) == [Finding("seal-other", seal=1), Finding("seal-gone", seal=2)]


def test_a_line_of_the_list_that_cannot_be_read_is_named_and_the_rest_compared() -> None:
    listed = Listed({1: TWO.checkpoint()}, [2, 7])
    anchor = Anchor(OLD.verifier, lambda origin: listed if origin == OLD.name else Listed({}))
    assert list(anchor.findings(keys_of(EVENTS), SEALS)) == [
        Finding("list-line", field="2"), Finding("list-line", field="7"), Finding("seal-other", seal=1),
    ]


ELSEWHERE = key_of(3, "zg/ZG/elsewhere")
SAID = GoingOn(4, bytes(32), 3, THREE.checkpoint(), LIST)


def gone_on(seq: int = 4, *signers: Key, said: GoingOn = SAID, **change: Any) -> SealEvent:
    text = said.text(OLD.verifier, ELSEWHERE.verifier)
    note = Note(text, tuple(key.sign(text) for key in signers or (OLD, ELSEWHERE)))
    return seq, "restored", {
        "key": str(ELSEWHERE.verifier), "replaces": str(OLD.verifier), "note": str(note), **said.facts(), **change,
    }


def test_a_copy_that_is_gone_on_with_says_what_is_not_in_it() -> None:
    after = sealed(ONE, 9, ELSEWHERE)
    events = [*EVENTS[:3], gone_on(), told(5, after)]
    keys = keys_of(events)
    assert (keys.findings, keys.lost, keys.passed_on) == ([], {}, [OLD.verifier])
    assert keys.left == {OLD.name: Left(4, 1, SAID)}
    assert found([ONE, after], events) == []
    assert compared(keys, [ONE, after]) == []
    assert list(Anchor(ELSEWHERE.verifier, lambda origin: Listed({2: after.checkpoint()} if origin == ELSEWHERE.name else {})).findings(
        keys, [ONE, after],
    )) == []


def test_what_was_sealed_of_the_record_beside_its_copy_is_found() -> None:
    keys = keys_of([*EVENTS[:3], gone_on()])
    listed = {seal.n: seal.checkpoint() for seal in SEALS}
    assert compared(keys, [ONE], {**listed, 4: THREE.checkpoint()}) == [Finding("seal-gone", seal=4)]
    assert compared(keys, [ONE], {**listed, 3: TWO.checkpoint()}) == [Finding("seal-other", seal=3)]
    assert compared(keys, [], listed) == [Finding("seal-gone", seal=1)]


def test_what_a_copy_says_it_goes_without_is_no_more_than_the_size_it_tells() -> None:
    """A number of a seal alone would hide every later one, and say that nothing is missing."""
    keys = keys_of([*EVENTS[:3], gone_on(said=SAID._replace(n=10**9, known=ONE.checkpoint()))])
    assert keys.findings == []
    assert compared(keys, [ONE]) == [Finding("seal-gone", seal=2), Finding("seal-gone", seal=3)]


def test_what_a_witness_told_leaves_out_seals_by_how_many_events_they_are_over() -> None:
    keys = keys_of([*EVENTS[:3], gone_on(said=SAID._replace(n=0, by=WITNESS))])
    listed = {seal.n: seal.checkpoint() for seal in SEALS}
    assert keys.findings == [] and compared(keys, [ONE], listed) == []
    assert compared(keys, [ONE], {**listed, 3: replace(THREE.checkpoint(), root=bytes(32))}) == [Finding("seal-other", seal=3)]
    assert compared(keys, [ONE], {**listed, 4: replace(THREE.checkpoint(), size=THREE.size + 1)}) == [Finding("seal-gone", seal=4)]


def test_where_nobody_told_every_later_seal_that_is_found_is_missing() -> None:
    keys = keys_of([*EVENTS[:3], gone_on(said=SAID._replace(n=1, known=ONE.checkpoint(), by=NOBODY))])
    assert compared(keys, [ONE], {1: ONE.checkpoint(), 2: TWO.checkpoint()}) == [Finding("seal-gone", seal=2)]


def test_a_copy_that_goes_on_without_its_key_lost_it() -> None:
    keys = keys_of([*EVENTS[:3], gone_on(lost=True, note=None)])
    assert (keys.findings, keys.lost, keys.passed_on) == ([], {4: ELSEWHERE.verifier}, [])


@pytest.mark.parametrize("change", [
    {"note": None}, {"replaces": str(NEW.verifier)}, {"key": str(NEW.verifier)}, {"key": 7}, {"size": "4"}, {"size": 5}, {"n": 2},
    {"known_size": 1}, {"known_root": "x"}, {"root": None},
    {"known_by": "somebody"}, {"known_name": NEW.name + "x"},
])
def test_a_copy_for_which_nobody_vouches_is_named(change: dict[str, Any]) -> None:
    keys = keys_of([*EVENTS[:3], gone_on(4, **change)])
    assert (keys.findings, keys.left) == ([finding("key", seq=4)], {})


def test_a_copy_that_one_key_signed_or_that_never_had_one_is_named() -> None:
    for signer in (OLD, ELSEWHERE):
        assert keys_of([*EVENTS[:3], gone_on(4, signer)]).findings == [finding("key", seq=4)]
    assert keys_of([gone_on(1)]).findings == [finding("key", seq=1)]


def test_a_seal_without_any_key_is_named() -> None:
    assert finding("key", 1, 3) in found(events=[told(3, ONE), told(4, TWO), told(6, THREE)])


def test_what_was_read_is_told() -> None:
    keys, counts = Keys(), []
    keys.read(EVENTS)
    list(findings(SEALS, keys, LEAVES, counts.append))
    assert counts == [3, 3, 3]


def around(events: set[int], leaves: list[tuple[int, bytes]] | None = None, seals: list[Seal] | None = None) -> list[Finding]:
    keys = Keys()
    keys.read(EVENTS)
    there = LEAVES if leaves is None else leaves

    def read(after: int, upto: int) -> list[tuple[int, bytes]]:
        return [leaf for leaf in there if after < leaf[0] <= upto]

    return list(findings_around(SEALS if seals is None else seals, keys, events, read))


def test_of_some_events_the_seals_that_first_cover_them_are_compared_and_no_others() -> None:
    altered = [(id_, b"x" * 32 if id_ == 6 else hash_) for id_, hash_ in LEAVES]
    assert around({1, 5, 9, 12}) == []
    assert around({5}, altered) == [finding("sealed", 2, field="altered 4-7")]
    assert around({1, 9, 12}, altered) == []
    assert around({5}, [leaf for leaf in LEAVES if leaf[0] != 6]) == [finding("sealed", 2, field="missing 4-7")]


def test_nothing_is_compared_with_a_seal_that_cannot_be_relied_on() -> None:
    broken = [ONE, replace(TWO, note="x"), THREE]
    assert {item.code for item in around({5, 9}, [], broken)} == {"seal"}
