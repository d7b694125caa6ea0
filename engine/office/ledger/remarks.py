"""What is told of a file as a whole, and asked of all its rows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.errors import Problem
from engine.office.ledger.heads import OUTER
from engine.office.ledger.outcome import Reading
from engine.office.ledger.questions import Question
from engine.office.ledger.reader import Context
from engine.office.ledger.table import Line
from engine.office.ledger.tables import Found
from engine.office.sheets.cells import folded


def unheard(found: Found, named: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    """The columns of which somebody says what they are, and that no table has."""
    there = {folded(column.head) for table in found.tables for column in table.columns}
    return [Problem.at("ledger-no-column", column=head) for head in named if folded(head) not in there]


def outer_left(found: Found, context_of: Callable[[Line], Context]) -> list[Problem]:
    """The columns of a superior's own date, in sheets of which a row says one that its workflow does not keep."""
    workflows = {
        line.sheet: context.definition.name for line in found.lines
        if line.text(OUTER) and not (context := context_of(line)).keeps_outer
    }
    heads = [
        (table.sheet, each.head) for table in found.tables for each in table.columns if OUTER in each.fields and table.sheet in workflows
    ]
    return [
        Problem("ledger-outer", None, {"column": head, "workflow": workflows[sheet]}, "", sheet) for sheet, head in dict.fromkeys(heads)
    ]


def questions_of(readings: Sequence[Reading]) -> list[tuple[Question, list[tuple[str, int]]]]:
    """The questions of all rows, each once with its rows: those for which rows wait first."""
    rows: dict[str, list[tuple[str, int]]] = {}
    questions: dict[str, Question] = {}
    for reading in readings:
        for question in reading.asked:
            questions[question.key] = question
            place = (reading.sheet, reading.row)
            if place not in rows.setdefault(question.key, [])[-1:]:
                rows[question.key].append(place)
    return sorted(((question, rows[key]) for key, question in questions.items()), key=lambda pair: (not pair[0].holds, pair[0].key))
