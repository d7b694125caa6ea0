"""What a foreign file comes to: a ledger as JSON values, which every door shows; and as pages a ledger, results of a round, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from engine.errors import ZgError
from engine.rules.definition import Definition
from engine.views.round import AppliedView

OF_ANOTHER_YEAR, HIDDEN_PARTS = frozenset({"ledger-year-dates", "ledger-year-numbers", "ledger-links"}), "ledger-hidden"
"""What stands against a file until a person says of which year it is, or what becomes of its hidden parts."""


class RowView(TypedDict):
    """A row, what becomes of it, and as what it is taken over. `ticket` is the number of its ticket, where it has one;
    `repeats` are earlier findings, those of the same file by their numbers there until they have a ticket; `commands` take over what it
    proposes; `questions` are the keys of those that it asks.
    """

    sheet: str
    row: int
    number: str | None
    action: str
    ticket: str | None
    title: str | None
    source: str | None
    grade: str | None
    lead: str | None
    cooperators: list[str]
    state: str | None
    due_on: str | None
    limit: str | None
    outer_on: str | None
    finished_on: str | None
    standing: bool
    repeats: list[str]
    proposals: list[dict[str, str | None]]
    commands: list[str]
    questions: list[str]


class ProblemView(TypedDict):
    """A problem of a row, or of the file (without `row`). One that `holds` keeps it from being taken over."""

    sheet: str
    row: int | None
    code: str
    message: str
    holds: bool


class QuestionView(TypedDict):
    """A question with what may be answered: `--answer KEY=VALUE`. `default` is what holds without an answer; without one its rows wait."""

    key: str
    code: str
    message: str
    choices: list[str]
    default: str | None
    hint: list[str]
    count: int
    rows: list[dict[str, str | int]]


class ImportView(TypedDict):
    """What an import comes to. `columns` has the field of each head, null for one that is unknown; `recalled` are answers of before that
    were needed, by their keys; `written` is how many tickets it made.
    """

    file: str
    sha256: str
    dry_run: bool
    columns: dict[str, str | None]
    rows: list[RowView]
    counts: dict[str, int]
    problems: list[ProblemView]
    questions: list[QuestionView]
    remarks: list[ProblemView]
    unseen: list[str]
    unasked: list[str]
    recalled: dict[str, str]
    written: int
    tickets: list[str]


@dataclass(frozen=True, slots=True)
class ImportForm:
    """What may be sent in. `most_megabytes` is how large it may be; `batches`, `rounds` and `visits` are those that are going on, each by
    its number and what it is called.
    """

    sources: tuple[str, ...]
    most_megabytes: int
    batches: tuple[tuple[str, str], ...]
    rounds: tuple[tuple[str, str], ...]
    visits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LedgerImport:
    """A ledger with what becomes of each row. `fields` are those that a column may be; `refused`: nothing of the file can be entered.

    `answered` are the questions that somebody answered, whose answers may be changed; `unfit` are answers that are none, by the keys of
    their questions. `units` and `sources` are those that may be named, `definition` is the workflow that has the grades.
    """

    token: str
    file: str
    found: ImportView
    fields: tuple[str, ...]
    sources: tuple[str, ...]
    refused: bool
    answered: tuple[QuestionView, ...]
    unfit: Mapping[str, str]
    units: tuple[str, ...]
    definition: Definition

    @property
    def questions(self) -> tuple[QuestionView, ...]:
        """All of them, those that are open first, in the order of the page."""
        return (*self.found["questions"], *self.answered)

    @property
    def asks_year(self) -> bool:
        """Whether the file may be of another year until somebody says of which it is, and no question asks that."""
        return not OF_ANOTHER_YEAR.isdisjoint(self._codes) and all(question["key"] != "year" for question in self.questions)

    @property
    def asks_hidden(self) -> bool:
        """Whether somebody has to say what becomes of its hidden parts."""
        return HIDDEN_PARTS in self._codes

    @property
    def _codes(self) -> set[str]:
        return {problem["code"] for problem in self.found["problems"]}

    def places(self, row: RowView) -> tuple[int, ...]:
        """At which places of the page, from 1 on, the questions stand that a row waits for."""
        return tuple(place for place, question in enumerate(self.questions, 1) if question["key"] in row["questions"])


@dataclass(frozen=True, slots=True)
class ResultsImport:
    """The results of a round with what each does, or a correction of them. `fields` are those that a column may be; `near` has for the name
    of a subject that is asked about those that it is like; `many`: so many tickets would come of it that a person says how many.
    """

    token: str
    file: str
    found: AppliedView
    fields: tuple[str, ...]
    only_kept: bool
    correcting: bool
    near: Mapping[str, Sequence[str]]
    many: bool


class FoundRow(NamedTuple):
    """Something that a sheet or a photo says a visit found: `where` names the row or the file, `number` its ticket where it has one."""

    where: str
    title: str
    unit: str
    photos: tuple[str, ...]
    new: bool
    number: str | None


@dataclass(frozen=True, slots=True)
class FindingsImport:
    """What a visit found, by a sheet or photos; `problems` are of what cannot be used, each with the row or the file, `beside` the
    pictures of a sheet that lie at no row with a finding.
    """

    token: str
    visit: str
    rows: tuple[FoundRow, ...]
    problems: tuple[tuple[str, ZgError], ...]
    entered: bool
    beside: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        new = sum(row.new for row in self.rows)
        return {"count": new, "same": len(self.rows) - new, "failed": len(self.problems)}
