"""What goes on as what in rounds of evaluation, and the open tickets that have no counterpart any more."""

from __future__ import annotations

from typing import TypedDict

from engine.rules.loop.going_over import GoingOver, Move, Orphan


class GoingOverView(TypedDict):
    """The successors of schemes and of targets, each by what went over to it."""

    schemes: dict[str, str]
    targets: dict[str, str]


class OrphanView(TypedDict):
    """An open ticket that no round can measure: its problem, and the target or the unit that is there no more, or null."""

    number: str
    scheme: str
    target: str
    subject: str
    target_gone: str | None
    unit_gone: str | None


class MoveView(TypedDict):
    """An open ticket that is measured under another scheme or target: its problem, and what it goes on as."""

    number: str
    scheme: str
    target: str
    subject: str
    scheme_after: str
    target_after: str


def going_over_view(said: GoingOver) -> GoingOverView:
    return {"schemes": dict(sorted(said.schemes.items())), "targets": dict(sorted(said.targets.items()))}


def orphan_view(item: Orphan) -> OrphanView:
    return {
        "number": item.number, "scheme": item.problem.scheme, "target": item.problem.target, "subject": item.problem.subject,
        "target_gone": item.target, "unit_gone": item.unit,
    }


def move_view(item: Move) -> MoveView:
    return {
        "number": item.number, "scheme": item.problem.scheme, "target": item.problem.target, "subject": item.problem.subject,
        "scheme_after": item.after.scheme, "target_after": item.after.target,
    }
