"""The light and its date in words: sign, colour's name and working days, never colour alone."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime
from functools import lru_cache

from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import BLUE, GREEN, GREY, RED, light, office_late
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
    return _left(calendar.local_day(now), calendar.local_day(promised_at), calendar, language, form)


@lru_cache(maxsize=1_024)
def _left(today: date, promised: date, calendar: Calendar, language: str, form: str) -> str:
    """The same by days: a list has many tickets of the same day."""
    ahead = worked_between(today, promised, calendar)
    return _with_days(f"left.{form}", ahead, language) if ahead else say("left.today", language)


def light_words(ticket: Ticket, now: datetime, calendar: Calendar, language: str, form: str = "days") -> str:
    """The light of a ticket as people read it: `● 红 逾期3个工作日`, `● 绿 剩2个工作日`, `● 待验收（按期申请）`, `○ 灰 按期办结`.

    The form `short` is for columns: `● 红 逾期3工作日`; `brief` leaves the days out. What is closed or waits for its verification tells
    how it was submitted: what the office takes is no lateness of the unit. What is blue tells why.
    """
    name = light(ticket, now)
    if name == GREEN and ticket.submitted:
        return f"{SIGNS[name]} {_submitted(ticket, language, form)}"
    if name == GREY:
        told = _closed(ticket, language, form)
    elif name == BLUE:
        told = _resting(ticket, language, form)
    else:
        told = _days(ticket, name, now, calendar, language, form)
    return f"{SIGNS[name]} {say(f'light.{name}', language)} {told}".strip()


def _submitted(ticket: Ticket, language: str, form: str) -> str:
    """How a ticket that waits for its verification was submitted; without a date it was neither in time nor late."""
    if ticket.on_time is None or form == "brief":
        return say("submitted", language)
    if ticket.on_time:
        return say(f"submitted.on-time.{form}", language)
    return _with_days(f"submitted.late.{form}", ticket.late_days, language)


def _closed(ticket: Ticket, language: str, form: str) -> str:
    """Whether what is closed was handed in in time; nothing of what had no date, or turned out to be no problem."""
    if ticket.on_time is None or ticket.closed_as not in (None, VERIFIED) or form == "brief":
        return ""
    return say("closed.on-time", language) if ticket.on_time else _with_days(f"closed.late.{form}", ticket.late_days, language)


def _resting(ticket: Ticket, language: str, form: str) -> str:
    """Why nothing is urgent: an extension is asked for, or the ticket is suspended, if late so many days late."""
    if ticket.request is not None:
        return say("asked-for", language)
    if ticket.late_days and form != "brief":
        return _with_days(f"resting.late.{form}", ticket.late_days, language)
    return say("resting", language)


def _days(ticket: Ticket, name: str, now: datetime, calendar: Calendar, language: str, form: str) -> str:
    """How far the date of a ticket that is under way lies ahead or behind; before a unit has a date, whether the office is late."""
    if form == "brief":
        return ""
    if ticket.promised_at is None:
        return say("office-late", language) if office_late(ticket, now) else ""
    if name != RED:
        return left(ticket.promised_at, now, calendar, language, form)
    return _with_days(f"late.{form}", lateness(ticket, now, calendar), language)


@lru_cache(maxsize=4_096)
def _with_days(code: str, days: int | None, language: str) -> str:
    """A text with a number of days: lists say few of them, for many tickets."""
    return say(code, language, days=days)
