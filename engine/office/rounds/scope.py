"""What a round measures: targets of the plan as it stands, and which pairs of target and subject are in its scope."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from engine.errors import NotFound, UsageError
from engine.office.rounds.results import in_scope
from engine.rules.loop.identity import ProblemName, Successors
from engine.rules.loop.round import Round
from engine.rules.loop.target import HAND, MANNERS, VALUE, Standard
from engine.rules.plan import Plan

_ASKED = re.compile(
    r"^(?P<id>[1-9]\d*\.[1-9]\d*(?:-[1-9]\d*)?)"
    r"(?::?(?P<by>[a-z]*)(?P<comparator>>=|<=|>|<|=|~)(?P<value>-?\d+(?:\.\d+)?)(?P<unit>.*))?$"
)


def standards_of(plan: Plan) -> dict[str, Standard]:
    """Every target of the plan, and every indicator, which is judged by hand unless a round says by what."""
    leads = {measure.no: measure.lead for measure in plan.measures}
    found = {
        target.id: Standard(
            target.id, target.metric, target.measure, VALUE, target.comparator, target.value, target.unit, target.deadline,
            target.mandatory, target.lead or leads.get(target.measure),
        ) for target in plan.targets
    }
    return found | {item.no: Standard(item.no, item.name, item.no, HAND, lead=leads.get(item.no)) for item in plan.indicators}


def named_standards(plan: Plan, texts: Sequence[str]) -> tuple[Standard, ...]:
    """The targets of a round: all of the plan, or those that were named, as they were named: `3.5-1`, `3.4:rate>=85`, `3.6:rank<=9`.

    Raises NotFound for a target that there is not, UsageError for what cannot be read.
    """
    known = standards_of(plan)
    if not texts:
        return tuple(known.values())
    return tuple({item.id: item for item in (_named(known, text) for text in texts)}.values())


def scope_of(
    round_: Round, earlier: Iterable[Round], found: Iterable[ProblemName], successors: Successors,
) -> dict[str, ProblemName]:
    """The pairs in the scope of a round, by their names: each subject with each target where both were named; else those that earlier
    rounds of the scheme measured, and those that the results name. Of a list of points absence says nothing: only its own rows.
    """
    named = [item.id for item in round_.standards if item.named]
    targets = {item.id for item in round_.standards}
    pairs = {pair: round_.problem(pair) for pair in round_.results} | {item.pair: item for item in found}
    if round_.points:
        return pairs
    if named and round_.subjects:
        each = [ProblemName(round_.scheme, target, subject) for target in named for subject in round_.subjects]
    else:
        known = (round_.problem(pair) for other in earlier if not other.points for pair in other.results)
        each = [item for item in known if in_scope(round_, item.target, item.subject, successors)]
    meant = (successors.meant(item, pairs, targets) for item in each)
    return {item.pair: item for item in meant} | pairs


def overlap(one: Round, other: Round, successors: Successors) -> bool:
    """Whether two rounds of a scheme may measure the same pair."""
    targets = [{successors.target(item.id) for item in round_.standards if item.named} for round_ in (one, other)]
    subjects = [{successors.subject(name) for name in round_.subjects} for round_ in (one, other)]
    return all(not first or not second or not first.isdisjoint(second) for first, second in (targets, subjects))


def _named(known: Mapping[str, Standard], text: str) -> Standard:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("≥", ">=").replace("≤", "<=").replace("》", ">")
    found = _ASKED.match(plain)
    if found is None or (found["by"] and found["by"] not in MANNERS):
        raise UsageError(reason="target-text", text=text)
    standard = known.get(found["id"])
    if standard is None:
        near = get_close_matches(found["id"], known, 3, 0.4) or list(known)[:3]
        raise NotFound(reason="target-not-found", name=found["id"], nearest=near)
    if found["comparator"] is None:
        return standard._replace(named=True)
    return standard._replace(
        named=True, by=found["by"] or VALUE, comparator=found["comparator"], value=found["value"], unit=found["unit"] or standard.unit,
    )
