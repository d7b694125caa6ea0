"""Whether a holiday notice can be what it says: a slip of the keyboard in it would move the date of every open ticket.

A notice is held against the law (`statutory`): every statutory holiday has its days off; every other day off hangs together with
one of them, weekends between, or has a name of its own (a day the State Council gives once, such as 2015-09-03); a make-up day is a
rest day near a holiday of that notice, or the day directly after one; no day lies before the December before or after the
January after.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.errors import Problem
from engine.rules.worktime.notice import HolidayNotice
from engine.rules.worktime.statutory import HOLIDAYS, statutory

NEAR_DAYS = 10
"""A make-up day lies so near a day off of its notice; of 2007 to 2026 none lay further than six days away."""

_DAY = timedelta(days=1)


def implausible(notice: HolidayNotice, weekend: frozenset[int]) -> list[Problem]:
    """Everything in a notice that cannot be meant; an empty list is a notice one may trust."""
    where = str(notice.year)
    return [
        *(problem.within(where) for problem in _far_days(notice)),
        *(problem.within(where) for problem in _missing(notice)),
        *(problem.within(where) for problem in _lone(notice, weekend)),
        *(problem.within(where) for problem in _ordinary(notice, weekend)),
    ]


def _far_days(notice: HolidayNotice) -> Iterator[Problem]:
    first, last = date(notice.year - 1, 12, 1), date(notice.year + 1, 1, 31)
    for where, named in (("off", notice.off), ("work", notice.work)):
        for day, _ in named:
            if not first <= day <= last:
                yield Problem.at(
                    "problem-far-day", where, day=day.isoformat(), first=first.isoformat(), last=last.isoformat(),
                )


def _missing(notice: HolidayNotice) -> Iterator[Problem]:
    off = {day for day, _ in notice.off}
    for name, days in statutory(notice.year).items():
        missing = [day.isoformat() for day in days if day not in off]
        if missing:
            yield Problem.at("problem-no-holiday", "off", name=name, days=", ".join(missing))


def _lone(notice: HolidayNotice, weekend: frozenset[int]) -> Iterator[Problem]:
    """Days off that belong to no statutory holiday and are not named as anything else."""
    law = statutory(notice.year)
    if not law:
        return
    off, worked = {day for day, _ in notice.off}, {day for day, _ in notice.work}
    reached = {day for days in law.values() for day in days if day in off}
    edge = list(reached)
    while edge:
        day = edge.pop()
        for near in (day - _DAY, day + _DAY):
            rests = near in off or (near.weekday() in weekend and near not in worked)
            if rests and near not in reached:
                reached.add(near)
                edge.append(near)
    for day, name in notice.off:
        if day not in reached and (not name or any(known.removesuffix("节") in name for known in HOLIDAYS)):
            yield Problem.at("problem-lone-day", "off", day=day.isoformat())


def _ordinary(notice: HolidayNotice, weekend: frozenset[int]) -> Iterator[Problem]:
    """Make-up days that make up for nothing."""
    off = sorted(day for day, _ in notice.off)
    for day, _ in notice.work:
        if day.weekday() not in weekend and day - _DAY not in off:
            yield Problem.at("problem-no-makeup", "work", day=day.isoformat())
        elif not any(abs(day - other) <= NEAR_DAYS * _DAY for other in off):
            yield Problem.at("problem-far-makeup", "work", day=day.isoformat(), most=NEAR_DAYS)
