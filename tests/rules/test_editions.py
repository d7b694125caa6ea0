"""A guard and a rule of access never change their meaning, and the effects of an act change with the edition of the rules only.

What was decided is judged again by today's rules (`rules/judging`): were one of them another rule under the same name, the audit would
call lawful what was not, or the other way round.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.facts import edition

KEPT: dict[str, Any] = json.loads(edition.PLACE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("group", "found"), [("guards", edition.guards()), ("access", edition.access_rules())])
def test_a_rule_keeps_its_meaning_for_ever(group: str, found: dict[str, str]) -> None:
    gone = KEPT[group].keys() - found.keys()
    assert not gone, "tickets are pinned to definitions that name these, and what they permitted is judged again"
    changed = [name for name, digest in KEPT[group].items() if found[name] != digest]
    assert not changed, "give the changed rule another name and keep this one; if it means the same, run python -m tests.facts.edition"
    assert found == KEPT[group], "keep what is new too: python -m tests.facts.edition"


def test_the_same_acts_have_the_same_effects_within_an_edition() -> None:
    found = edition.lives()
    same = (edition.EDITION, found) == (KEPT["edition"], KEPT["lives"])
    assert same, "an act has other effects than before: raise EDITION in rules/judging/judgement.py, then python -m tests.facts.edition"


def test_the_fingerprint_of_a_rule_is_of_what_it_does_and_not_of_what_is_said_of_it() -> None:
    def one(value: int) -> bool:
        """Says one thing."""
        return value > 1

    def other(value: int) -> bool:
        # says another thing
        return value > 1

    def different(value: int) -> bool:
        return value >= 1

    same, again = (edition.meaning(function) for function in (one, other))
    assert same != again, "the name belongs to it"
    assert edition.meaning(different) not in (same, again)
