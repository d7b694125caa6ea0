"""The registry of guards: what a workflow may ask before something is done. Each returns why not, or None.

A guard whose `asks_input` is set looks at what is given with the trigger; `zg can`, which gives nothing, leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from engine.errors import Reason
from engine.rules.access import HEAD, LEADER, Actor
from engine.rules.acts import proposals
from engine.rules.definition import ANY_GRADE, Definition, by_grade
from engine.rules.definition.model import NOTHING
from engine.rules.proof.chain import moment
from engine.rules.ticket import PLANNED, Ticket
from engine.rules.timing import parts
from engine.rules.timing.clocks import amount_of
from engine.rules.worktime import Calendar, due

ENDORSES, SIGNED = "endorse", "signed"
"""The effect that endorses, and what a file handed in with it is: a scan of what the head signed."""

SCANS = ("application/pdf", "application/ofd", "image/")
"""What a signed sheet may be scanned to (types by content)."""

MOST_DENIALS = 2
"""After so many declines only a designation (指定承办) is possible (DESIGN §4)."""


class Situation(NamedTuple):
    """All that a rule may look at."""

    definition: Definition
    ticket: Ticket
    actor: Actor
    now: datetime
    calendar: Calendar
    input: Mapping[str, Any] = NOTHING
    words: Mapping[str, str] = NOTHING
    evidence: Sequence[Mapping[str, Any]] = ()

    def gives(self, name: str) -> bool:
        return bool(self.input.get(name) or self.words.get(name))

    @property
    def grade(self) -> str | None:
        return self.definition.grade_of(self.ticket.grade)

    @property
    def promised(self) -> datetime | None:
        return self.ticket.promised_at


Check = Callable[[Situation], Reason | None]


class Known(NamedTuple):
    """A guard of the registry."""

    check: Check
    asks_input: bool = False


GUARDS: dict[str, Known] = {}


def guard(name: str, *, asks_input: bool = False) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        GUARDS[name] = Known(check, asks_input)
        return check

    return register


@guard("has-lead", asks_input=True)
def has_lead(at: Situation) -> Reason | None:
    """A ticket is assigned to a unit."""
    return None if at.input.get("lead") or at.ticket.lead else Reason("lead-missing")


@guard("lead-not-cooperator", asks_input=True)
def lead_not_cooperator(at: Situation) -> Reason | None:
    lead = at.input.get("lead") or at.ticket.lead
    return Reason("lead-is-cooperator", {"unit": lead}) if lead in (at.input.get("with") or ()) else None


@guard("new-lead", asks_input=True)
def new_lead(at: Situation) -> Reason | None:
    return Reason("same-lead", {"unit": at.ticket.lead}) if at.input.get("lead") == at.ticket.lead else None


@guard("due-ahead", asks_input=True)
def due_ahead(at: Situation) -> Reason | None:
    """A date that a person sets lies ahead, and so does one that was planned earlier and would begin now."""
    promise = at.ticket.promise
    date = at.input.get("due") or (promise.due_at if promise and promise.state == PLANNED else None)
    return Reason("date-past", {"date": date}) if date is not None and date <= at.now else None


@guard("standing-without-date", asks_input=True)
def standing_without_date(at: Situation) -> Reason | None:
    """长期坚持 has a review instead of a date."""
    standing = at.input.get("standing") or at.ticket.standing
    return Reason("standing-no-date") if standing and at.input.get("due") else None


@guard("is-standing")
def is_standing(at: Situation) -> Reason | None:
    return None if at.ticket.standing else Reason("not-standing")


@guard("designate-with-basis", asks_input=True)
def designate_with_basis(at: Situation) -> Reason | None:
    """指定承办 ends the wrangle over duties, so it says on what basis."""
    return Reason("basis-missing") if at.input.get("designate") and not at.gives("basis") else None


@guard("designate-after-two-denials", asks_input=True)
def designate_after_two_denials(at: Situation) -> Reason | None:
    if len(at.ticket.denials) < MOST_DENIALS or at.input.get("designate"):
        return None
    return Reason("designate-only", {"denials": len(at.ticket.denials)})


@guard("within-accept-limit")
def within_accept_limit(at: Situation) -> Reason | None:
    """A unit denies its competence within the limit for accepting, or not at all."""
    deadline = at.ticket.deadlines.get("accept")
    if deadline is None or at.now < deadline.due_at:
        return None
    return Reason("accept-limit-past", {"date": deadline.due_at})


@guard("not-designated")
def not_designated(at: Situation) -> Reason | None:
    return Reason("designated") if at.ticket.designated else None


@guard("once-a-unit")
def once_a_unit(at: Situation) -> Reason | None:
    denied = any(denial["unit"] == at.actor.unit for denial in at.ticket.denials)
    return Reason("declined-before", {"unit": at.actor.unit}) if denied else None


@guard("not-yet-signed")
def not_yet_signed(at: Situation) -> Reason | None:
    return Reason("signed-before", {"unit": at.actor.unit}) if at.actor.unit in at.ticket.signed else None


@guard("not-yet-objected")
def not_yet_objected(at: Situation) -> Reason | None:
    return Reason("objected-before", {"unit": at.actor.unit}) if at.actor.unit in at.ticket.objections else None


@guard("not-yet-endorsed")
def not_yet_endorsed(at: Situation) -> Reason | None:
    return Reason("endorsed-before") if at.ticket.endorsed else None


@guard("head-or-scan", asks_input=True)
def head_or_scan(at: Situation) -> Reason | None:
    """The head endorses; a contact endorses for the head, with a scan of what the head signed."""
    scanned = any(str(item.get("type", "")).startswith(SCANS) for item in at.evidence)
    return None if at.actor.role == HEAD or scanned else Reason("scan-missing", exit=4)


@guard("all-signed-off")
def all_signed_off(at: Situation) -> Reason | None:
    """Every cooperator has signed off, or is past the date of its own part: then the lead need not wait for it."""
    missing = [unit for unit in _unsigned(at) if not parts.late(at.ticket, unit, at.now)]
    return Reason("sign-off-missing", {"units": missing}) if missing else None


@guard("late-left-out", asks_input=True)
def late_left_out(at: Situation) -> Reason | None:
    """Whom the lead does not wait for is named, and only whom it need not wait for."""
    named = at.input.get("without") or ()
    late = [unit for unit in _unsigned(at) if parts.late(at.ticket, unit, at.now)]
    if wrong := [unit for unit in named if unit not in late]:
        return Reason("without-not-late", {"units": wrong})
    if missing := [unit for unit in late if unit not in named]:
        return Reason("sign-off-late", {"units": missing, "without": missing[0]})
    return Reason("without-reason") if named and not at.gives("reason") else None


def _unsigned(at: Situation) -> list[str]:
    return [unit for unit in at.ticket.cooperators if unit not in at.ticket.signed]


@guard("endorsed")
def endorsed(at: Situation) -> Reason | None:
    """经承办单位领导审签后上报."""
    return None if at.ticket.endorsed else Reason("endorsement-missing", {"unit": at.ticket.lead})


@guard("other-hands")
def other_hands(at: Situation) -> Reason | None:
    """Who inspects has no part in what is inspected (政府督查工作条例, 2021)."""
    if at.actor.unit is not None and at.actor.unit in (at.ticket.lead, *at.ticket.cooperators):
        return Reason("own-unit", {"unit": at.actor.unit}, 4)
    own = {at.actor.name, at.actor.stands_for} & {*at.ticket.hands}
    return Reason("own-hands", {"actor": at.actor.name}, 4) if own else None


@guard("duplicate-names-the-other", asks_input=True)
def duplicate_names_the_other(at: Situation) -> Reason | None:
    if at.input.get("as") == "duplicate" and not at.input.get("of"):
        return Reason("original-missing")
    return Reason("duplicate-of-itself") if at.input.get("of") == at.ticket.number else None


@guard("proposal-open")
def proposal_open(at: Situation) -> Reason | None:
    """Something is proposed that waits for an answer."""
    return None if at.ticket.proposals else Reason("no-proposal")


@guard("names-a-proposal", asks_input=True)
def names_a_proposal(at: Situation) -> Reason | None:
    rung = at.input.get("rung")
    if rung is None or not at.ticket.proposals or proposals.named(at.definition, at.ticket, rung) is not None:
        return None
    return Reason("proposal-unknown", {"name": rung, "rungs": [item["rung"] for item in at.ticket.proposals]})


@guard("until-ahead", asks_input=True)
def until_ahead(at: Situation) -> Reason | None:
    """A suspension ends in the future."""
    until = at.input.get("until")
    return Reason("date-past", {"date": until}) if until is not None and until <= at.now else None


@guard("speaks-for-a-leader", asks_input=True)
def speaks_for_a_leader(at: Situation) -> Reason | None:
    """A leader instructs in person; the office writes down what a leader said, and who."""
    leader = at.input.get("by")
    if at.actor.role == LEADER:
        return Reason("instructs-in-person", {"actor": at.actor.name}) if leader not in (None, at.actor.name) else None
    return None if leader else Reason("leader-missing")


@guard("report-ahead", asks_input=True)
def report_ahead(at: Situation) -> Reason | None:
    date = at.input.get("report_by")
    return Reason("date-past", {"date": date}) if date is not None and date <= at.now else None


@guard("instruction-open")
def instruction_open(at: Situation) -> Reason | None:
    return None if at.ticket.instructed else Reason("no-instruction")


@guard("no-open-request")
def no_open_request(at: Situation) -> Reason | None:
    return Reason("request-open", {"to": moment(at.ticket.request["to"])}) if at.ticket.request else None


@guard("request-open")
def request_open(at: Situation) -> Reason | None:
    return None if at.ticket.request else Reason("no-request")


@guard("has-date")
def has_date(at: Situation) -> Reason | None:
    """More time is asked for where a date is promised."""
    return None if at.promised is not None else Reason("no-due-date")


@guard("before-due")
def before_due(at: Situation) -> Reason | None:
    """The extension is asked for before the limit, not after it. Half-open: at the due moment it is too late."""
    if at.promised is None or at.now < at.promised:
        return None
    return Reason("due-past", {"date": at.promised})


@guard("later-than-due", asks_input=True)
def later_than_due(at: Situation) -> Reason | None:
    """More time ends after the date that stands, and ahead of us, whether it is asked for or granted."""
    to = _asked(at)
    if to is not None and at.promised is not None and to <= at.promised:
        return Reason("not-later", {"to": to, "date": at.promised})
    return Reason("date-past", {"date": to}) if to is not None and to <= at.now else None


@guard("extensions-left")
def extensions_left(at: Situation) -> Reason | None:
    allowed = by_grade(at.definition.extensions, at.grade)
    if allowed is None or len(at.ticket.grants) < allowed.times:
        return None
    return Reason("extensions-used", {"times": allowed.times, "grade": at.grade or ANY_GRADE})


@guard("within-cap", asks_input=True)
def within_cap(at: Situation) -> Reason | None:
    """All extensions together stay within the cap of the grade, counted from the first date promised."""
    allowed = by_grade(at.definition.extensions, at.grade)
    to = _asked(at)
    if allowed is None or to is None or at.promised is None:
        return None
    first = moment(at.ticket.grants[0]["from"]) if at.ticket.grants else at.promised
    last = due(first, amount_of(allowed.cap), at.calendar).at
    return Reason("beyond-cap", {"to": to, "date": last, "cap": allowed.cap}) if to > last else None


def _asked(at: Situation) -> datetime | None:
    """The date said now, else the one of the open request."""
    said: datetime | None = at.input.get("to")
    return said or (moment(at.ticket.request["to"]) if at.ticket.request else None)
