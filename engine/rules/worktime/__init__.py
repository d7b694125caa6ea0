"""Working time: the calendar of an office, arithmetic on it, and the WHEN grammar. Pure; all moments are UTC.

In reading order: calendar, day, hours, amount, arithmetic, side, day_names, when, period, notice, statutory, plausible, published,
change, document.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from engine.rules.pause import Pause
from engine.rules.worktime.amount import Amount, WhenError, parse_amount
from engine.rules.worktime.arithmetic import (
    Due,
    Step,
    add_working_seconds,
    closes,
    derive,
    due,
    late_days,
    next_open,
    shift_working_days,
    working_seconds,
)
from engine.rules.worktime.calendar import Calendar, merge
from engine.rules.worktime.day import REST, WORK, CalendarError, Day, day_name
from engine.rules.worktime.side import Side

if TYPE_CHECKING:
    from engine.rules.worktime.change import (
        ChangedDays,
        Loaded,
        add_day,
        changed_days,
        load_notices,
        own_days,
        remove_day,
        set_hours,
        set_season,
    )
    from engine.rules.worktime.notice import HolidayNotice, notice_json, parse_notice, parse_notices
    from engine.rules.worktime.when import When, parse_when

__all__ = [
    "REST",
    "WORK",
    "Amount",
    "Calendar",
    "CalendarError",
    "ChangedDays",
    "Day",
    "Due",
    "HolidayNotice",
    "Loaded",
    "Pause",
    "Side",
    "Step",
    "When",
    "WhenError",
    "add_day",
    "add_working_seconds",
    "changed_days",
    "closes",
    "day_name",
    "derive",
    "due",
    "late_days",
    "load_notices",
    "merge",
    "next_open",
    "notice_json",
    "own_days",
    "parse_amount",
    "parse_notice",
    "parse_notices",
    "parse_when",
    "remove_day",
    "set_hours",
    "set_season",
    "shift_working_days",
    "working_seconds",
]

_LATER = {
    **dict.fromkeys((
        "ChangedDays", "Loaded", "add_day", "changed_days", "load_notices", "own_days", "remove_day", "set_hours", "set_season",
    ), "change"),
    **dict.fromkeys(("HolidayNotice", "notice_json", "parse_notice", "parse_notices"), "notice"),
    **dict.fromkeys(("When", "parse_when"), "when"),
}
"""Names that are imported when they are asked for: a command that shows a ticket reads no notice and parses no time."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"engine.rules.worktime.{_LATER[name]}"), name)
