"""Effects of a submission and of an end: evidence, closed as what, and an end that is taken back."""

from __future__ import annotations

from engine.rules.acts.effects.extension import close_request, reopen_request
from engine.rules.acts.effects.registry import Draft, effect
from engine.rules.acts.guards.closing import CLOSES, DUPLICATE, VERIFIED, WITHDRAWN
from engine.rules.acts.proposals import PROPOSAL
from engine.rules.acts.requirement import Requirement
from engine.rules.situation import Situation
from engine.rules.ticket_facts import SetAside
from engine.rules.timing import clocks


@effect("evidence")
def evidence(at: Situation, draft: Draft) -> None:
    """佐证 of this attempt is there, once a file was handed in with one of its acts."""
    if at.evidence and not at.ticket.evidenced:
        draft.change(evidenced=True)


@effect("submit")
def submit(at: Situation, draft: Draft) -> None:
    draft.change(submitted=True, submitted_at=at.now)
    if at.ticket.request is not None:
        close_request(at, draft)


@effect(CLOSES)
def close(at: Situation, draft: Draft) -> None:
    draft.change(closed_as=VERIFIED)
    draft.lapse(at.ticket)


@effect("close-as")
def close_as(at: Situation, draft: Draft) -> None:
    """What is withdrawn before it was ever assigned was no unit's: neither the lead in waiting nor anybody else of a unit hears of it."""
    if at.ticket.state in at.definition.hidden_states:
        if at.ticket.lead:
            draft.change(lead=None)
        if at.ticket.cooperators:
            draft.change(cooperators=())
    draft.change(closed_as=at.text("as") or WITHDRAWN)
    draft.lapse(at.ticket)
    if at.ticket.request is not None:
        close_request(at, draft)


@effect("note-original", Requirement(takes=("as", "of"), guards=("original-kept",)))
def note_original(at: Situation, draft: Draft) -> None:
    """What is withdrawn as a duplicate names the ticket that is kept."""
    if at.text("as") == DUPLICATE:
        draft.change(duplicate_of=at.text("of"))


@effect("remember-withdrawn", Requirement(returns=True))
def remember_withdrawn(at: Situation, draft: Draft) -> None:
    """From where it was withdrawn, and what it had there that a withdrawn ticket has no more, so that a mistake can be taken back; of a
    suspended ticket from where it was suspended.
    """
    ticket = at.ticket
    hidden = ticket.state in at.definition.hidden_states
    aside = SetAside(ticket.lead if hidden else None, ticket.cooperators if hidden else (), ticket.proposals, ticket.request)
    draft.change(withdrawn_from=ticket.returns_to or ticket.state)
    if aside != SetAside():
        draft.change(set_aside=aside)


@effect("take-back", Requirement(effects=("remember-withdrawn",)))
def take_back(at: Situation, draft: Draft) -> None:
    """A mistaken withdrawal is as if it had not been: the attempt, its hands and what was signed off stay, and what was set aside comes
    back, but for units that ended meanwhile.
    """
    draft.change(closed_as=None, withdrawn_from=None)
    aside = at.ticket.set_aside
    if aside is not None:
        draft.change(set_aside=None)
        _give_back(at, draft, aside)
    if at.ticket.duplicate_of is not None:
        draft.change(duplicate_of=None)


def _give_back(at: Situation, draft: Draft, aside: SetAside) -> None:
    lead = draft.after(at.ticket).lead or (aside.lead if aside.lead not in at.ended else None)
    if lead != at.ticket.lead:
        draft.change(lead=lead)
    if together := tuple(unit for unit in aside.cooperators if unit not in at.ended and unit != lead):
        draft.change(cooperators=together)
    if aside.proposals:
        draft.change(proposals=aside.proposals)
        draft.deadlines |= clocks.gone_on(at, PROPOSAL)
    if aside.request is not None:
        reopen_request(at, draft, aside.request)


@effect("reopen")
def reopen(at: Situation, draft: Draft) -> None:
    draft.change(closed_as=None, grants=())
