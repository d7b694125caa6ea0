"""Effects of what stands before a submission: sign-offs and objections of the cooperators, the endorsement of the head."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.rules.acts.effects.registry import Draft, effect
from engine.rules.acts.guards.sign_off import ENDORSES, REVISED, SENDS_BACK
from engine.rules.acts.requirement import Requirement
from engine.rules.situation import Situation
from engine.rules.ticket_facts import Objection
from engine.rules.timing import parts


@effect("sign")
def sign(at: Situation, draft: Draft) -> None:
    draft.change(signed={**at.ticket.signed, str(at.actor.unit): at.now})
    if at.actor.unit in at.ticket.objections:
        draft.change(objections={unit: item for unit, item in at.ticket.objections.items() if unit != at.actor.unit})


@effect("object")
def object_(at: Situation, draft: Draft) -> None:
    """配合单位有异议: it stands on the ticket until the unit signs off or the attempt is over. No clock stops for it."""
    objection = Objection(at.now, at.ticket.version + 1)
    draft.change(objections={**at.ticket.objections, str(at.actor.unit): objection})


@effect("leave-out", Requirement(takes=("without",), clocks=(parts.PART,)))
def leave_out(at: Situation, draft: Draft) -> None:
    """Submitted without whom the lead need not wait for: the event says whose lateness it is, and since when."""
    named = at.names("without") or ()
    if named:
        draft.change(left_out={unit: part.due_at for unit in named if (part := parts.part_of(at.ticket, unit))})


@effect("void-signatures")
def void_signatures(at: Situation, draft: Draft) -> None:
    _keep_signed(at, draft, {})


@effect("sign-again", Requirement(takes=("again",)))
def sign_again(at: Situation, draft: Draft) -> None:
    """What the head endorsed is void, and objections and omissions are over; a sign-off stands unless the unit is named (`again`)."""
    again = at.names("again") or ()
    _keep_signed(at, draft, {unit: when for unit, when in at.ticket.signed.items() if unit not in again})


def _keep_signed(at: Situation, draft: Draft, signed: Mapping[str, datetime]) -> None:
    """Only these sign-offs stand; endorsement, objections and omissions are over."""
    draft.change(signed=signed, endorsed=False)
    _nothing_to_revise(at, draft)
    if at.ticket.objections:
        draft.change(objections={})
    if at.ticket.left_out:
        draft.change(left_out={})


@effect(ENDORSES)
def endorse(at: Situation, draft: Draft) -> None:
    draft.change(endorsed=True)
    _nothing_to_revise(at, draft)


@effect(SENDS_BACK, Requirement(effects=(REVISED,)))
def send_back(at: Situation, draft: Draft) -> None:
    draft.change(to_revise=True)


@effect(REVISED)
def revised(at: Situation, draft: Draft) -> None:
    """The lead told how it stands now: the draft is before the head again. What a cooperator tells is no draft of the lead's."""
    if at.actor.unit == at.ticket.lead:
        _nothing_to_revise(at, draft)


def _nothing_to_revise(at: Situation, draft: Draft) -> None:
    """The event says so only where something was: of what earlier workflows wrote nothing is another."""
    if at.ticket.to_revise:
        draft.change(to_revise=False)
