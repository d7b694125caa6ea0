"""What somebody knows of a record from outside of it: without any of it a record vouches for itself only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.finding import Finding
from engine.rules.proof.keys import Keys
from engine.rules.proof.note import Verifier
from engine.rules.proof.seal import Seal


@dataclass(frozen=True, slots=True)
class Anchor:
    """A key that is known, the checkpoints that are noted beside it by the number of their seal, and whether keys that were lost have been
    looked into.
    """

    key: Verifier | None = None
    noted: Mapping[int, Checkpoint] = field(default_factory=dict)
    accept_lost: bool = False

    def findings(self, keys: Keys, seals: Sequence[Seal]) -> Iterator[Finding]:
        """Where the record is another one than the one that is known."""
        if self.key is not None and not keys.knows(self.key):
            yield Finding("key", field="trusted")
        if not self.accept_lost:
            yield from (Finding("key-lost", 0, None, seq) for seq in keys.lost)
        there = {seal.n: seal for seal in seals}
        for n, checkpoint in self.noted.items():
            seal = there.get(n)
            if seal is None:
                yield Finding("seal-gone", seal=n)
            elif (seal.origin(), seal.size, seal.root) != (checkpoint.origin, checkpoint.size, checkpoint.root):
                yield Finding("seal-other", seal=n)


UNKNOWN = Anchor()
"""Nothing is known. A key that was lost is found all the same."""

LOST_IS_SAID = Anchor(accept_lost=True)
"""Where it is asked what is damaged, not who vouches for the record."""
