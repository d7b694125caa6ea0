"""What became of complaints and reviews that came in: of one message, of a row of a file, of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.errors import Problem
from engine.rules.loop.feedback import Feedback

OPENED, ADDED, COUNTED, UPDATED, TWIN, PROBLEM = "opened", "added", "counted", "updated", "twin", "problem"
"""What becomes of a message besides what it may be beside what is known (`same`, `older`, `echo`): a ticket was opened for it, it was added
to the one of the same problem, it needs none; the sender's newer words stand; it stands twice in its file; it cannot be used.
"""

ACTIONS = (OPENED, ADDED, COUNTED, UPDATED, "same", "older", "echo", TWIN, PROBLEM)


class Received(NamedTuple):
    """What became of a message: the complaint or review after it."""

    action: str
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a row of a file."""

    row: int
    action: str
    ref: str = ""
    number: str | None = None
    ticket: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Intaken:
    """What became of a file: what its columns were taken for, its rows in their order, and what they add up to."""

    file: str
    source: str
    committed: bool
    columns: Mapping[str, str | None]
    rows: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How often each action was taken; they add up to the rows."""
        found = Counter(row.action for row in self.rows)
        return {action: found[action] for action in ACTIONS}
