"""What a visit found is assigned as it was suggested (拟办), once a leader consented: a look at it by unit, then one 交办 a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import Reason
from engine.office.each import Became, each_by_itself
from engine.office.visits.visits import Visits
from engine.rules.access import Actor, may_read_visits, may_visit, must
from engine.rules.acts.command import Command, Refusal
from engine.rules.loop.suggestion import Finding, agreed_problem
from engine.rules.loop.visit import Visit
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

ASSIGN = "assign"


class Suggested(NamedTuple):
    """The findings of a visit that wait, for one unit; `against` says of each that may not be assigned why not."""

    unit: str | None
    tickets: Sequence[Ticket]
    against: Sequence[Reason]


def suggested(desk: Desk, actor: Actor, number: str) -> list[Suggested]:
    """What would be assigned to which unit, units in the order of their first finding. Raises VisitNotFound, NotPermitted."""
    visit, waiting = _waiting(desk, actor, number)
    units = dict.fromkeys(ticket.lead for ticket in waiting)
    found = []
    for unit in units:
        tickets = [ticket for ticket in waiting if ticket.lead == unit]
        problems = [agreed_problem(visit, Finding(ticket.number, ticket.lead)) for ticket in tickets]
        found.append(Suggested(unit, tickets, [problem for problem in problems if problem is not None]))
    return found


def assign_suggested(desk: Desk, actor: Actor, number: str, *, dry_run: bool = False) -> Iterator[Became]:
    """Assigns each finding that waits to its unit, if a leader consented to that. Raises VisitNotFound, NotPermitted."""
    must(may_visit, actor)
    visit, waiting = _waiting(desk, actor, number)

    def wanted(ticket: Ticket) -> Command | Refusal:
        problem = agreed_problem(visit, Finding(ticket.number, ticket.lead))
        if problem is not None or ticket.lead is None:
            return Refusal((problem,) if problem is not None else ())
        return Command(ASSIGN, {"lead": ticket.lead, "with": ticket.cooperators} if ticket.cooperators else {"lead": ticket.lead})

    return each_by_itself(desk, actor, waiting, wanted, dry_run=dry_run)


def _waiting(desk: Desk, actor: Actor, number: str) -> tuple[Visit, list[Ticket]]:
    must(may_read_visits, actor)
    visits = Visits(desk)
    visit = visits.read(actor, number).thing
    return visit, [ticket for ticket in visits.findings(actor, visit) if ticket.assigned_at is None and not ticket.final]
