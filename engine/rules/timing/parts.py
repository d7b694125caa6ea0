"""Parts of cooperators (配合单位): each has a date of its own before the lead's, follows it wherever it moves, ends at the sign-off.

A part is the deadline `part:UNIT`. It never colours the lead: its light, its rungs and its lateness are the cooperator's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.rules.deadline import ENDED, PLANNED, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Clock, by_grade
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.timing import clocks
from engine.rules.timing.rungs import arm
from engine.rules.worktime import Pause, closes, due, shift_working_days

PART = "part"
"""The attribute (`runs_with`) with which a clock of cooperators runs."""

SHORTEST_PART = "1 working day"
"""The shortest time that a cooperator has for its part, however near the lead's date is; only a lead that has less itself makes it less."""

OPEN = (RUNS, RESTS)


def part_of(ticket: Ticket, unit: str | None) -> Deadline | None:
    """The part of a cooperator, if one was ever begun."""
    return next((item for item in ticket.deadlines.values() if unit is not None and item.unit == unit), None)


def any_of(ticket: Ticket) -> bool:
    """Whether the ticket has a cooperator, or a part of one that it had."""
    return bool(ticket.cooperators) or any(item.unit for item in ticket.deadlines.values())


def late(ticket: Ticket, unit: str, now: datetime) -> bool:
    """Whether the part is past its date and not signed off. Half-open: at the date it is late."""
    part = part_of(ticket, unit)
    return part is not None and part.state in OPEN and unit not in ticket.signed and now >= part.due_at


def light(ticket: Ticket, unit: str, now: datetime) -> str:
    """The cooperator's own light: grey signed or ended, blue suspended, red past its date, yellow from its first reminder on."""
    part = part_of(ticket, unit)
    if ticket.final or unit in ticket.signed:
        return clocks.GREY
    if ticket.returns_to is not None:
        return clocks.BLUE
    if part is None or part.state not in OPEN:
        return clocks.GREEN
    if now >= part.due_at:
        return clocks.RED
    return clocks.YELLOW if part.warn_at is not None and now >= part.warn_at else clocks.GREEN


def follow(at: Situation, after: Ticket) -> dict[str, Deadline]:
    """The parts that change with an event. `after` is the ticket as the event leaves it, its parts still as they were before.

    A part begins with the lead's clock and begins anew with it (its epoch grows); moves when it moves; rests while it rests; ends
    at the sign-off or when the ticket is verified; is void when the matter is taken away from lead or cooperator.
    """
    changed: dict[str, Deadline] = {}
    for clock in at.definition.clocks.values():
        if clock.runs_with != PART:
            continue
        begun = [item for item in at.ticket.deadlines.values() if item.unit and clocks.clock_of(at.definition, item) is clock]
        units = {item.unit: item for item in begun}
        for unit in dict.fromkeys((*after.cooperators, *units)):
            old = units.get(unit)
            new = _followed(at._replace(calendar=at.calendar.of(unit)), clock, after, str(unit))
            if new is not None and new != old:
                changed[new.clock] = new
    return changed


def _followed(at: Situation, clock: Clock, after: Ticket, unit: str) -> Deadline | None:
    """The part of one cooperator after an event, None where nothing changes; the situation's calendar counts the days of that unit."""
    before, then = at.ticket, at._replace(ticket=after)
    part, lead = part_of(before, unit), after.deadlines.get(clock.before or "")
    open_part = None if part is None or part.state not in OPEN else part
    if unit not in after.cooperators or lead is None or lead.state in (PLANNED, VOID):
        return open_part and clocks.end(open_part, VOID)
    if unit in after.signed:
        return open_part and clocks.end(open_part)
    if lead.state == ENDED:
        return open_part and clocks.end(open_part, ENDED if after.closed_as == "verified" else VOID)
    lead_before = before.deadlines.get(lead.clock)
    if open_part is None or (lead_before is not None and lead_before.epoch != lead.epoch):
        epoch = part.epoch + 1 if part else 1
        fresh = clocks.start(then, clock, epoch=epoch, fixed_at=date_of(then, clock, lead, at.now), unit=unit)
        return fresh if lead.state == RUNS else clocks.rest(fresh, at.now)
    if lead.state == RESTS:
        return clocks.rest(open_part, at.now) if open_part.state == RUNS else None
    if open_part.state == RESTS:
        return _gone_on(then, clock, open_part, lead)
    if lead_before is not None and lead_before.due_at == lead.due_at and before.grade == after.grade:
        return None  # it moves with the lead's date, not because a calendar changed meanwhile
    due_at = date_of(then, clock, lead, open_part.started_at, open_part.pauses)
    moved = open_part._replace(due_at=due_at, provisional=at.calendar.provisional(at.calendar.local_day(due_at)))
    return arm(moved, at.definition.ladders[clock.ladder], then.grade, at.calendar)


def _gone_on(at: Situation, clock: Clock, part: Deadline, lead: Deadline) -> Deadline:
    """The part goes on as late or as early as it stopped, by its own unit's closes, and never beyond the lead's date."""
    pause = Pause(part.stopped_at or at.now, at.now)
    closed = closes(pause.since, pause.until, at.calendar)
    due_at = min(clocks.passed_on(part.due_at, pause, closed, at.calendar), lead.due_at)
    back = part._replace(
        state=RUNS, stopped_at=None, due_at=due_at, pauses=(*part.pauses, pause),
        provisional=at.calendar.provisional(at.calendar.local_day(due_at)),
    )
    return arm(back, at.definition.ladders[clock.ladder], at.grade, at.calendar)


def date_of(at: Situation, clock: Clock, lead: Deadline, since: datetime, pauses: Sequence[Pause] = ()) -> datetime:
    """The date of a part: the close of the day that lies the clock's amount of working days before the lead's date. It is one working day
    after `since` at the earliest, and never after the lead's date.
    """
    calendar = at.calendar
    amount = clocks.amount_of(by_grade(clock.amount, at.grade) or SHORTEST_PART)
    day = shift_working_days(calendar.local_day(lead.due_at), -amount.number, calendar)
    least = due(since, clocks.amount_of(SHORTEST_PART), calendar, pauses).at
    return min(lead.due_at, max(calendar.close(day), least))
