"""What an import comes to: each row with what becomes of it, the problems, the questions, and how many were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.errors import Problem, UsageError
from engine.office.ledger.columns import Column
from engine.office.ledger.earlier import SILENT, Named
from engine.office.ledger.questions import Question, Unfit
from engine.office.sheets.sheet import Picture
from engine.rules.acts.ledger_item import Item
from engine.views.ledger_proposal import Change, Proposed

NEW, SAME, PROPOSED, ASKED, HELD, SKIPPED, CARRIED, TWIN = "new", "same", "proposed", "asked", "held", "skipped", "carried", "twin"
"""What becomes of a row: it is taken over; it was before, and says nothing new; it was, and says something that a person decides; it waits
for an answer; its problems hold it back; it was left aside because somebody said so; last year's ticket goes on (结转); another row of
the file says the same.
"""
ACTIONS = (NEW, SAME, PROPOSED, ASKED, HELD, SKIPPED, CARRIED, TWIN)

CLEAR = "<清空>"
"""What is written into a cell that is to be emptied; a blank one leaves everything as it is."""


class RowProblem(NamedTuple):
    """A problem of one row. One that does not hold it back is for a person to look at (需人工判断)."""

    sheet: str
    row: int
    problem: Problem
    holds: bool = True
    column: int | None = None


@dataclass(slots=True)
class Reading:
    """A row as it was read: what it would be taken over as, and what of it the row tells at all. `key` is its identity within its source,
    `otherwise` are those that it would have if the workbook had other sheets, `member` the unit for which it is one of several that the
    row stands for. `named` is what it says of earlier findings (`named_as` as it is written, `named_in` the column); `repeats` are the
    numbers of these, `follows` the rows of the same ledger that are, of which `depth` have to be taken over before it, one after the other.
    `pictures` lie at it, each with the head of its column. `wording` is what stands beside its title as it is written, `status_as` its
    state; of a ticket that is there already `assigned` says whether a unit has it, and `version` is its own.
    """

    sheet: str
    row: int
    number: str | None
    key: str = ""
    otherwise: tuple[str, ...] = ()
    item: Item | None = None
    told: Mapping[str, object] = field(default_factory=dict)
    sender: str | None = None
    former: str | None = None
    member: str | None = None
    asked: list[Question] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    action: str = NEW
    ticket: str | None = None
    proposals: tuple[Change, ...] = ()
    named: Named = SILENT
    named_as: str = ""
    named_in: int | None = None
    repeats: tuple[str, ...] = ()
    follows: tuple[Reading, ...] = ()
    depth: int = 0
    pictures: tuple[tuple[str, Picture], ...] = ()
    wording: str = ""
    status_as: str = ""
    assigned: bool = False
    version: int = 0

    @property
    def proposed(self) -> Proposed:
        """What it says otherwise than its ticket."""
        lead = self.told.get("lead")
        return Proposed(self.ticket or "", self.proposals, self.assigned, str(lead) if lead else None)

    @property
    def held(self) -> bool:
        """Whether a problem holds it back."""
        return any(each.holds for each in self.problems)


@dataclass(slots=True)
class Table:
    """A table of the file: its sheet, its title, its columns, and the numbers of the rows of its heading."""

    sheet: str
    title: str
    columns: tuple[Column, ...]
    heading: tuple[int, ...]


@dataclass(slots=True)
class Outcome:
    """What an import comes to. `refusals` stand against the file as a whole: nothing of it is written, nor where answers are `unfit`.
    `heard` are the questions that are answered now, `recalled` answers of before that were needed, each by the keys of their questions.
    """

    tables: Sequence[Table] = ()
    readings: Sequence[Reading] = ()
    questions: Sequence[tuple[Question, Sequence[tuple[str, int]]]] = ()
    unasked: Sequence[str] = ()
    recalled: Mapping[str, str] = field(default_factory=dict)
    heard: Mapping[str, Question] = field(default_factory=dict)
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    refusals: Sequence[Problem] = ()
    remarks: Sequence[Problem] = ()
    committed: bool = False
    written: list[str] = field(default_factory=list)

    def must_fit(self) -> None:
        """Raises UsageError for an answer that its question does not have, where a door shows no answers to be mended."""
        for key, (question, text) in self.unfit.items():
            raise UsageError(reason="answer-none-of-these", key=key, text=text, choices="|".join(question.choices))

    def count(self, action: str) -> int:
        """How many rows something becomes of."""
        return sum(reading.action == action for reading in self.readings)

    @property
    def problems(self) -> list[RowProblem]:
        """The problems of all rows."""
        return [problem for reading in self.readings for problem in reading.problems]
