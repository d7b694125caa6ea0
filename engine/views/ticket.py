"""A ticket as people and programs read it: the JSON of `--json`, of the web and of the API. Values, no layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import NotRequired, TypedDict, cast
from zoneinfo import ZoneInfo

from engine.rules.access import Actor, sees_everything
from engine.rules.deadline import PLANNED, RESTS, RUNS
from engine.rules.definition import Definition
from engine.rules.json_value import Json, JsonObject
from engine.rules.loop.visit import Visit
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import OUTER, PAUSE, STANDING, clock_of, ladder_of, light, next_alarm, office_late
from engine.rules.timing.lateness import lateness
from engine.rules.worktime import Calendar
from engine.views.attempt import AttemptView, attempt_views
from engine.views.course import CourseView
from engine.views.denial import DenialView, denial_views
from engine.views.duplicate import DuplicateView, LinkView
from engine.views.instruction import InstructionView, instruction_view
from engine.views.ledger_proposal import ProposedView
from engine.views.moments import day_text, moment_text
from engine.views.part import PartView, part_view
from engine.views.proposal import ProposalView, proposal_views
from engine.views.repetition import RepetitionView, next_repetition
from engine.views.typed_words import NO_WORDS, WordsBySeq
from engine.views.verdicts import actions


class ReviewView(TypedDict):
    """When a standing item (长期坚持) is to be reviewed next."""

    review_at: str | None
    review_on: str | None


class TicketView(ReviewView):
    """Every public fact of a ticket (DESIGN §8), times both as UTC moments (`_at`) and as office days (`_on`). `planned`: the date that was
    given for a ticket which is not assigned yet, and that is promised once it is. `stated_limit`: the amount of time that the sheet or
    letter allows from 交办; `outer` the superior's own date (上级时限).
    """

    number: str
    title: str
    detail: str | None
    state: str
    stage: str
    workflow: str
    source: str
    source_ref: str | None
    measure: str | None
    grade: str | None
    lead: str | None
    cooperators: list[str]
    signed: list[str]
    leader: str | None
    turn: str | None
    parts: list[PartView]
    endorsed: bool
    to_revise: bool
    due_at: str | None
    due_on: str | None
    promised_at: str | None
    promised_on: str | None
    planned_at: str | None
    planned_on: str | None
    stated_limit: str | None
    outer_at: str | None
    outer_on: str | None
    provisional: bool
    light: str
    late_days: int | None
    on_time: bool | None
    office_late: bool
    level: int
    acted_level: int
    rung: str | None
    next_alarm: str | None
    repetition: RepetitionView | None
    attempt: int
    attempts: list[AttemptView]
    version: int
    standing: bool
    proposals: list[ProposalView]
    suspended_until: str | None
    denials: list[DenialView]
    urged: int
    instructed: bool
    instructions: list[InstructionView]
    request: Mapping[str, Json] | None
    designated: bool
    closed_as: str | None
    duplicate_of: str | None
    repeats: list[str]
    opened_at: str | None
    opened_by: str
    officer: str | None
    assigned_at: str | None
    submitted_at: str | None
    closed_at: str | None
    state_since: str | None
    changed_at: str | None
    definition: str
    batch: str | None
    visit: str | None
    place: str | None
    round: str | None
    misses: int
    relapses: int
    confirmed: int
    last_confirmed_round: str | None
    relapse: str | None
    first_found_at: str | None
    measurements: list[JsonObject]
    entered: list[JsonObject]
    consents: list[JsonObject]
    actions: list[str]


class ContactView(TypedDict):
    """Whom the office calls at the lead."""

    account: str
    name: str
    phone: str | None


class LeftoverView(TypedDict):
    """A round whose result the ticket stood on and that was corrected or taken back since, and why nothing reversed the ticket."""

    round: str
    why: str


class ShownView(TicketView, CourseView):
    """A whole ticket as it is shown to one reader. `left_at`: when it left the reader's unit, which reads it as it was and may do
    nothing more. `secret` is there only where there is one and the reader may read it; `contacts` are shown to the office alone,
    `leftovers` to who may read rounds, and what a ledger `proposed` to who may read batches, until somebody did something about them;
    `waiver` – why it was taken over although an earlier finding that its row names was not found – to who sees every ticket.
    """

    left_at: str | None
    files: list[JsonObject]
    duplicates: list[DuplicateView]
    links: list[LinkView]
    contacts: NotRequired[list[ContactView]]
    leftovers: NotRequired[list[LeftoverView]]
    proposed: NotRequired[ProposedView]
    waiver: NotRequired[str]
    secret: NotRequired[Mapping[str, str]]


def ticket_view(
    ticket: Ticket, definition: Definition, actor: Actor, now: datetime, calendar: Calendar, words: WordsBySeq = NO_WORDS, *,
    alone: bool = False, visit: Visit | None = None,
) -> TicketView:
    """The ticket as it stands now, for this actor, who may be `alone` in the office: what the actor may not read is left out. `visit`
    is the one that found it, as long as that is not assigned.
    """
    zone = ZoneInfo(calendar.zone)
    return {
        "number": ticket.number, "title": ticket.title, "detail": ticket.detail, "state": ticket.state,
        "stage": definition.states[ticket.state].stage, "workflow": ticket.workflow, "source": ticket.source,
        "source_ref": ticket.source_ref, "measure": ticket.measure, "grade": ticket.grade, "lead": ticket.lead,
        "cooperators": list(ticket.cooperators), "signed": sorted(ticket.signed), "leader": ticket.leader, "turn": ticket.turn,
        "parts": [part_view(ticket, unit, now, zone, words) for unit in ticket.cooperators], "endorsed": ticket.endorsed,
        "to_revise": ticket.to_revise,
        "due_at": moment_text(ticket.due_at), "due_on": day_text(ticket.due_at, zone),
        "promised_at": moment_text(ticket.promised_at), "promised_on": day_text(ticket.promised_at, zone),
        "planned_at": moment_text(planned := planned_at(ticket)), "planned_on": day_text(planned, zone),
        "stated_limit": ticket.stated_limit,
        "outer_at": moment_text(outer := outer_at(ticket, definition)), "outer_on": day_text(outer, zone),
        "provisional": any(item.provisional for item in ticket.deadlines.values() if item.state in (RUNS, RESTS)),
        "light": light(ticket, now), "late_days": lateness(ticket, now, calendar), "on_time": ticket.on_time,
        "office_late": office_late(ticket, now), "level": ticket.level,
        "acted_level": ticket.acted_level, "rung": rung_name(ticket, definition),
        "next_alarm": moment_text(next_alarm(ticket.deadlines)), "repetition": next_repetition(ticket, definition),
        "attempt": ticket.attempt, "attempts": attempt_views(ticket, actor, zone), "version": ticket.version,
        "standing": ticket.standing, **review_view(ticket, definition, zone), "proposals": proposal_views(ticket),
        "suspended_until": moment_text(suspended_until(ticket, definition)), "denials": denial_views(ticket, actor, zone, words),
        "urged": ticket.urged, "instructed": ticket.instructed,
        "instructions": [instruction_view(ticket, item, now, zone, words) for item in ticket.instructions],
        "request": ticket.request.to_json() if ticket.request else None, "designated": ticket.designated,
        "closed_as": ticket.closed_as, "duplicate_of": ticket.duplicate_of, "repeats": list(ticket.repeats),
        "opened_at": moment_text(ticket.opened_at), "opened_by": ticket.opened_by,
        "officer": ticket.officer, "assigned_at": moment_text(ticket.assigned_at), "submitted_at": moment_text(ticket.submitted_at),
        "closed_at": moment_text(ticket.closed_at), "state_since": moment_text(ticket.state_since),
        "changed_at": moment_text(ticket.changed_at), "definition": ticket.definition,
        "batch": ticket.batch, "visit": ticket.visit, "place": ticket.place, "entered": [item.to_json() for item in ticket.entered],
        "round": ticket.round, "misses": ticket.misses, "relapses": ticket.relapses, "confirmed": ticket.confirmed,
        "last_confirmed_round": ticket.last_confirmed_round, "relapse": ticket.relapse,
        "first_found_at": moment_text(ticket.first_found_at), "measurements": [item.to_json() for item in ticket.measurements],
        "consents": [item.to_json() for item in ticket.consents] if sees_everything(actor) else [],
        "actions": actions(ticket, definition, actor, now, calendar, alone=alone, visit=visit),
    }


def shown_view(
    view: TicketView, course: CourseView, left_at: datetime | None, files: Iterable[JsonObject], secret: Mapping[str, str],
    duplicates: list[DuplicateView], links: list[LinkView], contacts: list[ContactView] | None = None,
) -> ShownView:
    """The ticket with all that is shown beside it: its course, its files, the tickets that repeat it, and what only the
    supervision office reads: who complained, and whom to call.
    """
    open_actions = [] if left_at is not None else view["actions"]
    shown = cast(ShownView, {
        **view, **course, "actions": open_actions, "left_at": moment_text(left_at), "files": list(files),
        "duplicates": duplicates, "links": links,
    })
    if contacts is not None:
        shown["contacts"] = contacts
    if secret:
        shown["secret"] = dict(secret)
    return shown


def review_view(ticket: Ticket, definition: Definition, zone: tzinfo) -> ReviewView:
    """The date of the next review; None for a ticket that is no standing item, and while the item rests."""
    clocks = [item for item in ticket.deadlines.values() if clock_of(definition, item).runs_with == STANDING and item.state == RUNS]
    at = clocks[0].due_at if clocks else None
    return {"review_at": moment_text(at), "review_on": day_text(at, zone)}


def planned_at(ticket: Ticket) -> datetime | None:
    """The date that was given for a ticket before it is assigned; its clock does not run yet."""
    promise = ticket.promise
    return promise.due_at if promise is not None and promise.state == PLANNED else None


def outer_at(ticket: Ticket, definition: Definition) -> datetime | None:
    """The superior's own date (上级时限), also of what is closed."""
    names = (name for name, clock in definition.clocks.items() if clock.runs_with == OUTER and name in ticket.deadlines)
    return next((ticket.deadlines[name].due_at for name in names), None)


def rung_name(ticket: Ticket, definition: Definition) -> str | None:
    """The last rung that the promise has fired in this epoch."""
    promise = ticket.promise
    if promise is None:
        return None
    rungs = ladder_of(definition, clock_of(definition, promise)).rungs[: promise.rung]
    return next((rung.name for rung in reversed(rungs) if rung.name not in (*promise.skipped, *promise.ours)), None)


def suspended_until(ticket: Ticket, definition: Definition) -> datetime | None:
    """The date on which a suspension ends, while it lasts."""
    pauses = [name for name, clock in definition.clocks.items() if clock.runs_with == PAUSE]
    return next((ticket.deadlines[name].due_at for name in pauses if name in ticket.deadlines and ticket.returns_to), None)
