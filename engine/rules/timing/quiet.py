"""When a person may be disturbed: in working hours only, or once a day or week with everything at once.

An escalation itself is never delayed; this is about the message that tells of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.rules.worktime import Calendar, next_open, shift_working_days

AT_ONCE, DAILY, WEEKLY = "off", "daily", "weekly"
DIGESTS = (AT_ONCE, DAILY, WEEKLY)
"""How many messages a person gets: each by itself, or those of a day or a week together."""

SUNDAY = 6


def is_open(at: datetime, calendar: Calendar) -> bool:
    """Whether the office works at that moment."""
    return next_open(at, calendar) == at


def may_disturb_at(at: datetime, digest: str, calendar: Calendar) -> datetime:
    """The first moment (UTC) from `at` on at which a message of `at` may go out.

    At once: `at` itself if the office is open, else the next opening. Daily: the opening of the next working day. Weekly: the opening
    of the first working day after this week's Sunday.
    """
    if digest == AT_ONCE:
        return next_open(at, calendar)
    day = calendar.local_day(at)
    last = day + timedelta(days=SUNDAY - day.weekday()) if digest == WEEKLY else day
    return calendar.opening(shift_working_days(last, 1, calendar))
