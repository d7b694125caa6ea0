"""What seals prove: the checks over all of them, their keys and the events they cover. Pure; the record and an exported file use the same.

Each finding is made on its own: after a stretch of events that is not what was sealed, the check goes on from the next seal's own frontier.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.rules.proof.finding import Finding
from engine.rules.proof.merkle import Frontier
from engine.rules.proof.seal import FIRST, Seal, handover, signed_by

KEY = "key"
"""The name under which events of the administration put a public key in force."""

SealEvent = tuple[int, str, Mapping[str, Any]]
"""Seq, kind and facts of an event about keys or seals."""


def finding(code: str, n: int | None = None, seq: int | None = None, field: str | None = None) -> Finding:
    """What is wrong with seal `n`, or with the administration's event `seq` that tells of it or of a key."""
    return Finding(code, None if seq is None else 0, None, seq, field, n)


@dataclass(slots=True)
class Keys:
    """The public keys in the order in which they were in force. `announced` holds, for every seal that an event of the administration
    names, the seq and facts of that event and the key in force then; `lost` the events that replaced a key without its signature.
    """

    in_force: list[str] = field(default_factory=list)
    announced: dict[int, tuple[int, Mapping[str, Any], str | None]] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read(self, events: Iterable[SealEvent]) -> None:
        for seq, kind, facts in events:
            if kind == "sealed" and isinstance(facts.get("n"), int):
                self.announced[facts["n"]] = seq, facts, self.in_force[-1] if self.in_force else None
            elif kind == "set" and facts.get("name") == KEY:
                self._another(seq, facts)

    def _another(self, seq: int, facts: Mapping[str, Any]) -> None:
        new = facts.get("key")
        if not isinstance(new, str) or not new.isascii():
            self.findings.append(finding("key", seq=seq))
            return
        if self.in_force:
            old = self.in_force[-1]
            if facts.get("lost") is True and facts.get("replaces") == old:
                self.lost.append(seq)
            elif facts.get("replaces") != old or not signed_by(old, handover(old, new), _bytes(facts.get("signature"))):
                self.findings.append(finding("key", seq=seq))
        self.in_force.append(new)

    def leads_from(self, trusted: str) -> bool:
        """Whether the record's keys lead from one that somebody knows to the last one without a gap."""
        return (trusted in self.in_force and not self.lost) or (bool(self.in_force) and self.in_force[-1] == trusted)


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
    sound = True
    if not signed_by(seal.key, seal.body(), seal.signature):
        yield finding("seal", seal.n, field="signature")
        sound = False
    else:
        try:
            seal.tree()
        except ValueError:
            yield finding("seal", seal.n, field="root")
            sound = False
    expected = previous.link() if previous else FIRST
    follows = previous is None or previous.n + 1 == seal.n
    if follows and (seal.previous != expected or (previous and not (previous.upto < seal.upto and previous.size < seal.size))):
        yield finding("seal", seal.n, field="previous")
    if seal.n not in keys.announced:
        yield finding("untold", seal.n)
        if seal.key not in keys.in_force:
            yield finding("key", seal.n)
        return sound
    seq, facts, key = keys.announced[seal.n]
    if key != seal.key:
        yield finding("key", seal.n, seq)
    differing = [name for name, value in (("upto", seal.upto), ("size", seal.size), ("root", seal.root.hex())) if facts.get(name) != value]
    if differing and sound:
        yield finding("seal", seal.n, seq, differing[0])
    return sound


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


def _bytes(text: object) -> bytes:
    try:
        return bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        return b""
