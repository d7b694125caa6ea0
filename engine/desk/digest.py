"""A week's digest, as far as its reader sees: of a leader who answers for units, these; of everybody else all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from engine.desk.figures import figures, states_counted
from engine.desk.lists import page
from engine.desk.tickets import Desk
from engine.desk.wanted import OPEN, Wanted, portfolio
from engine.rules.access import LEADER, Actor
from engine.rules.timing.clocks import RED
from engine.rules.worktime.period import Span
from engine.views.digest import Digest

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
SHOWN = 20
"""Tickets of each list; the rest stands in the ledger."""


def digest(desk: Desk, actor: Actor) -> Digest:
    """The digest of the seven days that end today. Raises as `lists.page` does."""
    own = actor.role == LEADER and bool(portfolio(desk, actor))
    now, calendar = desk.clock.now(), desk.rules.calendar()
    today = calendar.local_day(now)
    since, wanted = today - WEEK + DAY, Wanted(portfolio=own)
    return Digest(
        since, today, since - WEEK, own, figures(desk, actor, wanted, "unit", _span(desk, since, today)),
        figures(desk, actor, wanted, None, _span(desk, since - WEEK, since - DAY)),
        page(desk, actor, Wanted(lights=(RED,), portfolio=own, limit=SHOWN)).tickets,
        page(desk, actor, Wanted(scope=OPEN, due=_span(desk, today + DAY, today + WEEK), portfolio=own, limit=SHOWN)).tickets,
        today + DAY, today + WEEK, states_counted(desk, ends=False), states_counted(desk, ends=True), now, calendar,
    )


def _span(desk: Desk, first: date, last: date) -> Span:
    zone = desk.rules.zone()
    since, before = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last + DAY))
    return Span(since, before)
