"""A deadline: one clock of one ticket, since when it runs and when it is due."""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple, Self

from engine.rules.json_value import JsonObject
from engine.rules.pause import Pause
from engine.rules.proof.chain import moment, stamp
from engine.rules.ticket_facts import Request

RUNS, RESTS, ENDED, PLANNED, VOID = "runs", "rests", "ended", "planned", "void"
"""A deadline runs, rests (stands still), has ended, is planned (a date set before 交办), or is void (交办 was taken back)."""

OFFICE, LEAD, COOPERATOR = "office", "lead", "cooperator"
"""Whose a deadline is (`of`), in the words of a workflow."""


class Deadline(NamedTuple):
    """One clock of one ticket: since when it runs, when it is due, which rungs are done.

    `epoch` grows when the clock starts anew; a rung fires at most once an epoch. `pauses` are the spans of this epoch in which the clock
    stood still, in order; `stopped_at` is since when it rests (None: it does not). `next_at` is when the next rung is due (None: none
    left), `warn_at` when the first reminder was planned; `ours` names the rungs that came while the office owed the unit an answer, and
    that were therefore alarms of the office and not of the unit.
    `calendar` is the version an amount was counted with (None for a date that a person set). `repeated` counts the repetitions of the last
    rung that are behind it, fired or missed: a number, so that a deadline does not grow however long it waits.
    """

    clock: str
    of: str
    epoch: int
    started_at: datetime
    due_at: datetime
    amount: str | None = None
    state: str = RUNS
    stopped_at: datetime | None = None
    rung: int = 0
    level: int = 0
    next_at: datetime | None = None
    warn_at: datetime | None = None
    unit: str | None = None
    promise: bool = False
    provisional: bool = False
    skipped: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    calendar: str | None = None
    pauses: tuple[Pause, ...] = ()
    repeated: int = 0

    @property
    def fixed(self) -> bool:
        """A date that no amount leads to: a person set it, or it hangs on another date. It never moves by itself."""
        return self.amount is None

    def late_at(self, request: Request | None) -> datetime:
        """Since when one is late: the date, or the one asked for while a request that came in time waits for its answer."""
        if request is None or request.at >= self.due_at:
            return self.due_at
        return max(self.due_at, request.to)

    def to_json(self) -> JsonObject:
        """Only what differs from the defaults, times as text.

        Field by field and not in a loop: every change of a ticket writes all its deadlines, and a loop takes twice as long.
        """
        node: JsonObject = {
            "clock": self.clock, "of": self.of, "epoch": self.epoch, "started_at": stamp(self.started_at), "due_at": stamp(self.due_at),
        }
        if self.amount is not None:
            node["amount"] = self.amount
        if self.state != RUNS:
            node["state"] = self.state
        if self.stopped_at is not None:
            node["stopped_at"] = stamp(self.stopped_at)
        if self.rung:
            node["rung"] = self.rung
        if self.level:
            node["level"] = self.level
        if self.next_at is not None:
            node["next_at"] = stamp(self.next_at)
        if self.warn_at is not None:
            node["warn_at"] = stamp(self.warn_at)
        if self.unit is not None:
            node["unit"] = self.unit
        if self.promise:
            node["promise"] = True
        if self.provisional:
            node["provisional"] = True
        if self.skipped:
            node["skipped"] = self.skipped
        if self.ours:
            node["ours"] = self.ours
        if self.calendar is not None:
            node["calendar"] = self.calendar
        if self.pauses:
            node["pauses"] = [[stamp(pause.since), stamp(pause.until)] for pause in self.pauses]
        if self.repeated:
            node["repeated"] = self.repeated
        return node

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`, field by field since a loop takes twice as long. Raises KeyError, TypeError and ValueError for
        what is no deadline.
        """
        if not _NAMES.issuperset(node):
            raise ValueError(f"no field of a deadline: {', '.join(sorted(set(node) - _NAMES))}")
        (
            clock, of, epoch, started_at, due_at, amount, state, stopped_at, rung, level, next_at, warn_at, unit, promise, provisional,
            skipped, ours, calendar, pauses, repeated,
        ) = _values({**_DEFAULTS, **node})
        return cls._make((
            clock, of, epoch, moment(started_at), moment(due_at), amount, state, moment(stopped_at) if stopped_at is not None else None,
            rung, level, moment(next_at) if next_at is not None else None, moment(warn_at) if warn_at is not None else None, unit,
            promise, provisional, tuple(skipped), tuple(ours), calendar,
            tuple([Pause(moment(since), moment(until)) for since, until in pauses]) if pauses != () else (), repeated,
        ))


_NAMES = frozenset(Deadline._fields)
_DEFAULTS = Deadline._field_defaults
_values = itemgetter(*Deadline._fields)
