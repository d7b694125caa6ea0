"""A file of results read for a round, and applied to it: as an import, or as a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.desk.filing import HandedIn, inspect
from engine.errors import InvalidFile, Refused, UsageError
from engine.office.rounds.application import Application
from engine.office.rounds.applied import Applied, File, Tick
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.columns import SYNONYMS, read_map
from engine.office.rounds.correction import Correction
from engine.office.rounds.going_over import must_have_counterparts
from engine.office.rounds.names import Names
from engine.office.rounds.results import Results, read_results
from engine.office.sheets.cells import folded
from engine.record import queries
from engine.record.aggregates import ROUNDS
from engine.record.evidence import BadEvidence
from engine.rules.access import Actor, may_evaluate, must
from engine.rules.loop.round import Round
from engine.rules.wording import LONGEST, word_problem

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


SEPARATOR = "; "
"""Stands between what was said of columns, as a round keeps it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read and applied: what was said of columns, which sheet, which subjects are whom
    (`NAME=SUBJECT`, or `NAME=new`), and what needs a person's word."""

    columns: Sequence[str] = ()
    sheet: str | None = None
    commit: bool = False
    confirm: int | None = None
    late: bool = False
    whole: bool = False
    subjects: Sequence[str] = ()


def import_results(desk: Desk, actor: Actor, number: str, path: Path, asked: Asked, tick: Tick = lambda count: None) -> Applied:
    """Imports a file into a round, or says what that would do. Raises RoundNotFound, InvalidFile, NotPossible, NotPermitted."""
    must(may_evaluate, actor)
    round_ = Rounds(desk).read(actor, number)
    must_have_counterparts(desk, actor, round_)
    results, file = _read(desk, round_, path, asked)
    return Application(desk, actor, round_.number).apply(
        results, file, commit=asked.commit, confirm=asked.confirm, late=asked.late, whole=asked.whole, tick=tick,
    )


def correct_results(desk: Desk, actor: Actor, number: str, path: Path, asked: Asked, reason: str, *, material: bool) -> Applied:
    """Corrects a round by a file, or says what that would do. Raises as `import_results` does, also before it is committed where nothing of
    the file can be used; Refused without a reason.
    """
    must(may_evaluate, actor)
    if asked.commit and (wrong := word_problem("reason", reason, LONGEST)) is not None:
        raise Refused((wrong,))
    round_ = Rounds(desk).read(actor, number)
    results, file = _read(desk, round_, path, asked)
    if results.nothing:  # what a correction does not name would be taken back
        raise InvalidFile(results.problems, file=path.name)
    return Correction(desk, actor, round_.number).correct(
        results, file, reason, material=material, commit=asked.commit, confirm=asked.confirm,
    )


def undo_round(desk: Desk, actor: Actor, number: str, reason: str | None, *, commit: bool) -> Applied:
    """Takes a round back whole, or asks another person to, or says what that would do. Raises RoundNotFound, NotPossible, NotPermitted."""
    must(may_evaluate, actor)
    return Correction(desk, actor, Rounds(desk).read(actor, number).number).undo(reason, commit=commit)


def _read(desk: Desk, round_: Round, path: Path, asked: Asked) -> tuple[Results, File]:
    from engine.office.sheets.reader import read  # what reads foreign files is not loaded by what reads none

    book = read(path)
    rounds = [ROUNDS.read(row) for row in desk.database.rows(queries.ROUNDS_OF_SCHEME, schemes=[round_.scheme])]
    said: Mapping[str, str] = {**_remembered(rounds), **read_map(asked.columns)}
    subjects = {**_told(rounds, "subjects"), **_subjects(asked.subjects)}
    measured = dict.fromkeys(name for each in rounds for name in (*each.subjects, *(each.problem(pair).subject for pair in each.results)))
    means = {folded(name): meant for name, meant in subjects.items()}
    names = Names(desk.database, round_.standards, round_.subjects, tuple(measured), means, asks=True)
    results = read_results(book, round_, names, said, asked.sheet)
    settings: dict[str, str | int | bool] = {name: value for name, value in (
        ("map", _pairs(said)), ("subjects", _pairs(subjects)), ("sheet", asked.sheet or ""), ("late", asked.late),
    ) if value}
    return results, File(book.sha256, _kept(path), settings)


def _remembered(rounds: Sequence[Round]) -> dict[str, str]:
    """What was said of columns when results of the scheme were imported before; what was said last holds."""
    return {head: field for head, field in _told(rounds, "map").items() if field in SYNONYMS}


def _told(rounds: Sequence[Round], setting: str) -> dict[str, str]:
    """What was said by pairs when the results of some rounds were imported, as these tell; what was said last holds."""
    applied = sorted((item for each in rounds for item in each.applications), key=lambda item: item.at)
    pairs = (text.rpartition("=") for item in applied for text in str(item.settings.get(setting, "")).split(SEPARATOR))
    return {name: said for name, _, said in pairs if name}


def _pairs(said: Mapping[str, str]) -> str:
    """Pairs as a round keeps them."""
    return SEPARATOR.join(f"{name}={meant}" for name, meant in said.items())


def _subjects(texts: Sequence[str]) -> dict[str, str]:
    """Whom names mean, as it was said. Raises UsageError."""
    found = {}
    for text in texts:
        name, equals, meant = text.rpartition("=")
        if not (equals and name.strip() and meant.strip()) or SEPARATOR in text:
            raise UsageError(reason="usage-subject", text=text)
        found[name.strip()] = meant.strip()
    return found


def _kept(path: Path) -> HandedIn | None:
    """The file as it can be kept; a text in an encoding that nobody keeps is named by its hash alone."""
    try:
        return inspect(path)
    except BadEvidence:
        return None
