"""What became of a file of complaints and reviews, as JSON values."""

from __future__ import annotations

from typing import TypedDict

from engine.errors import Reason
from engine.office.complaints.intaken import Intaken
from engine.words.phrase import Phrase


class IntakeRow(TypedDict):
    """A row: the sender's id, what became of it, the complaint or review and its ticket."""

    row: int
    ref: str
    action: str
    number: str | None
    ticket: str | None


class IntakeProblem(TypedDict):
    """Why a row cannot be used."""

    row: int
    ref: str
    code: str
    message: str


class IntakeView(TypedDict):
    """A file: what its columns were taken for, null where they are not read; its counts add up to its rows."""

    file: str
    source: str
    dry_run: bool
    columns: dict[str, str | None]
    counts: dict[str, int]
    rows: list[IntakeRow]
    problems: list[IntakeProblem]


def intake_view(done: Intaken, phrase: Phrase) -> IntakeView:
    """What became of a file. Numbers of what was not written are not told: the next act may take them."""
    known = ("same", "older", "echo", "updated")
    return {
        "file": done.file, "source": done.source, "dry_run": not done.committed, "columns": dict(done.columns),
        "counts": done.counts,
        "rows": [
            {
                "row": each.row, "ref": each.ref, "action": each.action,
                "number": each.number if done.committed or each.action in known else None,
                "ticket": each.ticket if done.committed or each.action in known else None,
            } for each in done.rows
        ],
        "problems": [
            {"row": each.row, "ref": each.ref, "code": problem.code, "message": phrase.reason(Reason(problem.code, problem.values))}
            for each in done.rows for problem in each.problems
        ],
    }
