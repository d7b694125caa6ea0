"""What a line is read against: the calendar, the units, the plan, the workflow, and what a person answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from engine.errors import Problem
from engine.office.ledger.outcome import Reading, RowProblem
from engine.office.ledger.parties import Find, Parties
from engine.office.ledger.questions import A_SOURCE, A_UNIT, A_YEAR, DAY, GRADE, Asked, Question
from engine.office.ledger.year import year_answered
from engine.rules.definition import Definition
from engine.rules.worktime import Calendar
from engine.words.vocabulary import answer_named

MICROSECOND = timedelta(microseconds=1)
"""What was done on a day was done before its close: what came on the last day came in time."""


@dataclass(slots=True)
class Days:
    """Days as moments, each counted once: thousands of rows have the same few."""

    calendar: Calendar
    now: datetime
    _closes: dict[date, datetime] = field(default_factory=dict)
    _past: dict[date, datetime] = field(default_factory=dict)

    @property
    def this_year(self) -> int:
        """The year of today."""
        return self.calendar.local_day(self.now).year

    def close(self, day: date) -> datetime:
        """The end of a limit."""
        found = self._closes.get(day)
        if found is None:
            found = self._closes[day] = self.calendar.close(day).astimezone(UTC)
        return found

    def past(self, day: date) -> datetime:
        """When something was that was on that day: of today, now at the latest."""
        found = self._past.get(day)
        if found is None:
            at = self.close(day) - MICROSECOND
            found = self._past[day] = min(at, self.now) if day == self.calendar.local_day(self.now) else at
        return found


@dataclass(slots=True)
class Context:
    """All that is the same for every line of an import. `keeps_outer`: the workflow has a clock for a superior's own date."""

    definition: Definition
    days: Days
    sha256: str
    year: int | None
    source: str | None
    batch: str | None
    asked: Asked
    find: Find
    parties: Callable[[str], Parties]
    nearest: Callable[[str], Sequence[str]]
    members: Mapping[str, Sequence[str]]
    measures: Collection[str]
    leader: Callable[[str], str | None]
    officer: Callable[[str], str | None]
    grade: Callable[[str], str | None]
    sources: Callable[[str], str | None]
    day: Callable[[str], date | None]
    keeps_outer: bool = False

    def ask(self, reading: Reading, question: Question) -> str | None:
        """The answer of a person to a question about a row, or what holds without one; None where the row has to wait."""
        given = self.asked.given(question, lambda text: self._meant(question, text))
        if given is None:
            reading.asked.append(question)
            return question.default
        return given

    def _meant(self, question: Question, text: str) -> str | None:
        """What an answer means: one of the question's own, by its code or by what it is called, or what was written where it has a
        place for that; None where the question does not have it.
        """
        if text in question.codes:
            return text
        named = answer_named(question.code, question.codes, text) or (self.grade(text) if question.code == GRADE else None)
        if named is not None:
            return named
        places = {DAY: self.day, A_UNIT: self.find, A_SOURCE: self.sources, A_YEAR: self._year}
        return text if any(places[choice](text) is not None for choice in question.choices if choice in places) else None

    def _year(self, text: str) -> str | None:
        return year_answered(text, self.days.this_year)


def tell(
    reading: Reading, code: str, place: int | None = None, *, holds: bool = True, values: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Notes a problem of a row."""
    problem = Problem(code, reading.row, values, "", reading.sheet)
    reading.problems.append(RowProblem(reading.sheet, reading.row, problem, holds, place))
