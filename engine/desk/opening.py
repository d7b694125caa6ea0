"""How a ticket is opened: its number, its first event; and a finding that the same key opened before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.desk.act import Done, write
from engine.desk.earlier import not_earlier
from engine.desk.reading import ReadingDesk
from engine.errors import Conflict, KeyTaken, Refused, TicketNotFound
from engine.record import counters, journal, queries
from engine.record.database import Database
from engine.rules.access import Actor, may_open_as
from engine.rules.acts.batch import over_problem
from engine.rules.acts.command import Refusal
from engine.rules.acts.opening import Opening, open_ticket
from engine.rules.batch import Batch
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.loop.visit import Visit
from engine.rules.loop.visit_acts import over_problem as visit_over
from engine.rules.proof.chain import GENESIS
from engine.rules.ticket import Ticket, evolve
from engine.rules.ticket_number import full_number

T = TypeVar("T")


def opened(
    desk: ReadingDesk, actor: Actor, opening: Opening, definition: Definition, salt: Callable[[], str], *, begins_batch: bool = False,
    batch: Batch | None = None, visit: Visit | None = None,
) -> Done:
    """Opens a ticket, inside `write()`: in the `batch` that came with a letter, or with `begins_batch` as the first of those for one
    problem, whose number that of their batch is; or as what a `visit` found. Raises Refused.
    """
    now = desk.clock.now()
    year = now.astimezone(desk.rules.zone()).year
    ticket = counters.next_stream(desk.database)
    number = full_number(desk.office, year, counters.next_serial(desk.database, desk.office, year))
    if begins_batch:
        opening = opening._replace(batch=number)
    elif batch is not None:
        opening = opening._replace(batch=batch.number, assign_by=batch.assign_due_at)
    over = over_problem(batch) if batch is not None else visit_over(visit) if visit is not None else None
    against = [*((over,) if over else ()), *not_earlier(desk.database, opening)]
    outcome = open_ticket(
        definition, opening, actor, now, desk.rules.calendar(), ticket=ticket,
        number=number, office=desk.office, salt=salt(), secret_salt=salt() if opening.secret() else "",
    )
    if isinstance(outcome, Refusal) or against:
        raise Refused((*against, *(outcome.reasons if isinstance(outcome, Refusal) else ())))
    after = evolve(None, outcome)
    write(desk, [outcome], None, after, GENESIS)
    return Done(after, (outcome,))


def again_by_key(opens: Callable[[], T], opening: Opening) -> T:
    """Opens, and once more where somebody else was faster by the same key: then what that one opened is there, or the key is taken."""
    try:
        return opens()
    except Conflict:
        if opening.key is None:
            raise
    return opens()


def opened_by_key(database: Database, actor: Actor, opening: Opening) -> Ticket | None:
    """The ticket that this source's key opened, if any. Raises KeyTaken if it was opened with other content.

    Whoever may not open learns nothing of what a key opened; the rules refuse with every reason.
    """
    if opening.key is None or not may_open_as(actor, opening.source, opening.key):
        return None
    row = database.row(queries.NUMBER_BY_KEY, source=opening.source, source_ref=opening.key)
    if row is None:
        return None
    found = journal.read_ticket(database, row[0])
    if found is None:
        raise TicketNotFound(number=row[0])
    first = journal.read_events(database, found[0].id)[0]
    differing = [name for name, (old, new) in _compared(first, opening).items() if old != new]
    if differing:
        raise KeyTaken(number=row[0], key=opening.key, fields=differing)
    return found[0]


def _compared(first: Event, opening: Opening) -> dict[str, tuple[object, object]]:
    """What a ticket was opened with beside what it would be opened with now, by name."""
    data, words = first.data, first.words or {}
    return {
        "title": (words.get("title"), opening.title), "detail": (words.get("detail"), opening.detail),
        "measure": (data.get("measure"), opening.measure), "lead": (data.get("lead"), opening.lead),
        "with": (tuple(data.get("with", ())), opening.cooperators), "repeats": (tuple(data.get("repeats", ())), opening.repeats),
        "grade": (data.get("grade"), opening.grade or data.get("grade")), "secret": (dict(first.secret or {}), opening.secret()),
    }
