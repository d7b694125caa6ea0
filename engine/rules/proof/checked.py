"""What a checked file held, and how much of it something from elsewhere speaks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.rules.proof.cosigned import Cosigned
from engine.rules.proof.keys import Keys
from engine.rules.proof.length import Whole
from engine.rules.proof.seal import Seal


@dataclass(slots=True)
class Checked:
    """What a file held; filled while the findings are read; of one ticket without the entries beside it. `proven` counts the events that a
    seal covers, `after` the others: nothing but the file itself speaks for those. `cosigned` tells what known witnesses signed, `restored`
    when the record went on from a copy, by the seq of the entry. `places` are those of the proven events among all of the record, of which
    something known from elsewhere speaks for the first `vouched_size`; the entry that tells of the last seal stands and falls with it.
    `lengths` tells when the ticket ended where the file does, and at which place the entry stands that says so.
    """

    scope: str = ""
    at: str = ""
    number: str | None = None
    title: str | None = None
    events: int = 0
    redacted: int = 0
    proven: int = 0
    after: int = 0
    cosigned: list[Cosigned] = field(default_factory=list)
    restored: dict[int, object] = field(default_factory=dict)
    seals: list[Seal] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)
    places: list[int] = field(default_factory=list)
    vouched_size: int = 0
    lengths: list[tuple[datetime, int | None]] = field(default_factory=list)

    def vouch(self, seal: Seal) -> None:
        """Something from elsewhere speaks for a seal, and so for the events it covers."""
        self.vouched_size = max(self.vouched_size, seal.size)

    def vouched(self) -> int:
        """For how many events something from elsewhere speaks."""
        return sum(place < self.vouched_size for place in self.places)

    def tail(self) -> int:
        """For how many events nothing but the file speaks."""
        return self.events - self.vouched()

    def whole(self) -> Whole | None:
        """As of when every event of the ticket is in the file, by the entry for which the most speaks; None where no entry says so."""
        return max(
            (Whole(place is not None and place < self.vouched_size, place is not None, at) for at, place in self.lengths), default=None,
        )
