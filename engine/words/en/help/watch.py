"""Help of the watch and the doctor."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.watch": "keep time: fire rungs when they are due", "short.doctor": "is the watch well, and what needs somebody",
    "help.watch": "The process that keeps time: fires rungs when they are due, looks after the calendar. Run as many as you like; no rung fires twice.",
    "example.watch": "zg watch\nzg watch --once --json",
    "option.interval": "seconds between two sweeps (60)", "option.once": "do each duty once, then end",
    "help.doctor": "Looks at the watch, alarms that came, notices, tickets set aside, the calendar and the schema. Exit code 1 where somebody is needed.",
    "example.doctor": "zg doctor\nzg doctor --json\nzg doctor --clean",
    "option.cleaning": "remove first what backups and changes of keys that were killed left lying",
}
