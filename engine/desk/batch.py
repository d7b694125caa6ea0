"""A batch: tickets that belong together, since they came with one letter, or are the same problem for several units, one each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.desk.reading import ReadingDesk
from engine.errors import BatchNotFound, Reason
from engine.record import journal, queries
from engine.record.aggregates import BATCHES
from engine.record.database import Database
from engine.rules.acts.batch import over_problem
from engine.rules.acts.opening import Opening
from engine.rules.batch import SERIES
from engine.rules.deadline import PLANNED
from engine.rules.ticket_number import full_number, read_number

if TYPE_CHECKING:
    from engine.rules.acts.decide import Command
    from engine.rules.event import Event
    from engine.rules.situation import Given
    from engine.rules.ticket import Ticket


def batch_number(desk: ReadingDesk, text: str) -> str:
    """The full number of what was typed for a batch that came with a letter: `1` means that serial in the year of the database's
    clock. Raises BatchNotFound.
    """
    typed = read_number(text)
    if typed is None or typed.office not in (None, SERIES):
        raise BatchNotFound(batch=text)
    year = typed.year if typed.year is not None else desk.clock.now().astimezone(desk.rules.zone()).year
    return full_number(SERIES, year, typed.serial)


def against_joining(database: Database, number: str | None) -> Sequence[Reason]:
    """What stands against opening a ticket in a batch, inside `write()`: nobody closes the batch until that ends. Raises BatchNotFound."""
    if number is None:
        return ()
    found = journal.read_thing(database, BATCHES, number, statement=queries.BATCH_NUMBERED_SHARED)
    if found is None:
        raise BatchNotFound(batch=number)
    over = over_problem(found[0])
    return (over,) if over else ()


def for_lead(opening: Opening, lead: str, batch: str | None) -> Opening:
    """The opening for one of several units: itself leads, and is no cooperator. A key is one for each unit too."""
    together = tuple(unit for unit in opening.cooperators if unit != lead)
    return replace(opening, lead=lead, cooperators=together, key=f"{opening.key}/{lead}" if opening.key else None, batch=batch)


def like(ticket: Ticket, first: Event) -> Opening:
    """The opening of another ticket about the same problem, for another unit. The sender's own id stays with the first."""
    promise, secret = ticket.promise, first.secret or {}
    return Opening(
        ticket.title, ticket.source, ticket.detail, ticket.measure, ticket.grade, leader=ticket.leader,
        due=promise.due_at if promise and promise.state == PLANNED else None, batch=ticket.batch or ticket.number, officer=ticket.officer,
        complainant=secret.get("complainant"), phone=secret.get("phone"), clue=secret.get("clue"),
    )


def assignment(command: Command, lead: str, batch: str) -> Command:
    """The assignment to one of several units: itself leads, and is no cooperator."""
    together = command.input.get("with")
    given: dict[str, Given] = {**command.input, "lead": lead}
    if isinstance(together, tuple):
        given["with"] = tuple(unit for unit in together if unit != lead)
    return replace(command, input=given, batch=batch)
