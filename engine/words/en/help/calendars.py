"""Help for changing the calendar."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.calendar.import": "load a holiday notice, count dates anew", "short.calendar.add": "a day off or worked, of the office or a county",
    "short.calendar.hours": "open hours, also of a season",
    "short.calendar.remove": "take such a day back",
    "help.calendar.import": (
        "Loads a holiday notice of the State Council, puts the new calendar in force and counts the open tickets anew: every date that moves\n"
        "is shown, each ticket gets an event, each unit one notice. Earlier dates move with --accept-earlier only; without it they stand, are\n"
        "listed, and the exit code is 7. Run it again after an interruption to finish it. FILE is a notice (docs/calendar.md), JSON of holiday-cn\n"
        "or an .ics file; what cannot be meant is refused with every problem."
    ),
    "example.calendar.import": "zg calendar import 2027.json --dry-run\nzg calendar import 2027.ics --published 2026-11-10",
    "help.calendar.add": (
        "Adds a day off or a worked day of the office's own, such as a storm; --unit for one county or unit alone: tickets it leads count by it."
    ),
    "example.calendar.add": "zg calendar add 2026-07-21 --rest --name typhoon\nzg calendar add 2026-02-13 --hours 08:30-12:00 --unit YX",
    "help.calendar.hours": (
        "Changes when the office is open; --season for a part of every year, such as summer. The same days again replace it, the usual hours\n"
        "take it away. Dates are counted anew by the new closing time."
    ),
    "example.calendar.hours": "zg calendar hours 08:30-12:00,14:30-18:00 --dry-run\nzg calendar hours --season 06-01..09-30 08:30-12:00,15:00-18:30",
    "option.calendar.hours.season": "from which day to which, both included, every year; may go over the turn of the year",
    "option.calendar.hours.dry_run": "show what would move, write nothing",
    "option.calendar.add.hours": "the hours of that day, such as a half day: 08:30-12:00",
    "help.calendar.remove": "Takes back a day of the office's own or of one unit: what the notice and the weekday say holds again; dates are counted anew.",
    "example.calendar.remove": "zg calendar remove 2026-07-21\nzg calendar remove 2026-07-21 --unit YX",
    "option.calendar.import.published": "when the notice came out, where the file does not say it",
    "option.calendar.import.year": "which year of an .ics that holds several",
    "option.accept_earlier": "accept earlier dates; without it they stand, are listed, and the exit code is 7",
    "option.calendar.add.kind": "that day is off; or worked (--work)", "option.calendar.add.name": "what the day is called",
    "option.calendar.show.unit": "by the calendar of this unit: code, name or alias",
    "option.calendar.add.unit": "for this unit alone: code, name or alias", "option.calendar.remove.unit": "for this unit alone: code, name or alias",
    "option.calendar.import.dry_run": "show what would move, write nothing", "option.calendar.add.dry_run": "show what would move, write nothing",
    "option.calendar.remove.dry_run": "show what would move, write nothing",
}
