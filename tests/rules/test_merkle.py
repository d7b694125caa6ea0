from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.rules.proof.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    consistent,
    inclusion_proofs,
    leaf,
    node,
    root_of_proof,
)

LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The leaves and tree heads that the reference implementation of Certificate Transparency tests itself with."""

SEVERAL = st.lists(st.binary(max_size=4), max_size=70)


def obvious(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word by word."""
    if len(leaves) < 2:
        return hashlib.sha256(b"\0" + leaves[0] if leaves else b"").digest()
    split = _split(len(leaves))
    return hashlib.sha256(b"\1" + obvious(leaves[:split]) + obvious(leaves[split:])).digest()


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1, word by word."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*path(index, leaves[:split]), obvious(leaves[split:])]
    return [*path(index - split, leaves[split:]), obvious(leaves[:split])]


def _split(size: int) -> int:
    """The largest power of two smaller than the size."""
    split = 1
    while split * 2 < size:
        split *= 2
    return split


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert Frontier().grown(LEAVES[:size]).root().hex() == ROOTS[size]


@given(SEVERAL)
def test_the_root_is_that_of_the_recursive_definition(leaves: list[bytes]) -> None:
    assert Frontier().grown(leaves).root() == obvious(leaves)


@given(SEVERAL, st.lists(st.integers(0, 70), max_size=5))
def test_it_is_the_same_tree_however_often_it_is_put_away(leaves: list[bytes], cuts: list[int]) -> None:
    places = sorted({0, len(leaves), *(cut for cut in cuts if cut < len(leaves))})
    tree = Frontier()
    for start, end in pairwise(places):
        tree = Frontier.unpacked(tree.size, tree.grown([]).packed()).grown(leaves[start:end])
    assert tree == Frontier().grown(leaves)


@given(SEVERAL)
def test_a_frontier_has_a_peak_for_each_bit_of_its_size(leaves: list[bytes]) -> None:
    assert len(Frontier().grown(leaves).peaks) == len(leaves).bit_count()


@given(SEVERAL.filter(bool), st.data())
def test_every_leaf_proves_that_it_is_in_the_tree(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proofs = inclusion_proofs(leaves, {index, 0, len(leaves)})
    assert set(proofs) == {index, 0}
    assert list(proofs[index]) == path(index, leaves)
    assert root_of_proof(leaves[index], index, len(leaves), proofs[index]) == obvious(leaves)


@given(SEVERAL.filter(bool), st.data())
def test_another_leaf_or_place_or_path_proves_nothing(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    size, root = len(leaves), obvious(leaves)
    proof = inclusion_proofs(leaves, {index})[index]
    assert root_of_proof(leaves[index] + b"x", index, size, proof) != root
    assert root_of_proof(leaves[index], index, size, [*proof, bytes(32)]) is None
    if proof:
        assert root_of_proof(leaves[index], index, size, proof[:-1]) is None
        assert root_of_proof(leaves[index], index, size, [bytes(32), *proof[1:]]) != root


@pytest.mark.parametrize("index", [-1, 3])
def test_a_place_outside_the_tree_proves_nothing(index: int) -> None:
    assert root_of_proof(b"", index, 3, []) is None


@pytest.mark.parametrize(("size", "packed"), [(1, b""), (3, bytes(32)), (0, bytes(32)), (1, bytes(31)), (-1, bytes(32))])
def test_peaks_that_are_not_those_of_the_size_are_refused(size: int, packed: bytes) -> None:
    with pytest.raises(ValueError, match="peaks"):
        Frontier.unpacked(size, packed)


def test_a_leaf_cannot_pass_for_a_node() -> None:
    two = Frontier().grown([b"a", b"b"])
    left, right = (Frontier().grown([text]).root() for text in (b"a", b"b"))
    assert Frontier().grown([left + right]).root() != two.root()
    assert Frontier().root() == EMPTY_ROOT


@example(4, 3)
@given(st.integers(1, 70), st.integers(0, 70))
def test_a_tree_that_grew_is_shown_to_begin_with_the_old_one(old: int, more: int) -> None:
    leaves = [bytes([place]) * 32 for place in range(old + more)]
    first, last = Frontier().grown(leaves[:old]), Frontier().grown(leaves)
    path = consistency_proof(first, last.size, leaves[old:])
    assert consistent(old, first.root(), last.size, last.root(), path)
    for bent in ([*path, bytes(32)], path[:-1], [bytes(32), *path[1:]]):
        assert list(bent) == list(path) or not consistent(old, first.root(), last.size, last.root(), bent)
    assert not consistent(old, bytes(32), last.size, last.root(), path)
    assert not consistent(old, first.root(), last.size, bytes(32), path)


def test_the_proofs_of_rfc_6962_are_those_of_its_example() -> None:
    """Section 2.1.3: from 3, 4 and 6 leaves to 7."""
    leaves = [bytes([place]) for place in range(7)]
    a, b, c, d, e, f, j = map(leaf, leaves)
    g, h, i = node(a, b), node(c, d), node(e, f)
    k, l_ = node(g, h), node(i, j)
    assert node(k, l_) == Frontier().grown(leaves).root()
    for old, path in ((3, (c, d, g, l_)), (4, (l_,)), (6, (i, j, k))):
        assert consistency_proof(Frontier().grown(leaves[:old]), 7, leaves[old:]) == path


@pytest.mark.parametrize(("old", "size", "leaves"), [(0, 3, 3), (3, 2, 0), (3, 7, 3)])
def test_no_proof_is_made_of_less_than_it_needs(old: int, size: int, leaves: int) -> None:
    with pytest.raises(ValueError, match="leaves"):
        consistency_proof(Frontier().grown([b"x"] * old), size, [b"x"] * leaves)


@pytest.mark.parametrize(("old", "new", "path"), [(0, 3, ()), (4, 3, ()), (3, 7, ()), (3, 3, (bytes(32),)), (3, 4, (bytes(32),) * 9)])
def test_what_is_no_proof_shows_nothing(old: int, new: int, path: tuple[bytes, ...]) -> None:
    assert not consistent(old, bytes(32), new, bytes(32), path)
