"""Rows beside the record: what was taken over before, what a row says otherwise, and who decides about it.

What a person decided outranks the file: a new title, date, lead or state is a proposal and never taken by itself. A file that says what it
said before says nothing new, whatever became of the ticket since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from engine.office.ledger.outcome import ASKED, CARRIED, HELD, NEW, PROPOSED, SAME, Proposal, Reading
from engine.office.ledger.reader import tell
from engine.office.sheets.cells import folded
from engine.record import journal, queries
from engine.record.aggregates import TICKETS
from engine.record.database import Database
from engine.rules.deadline import PLANNED
from engine.rules.event import Event
from engine.rules.likeness import alike
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.rules.ticket_number import read_number

PIECE = 500
"""Keys that are looked for at once."""

WORDS = ("title", "detail")


class Kept(NamedTuple):
    """A ticket of the record, and the event that it began with."""

    ticket: Ticket
    first: Event


def match(database: Database, zone: tzinfo, readings: Sequence[Reading], kept: Mapping[int, Kept], batch: str | None) -> None:
    """Says of each row whether its item is in the record, where the `kept` ones are, and what it says otherwise than before."""
    readings = [reading for reading in readings if reading.item is not None and reading.action == NEW]
    former = _find_former(database, readings, batch)
    for reading in readings:
        found = kept.get(id(reading))
        if found is not None:
            _compare(reading, found, zone)
        elif (number := former.get(id(reading))) is not None:
            reading.action, reading.ticket = CARRIED, number
            reading.asked.clear()
        elif reading.held:
            reading.action = HELD
        elif any(question.holds for question in reading.asked):
            reading.action = ASKED


def find_kept(database: Database, office: str, readings: Sequence[Reading]) -> dict[int, Kept]:
    """For rows by their `id()`, the ticket of the same key of the same source, or of our own number that the row bears."""
    tickets = {id(reading): ticket for reading, ticket in _by_key(database, readings)}
    own = {own: reading for reading in readings if id(reading) not in tickets and (own := _own_number(reading, office))}
    for numbers in _pieces(list(own)):
        for row in database.rows(queries.TICKETS_NUMBERED, numbers=numbers):
            ticket = TICKETS.read(row)
            tickets[id(own[ticket.number])] = ticket
    firsts: dict[int, Event] = {}
    for streams in _pieces([ticket.id for ticket in tickets.values()]):
        firsts |= {event.ticket: event for event in map(journal.event_of, database.rows(queries.FIRST_EVENTS, streams=streams))}
    return {each: Kept(ticket, firsts[ticket.id]) for each, ticket in tickets.items() if ticket.id in firsts}


def _by_key(database: Database, readings: Sequence[Reading]) -> Iterator[tuple[Reading, Ticket]]:
    by_source: defaultdict[str, dict[str, Reading]] = defaultdict(dict)
    for reading in readings:
        if reading.item is not None and reading.key:
            by_source[reading.item.opening.source][reading.key] = reading
    for source, of_source in by_source.items():
        for keys in _pieces(list(of_source)):
            for row in database.rows(queries.TICKETS_BY_KEYS, source=source, keys=keys):
                ticket = TICKETS.read(row)
                yield of_source[ticket.source_ref or ""], ticket


def _own_number(reading: Reading, office: str) -> str | None:
    """The number of a ticket of this office that a row bears whole: a sheet that we wrote ourselves."""
    if reading.number is None or not reading.number.upper().startswith(f"{office}-"):
        return None
    typed = read_number(reading.number)
    return reading.number.upper() if typed is not None and typed.year is not None else None


def _find_former(database: Database, readings: Sequence[Reading], batch: str | None) -> dict[int, str]:
    """For rows by their `id()`, the ticket that last year's number of it opened (结转): it goes on, and is not opened once more."""
    found: dict[int, str] = {}
    for reading in readings:
        if reading.former is not None and reading.item is not None:
            for key in (folded(reading.former), f"{batch}/{folded(reading.former)}"):
                row = database.row(queries.NUMBER_BY_KEY, source=reading.item.opening.source, source_ref=key)
                if row is not None:
                    found[id(reading)] = row[0]
    return found


# -- what a row says otherwise ------------------------------------------------------------------------------------------------


def _compare(reading: Reading, kept: Kept, zone: tzinfo) -> None:
    ticket = kept.ticket
    reading.ticket = ticket.number
    if kept.first.words is None:  # the words were erased, and are not compared with what the file still holds
        reading.told = {name: value for name, value in reading.told.items() if name not in WORDS}
    title = str(reading.told.get("title", ticket.title))
    known_titles = (ticket.title, (kept.first.words or {}).get("title"))
    if reading.number is not None and title not in known_titles and not alike(ticket.title, title):
        reading.action = HELD
        tell(reading, "row-other-matter", values={"number": reading.number, "ticket": ticket.number, "title": ticket.title})
        return
    told = {"title": title} if any(question.holds for question in reading.asked) else reading.told  # what is not answered says nothing yet
    was, now = _was(kept, zone), _now(ticket, zone)
    reading.proposals = tuple(
        Proposal(name, _text(now.get(name)), _text(new)) for name, new in told.items()
        if new != was.get(name) and new != now.get(name)
    )
    reading.action = PROPOSED if reading.proposals else SAME
    reading.asked.clear()
    reading.problems = [problem for problem in reading.problems if not problem.holds]


def _was(kept: Kept, zone: tzinfo) -> Mapping[str, object]:
    """What the file said when the ticket was taken over."""
    data, words = kept.first.data, kept.first.words or {}
    due = data.get("due")
    return {
        "title": words.get("title"), "detail": words.get("detail"), "due": _day(moment(due), zone) if due else None,
        "lead": data.get("lead"), "cooperators": tuple(data.get("with", ())), "grade": data.get("grade"), "state": kept.first.to_state,
        "limit": data.get("limit"), "repeats": tuple(data.get("repeats", ())),
    }


def _now(ticket: Ticket, zone: tzinfo) -> Mapping[str, object]:
    promise = ticket.promise
    planned = promise.due_at if promise is not None and promise.state == PLANNED else None
    return {
        "title": ticket.title, "detail": ticket.detail, "due": _day(ticket.promised_at or planned, zone), "lead": ticket.lead,
        "cooperators": ticket.cooperators, "grade": ticket.grade, "state": ticket.state, "limit": ticket.stated_limit,
        "repeats": ticket.repeats,
    }


def _day(at: datetime | None, zone: tzinfo) -> date | None:
    """A limit is compared by its day: a sheet has no hours."""
    return at.astimezone(zone).date() if at is not None else None


def _text(value: object) -> str | None:
    """A value as a proposal shows it."""
    if isinstance(value, tuple):
        return "、".join(value) or None
    return None if value is None else str(value)


def _pieces(items: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(items), PIECE):
        yield items[start:start + PIECE]
