"""Deadlines: starting, resting, resuming and ending clocks, the next alarm, the light.

Working days throughout; every function is pure and takes the time and the calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from engine.rules.deadline import ENDED, OFFICE, PLANNED, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Clock, Definition, Ladder, State, Trigger, by_grade
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.timing.rungs import arm, counted_by
from engine.rules.timing.silence import SILENCE, SILENCE_LADDER
from engine.rules.worktime import (
    Amount,
    Calendar,
    Pause,
    add_working_seconds,
    closes,
    due,
    late_days,
    parse_amount,
    shift_working_days,
    working_seconds,
)
from engine.rules.worktime.amount import WORKING_DAYS, WORKING_HOURS

GREEN, YELLOW, RED, BLUE, GREY = "green", "yellow", "red", "blue", "grey"
LIGHTS = (RED, YELLOW, GREEN, BLUE, GREY)

SAME_DAY = Amount(0, WORKING_DAYS)
"""The close of the same day, or of the next working day where that has closed or is not worked."""

REQUEST, PAUSE, INSTRUCTION, STANDING, OUTER = "request", "pause", "instruction", "standing", "outer"
"""The attributes (`runs_with`) that clocks run with which no state starts: an open extension request; the end of a suspension; a
leader's instruction that waits for its answer (each has a deadline of its own, `report:SEQ`); a standing item, which is reviewed and has
no date; a superior's own date."""


def light(ticket: Ticket, now: datetime) -> str:
    """The light of the promise (红黄绿灯): never stored. Intervals are half-open: at `late_at` it is red."""
    if ticket.final:
        return GREY
    if ticket.request is not None or ticket.returns_to is not None:
        return BLUE
    if ticket.late_at is not None and now >= ticket.late_at:
        return RED
    if ticket.warn_at is not None and now >= ticket.warn_at:
        return YELLOW
    return GREEN


def office_late(ticket: Ticket, now: datetime) -> bool:
    """Whether a clock of the supervision office itself is past its date."""
    return ticket.office_due_at is not None and now >= ticket.office_due_at


@lru_cache(maxsize=256)
def amount_of(text: str) -> Amount:
    return parse_amount(text)


def start(
    at: Situation, clock: Clock, *, epoch: int, fixed_at: datetime | None = None, amount: str | None = None,
    unit: str | None = None, suffix: str | None = None,
) -> Deadline:
    """A new epoch. Rungs whose time is past already are skipped, and the deadline says which.

    Of one clock there may be several deadlines: one for each `unit`, or for whatever else the `suffix` of the name tells apart.
    """
    calendar = counted_by(clock.of, unit, at.calendar)
    own = unit or suffix
    name = clock.name if own is None else f"{clock.name}:{own}"
    now = at.entered_at or at.now if clock.of == OFFICE else at.now  # the office cannot act on what it does not know of yet
    bare = Deadline(
        clock=name, of=clock.of, epoch=epoch, started_at=now, due_at=now, unit=unit, promise=clock.promise,
    )
    if fixed_at is not None:
        day = calendar.local_day(fixed_at)
        dated = bare._replace(due_at=fixed_at, provisional=calendar.provisional(day))
    else:
        text = amount or by_grade(clock.amount, at.grade)
        if text is None:
            raise ValueError(f"clock {clock.name} has no amount for grade {at.grade}")
        until = due(now, amount_of(text), calendar)
        dated = bare._replace(due_at=until.at, amount=text, provisional=until.provisional, calendar=calendar.version)
    return arm(dated, ladder_of(at.definition, clock), at.grade, calendar, skip_before=now)


def planned(at: Situation, fixed_at: datetime) -> dict[str, Deadline]:
    """A date set when a ticket is opened waits as a plan until it is assigned."""
    clock = at.definition.promise
    if clock is None:
        return {}
    return {
        clock.name: Deadline(
            clock=clock.name, of=clock.of, epoch=1, started_at=at.now, due_at=fixed_at, state=PLANNED, promise=True,
        )
    }


def held_until(definition: Definition, ticket: Ticket) -> datetime | None:
    """How long the open extension request holds the unit's rungs: until the office's limit to answer. None: nothing is held."""
    if ticket.request is None:
        return None
    answers = [clock.name for clock in definition.clocks.values() if clock.runs_with == REQUEST]
    return next((ticket.deadlines[name].due_at for name in answers if name in ticket.deadlines), None)


def rest(deadline: Deadline, now: datetime) -> Deadline:
    """The deadline at rest from now on; its date is what it was until the clock goes on."""
    return deadline._replace(state=RESTS, stopped_at=now, next_at=None)


def resume(
    deadline: Deadline, ladder: Ladder, grade: str | None, now: datetime, calendar: Calendar, *, at_least: str | None = None,
    held: datetime | None = None,
) -> Deadline:
    """The deadline running again in the same epoch, as late or as early as it stopped: its date moves by what the pause took from it.

    Where `at_least` is more than is left, that much runs, in a new epoch. `held`: until when an open request holds its rungs.
    """
    calendar = counted_by(deadline.of, deadline.unit, calendar)
    back = _gone_on(deadline, Pause(deadline.stopped_at or now, now), calendar)
    if at_least is not None:
        least = due(now, amount_of(at_least), calendar)
        if least.at > back.due_at:
            fresh = back._replace(
                epoch=back.epoch + 1, started_at=now, due_at=least.at, amount=at_least, provisional=least.provisional,
                rung=0, level=0, skipped=(), ours=(), calendar=calendar.version, pauses=(), repeated=0,
            )
            return arm(fresh, ladder, grade, calendar, skip_before=now)
    return arm(back, ladder, grade, calendar, held_until=held)


def dated(deadline: Deadline, calendar: Calendar) -> Deadline:
    """The deadline with the date that its amount and its pauses lead to, by this calendar.

    A date that a person set stays where it is if it lies after the last pause, and moves by that pause's closes otherwise.
    """
    if deadline.amount is not None:
        until = due(deadline.started_at, amount_of(deadline.amount), calendar, deadline.pauses)
        return deadline._replace(due_at=until.at, provisional=until.provisional, calendar=calendar.version)
    last = deadline.pauses[-1]
    if deadline.due_at > last.until:
        return deadline
    at = passed_on(deadline.due_at, last, closes(last.since, last.until, calendar), calendar)
    return deadline._replace(due_at=at, provisional=_provisional(at, calendar))


def _gone_on(deadline: Deadline, pause: Pause, calendar: Calendar) -> Deadline:
    """The deadline running after the pause. Days that would make its date earlier, and that nobody accepted, make none earlier by a pause
    either, be they of a new calendar or of a unit that another one was merged into: the date that stands moves by what the pause took,
    and keeps the version it was counted with.
    """
    back = deadline._replace(state=RUNS, stopped_at=None, pauses=(*deadline.pauses, pause))
    if deadline.amount is None:
        return dated(back, calendar)
    amount = amount_of(deadline.amount)
    anew, without = dated(back, calendar), due(deadline.started_at, amount, calendar, deadline.pauses).at
    if without >= deadline.due_at:
        return anew
    if amount.unit == WORKING_HOURS:
        at = add_working_seconds(deadline.due_at, working_seconds(pause.since, pause.until, calendar), calendar)
    else:
        at = passed_on(deadline.due_at, pause, closes(without, anew.due_at, calendar), calendar)
    return back._replace(due_at=at, provisional=_provisional(at, calendar))


def left_days(deadline: Deadline, calendar: Calendar) -> int | None:
    """Of a clock that stands still: how many working days close before its date, negative when it was late; None while it runs."""
    if deadline.stopped_at is None:
        return None
    calendar = counted_by(deadline.of, deadline.unit, calendar)
    late = late_days(deadline.due_at, deadline.stopped_at, calendar)
    return -late if late else closes(deadline.stopped_at, deadline.due_at, calendar)


def passed_on(at: datetime, pause: Pause, days: int, calendar: Calendar) -> datetime:
    """A date after a pause that took so many working days: whoever was late when it began is late when it ends, and nobody else is.

    Closes do not tell that of a date at noon or on a day of rest. Such a date, if no close moves it beyond the pause in which it fell, is
    the first close after that; and if one would move it beyond a pause that it came before, it is the end of the pause.
    """
    after = moved(at, days, calendar)
    if pause.since >= at:
        return min(after, pause.until)
    return after if after > pause.until else due(pause.until, SAME_DAY, calendar).at


def moved(at: datetime, days: int, calendar: Calendar) -> datetime:
    """A moment so many working days later, with so many closes between: at the close if it was one, else at the same hour.

    A day of rest has no close, so that a moment in it moves to the close of a working day; and where a day closes earlier or later than
    the one before, the moment keeps its side of the close.
    """
    day = calendar.local_day(at)
    on = shift_working_days(day, days, calendar)
    if day == on:
        return at
    close = calendar.close(day)
    if at == close or not calendar.is_working(day):
        return calendar.close(on)
    local = at.astimezone(calendar.tz)
    hour = local.replace(year=on.year, month=on.month, day=on.day).astimezone(UTC)
    if at > close:
        return max(hour, calendar.close(on))
    return hour if hour < calendar.close(on) else max(calendar.opening(on), calendar.close(on) - (close - at))


def keeps(definition: Definition, runs_with: str) -> bool:
    """Whether a definition has a clock that runs with this attribute."""
    return any(clock.runs_with == runs_with for clock in definition.clocks.values())


def begin_attribute_clocks(at: Situation, runs_with: str, *, fixed_at: datetime | None = None) -> dict[str, Deadline]:
    """A new epoch of every clock that runs with this attribute, to a date where one is set; it rests at once where the ticket stands in a
    state that says so.
    """
    begun = {}
    for clock in at.definition.clocks.values():
        if clock.runs_with == runs_with:
            old = at.ticket.deadlines.get(clock.name)
            new = start(at, clock, epoch=old.epoch + 1 if old else 1, fixed_at=fixed_at)
            begun[clock.name] = rest(new, at.now) if at.ticket.state in clock.rests_in else new
    return begun


def gone_on(at: Situation, runs_with: str) -> dict[str, Deadline]:
    """The clocks of an attribute that ended when the ticket was closed, running again as early or as late as they were then."""
    closed_at = at.ticket.closed_at or at.now
    return {
        clock.name: resume(rest(old, closed_at), ladder_of(at.definition, clock), at.grade, at.now, at.calendar)
        for clock in at.definition.clocks.values()
        if clock.runs_with == runs_with and (old := at.ticket.deadlines.get(clock.name)) is not None
    }


def end(deadline: Deadline, state: str = ENDED) -> Deadline:
    return deadline._replace(state=state, stopped_at=None, next_at=None)


def enter_state(
    at: Situation, trigger: Trigger | None, target: str, *, fixed_at: datetime | None = None, office_by: datetime | None = None,
) -> dict[str, Deadline]:
    """The deadlines that change when the ticket enters `target`: which clocks start, go on, rest, or end there. What hangs on another
    clock's date (`before`) follows that clock instead. A date set for the promise is `fixed_at`, one for the office's clocks `office_by`.
    """
    changed: dict[str, Deadline] = {}
    state = at.definition.states[target]
    for clock in at.definition.clocks.values():
        if clock.runs_with is not None:
            continue
        old = at.ticket.deadlines.get(clock.name)
        new: Deadline | None
        if clock.name in state.clocks and not (clock.promise and at.ticket.standing):
            new = _running(at, clock, old, trigger, fixed_at if clock.promise else office_by if clock.of == OFFICE else None)
        else:
            new = _not_running(at, clock, old, state)
        if new is not None and new != old:
            changed[clock.name] = new
    for name, begun in at.ticket.deadlines.items():
        clock = clock_of(at.definition, begun)
        if clock.runs_with is not None and clock.before is None and (new := _with_attribute(at, clock, begun, state)) is not None:
            changed[name] = new
    return changed


def _running(at: Situation, clock: Clock, old: Deadline | None, trigger: Trigger | None, fixed_at: datetime | None) -> Deadline:
    epoch = old.epoch + 1 if old is not None else 1
    restart = trigger.restart.get(clock.name) if trigger else None
    if fixed_at is not None:
        return start(at, clock, epoch=epoch, fixed_at=fixed_at)
    if restart is not None:
        return start(at, clock, epoch=epoch, amount=by_grade(restart, at.grade))
    if old is None or old.state in (ENDED, VOID):
        return start(at, clock, epoch=epoch, amount=at.ticket.stated_limit if clock.promise else None)
    if old.state == PLANNED:
        return start(at, clock, epoch=old.epoch, fixed_at=old.due_at)
    if old.state == RESTS:
        least = by_grade(trigger.at_least.get(clock.name, {}), at.grade) if trigger else None
        held = held_until(at.definition, at.ticket) if clock.promise else None
        return resume(old, ladder_of(at.definition, clock), at.grade, at.now, at.calendar, at_least=least, held=held)
    return old


def _with_attribute(at: Situation, clock: Clock, old: Deadline, state: State) -> Deadline | None:
    """A clock that runs with an attribute and not with a state goes on whatever happens, rests in the states it names, and ends with the
    ticket. None where nothing changes. An instruction that nobody answered before the end has a clock again where the ticket goes on.
    """
    if old.state not in (RUNS, RESTS):
        if state.final or not _waits_for_answer(at.ticket, clock, old.clock):
            return None
        begun = _again(at, clock, old)
        return rest(begun, at.now) if state.name in clock.rests_in else begun
    if (state.final and state.name not in clock.rests_in) or (clock.runs_with == PAUSE and not state.rests):
        return end(old)
    if state.name in clock.rests_in:
        return rest(old, at.now) if old.state == RUNS else None
    return resume(old, ladder_of(at.definition, clock), at.grade, at.now, at.calendar) if old.state == RESTS else None


def _waits_for_answer(ticket: Ticket, clock: Clock, name: str) -> bool:
    """Whether the deadline of this name is of an instruction that nobody answered yet."""
    return clock.runs_with == INSTRUCTION and any(
        item.reported_at is None and name == f"{clock.name}:{item.seq}" for item in ticket.instructions
    )


def _again(at: Situation, clock: Clock, old: Deadline) -> Deadline:
    """A new epoch of a clock that ended with the ticket: by the date that the leader set if that is to come, else its amount from now."""
    ahead = old.due_at if old.fixed and old.due_at > at.now else None
    return start(at, clock, epoch=old.epoch + 1, fixed_at=ahead, amount=old.amount, suffix=old.clock.partition(":")[2])


def _not_running(at: Situation, clock: Clock, old: Deadline | None, state: State) -> Deadline | None:
    """The deadline of a clock that does not run in this state: it rests, waits as a plan, or ends. None where nothing changes."""
    if old is None or old.state in (ENDED, VOID):
        return None
    if state.name in clock.rests_in:
        return rest(old, at.now) if old.state == RUNS else None
    if old.state == PLANNED:
        return end(old, VOID) if state.final else None
    return _taken_back(old) if clock.promise and not state.final else end(old)


def _taken_back(promise: Deadline) -> Deadline:
    """The promise after 交办 was taken back: an amount is counted anew for the next unit, a date that a person set waits for that unit as a
    plan.
    """
    if not promise.fixed:
        return end(promise, VOID)
    fresh = promise._replace(epoch=promise.epoch + 1, rung=0, level=0, warn_at=None, skipped=(), ours=(), pauses=(), repeated=0)
    return end(fresh, PLANNED)


def next_alarm(deadlines: Mapping[str, Deadline]) -> datetime | None:
    """The one alarm of a ticket (下次提醒): the earliest next rung of its running deadlines."""
    return min((item.next_at for item in deadlines.values() if item.state == RUNS and item.next_at), default=None)


class Awake(NamedTuple):
    """The deadlines that change with an event, the clock of last resort among them, and the next alarm of the ticket after it."""

    deadlines: Mapping[str, Deadline]
    alarm: datetime | None


def kept_awake(at: Situation, final: bool, deadlines: Mapping[str, Deadline]) -> Awake:
    """The deadlines of an event with the clock of last resort: it begins where an open ticket would have no alarm, and ends with the
    ticket or as soon as another clock rings. `deadlines` are those that change, `final` says whether the event closes the ticket.
    """
    after = merged(at.ticket.deadlines, deadlines)
    last_resort = after.pop(SILENCE.name, None)
    alarm, rings = next_alarm(after), last_resort is not None and last_resort.state == RUNS
    if last_resort is not None and rings:
        if final or alarm is not None:
            return Awake({**deadlines, SILENCE.name: end(last_resort)}, alarm)
        return Awake(deadlines, last_resort.next_at)
    if final or alarm is not None:
        return Awake(deadlines, alarm)
    begun = start(at, SILENCE, epoch=last_resort.epoch + 1 if last_resort else 1)
    return Awake({**deadlines, SILENCE.name: begun}, begun.next_at)


def merged(old: Mapping[str, Deadline], changed: Mapping[str, Deadline]) -> dict[str, Deadline]:
    return {**old, **changed}


def clock_of(definition: Definition, deadline: Deadline) -> Clock:
    """The clock a deadline belongs to; a cooperator's part is named `part:UNIT`."""
    return definition.clocks.get(deadline.clock.partition(":")[0], SILENCE)


def ladder_of(definition: Definition, clock: Clock) -> Ladder:
    """The ladder that a clock climbs."""
    return SILENCE_LADDER if clock is SILENCE else definition.ladders[clock.ladder]


def _provisional(at: datetime, calendar: Calendar) -> bool:
    return calendar.provisional(calendar.local_day(at))
