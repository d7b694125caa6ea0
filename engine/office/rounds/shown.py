"""What was applied, what was done in bulk, and the board, as the values that every door shows (`views/round`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from engine.errors import Problem, Refused
from engine.office.each import Became
from engine.office.rounds.applied import Applied, Reversal
from engine.office.rounds.board import Board, Line
from engine.office.rounds.names import NEAR
from engine.office.rounds.proposals import Because
from engine.views.round import (
    AppliedView,
    BoardView,
    FaultView,
    ItemView,
    LineView,
    NewSubjectView,
    cell_view,
    light_of,
    pair_view,
)
from engine.words.phrase import Phrase

HARMLESS = frozenset({"result-twin-same"})
"""Problems that keep nothing back."""


def applied_view(applied: Applied, phrase: Phrase, *, reversals: bool = False) -> AppliedView:
    """What an application did, or would do."""
    view: AppliedView = {
        "round": applied.round.number, "dry_run": applied.dry_run, "actions": applied.actions,
        "pairs": [
            pair_view(applied.round, item.problem_name.pair, item.result, item.action, item.ticket) for item in applied.planned
        ],
        "problems": [_fault_view(problem, phrase) for problem in applied.problems],
        "columns": dict(applied.columns), "confirm": applied.confirms,
        "asks": applied.asks, "new_subjects": [{"subject": item.name, "near": list(item.near)} for item in applied.new_subjects],
        "unclear_subjects": _unclear(applied.problems),
    }
    if reversals:
        view["reversals"] = [
            {"ticket": item.number, "how": item.how, "message": _reversal(item, phrase)} for item in applied.reversed
        ]
        view["stays"] = [{"ticket": number, "why": why, "message": phrase.say(why)} for number, why in applied.stays]
    return view


def _unclear(problems: Iterable[Problem]) -> list[NewSubjectView]:
    """The names of which nobody has said whom they mean, each once."""
    found = {str(problem.values["subject"]): cast("list[str]", problem.values["near"]) for problem in problems if problem.code == NEAR}
    return [{"subject": name, "near": near} for name, near in found.items()]


def _reversal(item: Reversal, phrase: Phrase) -> str:
    """What is taken back, and whether its unit has it already."""
    if item.how == "revert":
        return phrase.say("reversal-revert")
    return phrase.say("reversal-assigned", unit=phrase.unit(item.unit)) if item.unit is not None else phrase.say("reversal-withdraw")


def taken_back(view: AppliedView) -> dict[str, int]:
    """How many tickets are withdrawn, how many reopenings taken back, and how many tickets stay for a person."""
    ways = [item["how"] for item in view.get("reversals", ())]
    return {"withdrawn": ways.count("withdraw"), "reverted": ways.count("revert"), "stay": len(view.get("stays", ()))}


def because(phrase: Phrase, code: str) -> Because:
    """The words of an act as people write them: what was demanded with its sign, not as targets are typed."""

    def said(round_: str, value: str | None, demand: str | None) -> str:
        return phrase.say(code, round=round_, value=value or "—", demand=phrase.demand(demand) or "—")

    return said


def faulty(view: AppliedView) -> bool:
    """Whether anything was kept back."""
    return any(problem["code"] not in HARMLESS for problem in view["problems"])


def item_view(item: Became, phrase: Phrase) -> ItemView:
    """What became of one ticket."""
    told: list[tuple[str, Mapping[str, object]]] = [] if item.error is None else [(item.error.code, item.error.values)]
    if isinstance(item.error, Refused):
        told = [(reason.code, reason.values) for reason in item.error.reasons]
    return {
        "number": item.ticket.number, "done": item.done is not None, "state": item.after.state,
        "reasons": [{"row": None, "code": code, "message": phrase.say(code, **values)} for code, values in told],
    }


def board_view(board: Board, now: datetime) -> BoardView:
    """The board as whoever asked may see it."""
    return {
        "scheme": board.scheme, "rounds": [round_.number for round_ in board.rounds],
        "rows": [_line_view(line, now, ranks=board.ranks) for line in board.lines],
    }


def _line_view(line: Line, now: datetime, *, ranks: bool) -> LineView:
    light = light_of(line.ticket, [cell.result for cell in line.cells], now)
    return {
        "target": line.standard.id, "name": line.standard.name, "demand": line.standard.demand, "subject": line.subject,
        "cells": [
            cell_view(
                cell.round, cell.result, (cell.value, cell.gap, cell.to_last, cell.to_best), cell.kind.manner if cell.kind else None,
                cell.trend, comparable=cell.comparable, ranks=ranks,
            ) for cell in line.cells
        ],
        "light": light, "ticket": line.ticket.number if line.ticket is not None and line.named else None,
    }


def _fault_view(problem: Problem, phrase: Phrase) -> FaultView:
    return {"row": problem.line, "code": problem.code, "message": phrase.say(problem.code, **problem.values)}
