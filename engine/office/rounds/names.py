"""Whom and what a sheet means: a subject (被评对象) by name, a target by its number or by what its indicator is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.office.sheets.cells import folded
from engine.record.database import Database
from engine.record.directory import unit_names
from engine.record.successors import read_successors
from engine.record.unit_list import StoredUnit
from engine.rules.loop.identity import Successors
from engine.rules.loop.target import Standard
from engine.rules.unit_names import UnitNames, written

NEAR = "result-subject-near"
"""The problem of a name that is like a known one, until somebody says whom it means."""

NEW = "new"
"""What is said of a subject that is not another one, however like their names are."""

WHOLE = ("全市", "市本级")
"""Subjects that are no unit of any record."""

SHORTEST_PART = 2
"""Characters of an indicator's name by which alone it may be meant."""

SHORTEST_LIKE = 3
"""Characters of a name that may be another one mistyped: of two, every county is like every other."""

_WEIGHT = re.compile(r"[(（][^()（）]*[)）]$")
_NO_SUBJECT = re.compile(r"^(平均|均值|平均值|平均分|平均得分|最优|最优值|最高|最低|合计|总计|总分|全省|全国|全省平均|备注|序号)")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_COUNTY = re.compile(r"^[\u4e00-\u9fff]{1,10}(县|区|市|本级)$")


@dataclass
class Names:
    """The names of one record, and the targets and subjects of one round.

    `known` are subjects that the scheme measured before, `means` what people said of others by their folded names: another name, or NEW.
    Where somebody `asks`, a new name that is like a known one stands for nobody until that is said; `near` has what it is like.
    """

    database: Database
    standards: Sequence[Standard] = ()
    named_subjects: Sequence[str] = ()
    known: Sequence[str] = ()
    means: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False
    near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _resolved: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def units(self) -> UnitNames[StoredUnit]:
        """Units that are in force."""
        return unit_names(self.database)

    @cached_property
    def successors(self) -> Successors:
        """Which schemes, targets and units went over to others."""
        return read_successors(self.database)

    @cached_property
    def _ended(self) -> UnitNames[StoredUnit]:
        """All units, also those that are no more: a sheet may name them for long."""
        return unit_names(self.database, ended=True)

    def in_force(self, code: str) -> str | None:
        """The unit that answers for what this one answered for: itself, or its successor; None where there is none any more."""
        found = self.units.find(self.successors.subject(code))
        return found.code if found is not None else None

    def subjects(self, text: str) -> tuple[str, ...]:
        """Whom a text names: a unit by its code, a group by those of its members, else the name itself. () where it names
        nobody.
        """
        key = text.strip()
        if key not in self._resolved:
            self._resolved[key] = self._subjects(key)
        return self._resolved[key]

    def unit(self, text: str) -> str | None:
        """The code of the unit in force that a text names, by itself or by what went over to it; None where it names none, or a group."""
        found = self.units.find(text) or self._ended.find(text)
        return None if found is None or found.is_group else self.in_force(found.code)

    def is_subject(self, text: str) -> bool:
        """Whether a head names somebody who is measured: a unit, a county by its name, or who the round names."""
        known = {folded(name) for name in (*WHOLE, *self.named_subjects)}
        if not text or _NO_SUBJECT.match(text):
            return False
        return folded(text) in known or (self.units.find(text) or self._ended.find(text)) is not None or bool(_COUNTY.match(text))

    def standard(self, *texts: str) -> Standard | None:
        """The target that the first of these texts means which means any: by its number, by its name, or by a part of an indicator's name
        that no other indicator's has.
        """
        return next((found for text in texts if (found := self._standard(text)) is not None), None)

    @cached_property
    def _by_name(self) -> dict[str, Standard]:
        named: dict[str, Standard] = {}
        for item in sorted(self.standards, key=lambda item: "-" in item.id):  # an indicator before a target of the same name
            named.setdefault(folded(item.name), item)
        return named | {folded(item.id): item for item in self.standards}

    def _standard(self, text: str) -> Standard | None:
        key = folded(_WEIGHT.sub("", text.strip()))
        if not key:
            return None
        found = self._by_name.get(key)
        if found is not None or len(key) < SHORTEST_PART:
            return found
        alike = [item for item in self.standards if "-" not in item.id and key in folded(item.name)]
        alike = alike or [item for item in self.standards if key in folded(item.name)]
        return alike[0] if len(alike) == 1 else None

    def _subjects(self, text: str) -> tuple[str, ...]:
        if not text or _NO_SUBJECT.match(text):
            return ()
        found = self.units.find(text) or self._ended.find(text)
        if found is None:
            own = next((name for name in (*self.named_subjects, *self.known) if folded(name) == folded(text)), None)
            return (own,) if own is not None else self._new(text)
        if not found.is_group:
            return (found.code,)
        return self._among_named(found) if self.named_subjects else found.members

    def _new(self, text: str) -> tuple[str, ...]:
        """A subject that nobody measured before. One whose name is like another's may be a slip of the pen: a person says so, or not."""
        said = self.means.get(folded(text))
        if said is not None and said != NEW:
            return self._subjects(said) if folded(said) != folded(text) else (written(text),)
        if said is None and self.asks and text not in WHOLE and (near := self._like(text)):
            self.near[text] = near
            return ()
        return (written(text),)

    def _like(self, text: str) -> tuple[str, ...]:
        """Which subjects and units have a name like it."""
        others = dict.fromkeys((*self.named_subjects, *self.known, *self.units.nearest(text)))
        return tuple(name for name in others if _is_like(_bare(text), _bare(name)))

    def _among_named(self, group: StoredUnit) -> tuple[str, ...]:
        """Those whom the round names of the members of a group; of who is no unit, whoever is called as a county is."""
        members = {self.successors.subject(code) for code in group.members}
        return tuple(
            name for name in self.named_subjects
            if self.successors.subject(name) in members or (self.unit(name) is None and name not in WHOLE and _COUNTY.match(name))
        )


def _bare(name: str) -> str:
    return _GOVERNMENT.sub("", folded(name))


def _is_like(one: str, other: str) -> bool:
    """Whether two names may be one: with a government behind it or without, or another character in its place."""
    if one == other or len(one) != len(other) or len(one) < SHORTEST_LIKE:
        return one == other
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def one_of(names: Iterable[str]) -> str | None:
    """The only one of several; None where there is not exactly one."""
    found = list(names)
    return found[0] if len(found) == 1 else None
