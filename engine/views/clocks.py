"""How each date of a ticket came about, as JSON: day by day, with the rungs that fired and that come. What `zg why` tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self, TypedDict

from engine.rules.access import Actor, sees_everything
from engine.rules.deadline import RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Definition, Rung, by_grade
from engine.rules.definition.model import PROPOSES
from engine.rules.event import Event
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.rules.timing import clocks
from engine.rules.timing.lateness import lateness
from engine.rules.timing.rungs import URGING_LEVEL, counted_by, rung_time
from engine.rules.worktime import Calendar, Step, closes, derive, due, parse_amount
from engine.rules.worktime.amount import WORKING_DAYS
from engine.rules.worktime.arithmetic import Deduction, deductions
from engine.views.moments import moment_text
from engine.views.proposal import ProposalView, proposal_views
from engine.views.repetition import RepetitionView, repetition_view


class StepView(TypedDict):
    """One day of a count: whether it counts, as which day, and what kind of day it is."""

    day: str
    counts: bool
    number: int | None
    kind: str
    name: str


class RungView(TypedDict):
    """A rung of a clock's ladder. `state` is one of fired, skipped, ours, resting, void, held, to-office, next or later; `at` is when it
    comes, or was to come: what moves the date afterwards moves no rung that is behind it.
    """

    rung: str
    level: int
    at: str | None
    state: str


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

    `fixed`: a person set the date. `moved`: pauses moved it from where the amount alone would have ended. `left_days`: of a clock that
    stands still, how many working days close before its date; negative when it was late. `repetition`: of a running clock that fired its
    last rung, when that comes round again.
    """

    clock: str
    of: str
    state: str
    epoch: int
    amount: str | None
    fixed: bool
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


class WhyView(TypedDict):
    """Why a ticket's light and dates are what they are. `held_until`: how long an open request holds the rungs."""

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
    clocks: list[ClockView]


@dataclass(frozen=True, slots=True)
class Course:
    """What the history of a ticket tells of its deadlines: each as its epoch `began`, and the moments of the rungs that `fired`."""

    began: Mapping[tuple[str, int], Deadline]
    fired: Mapping[tuple[str, int, str], datetime]

    @classmethod
    def of(cls, history: Iterable[Event]) -> Self:
        began: dict[tuple[str, int], Deadline] = {}
        fired: dict[tuple[str, int, str], datetime] = {}
        for event in history:
            for name, node in ((event.data.get("effects") or {}).get("deadlines") or {}).items():
                if node is not None:
                    began.setdefault((name, node["epoch"]), Deadline.from_json(node))
            if event.kind == "escalated" and "n" not in event.data:
                fired[event.data["clock"], event.data["epoch"], event.data["rung"]] = moment(event.data["scheduled_for"])
        return cls(began, fired)

    def behind(self, item: Deadline, rung: Rung, grade: str | None, calendar: Calendar) -> datetime | None:
        """When a rung that is behind the deadline was to come: what it fired for, or of one that was skipped its date in the beginning."""
        if (at := self.fired.get((item.clock, item.epoch, rung.name))) is not None:
            return at
        return rung_time(rung, grade, self.began.get((item.clock, item.epoch), item), calendar)


def why_view(
    ticket: Ticket, history: Iterable[Event], definition: Definition, actor: Actor, now: datetime, calendar: Calendar,
    version: Callable[[str], Calendar],
) -> WhyView:
    """The whole explanation, for this actor, of the ticket as the actor may know it. `history` is the whole of it: of the rungs that the
    actor is shown it gives the dates. `calendar` is the one in force; `version` finds the one a date was counted with.
    """
    light, course = clocks.light(ticket, now), Course.of(history)
    return {
        "number": ticket.number, "now": moment_text(now), "light": light, "light_because": light_because(ticket, light),
        "late_days": lateness(ticket, now, calendar), "on_time": ticket.on_time,
        "promised_at": moment_text(ticket.promised_at), "next_alarm": moment_text(clocks.next_alarm(ticket.deadlines)),
        "proposals": proposal_views(ticket), "held_until": moment_text(clocks.held_until(definition, ticket)),
        "clocks": [
            clock_view(ticket, item, course, definition, actor, _counted_with(ticket, item, calendar, version))
            for item in shown_clocks(ticket)
        ],
    }


def shown_clocks(ticket: Ticket) -> list[Deadline]:
    """The deadlines that are explained: what runs or rests, the promise first; of what ended only the promise."""
    live = [item for item in ticket.deadlines.values() if item.promise or item.state in (RUNS, RESTS)]
    return sorted(live, key=lambda item: not item.promise)


def light_because(ticket: Ticket, light: str) -> str:
    """The code of why the light is as it is: the texts lie under `because.light`."""
    if light == clocks.BLUE:
        return "request" if ticket.request is not None else "suspended"
    if light == clocks.GREEN and ticket.submitted:
        return "submitted" if ticket.on_time is None else "submitted-in-time" if ticket.on_time else "submitted-late"
    if light == clocks.GREEN and ticket.late_at is None:
        return "standing" if ticket.standing else "resting" if ticket.promised_at else "no-promise"
    return {clocks.GREY: "final", clocks.RED: "late", clocks.YELLOW: "soon", clocks.GREEN: "ahead"}[light]


def clock_view(
    ticket: Ticket, item: Deadline, course: Course, definition: Definition, actor: Actor, calendar: Calendar,
) -> ClockView:
    """One deadline, by the calendar that it was counted with."""
    clock = clocks.clock_of(definition, item)
    counted = derive(item.started_at, parse_amount(item.amount), calendar) if item.amount and item.state != VOID else ()
    before = by_grade(clock.amount, definition.grade_of(ticket.grade)) if clock.before else None
    return {
        "clock": item.clock, "of": item.of, "state": item.state, "epoch": item.epoch, "amount": item.amount,
        "fixed": item.fixed and before is None,
        "before": {"clock": clock.before, "amount": before} if clock.before and before else None,
        "started_at": moment_text(item.started_at), "due_at": moment_text(item.due_at),
        "due_on": calendar.local_day(item.due_at).isoformat(), "provisional": item.provisional,
        "left_days": clocks.left_days(item, calendar),
        "pauses": pause_views(item, calendar),
        "moved": bool(counted) and _end_without_pauses(item, calendar) != item.due_at,
        "steps": step_views(counted),
        "rungs": [
            _rung(ticket, item, index, rung, course, definition, calendar)
            for index, rung in _shown_rungs(ticket, item, definition, actor)
        ],
        "repetition": repetition_view(ticket, item, definition),
    }


def _shown_rungs(ticket: Ticket, item: Deadline, definition: Definition, actor: Actor) -> list[tuple[int, Rung]]:
    """The rungs of a deadline's ladder with their places. A unit is shown one that proposes only once a person made it an act."""
    ladder = clocks.ladder_of(definition, clocks.clock_of(definition, item)).rungs
    rungs = [(index, rung) for index, rung in enumerate(ladder) if by_grade(rung.at, ticket.grade) is not None]
    if sees_everything(actor):
        return rungs
    return [(index, rung) for index, rung in rungs if rung.act != PROPOSES or (index < item.rung and rung.name not in item.skipped)]


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


def _rung(
    ticket: Ticket, item: Deadline, index: int, rung: Rung, course: Course, definition: Definition, calendar: Calendar,
) -> RungView:
    behind = index < item.rung
    at = course.behind(item, rung, ticket.grade, calendar) if behind else rung_time(rung, ticket.grade, item, calendar)
    return {
        "rung": rung.name, "level": rung.level, "at": moment_text(at), "state": _rung_state(ticket, item, index, rung, definition, at),
    }


def _rung_state(
    ticket: Ticket, item: Deadline, index: int, rung: Rung, definition: Definition, at: datetime | None,
) -> str:
    """The code of the state of a rung; the texts lie under `rung`."""
    if rung.name in item.skipped:
        return "skipped"
    if rung.name in item.ours:
        return "ours"
    if index < item.rung:
        return "fired"
    if item.state != RUNS:
        return "resting" if item.state == RESTS else "void"
    held_until = clocks.held_until(definition, ticket) if item.promise and rung.level >= URGING_LEVEL else None
    if held_until is not None:
        return "held" if at is None or at < held_until else "to-office"
    return "next" if index == item.rung else "later"


def epoch_causes(events: Iterable[Event]) -> dict[str, str]:
    """Why each clock that began anew did so: the trigger, or `amend` for a correction, of the event that began its last epoch."""
    causes: dict[str, str] = {}
    epochs: dict[str, int] = {}
    for event in events:
        for name, node in ((event.data.get("effects") or {}).get("deadlines") or {}).items():
            epoch = int(node["epoch"]) if node else 0
            if epoch > epochs.get(name, 1):
                causes[name] = str(event.data.get("trigger") or ("amend" if event.kind == "amended" else event.kind))
            epochs[name] = max(epoch, epochs.get(name, 0))
    return causes
