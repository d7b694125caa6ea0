"""The calendar, for programs: the days of a year that are worked otherwise than others, and how far the notices reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from starlette.responses import Response

from engine.web.api.answer import answer, named
from engine.web.context import Context
from engine.web.endpoints.calendars import year_of
from engine.web.query import must_know


class SpecialDayView(TypedDict):
    """A day on which the office works otherwise than on others of its weekday: `kind` is holiday, makeup, rest or work."""

    day: str
    kind: str
    why: str | None


class CalendarView(TypedDict):
    """The calendar of a year. `working` counts its worked days; `hours` are those of the office, as begin and end; up to `covered_until`
    the notices reach; `provisional`: the notice for the year is not loaded.
    """

    year: int
    days: list[SpecialDayView]
    working: int
    hours: list[list[str]]
    covered_until: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Year:
    """Of which year; of this one unless told."""

    year: int | None = None


def one(context: Context) -> Response:
    """The calendar of a year."""
    must_know(named(context.asked), ("year",))
    found = year_of(context)
    view: CalendarView = {
        "year": found.year, "days": [{"day": str(item.day), "kind": item.kind, "why": item.why} for item in found.days],
        "working": found.working, "hours": [list(period) for period in found.hours], "covered_until": str(found.covered_until),
        "provisional": found.provisional,
    }
    return answer(context.asked, view)
