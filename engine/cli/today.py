"""`zg today`: what waits for me, each line with the command that does it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.table import Cell, Column, table, tsv
from engine.desk.section_reader import SHOWN
from engine.desk.today import today as waiting
from engine.rules.ticket_number import short_number
from engine.rules.timing.clocks import light
from engine.views.today import (
    BatchLine,
    Line,
    LineView,
    RedoLine,
    RoundLine,
    Section,
    VisitLine,
    command_of,
    line_view,
    otherwise_of,
    today_view,
)
from engine.words.light import SIGNS, light_words

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE_LEAST = 12


@verb("today", option("--json", "as_json", is_flag=True))
def today(call: Call, as_json: bool) -> int:
    desk, actor = call.app.desk, call.app.actor
    sections, now = waiting(desk, actor), desk.clock.now()
    if call.json:
        call.dump(today_view(actor.name, now, sections, desk.rules.calendar()))
        return 0
    shown = [section for section in sections if section.total]
    if not call.terminal.out:
        calendar = desk.rules.calendar()
        call.lines(tsv([_fields(section, line_view(line, now, calendar)) for section in shown for line in section.lines]))
        if any(section.total > len(section.lines) for section in shown):
            call.remark("today.cut", limit=SHOWN)
        return 0
    for place, section in enumerate(shown):
        call.lines([*([""] if place else []), *_section(call, section, now)])
    if not shown:
        call.hint("today.none")
    return 0


def _section(call: Call, section: Section, now: datetime) -> Sequence[str]:
    calendar = call.app.desk.rules.calendar()
    year = calendar.local_day(now).year
    head = call.say("today.section", title=call.say(f"today.{section.name}"), count=section.total, more="+" if section.more else "")
    rows: list[list[Cell | str]] = []
    for line in section.lines:
        if not isinstance(line, Line):
            rows.append(_other_row(call, line, now))
            continue
        ticket, name = line.ticket, light(line.ticket, now)
        lamp, brief = (light_words(ticket, now, calendar, call.language, form) for form in ("short", "brief"))
        command = command_of(line, short_number(ticket.number, year), call.language)
        rows.append([
            Cell(lamp, (name,), brief=brief),
            Cell(ticket.number, brief=short_number(ticket.number, year)), ticket.title, call.phrase().unit(ticket.lead),
            calendar.local_day(line.due_at).isoformat() if line.due_at else "",
            Cell(command, brief=_short(command, short_number(ticket.number, year))),
        ])
    columns = [
        Column("", whole=True, brief=3, spare=1), Column("", whole=True, brief=4), Column("", least=TITLE_LEAST),
        Column("", least=10, spare=5), Column("", whole=True), Column("", whole=True, brief=2),
    ]
    lines = table(columns, rows, call.terminal)[1:]
    left = section.total - len(section.lines)
    rest = [call.say("today.rest", count=left, more="+" if section.more else "")] if left else []
    return [call.terminal.paint(head, "bold"), *lines, *_other_answers(call, section), *rest]


def _short(command: str, number: str) -> str:
    """A command that needs nothing, or where it would be cut to what fails, the one that says what is needed."""
    return f"zg can {number}" if " --" in command else command


def _other_row(call: Call, line: BatchLine | RoundLine | VisitLine | RedoLine, now: datetime) -> list[Cell | str]:
    """A batch, a round, a visit, or a request to do it again: how much of it waits stands in the place of the unit."""
    view = line_view(line, now, call.app.desk.rules.calendar())
    lamp, number = view["light"], view["number"]
    waiting = 0 if isinstance(line, RoundLine | RedoLine) else line.waiting
    code = "today.to-rate" if isinstance(line, VisitLine) and line.again else "today.of-batch"
    return [
        Cell(f"{SIGNS[lamp]} {call.say('light.' + lamp)}", (lamp,)), Cell(number), view["title"],
        call.say(code, count=waiting) if waiting or isinstance(line, BatchLine) else "",
        view["due_on"] or "", Cell(command_of(line, number, call.language)),
    ]


def _other_answers(call: Call, section: Section) -> list[str]:
    """The other answers to what a section asks, one for all its tickets: each line ends in a command that may be run as it stands."""
    number = call.say("typed.of")
    commands = dict.fromkeys(otherwise_of(line, number, call.language) for line in section.lines if isinstance(line, Line))
    return [call.say("today.otherwise", command=command) for command in commands if command]


def _fields(section: Section, view: LineView) -> list[object]:
    """For programs: section, number, lead, date, title, command, and the command of the other answer. Codes are not translated, nothing
    is cut.
    """
    told = [view["number"], view["lead"], view["due_on"], view["title"], view["command"]]
    return [section.name, *told, view.get("otherwise", "")]
