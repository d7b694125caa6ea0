"""What an application of results to a round did, or would do, and from which number of tickets on a person has to confirm it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.desk.filing import HandedIn
from engine.errors import NotPossible, Problem
from engine.office.rounds.newcomers import NewSubject
from engine.office.rounds.planning import Planned, counted
from engine.rules.loop import outcome
from engine.rules.loop.round import Round

FEW, MANY_OF_TEN, MANY = 20, 3, 50
"""A round of 20 pairs or more that opens more than three of ten, or any that opens more than 50, is asked for the number."""

Tick = Callable[[int], None]


class File(NamedTuple):
    """The file that results come from: as it can be kept (None: not kept), and how it was read."""

    sha256: str
    handed: HandedIn | None = None
    settings: Mapping[str, str | int | bool] = {}


class Reversal(NamedTuple):
    """A ticket whose opening or reopening is taken back: `how` is withdraw or revert, `unit` is whose it is where it was assigned."""

    number: str
    how: str
    unit: str | None = None


@dataclass(slots=True)
class Applied:
    """What an application did, or in a preview would do: every pair in scope, in their order, and what cannot be used.

    `written` is how many events it made; `confirms` how many tickets it opens, or finds again after they were closed. `asks`:
    another person has to do it, for letters went out.
    """

    round: Round
    planned: list[Planned]
    problems: list[Problem] = field(default_factory=list)
    columns: Mapping[str, str | None] = field(default_factory=dict)
    dry_run: bool = True
    written: int = 0
    confirms: int = 0
    asks: bool = False
    new_subjects: list[NewSubject] = field(default_factory=list)
    stays: list[tuple[str, str]] = field(default_factory=list)
    reversed: list[Reversal] = field(default_factory=list)

    @property
    def actions(self) -> dict[str, int]:
        """How often each action stands; they add up to the pairs in scope."""
        return counted(self.planned)


def are_many(applied: Applied) -> bool:
    """Whether so many tickets would be opened or found again that a person says how many."""
    planned, new = len(applied.planned), applied.confirms
    return new > MANY or (planned >= FEW and new * 10 > planned * MANY_OF_TEN)


def must_be_confirmed(applied: Applied, file: File, confirm: int | None) -> None:
    """Raises NotPossible where very many tickets would be opened or found again, and their number was not confirmed."""
    planned, new = applied.planned, applied.confirms
    last = applied.round.applications[-1] if applied.round.applications else None
    same_file = last is not None and last.settings.get("sha256") == file.sha256
    whole = new + sum(
        item.action == outcome.UNCHANGED and item.result.action in outcome.OPENS for item in planned
    ) if same_file else new
    if confirm is not None:
        if confirm not in (new, whole):
            raise NotPossible(reason="confirm-other", count=new, given=confirm)
        return
    if are_many(applied):
        raise NotPossible(reason="confirm-needed", count=new)
