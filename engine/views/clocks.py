"""How each date of a ticket came about, as JSON: day by day, with the rungs that fired and that come. What `zg why` tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TypedDict

from engine.rules.access import Actor
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.batch import is_batch_number
from engine.rules.deadline import OFFICE, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Clock, Definition, by_grade
from engine.rules.event import Event
from engine.rules.proof.chain import moment
from engine.rules.ticket import IMPORTED, Ticket
from engine.rules.timing import clocks
from engine.rules.timing.lateness import lateness
from engine.rules.timing.rungs import counted_by
from engine.rules.worktime import Calendar, Step, closes, derive, due, parse_amount
from engine.rules.worktime.amount import WORKING_DAYS
from engine.rules.worktime.arithmetic import Deduction, deductions
from engine.views.moments import moment_text
from engine.views.proposal import ProposalView, proposal_views
from engine.views.repetition import RepetitionView, repetition_view
from engine.views.rung import Behind, RungView, behind, rung_views


class StepView(TypedDict):
    """One day of a count: whether it counts, as which day, and what kind of day it is."""

    day: str
    counts: bool
    number: int | None
    kind: str
    name: str


class CauseView(TypedDict):
    """Why a clock began anew: the trigger that did it (`amend` for a correction, `migrate` for another version of the workflow, else the
    kind of the event), and whether that was entered late (补录).
    """

    trigger: str
    entered_late: bool


class PauseView(TypedDict):
    """A span in which the clock stood still; `until` is None while it lasts. `moved`: what it took from the amount, in the unit by which
    that moves (`3 days`, `1 working day`, `26.5 hours`), None while it lasts; of a date that a person set the working days that closed.
    """

    since: str | None
    until: str | None
    moved: str | None


class BeforeView(TypedDict):
    """A date that is counted back from another clock's date: which clock, and how long before."""

    clock: str
    amount: str | None


class ClockView(TypedDict):
    """One clock: its dates, where they come from, the days counted, the rungs.

    `fixed`: the date was set and not counted; `fixed_by` says by what: the `batch` or the `round` that is to be assigned by it, the
    `superior`, the `ledger` that the ticket was taken over from, or a `person`. `moved`: pauses moved it from where the amount alone
    would have ended. `left_days`: of a clock that stands still, how many working days close before its date; negative when it was late.
    `repetition`: of a running clock that fired its last rung, when that comes round again. `cause`: of a clock that began anew why it
    did; None where it did not, or where the reader reads nothing of that.
    """

    clock: str
    of: str
    state: str
    epoch: int
    cause: CauseView | None
    amount: str | None
    fixed: bool
    fixed_by: str | None
    before: BeforeView | None
    started_at: str | None
    due_at: str | None
    due_on: str
    provisional: bool
    left_days: int | None
    pauses: list[PauseView]
    moved: bool
    steps: list[StepView]
    rungs: list[RungView]
    repetition: RepetitionView | None


class LimitView(TypedDict):
    """The limit that a ticket came with, and what stated it: a batch, a row of a sheet; as far as the reader may know it."""

    amount: str
    batch: str | None
    sheet: str | None
    row: int | None


class WhyView(TypedDict):
    """Why a ticket's light and dates are what they are. `held_until`: how long an open request holds the rungs. `limit`: the one that the
    ticket came with, where it counts.
    """

    number: str
    now: str | None
    light: str
    light_because: str
    late_days: int | None
    on_time: bool | None
    promised_at: str | None
    next_alarm: str | None
    proposals: list[ProposalView]
    held_until: str | None
    limit: LimitView | None
    clocks: list[ClockView]


def why_view(
    ticket: Ticket, definition: Definition, actor: Actor, now: datetime, calendar: Calendar, version: Callable[[str], Calendar],
    history: Sequence[Event] = (), read: Collection[int] = (),
) -> WhyView:
    """The whole explanation, for this actor, of the ticket as the actor may know it. `calendar` is the one in force; `version` finds the
    one a date was counted with. Give the ticket's `history` where the ticket `hangs_on_history`, with the seqs of what the actor may
    `read` of it.
    """
    light, first = clocks.light(ticket, now), next((event for event in history if event.seq == 1 and 1 in read), None)
    past, causes = behind(history), epoch_causes(event for event in history if event.seq in read)
    return {
        "number": ticket.number, "now": moment_text(now), "light": light, "light_because": light_because(ticket, light),
        "late_days": lateness(ticket, now, calendar), "on_time": ticket.on_time,
        "promised_at": moment_text(ticket.promised_at), "next_alarm": moment_text(clocks.next_alarm(ticket.deadlines)),
        "proposals": proposal_views(ticket), "held_until": moment_text(clocks.held_until(definition, ticket)),
        "limit": _limit_view(ticket, first),
        "clocks": [
            clock_view(
                ticket, item, definition, actor, lambda counted: _counted_with(ticket, counted, calendar, version),
                past.get(item.clock), causes.get(item.clock), from_ledger=_brought(item, first),
            )
            for item in shown_clocks(ticket)
        ],
    }


def hangs_on_history(ticket: Ticket) -> bool:
    """Whether the history of a ticket must be read to explain its clocks: rungs are behind one, one began anew, the ticket came with
    a limit, or its promise is a date that was set: a ledger may have brought it.
    """
    return ticket.stated_limit is not None or any(
        item.rung or item.epoch > 1 or (item.promise and item.fixed) for item in shown_clocks(ticket)
    )


def shown_clocks(ticket: Ticket) -> list[Deadline]:
    """The deadlines that are explained: what runs or rests, the promise first; of what ended only the promise."""
    live = [item for item in ticket.deadlines.values() if item.promise or item.state in (RUNS, RESTS)]
    return sorted(live, key=lambda item: not item.promise)


def _limit_view(ticket: Ticket, first: Event | None) -> LimitView | None:
    """The limit that the ticket came with; None where it has none, or where a date that a person set, or a review, stands instead."""
    limit, promise = ticket.stated_limit, ticket.promise
    if limit is None or ticket.standing or (promise is not None and promise.state != VOID and promise.amount != limit):
        return None
    origin = first.data.get("origin", {}) if first is not None else {}
    batch = ticket.batch if is_batch_number(ticket.batch) else None
    return {"amount": limit, "batch": batch, "sheet": origin.get("sheet") or None, "row": origin.get("row")}


def light_because(ticket: Ticket, light: str) -> str:
    """The code of why the light is as it is: the texts lie under `because.light`."""
    if light == clocks.BLUE:
        return "request" if ticket.request is not None else "suspended"
    if light == clocks.GREY and ticket.on_time is not None and ticket.closed_as in (None, VERIFIED):
        return "final-in-time" if ticket.on_time else "final-late"
    if light == clocks.GREEN and ticket.submitted:
        return "submitted" if ticket.on_time is None else "submitted-in-time" if ticket.on_time else "submitted-late"
    if light == clocks.GREEN and ticket.late_at is None:
        return "standing" if ticket.standing else "resting" if ticket.promised_at else "no-promise"
    return {clocks.GREY: "final", clocks.RED: "late", clocks.YELLOW: "soon", clocks.GREEN: "ahead"}[light]


def clock_view(
    ticket: Ticket, item: Deadline, definition: Definition, actor: Actor, counted_with: Callable[[Deadline], Calendar],
    past: Behind | None, cause: CauseView | None, *, from_ledger: bool = False,
) -> ClockView:
    """One deadline, by the calendar that it was counted with."""
    clock, calendar = clocks.clock_of(definition, item), counted_with(item)
    counted = derive(item.started_at, parse_amount(item.amount), calendar) if item.amount and item.state != VOID else ()
    before = by_grade(clock.amount, definition.grade_of(ticket.grade)) if clock.before else None
    return {
        "clock": item.clock, "of": item.of, "state": item.state, "epoch": item.epoch, "cause": cause, "amount": item.amount,
        "fixed": item.fixed and before is None,
        "fixed_by": ("ledger" if from_ledger else _fixed_by(ticket, item, clock)) if item.fixed and before is None else None,
        "before": {"clock": clock.before, "amount": before} if clock.before and before else None,
        "started_at": moment_text(item.started_at), "due_at": moment_text(item.due_at),
        "due_on": calendar.local_day(item.due_at).isoformat(), "provisional": item.provisional,
        "left_days": clocks.left_days(item, calendar),
        "pauses": pause_views(item, calendar),
        "moved": bool(counted) and _end_without_pauses(item, calendar) != item.due_at,
        "steps": step_views(counted),
        "rungs": rung_views(ticket, item, definition, actor, counted_with, past),
        "repetition": repetition_view(ticket, item, definition),
    }


def _brought(item: Deadline, first: Event | None) -> bool:
    """Whether the date of a deadline is still the one that the ledger brought from which the ticket was taken over."""
    if first is None or first.kind != IMPORTED:
        return False
    node = first.data["effects"].get("deadlines", {}).get(item.clock)
    return node is not None and moment(node["due_at"]) == item.due_at


def _fixed_by(ticket: Ticket, item: Deadline, clock: Clock) -> str:
    """What set the date of a clock: the office's own clock of a state has another date than its own only by a batch or a round."""
    if clock.runs_with == clocks.OUTER:
        return "superior"
    if item.of == OFFICE and not clock.runs_with:
        if is_batch_number(ticket.batch):
            return "batch"
        if ticket.round is not None:
            return "round"
    return "person"


def pause_views(item: Deadline, calendar: Calendar) -> list[PauseView]:
    """Every pause of this epoch, the one that lasts at the end."""
    if item.amount is not None:
        taken = deductions(item.started_at, parse_amount(item.amount), calendar, item.pauses)
    else:
        taken = tuple(Deduction(closes(since, until, calendar), WORKING_DAYS) for since, until in item.pauses)
    over: list[PauseView] = [
        {"since": moment_text(pause.since), "until": moment_text(pause.until), "moved": str(by)}
        for pause, by in zip(item.pauses, taken, strict=True)
    ]
    return over if item.stopped_at is None else [*over, {"since": moment_text(item.stopped_at), "until": None, "moved": None}]


def step_views(steps: Iterable[Step]) -> list[StepView]:
    """The days of a count, one by one."""
    return [
        {"day": step.day.isoformat(), "counts": step.counts, "number": step.number, "kind": step.kind, "name": step.name}
        for step in steps
    ]


def _counted_with(ticket: Ticket, item: Deadline, calendar: Calendar, version: Callable[[str], Calendar]) -> Calendar:
    """The calendar that a date was counted with, which may be older than the one in force; for a county its own."""
    whole = version(item.calendar) if item.calendar else calendar
    return counted_by(item.of, item.unit, whole.of(ticket.lead))


def _end_without_pauses(item: Deadline, calendar: Calendar) -> datetime:
    """Where the amount alone would have ended."""
    return due(item.started_at, parse_amount(str(item.amount)), calendar).at


_CALLED = {"amended": "amend", "migrated": "migrate"}
"""What people call the acts that are no triggers of a workflow, by the kind of their events."""


def epoch_causes(events: Iterable[Event]) -> dict[str, CauseView]:
    """Why each clock that began anew did so, by the event that began its last epoch."""
    causes: dict[str, CauseView] = {}
    epochs: dict[str, int] = {}
    for event in events:
        for name, node in ((event.data.get("effects") or {}).get("deadlines") or {}).items():
            epoch = int(node["epoch"]) if node else 0
            if epoch > epochs.get(name, 1):
                trigger = str(event.data.get("trigger") or _CALLED.get(event.kind, event.kind))
                causes[name] = {"trigger": trigger, "entered_late": "for_unit" in event.data}
            epochs[name] = max(epoch, epochs.get(name, 0))
    return causes
