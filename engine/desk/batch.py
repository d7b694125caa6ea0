"""A batch: tickets that belong together, since they came with one letter, or are the same problem for several units, one each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.desk.reading import ReadingDesk
from engine.errors import BatchNotFound, Reason, Refused
from engine.record import journal, queries
from engine.record.aggregates import BATCHES
from engine.record.database import Database
from engine.rules.acts.opening import Attached, Onsite, Opening
from engine.rules.batch import SERIES, Batch, is_batch_number
from engine.rules.deadline import PLANNED
from engine.rules.proof.chain import moment
from engine.rules.ticket_facts import Evidence
from engine.rules.ticket_number import read_number
from engine.rules.wording import file_word

if TYPE_CHECKING:
    from engine.rules.access import Actor
    from engine.rules.acts.command import Command
    from engine.rules.definition import Definition
    from engine.rules.event import Event
    from engine.rules.situation import Given
    from engine.rules.ticket import Ticket


def batch_number(desk: ReadingDesk, text: str) -> str:
    """The full number of what was typed for a batch that came with a letter: `1` means that serial in the year of the database's
    clock. Raises BatchNotFound.
    """
    found = desk.number_in(SERIES, text)
    if found is None:
        raise BatchNotFound(batch=text)
    return found


def existing_batch(desk: ReadingDesk, actor: Actor, text: str) -> str:
    """The number of a batch that is there: of one that came with a letter, or of the ticket with which several for one problem begin.
    Raises BatchNotFound, TicketNotFound.
    """
    typed = read_number(text)
    if typed is not None and typed.office not in (None, SERIES):
        return desk.ticket(actor, text).number
    number = batch_number(desk, text)
    if journal.read_thing(desk.database, BATCHES, number) is None:
        raise BatchNotFound(batch=text)
    return number


def waiting_batches(database: Database, limit: int) -> tuple[list[tuple[Batch, int]], int]:
    """The batches that are not closed, those to be assigned first at the head, each with how many of its tickets wait for that; and how
    many such batches there are.
    """
    found = [BATCHES.read(row) for row in database.rows(queries.BATCHES_BY_DATE, limit=limit)]
    if not found:
        return [], 0
    counts = {row[0]: int(row[2]) for row in database.rows(queries.TICKETS_OF_BATCHES, numbers=[batch.number for batch in found])}
    return [(batch, counts.get(batch.number, 0)) for batch in found], int(database.rows(queries.OPEN_BATCHES)[0][0])


def joined(database: Database, number: str | None) -> Batch | None:
    """The batch in which a ticket is opened, inside `write()`: nobody closes it until that ends. Raises BatchNotFound."""
    if number is None:
        return None
    found = journal.read_thing(database, BATCHES, number, statement=queries.BATCH_NUMBERED_SHARED)
    if found is None:
        raise BatchNotFound(batch=number)
    return found[0]


def letter_batch(ticket: Ticket) -> str | None:
    """The batch of the letter with which a ticket came; None of one that came with none."""
    return ticket.batch if is_batch_number(ticket.batch) else None


def for_lead(opening: Opening, lead: str, batch: str | None) -> Opening:
    """The opening for one of several units: itself leads, and is no cooperator. A key is one for each unit too."""
    together = tuple(unit for unit in opening.cooperators if unit != lead)
    return opening._replace(lead=lead, cooperators=together, key=f"{opening.key}/{lead}" if opening.key else None, batch=batch)


def like(ticket: Ticket, first: Event) -> Opening:
    """The opening of another ticket about the same problem, for another unit. The sender's own id stays with the first."""
    promise, secret = ticket.promise, first.secret or {}
    return Opening(
        ticket.title, ticket.source, ticket.detail, ticket.measure, ticket.grade, leader=ticket.leader,
        due=promise.due_at if promise and promise.state == PLANNED else None, batch=ticket.batch or ticket.number, officer=ticket.officer,
        complainant=secret.get("complainant"), phone=secret.get("phone"), clue=secret.get("clue"), limit=ticket.stated_limit,
        outer=moment(outer) if (outer := first.data.get("outer")) else None, repeats=ticket.repeats, onsite=_onsite(ticket),
        attached=_attached(first),
    )


def must_go_to_one(ticket: Ticket, definition: Definition) -> None:
    """Raises Refused for the finding of a visit where a leader consents to each unit (拟办, 审定, 交办): nobody consented to the others."""
    trigger = definition.triggers.get("assign")
    if ticket.visit is not None and trigger is not None and "visit-consented" in [guard.name for guard in trigger.guards]:
        raise Refused([Reason("finding-each", {"number": ticket.number, "visit": ticket.visit})], number=ticket.number, ticket=ticket)


def _onsite(ticket: Ticket) -> Onsite | None:
    """What a visit added to what it found: whatever is opened beside it was found by that visit, too."""
    return Onsite(ticket.visit, ticket.team, ticket.place) if ticket.visit is not None else None


def _attached(first: Event) -> Attached:
    """The files with which a ticket was opened."""
    evidence, words = tuple(Evidence.from_json(node) for node in first.data.get("evidence", ())), first.words or {}
    names = {word: words[word] for item in evidence if (word := file_word(item.sha256)) in words}
    return Attached(evidence, names, first.data.get("photos", {}))


def assignment(command: Command, lead: str, batch: str) -> Command:
    """The assignment to one of several units: itself leads, and is no cooperator."""
    together = command.input.get("with")
    given: dict[str, Given] = {**command.input, "lead": lead}
    if isinstance(together, tuple):
        given["with"] = tuple(unit for unit in together if unit != lead)
    return command._replace(input=given, batch=batch)
