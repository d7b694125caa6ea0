"""The Merkle tree of RFC 6962 (section 2.1): one hash over many, which grows at the cost of what is new.

Leaves and inner nodes are hashed with different prefixes, so that no leaf can pass for a node. A `Frontier` (compact range) holds the
roots of the full subtrees only, largest first: one for each bit of the size that is set, enough to go on and to give the root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

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


def consistency_proof(old: Frontier, size: int, leaves: Iterable[bytes]) -> tuple[bytes, ...]:
    """What shows that the tree of `size` leaves began with the old one (RFC 6962, 2.1.2). `leaves` are the data of those that were added,
    in order: nothing before them is read, since what the proof needs of it is in the frontier.

    Raises ValueError where the old tree is empty or larger, or the leaves are fewer.
    """
    if not 0 < old.size <= size:
        raise ValueError(f"no proof from {old.size} to {size} leaves")
    ranges = _ranges(old.size, 0, size, whole=True)
    known: dict[tuple[int, int], bytes] = {}
    start = 0
    for peak, bit in zip(old.peaks, (bit for bit in range(old.size.bit_length() - 1, -1, -1) if old.size >> bit & 1), strict=True):
        known[start, start + (1 << bit)] = peak
        start += 1 << bit
    rest = iter(leaves)
    for first, end in sorted(item for item in ranges if item[0] >= old.size):
        tree = Frontier().grown(islice(rest, end - first))
        if tree.size != end - first:
            raise ValueError("leaves are missing")
        known[first, end] = tree.root()
    return tuple(known[item] for item in ranges)


def _ranges(old: int, start: int, end: int, *, whole: bool) -> list[tuple[int, int]]:
    """Which subtrees the proof from the first `old` leaves of a range to all of it names (`SUBPROOF`)."""
    if old == end - start:
        return [] if whole else [(start, end)]
    half = start + (1 << (end - start - 1).bit_length() - 1)
    if start + old <= half:
        return [*_ranges(old, start, half, whole=whole), (half, end)]
    return [*_ranges(old - (half - start), half, end, whole=False), (start, half)]


def consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows that the tree of `new` leaves began with that of `old` (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = list(path)
    if old.bit_count() == 1:
        steps.insert(0, old_root)
    if not steps:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position >>= 1
        last >>= 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node(step, first), node(step, second)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            second = node(second, step)
        position >>= 1
        last >>= 1
    return last == 0 and first == old_root and second == new_root


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
