"""Working time: the calendar of an office, arithmetic on it, and the WHEN grammar. Pure; all moments are UTC.

Start at `calendar` (which days are worked), then `arithmetic` (what N working days are), then `when` (what people
type).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from engine.rules.worktime.amount import Amount, WhenError, parse_amount
from engine.rules.worktime.arithmetic import (
    Due,
    Step,
    add_working_seconds,
    derive,
    due,
    next_open,
    shift_working_days,
    working_seconds,
)
from engine.rules.worktime.calendar import Calendar, merge
from engine.rules.worktime.day import CalendarError, Day

if TYPE_CHECKING:
    from engine.rules.worktime.notice import Notice, parse_notice
    from engine.rules.worktime.when import When, parse_when

__all__ = [
    "Amount",
    "Calendar",
    "CalendarError",
    "Day",
    "Due",
    "Notice",
    "Step",
    "When",
    "WhenError",
    "add_working_seconds",
    "derive",
    "due",
    "merge",
    "next_open",
    "parse_amount",
    "parse_notice",
    "parse_when",
    "shift_working_days",
    "working_seconds",
]

_LATER = {"Notice": "notice", "parse_notice": "notice", "When": "when", "parse_when": "when"}
"""What is imported when it is asked for: looking at a ticket reads no notice and parses no time."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"engine.rules.worktime.{_LATER[name]}"), name)
