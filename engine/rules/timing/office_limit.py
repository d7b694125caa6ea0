"""A limit that the office keeps for many tickets at once: it rings once for all of them, and comes round until it is met.

So 230 rows of one letter are one alarm and not 230. Its rungs are those by which every limit of the office rings.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from engine.rules.deadline import OFFICE, Deadline
from engine.rules.definition import ANY_GRADE, Ladder, Rung, Text
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import stamp
from engine.rules.recipients import Directory, with_deputies
from engine.rules.timing import repetition
from engine.rules.timing.rungs import arm, repetition_time
from engine.rules.worktime import Calendar

CLOCK = "assign-all"
"""No definition has it, so that its title lies among the words of the program: `clock.assign-all`."""

_LEADER = "leader"
_UNTITLED = Text("", "")

LADDER = Ladder("office", (
    Rung("office-due", _UNTITLED, {ANY_GRADE: 0}, "notify", 1, (OFFICE,)),
    Rung("office-late", _UNTITLED, {ANY_GRADE: 2}, "notify", 2, (OFFICE, _LEADER)),
))
"""At the date the office hears, two working days later its leaders too; then it comes round as every last rung does."""


class OfficeLimit(NamedTuple):
    """How far such a limit has climbed: since when and until when it runs, the rungs and repetitions behind it, when it rings next."""

    started_at: datetime
    due_at: datetime
    rung: int
    repeated: int
    next_at: datetime

    def deadline(self) -> Deadline:
        return Deadline(
            CLOCK, OFFICE, 1, self.started_at, self.due_at, rung=self.rung, repeated=self.repeated, next_at=self.next_at,
        )


def ring(limit: OfficeLimit, now: datetime, calendar: Calendar) -> tuple[JsonObject, tuple[str, ...]]:
    """The facts of the next rung, or of the last repetition that has come, and whom it tells. The effects say how far that has climbed."""
    deadline = limit.deadline()
    rung, planned, n = _next(deadline, now, calendar)
    behind = deadline._replace(rung=deadline.rung + 1) if n is None else deadline._replace(repeated=n)
    armed = arm(behind, LADDER, None, calendar)
    facts: JsonObject = {
        "clock": CLOCK, "epoch": deadline.epoch, "rung": rung.name, "level": rung.level, "act": rung.act,
        "scheduled_for": stamp(planned), "due_at": stamp(deadline.due_at),
        "effects": {"rung": armed.rung, "repeated": behind.repeated, "wake_at": stamp(armed.next_at or now)},
    }
    if n is not None:
        facts["n"] = n
        if missed := n - deadline.repeated - 1:
            facts["missed"] = missed
    return facts, rung.tell


def heard_by(tell: tuple[str, ...], directory: Directory) -> tuple[str, ...]:
    """The accounts that a rung tells, with whoever stands in for them; the office where there is no leader."""
    people = [directory.leaders or directory.office if who == _LEADER else directory.office for who in tell]
    return with_deputies(people, directory)


def _next(deadline: Deadline, now: datetime, calendar: Calendar) -> tuple[Rung, datetime, int | None]:
    """The rung that fires, its date, and of a repetition its number."""
    planned = deadline.next_at or now
    if deadline.rung < len(LADDER.rungs):
        return LADDER.rungs[deadline.rung], planned, None
    n = deadline.repeated + 1
    while (following := repetition_time(LADDER, None, deadline, n + 1, calendar)) is not None and following <= now:
        n, planned = n + 1, following
    last = LADDER.rungs[-1]
    return last._replace(level=0, tell=repetition.hears(OFFICE, n)), planned, n
