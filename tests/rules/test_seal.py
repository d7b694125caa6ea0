from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.note import Note
from engine.rules.proof.seal import Seal, next_seal, number_of_code, same_code
from tests.signing import FIRST

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LEAVES = [bytes([place]) * 32 for place in range(11)]


def signed(last: Seal | None, tree: Frontier, upto: int) -> Seal:
    text = Checkpoint(FIRST.name, tree.size, tree.root()).text()
    return next_seal(last, tree, upto, AT, Note(text, (FIRST.sign(text),)))


def two() -> tuple[Seal, Seal]:
    first = signed(None, Frontier().grown(LEAVES[:5]), 5)
    return first, signed(first, first.tree().grown(LEAVES[5:]), 12)


def test_seals_are_numbered_and_go_on_from_each_other() -> None:
    first, second = two()
    assert (first.n, first.size, first.upto, first.origin()) == (1, 5, 5, FIRST.name)
    assert (second.n, second.size, second.upto) == (2, 11, 12)
    assert second.root == Frontier().grown(LEAVES).root()


def test_a_seal_is_a_signed_checkpoint() -> None:
    note = two()[1].signed()
    assert note.signers([FIRST.verifier]) == [FIRST.verifier]
    assert Checkpoint.parse(note.text) == Checkpoint(FIRST.name, 11, two()[1].root)


@pytest.mark.parametrize("change", [
    {"size": 12}, {"root": bytes(32)}, {"note": "x"}, {"note": two()[0].note}, {"note": two()[1].note.replace("\n\n", "\nmore\n\n")},
])
def test_a_seal_beside_another_note_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(two()[1], **change).signed()  # type: ignore[arg-type]


def test_a_frontier_of_another_root_is_refused() -> None:
    with pytest.raises(ValueError, match="another root"):
        replace(two()[1], root=bytes(32)).tree()
    with pytest.raises(ValueError, match="peaks"):
        replace(two()[1], size=12).tree()


def test_a_seal_is_the_same_after_a_way_through_json() -> None:
    assert Seal.from_json(two()[1].to_json()) == two()[1]


@pytest.mark.parametrize("node", [
    {}, {"n": 1}, {**two()[0].to_json(), "root": "xyz"}, {**two()[0].to_json(), "more": 1}, {**two()[0].to_json(), "n": True},
    {**two()[0].to_json(), "note": "\ud800"},
])
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


def test_the_short_form_is_of_what_was_signed_and_not_of_who_signed() -> None:
    seal = two()[1]
    more = Note(seal.signed().text, (FIRST.sign("x"), *seal.signed().signatures))
    assert replace(seal, note=str(more)).code() == seal.code()
    assert replace(seal, note=seal.note.replace("zg/", "zh/")).code() != seal.code()


@given(st.binary(min_size=32, max_size=32), st.integers(1, 10**6))
def test_every_seal_has_a_short_form_of_its_own_number(root: bytes, n: int) -> None:
    code = replace(two()[0], n=n, note=Checkpoint("zg/x", 5, root).text()).code()
    assert number_of_code(code) == n
    assert same_code(code, code)
