"""What a leader agrees to (同意/不同意) before the office acts: a circular or an interview that is proposed, a second extension, a
ruling on a decline. A workflow says by its guards which of them need it. A leader's word changes no state: the office acts upon it.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.rules.acts import proposals
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Consent, Proposal, Request

CONSENTS = "consent"
"""The effect of a trigger by which a leader says yes or no."""

FROM_LEVEL = 3
"""Letters of this level and above (通报, 约谈) are put before a leader."""

EXTENSION, DESIGNATION = "extension", "designation"
"""How the request for a second extension and the ruling on a decline are named among what waits for a leader."""


class Waiting(NamedTuple):
    """One thing that may be put before a leader: how people name it, and how a consent is kept about it, so that what is proposed or
    asked anew needs a new one.
    """

    names: tuple[str, ...]
    about: str


def waiting(at: Situation) -> tuple[Waiting, ...]:
    """What may be put before a leader now, the highest letter first."""
    ticket = at.ticket
    letters = sorted((item for item in ticket.proposals if needs_leader(item)), key=lambda item: -item.level)
    found = [Waiting(proposals.names(at.definition, item), about_proposal(item)) for item in letters]
    if ticket.request is not None and ticket.grants:
        found.append(Waiting((EXTENSION,), about_request(ticket.request)))
    if ticket.denials and any("designate" in trigger.effects for trigger in at.definition.triggers_from.get(ticket.state, ())):
        found.append(Waiting((DESIGNATION,), about_denials(ticket)))
    return tuple(found)


def meant(at: Situation) -> Waiting | None:
    """What the consent is about: what is named, else the only thing that waits or its highest letter. None where that is not clear."""
    found, name = waiting(at), at.text("about")
    if name is not None:
        return next((item for item in found if name in item.names), None)
    kinds = {item.about.partition("/")[0] for item in found}
    return found[0] if len(kinds) == 1 else None


def needs_leader(proposal: Proposal) -> bool:
    return proposal.level >= FROM_LEVEL


def about_proposal(proposal: Proposal) -> str:
    return f"{proposal.clock}/{proposal.epoch}/{proposal.rung}"


def about_request(request: Request) -> str:
    return f"{EXTENSION}/{request.seq}"


def about_denials(ticket: Ticket) -> str:
    return f"{DESIGNATION}/{ticket.denials[-1].seq}"


def given(ticket: Ticket, about: str) -> Consent | None:
    """What a leader said last about it."""
    return next((item for item in reversed(ticket.consents) if item.about == about), None)


def name_of(consent: Consent) -> str:
    """How people name what a consent is about: the rung, `extension` or `designation`."""
    first, *_, last = consent.about.split("/")
    return first if first in (EXTENSION, DESIGNATION) else last
