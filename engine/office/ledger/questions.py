"""Questions that only a person can answer: each is asked once for all rows of an import, and answered by `KEY=VALUE`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.errors import UsageError

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
    def holds(self) -> bool:
        """Whether rows wait for the answer."""
        return self.default is None


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
    """The answers of one import by the keys of their questions, and which of them somebody asked for; `kept` are those of before, and
    `recalled` those of them that were needed.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    recalled: dict[str, str] = field(default_factory=dict)

    def given(self, question: Question, fits: Callable[[str], bool]) -> str | None:
        """The answer of a person, given now or before; None where there is none. One of before that fits no more is none.

        Raises UsageError for an answer that the question does not have: a slip of the pen decides nothing.
        """
        given = self.answers.get(question.key)
        if given is not None:
            self.used.add(question.key)
            if not fits(given):
                raise UsageError(reason="answer-none-of-these", key=question.key, text=given, choices="|".join(question.choices))
            return given
        before = self.kept.get(question.key)
        if before is None or not fits(before):
            return None
        self.recalled[question.key] = before
        return before

    def year(self) -> int | None:
        """The year that a person gave as the answer to YEAR. Raises UsageError where it is none."""
        text = self.given(asked(YEAR, choices=(A_YEAR,)), lambda year: year.isascii() and year.isdigit() and len(year) == len("2020"))
        return int(text) if text is not None else None

    def unused(self) -> list[str]:
        """Answers to what nobody asked."""
        return sorted(set(self.answers) - self.used)

    def to_keep(self) -> dict[str, str]:
        """The answers that were given now, and asked for."""
        return {key: answer for key, answer in self.answers.items() if key in self.used}
