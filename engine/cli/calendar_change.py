"""`zg calendar import`, `add`, `remove`: another calendar is put in force, and every open date that it moves is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.acts import OPTIONS
from engine.cli.call import Call
from engine.cli.frame import argument, option, verb
from engine.cli.many import SOME_FAILED
from engine.cli.path import FilePath
from engine.cli.table import Cell, Column, table, tsv
from engine.errors import InvalidFile, Reason, Refused, UsageError
from engine.rules.worktime import (
    REST,
    WORK,
    Calendar,
    CalendarError,
    Side,
    add_day,
    changed_days,
    day_name,
    remove_day,
    set_hours,
    set_season,
)
from engine.rules.worktime.day import EARLIEST, LATEST
from engine.rules.worktime.hours import Season
from engine.views.moments import moment_text

if TYPE_CHECKING:
    from engine.registry.calendars import CalendarChange, Calendars
    from engine.rules.ticket import Ticket
    from engine.rules.timing.reproject import Move

MOST_ROWS = 200
"""The largest number of moved dates in one table; below it stands how many more there are. Programs get every one."""

STYLES = {"later": "green", "earlier": "red", "firm": "dim", "alarm": "dim"}


def _change_options() -> tuple[click.Parameter, ...]:
    return (option("--dry-run", is_flag=True), option("--accept-earlier", is_flag=True), option("--json", "as_json", is_flag=True))


@verb(
    "calendar.import", argument("file", metavar="FILE", type=FilePath(dir_okay=False)), option("--published", metavar="DATE"),
    option("--year", type=click.IntRange(EARLIEST.year, LATEST.year), metavar="YEAR"), *_change_options(),
)
def import_(
    call: Call, file: str, published: str | None, year: int | None, dry_run: bool, accept_earlier: bool, as_json: bool,
) -> int:
    from engine.registry.notice_file import read_file  # `calendar show` imports this file and does without

    calendars = _calendars(call)
    came_out = call.app.intake.day(published, Side.PAST).value if published is not None else None
    change, loaded = calendars.with_notices(read_file(Path(file), came_out, year), file)
    return _carry_out_change(call, calendars, change, dry_run, accept_earlier, loaded.contrary)


@verb(
    "calendar.add", argument("day", metavar="DAY"), option("--rest", "kind", flag_value=REST, default=None, type=str),
    option("--work", "kind", flag_value=WORK, type=str), option("--hours", metavar="HOURS"), option("--name", metavar="TEXT", default=""),
    option("--unit", **OPTIONS["lead"]), *_change_options(),
)
def add(
    call: Call, day: str, kind: str | None, hours: str | None, name: str, unit: str | None, dry_run: bool, accept_earlier: bool,
    as_json: bool,
) -> int:
    if (kind is None and hours is None) or (kind == REST and hours is not None):
        raise UsageError(reason="usage-rest-or-work")
    calendars = _calendars(call)
    before, which, code = calendars.desk.rules.calendar(), _day(call, day), _unit(call, unit)
    periods = call.app.intake.hours(hours) if hours is not None else ()
    if kind is None and not before.of(code).is_working(which):  # hours alone shorten a worked day and never make one
        raise Refused([Reason("day-rests-hours", {"day": which.isoformat()})])
    try:
        named = day_name(name)
    except ValueError:
        raise UsageError(reason="usage-day-name") from None
    return _change_calendar(
        call, calendars, add_day(before, which, kind or WORK, named, code, periods),
        {"day": which.isoformat(), "kind": kind or WORK, "hours": [list(period) for period in periods] or None, "unit": code},
        {"name": named} if named else None, dry_run, accept_earlier,
    )


@verb("calendar.remove", argument("day", metavar="DAY"), option("--unit", **OPTIONS["lead"]), *_change_options())
def remove(call: Call, day: str, unit: str | None, dry_run: bool, accept_earlier: bool, as_json: bool) -> int:
    calendars = _calendars(call)
    before, which, code = calendars.desk.rules.calendar(), _day(call, day), _unit(call, unit)
    outcome = remove_day(before, which, calendars.notices(), code)
    if not isinstance(outcome, Calendar) and calendars.uncounted(call.app.actor, before, accept_earlier=accept_earlier):
        outcome = before  # the day went in an earlier run; what it left to be counted or accepted is taken up now
    return _change_calendar(call, calendars, outcome, {"day": which.isoformat(), "kind": None, "unit": code}, None, dry_run, accept_earlier)


@verb("calendar.hours", argument("hours", metavar="HOURS"), option("--season", metavar="FROM..TO"), *_change_options())
def hours_(call: Call, hours: str, season: str | None, dry_run: bool, accept_earlier: bool, as_json: bool) -> int:
    calendars = _calendars(call)
    before, periods = calendars.desk.rules.calendar(), call.app.intake.hours(hours)
    spans = [list(period) for period in periods]
    if season is None:
        return _change_calendar(call, calendars, set_hours(before, periods), {"hours": spans}, None, dry_run, accept_earlier)
    kept = Season(*call.app.intake.season(season), periods)
    return _change_calendar(call, calendars, set_season(before, kept), {"hours": spans, "season": str(kept)}, None, dry_run, accept_earlier)


def _change_calendar(
    call: Call, calendars: Calendars, outcome: Any, cause: Mapping[str, Any], words: Mapping[str, str] | None, dry_run: bool,
    accept_earlier: bool,
) -> int:
    from engine.registry.calendars import CalendarChange  # `calendar show` imports this file and does without

    if not isinstance(outcome, Calendar):
        raise Refused([outcome])
    before = calendars.desk.rules.calendar()
    facts = {name: value for name, value in cause.items() if value is not None}
    return _carry_out_change(call, calendars, CalendarChange(before, outcome, calendars.notices(), facts, words), dry_run, accept_earlier)


def _calendars(call: Call) -> Calendars:
    from engine.registry.calendars import Calendars  # `calendar show` imports this file and does without

    return Calendars(call.app.desk, call.app.registry)


def _unit(call: Call, text: str | None) -> str | None:
    return call.app.intake.unit(text) if text else None


def _day(call: Call, text: str) -> date:
    """The day that was typed. That nobody works on it is no warning here: whether one does is what the command changes."""
    return call.app.intake.day(text, Side.ANY).value


def _carry_out_change(
    call: Call, calendars: Calendars, change: CalendarChange, dry_run: bool, accept_earlier: bool, contrary: Sequence[date] = (),
) -> int:
    """Puts a changed calendar in force, or with `dry_run` only computes what that would do, and prints every date that moves. `contrary`
    are the days on which the office arranged something else than the notice says.
    """
    moves = _MovePrinter(call)
    actor = call.app.actor
    if dry_run:
        counted = calendars.preview(actor, change, moves.add, accept_earlier=accept_earlier)
    else:
        try:
            counted = calendars.put_in_force(actor, change, moves.add, accept_earlier=accept_earlier)
        except CalendarError as error:
            raise InvalidFile(file=change.calendar.name, problems=error.problems) from error
    moves.show()
    for day in contrary:
        call.warn("calendar.contrary", day=day.isoformat())
    changed = changed_days(change.before, change.calendar)
    summary = {
        "dry_run": dry_run, "calendar": [change.before.version, change.calendar.version],
        "covered_until": change.calendar.covered_until.isoformat(), "tickets": counted.tickets, "kept": counted.kept,
        "failed": counted.failed,
        "days": [
            {"from": it.first.isoformat(), "to": it.last.isoformat(), "working": it.working, "name": it.name} for it in changed
        ],
    }
    if call.json:
        call.dump(summary)
    else:
        for days in changed:
            code = f"calendar.{'works' if days.working else 'rests'}-{'day' if days.first == days.last else 'days'}"
            call.hint(code, first=days.first.isoformat(), last=days.last.isoformat(), name=days.name)
        code = "calendar.same" if change.calendar.version == change.before.version else "calendar.in-force"
        hint_code = "calendar.would" if dry_run else code
        call.hint(hint_code, version=change.calendar.version, date=summary["covered_until"], tickets=counted.tickets)
        if counted.kept:
            call.warn("calendar.kept", count=counted.kept)
        if counted.failed:
            call.warn("calendar.failed", numbers=call.say("list.comma").join(counted.failed[:MOST_ROWS]))
    return SOME_FAILED if counted.kept or counted.failed else 0


class _MovePrinter:
    """Prints the dates that a calendar moves: each at once for programs, one table at the end for people."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.rows: list[list[Cell | str]] = []
        self.count = 0
        self.output_closed = False

    def add(self, ticket: Ticket, move: Move) -> None:
        """Takes one move. When the reader of our output goes away, the tickets are counted to the end all the same."""
        self.count += 1
        try:
            if self.call.json or not self.call.terminal.out:
                self._write(ticket, move)
            elif len(self.rows) < MOST_ROWS:
                self.rows.append(self._row(ticket, move))
        except BrokenPipeError:
            self.output_closed = True

    def show(self) -> None:
        if self.output_closed:
            raise BrokenPipeError
        codes = ("field.number", "field.clock", "field.old-date", "field.new-date", "field.way")
        columns = [Column(self.call.say(code), whole=True) for code in codes]
        self.call.lines(table([*columns, Column(self.call.say("field.title"))], self.rows, self.call.terminal))
        if self.rows and self.count > len(self.rows):
            self.call.out(self.call.say("calendar.more", count=self.count - len(self.rows)))

    def _write(self, ticket: Ticket, move: Move) -> None:
        if self.output_closed:
            return
        old, new = self._local_days(move)
        if self.call.json:
            self.call.dump({
                "number": ticket.number, "lead": ticket.lead, "clock": move.clock, "epoch": move.epoch, "old_on": old, "new_on": new,
                "old_at": moment_text(move.old), "new_at": moment_text(move.new), "way": move.way, "kept": move.kept,
            })
        else:
            self.call.lines(tsv([[ticket.number, move.clock, old, new, "kept" if move.kept else move.way]]))

    def _row(self, ticket: Ticket, move: Move) -> list[Cell | str]:
        old, new = self._local_days(move)
        way = self.call.say(f"way.{'kept' if move.kept else move.way}")
        phrase = self.call.phrase(self.call.app.desk.definition(ticket))
        return [ticket.number, phrase.clock(move.clock), old, new, Cell(way, (STYLES[move.way],)), Cell(ticket.title)]

    def _local_days(self, move: Move) -> tuple[str, str]:
        """The two dates; with their times where only the hours of the office are others."""
        calendar = self.call.app.desk.rules.calendar()
        old, new = calendar.local_day(move.old).isoformat(), calendar.local_day(move.new).isoformat()
        if old != new or move.old == move.new or self.call.json:
            return old, new
        return move.old.astimezone(calendar.tz).strftime("%Y-%m-%d %H:%M"), move.new.astimezone(calendar.tz).strftime("%Y-%m-%d %H:%M")
