"""Rows beside the record: what was taken over before, what a row says otherwise, and who decides about it.

What a person decided outranks the file: a new title, date, lead or state is a proposal and never taken by itself. A file that says what it
said before says nothing new, whatever became of the ticket since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from engine.office.ledger.kept import Kept, find_former
from engine.office.ledger.outcome import ASKED, CARRIED, HELD, NEW, PROPOSED, SAME, Reading
from engine.office.ledger.reader import tell
from engine.record.database import Database
from engine.rules.acts.repeats import in_order
from engine.rules.deadline import PLANNED
from engine.rules.definition import Definition
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.views.ledger_proposal import BETWEEN_NAMES, Change
from engine.views.ticket import outer_at

WORDS = ("title", "detail")


Pinned = Callable[[Ticket], Definition]
"""The definition of a ticket."""


def match(
    database: Database, zone: tzinfo, pinned: Pinned, readings: Sequence[Reading], kept: Mapping[int, Kept], batch: str | None,
) -> None:
    """Says of each row whether its item is in the record, where the `kept` ones are, and what it says otherwise than before."""
    readings = [reading for reading in readings if reading.item is not None and reading.action == NEW]
    former = find_former(database, readings, batch)
    for reading in readings:
        found = kept.get(id(reading))
        if found is not None:
            _compare(reading, found, zone, pinned)
        elif (ticket := former.get(id(reading))) is not None:
            _carry_over(reading, ticket)
        elif reading.held:
            reading.action = HELD
        elif any(question.holds for question in reading.asked):
            reading.action = ASKED


# -- what a row says otherwise ------------------------------------------------------------------------------------------------


def _compare(reading: Reading, kept: Kept, zone: tzinfo, pinned: Pinned) -> None:
    ticket = kept.ticket
    reading.ticket, reading.assigned, reading.version = ticket.number, ticket.assigned_at is not None, ticket.version
    own = reading.number is not None and reading.number.upper() == ticket.number
    if (state := _state_named(reading.status_as, pinned(ticket))) is not None and "state" in reading.told:
        reading.told = {**reading.told, "state": state}
    if kept.first.words is None:  # the words were erased, and are not compared with what the file still holds
        reading.told = {name: value for name, value in reading.told.items() if name not in WORDS}
    title = str(reading.told.get("title", ticket.title))
    if reading.number is not None and not own and not kept.titled(title):
        reading.action = HELD
        tell(reading, "row-other-matter", values={"number": reading.number, "ticket": ticket.number, "title": ticket.title})
        return
    told = {"title": title} if any(question.holds for question in reading.asked) else reading.told  # what is not answered says nothing yet
    was, now = _was(kept, zone), _now(ticket, zone, pinned)
    reading.proposals = tuple(
        Change(name, _text(now.get(name)), _text(new)) for name, new in told.items()
        if new != was.get(name) and new != now.get(name)
    )
    reading.action = PROPOSED if reading.proposals else SAME
    reading.asked.clear()
    reading.problems = [problem for problem in reading.problems if not problem.holds]


def _carry_over(reading: Reading, ticket: Ticket) -> None:
    """Last year's ticket goes on. The earlier findings that the row names beside last year's number are proposed for it."""
    reading.action, reading.ticket, reading.version = CARRIED, ticket.number, ticket.version
    reading.asked.clear()
    named = in_order(number for number in (*ticket.repeats, *reading.repeats) if number != ticket.number)
    if named != ticket.repeats:
        reading.proposals = (Change("repeats", _text(ticket.repeats), _text(named)),)


def _state_named(text: str, definition: Definition) -> str | None:
    """The state of the ticket's own workflow that goes by a name, in either language: a sheet that we wrote says it so."""
    return next((name for name, state in definition.states.items() if text and text in state.title), None)


def _was(kept: Kept, zone: tzinfo) -> Mapping[str, object]:
    """What the file said when the ticket was taken over."""
    data, words = kept.first.data, kept.first.words or {}
    due, outer = data.get("due"), data.get("outer")
    return {
        "title": words.get("title"), "detail": words.get("detail"), "due": _day(moment(due), zone) if due else None,
        "lead": data.get("lead"), "cooperators": tuple(data.get("with", ())), "grade": data.get("grade"), "state": kept.first.to_state,
        "limit": data.get("limit"), "repeats": tuple(data.get("repeats", ())), "outer": _day(moment(outer), zone) if outer else None,
    }


def _now(ticket: Ticket, zone: tzinfo, pinned: Pinned) -> Mapping[str, object]:
    promise = ticket.promise
    planned = promise.due_at if promise is not None and promise.state == PLANNED else None
    return {
        "title": ticket.title, "detail": ticket.detail, "due": _day(ticket.promised_at or planned, zone), "lead": ticket.lead,
        "cooperators": ticket.cooperators, "grade": ticket.grade, "state": ticket.state, "limit": ticket.stated_limit,
        "repeats": ticket.repeats, "outer": _day(outer_at(ticket, pinned(ticket)), zone),
    }


def _day(at: datetime | None, zone: tzinfo) -> date | None:
    """A limit is compared by its day: a sheet has no hours."""
    return at.astimezone(zone).date() if at is not None else None


def _text(value: object) -> str | None:
    """A value as a proposal shows it."""
    if isinstance(value, tuple):
        return BETWEEN_NAMES.join(value) or None
    return None if value is None else str(value)
