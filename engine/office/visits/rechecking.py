"""A 回头看 rates what it was drawn to look at again: each ticket keeps its rating; what holds in part becomes a finding of the visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.desk.act import Done, load_to_write, write
from engine.desk.filing import HandedIn, Keep, evidence_of, keeping
from engine.desk.finding import going_on, visit_number
from engine.desk.opening import opened
from engine.errors import Refused
from engine.office.visits.findings import SOURCE
from engine.record import journal
from engine.rules.access import Actor, may_visit, must
from engine.rules.acts.command import Refusal
from engine.rules.acts.opening import Onsite, Opening
from engine.rules.loop.recheck import IN_PART, Rating, recheck
from engine.rules.loop.visit import Visit
from engine.rules.ticket import Ticket, evolve

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


@dataclass(frozen=True, slots=True)
class Rated:
    """What somebody says of one ticket that was drawn."""

    value: int
    adequate: bool | None = None
    note: str | None = None


def rate(
    desk: Desk, actor: Actor, visit: str, number: str, rated: Rated, workflow: str, files: Sequence[HandedIn] = (), *,
    dry_run: bool = False,
) -> tuple[Done, str | None]:
    """Rates one ticket; also the number of the finding that it became where it holds in part. Raises VisitNotFound, TicketNotFound,
    Refused, NotPermitted, BadEvidence.
    """
    must(may_visit, actor)
    evidence, names = evidence_of(files)

    def once(keep: Keep, rehearsed: bool) -> tuple[Done, str | None]:
        with desk.writing_as(actor, dry_run=rehearsed) as now:
            going = going_on(desk.database, visit_number(desk, visit))
            ticket, head = load_to_write(desk, actor, number)
            history = journal.read_events(desk.database, ticket.id)

            def rechecked(found: str | None) -> Done:
                rating = Rating(rated.value, rated.adequate, rated.note, found, evidence, names)
                outcome = recheck(ticket, going, rating, history, actor, now, desk.salt())
                if isinstance(outcome, Refusal):
                    raise Refused(outcome.reasons, number=ticket.number, ticket=ticket)
                return Done(evolve(ticket, outcome), [outcome])

            follow_up = None
            if rated.value == IN_PART:
                rechecked("")  # what is refused opens nothing
                follow_up = _follow_up(desk, actor, going, ticket, rated, workflow, now)
            done = rechecked(follow_up)
            keep(now)
            write(desk, done.events, ticket, done.ticket, head)
            return done, follow_up

    return keeping(desk.database, files, once, dry_run=dry_run)


def _follow_up(desk: Desk, actor: Actor, visit: Visit, ticket: Ticket, rated: Rated, workflow: str, now: datetime) -> str:
    """Opens what holds in part as a finding of the visit, for the same unit and under the same title. Returns its number."""
    definition = desk.rules.current(workflow)
    opening = Opening(
        ticket.title, SOURCE, rated.note, ticket.measure, ticket.grade if ticket.grade in definition.grades else None,
        lead=ticket.lead, key=f"{visit.number}/{ticket.number}",
        onsite=Onsite(visit.number, visit.team, ticket.place or visit.place or None),
    )
    return opened(desk, actor, opening, definition, desk.salt, visit=visit).ticket.number
