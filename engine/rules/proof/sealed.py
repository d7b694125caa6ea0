"""What seals prove: the checks over all of them, their keys and the events they cover. Pure; the record and an exported file use the same.

Each finding is made on its own: after a stretch of events that is not what was sealed, the check goes on from the next seal's own frontier.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence

from engine.rules.proof.finding import Finding
from engine.rules.proof.keys import Keys
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.note import BadSignature
from engine.rules.proof.seal import Seal


def finding(code: str, n: int | None = None, seq: int | None = None, field: str | None = None) -> Finding:
    """What is wrong with seal `n`, or with the administration's event `seq` that tells of it."""
    return Finding(code, None if seq is None else 0, None, seq, field, n)


def findings(
    seals: Sequence[Seal], keys: Keys, leaves: Iterable[tuple[int, bytes]], tick: Callable[[int], None] = lambda count: None,
) -> Iterator[Finding]:
    """Everything wrong with the seals, in one pass over (id, hash) of every event in the order of ids, with flat memory."""
    yield from keys.findings
    yield from _missing(seals, keys)
    walk = _Walk(iter(leaves), tick)
    previous: Seal | None = None
    for seal in seals:
        sound = yield from _itself(seal, previous, keys)
        yield from walk.upto(seal, sound)
        previous = seal


def findings_around(
    seals: Sequence[Seal], keys: Keys, events: Collection[int], leaves: Callable[[int, int], Iterable[tuple[int, bytes]]],
) -> Iterator[Finding]:
    """Everything wrong with the seals by themselves, and whether those that first cover one of these events (ids) are over what is there.

    Only the stretch since the seal before is read: the tree up to there is what that seal signed. `leaves` gives id and hash of the
    events after one id and up to another.
    """
    yield from keys.findings
    yield from _missing(seals, keys)
    previous, relied = None, True
    for seal in seals:
        sound = yield from _itself(seal, previous, keys)
        after = previous.upto if previous else 0
        if sound and relied and any(after < event <= seal.upto for event in events):
            tree = (previous.tree() if previous else Frontier()).grown(hash_ for _, hash_ in leaves(after, seal.upto))
            yield from _compared(tree, seal, after)
        previous, relied = seal, sound


def _compared(tree: Frontier, seal: Seal, after: int) -> Iterator[Finding]:
    """Whether the tree is the one that was sealed; `after` is how far the seal before it went."""
    if tree.size != seal.size or tree.root() != seal.root:
        code = "missing" if tree.size < seal.size else "added" if tree.size > seal.size else "altered"
        yield finding("sealed", seal.n, field=f"{code} {after + 1}-{seal.upto}")


def _missing(seals: Sequence[Seal], keys: Keys) -> Iterator[Finding]:
    """Seals that are missing, although a later seal or an event says that there was one of that number."""
    there = {seal.n for seal in seals}
    between = set(range(1, min(max(there, default=0), len(there) + len(keys.announced) + 1)))
    for n in sorted((between | set(keys.announced)) - there):
        yield finding("no-seal", n, keys.announced[n][0] if n in keys.announced else None)


def _itself(seal: Seal, previous: Seal | None, keys: Keys) -> Generator[Finding, None, bool]:
    """The seal by itself, against the one before it, and against the event that tells of it. Returns whether it can be relied on."""
    seq, facts, _ = keys.announced.get(seal.n, (None, None, None))
    if facts is None:
        yield finding("untold", seal.n)
    flaw = _flaw(seal, keys)
    if flaw is not None:
        yield finding("seal", seal.n, field=flaw)
    elif not _signed_in_its_time(seal, keys, told=facts is not None):
        yield finding("key", seal.n, seq)
    if previous is not None and previous.n + 1 == seal.n and not (previous.upto < seal.upto and previous.size < seal.size):
        yield finding("seal", seal.n, field="previous")
    if facts is not None and flaw is None:
        said = (("upto", seal.upto), ("size", seal.size), ("root", seal.root.hex()))
        if differing := [name for name, value in said if facts.get(name) != value]:
            yield finding("seal", seal.n, seq, differing[0])
    return flaw is None


def _flaw(seal: Seal, keys: Keys) -> str | None:
    """Which part of a seal does not belong to the rest; None where all do."""
    try:
        seal.signed().signers(keys.in_force)
    except BadSignature:
        return "signature"
    except ValueError:
        return "note"
    try:
        seal.tree()
    except ValueError:
        return "root"
    return None


def _signed_in_its_time(seal: Seal, keys: Keys, *, told: bool) -> bool:
    """Whether the key signed it that was in force when it was taken; one that no event tells of, any key of the record."""
    signers = seal.signed().signers(keys.in_force)
    if not told:
        return bool(signers)
    key = keys.announced[seal.n][2]
    return key in signers and key is not None and key.name == seal.origin()


class _Walk:
    """One pass over all events, from seal to seal."""

    def __init__(self, leaves: Iterator[tuple[int, bytes]], tick: Callable[[int], None]) -> None:
        self.leaves, self.tick = leaves, tick
        self.next: tuple[int, bytes] | None = next(leaves, None)
        self.tree = Frontier()
        self.after = 0

    def upto(self, seal: Seal, sound: bool) -> Iterator[Finding]:
        """Reads on to the last event that the seal covers, and compares."""
        self.tree = self.tree.grown(self._stretch(seal.upto))
        if sound:
            yield from _compared(self.tree, seal, self.after)
            self.tree = seal.tree()
        self.after = seal.upto

    def _stretch(self, upto: int) -> Iterator[bytes]:
        count = 0
        while self.next is not None and self.next[0] <= upto:
            yield self.next[1]
            self.next = next(self.leaves, None)
            count += 1
        self.tick(count)
