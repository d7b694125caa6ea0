"""The registries and their page say the same."""

from __future__ import annotations

import re
from pathlib import Path

from engine.rules.acts.effects import EFFECTS
from engine.rules.acts.guards import GUARDS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "workflows.md"


def _rows(heading: str) -> list[str]:
    section = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)


def test_every_guard_is_explained_in_the_docs() -> None:
    assert _rows("Guards") == list(GUARDS)


def test_every_effect_is_explained_in_the_docs() -> None:
    assert _rows("Effects") == list(EFFECTS)
