"""What the office keeps beside tickets, as pages: batches that came with letters, visits, and the board of the rounds of evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from engine.views.batch import BatchView
from engine.views.round import BoardView
from engine.views.visit import VisitView


@dataclass(frozen=True, slots=True)
class BatchList:
    """Batches, the newest first; with those that are closed where `closed`. `more`: there are older ones."""

    rows: tuple[BatchView, ...]
    closed: bool
    more: bool


@dataclass(frozen=True, slots=True)
class VisitList:
    """Visits, the newest first; with those that are closed where `closed`. `more`: there are older ones."""

    rows: tuple[VisitView, ...]
    closed: bool
    more: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Targets by subjects over the rounds of a scheme; None where no round has results yet."""

    board: BoardView | None
