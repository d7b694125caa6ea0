"""Whether the events of one thing still make the hashes that lie beside them: what a page says of a ticket that it shows.

It proves less than `zg audit verify`: that nobody changed one of these events without the others, and not that all of them are genuine.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS, body, canonical, digest_words, link


def first_unlinked(stored: Iterable[tuple[Event, bytes]]) -> int | None:
    """The place (from 1) of the first event whose hash does not follow from it and the one before, or whose words are others than the
    digest in it says; None where every one is as it was written. Words that were erased are no fault.
    """
    before = GENESIS
    for place, (event, hash_) in enumerate(stored, 1):
        text = body(
            ticket=event.ticket, seq=event.seq, at=event.at, actor=event.actor, role=event.role, unit=event.unit, via=event.via,
            kind=event.kind, from_state=event.from_state, to_state=event.to_state, data=canonical(event.data),
        )
        if event.seq != place or link(before, text) != hash_ or _says_other_words(event):
            return place
        before = hash_
    return None


def _says_other_words(event: Event) -> bool:
    return bool(event.words) and digest_words(event.words or {}, event.salt or "") != event.data.get("words")
