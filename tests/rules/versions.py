"""Other versions of a workflow, as an office may edit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from engine.rules.definition import Definition
from tests.rules.conftest import workflow

ANEW = "-anew"
SHORTEN = {"1 working day": "0 working days", "2 working days": "1 working day"}
LENGTHEN = {"1 working day": "2 working days", "2 working days": "4 working days", "3 working days": "5 working days"}


def edited(base: Definition, chance: Random) -> Definition:
    """Another version of a workflow: a state of another name, rungs on other days, other amounts, and a trigger more."""
    name = chance.choice(list(base.states))
    renamed = called(name, name + ANEW, base)
    amounts = chance.choice((SHORTEN, LENGTHEN))
    later = chance.choice((1, 2, 4))
    ladders = {
        key: item._replace(rungs=tuple(
            rung._replace(at={grade: at + later if at > 0 else at for grade, at in rung.at.items()}) for rung in item.rungs
        )) for key, item in renamed.ladders.items()
    }
    clocks = {
        key: item._replace(amount={grade: amounts.get(amount, amount) for grade, amount in item.amount.items()})
        for key, item in renamed.clocks.items()
    }
    more = renamed.triggers["comment"]._replace(name="remark")
    other = replace(renamed, ladders=ladders, clocks=clocks, triggers={**renamed.triggers, "remark": more})
    return other.with_hash()


def called(old: str, new: str, base: Definition | None = None) -> Definition:
    """A workflow, the shipped one unless told, in which a state has another name."""
    base = base or workflow("rectification")

    def named(name: str) -> str:
        return new if name == old else name

    def several(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(named(name) for name in names)

    return replace(
        base, initial=named(base.initial),
        states={named(name): item._replace(name=named(name)) for name, item in base.states.items()},
        clocks={name: item._replace(rests_in=several(item.rests_in)) for name, item in base.clocks.items()},
        triggers={
            name: item._replace(sources=several(item.sources), back=several(item.back), target=item.target and named(item.target))
            for name, item in base.triggers.items()
        },
    ).with_hash()


def names_between(before: Definition, after: Definition, base: Definition) -> Mapping[str, str]:
    """What states of one version of a workflow are called in another, as far as they have other names. Both were edited from `base`."""
    called_in_base = {name: name.removesuffix(ANEW) for name in before.states}
    names = {name.removesuffix(ANEW): name for name in after.states}
    assert names.keys() == base.states.keys()
    return {name: names[plain] for name, plain in called_in_base.items() if names[plain] != name}
