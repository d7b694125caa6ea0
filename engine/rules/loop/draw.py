"""What a 回头看 looks at once more: closed tickets, drawn by a lot that everybody can draw again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from engine.errors import Reason
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.event import Event
from engine.rules.json_value import JsonObject

SAMPLE, MONTHS = "10%", 3
"""What is drawn unless told: of what was closed in the months before."""

_PERCENT, _COUNT = re.compile(r"([1-9][0-9]?|100)%"), re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Again:
    """What a 回头看 looks at once more: a `sample` (`10%`, or a number of tickets) of those closed in the `months` before, drawn by `lot`
    from `among`, which are all that could be drawn. The same lot draws the same from the same tickets.
    """

    sample: str
    months: int
    lot: str
    among: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Those that are drawn, in the order in which they stand among all."""
        ranked = sorted(self.among, key=lambda number: sha256(f"{self.lot}/{number}".encode()).digest())
        drawn = {*ranked[: self.size]}
        return tuple(number for number in self.among if number in drawn)

    @property
    def size(self) -> int:
        """How many are drawn: of a share at least one, if there is any."""
        share = _PERCENT.fullmatch(self.sample)
        return -(-len(self.among) * int(share[1]) // 100) if share else int(self.sample)

    def problem(self) -> Reason | None:
        """Why nothing is drawn so; None where something is."""
        if not (_PERCENT.fullmatch(self.sample) or _COUNT.fullmatch(self.sample)):
            return Reason("recheck-sample", {"sample": self.sample})
        return None if self.among else Reason("recheck-nothing", {"months": self.months})

    def to_json(self) -> JsonObject:
        """What the first event of a visit says of it."""
        return {
            "sample": self.sample, "months": self.months, "lot": self.lot, "among": list(self.among), "again": list(self.numbers),
        }


def months_before(day: date, months: int) -> date:
    """The day so many months before; of a month that has no such day, its last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def verifiers(history: Iterable[Event]) -> frozenset[str]:
    """The accounts that verified a ticket, whenever that was, and those they stood in for."""
    closing = [event for event in history if event.kind == "did" and (event.data.get("effects") or {}).get("closed_as") == VERIFIED]
    return frozenset(name for event in closing for name in (event.actor, event.data.get("for")) if name is not None)
