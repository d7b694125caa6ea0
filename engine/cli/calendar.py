"""`zg calendar`: which days are worked, when an amount of time is over, and whether the calendar is sound."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import click

from engine.cli.acts import OPTIONS
from engine.cli.calendar_change import add, hours_, import_, remove
from engine.cli.call import Call
from engine.cli.failure import report
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.many import SOME_FAILED
from engine.cli.stdin import typed_lines
from engine.cli.table import Column, table, tsv
from engine.cli.why import day_line
from engine.clock import SystemClock
from engine.desk.times import unclear
from engine.errors import InvalidFile, NoDatabase, UsageError, ZgError
from engine.rules.worktime import Calendar, CalendarError, Side, WhenError, derive, due, parse_amount, parse_when
from engine.rules.worktime.day import Periods
from engine.rules.worktime.hours import month_day
from engine.views.clocks import step_views
from engine.views.moments import moment_text

FIRST_YEAR, LAST_YEAR = 1990, 2200
AHEAD_DAYS = 60
"""A calendar that ends sooner than this needs the next notice."""


def calendar_of(call: Call) -> Calendar:
    """The calendar in force; without a database the shipped one."""
    try:
        return call.app.desk.rules.calendar()
    except NoDatabase:
        from engine.app.founding import china  # only without a database: it brings cryptography

        return china()


@verb(
    "calendar.show", argument("year", required=False, type=click.IntRange(FIRST_YEAR, LAST_YEAR), metavar="[YEAR]"),
    option("--unit", **OPTIONS["lead"]), option("--json", "as_json", is_flag=True),
)
def show(call: Call, year: int | None, unit: str | None, as_json: bool) -> int:
    calendar = calendar_of(call).of(call.app.intake.unit(unit) if unit else None)
    shown = year or _today(call, calendar).year
    special = [day for day in _days(shown) if calendar.kind(day) not in ("workday", "weekend")]
    if call.json:
        call.dump({
            "name": calendar.name, "version": calendar.version, "zone": calendar.zone, "year": shown,
            "hours": [list(period) for period in calendar.hours], "covered_until": calendar.covered_until.isoformat(),
            "seasons": [
                {"from": month_day(season.first), "to": month_day(season.last), "hours": [list(period) for period in season.hours]}
                for season in calendar.seasons
            ],
            "provisional": calendar.provisional(date(shown, 12, 31)), "working_days": len(calendar.worked_days(shown)),
            "days": [
                {
                    "day": day.isoformat(), "kind": calendar.kind(day), "name": calendar.why(day) or "",
                    "working": calendar.is_working(day), "hours": [list(period) for period in _own_hours(calendar, day)],
                }
                for day in special
            ],
        })
        return 0
    rows = [
        [day.isoformat(), call.say(f"weekday.{day.weekday()}"), call.say(f"day.{calendar.kind(day)}"),
         " ".join(part for part in (calendar.why(day), _open(call, _own_hours(calendar, day))) if part)]
        for day in special
    ]
    if not call.terminal.out:
        call.lines(tsv([[day.isoformat(), calendar.kind(day), calendar.why(day)] for day in special]))
        return 0
    call.out(call.say(
        "calendar.head", year=shown, count=len(calendar.worked_days(shown)), hours=_open(call, calendar.hours), zone=calendar.zone,
    ))
    call.lines(
        call.say("calendar.season", first=month_day(it.first), last=month_day(it.last), hours=_open(call, it.hours))
        for it in calendar.seasons
    )
    columns = [Column(call.say(code), whole=True) for code in ("field.day", "field.weekday", "field.kind")]
    call.lines(table([*columns, Column(call.say("field.name"))], rows, call.terminal))
    if calendar.provisional(date(shown, 12, 31)):
        call.out(call.say("calendar.provisional", date=calendar.covered_until.isoformat()))
    return 0


def _own_hours(calendar: Calendar, day: date) -> Periods:
    """The hours a special day keeps for itself alone; none where it keeps the usual ones."""
    special = calendar.days.get(day)
    return special.hours if special is not None else ()


def _open(call: Call, periods: Periods) -> str:
    return call.say("list.comma").join("–".join(period) for period in periods)


@verb(
    "calendar.due", argument("start", metavar="START"), argument("amount", required=False, metavar="AMOUNT"),
    option("--json", "as_json", is_flag=True),
)
def due_(call: Call, start: str, amount: str | None, as_json: bool) -> int:
    calendar = calendar_of(call)
    if start == "-" and amount is None:
        return _count_lines_of_input(call, calendar)
    if amount is None:
        raise UsageError(reason="usage-missing", parameter=call.say("argument.amount"), command="zg calendar due")
    answer = due_answer(call, start, amount, calendar)
    if call.json:
        call.dump(answer)
        return 0
    phrase = call.phrase()
    call.out(call.terminal.paint(str(answer["due_on"]), "bold"))
    if call.terminal.out:
        call.out(call.say("calendar.due", start=start, amount=phrase.amount(str(answer["amount"])), date=answer["due_local"]))
        call.lines(day_line(call, step) for step in answer["steps"])
        if answer["provisional"]:
            call.out(call.say("because.provisional"))
    return 0


@verb("calendar.check", option("--json", "as_json", is_flag=True))
def check(call: Call, as_json: bool) -> int:
    """Whether the calendar can be counted with, and how far the notices reach."""
    calendar = calendar_of(call)
    today = _today(call, calendar)
    try:
        Calendar.from_json(calendar.to_json())
    except CalendarError as error:
        raise InvalidFile(file=calendar.name, problems=error.problems) from error
    unfinished = _unfinished(call)
    soon = calendar.covered_until < today + timedelta(days=AHEAD_DAYS)
    if call.json:
        call.dump({
            "name": calendar.name, "version": calendar.version, "covered_from": calendar.covered_from.isoformat(),
            "covered_until": calendar.covered_until.isoformat(), "needs_notice": soon, "unfinished": unfinished,
        })
        return 0
    call.out(call.say(
        "calendar.sound", name=calendar.name, version=calendar.version, begin=calendar.covered_from.isoformat(),
        end=calendar.covered_until.isoformat(),
    ))
    if soon:
        call.out(call.say("calendar.needs-notice", year=calendar.covered_until.year + 1))
    if unfinished:
        call.out(call.say("calendar.unfinished"))
    return 0


def _unfinished(call: Call) -> bool:
    """Whether counting the open tickets anew by the calendar in force was interrupted."""
    from engine.registry.calendars import Calendars  # `calendar show` and `calendar due` do without

    try:
        return Calendars(call.app.desk, call.app.registry).unfinished()
    except NoDatabase:
        return False


def due_answer(call: Call, start: str, amount: str, calendar: Calendar) -> dict[str, Any]:
    """When an amount of time is over, with every day that was counted, as JSON values. Raises UsageError."""
    try:
        begin = _start(call, start, calendar)
        measure = parse_amount(amount)
        until = due(begin, measure, calendar)
        steps = derive(begin, measure, calendar)
    except WhenError as error:
        raise unclear(error) from None
    except CalendarError:
        raise UsageError(reason="when-out-of-range", text=f"{start} {amount}") from None
    return {
        "start": start, "amount": str(measure), "due_at": moment_text(until.at), "due_on": until.on.isoformat(),
        "due_local": until.at.astimezone(calendar.tz).strftime("%Y-%m-%d %H:%M"), "provisional": until.provisional,
        "steps": step_views(steps),
    }


def _start(call: Call, text: str, calendar: Calendar) -> datetime:
    """The moment to count from. A date means its opening, so that `0` working days from it end that evening; other texts are a WHEN."""
    try:
        day = date.fromisoformat(text.strip()) if len(text.strip()) == len("2026-01-01") else None
    except ValueError:
        day = None
    if day is not None:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UsageError(reason="when-out-of-range", text=text)
        return min(calendar.opening(day), datetime.combine(day, time(12), calendar.tz))
    return parse_when(text, _now(call), calendar, Side.ANY).at


def _count_lines_of_input(call: Call, calendar: Calendar) -> int:
    """Reads `START<TAB>AMOUNT` lines and writes JSON lines in the same order; a bad line is reported and does not stop the rest."""
    codes = []
    for line_number, line in enumerate(typed_lines(), 1):
        if not line.strip():
            continue
        start, _, amount = line.rstrip("\r\n").partition("\t")
        try:
            call.dump(due_answer(call, start.strip(), amount.strip(), calendar))
            codes.append(0)
        except ZgError as error:
            error.values.setdefault("line", line_number)
            call.out(json.dumps({"start": start, "amount": amount, "error": error.values.get("reason", error.code), "line": line_number}))
            codes.append(report(error, call))
    return codes[0] if codes and len(set(codes)) == 1 else SOME_FAILED if codes else 0


def _now(call: Call) -> datetime:
    try:
        return call.app.desk.clock.now()
    except NoDatabase:
        return SystemClock().now()


def _today(call: Call, calendar: Calendar) -> date:
    return calendar.local_day(_now(call))


def _days(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days))


calendar = Noun("calendar", (show, due_, check, import_, add, remove, hours_))
