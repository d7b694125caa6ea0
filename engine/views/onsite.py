"""Entering on site (现场记录): the visits that are going on, and how much a phone may send at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.rules.definition import Definition


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit for which something may be entered."""

    number: str
    day: date
    place: str


@dataclass(frozen=True, slots=True)
class OnsitePage:
    """What the page of a phone is made of. `key` is that of the next finding: sent twice it is one ticket. `done` is the ticket that was
    just made; a file has at most `most_megabytes`, all of a finding together `most_together`. Without `visits` it is the page that a phone
    keeps, of which nobody knows who reads it.
    """

    workflow: Definition
    visits: tuple[OpenVisit, ...]
    units: tuple[str, ...]
    key: str
    most_files: int
    most_megabytes: int
    most_together: int
    done: str | None = None
