"""What a round measured of a ticket's problem, or a 回头看 found of it, as the ticket keeps it, and what follows from all of that."""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Self

from engine.rules.json_value import JsonObject
from engine.rules.loop.outcome import CONFIRMED, COUNTS_AS_MISS, RELAPSED
from engine.rules.ticket_number import VISITS


class Measurement(NamedTuple):
    """One round's word on a ticket. `demand` is the target as the round had it, `attempt` the ticket's when it was measured; `repeats` the
    number of the earlier ticket of the same problem, where this one was opened because that is too old. `pair` is the other problem that it
    was measured for, where one is a duplicate of this ticket: a round may have a word on each. Of a 回头看, `round` is the number of the
    visit and `value` its rating.
    """

    round: str
    on: date
    result: str
    action: str
    value: str | None = None
    demand: str | None = None
    trend: str | None = None
    attempt: int = 0
    repeats: str | None = None
    pair: str | None = None

    def to_json(self) -> JsonObject:
        node = {**self._asdict(), "on": self.on.isoformat()}
        return {name: value for name, value in node.items() if value is not None}

    @property
    def by_visit(self) -> bool:
        """Whether it is the word of a 回头看."""
        return self.round.startswith(f"{VISITS}-")

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`. Raises KeyError, TypeError and ValueError for what is no measurement."""
        return cls(**{**node, "on": date.fromisoformat(node["on"])})


class Measurements(NamedTuple):
    """What follows from the measurements of a ticket: fields of it, by their names.

    `relapse` is the round by which a closed or reported ticket waits to be reopened by a person (拟重新整改). A relapse that was reopened
    is over, for the next attempt began. A 回头看 may stand in the place of a round, here and as the last that confirmed.
    """

    measurements: tuple[Measurement, ...]
    misses: int
    relapses: int
    confirmed: int
    last_confirmed_round: str | None
    relapse: str | None


def summed(measurements: Iterable[Measurement], *, attempt: int, withdrawn: bool) -> Measurements:
    """What follows from these measurements for a ticket in this attempt, in the order of their days whatever the order they came in."""
    each = sorted(measurements, key=lambda item: (item.on, item.round, item.pair or ""))
    confirmed = [item.round for item in each if item.action == CONFIRMED]
    last = each[-1].round if each else None
    waits = not withdrawn and any(item.round == last and item.action == RELAPSED and item.attempt == attempt for item in each)
    return Measurements(
        tuple(each), sum(item.action in COUNTS_AS_MISS for item in each),
        sum(item.action == RELAPSED or item.repeats is not None for item in each), len(confirmed), confirmed[-1] if confirmed else None,
        last if waits else None,
    )


def without(measurements: Sequence[Measurement], round_: str) -> tuple[Measurement, ...]:
    """The measurements, as if this round had not been."""
    return tuple(item for item in measurements if item.round != round_)


def last_round(measurements: Sequence[Measurement]) -> str | None:
    """The last round among those who measured; None where only visits looked at it."""
    return next((item.round for item in reversed(measurements) if not item.by_visit), None)


def of_pair(measurements: Iterable[Measurement], round_: str, pair: str | None) -> Measurement | None:
    """What a round said of the ticket for one problem; None where it said nothing."""
    return next((item for item in measurements if (item.round, item.pair) == (round_, pair)), None)
