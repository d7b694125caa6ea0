"""An import as JSON values, which every door shows alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.errors import Problem
from engine.office.ledger.outcome import ACTIONS, Outcome, Reading, RowProblem
from engine.office.ledger.questions import Question
from engine.office.sheets.sheet import Book
from engine.rules.worktime import Calendar
from engine.views.imports import ImportView, ProblemView, QuestionView, RowView
from engine.views.ledger_proposal import commands
from engine.views.moments import day_text

Say = Callable[[str, Mapping[str, object]], str]
"""The text of a code with its values, in the language of whoever asks."""


def import_view(book: Book, outcome: Outcome, calendar: Calendar, say: Say, *, commit: bool) -> ImportView:
    """An import as programs read it."""
    return {
        "file": book.name, "sha256": book.sha256, "dry_run": not commit, "columns": columns_view(outcome),
        "rows": [_row(reading, calendar) for reading in outcome.readings],
        "counts": {action: outcome.count(action) for action in ACTIONS},
        "problems": [_of_file(problem, say) for problem in outcome.refusals] + [_of_row(problem, say) for problem in outcome.problems],
        "questions": [question_view(question, rows, say) for question, rows in outcome.questions],
        "remarks": [_of_file(problem, say, holds=False) for problem in outcome.remarks],
        "unseen": sorted(book.unseen), "unasked": list(outcome.unasked), "recalled": dict(outcome.recalled),
        "written": len(outcome.written), "tickets": outcome.written,
    }


def columns_view(outcome: Outcome) -> dict[str, str | None]:
    """The field of each head; where tables differ, the head is named with its sheet."""
    found: dict[str, str | None] = {}
    for table in outcome.tables:
        for column in table.columns:
            head = column.head if found.get(column.head, column.field) == column.field else f"{table.sheet}/{column.head}"
            found[head] = column.field
    return found


def question_view(question: Question, rows: Sequence[tuple[str, int]], say: Say) -> QuestionView:
    """A question as it is asked, with the rows that it is about."""
    return {
        "key": question.key, "code": question.code, "message": say(ask_code(question), {"about": question.about}),
        "choices": list(question.choices), "default": question.default, "hint": list(question.hint), "count": len(rows),
        "rows": [{"sheet": sheet, "row": row} for sheet, row in rows],
    }


def problem_values(problem: Problem) -> Mapping[str, object]:
    """What the text of a problem names, with the place that it is about."""
    return {"sheet": problem.where, "row": problem.line, **problem.values}


def ask_code(question: Question) -> str:
    """The code of the text of a question."""
    return f"ask.ledger.{question.code}"


def _row(reading: Reading, calendar: Calendar) -> RowView:
    item = reading.item
    opening, past = (item.opening, item.past) if item is not None else (None, None)
    return {
        "sheet": reading.sheet, "row": reading.row, "number": reading.number, "action": reading.action, "ticket": reading.ticket,
        "title": opening.title if opening else None, "source": opening.source if opening else None,
        "grade": opening.grade if opening else None, "lead": opening.lead if opening else None,
        "cooperators": list(opening.cooperators) if opening else [], "state": past.state if past else None,
        "due_on": day_text(opening.due, calendar.tz) if opening else None,
        "limit": opening.limit if opening else None, "outer_on": day_text(opening.outer, calendar.tz) if opening else None,
        "finished_on": day_text(past.finished_at or past.closed_at, calendar.tz) if past else None,
        "standing": past.standing if past else False,
        "repeats": [*reading.repeats, *(row.ticket or row.number or row.key for row in reading.follows)],
        "proposals": [{"field": each.field, "old": each.was, "new": each.says} for each in reading.proposals],
        "commands": commands(reading.proposed, "REASON") if reading.proposals else [],
        "questions": [question.key for question in reading.asked],
    }


def _of_row(problem: RowProblem, say: Say) -> ProblemView:
    view = _of_file(problem.problem, say, holds=problem.holds)
    return {**view, "sheet": problem.sheet, "row": problem.row}


def _of_file(problem: Problem, say: Say, *, holds: bool = True) -> ProblemView:
    return {
        "sheet": problem.where, "row": problem.line, "code": problem.code, "message": say(problem.code, problem_values(problem)),
        "holds": holds,
    }
