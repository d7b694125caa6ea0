"""What the doctor found of one thing that was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

WELL, NOTE, NEEDS = "well", "note", "needs"
"""How serious a sign is. `needs`: somebody has to do something."""

@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at. `code` and `values` give its text."""

    code: str
    level: str
    values: Mapping[str, Any] = field(default_factory=dict)
