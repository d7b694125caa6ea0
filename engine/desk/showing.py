"""A whole ticket for one reader, now or as it was: what `zg show` prints and a page about one ticket would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.desk.citations import File
from engine.desk.ledger_proposals import proposed_by_ledgers, proposed_view
from engine.desk.leftovers import left_to_people
from engine.desk.reading import ReadHistory
from engine.desk.tickets import Desk
from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.record.successors import read_successors
from engine.rules.access import SUPERVISOR, Actor, may_read_batches, may_read_rounds, sees_everything
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.loop.identity import read_key
from engine.rules.ticket import Ticket
from engine.views.course import course_view
from engine.views.duplicate import duplicate_view, link_views
from engine.views.ticket import ContactView, ShownView, TicketView, shown_view, ticket_view


class Duplicate(NamedTuple):
    """A ticket that repeats the one that is shown, and the files that were handed in with it."""

    ticket: Ticket
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket as it stood for a reader at the moment `at`, and all of it as JSON. `secret` is empty for whoever may not read it. `read` is
    how it came to be as it is now.
    """

    ticket: Ticket
    definition: Definition
    at: datetime
    files: tuple[File, ...]
    secret: Mapping[str, str]
    duplicates: tuple[Duplicate, ...]
    view: ShownView
    read: ReadHistory


def show(desk: Desk, actor: Actor, number: str, when: datetime | None = None) -> Shown:
    """The ticket as it is, as it was when it left the actor's unit, or as it was at a moment.

    Raises TicketNotFound, NotPossible (before it was opened), UnknownRule: what may be done is not guessed.
    """
    read = desk.read_history(actor, number)
    readable = read.readable
    at = when or readable.left_at or desk.clock.now()
    ticket = desk.at(actor, number, when) if when else readable.ticket
    definition = desk.definition(ticket)
    refuse_unknown_rules(definition, ticket.number)
    plain = ticket_view(
        ticket, definition, actor, at, desk.rules.calendar(), desk.referred_words(ticket), alone=desk.alone(ticket, at),
        visit=desk.visit_of(ticket),
    )
    secret, files = desk.secret_of(actor, read.history), tuple(desk.files(actor, ticket))
    course = course_view((item.event, item.definition) for item in read.events if item.event.seq <= ticket.version)
    duplicates = tuple(Duplicate(item, tuple(desk.files(actor, item))) for item in desk.duplicates(actor, ticket))
    repeats = [duplicate_view(item, (file.to_json() for file in own)) for item, own in duplicates]
    relapsed = [item.repeats for item in ticket.measurements if item.repeats is not None] if may_read_rounds(actor) else []
    relapses = [found.number for found in _relapses(desk, ticket)] if may_read_rounds(actor) else []
    links = link_views(ticket, repeats, desk.repeating(actor, ticket), relapsed, relapses)
    view = shown_view(
        plain, course, readable.left_at, (file.to_json() for file in files), secret, repeats, links, _contacts(desk, actor, ticket, at),
    )
    if (waiver := (read.history[0].words or {}).get("waiver")) and sees_everything(actor):
        view["waiver"] = waiver
    if ticket.problem_key is not None and may_read_rounds(actor) and when is None:
        view["leftovers"] = [{"round": item.round, "why": item.why} for item in left_to_people(desk.database, number=ticket.number)]
    if may_read_batches(actor) and when is None and (waiting := proposed_by_ledgers(desk.database, ticket.number)):
        view["proposed"] = proposed_view(waiting[0], "REASON")
    return Shown(ticket, definition, at, files, secret, duplicates, view, read)


def listed(desk: Desk, actor: Actor, ticket: Ticket, *new: Event) -> TicketView:
    """A ticket of a list, or as an act left it, as JSON. `new` events need not be in the record yet: a rehearsal has just decided them."""
    now = desk.clock.now()
    return ticket_view(
        ticket, desk.definition(ticket), actor, now, desk.rules.calendar(), desk.referred_words(ticket, *new),
        alone=desk.alone(ticket, now), visit=desk.visit_of(ticket),
    )


def _relapses(desk: Desk, ticket: Ticket) -> list[Ticket]:
    """The tickets of later years in which rounds found the problem of this one again, which names it nowhere itself."""
    problem = read_key(ticket.problem_key) if ticket.problem_key is not None else None
    if problem is None:
        return []
    keys = [name.key for name in read_successors(desk.database).alike(problem)]
    found = (TICKETS.read(row) for row in desk.database.rows(queries.TICKETS_OF_PROBLEMS, keys=keys))
    return [other for other in found if any(item.repeats == ticket.number for item in other.measurements)]


def _contacts(desk: Desk, actor: Actor, ticket: Ticket, at: datetime) -> list[ContactView] | None:
    """The contacts of the lead with their phones; None for whoever is not of the supervision office."""
    if actor.role != SUPERVISOR:
        return None
    rows = desk.database.rows(queries.PHONES_OF_CONTACTS, unit=ticket.lead, now=at) if ticket.lead else []
    return [{"account": str(row[0]), "name": str(row[1]), "phone": row[2]} for row in rows]
