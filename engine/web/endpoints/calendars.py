"""The calendar: which days of a year are worked otherwise than others, and how far the notices reach."""

from __future__ import annotations

from datetime import date, timedelta

from starlette.responses import Response

from engine.desk.dashboard import month_of
from engine.views.administration import CalendarPage, SpecialDay
from engine.web.context import Context
from engine.web.page import page

USUAL = ("workday", "weekend")


def show(context: Context) -> Response:
    return page(context, "calendars/show", year_of(context), form=context.query)


def year_of(context: Context) -> CalendarPage:
    """The calendar of the year that was asked for, else of this one. Raises UsageError."""
    desk, year = context.record.desk, context.query.get("year")
    calendar = desk.rules.calendar()
    shown = month_of(desk, f"{year}-01" if year is not None else None).year
    first = date(shown, 1, 1)
    days = [first + timedelta(days=place) for place in range((date(shown + 1, 1, 1) - first).days)]
    special = tuple(SpecialDay(day, calendar.kind(day), calendar.why(day)) for day in days if calendar.kind(day) not in USUAL)
    return CalendarPage(
        shown, special, len(calendar.worked_days(shown)), tuple((str(begin), str(end)) for begin, end in calendar.hours),
        calendar.covered_until, calendar.provisional(date(shown, 12, 31)),
    )
