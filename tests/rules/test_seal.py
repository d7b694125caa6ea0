from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.proof.merkle import Frontier
from engine.rules.proof.seal import FIRST, Seal, handover, next_seal, number_of_code, same_code, signed_by

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw().hex()
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LEAVES = [bytes([place]) * 32 for place in range(11)]


def signed(seal: Seal) -> Seal:
    return replace(seal, signature=PRIVATE.sign(seal.body().encode()))


def two() -> tuple[Seal, Seal]:
    first = signed(next_seal(None, Frontier().grown(LEAVES[:5]), 5, AT, PUBLIC))
    return first, signed(next_seal(first, first.tree().grown(LEAVES[5:]), 12, AT, PUBLIC))


def test_seals_are_numbered_and_chained() -> None:
    first, second = two()
    assert (first.n, first.size, first.upto, first.previous) == (1, 5, 5, FIRST)
    assert (second.n, second.size, second.upto, second.previous) == (2, 11, 12, first.link())
    assert second.root == Frontier().grown(LEAVES).root()


def test_the_body_is_canonical_and_leaves_the_signature_out() -> None:
    assert two()[0].body() == replace(two()[0], signature=b"x").body()
    assert two()[0].body().startswith('{"at":"2026-03-02T04:00:00.000000Z","frontier":"')


@pytest.mark.parametrize("change", [
    {"n": 3}, {"upto": 13}, {"root": bytes(32)}, {"frontier": bytes(96)}, {"previous": bytes(32)}, {"at": AT.replace(hour=5)},
    {"size": 12}, {"key": "00" * 32}, {"key": "no hex"}, {"signature": bytes(64)}, {"signature": b""},
])
def test_a_changed_seal_is_not_what_was_signed(change: dict[str, object]) -> None:
    seal = two()[1]
    assert signed_by(seal.key, seal.body(), seal.signature)
    changed = replace(seal, **change)  # type: ignore[arg-type]
    assert not signed_by(changed.key, changed.body(), changed.signature)
    assert changed.link() != seal.link() and changed.code() != seal.code()


def test_a_frontier_of_another_root_is_refused() -> None:
    with pytest.raises(ValueError, match="another root"):
        replace(two()[1], root=bytes(32)).tree()
    with pytest.raises(ValueError, match="peaks"):
        replace(two()[1], size=12).tree()


def test_a_seal_is_the_same_after_a_way_through_json() -> None:
    assert Seal.from_json(two()[1].to_json()) == two()[1]


@pytest.mark.parametrize("node", [{}, {"n": 1}, {**two()[0].to_json(), "root": "xyz"}])
def test_what_is_no_seal_is_refused(node: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        Seal.from_json(node)


def test_the_short_form_is_what_a_person_can_copy() -> None:
    code = two()[1].code()
    assert code.startswith("2-") and len(code) == len("2-XXXX-XXXX-XXXX-XXXX")
    assert same_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l"), code)
    assert not same_code(two()[0].code(), code)
    assert number_of_code(code) == 2
    assert number_of_code("x-1") is None


@given(st.binary(min_size=64, max_size=64), st.integers(1, 10**6))
def test_every_seal_has_a_short_form_of_its_own_number(signature: bytes, n: int) -> None:
    code = replace(two()[0], n=n, signature=signature).code()
    assert number_of_code(code) == n
    assert same_code(code, code)


def test_the_old_key_signs_the_new_one() -> None:
    text = handover(PUBLIC, "ab" * 32)
    assert signed_by(PUBLIC, text, PRIVATE.sign(text.encode()))
    assert not signed_by(PUBLIC, handover(PUBLIC, "cd" * 32), PRIVATE.sign(text.encode()))
