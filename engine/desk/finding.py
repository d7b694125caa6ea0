"""What the desk does with the finding of a visit: the visit is there and goes on; its unit is given the marked copies of its photos."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import VisitNotFound
from engine.record import journal, queries
from engine.record.aggregates import VISITS
from engine.record.database import Database
from engine.rules.acts.opening import COPY
from engine.rules.loop.visit import SERIES, Visit
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Evidence
from engine.rules.wording import file_word

if TYPE_CHECKING:
    from engine.desk.reading import ReadingDesk
    from engine.rules.acts.decide import Command


def visit_number(desk: ReadingDesk, text: str) -> str:
    """The full number of what was typed for a visit: `1` means that serial in the year of the database's clock. Raises VisitNotFound."""
    found = desk.number_in(SERIES, text)
    if found is None:
        raise VisitNotFound(visit=text)
    return found


def going_on(database: Database, number: str) -> Visit:
    """The visit that finds something, inside `write()`: nobody closes it until that ends. Raises VisitNotFound."""
    found = journal.read_thing(database, VISITS, number, statement=queries.VISIT_NUMBERED_SHARED)
    if found is None:
        raise VisitNotFound(visit=number)
    return found[0]


def with_copies(database: Database, ticket: Ticket, command: Command) -> Command:
    """The command that gives a finding to a unit, with the marked copies of its photos as evidence: the event in which it was found is not
    the unit's to read.
    """
    first = journal.read_events(database, ticket.id)[0]
    copies = [Evidence.from_json(node) for node in first.data.get("evidence", ()) if node.get("kind") == COPY]
    names = {file_word(each.sha256): (first.words or {}).get(file_word(each.sha256), "") for each in copies}
    return replace(
        command, evidence=(*command.evidence, *(each._replace(kind=None) for each in copies)),
        words={**command.words, **{word: name for word, name in names.items() if name}},
    )
