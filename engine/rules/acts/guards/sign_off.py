"""Guards of what stands before a submission: the sign-offs of the cooperators and the endorsement of the head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.errors import Reason
from engine.rules.access import HEAD
from engine.rules.acts.guards.registry import guard
from engine.rules.acts.requirement import EVIDENCE, Requirement
from engine.rules.definition import Definition
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.timing import parts

ENDORSED = "endorsed"
"""The guard that asks for the head's 审签."""

ENDORSES, SIGNED = "endorse", "signed"
"""The effect that endorses, and what a file handed in with it is: a scan of what the head signed."""

SENDS_BACK, REVISED = "send-back", "revised"
"""The effect by which a head wants another draft (退回修改), and the one by which there is one."""

WITHOUT, AGAIN = "without", "again"
"""The inputs that name cooperators of the ticket: whom a submission does not wait for, and who is to sign off again."""

SCANS = ("application/pdf", "application/ofd", "image/")
"""What a signed sheet may be scanned to (types by content)."""


@guard("not-yet-signed", Requirement(effects=("sign",)))
def not_yet_signed(at: Situation) -> Reason | None:
    return Reason("signed-before", {"unit": at.actor.unit}) if at.actor.unit in at.ticket.signed else None


@guard("again-signed", Requirement(takes=(AGAIN,), effects=("sign",)))
def again_signed(at: Situation) -> Reason | None:
    """Only who signed off can be asked to sign off again."""
    wrong = [unit for unit in at.names(AGAIN) or () if unit not in may_be_named(AGAIN, at.ticket, at.now)]
    return Reason("again-unsigned", {"units": wrong}) if wrong else None


@guard("not-yet-objected", Requirement(effects=("object",)))
def not_yet_objected(at: Situation) -> Reason | None:
    return Reason("objected-before", {"unit": at.actor.unit}) if at.actor.unit in at.ticket.objections else None


@guard("not-yet-endorsed", Requirement(effects=(ENDORSES,)))
def not_yet_endorsed(at: Situation) -> Reason | None:
    return Reason("endorsed-before") if at.ticket.endorsed else None


@guard("not-yet-sent-back", Requirement(effects=(SENDS_BACK,)))
def not_yet_sent_back(at: Situation) -> Reason | None:
    return Reason("sent-back-before") if at.ticket.to_revise else None


@guard("head-or-scan", Requirement(takes=(EVIDENCE,)))
def head_or_scan(at: Situation) -> Reason | None:
    """The head endorses; a contact endorses for the head, with a scan of what the head signed."""
    return None if at.actor.role == HEAD or scanned(at) else Reason("scan-missing", exit=4, needs=(EVIDENCE,))


def scanned(at: Situation) -> bool:
    """Whether what was signed on paper is handed in as a scan."""
    return any(item.type.startswith(SCANS) for item in at.evidence)


@guard("all-signed-off", Requirement(effects=("sign",)))
def all_signed_off(at: Situation) -> Reason | None:
    """Every cooperator has signed off, or is past the date of its own part: then the lead need not wait for it."""
    unsigned = [unit for unit in at.ticket.cooperators if unit not in at.ticket.signed]
    missing = [unit for unit in unsigned if not parts.late(at.ticket, unit, at.now)]
    return Reason("sign-off-missing", {"units": missing}) if missing else None


@guard("late-left-out", Requirement(takes=(WITHOUT, "reason"), clocks=(parts.PART,)))
def late_left_out(at: Situation) -> Reason | None:
    """Whom the lead does not wait for is named, and only whom it need not wait for."""
    named = at.names(WITHOUT) or ()
    late = may_be_named(WITHOUT, at.ticket, at.now)
    if wrong := [unit for unit in named if unit not in late]:
        return Reason("without-not-late", {"units": wrong})
    if missing := [unit for unit in late if unit not in named]:
        needs = (WITHOUT,) if at.gives("reason") else (WITHOUT, "reason")
        return Reason("sign-off-late", {"units": missing, "without": missing[0]}, needs=needs)
    return Reason("without-reason", needs=("reason",)) if named and not at.gives("reason") else None


def may_be_named(name: str, ticket: Ticket, now: datetime) -> Sequence[str]:
    """The cooperators that WITHOUT may name now, those that are late with their parts; or that AGAIN may, those that signed off."""
    if name == AGAIN:
        return tuple(ticket.signed)
    return [unit for unit in ticket.cooperators if parts.late(ticket, unit, now)]


@guard(ENDORSED, Requirement(effects=(ENDORSES,)))
def endorsed(at: Situation) -> Reason | None:
    """经承办单位领导审签后上报."""
    return None if at.ticket.endorsed else Reason("endorsement-missing", {"unit": at.ticket.lead})


def asks_endorsement(definition: Definition, ticket: Ticket) -> bool:
    """Whether something that can be done to the ticket as it stands waits for its 审签, and the head did not send it back for revision."""
    if ticket.endorsed or ticket.to_revise:
        return False
    grade = definition.grade_of(ticket.grade)
    ahead = (trigger for trigger in definition.triggers.values() if ticket.state in trigger.sources)
    return any(guard.name == ENDORSED and guard.holds_for(grade) for trigger in ahead for guard in trigger.guards)
