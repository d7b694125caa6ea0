"""Guards of what is put before a leader: proposals that wait, consent to them, instructions and their answers."""

from __future__ import annotations

from engine.errors import Reason
from engine.rules.access import LEADER
from engine.rules.acts import consent, proposals
from engine.rules.acts.guards.registry import guard
from engine.rules.acts.guards.sign_off import scanned
from engine.rules.acts.requirement import EVIDENCE, Requirement
from engine.rules.situation import Situation


@guard("proposal-open", Requirement(proposes=True))
def proposal_open(at: Situation) -> Reason | None:
    """Something is proposed that waits for an answer."""
    return None if at.ticket.proposals else Reason("no-proposal")


@guard("names-a-proposal", Requirement(takes=("rung",), proposes=True))
def names_a_proposal(at: Situation) -> Reason | None:
    rung = at.text("rung")
    if rung is None or not at.ticket.proposals or proposals.named(at.definition, at.ticket, rung) is not None:
        return None
    return Reason("proposal-unknown", {"name": rung, "rungs": [item.rung for item in at.ticket.proposals]})


@guard("consent-awaited", Requirement(takes=("about",)))
def consent_awaited(at: Situation) -> Reason | None:
    """A leader agrees to what waits, and says to which of several."""
    found = consent.waiting(at)
    if not found:
        return Reason("nothing-for-leader")
    if consent.meant(at) is not None:
        return None
    names = [item.names[0] for item in found]
    if name := at.text("about"):
        return Reason("consent-unknown", {"name": name, "rungs": names})
    return Reason("consent-of-which", {"rungs": names}, needs=("about",))


@guard("leader-or-scan", Requirement(takes=(EVIDENCE,)))
def leader_or_scan(at: Situation) -> Reason | None:
    """A leader agrees in person; the office writes down what a leader signed on paper, with a scan of it."""
    return None if at.actor.role == LEADER or scanned(at) else Reason("consent-scan-missing", needs=(EVIDENCE,))


@guard("circular-agreed", Requirement(takes=("rung",), effects=(consent.CONSENTS,), proposes=True))
def circular_agreed(at: Situation) -> Reason | None:
    """通报, 约谈 are issued when a leader agreed."""
    issued = proposals.named(at.definition, at.ticket, at.text("rung"))
    if issued is None or not consent.needs_leader(issued):
        return None
    lower = () if at.gives("rung") else tuple(item.rung for item in at.ticket.proposals if not consent.needs_leader(item))
    return _unless_agreed(at, consent.about_proposal(issued), issued.rung, lower)


@guard("second-extension-agreed", Requirement(effects=(consent.CONSENTS, "ask")))
def second_extension_agreed(at: Situation) -> Reason | None:
    """An extension after the first is granted when a leader agreed."""
    if at.ticket.request is None or not at.ticket.grants:
        return None
    return _unless_agreed(at, consent.about_request(at.ticket.request), consent.EXTENSION)


@guard("designation-agreed", Requirement(takes=("designate",), effects=(consent.CONSENTS, "deny")))
def designation_agreed(at: Situation) -> Reason | None:
    """A unit that declined is designated when a leader agreed."""
    if not at.flag("designate") or not at.ticket.denials:
        return None
    return _unless_agreed(at, consent.about_denials(at.ticket), consent.DESIGNATION)


def _unless_agreed(at: Situation, about: str, name: str, others: tuple[str, ...] = ()) -> Reason | None:
    """Why a leader's word about it is missing or against it. `others` are the rungs that could be named instead, without a leader."""
    needs, values = (("rung",), {"others": others}) if others else ((), {})
    said = consent.given(at.ticket, about)
    if said is None:
        return Reason("consent-missing", {"rung": name, **values}, needs=needs)
    return None if said.agreed else Reason("consent-refused", {"rung": name, "leader": said.by, **values}, needs=needs)


@guard("speaks-for-a-leader", Requirement(takes=("by",)))
def speaks_for_a_leader(at: Situation) -> Reason | None:
    """A leader instructs in person; the office writes down what a leader said, and who."""
    leader = at.text("by")
    if at.actor.role == LEADER:
        return Reason("instructs-in-person", {"actor": at.actor.name}) if leader not in (None, at.actor.name) else None
    return None if leader else Reason("leader-missing", needs=("by",))


@guard("report-ahead", Requirement(takes=("report_by",)))
def report_ahead(at: Situation) -> Reason | None:
    date = at.moment("report_by")
    return Reason("date-past", {"date": date}) if date is not None and date <= at.now else None


@guard("instruction-open", Requirement(effects=("instruct",)))
def instruction_open(at: Situation) -> Reason | None:
    return None if at.ticket.instructed else Reason("no-instruction")


@guard("instructions-answered", Requirement(effects=("instruct", "report-back")))
def instructions_answered(at: Situation) -> Reason | None:
    """What a leader wrote is answered before the ticket is closed."""
    waiting = [item.by for item in at.ticket.instructions if item.reported_at is None]
    return Reason("instruction-waits", {"leaders": waiting}) if waiting else None
