"""What an audit could not ask is told in words: every guard that may be left out has some, in every language."""

from __future__ import annotations

import pytest

from engine.rules.acts.guards import GUARDS
from engine.rules.judging.act import NOT_WHO_ASSIGNED, OF_ANOTHER_TICKET, OF_ENDED_UNITS
from engine.words import LANGUAGES, texts
from tests.rules.test_access_matrix import workflows


def of_erased_words() -> set[str]:
    """Guards that look at words, which can be erased."""
    return {
        guard.name
        for definition in workflows().values() for trigger in definition.triggers.values() for guard in trigger.guards
        if any(item.kind == "words" and item.name in GUARDS[guard.name].looks_at for item in trigger.input)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_guard_that_an_audit_may_leave_out_has_words(language: str) -> None:
    left_out = of_erased_words() | OF_ANOTHER_TICKET | OF_ENDED_UNITS | {NOT_WHO_ASSIGNED}
    assert {f"unasked.{name}" for name in left_out} <= set(texts(language))
