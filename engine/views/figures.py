"""Figures of the ledger (分类统计), and their JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo
from typing import TypedDict

from engine.rules.worktime.period import Span
from engine.views.moments import moment_text


@dataclass(slots=True)
class Figure:
    """One row: `key` is a unit, a measure, a month (`2020-03`) … or None for tickets without one. `days` are the working days from the
    first 交办 to the last submission of each closed one.
    """

    key: str | None
    opened: int = 0
    open: int = 0
    late: int = 0
    closed: int = 0
    on_time: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def mean_days(self) -> float | None:
        return round(sum(self.days) / len(self.days), 1) if self.days else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The rows, and all of them together."""

    rows: tuple[Figure, ...]
    total: Figure


class CountView(TypedDict):
    """Numbers of tickets: opened and closed in the span, open and late now. `mean_days`: None where nothing was closed."""

    opened: int
    open: int
    late: int
    closed: int
    on_time: int
    mean_days: float | None


class RowView(CountView):
    """One row. `name` is what the key is called; the key itself where it is called nothing else."""

    key: str | None
    name: str | None


FiguresView = TypedDict("FiguresView", {
    "from": str | None, "to": str | None, "by": str | None, "rows": list[RowView], "total": CountView,
})
"""The figures of [from, to): a day is its first moment."""


def figures_view(found: Figures, by: str | None, span: Span, name: Callable[[str], str], zone: tzinfo) -> FiguresView:
    return {
        "from": _bound(span.since, zone), "to": _bound(span.before, zone), "by": by,
        "rows": [
            {"key": row.key, "name": name(row.key) if row.key is not None else None, **_counts(row)} for row in found.rows
        ],
        "total": _counts(found.total),
    }


def _counts(row: Figure) -> CountView:
    return {
        "opened": row.opened, "open": row.open, "late": row.late, "closed": row.closed, "on_time": row.on_time,
        "mean_days": row.mean_days,
    }


def _bound(at: datetime | None, zone: tzinfo) -> str | None:
    if at is None:
        return None
    local = at.astimezone(zone)
    return local.date().isoformat() if local.time() == time() else moment_text(at)
