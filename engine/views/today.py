"""What waits for somebody today (今日待办) as JSON: sections of tickets, each with the command that is run next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypedDict
from zoneinfo import ZoneInfo

from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import light
from engine.rules.timing.lateness import lateness
from engine.rules.worktime import Calendar
from engine.views.moments import day_text, moment_text
from engine.words import say

CONSENT_ON_PAPER = "consent-on-paper"
"""What the office does next about what needs a leader's consent: it keeps what the leader signed, or waits."""

DESIGNATION = "designation"
"""How a ticket is assigned that units declined too often: to a unit that cannot decline it (指定承办)."""

COMMANDS = {
    "assign": "zg assign {number} --lead {lead}", "verify": "zg verify {number} --note {note}", "grant": "zg grant {number}",
    "issue": "zg issue {number} --by {by}", "urge": "zg urge {number} --by phone", "resume": "zg resume {number}",
    "accept": "zg accept {number}", "submit": "zg submit {number} --note {note}", "sign-off": "zg sign-off {number}",
    "report-back": "zg report-back {number} --note {note}", "consent": "zg consent {number}", "show": "zg show {number}",
    "refuse": "zg refuse {number} --reason {reason}", DESIGNATION: "zg assign {number} --lead {lead} --designate --basis {basis}",
    CONSENT_ON_PAPER: "zg consent {number} --by {by} --file {file}", "waive": "zg waive {number} --reason {reason}",
}
"""How a trigger is fired; any other by `zg do`. What is to be filled in stands in its place as `typed.` words, which are never taken as
facts."""

FILLED_IN = ("lead", "note", "by", "file", "reason", "basis")

PROGRAMS = "en"
"""The language in which programs read a command."""


class Line(NamedTuple):
    """A ticket that waits, until when, and the trigger that is fired next."""

    ticket: Ticket
    due_at: datetime | None
    trigger: str


class Section(NamedTuple):
    """Tickets that wait for the same: the first of them, and how many there are; `more`: at least so many."""

    name: str
    lines: Sequence[Line]
    total: int
    more: bool = False


class LineView(TypedDict):
    """A ticket that waits."""

    number: str
    title: str
    lead: str | None
    due_on: str | None
    light: str
    late_days: int | None
    command: str


class SectionView(TypedDict):
    """A section; `count` is of all its tickets, `more` where they were not counted to the end."""

    section: str
    count: int
    more: bool
    tickets: list[LineView]


TodayView = TypedDict("TodayView", {"as": str, "now": str | None, "sections": list[SectionView]})
"""All that waits for an account."""


def today_view(account: str, now: datetime, sections: Sequence[Section], calendar: Calendar) -> TodayView:
    zone = ZoneInfo(calendar.zone)
    return {"as": account, "now": moment_text(now), "sections": [
        {"section": section.name, "count": section.total, "more": section.more, "tickets": [
            {
                "number": line.ticket.number, "title": line.ticket.title, "lead": line.ticket.lead,
                "due_on": day_text(line.due_at, zone), "light": light(line.ticket, now),
                "late_days": lateness(line.ticket, now, calendar), "command": command_of(line, line.ticket.number),
            } for line in section.lines
        ]} for section in sections
    ]}


def command_of(line: Line, number: str, language: str = PROGRAMS) -> str:
    """The command that does what the line waits for."""
    if line.trigger == "assign" and line.ticket.lead is not None:
        return f"zg assign {number}"
    return COMMANDS.get(line.trigger, f"zg do {line.trigger} {{number}}").format(
        number=number, **{name: say(f"typed.{name}", language) for name in FILLED_IN},
    )
