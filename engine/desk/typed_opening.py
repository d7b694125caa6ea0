"""A finding as somebody types it, as the desk opens it: for every door."""

from __future__ import annotations

from dataclasses import dataclass

from engine.desk.intake import Intake
from engine.desk.understood import Understood
from engine.rules.acts.opening import Opening
from engine.rules.worktime import Side

OPTIONAL = ("detail", "measure", "grade", "lead", "leader", "officer", "due", "key", "complainant", "phone", "clue", "batch")
"""The fields of a new ticket that hold one text and may be left empty."""


@dataclass(frozen=True, slots=True)
class TypedOpening:
    """What was typed, each as its text; None or () where nothing was. `together` are the cooperators."""

    title: str
    source: str
    detail: str | None = None
    measure: str | None = None
    grade: str | None = None
    lead: str | None = None
    together: tuple[str, ...] = ()
    leader: str | None = None
    officer: str | None = None
    due: str | None = None
    key: str | None = None
    complainant: str | None = None
    phone: str | None = None
    clue: str | None = None
    batch: str | None = None
    repeats: tuple[str, ...] = ()


def opening(intake: Intake, typed: TypedOpening, workflow: str) -> Understood[Opening]:
    """The finding, with what its writer should hear. Raises UsageError, NotFound (a measure), UnitNotFound, AccountNotFound,
    AmbiguousAccount, NotPossible, WorkflowNotFound, NotPermitted, BatchNotFound, TicketNotFound (an earlier finding).
    """
    measure = intake.measure(typed.measure).no if typed.measure is not None else None
    leader = intake.accounts.leader(typed.leader) if typed.leader is not None else None
    due = intake.when(typed.due, Side.COMING) if typed.due is not None else None
    found = Opening(
        title=typed.title, source=typed.source, detail=typed.detail, measure=measure,
        grade=intake.grade(intake.desk.rules.current(workflow), typed.grade),
        lead=intake.unit(typed.lead) if typed.lead is not None else None, cooperators=intake.units(typed.together),
        leader=leader.value if leader else None, due=due.value if due else None, key=typed.key, complainant=typed.complainant,
        phone=typed.phone, clue=typed.clue, officer=intake.accounts.officer(typed.officer) if typed.officer is not None else None,
        batch=intake.batch(typed.batch) if typed.batch is not None else None,
        repeats=intake.earlier(typed.repeats),
    )
    return Understood(found, (*(leader.warnings if leader else ()), *(due.warnings if due else ())))
