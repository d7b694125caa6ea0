"""What the desk does with the finding of a visit: the visit is there and goes on; its unit is given the marked copies of its photos."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import VisitNotFound
from engine.record import journal, queries
from engine.record.aggregates import TICKETS, VISITS
from engine.record.database import Database
from engine.rules.acts.opening import COPY
from engine.rules.loop.recheck import unrated
from engine.rules.loop.suggestion import Finding, agreed_problem
from engine.rules.loop.visit import SERIES, Visit
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Evidence
from engine.rules.wording import file_word

if TYPE_CHECKING:
    from engine.desk.reading import ReadingDesk
    from engine.rules.acts.command import Command


def visit_number(desk: ReadingDesk, text: str) -> str:
    """The full number of what was typed for a visit: `1` means that serial in the year of the database's clock. Raises VisitNotFound."""
    found = desk.number_in(SERIES, text)
    if found is None:
        raise VisitNotFound(visit=text)
    return found


class WaitingVisit(NamedTuple):
    """A visit that is not closed: how many findings wait to be assigned as a leader consented, how many wait for that consent, how many
    have no unit yet to consent to, and the tickets it was drawn to look at again and did not.
    """

    visit: Visit
    agreed: int
    unagreed: int
    without_unit: int
    unrated: tuple[str, ...]

    @property
    def waits(self) -> bool:
        """Whether anything of it waits but to be closed."""
        return bool(self.agreed or self.unagreed or self.without_unit or self.unrated)


def waiting_visits(database: Database, limit: int) -> list[WaitingVisit]:
    """The visits that are not closed, oldest first, each with what of it waits."""
    visits = [VISITS.read(row) for row in database.rows(queries.OPEN_VISITS, limit=limit)]
    findings: dict[str, list[Finding]] = defaultdict(list)
    if visits:
        for number, *finding in database.rows(queries.UNASSIGNED_OF_VISITS, numbers=[visit.number for visit in visits]):
            findings[number].append(Finding(*finding))
    drawn = list(dict.fromkeys(number for visit in visits for number in visit.again))
    rows = database.rows(queries.TICKETS_NUMBERED, numbers=drawn) if drawn else []
    again = {ticket.number: ticket for ticket in map(TICKETS.read, rows)}
    found = []
    for visit in visits:
        named = [finding for finding in findings[visit.number] if finding.unit is not None]
        agreed = sum(agreed_problem(visit, finding) is None for finding in named)
        without = len(findings[visit.number]) - len(named)
        left = unrated(visit, [again[number] for number in visit.again])
        found.append(WaitingVisit(visit, agreed, len(named) - agreed, without, tuple(left)))
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
    return command._replace(
        evidence=(*command.evidence, *(each._replace(kind=None) for each in copies)),
        words={**command.words, **{word: name for word, name in names.items() if name}},
    )
