"""The plan an office supervises: its units, groups, measures, indicators and numeric targets, as frozen facts.

A plan is read once from the YAML nodes of a seed, with every fault collected, and ever after from its canonical JSON. Units
and groups keep the order of the document, which ranks them; the rest is put in the order of its numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from engine.errors import Problem
from engine.rules.fields import Check, day, flag, like, name, names, one_of, optional, read_entry, text, texts, year
from engine.rules.proof.chain import canonical
from engine.rules.unit_names import UnitNames

UNIT_KINDS = ("bureau", "party", "court", "county", "enterprise", "institution", "office", "association")
RELATIONS = ("subordinate", "county", "party", "court", "vertical", "enterprise")
RANK_GROUPS = ("department", "county", "utility", "stationed")
COMPARATORS = (">=", ">", "<=", "<", "=", "~")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that can be assigned to. `relation` to the city government decides which letters it may be sent.

    `rank_group`: units are ranked only inside it; without one they are shown and not ranked. `in_source` is false for
    units that the plan's document means without naming them.
    """

    code: str
    name: str
    kind: str
    relation: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    rank_group: str | None = None
    in_source: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """An addressee that stands for many units (各县（市、区）), never assigned to. `rule` says who its members are."""

    code: str
    name: str
    members: tuple[str, ...]
    rule: str
    aliases: tuple[str, ...] = ()
    kind: str = "group"


@dataclass(frozen=True, slots=True)
class Measure:
    """A 工作任务: codes of units or groups as 牵头, 配合, 负责; `clause` is what the document says of them."""

    no: str
    title: str
    clause: str
    leads: tuple[str, ...] = ()
    cooperators: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()

    @property
    def lead(self) -> str | None:
        """The one unit named 牵头; None where the document names none or several, and a person has to choose."""
        return self.leads[0] if len(self.leads) == 1 else None

    @property
    def named(self) -> tuple[str, ...]:
        """Everybody the clause names, leads first: whom to suggest when a lead has to be chosen."""
        return (*self.leads, *self.cooperators, *self.responsible)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A 核心指标: the short name of what a measure is evaluated by."""

    no: str
    name: str


@dataclass(frozen=True, slots=True)
class Target:
    """A numeric target: `metric comparator value unit` in `scope` by the end of `deadline`; `words` are the document's.

    `value` is a decimal as text; % and 百分点 are different units, and so are 日 and 工作日. `baseline` is what a change is
    measured against, where the document says so. `lead` tells which of several leads answers for it. A target that is
    not `mandatory` is only encouraged.
    """

    id: str
    measure: str
    metric: str
    comparator: str
    value: str
    unit: str
    deadline: date
    scope: str
    words: str
    baseline: str | None = None
    mandatory: bool = True
    lead: str | None = None
    note: str | None = None

    @property
    def number(self) -> Decimal:
        """The value, to be compared with a measured one."""
        return Decimal(self.value)


@dataclass(frozen=True, slots=True)
class Plan:
    """One year's plan of one city. `city` is its name without 市."""

    code: str
    title: str
    number: str
    issuer: str
    city: str
    year: int
    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()
    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[Target, ...] = ()

    def to_json(self) -> str:
        """The canonical text (RFC 8785) of the plan."""
        nodes: dict[str, Any] = {"plan": {key: getattr(self, key) for key in _HEAD}}
        for section in SECTIONS:
            nodes[section] = [asdict(entry) for entry in getattr(self, section)]
        for target in nodes["targets"]:
            target["deadline"] = target["deadline"].isoformat()
        return canonical(nodes)

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The inverse of `to_json`. Raises ValueError, naming every problem, for text that no valid plan has."""
        nodes = json.loads(text)
        plan, problems = read_plan(nodes if isinstance(nodes, dict) else {})
        if problems:
            raise ValueError("; ".join(map(str, problems)))
        return plan


_CODE = like(r"[A-Z][A-Z0-9]{1,15}", "problem-plan-code")
_NO = like(r"[1-9]\d*\.[1-9]\d*", "problem-plan-measure")
_NUMBER = like(r"(?!-0$)-?(0|[1-9]\d*)(\.\d*[1-9])?", "problem-plan-number")
_ID = like(r"[1-9]\d*\.[1-9]\d*-[1-9]\d*", "problem-plan-target")
_NAMES = {"code": _CODE, "name": name, "aliases": names}

_HEAD: dict[str, Check] = {
    "code": like(r"[a-z0-9-]+", "problem-plan-name"),
    "title": text, "number": text, "issuer": text, "city": text, "year": year,
}
_ENTRIES: dict[str, tuple[type[Any], dict[str, Check]]] = {
    "units": (Unit, {
        **_NAMES, "kind": one_of(*UNIT_KINDS), "relation": one_of(*RELATIONS), "parent": optional(_CODE),
        "rank_group": optional(one_of(*RANK_GROUPS)), "in_source": flag,
    }),
    "groups": (Group, {**_NAMES, "kind": one_of("group"), "members": texts, "rule": text}),
    "measures": (Measure, {
        "no": _NO, "title": text, "clause": text, "leads": texts, "cooperators": texts, "responsible": texts,
    }),
    "indicators": (Indicator, {"no": _NO, "name": text}),
    "targets": (Target, {
        "id": _ID, "measure": _NO, "metric": text, "comparator": one_of(*COMPARATORS), "value": _NUMBER, "unit": text,
        "baseline": optional(text), "deadline": day, "scope": text, "mandatory": flag, "words": text,
        "lead": optional(_CODE), "note": optional(text),
    }),
}

SECTIONS = ("units", "groups", "measures", "indicators", "targets")


def read_plan(nodes: Mapping[str, object]) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan in parsed YAML or JSON (`plan` and the five sections), and every fault with where it is.

    With faults the plan holds what could be read; it is good for nothing but further checks.
    """
    problems = [Problem.at("problem-no-such-section", str(key)) for key in nodes if key not in ("plan", *SECTIONS)]
    head = read_entry(Plan, _HEAD, nodes.get("plan"), "plan", problems)
    entries: dict[str, Any] = {section: _read_section(nodes.get(section), section, problems) for section in SECTIONS}
    plan = replace(head or Plan("", "", "", "", "", 0), **entries)
    keys = _keys_by_section(nodes)
    problems += [*_check_units(plan, keys), *_check_measures(plan, keys), *_check_targets(plan, keys)]
    return plan, tuple(problems)


def _read_section(nodes: object, section: str, problems: list[Problem]) -> tuple[Any, ...]:
    if not isinstance(nodes, list) or not nodes:
        problems.append(Problem.at("problem-empty-list", section))
        return ()
    kind, checks = _ENTRIES[section]
    key = fields(kind)[0].name
    entries: dict[str, Any] = {}
    for position, node in enumerate(nodes, 1):
        name = node.get(key, position) if isinstance(node, Mapping) else position
        entry = read_entry(kind, checks, node, f"{section}[{name}]", problems)
        if entry is not None and entries.setdefault(getattr(entry, key), entry) is not entry:
            problems.append(Problem.at("problem-twice", f"{section}[{name}]"))
    if key == "code":
        return tuple(entries.values())
    return tuple(entries[number] for number in sorted(entries, key=_order))


def _order(number: str) -> list[int]:
    return [int(part) for part in re.split(r"[.-]", number)]


def _keys_by_section(nodes: Mapping[str, object]) -> Mapping[str, set[str]]:
    """The keys of each section, also those of entries with a fault: an entry with one fault is not reported as missing wherever it
    is named.
    """
    keys: dict[str, set[str]] = {}
    for section, key in (("units", "code"), ("groups", "code"), ("measures", "no")):
        entries = nodes.get(section)
        names = [node.get(key) for node in entries if isinstance(node, Mapping)] if isinstance(entries, list) else []
        keys[section] = {name for name in names if isinstance(name, str)}
    return keys


def _check_units(plan: Plan, keys: Mapping[str, set[str]]) -> Iterable[Problem]:
    both: list[Unit | Group] = [*plan.units, *plan.groups]
    for called, bearers in UnitNames(both).clashes():
        yield Problem.at("problem-plan-name-taken", _where(bearers[-1]), name=called, unit=bearers[0].code)
    parents = {unit.code: unit.parent for unit in plan.units}
    for unit in plan.units:
        if unit.parent is not None and unit.parent not in keys["units"]:
            yield Problem.at("problem-plan-no-unit", f"{_where(unit)}.parent", code=unit.parent)
        above = unit.parent
        for _ in plan.units:
            if above == unit.code:
                yield Problem.at("problem-plan-ring", f"{_where(unit)}.parent")
                break
            above = parents.get(above) if above else None
    for group in plan.groups:
        if not group.members:
            yield Problem.at("problem-plan-nobody", f"{_where(group)}.members")
        strangers = [code for code in group.members if code not in keys["units"]]
        yield from (Problem.at("problem-plan-no-unit", f"{_where(group)}.members", code=code) for code in strangers)


def _where(named: Unit | Group) -> str:
    return f"{'groups' if isinstance(named, Group) else 'units'}[{named.code}]"


def _check_measures(plan: Plan, keys: Mapping[str, set[str]]) -> Iterable[Problem]:
    for measure in plan.measures:
        where = f"measures[{measure.no}]"
        if not measure.named:
            yield Problem.at("problem-plan-nobody", where)
        leads = [code for code in measure.leads if code not in keys["units"]]
        yield from (Problem.at("problem-plan-no-unit", f"{where}.leads", code=code) for code in leads)
        for role, codes in (("cooperators", measure.cooperators), ("responsible", measure.responsible)):
            strangers = [code for code in codes if code not in keys["units"] | keys["groups"]]
            yield from (Problem.at("problem-plan-no-unit-or-group", f"{where}.{role}", code=code) for code in strangers)
        twice = sorted({code for code in measure.named if measure.named.count(code) > 1})
        yield from (Problem.at("problem-plan-two-parts", where, code=code) for code in twice)
    for indicator in plan.indicators:
        if indicator.no not in keys["measures"]:
            yield Problem.at("problem-plan-no-measure", f"indicators[{indicator.no}]", measure=indicator.no)


def _check_targets(plan: Plan, keys: Mapping[str, set[str]]) -> Iterable[Problem]:
    measures = {measure.no: measure for measure in plan.measures}
    for target in plan.targets:
        where = f"targets[{target.id}]"
        if target.measure not in keys["measures"]:
            yield Problem.at("problem-plan-no-measure", f"{where}.measure", measure=target.measure)
        if target.id.partition("-")[0] != target.measure:
            yield Problem.at("problem-plan-other-measure", f"{where}.measure")
        measure = measures.get(target.measure)
        if measure and target.lead is not None and target.lead not in measure.leads:
            yield Problem.at("problem-plan-no-lead", f"{where}.lead", code=target.lead, measure=measure.no)
