"""The light and its date in words: sign, colour's name and working days, never colour alone."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime

from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import BLUE, GREEN, GREY, RED, light
from engine.rules.timing.lateness import lateness
from engine.rules.worktime import Calendar
from engine.words import say

SIGNS = {"red": "●", "yellow": "▲", "green": "●", "blue": "◇", "grey": "○"}


def worked_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after `first` up to and including `last`; 0 if `last` is not later."""
    if last <= first:
        return 0
    total = 0
    for year in range(first.year, last.year + 1):
        worked = calendar.worked_days(year)
        total += bisect_right(worked, last.toordinal()) - bisect_right(worked, first.toordinal())
    return total


def left(promised_at: datetime, now: datetime, calendar: Calendar, language: str, form: str = "days") -> str:
    """How far a date that is to come is away, in working days: `剩3个工作日`, `今天到期`."""
    ahead = worked_between(calendar.local_day(now), calendar.local_day(promised_at), calendar)
    return say(f"left.{form}", language, days=ahead, s="" if ahead == 1 else "s") if ahead else say("left.today", language)


def light_words(ticket: Ticket, now: datetime, calendar: Calendar, language: str, form: str = "days") -> str:
    """The light of a ticket as people read it: `● 红 逾期3个工作日`, `● 绿 剩2个工作日`, `● 待验收（按期申请）`.

    The form `short` is for columns: `● 红 逾期3工作日`; `brief` leaves the days out. A ticket that is closed, suspended, or waits for an
    answer has no days to tell, and one that waits for its verification tells how it was submitted: what the office takes is no lateness
    of the unit.
    """
    name = light(ticket, now)
    if name == GREEN and ticket.submitted:
        return f"{SIGNS[name]} {_submitted(ticket, language, form)}"
    return f"{SIGNS[name]} {say(f'light.{name}', language)} {_days(ticket, name, now, calendar, language, form)}".strip()


def _submitted(ticket: Ticket, language: str, form: str) -> str:
    """How a ticket that waits for its verification was submitted; without a date it was neither in time nor late."""
    if ticket.on_time is None or form == "brief":
        return say("submitted", language)
    if ticket.on_time:
        return say(f"submitted.on-time.{form}", language)
    days = ticket.late_days
    return say(f"submitted.late.{form}", language, days=days, s="" if days == 1 else "s")


def _days(ticket: Ticket, name: str, now: datetime, calendar: Calendar, language: str, form: str) -> str:
    if name in (GREY, BLUE) or ticket.promised_at is None or form == "brief":
        return ""
    if name != RED:
        return left(ticket.promised_at, now, calendar, language, form)
    late = lateness(ticket, now, calendar)
    return say(f"late.{form}", language, days=late, s="" if late == 1 else "s")
