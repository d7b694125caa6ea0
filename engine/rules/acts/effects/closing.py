"""Effects of a submission and of an end: evidence, closed as what, and an end that is taken back."""

from __future__ import annotations

from engine.rules.acts.effects.extension import close_request
from engine.rules.acts.effects.registry import Draft, effect
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.acts.requirement import Requirement
from engine.rules.situation import Situation


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


@effect("close")
def close(at: Situation, draft: Draft) -> None:
    draft.change(closed_as=VERIFIED, proposals=())


@effect("close-as")
def close_as(at: Situation, draft: Draft) -> None:
    """What is withdrawn before it was ever assigned was no unit's: neither the lead in waiting nor anybody else of a unit hears of it."""
    if at.ticket.state in at.definition.hidden_states():
        if at.ticket.lead:
            draft.change(lead=None)
        if at.ticket.cooperators:
            draft.change(cooperators=())
    draft.change(closed_as=at.text("as") or "withdrawn", proposals=())
    if at.ticket.request is not None:
        close_request(at, draft)


@effect("note-original", Requirement(takes=("as", "of"), guards=("original-kept",)))
def note_original(at: Situation, draft: Draft) -> None:
    """What is withdrawn as a duplicate names the ticket that is kept."""
    if at.text("as") == "duplicate":
        draft.change(duplicate_of=at.text("of"))


@effect("remember-withdrawn", Requirement(returns=True))
def remember_withdrawn(at: Situation, draft: Draft) -> None:
    """From where it was withdrawn, so that a mistake can be taken back; of a suspended ticket from where it was suspended."""
    draft.change(withdrawn_from=at.ticket.returns_to or at.ticket.state)


@effect("take-back", Requirement(effects=("remember-withdrawn",)))
def take_back(at: Situation, draft: Draft) -> None:
    """A mistaken withdrawal is as if it had not been: the attempt, its hands and what was signed off stay."""
    draft.change(closed_as=None, withdrawn_from=None)
    if at.ticket.duplicate_of is not None:
        draft.change(duplicate_of=None)


@effect("reopen")
def reopen(at: Situation, draft: Draft) -> None:
    draft.change(closed_as=None, grants=())
