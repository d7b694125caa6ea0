"""How the texts of a ledger are understood: units, people, grades, sources and days, as the desk understands what is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from engine.desk.intake import Intake
from engine.desk.plan import read_plan
from engine.errors import AmbiguousAccount, NotFound, NotPossible, UsageError
from engine.office.ledger.parties import read_parties
from engine.office.ledger.questions import Asked
from engine.office.ledger.reader import Context, Days
from engine.record.unit_list import read_units
from engine.rules.acts.opening import SOURCES
from engine.rules.definition import Definition
from engine.rules.timing import clocks
from engine.rules.worktime import Side
from engine.words.vocabulary import code_of


def context_of(
    intake: Intake, definition: Definition, days: Days, asked: Asked, *, sha256: str, year: int | None, source: str | None,
    batch: str | None,
) -> Context:
    """All that is the same for every line of an import by this actor."""
    names = intake.names()
    find = cache(names.find)
    groups = {unit.code: unit.members for unit in read_units(intake.desk.database) if unit.is_group}
    return Context(
        definition, days, sha256, year, source, batch, asked, find=find, parties=cache(lambda text: read_parties(text, find)),
        nearest=cache(names.nearest), members=groups,
        measures=_measures(intake), leader=cache(_or_none(lambda text: _leader(intake, text))),
        officer=cache(_or_none(intake.accounts.officer)),
        grade=cache(lambda text: _grade(intake, definition, text)),
        sources=cache(lambda text: code_of(text, SOURCES, "source")), day=cache(lambda text: _day(intake, text)),
        keeps_outer=clocks.keeps(definition, clocks.OUTER),
    )


def by_workflow_of(context: Context, intake: Intake, definition: Definition) -> Context:
    """The same for lines about tickets of another workflow than the one by which new items are taken over."""
    return replace(
        context, definition=definition, grade=cache(lambda text: _grade(intake, definition, text)),
        keeps_outer=clocks.keeps(definition, clocks.OUTER),
    )


def _measures(intake: Intake) -> frozenset[str]:
    try:
        return frozenset(measure.no for measure in read_plan(intake.desk, intake.actor).measures)
    except NotPossible:  # a record without a plan
        return frozenset()


def _leader(intake: Intake, text: str) -> str | None:
    """The account of a leader; somebody who has none is no fact of a ticket, and is kept among its words."""
    understood = intake.accounts.leader(text)
    return None if understood.warnings else understood.value


def _or_none(find: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """A search whose failure is an answer: of nobody's the name is kept."""

    def found(text: str) -> str | None:
        try:
            return find(text)
        except (NotFound, NotPossible, AmbiguousAccount):
            return None

    return found


def _grade(intake: Intake, definition: Definition, text: str) -> str | None:
    grade = intake.grade(definition, text)
    return grade if grade in definition.grades else None


def _day(intake: Intake, text: str) -> date | None:
    """The day of an answer; None where it is none."""
    if text.isascii() and text.count("-") == 2:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    try:
        day: date = intake.day(text, Side.ANY).value
    except UsageError:
        return None
    return day
