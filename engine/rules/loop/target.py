"""What is demanded of a subject (目标值), what was found of it, and whether that is enough.

A target is the plan's (`3.5-1`: a comparator and a number), or an indicator of it (`3.4`) that is judged by score, rate, rank, drop of
rank or gap to the best, or by hand: seven indicators of the plan have no number.
"""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from engine.rules.json_value import JsonObject

VALUE, SCORE, RATE, RANK, DROP, GAP, HAND = "value", "score", "rate", "rank", "drop", "gap", "hand"
MANNERS = (VALUE, SCORE, RATE, RANK, DROP, GAP, HAND)
"""How a target may be judged; `drop` is how many places the rank fell since the last round, `gap` what is missing to the best."""

MISS, PASS, NOT_MEASURED, NOT_APPLICABLE, NOT_DUE = "miss", "pass", "not-measured", "not-applicable", "not-due"
RESULTS = (MISS, PASS, NOT_MEASURED, NOT_APPLICABLE, NOT_DUE)
"""What a round says of a pair. `not-due`: short, but its date is to come, or it is only encouraged (未到期、鼓励性)."""

SAID = (MISS, PASS, NOT_MEASURED, NOT_APPLICABLE)
"""What an evaluator may say by hand."""

ABOUT = Decimal("0.05")
"""How far from the number 左右 may be, as a part of it."""

HUNDRED = 100

DIGITS, PLACES = 15, 6
"""How many digits a number may have before its point, and behind it."""

_COMPARED = {
    ">=": lambda found, wanted: found >= wanted, ">": lambda found, wanted: found > wanted,
    "<=": lambda found, wanted: found <= wanted, "<": lambda found, wanted: found < wanted,
    "=": lambda found, wanted: found == wanted, "~": lambda found, wanted: abs(found - wanted) <= abs(wanted) * ABOUT,
}

DOWNWARD = ("<=", "<")
"""Comparators of which less is better."""

FACTS = (
    "value", "score", "full_mark", "rate", "rank", "of", "tie", "mean", "best", "best_of", "sample", "least_sample", "bonus", "result",
    "lead", "last_rank",
)
"""What a row of results may hold of a pair, beside a note. Numbers are decimals as text; `tie` is "yes" where a rank is shared."""

Facts = Mapping[str, str]
"""What one row says, by the names in FACTS."""


class Standard(NamedTuple):
    """A target as a round pinned it: by what it is judged, against which number, by when; `lead` answers for it where the plan names one.

    A target that is not `mandatory` is only encouraged; those that are `named` are the scope of the round, if any is.
    """

    id: str
    name: str
    measure: str
    by: str
    comparator: str | None = None
    value: str | None = None
    unit: str | None = None
    deadline: date | None = None
    mandatory: bool = True
    lead: str | None = None
    named: bool = False

    @property
    def demand(self) -> str:
        """What is demanded, in a few characters, the same in every language: `<=5工作日`, `rank<=9`, `hand`."""
        if self.by == HAND:
            return HAND
        return f"{'' if self.by == VALUE else self.by}{self.comparator}{self.value}{self.unit or ''}"

    def to_json(self) -> JsonObject:
        node = {**self._asdict(), "deadline": self.deadline.isoformat() if self.deadline else None}
        usual = {"mandatory": True, "named": False}
        return {name: value for name, value in node.items() if value is not None and value != usual.get(name, "")}

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        deadline = node.get("deadline")
        return cls(**{**node, "deadline": date.fromisoformat(deadline) if deadline else None})


class Judged(NamedTuple):
    """Whether what was found is enough; `problem` is the code of why that cannot be said."""

    result: str
    problem: str | None = None


def judged(standard: Standard, facts: Facts, on: date, *, interim: bool = False) -> Judged:
    """What a round says of a pair by the facts of its row, as of a date. With `interim` a date to come excuses nothing."""
    found = _found(standard, facts)
    if found.result != MISS:
        return found
    excused = not standard.mandatory or (standard.deadline is not None and standard.deadline > on and not interim)
    return Judged(NOT_DUE) if excused else found


def measured(standard: Standard, facts: Facts) -> Decimal | None:
    """The number that is compared with what is demanded; None where there is none."""
    if standard.by == RATE and "rate" not in facts and {"score", "full_mark"} <= facts.keys():
        full = Decimal(facts["full_mark"])
        return Decimal(facts["score"]) * HUNDRED / full if full else None
    if standard.by == DROP:
        return Decimal(facts["rank"]) - Decimal(facts["last_rank"]) if {"rank", "last_rank"} <= facts.keys() else None
    if standard.by == GAP:
        return _behind_the_best(facts)
    if standard.by == HAND:
        return number(facts, "value", "score", "rate")
    return number(facts, standard.by)


class Kind(NamedTuple):
    """Of what kind a number is: two numbers are compared only where their kinds are equal. `full_mark` is a score's, if it is told."""

    manner: str
    unit: str | None = None
    full_mark: str | None = None


def kind_of(standard: Standard, facts: Facts) -> Kind | None:
    """The kind of the number that `measured` gives; None where there is none. What a hand judges may bear a rate once and a score then."""
    if measured(standard, facts) is None:
        return None
    if standard.by not in (HAND, GAP):
        return Kind(standard.by, standard.unit, facts.get("full_mark") if standard.by == SCORE else None)
    manner = next(name for name in (VALUE, SCORE, RATE) if name in facts)
    return Kind(manner if standard.by == HAND else f"{GAP} {manner}", standard.unit, facts.get("full_mark") if manner == SCORE else None)


def distance_to_best(facts: Facts) -> Decimal | None:
    """How far it is to the best, which is a value or a score as what was found is, or a rate where nothing else was told."""
    found = number(facts, VALUE, SCORE, RATE)
    return abs(Decimal(facts["best"]) - found) if found is not None and "best" in facts else None


def _behind_the_best(facts: Facts) -> Decimal | None:
    """What is missing to the best: of a score nothing where it is more than the best, which may be another city's. Of a value nobody says
    which way is better, so that any distance counts.
    """
    found = number(facts, "value", "score")
    if found is None or "best" not in facts:
        return None
    missing = Decimal(facts["best"]) - found
    return abs(missing) if "value" in facts else max(Decimal(0), missing)


def gap(standard: Standard, facts: Facts) -> Decimal | None:
    """How far what was found is from what is demanded: 0 where it is enough, None where there is no number."""
    found = measured(standard, facts)
    if found is None or standard.value is None or standard.comparator is None:
        return None
    wanted = Decimal(standard.value)
    return Decimal(0) if _COMPARED[standard.comparator](found, wanted) else abs(found - wanted)


def trend(standard: Standard, before: str | None, after: str | None, demanded: str | None) -> str | None:
    """How a number went since the last round, when this was `demanded`: `better`, `same` or `worse`; None where there is no number before
    or after, where the two are of different kinds, or where nothing says which way is better.
    """
    if before is None or after is None or standard.comparator in (None, "=", "~") or _asked(standard.demand) != _asked(demanded or ""):
        return None
    change = Decimal(after) - Decimal(before)
    if not change:
        return "same"
    return "better" if (change < 0) == (standard.comparator in DOWNWARD) else "worse"


def _asked(demand: str) -> str:
    """What is demanded without how much: by what, which way, in which unit."""
    return re.sub(r"-?[0-9]+(?:\.[0-9]+)?", "", demand, count=1)


def number(facts: Facts, *names: str) -> Decimal | None:
    """The first of these facts that is there, as a number."""
    return next((Decimal(facts[name]) for name in names if name in facts), None)


def is_number(text: str) -> bool:
    """Whether a text is a number as facts hold it: finite, without an exponent, no longer than anybody reads."""
    return re.fullmatch(rf"-?[0-9]{{1,{DIGITS}}}(?:\.[0-9]{{1,{PLACES}}})?", text) is not None


def plain(value: Decimal | None) -> str | None:
    """A number as text: no exponent, no zeros at its end, at most six places."""
    if value is None:
        return None
    text = f"{value:.{PLACES}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _found(standard: Standard, facts: Facts) -> Judged:
    """As `judged`, whatever the date."""
    said = facts.get("result")
    if said in (NOT_MEASURED, NOT_APPLICABLE):
        return Judged(said)
    if "sample" in facts and "least_sample" in facts and Decimal(facts["sample"]) < Decimal(facts["least_sample"]):
        return Judged(NOT_MEASURED)  # too few were asked
    found = measured(standard, facts)
    if found is None or standard.comparator is None or standard.value is None:
        return _said(standard, facts)
    result = PASS if _COMPARED[standard.comparator](found, Decimal(standard.value)) else MISS
    return Judged(result, "result-contradicts" if said is not None and said != result else None)


def _said(standard: Standard, facts: Facts) -> Judged:
    """What was said by hand, where no number decides. Of what has numbers and nobody judged nothing can be said; what is empty was not
    measured.
    """
    said = facts.get("result")
    if said is not None:
        return Judged(said)
    told = any(name in facts for name in ("value", "score", "rate", "rank"))
    if standard.by == DROP and told and "last_rank" not in facts:
        return Judged(NOT_APPLICABLE)  # there is no rank from which it could have dropped
    return Judged(NOT_MEASURED, "result-unjudged" if told else None)
