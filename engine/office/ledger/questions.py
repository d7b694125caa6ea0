"""Questions that only a person can answer: each is asked once for all rows of an import, and answered by `KEY=VALUE`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.office.ledger.year import year_answered

YEAR, LEADS, GROUPS, UNDATED, UNLIMITED, STRUCK, EARLIER = "year", "leads", "groups", "done-undated", "no-due", "struck", "earlier"
WHICH_LIMIT, AGAIN = "which-limit", "again"
ABOUT_DUE, DATE, STATE, GRADE, SOURCE, UNIT, FILL, COLUMN = "due", "date", "status", "grade", "source", "unit", "fill", "column"
"""What is asked. The keys of the last line name what they ask about: `unit:市工商局`, `due:6.3`."""

FIRST, EACH, OPEN, SKIP, INCLUDE, NONE, STANDING, LIMIT = "first", "each", "open", "skip", "include", "none", "standing", "limit"
HERE, BEFORE = "here", "before"
THE_SAME, OTHERS = "same", "others"
"""Answers that are no date, unit or state."""

DAY, A_UNIT, A_SOURCE, A_YEAR = "DATE", "UNIT", "SOURCE", "YEAR"
"""Places among the choices for what a person writes: a day, the name of a unit, a source, a year."""

PLACES = frozenset({DAY, A_UNIT, A_SOURCE, A_YEAR})

ABOUT = ":"
LONGEST_ABOUT = 60
"""In characters. A longer text is named by its beginning."""


class Question(NamedTuple):
    """A question: its key, what may be answered (a place for what is written, like DATE, in capitals), what holds without an answer, and
    how many rows wait for it. Without `default` these rows are not taken over until it is answered.

    `hint` is what is near: names of units, days that may be meant.
    """

    key: str
    code: str
    about: str = ""
    choices: tuple[str, ...] = ()
    default: str | None = None
    hint: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """What may be answered as it stands, without the places for what is written."""
        return tuple(choice for choice in self.choices if choice not in PLACES)

    @property
    def written(self) -> bool:
        """Whether an answer may be written: a day, a unit, a source, a year."""
        return not PLACES.isdisjoint(self.choices)

    @property
    def holds(self) -> bool:
        """Whether rows wait for the answer."""
        return self.default is None


class Unfit(NamedTuple):
    """An answer that its question does not have."""

    question: Question
    text: str


def asked(code: str, about: str = "", choices: Iterable[str] = (), default: str | None = None, hint: Iterable[str] = ()) -> Question:
    """A question about a text of the ledger, or about all of it."""
    named = key_of(code, about)
    return Question(named, code, about, tuple(choices), default, tuple(hint))


def key_of(code: str, about: str = "") -> str:
    """The key of a question: what it asks about is named on one line and no longer than needed."""
    named = " ".join(about.split())[:LONGEST_ABOUT]
    return f"{code}{ABOUT}{named}" if named else code


ABOUT_TEXTS = frozenset({UNIT, SOURCE, GRADE, STATE})
"""What is asked about a text and means the same in every ledger: the answer is kept for the next time."""

ABOUT_LISTS = frozenset({YEAR, LEADS, GROUPS, WHICH_LIMIT, ABOUT_DUE, DATE, FILL})
"""What holds for all lists of a batch. What is left – a day for what has none, what became of struck rows – is said of one file."""


@dataclass(slots=True)
class Asked:
    """The answers of one import by the keys of their questions; `kept` are those of before, and `recalled` those of them that were needed.
    Of the questions that somebody asked `heard` are those that are answered, `unfit` those whose answers they do not have: a slip of the
    pen decides nothing, and the question stands.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    heard: dict[str, Question] = field(default_factory=dict)
    unfit: dict[str, Unfit] = field(default_factory=dict)
    recalled: dict[str, str] = field(default_factory=dict)

    def given(self, question: Question, meant: Callable[[str], str | None]) -> str | None:
        """What a person answered, now or before, as it is `meant`; None where there is no answer that the question has."""
        text = self.answers.get(question.key)
        if text is not None:
            answer = meant(text)
            if answer is None:
                self.unfit[question.key] = Unfit(question, text)
            else:
                self.heard[question.key] = question
            return answer
        before = self.kept.get(question.key)
        answer = meant(before) if before is not None else None
        if answer is not None:
            self.recalled[question.key] = answer
        return answer

    def year(self, this_year: int) -> int | None:
        """The year that a person gave as the answer to YEAR."""
        text = self.given(asked(YEAR, choices=(A_YEAR,)), lambda text: year_answered(text, this_year))
        return int(text) if text is not None else None

    def unused(self) -> list[str]:
        """Answers to what nobody asked."""
        return sorted({*self.answers} - self.heard.keys() - self.unfit.keys())

    def to_keep(self) -> dict[str, str]:
        """The answers that were given now, and asked for."""
        return {key: answer for key, answer in self.answers.items() if key in self.heard}
