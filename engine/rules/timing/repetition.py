"""Repetitions: the last rung of a ladder comes round again for as long as its clock runs, so that nothing open is ever silent.

A repetition is an alarm and nothing else: it has no level, proposes no letter and pulls no trigger. Its key is (clock, epoch, rung, n).
"""

from __future__ import annotations

from engine.rules.deadline import OFFICE
from engine.rules.definition import ANY_GRADE, Ladder, Rung, by_grade
from engine.rules.definition.model import NOTHING

FIRST_DAYS = (5, 15, 35)
EVERY_DAYS = 20
"""The first repetitions come so many working days after the last rung, every further one so many after the one before it."""

TO_LEADER_FROM = 2
"""From this repetition on the leader hears of the unit's silence too."""


def working_days_after(n: int) -> int:
    """How many working days after the last rung its n-th repetition comes (n from 1)."""
    if n <= len(FIRST_DAYS):
        return FIRST_DAYS[n - 1]
    return FIRST_DAYS[-1] + EVERY_DAYS * (n - len(FIRST_DAYS))


def last_rung(ladder: Ladder, grade: str | None) -> Rung | None:
    """The last rung that this grade has; None where the ladder has none for it."""
    return next((rung for rung in reversed(ladder.rungs) if by_grade(rung.at, grade) is not None), None)


def nth(ladder: Ladder, grade: str | None, of: str, n: int) -> Rung | None:
    """The n-th repetition as a rung that the ladder does not spell out; `of` says whose clock it is. None where there is no last rung."""
    last = last_rung(ladder, grade)
    if last is None:
        return None
    offset = by_grade(last.at, grade) or 0
    return Rung(last.name, last.title, {ANY_GRADE: offset + working_days_after(n)}, "notify", 0, hears(of, n), NOTHING, None)


def hears(of: str, n: int) -> tuple[str, ...]:
    """Who is told: of the office's own clocks the office and its leader; of a unit's the office and the unit's head, later the leader."""
    if of == OFFICE:
        return ("office", "leader")
    return ("office", "own-head", "leader") if n >= TO_LEADER_FROM else ("office", "own-head")
