"""The Merkle tree of RFC 6962 (section 2.1): one hash over many, which grows at the cost of what is new.

Leaves and inner nodes are hashed with different prefixes, so that no leaf can pass for a node. A `Frontier` (compact range) holds the
roots of the full subtrees only, largest first: one for each bit of the size that is set, enough to go on and to give the root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree of `size` leaves, as far as it is needed to go on. Raises ValueError where the peaks are not those of the size."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise ValueError(f"{len(self.peaks)} peaks cannot be the frontier of {self.size} leaves")

    def grown(self, leaves: Iterable[bytes]) -> Frontier:
        """The tree with more leaves (their data, not their hashes). Costs about two hashes a new leaf."""
        sha256, peaks, size = hashlib.sha256, list(self.peaks), self.size
        for data in leaves:
            new = sha256(b"\x00" + data).digest()
            rest = size
            while rest & 1:
                new = sha256(b"\x01" + peaks.pop() + new).digest()
                rest >>= 1
            peaks.append(new)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        """The hash of the tree."""
        if not self.peaks:
            return EMPTY_ROOT
        found = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            found = node(peak, found)
        return found

    def packed(self) -> bytes:
        """The peaks in a row."""
        return b"".join(self.peaks)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> Frontier:
        """The inverse of `packed`. Raises ValueError."""
        return cls(size, tuple(packed[start : start + HASH_BYTES] for start in range(0, len(packed), HASH_BYTES)))


def inclusion_proofs(leaves: Iterable[bytes], wanted: Collection[int]) -> dict[int, tuple[bytes, ...]]:
    """The audit paths (RFC 6962, 2.1.1) of some leaves by their index from 0, in one pass that keeps nothing but the frontier.

    Indices beyond the last leaf have no path.
    """
    paths: dict[int, list[bytes]] = {}
    stack: list[tuple[bytes, tuple[int, ...]]] = []
    for index, data in enumerate(leaves):
        new: tuple[bytes, tuple[int, ...]] = (leaf(data), ())
        if index in wanted:
            paths[index] = []
            new = (new[0], (index,))
        rest = index
        while rest & 1:
            new = _joined(stack.pop(), new, paths)
            rest >>= 1
        stack.append(new)
    while len(stack) > 1:
        right = stack.pop()
        stack.append(_joined(stack.pop(), right, paths))
    return {index: tuple(path) for index, path in paths.items()}


def _joined(
    left: tuple[bytes, tuple[int, ...]], right: tuple[bytes, tuple[int, ...]], paths: dict[int, list[bytes]],
) -> tuple[bytes, tuple[int, ...]]:
    for index in left[1]:
        paths[index].append(right[0])
    for index in right[1]:
        paths[index].append(left[0])
    return node(left[0], right[0]), left[1] + right[1]


def root_of_proof(data: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its audit path lead to in a tree of `size` leaves (RFC 9162, 2.1.3.2); None for no path at all."""
    if not 0 <= index < size:
        return None
    position, last, found = index, size - 1, leaf(data)
    for sibling in path:
        if last == 0:
            return None
        if position & 1 or position == last:
            found = node(sibling, found)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            found = node(found, sibling)
        position >>= 1
        last >>= 1
    return found if last == 0 else None
