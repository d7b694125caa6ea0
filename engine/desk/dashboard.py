"""How the ledger stands, as far as an actor sees it: what the dashboard shows, and which dates fall into a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from engine.desk.figures import MONTH, figures, part_of, stages_of_states, states_counted, this_year
from engine.desk.lists import page
from engine.desk.tickets import Desk
from engine.desk.wanted import EVERY, OPEN, Wanted, level_of, usual_first
from engine.errors import UsageError
from engine.record.damage import as_written
from engine.record.listing import counts
from engine.record.settings import CITY_SETTING, setting
from engine.rules.access import AUDITOR, Actor
from engine.rules.ticket import Ticket
from engine.rules.worktime.period import Span
from engine.views.dashboard import AgeCount, Dashboard, DueDay, DueMonth, LevelCount, StageCount, StateCount, Wall

AGES = (7, 30, 90, 180)
"""Where the ages of open tickets are parted, in days since they were opened."""

MOST_DUE = 500
"""Dates of a month that are shown."""

MOST_UNITS = 12
"""Units that stand on the wall screen, those that are late most first."""

STAGES = ("found", "assigned", "rectifying", "submitted", "verified")
"""The steps of a ticket's way. Of a stage that a city's own workflow invents, a ticket is known to be opened and no more."""

SCREEN = Actor("screen", AUDITOR, None, "web")
"""Who looks from the wall: no account, and only at figures."""

WEEK = 7


def dashboard(desk: Desk, actor: Actor) -> Dashboard:
    """What the actor sees of the whole ledger, in figures. Raises as `lists.page` does."""
    span, now = this_year(desk), desk.clock.now()
    today = desk.rules.calendar().local_day(now)
    return Dashboard(
        today.replace(month=1, day=1), today, figures(desk, actor, Wanted(), "unit", span), figures(desk, actor, Wanted(), MONTH, span),
        tuple(_states(desk, actor)), tuple(_ages(desk, actor, today)), tuple(_stages(desk, actor, span)), tuple(_levels(desk, actor)),
        states_counted(desk, ends=False), states_counted(desk, ends=True), now,
    )


def wall(desk: Desk, *, names: bool) -> Wall:
    """What the wall screen shows; units that are late by name only where the office switched that on."""
    board = dashboard(desk, SCREEN)
    late = tuple((row.key, row.late) for row in board.by_unit.rows if row.late and row.key is not None) if names else ()
    return Wall(board, late[:MOST_UNITS], setting(desk.database, CITY_SETTING) or "")


def due_month(desk: Desk, actor: Actor, month: date) -> DueMonth:
    """What is due in the month of a day, among what the actor sees. Raises as `lists.page` does."""
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    found = page(desk, actor, Wanted(scope=OPEN, due=Span(_begin(desk, first), _begin(desk, after)), limit=MOST_DUE))
    calendar, now = desk.rules.calendar(), desk.clock.now()
    by_day: dict[date, list[Ticket]] = {}
    for ticket in found.tickets:
        if ticket.promised_at is not None:
            by_day.setdefault(calendar.local_day(ticket.promised_at), []).append(ticket)
    begin = first - timedelta(days=first.weekday())
    days: list[DueDay] = []
    while begin < after or len(days) % WEEK:
        due = tuple(by_day.get(begin, ()))
        days.append(DueDay(begin, calendar.is_working(begin), calendar.why(begin), begin.month == first.month, due))
        begin += timedelta(days=1)
    weeks = tuple(tuple(days[place:place + WEEK]) for place in range(0, len(days), WEEK))
    return DueMonth(
        first, (first - timedelta(days=1)).replace(day=1), after, calendar.local_day(now), weeks, found.cursor is not None, now, calendar,
        {ticket.definition: desk.definition(ticket) for ticket in found.tickets},
    )


def month_of(desk: Desk, text: str | None) -> date:
    """The first day of a month that is written as 2020-03; of this month where none is. Raises UsageError."""
    if text is None:
        return desk.rules.calendar().local_day(desk.clock.now()).replace(day=1)
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise UsageError(reason="query-month", text=text[:20]) from None
    if not 2000 <= found.year <= 2100:  # as far as calendars reach
        raise UsageError(reason="query-month", text=text[:20])
    return found


@as_written
def _states(desk: Desk, actor: Actor) -> Iterator[StateCount]:
    """Open tickets by state, in the order in which the workflows have them."""
    selection = part_of(desk, actor, Wanted(), OPEN)
    if selection is None:
        return
    statement, values = counts.counting_open(selection, "state")
    found = {state: (int(count), int(late)) for state, count, late in desk.database.rows(statement, **values)}
    for definition in usual_first(desk):
        for name in definition.states:
            if name in found:
                yield StateCount(name, definition, *found.pop(name))


@as_written
def _ages(desk: Desk, actor: Actor, today: date) -> Iterator[AgeCount]:
    """Open tickets by the days since they were opened, the youngest first."""
    selection = part_of(desk, actor, Wanted(), OPEN)
    if selection is None:
        return
    statement, values = counts.counting_open(selection, "opened_at")
    opened = [(moment, int(count), int(late)) for moment, count, late in desk.database.rows(statement, **values)]
    ends = [-1, *AGES]
    for place, end in enumerate(ends):
        until = today - timedelta(days=end + 1)
        since = today - timedelta(days=ends[place + 1]) if place + 1 < len(ends) else None
        first = _begin(desk, since) if since is not None else None
        after = _begin(desk, until + timedelta(days=1))
        days = f"{end + 1}–{ends[place + 1]}" if since is not None else f"{end + 1}+"
        rows = [(count, late) for moment, count, late in opened if (first is None or moment >= first) and moment < after]
        yield AgeCount(since, until, days, sum(count for count, _ in rows), sum(late for _, late in rows))


@as_written
def _stages(desk: Desk, actor: Actor, span: Span) -> Iterator[StageCount]:
    """How far the tickets came that were opened in a span: of a funnel each step with all that are beyond it."""
    selection = part_of(desk, actor, Wanted(), EVERY, opened=span)
    if selection is None:
        return
    statement, values = counts.counting_opened(selection, "state")
    found = {state: int(count) for state, count in desk.database.rows(statement, **values)}
    beyond = {name: STAGES.index(stage) for name, stage in stages_of_states(desk).items() if stage in STAGES}
    for place, stage in enumerate(STAGES):
        states = states_counted(desk, ends=False) if place == 0 else tuple(name for name, reached in beyond.items() if reached >= place)
        yield StageCount(stage, states, sum(found.get(name, 0) for name in states))


@as_written
def _levels(desk: Desk, actor: Actor) -> Iterator[LevelCount]:
    """Open tickets by their level on the ladder, as far as the actor may know of it."""
    selection = part_of(desk, actor, Wanted(), OPEN)
    if selection is None:
        return
    statement, values = counts.counting_open(selection, level_of(actor))
    for level, count, late in sorted(desk.database.rows(statement, **values)):
        yield LevelCount(str(level), int(count), int(late))


def _begin(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time(), desk.rules.zone()).astimezone(UTC)
