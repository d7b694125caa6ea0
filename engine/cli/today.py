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
from engine.views.today import BatchLine, Line, RoundLine, Section, batch_light, command_of, otherwise_of, today_view
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
        call.lines(tsv([_fields(call, section, line) for section in shown for line in section.lines]))
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
        if isinstance(line, RoundLine):
            rows.append(_round_row(call, line))
            continue
        if isinstance(line, BatchLine):
            rows.append(_batch_row(call, line, now))
            continue
        ticket, name = line.ticket, light(line.ticket, now)
        lamp, brief = (light_words(ticket, now, calendar, call.language, form) for form in ("short", "brief"))
        command = command_of(line, short_number(ticket.number, year), call.language)
        rows.append([
            Cell(lamp, (name,), brief=brief),
            Cell(ticket.number, brief=short_number(ticket.number, year)), ticket.title, call.phrase().unit(ticket.lead),
            calendar.local_day(line.due_at).isoformat() if line.due_at else "",
            Cell(command, brief=command.partition(" --")[0]),
        ])
    columns = [
        Column("", whole=True, brief=3, spare=1), Column("", whole=True, brief=4), Column("", least=TITLE_LEAST),
        Column("", least=10, spare=5), Column("", whole=True), Column("", whole=True, brief=2),
    ]
    lines = table(columns, rows, call.terminal)[1:]
    left = section.total - len(section.lines)
    rest = [call.say("today.rest", count=left, more="+" if section.more else "")] if left else []
    return [call.terminal.paint(head, "bold"), *lines, *_other_answers(call, section), *rest]


def _round_row(call: Call, line: RoundLine) -> list[Cell | str]:
    ends, calendar = line.round.comments_end_at, call.app.desk.rules.calendar()
    return [
        Cell(f"{SIGNS['blue']} {call.say('light.blue')}", ("blue",)), Cell(line.round.number), line.round.title, "",
        calendar.local_day(ends).isoformat() if ends else "", Cell(command_of(line, line.round.number, call.language)),
    ]


def _batch_row(call: Call, line: BatchLine, now: datetime) -> list[Cell | str]:
    batch, calendar = line.batch, call.app.desk.rules.calendar()
    lamp = batch_light(line, now)
    return [
        Cell(f"{SIGNS[lamp]} {call.say('light.' + lamp)}", (lamp,)), Cell(batch.number), batch.title,
        call.say("today.of-batch", count=line.waiting),
        calendar.local_day(batch.assign_due_at).isoformat(), Cell(command_of(line, batch.number, call.language)),
    ]


def _other_answers(call: Call, section: Section) -> list[str]:
    """The other answers to what a section asks, one for all its tickets: each line ends in a command that may be run as it stands."""
    number = call.say("typed.of")
    commands = dict.fromkeys(otherwise_of(line, number, call.language) for line in section.lines if isinstance(line, Line))
    return [call.say("today.otherwise", command=command) for command in commands if command]


def _fields(call: Call, section: Section, line: Line | BatchLine | RoundLine) -> list[object]:
    """For programs: section, number, lead, date, title, command, and the command of the other answer. Codes are not translated, nothing
    is cut.
    """
    calendar = call.app.desk.rules.calendar()
    if isinstance(line, RoundLine):
        ends = calendar.local_day(line.round.comments_end_at).isoformat() if line.round.comments_end_at else None
        return [section.name, line.round.number, None, ends, line.round.title, command_of(line, line.round.number), ""]
    if isinstance(line, BatchLine):
        batch_due = calendar.local_day(line.batch.assign_due_at).isoformat()
        return [section.name, line.batch.number, None, batch_due, line.batch.title, command_of(line, line.batch.number), ""]
    due_on = calendar.local_day(line.due_at).isoformat() if line.due_at else None
    ticket = line.ticket
    commands = command_of(line, ticket.number), otherwise_of(line, ticket.number)
    return [section.name, ticket.number, ticket.lead, due_on, ticket.title, *commands]
