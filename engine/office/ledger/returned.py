"""A copy of the ledger that goes back to who keeps it: what is wrong is red and told in a last column (错误说明)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.audit.outfile import replacing
from engine.office.ledger import questions
from engine.office.ledger.heads import (
    CLOSED_ON,
    EARLIER,
    FINISHED_ON,
    GRADE,
    LEAD,
    NUMBER,
    PARTIES,
    REPEAT,
    SOURCE,
    STATUS,
    TITLE,
)
from engine.office.ledger.heads import DUE as DUE_FIELD
from engine.office.ledger.outcome import Outcome, Reading
from engine.office.ledger.report import Say, ask_code, problem_values
from engine.office.sheets.annotated import Fault, write_annotated
from engine.office.sheets.sheet import Book

ABOUT: Mapping[str, tuple[str, ...]] = {
    questions.LEADS: (PARTIES, LEAD), questions.GROUPS: (PARTIES, LEAD), questions.UNIT: (PARTIES, LEAD), questions.ABOUT_DUE: (DUE_FIELD,),
    questions.YEAR: (DUE_FIELD,), questions.UNLIMITED: (DUE_FIELD,), questions.UNDATED: (FINISHED_ON, CLOSED_ON, STATUS),
    questions.STATE: (STATUS,), questions.GRADE: (GRADE,), questions.SOURCE: (SOURCE,), questions.STRUCK: (NUMBER, TITLE),
    questions.EARLIER: (EARLIER, REPEAT),
}
"""The columns that a question is about, the first that there is."""


def write_returned(path: Path, book: Book, outcome: Outcome, say: Say) -> int:
    """Writes the copy, whole or not at all, and returns how many of its rows are red. Raises InvalidFile where it cannot be written."""
    headings: defaultdict[str, list[int]] = defaultdict(list)
    for table in outcome.tables:
        headings[table.sheet] += table.heading
    with replacing(path) as scratch:
        return write_annotated(scratch, book, _faults(outcome, say), headings, say("ledger-faults", {}))


def _faults(outcome: Outcome, say: Say) -> Iterator[Fault]:
    places = {(table.sheet,
    field): column.place for table in reversed([*outcome.tables]) for column in table.columns for field in column.fields}
    for reading in outcome.readings:
        for problem in reading.problems:
            yield Fault(problem.sheet, problem.row, problem.column, say(problem.problem.code, problem_values(problem.problem)))
        for question in reading.asked:
            if question.holds:
                place = next((places[reading.sheet,
                field] for field in ABOUT.get(question.code, ()) if (reading.sheet, field) in places), None)
                yield Fault(reading.sheet, reading.row, place, say(ask_code(question), {"about": question.about}))
        yield from _proposed(reading, places, say)


def _proposed(reading: Reading, places: Mapping[tuple[str, str], int], say: Say) -> Iterator[Fault]:
    """What the row says otherwise than the record."""
    for proposal in reading.proposals:
        values = {"ticket": reading.ticket, "old": proposal.was or "—", "new": proposal.says or "—"}
        yield Fault(reading.sheet, reading.row, places.get((reading.sheet, proposal.field)), say("ledger-differs", values))
