"""Guards of an assignment (交办): its lead, its date, and whether the unit may decline it."""

from __future__ import annotations

from engine.errors import Reason
from engine.rules.acts.guards.registry import guard
from engine.rules.acts.requirement import Requirement
from engine.rules.deadline import LEAD, PLANNED
from engine.rules.definition import Definition
from engine.rules.loop.suggestion import Finding, agreed_problem
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import STANDING

MOST_DENIALS = 2
"""After so many declines only a designation (指定承办) is possible (DESIGN §4)."""


@guard("has-lead", Requirement(takes=("lead",)))
def has_lead(at: Situation) -> Reason | None:
    """A ticket is assigned to a unit."""
    return None if at.text("lead") or at.ticket.lead else Reason("lead-missing", needs=("lead",))


@guard("lead-not-cooperator", Requirement(takes=("lead", "with")))
def lead_not_cooperator(at: Situation) -> Reason | None:
    lead = at.text("lead") or at.ticket.lead
    return Reason("lead-is-cooperator", {"unit": lead}) if lead in (at.names("with") or ()) else None


@guard("new-lead", Requirement(takes=("lead",)))
def new_lead(at: Situation) -> Reason | None:
    lead = at.text("lead")
    if lead is None and at.ticket.lead is None:
        return Reason("lead-missing", needs=("lead",))
    return Reason("same-lead", {"unit": lead}) if lead == at.ticket.lead else None


@guard("lead-in-force", Requirement(takes=("lead",)))
def lead_in_force(at: Situation) -> Reason | None:
    """What goes on after its end goes on at a unit that there is."""
    if at.gives("lead") or at.ticket.lead not in at.ended:
        return None
    return Reason("lead-ended", {"unit": at.ticket.lead}, needs=("lead",))


@guard("keeps-lead", Requirement(takes=("lead",)))
def keeps_lead(at: Situation) -> Reason | None:
    """Another unit takes it over only where the lead is no more: what goes on goes on as early or as late as it stopped, and nobody
    answers for what another unit was late with. A unit that leads instead is named by a new assignment.
    """
    given, lead = at.text("lead"), at.ticket.lead
    if not given or lead is None or given == lead or lead in at.ended:
        return None
    return Reason("lead-stays", {"unit": lead})


@guard("due-ahead", Requirement(takes=("due",)))
def due_ahead(at: Situation) -> Reason | None:
    """A date that a person sets lies ahead, and so does one that was planned earlier and would begin now."""
    promise = at.ticket.promise
    given, planned = at.moment("due"), promise.due_at if promise and promise.state == PLANNED else None
    date = given or planned
    if date is None or date > at.now:
        return None
    return Reason("date-past", {"date": date}, needs=() if given else ("due",))


@guard("standing-without-date", Requirement(takes=("due",)))
def standing_without_date(at: Situation) -> Reason | None:
    """长期坚持 has a review instead of a date."""
    standing = at.flag("standing") or at.ticket.standing
    return Reason("standing-no-date") if standing and at.moment("due") else None


@guard("is-standing", Requirement(clocks=(STANDING,)))
def is_standing(at: Situation) -> Reason | None:
    return None if at.ticket.standing else Reason("not-standing")


@guard("designate-with-basis", Requirement(takes=("designate", "basis")))
def designate_with_basis(at: Situation) -> Reason | None:
    """指定承办 ends the wrangle over duties, so it says on what basis."""
    return Reason("basis-missing", needs=("basis",)) if at.flag("designate") and not at.gives("basis") else None


@guard("designate-after-two-denials", Requirement(takes=("designate", "basis"), effects=("deny",)))
def designate_after_two_denials(at: Situation) -> Reason | None:
    if len(at.ticket.denials) < MOST_DENIALS or at.flag("designate"):
        return None
    needs = ("designate",) if at.gives("basis") else ("designate", "basis")
    return Reason("designate-only", {"denials": len(at.ticket.denials)}, needs=needs)


@guard("visit-consented", Requirement(takes=("lead",)))
def visit_consented(at: Situation) -> Reason | None:
    """What a visit found goes first to the unit to which a leader consented (拟办, 审定, 交办). Whoever is told of it then may decline."""
    ticket = at.ticket
    if not waits_for_consent(ticket):
        return None
    if at.visit is None:
        return Reason("visit-not-consented", {"visit": ticket.visit, "number": ticket.number})
    problem = agreed_problem(at.visit, Finding(ticket.number, ticket.lead))
    if problem is not None or at.text("lead") in (None, ticket.lead):
        return problem
    return Reason("unit-not-consented", {"visit": ticket.visit, "number": ticket.number, "unit": ticket.lead})


def waits_for_consent(ticket: Ticket) -> bool:
    """Whether the ticket is a finding that no unit was given yet, so that its visit has to be looked at."""
    return ticket.visit is not None and ticket.assigned_at is None


@guard("within-accept-limit", Requirement(limit=True))
def within_accept_limit(at: Situation) -> Reason | None:
    """A unit denies its competence within the limit for accepting, or not at all. That limit is the lead's own beside the promise."""
    limits = [at.ticket.deadlines[name].due_at for name in lead_limits(at.definition, at.ticket.state) if name in at.ticket.deadlines]
    past = [due_at for due_at in limits if at.now >= due_at]
    return Reason("accept-limit-past", {"date": min(past)}) if past else None


def lead_limits(definition: Definition, state: str) -> list[str]:
    """The clocks of the lead that run in a state, without the promise: its limit for what it owes there before all else."""
    clocks = (definition.clocks[name] for name in definition.states[state].clocks)
    return [clock.name for clock in clocks if clock.of == LEAD and not clock.promise]


@guard("not-designated", Requirement(effects=("designate",)))
def not_designated(at: Situation) -> Reason | None:
    return Reason("designated") if at.ticket.designated else None


@guard("once-a-unit", Requirement(effects=("deny",)))
def once_a_unit(at: Situation) -> Reason | None:
    denied = any(denial.unit == at.actor.unit for denial in at.ticket.denials)
    return Reason("declined-before", {"unit": at.actor.unit}) if denied else None
