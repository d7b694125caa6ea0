"""Proves that every bad review is rectified (每个差评都得到整改): each of a time with its ticket, call-back and result, or why none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from engine.office.complaints.feedbacks import ADD_REVIEW, said_in
from engine.office.complaints.refusals import Standing, refused_in
from engine.record import event_rows, queries
from engine.record.aggregates import FEEDBACKS, TICKETS
from engine.rules.access import Actor, may_prove_reviews, may_read_feedback, must
from engine.rules.event import Event
from engine.rules.loop.feedback import REFUSED, WAITING, Feedback
from engine.rules.loop.feedback_acts import OTHER_ENDS
from engine.rules.ticket import Ticket
from engine.rules.worktime.period import Span

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

GOOD, RECTIFIED, UNMET, UNFOUNDED, WITHDRAWN, OPEN, MISSING = (
    "good", "rectified", "unmet", "unfounded", "withdrawn", "open", "missing",
)
"""What became of a review: a good one is counted; of a bad one the ticket was verified, and whoever wrote it was called back or answered;
or it was verified, but not for this review; or closed as unfounded, or withdrawn as something else; it is open; there is none.
"""

RESULTS = (GOOD, RECTIFIED, UNMET, UNFOUNDED, WITHDRAWN, OPEN, MISSING)

NOT_CALLED, SAID_LATER, REDO_WAITING, REDO_REFUSED = "not-called", "said-later", "redo-waiting", "redo-refused"
"""Why a ticket that was verified was not so for a review: nobody called back, it was said after the end, it waits for a person to decide
whether it is done again, or one decided that it is not.
"""

CALLED, CALLED_LATE, ANSWERED, NOT_YET, LATE, NEVER = "called", "called-late", "answered", "not-yet", "late", "never"
"""Whether somebody called back (回访): the unit did, in time or late, or whoever wrote it answered; it is still in time, or is late; it
ended without.
"""

T = TypeVar("T")

CALL_BACK = "call-back"
"""The trigger, and what its clock is called without the hyphen."""

PIECE = 500


class Proven(NamedTuple):
    """A review and what became of it. `why` says of what is not rectified why not."""

    feedback: Feedback
    ticket: Ticket | None
    result: str
    why: str | None
    call: str | None
    called_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """The reviews of a time, each once, and what they add up to; `refused` is what could not be taken in and is in no review."""

    span: Span
    rows: Sequence[Proven]
    refused: Sequence[Standing] = ()

    @property
    def total(self) -> Mapping[str, int]:
        """All, the good ones, the bad ones, and these by what became of them; those called back, and those whose ticket is late."""
        found = Counter(row.result for row in self.rows)
        bad = len(self.rows) - found[GOOD]
        return {
            "reviews": len(self.rows), GOOD: found[GOOD], "bad": bad, **{result: found[result] for result in RESULTS[1:]},
            CALLED: sum(row.call in (CALLED, CALLED_LATE, ANSWERED) for row in self.rows), LATE: sum(row.late for row in self.rows),
            "refused": len(self.refused),
        }


def prove(desk: Desk, actor: Actor, span: Span, unit: str | None = None) -> Proof:
    """The reviews that were written in a time, of one unit or of all; to a unit its own. Raises NotPermitted."""
    must(may_prove_reviews, actor)
    rows = desk.database.rows(queries.REVIEWS_STATED, since=span.since, stated_before=span.before)
    reviews = [FEEDBACKS.read(row) for row in rows]
    tickets = _tickets(desk, [each.ticket for each in reviews if each.ticket is not None])
    told = _told(desk, [ticket.id for ticket in tickets.values()])
    proven = (_proven(desk, each, tickets.get(each.ticket or ""), told) for each in reviews)
    refused = [each for each in refused_in(desk, span) if may_read_feedback(actor) or each.unit == actor.unit]
    return Proof(
        span, [row for row in proven if _shown(desk, actor, row) and (unit is None or _unit_of(row) == unit)],
        [each for each in refused if unit is None or each.unit == unit],
    )


def _tickets(desk: Desk, numbers: Sequence[str]) -> dict[str, Ticket]:
    pieces = _pieces(sorted(set(numbers)))
    found = (TICKETS.read(row) for piece in pieces for row in desk.database.rows(queries.TICKETS_NUMBERED, numbers=piece))
    return {ticket.number: ticket for ticket in found}


def _told(desk: Desk, streams: Sequence[int]) -> dict[int, list[Event]]:
    """By the ids of tickets, what was said of reviews in them: that one came, that its unit called back."""
    told: dict[int, list[Event]] = {}
    for piece in _pieces(streams):
        for event in map(event_rows.event_of, desk.database.rows(queries.ACTS, streams=piece)):
            if event.data.get("trigger") in (CALL_BACK, ADD_REVIEW):
                told.setdefault(event.ticket, []).append(event)
    return told


def _pieces(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start:start + PIECE] for start in range(0, len(items), PIECE))


def _unit_of(row: Proven) -> str | None:
    """Whose review it is: the unit that leads its ticket, or else the one that it is about."""
    return row.ticket.lead if row.ticket is not None else row.feedback.unit


def _shown(desk: Desk, actor: Actor, row: Proven) -> bool:
    if may_read_feedback(actor):
        return True
    return _unit_of(row) == actor.unit and (row.ticket is None or desk.sees(actor, row.ticket))


def _proven(desk: Desk, feedback: Feedback, ticket: Ticket | None, told: Mapping[int, Sequence[Event]]) -> Proven:
    if ticket is None:
        return Proven(feedback, None, MISSING if feedback.bad else GOOD, "no-ticket" if feedback.bad else None, None, None, late=False)
    now, stage = desk.clock.now(), desk.definition(ticket).states[ticket.state].stage
    late = not ticket.final and ticket.promised_at is not None and ticket.promised_at <= now
    called_at = _called_at(feedback, ticket, told.get(ticket.id, ()))
    due = _call_due(ticket)
    in_time = called_at is None or due is None or called_at <= due
    call = _uncalled(feedback, ticket, now) if called_at is None else CALLED if in_time else CALLED_LATE
    if called_at is None and call == ANSWERED:
        called_at = feedback.answered_at
    if stage == "verified":
        why = _unmet(feedback, ticket, call)
        return Proven(feedback, ticket, UNMET if why else RECTIFIED, why, call, called_at, late)
    if ticket.final:
        result = WITHDRAWN if ticket.closed_as in OTHER_ENDS else UNFOUNDED
        return Proven(feedback, ticket, result, ticket.closed_as, call, called_at, late)
    return Proven(feedback, ticket, OPEN, "late" if late else "in-time", call, called_at, late)


def _called_at(feedback: Feedback, ticket: Ticket, told: Sequence[Event]) -> datetime | None:
    """When the unit called back since it knows this review as it is: a call before that was about another one."""
    known = max(said_in(feedback, ticket, told), default=None)
    since = (event for event in told if (event.at >= feedback.received_at if known is None else event.seq > known))
    return next((event.at for event in since if event.data["trigger"] == CALL_BACK), None)


def _unmet(feedback: Feedback, ticket: Ticket, call: str) -> str | None:
    """Why a ticket that was verified was not so for a review, if it was not."""
    if feedback.redo == WAITING:
        return REDO_WAITING
    if ticket.closed_at is not None and feedback.bad and feedback.stated_at > ticket.closed_at:
        return REDO_REFUSED if feedback.redo == REFUSED else SAID_LATER
    return NOT_CALLED if call == NEVER else None


def _uncalled(feedback: Feedback, ticket: Ticket, now: datetime) -> str:
    """What stands in place of the unit's call."""
    if feedback.answered_at is not None:
        return ANSWERED
    if ticket.final:
        return NEVER
    due = _call_due(ticket)
    return LATE if due is not None and due <= now else NOT_YET


def _call_due(ticket: Ticket) -> datetime | None:
    """Until when the unit calls back."""
    clock = ticket.deadlines.get("callback")
    return clock.due_at if clock is not None else None
