"""What somebody knows of a record from outside of it: without any of it a record vouches for itself only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.finding import Finding
from engine.rules.proof.keys import Keys
from engine.rules.proof.note import Verifier
from engine.rules.proof.seal import Seal

Noted = Mapping[int, Checkpoint]
"""Checkpoints by the numbers of their seals."""


class Listed(NamedTuple):
    """A list of checkpoints that lies beside a key, and its lines that say none, or another one than a line before, by their numbers."""

    points: Noted
    unread: Sequence[int] = ()


def nothing_noted(origin: str) -> Listed:
    """Where there is no list."""
    return Listed({})


@dataclass(frozen=True, slots=True)
class Anchor:
    """A key that is known, what is noted beside it of a record by its name, the keys that follow lost ones which have been looked into –
    None where it is not asked –, and the keys of witnesses that signed a seal of an exported file.
    """

    key: Verifier | None = None
    noted: Callable[[str], Listed] = nothing_noted
    accept_lost: Collection[Verifier] | None = ()
    witnesses: tuple[Verifier, ...] = ()

    def known(self) -> bool:
        """Whether anything is known that can speak for an exported file."""
        return self.key is not None or bool(self.witnesses)

    def findings(self, keys: Keys, seals: Sequence[Seal]) -> Iterator[Finding]:
        """Where the record is another one than the one that is known."""
        if self.key is not None and not self._speaks(keys, self.key, seals):
            yield Finding("key", field="trusted")
        for seq, new in keys.lost.items():
            if self.accept_lost is not None and new not in self.accept_lost:
                yield Finding("key-lost", 0, None, seq, key=str(new), why=_by_whom(seq in keys.alone))
        there = {seal.n: seal for seal in seals}
        names = dict.fromkeys(key.name for key in (*keys.in_force, *([self.key] if self.key else ())))
        for origin in names:
            listed = self.noted(origin)
            yield from (Finding("list-line", field=str(place)) for place in listed.unread)
            yield from _compared(listed.points, there, keys, origin)

    def last_spoken_for(self, keys: Keys, seals: Sequence[Seal]) -> Seal | None:
        """The last seal for which the known key speaks, and so for all that it covers; None where there is none."""
        led_to = keys.led_to(self.key) if self.key is not None else []
        return next((seal for seal in reversed(seals) if seal.is_signed_by(led_to)), None)

    def _speaks(self, keys: Keys, known: Verifier, seals: Sequence[Seal]) -> bool:
        """Whether the known key is one of the record, and speaks for a seal where another key of the record, for which it does not, has
        sealed something.
        """
        led_to = keys.led_to(known)
        return bool(led_to) and (len(led_to) == len(keys.in_force) or not seals or self.last_spoken_for(keys, seals) is not None)


def _by_whom(alone: bool) -> Reason:
    """How many people a key that is lost was replaced by, as the entry says."""
    return Reason("lost-by-one" if alone else "lost-by-two", {})


UNKNOWN = Anchor()
"""Nothing is known. A key that was lost is found all the same."""

LOST_IS_SAID = Anchor(accept_lost=None)
"""Where it is asked what is damaged, not who vouches for the record."""


def _compared(noted: Noted, there: Mapping[int, Seal], keys: Keys, origin: str) -> Iterator[Finding]:
    """The seals that were noted under one name of the record. What it said that it goes on without is no damage, and said elsewhere."""
    left = keys.left.get(origin)
    gone: list[int] = []
    others: list[int] = []
    for n, checkpoint in noted.items():
        if left is not None and n > left.last and left.said.goes_without(n, checkpoint):
            if left.said.contradicts(n, checkpoint):
                others.append(n)
            continue
        seal = None if left is not None and n > left.last else there.get(n)
        if seal is None:
            gone.append(n)
        elif seal.checkpoint() != checkpoint:
            others.append(n)
    yield from (Finding("seal-other", seal=n) for n in others)
    last = max(there, default=0)
    if gone and left is None and not others and min(gone) > last == keys.last():
        behind = noted[max(gone)].size - (there[last].size if last else 0)
        yield Finding("copy-behind", field=str(behind), seal=max(gone))
    else:
        yield from (Finding("seal-gone", seal=n) for n in gone)
