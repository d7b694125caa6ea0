"""Subjects of a round that nobody measured before and that are no unit: allowed, and said once, for a misspelt county is one too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import Reason, Refused
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.names import WHOLE, Names
from engine.rules.loop.round import Round
from engine.rules.loop.round_acts import Beginning

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


class NewSubject(NamedTuple):
    """A subject by its name, and the units whose names are like it."""

    name: str
    near: tuple[str, ...]


def new_subjects(names: Names, subjects: Iterable[str], rounds: Iterable[Round]) -> list[NewSubject]:
    """Those of some subjects that are no unit, and that none of these rounds names or measured."""
    known = {*WHOLE}
    for round_ in rounds:
        known |= {*round_.subjects, *(round_.problem(pair).subject for pair in round_.results)}
    new = [name for name in dict.fromkeys(subjects) if name not in known and names.unit(name) is None]
    return [NewSubject(name, tuple(names.units.nearest(name))) for name in new]


def new_subjects_of(desk: Desk, round_: Round, subjects: Iterable[str]) -> list[NewSubject]:
    """Those of some subjects of a round that its scheme did not know before it began."""
    earlier = [other for other in Rounds(desk).of_scheme(round_.scheme) if other.number != round_.number]
    return new_subjects(Names(desk.database), subjects, earlier)


def must_be_known(desk: Desk, beginning: Beginning) -> None:
    """Raises Refused with the scheme that no round had before, where other schemes are, and with every subject that is new to it: each may
    be a slip of the pen, and a round that began under one stands beside those that it belongs to.
    """
    rounds = Rounds(desk)
    schemes = rounds.schemes()
    new = new_subjects(Names(desk.database), beginning.subjects, rounds.of_scheme(beginning.scheme))
    reasons = []
    if schemes and beginning.scheme not in schemes:
        reasons.append(Reason("round-scheme-new", {"scheme": beginning.scheme, "known": schemes}))
    reasons += [Reason("round-subject-new", {"name": each.name, "near": list(each.near)}) for each in new]
    if reasons:
        raise Refused(reasons)
