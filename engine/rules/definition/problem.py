"""A complaint about a workflow file: a value that is collected, never raised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where. `code` is the key of its text in `engine/words`; `values` are what the text names."""

    code: str
    line: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    file: str = ""
