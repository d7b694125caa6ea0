"""When two findings are the same problem: of one scheme, one target, one subject (被评对象), and where points are listed one point.

Who is responsible, titles, values and row numbers are never part of it. A key that was stored never changes; whoever looks a problem up
follows the successors of what the key names: also where a subject was measured by its name and is a unit now.
"""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Container, Mapping
from itertools import product
from typing import NamedTuple

KEY_VERSION = "1"
"""How keys are written now. It stands in every key, so that another way of writing them is told from this one."""

_ESCAPES = (("%", "%25"), ("|", "%7C"))
NOTHING: Mapping[str, str | None] = {}


class ProblemName(NamedTuple):
    """Which problem a pair of target and subject is about. `subject` is the code of a unit, or a name: 全市, 市本级, 甲县.

    Of a list of points (扣分点) each row is a problem: `scheme` is then the round's number, `point` the sender's number of the row.
    """

    scheme: str
    target: str
    subject: str
    point: str | None = None

    @property
    def key(self) -> str:
        """Its key, as tickets keep it."""
        parts = (KEY_VERSION, self.scheme, self.target, self.subject, *(() if self.point is None else (self.point,)))
        return "|".join(_escaped(part) for part in parts)

    @property
    def pair(self) -> str:
        """Its name among the problems of one round."""
        return "|".join(_escaped(part) for part in (self.target, self.subject, *(() if self.point is None else (self.point,))))


class Lineage:
    """What names of one kind went over to: each name, and what came after it. The names that end as one are one."""

    __slots__ = ("_alike", "_lasts", "after")

    def __init__(self, after: Mapping[str, str | None]) -> None:
        self.after = after
        self._lasts = {name: _last(after, name) for name in after}
        self._alike: dict[str, set[str]] = {}
        for name, last in self._lasts.items():
            self._alike.setdefault(last, {last}).add(name)

    def last(self, name: str) -> str:
        """The last successor of a name: itself where nothing came after it."""
        return self._lasts.get(name, name)

    def family(self, name: str) -> list[str]:
        """The name, and every other one that has the same last successor."""
        return [name, *sorted(self._alike.get(self.last(name), {name}) - {name})]


class Successors:
    """What schemes, targets and subjects are called that went over to others; each maps what was to what came after it.

    A unit that ended goes over to its successor, and a subject that was measured by its name to the unit that bears the name.
    """

    __slots__ = ("schemes", "subjects", "targets")

    def __init__(
        self, schemes: Mapping[str, str | None] = NOTHING, targets: Mapping[str, str | None] = NOTHING,
        subjects: Mapping[str, str | None] = NOTHING,
    ) -> None:
        self.schemes, self.targets, self.subjects = Lineage(schemes), Lineage(targets), Lineage(subjects)

    def subject(self, name: str) -> str:
        """The last successor of a subject."""
        return self.subjects.last(name)

    def target(self, id_: str) -> str:
        """The last successor of a target."""
        return self.targets.last(id_)

    def scheme(self, name: str) -> str:
        """The last successor of a scheme."""
        return self.schemes.last(name)

    def last(self, problem: ProblemName) -> ProblemName:
        """The problem under the last successors of what it names."""
        return ProblemName(self.scheme(problem.scheme), self.target(problem.target), self.subject(problem.subject), problem.point)

    def meant(self, problem: ProblemName, known: Container[str], targets: Container[str]) -> ProblemName:
        """The problem that is meant among those of a round, whose pairs are `known`: as it is named, as one of them is that it is the same
        as, else by the last successors. `targets` are those of the round: of a target's names it is called by the one that is there.
        """
        if problem.pair in known or not (self.targets.after or self.subjects.after):
            return problem
        called = next((name for name in self.targets.family(problem.target) if name in targets), self.target(problem.target))
        last = problem._replace(target=called, subject=self.subject(problem.subject))
        return next((name for name in self.alike(last) if name.pair in known), last)

    def alike(self, problem: ProblemName) -> tuple[ProblemName, ...]:
        """Every name under which the problem may have been stored: its own first, then those of its predecessors and successors."""
        names = product(
            self.schemes.family(problem.scheme), self.targets.family(problem.target), self.subjects.family(problem.subject),
        )
        return tuple(ProblemName(*parts, problem.point) for parts in names)

    def names_of_scheme(self, name: str) -> list[str]:
        """Every name of a scheme: its own first, then those of its predecessors and successors."""
        return self.schemes.family(name)


def read_key(key: str) -> ProblemName | None:
    """The problem of a key; None for what is no key of this version."""
    version, *parts = key.split("|")
    if version != KEY_VERSION or len(parts) not in (3, 4):
        return None
    return ProblemName(*[_unescaped(part) for part in parts])


def read_pair(scheme: str, pair: str) -> ProblemName:
    """The problem of a name among those of one round."""
    return ProblemName(scheme, *[_unescaped(part) for part in pair.split("|")])


def _escaped(part: str) -> str:
    for char, escape in _ESCAPES:
        part = part.replace(char, escape)
    return part


def _unescaped(part: str) -> str:
    for char, escape in reversed(_ESCAPES):
        part = part.replace(escape, char)
    return part


def _last(successors: Mapping[str, str | None], name: str) -> str:
    seen = {name}
    while (after := successors.get(name)) is not None and after not in seen:
        seen.add(after)
        name = after
    return name
