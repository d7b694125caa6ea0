"""What seals prove, on events made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.rules.proof.finding import Finding
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.seal import Seal, handover, next_seal
from engine.rules.proof.sealed import Keys, SealEvent, finding, findings, findings_around

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OLD, NEW = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
LEAVES = [(id_, bytes([id_]) * 32) for id_ in (1, 2, 3, 5, 6, 7, 9, 10, 11, 12)]
"""Ids have gaps, where a transaction came to nothing."""


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def sealed(last: Seal | None, upto: int, key: Ed25519PrivateKey) -> Seal:
    after = last.upto if last else 0
    tree = (last.tree() if last else Frontier()).grown(hash_ for id_, hash_ in LEAVES if after < id_ <= upto)
    bare = next_seal(last, tree, upto, AT + timedelta(days=upto), public(key))
    return replace(bare, signature=key.sign(bare.body().encode()))


def told(seq: int, seal: Seal) -> SealEvent:
    return seq, "sealed", {"n": seal.n, "upto": seal.upto, "size": seal.size, "root": seal.root.hex()}


def rotated(seq: int, **change: Any) -> SealEvent:
    signature = OLD.sign(handover(public(OLD), public(NEW)).encode()).hex()
    return seq, "set", {"name": "key", "key": public(NEW), "replaces": public(OLD), "signature": signature, **change}


FIRST_KEY: SealEvent = (1, "set", {"name": "key", "key": public(OLD)})
ONE = sealed(None, 3, OLD)
TWO = sealed(ONE, 7, OLD)
THREE = sealed(TWO, 11, NEW)
SEALS = [ONE, TWO, THREE]
EVENTS = [FIRST_KEY, (2, "set", {"name": "office"}), told(3, ONE), told(4, TWO), rotated(5), told(6, THREE)]


def found(
    seals: list[Seal] | None = None, events: list[SealEvent] | None = None, leaves: list[tuple[int, bytes]] | None = None,
) -> list[Finding]:
    keys = Keys()
    keys.read(EVENTS if events is None else events)
    return list(findings(SEALS if seals is None else seals, keys, LEAVES if leaves is None else leaves))


def resigned(seal: Seal, signer: Ed25519PrivateKey = NEW, **change: Any) -> Seal:
    changed = replace(seal, **change)
    return replace(changed, signature=signer.sign(changed.body().encode()))


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
    ({"root": bytes(32)}, "signature"), ({"at": AT}, "signature"), ({"signature": bytes(64)}, "signature"), ({"upto": 10}, "signature"),
])
def test_a_seal_that_is_not_what_was_signed_is_named(change: dict[str, Any], field: str) -> None:
    assert finding("seal", 3, field=field) in found([ONE, TWO, replace(THREE, **change)])


def test_a_signed_seal_whose_parts_do_not_belong_together_is_named() -> None:
    assert finding("seal", 3, field="root") in found([ONE, TWO, resigned(THREE, frontier=b"x" * len(THREE.frontier))])


@pytest.mark.parametrize("change", [{"previous": bytes(32)}, {"upto": 7}, {"upto": 6}])
def test_a_seal_that_does_not_follow_the_one_before_is_named(change: dict[str, Any]) -> None:
    assert finding("seal", 3, field="previous") in found([ONE, TWO, resigned(THREE, **change)])


def test_a_seal_that_is_not_the_one_the_event_tells_of_is_named() -> None:
    assert finding("seal", 3, 6, "upto") in found([ONE, TWO, resigned(THREE, upto=12)])


def test_a_seal_that_no_event_tells_of_is_named() -> None:
    assert found(events=[event for event in EVENTS if event[0] != 6]) == [finding("untold", 3)]
    assert found(events=[event for event in EVENTS if event[0] < 5]) == [finding("untold", 3), finding("key", 3)]


def test_a_seal_by_another_key_than_was_in_force_is_named() -> None:
    assert found([ONE, TWO, resigned(THREE, OLD, key=public(OLD))]) == [finding("key", 3, 6)]


@pytest.mark.parametrize("change", [
    {"signature": "00" * 64}, {"signature": "no hex"}, {"signature": None}, {"replaces": public(NEW)}, {"lost": True, "replaces": "x"},
])
def test_a_key_that_the_old_one_did_not_sign_is_named(change: dict[str, Any]) -> None:
    events = [rotated(5, **change) if event[0] == 5 else event for event in EVENTS]
    assert found(events=events) == [finding("key", seq=5)]


@pytest.mark.parametrize("key", [7, "\ud800", "密钥"])
def test_a_key_that_is_none_is_named(key: object) -> None:
    assert finding("key", seq=5) in found(events=[rotated(5, key=key) if event[0] == 5 else event for event in EVENTS])


def test_a_lost_key_is_no_flaw_but_leads_nowhere() -> None:
    keys = Keys()
    keys.read([rotated(5, lost=True, signature=None) if event[0] == 5 else event for event in EVENTS])
    assert (keys.findings, keys.lost) == ([], [5])
    assert keys.leads_from(public(NEW)) and not keys.leads_from(public(OLD))


def test_the_keys_lead_from_a_known_one_to_the_last() -> None:
    keys = Keys()
    assert not keys.leads_from(public(OLD))
    keys.read(EVENTS)
    assert keys.leads_from(public(OLD)) and keys.leads_from(public(NEW)) and not keys.leads_from("00" * 32)


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
    broken = [ONE, replace(TWO, signature=b"x" * 64), THREE]
    assert {item.code for item in around({5, 9}, [], broken)} == {"seal"}
