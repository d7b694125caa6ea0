"""A finding of a visit as somebody typed it, entered with what was handed in: every door reads it alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.desk.tickets import WORKFLOW
from engine.office.visits.findings import SOURCE, enter
from engine.rules.acts.opening import Opening

if TYPE_CHECKING:
    from engine.desk.act import Done
    from engine.desk.filing import HandedIn
    from engine.desk.intake import Intake


@dataclass(frozen=True, slots=True)
class TypedFinding:
    """What was typed, each as its text; None or () where nothing was. `unit` is the one that it is suggested for, `key` the
    id that a phone gave it.
    """

    title: str
    measure: str | None = None
    grade: str | None = None
    unit: str | None = None
    place: str | None = None
    detail: str | None = None
    repeats: Sequence[str] = ()
    workflow: str = WORKFLOW
    key: str | None = None


def enter_typed(intake: Intake, number: str, typed: TypedFinding, files: Sequence[HandedIn] = (), *, dry_run: bool = False) -> Done:
    """Enters it. Raises VisitNotFound, NotFound, UnitNotFound, NotPermitted, Refused, KeyTaken, BadEvidence."""
    desk = intake.desk
    opening = Opening(
        typed.title, SOURCE, typed.detail, measure=intake.measure(typed.measure).no if typed.measure is not None else None,
        grade=intake.grade(desk.rules.current(typed.workflow), typed.grade),
        lead=intake.unit(typed.unit) if typed.unit is not None else None, repeats=intake.earlier(typed.repeats), key=typed.key,
    )
    return enter(desk, intake.actor, number, opening, files, typed.workflow, place=typed.place, dry_run=dry_run)
