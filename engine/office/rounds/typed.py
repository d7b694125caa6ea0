"""What is typed to begin a round, as the rules take it: days, the period, subjects by code, targets of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.desk.plan import read_plan
from engine.desk.understood import Understood
from engine.errors import UsageError
from engine.office.rounds.names import Names
from engine.office.rounds.scope import named_standards
from engine.rules.access import may_evaluate, must
from engine.rules.loop.round_acts import ASSIGN_LIMIT, Beginning
from engine.rules.ticket_number import separated
from engine.rules.worktime import Side

if TYPE_CHECKING:
    from engine.desk.intake import Intake


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, each as its text; None or () where nothing was."""

    scheme: str
    on: str | None = None
    period: str | None = None
    received: str | None = None
    doc: str | None = None
    title: str | None = None
    subjects: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    points: bool = False
    interim: bool = False
    for_comment: str | None = None
    assign_limit: str | None = None


def beginning(intake: Intake, typed: Typed) -> Understood[Beginning]:
    """The round that is meant: as of the day that was named, or the end of the period, or today. Raises UsageError, NotFound, NotPossible
    (no plan), NotPermitted.
    """
    must(may_evaluate, intake.actor)
    desk = intake.desk
    zone, today = desk.rules.zone(), desk.rules.calendar().local_day(desk.clock.now())
    span = intake.span(typed.period, Side.PAST) if typed.period is not None else None
    since, before = span.value if span is not None else (None, None)
    first = since.astimezone(zone).date() if since is not None else None
    last = (before.astimezone(zone) - timedelta(seconds=1)).date() if before is not None else None
    if span is not None and last is None:
        raise UsageError(reason="usage-span", text=typed.period)
    on = intake.day(typed.on, Side.PAST) if typed.on is not None else None
    received = intake.day(typed.received, Side.PAST) if typed.received is not None else None
    comment = intake.when(typed.for_comment, Side.COMING) if typed.for_comment is not None else None
    names = Names(desk.database)
    subjects = [code for text in _each(typed.subjects) for code in names.subjects(text)]
    day = on.value if on is not None else last or today
    scheme = typed.scheme.strip()
    title = typed.title.strip() if typed.title is not None else f"{scheme} {day.isoformat()}"
    standards = named_standards(read_plan(desk, intake.actor), _each(typed.targets))
    warnings = [warning for item in (span, on, received, comment) if item is not None for warning in item.warnings]
    return Understood(Beginning(
        scheme, day, title, standards, tuple(dict.fromkeys(subjects)), first,
        received.value if received is not None else None, typed.doc, typed.points, typed.interim,
        comment.value if comment is not None else None,
        intake.amount(typed.assign_limit) if typed.assign_limit is not None else ASSIGN_LIMIT,
    ), tuple(warnings))


def _each(texts: tuple[str, ...]) -> list[str]:
    return [part for text in texts for part in separated(text) if part.strip()]
