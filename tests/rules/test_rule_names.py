"""Names of guards and effects live for ever, and one that is not known is told by name, never guessed."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from engine.errors import UnknownRule
from engine.rules.acts.command import Command
from engine.rules.acts.decide import assess, decide
from engine.rules.acts.effects import EFFECTS
from engine.rules.acts.effects.registry import effect
from engine.rules.acts.opening import Opening, open_ticket
from engine.rules.acts.rule_names import EFFECT_NAMES, unknown_rules
from engine.rules.definition import Definition, Guard
from engine.rules.timing.climb import climb
from tests.rules.conftest import OFFICE, PEOPLE, ROOT, Matter, china, workflow

KEPT = sorted((ROOT / "tests" / "facts" / "definitions").glob("*.json"))
"""Every definition that was ever shipped. Add to it, change nothing in it: tickets are pinned to these."""


def naming(definition: Definition, kind: str, name: str) -> Definition:
    """The definition as a later program might have written it: one of its triggers names something more."""
    submit = definition.triggers["submit"]
    more = submit._replace(guards=(*submit.guards, Guard(name))) if kind == "guard" else submit._replace(effects=(*submit.effects, name))
    return replace(definition, triggers={**definition.triggers, "submit": more}).with_hash()


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem[:8])
def test_a_definition_that_was_ever_shipped_names_nothing_that_is_gone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    definition = Definition.from_json(text)
    assert definition.hash == path.stem == sha256(text.encode()).hexdigest()
    assert definition.to_json() == text
    assert unknown_rules(definition) == ()


@pytest.mark.parametrize("path", sorted((ROOT / "workflows").glob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_shipped_is_kept(path: Path) -> None:
    shipped = workflow(path.stem)
    assert shipped.hash in {kept.stem for kept in KEPT}, f"keep its to_json() as tests/facts/definitions/{shipped.hash}.json"


def test_the_names_of_effects_are_those_of_the_registry() -> None:
    assert set(EFFECTS) == EFFECT_NAMES
    with pytest.raises(ValueError, match="frob"):
        effect("frob")


@pytest.mark.parametrize("kind", ["guard", "effect"])
def test_a_rule_that_is_not_known_is_an_error_that_names_ticket_and_rule(assigned: Matter, kind: str) -> None:
    assigned.definition = naming(assigned.definition, kind, "of-a-later-time")
    assert unknown_rules(assigned.definition) == ((kind, "of-a-later-time"),)
    at = assigned.situation()
    for act in (
        lambda: decide(at, Command("accept")),
        lambda: assess(at, at.definition.triggers["comment"]),
        lambda: climb(at, PEOPLE),
    ):
        with pytest.raises(UnknownRule) as caught:
            act()
        assert caught.value.values["reason"] == f"{kind}-unknown"
        assert (caught.value.values["number"], caught.value.values["name"]) == (at.ticket.number, "of-a-later-time")


def test_nothing_is_opened_by_a_workflow_that_is_not_known_whole(assigned: Matter) -> None:
    with pytest.raises(UnknownRule):
        open_ticket(
            naming(assigned.definition, "guard", "x"), Opening("x", "visit"), OFFICE, assigned.now, china(), ticket=2,
            number="ZG-2020-0002", office="ZG", salt="x",
        )
