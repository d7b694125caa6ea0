"""Next year's targets and schemes have other ids: which went over to which, as people say it, and what that does to open tickets.

It is kept in one entry of the administration. A stored key never changes; look-ups follow what is said here (`loop/identity`).
"""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and rounds would wait for it.

from collections.abc import Container, Mapping
from typing import NamedTuple, Self

from engine.errors import Reason
from engine.rules.json_value import Json, JsonObject
from engine.rules.loop.identity import ProblemName, Successors, read_key

SCHEME, TARGET = "scheme", "target"
"""What goes over to another by a word of people; of units the register says it."""


class GoingOver(NamedTuple):
    """The successors of schemes and of targets, each by what went over to it."""

    schemes: Mapping[str, str] = {}
    targets: Mapping[str, str] = {}

    def of(self, kind: str) -> Mapping[str, str]:
        """Those of one kind."""
        return self.schemes if kind == SCHEME else self.targets

    def after(self, kind: str, old: str, new: str) -> Self:
        """As it is once `old` goes on as `new`. What goes on as itself has no successor any more."""
        kept = {name: to for name, to in self.of(kind).items() if name != old}
        said = kept if new == old else {**kept, old: new}
        return self._replace(schemes=said) if kind == SCHEME else self._replace(targets=said)

    def ends(self) -> bool:
        """Whether every name arrives at one that goes over to no other."""
        return all(_ends(names, name) for names in self for name in names)

    def to_json(self) -> JsonObject:
        return {"schemes": _pairs(self.schemes), "targets": _pairs(self.targets)}

    @classmethod
    def from_json(cls, node: Mapping[str, Json]) -> Self:
        """The inverse of `to_json`. Raises KeyError, TypeError and ValueError for what says nothing of the kind."""
        return cls(_names(node["schemes"]), _names(node["targets"]))


class Orphan(NamedTuple):
    """An open ticket whose problem has no counterpart: `target` and `unit` are what is there no more, or None."""

    number: str
    problem: ProblemName
    target: str | None
    unit: str | None


class Move(NamedTuple):
    """An open ticket whose problem is measured under other names than before."""

    number: str
    problem: ProblemName
    after: ProblemName


def against(before: GoingOver, kind: str, old: str, new: str, units: Mapping[str, str | None], keys: Mapping[str, str]) -> Reason | None:
    """Why `old` cannot go on as `new`, if it cannot: it would come round to itself, or tickets that are under way as two problems would
    be one. `keys` are those of the open tickets by number, `units` the successors of units.
    """
    after = before.after(kind, old, new)
    if not after.ends():
        return Reason("successor-round", {"old": old, "new": new})
    parted = Successors(before.schemes, before.targets, units)
    joined = Successors(after.schemes, after.targets, units)
    open_: dict[ProblemName, dict[ProblemName, str]] = {}
    for number, key in sorted(keys.items()):
        problem = read_key(key)
        if problem is not None:
            open_.setdefault(joined.last(problem), {}).setdefault(parted.last(problem), number)
    meeting = [number for numbers in open_.values() if len(numbers) > 1 for number in numbers.values()]
    return Reason("successor-meets", {"old": old, "new": new, "tickets": meeting}) if meeting else None


def moves(keys: Mapping[str, str], before: Successors, after: Successors) -> list[Move]:
    """The open tickets that are measured under other names once `after` stands. `keys` are theirs by number."""
    problems = {number: problem for number, key in keys.items() if (problem := read_key(key)) is not None}
    return [
        Move(number, problem, after.last(problem)) for number, problem in problems.items() if after.last(problem) != before.last(problem)
    ]


def orphans(keys: Mapping[str, str], successors: Successors, targets: Container[str], ended: Container[str]) -> list[Orphan]:
    """The open tickets whose problem no round can measure any more: their target is none of the plan's, or their unit ended and nobody
    succeeded it. `keys` are the open tickets' by number; `targets` those that there are, `ended` the units that are no more.
    """
    found = []
    for number, key in keys.items():
        problem = read_key(key)
        if problem is None:
            continue
        last = successors.last(problem)
        target = None if problem.target in targets or last.target in targets else last.target
        unit = last.subject if last.subject in ended else None
        if target is not None or unit is not None:
            found.append(Orphan(number, problem, target, unit))
    return found


def _ends(successors: Mapping[str, str], name: str) -> bool:
    seen = {name}
    while name in successors:
        name = successors[name]
        if name in seen:
            return False
        seen.add(name)
    return True


def _pairs(names: Mapping[str, str]) -> list[Json]:
    """Each name and its successor, in their order: what people call a scheme is no key of an object that is hashed."""
    return [[old, new] for old, new in sorted(names.items())]


def _names(node: Json) -> dict[str, str]:
    names = {old: new for old, new in node if isinstance(old, str) and isinstance(new, str)} if isinstance(node, list | tuple) else {}
    if _pairs(names) != ([list(pair) for pair in node] if isinstance(node, list | tuple) else None):
        raise ValueError("these are no names, each once and in order")
    return names
