"""What is done next about a ticket that waits, and until when: by the workflow that it is pinned to."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from engine.rules.acts import consent
from engine.rules.acts.guards.assignment import MOST_DENIALS
from engine.rules.acts.proposals import named
from engine.rules.definition import Definition, Trigger
from engine.rules.drawing import triggers_in_order
from engine.rules.ticket import Ticket
from engine.views.today import CONSENT_ON_PAPER, DESIGNATION, DISSENT, OTHER_ANSWERS, SUGGEST


def lead(ticket: Ticket) -> str | None:
    return ticket.lead


def turn_due(ticket: Ticket) -> datetime | None:
    return ticket.due_at


def promised(ticket: Ticket) -> datetime | None:
    return ticket.promised_at


def office_due(ticket: Ticket) -> datetime | None:
    return ticket.office_due_at


def letter_due(ticket: Ticket) -> datetime | None:
    return min((item.due_at for item in ticket.proposals), default=ticket.office_due_at)


def report_due(ticket: Ticket) -> datetime | None:
    """The first date by which a leader waits for an answer."""
    waiting = {str(item.seq) for item in ticket.instructions if item.reported_at is None}
    dates = [item.due_at for name, item in ticket.deadlines.items() if item.unit is None and name.rpartition(":")[2] in waiting]
    return min(dates, default=None)


def next_by_office(definition: Definition, ticket: Ticket) -> str:
    """The trigger by which the office goes on: to verify where it can, else the first that leads to another state."""
    moves = [
        item.name for item in definition.triggers.values()
        if "office" in item.by and ticket.state in item.sources and item.target not in (None, ticket.state)
    ]
    return "verify" if "verify" in moves else moves[0] if moves else "show"


def assigned_by_office(definition: Definition, ticket: Ticket) -> str:
    """How the office assigns it: after two denials by a designation only, where the workflow says so. For what a visit found a unit is
    suggested first.
    """
    if ticket.visit is not None and ticket.assigned_at is None and ticket.lead is None:
        return SUGGEST
    designated_only = len(ticket.denials) >= MOST_DENIALS and _guarded(definition, "assign", "designate-after-two-denials")
    return DESIGNATION if designated_only else "assign"


def answer_by_office(definition: Definition, ticket: Ticket) -> str:
    """What the office does about the highest letter that waits: issue it; first have a leader's consent where the workflow wants it
    (领导审定); or waive what a leader refused.
    """
    letter = named(definition, ticket, None)
    if letter is None or not _guarded(definition, "issue", "circular-agreed") or not consent.needs_leader(letter):
        return "issue"
    return _as_agreed(ticket, consent.about_proposal(letter), "issue", "waive")


def reply_by_office(definition: Definition, ticket: Ticket) -> str:
    """What the office does about an extension request: grant it; the second one as a leader agrees, where the workflow wants that."""
    if ticket.request is None or not ticket.grants or not _guarded(definition, "grant", "second-extension-agreed"):
        return "grant"
    return _as_agreed(ticket, consent.about_request(ticket.request), "grant", "refuse")


def _as_agreed(ticket: Ticket, about: str, agreed: str, refused: str) -> str:
    """The trigger for what a leader said; while nothing was said, the leader is asked."""
    said = consent.given(ticket, about)
    return CONSENT_ON_PAPER if said is None else agreed if said.agreed else refused


def _guarded(definition: Definition, trigger: str, guard: str) -> bool:
    """Whether a trigger has the guard."""
    found = definition.triggers.get(trigger)
    return found is not None and guard in [item.name for item in found.guards]


def other_answer(definition: Definition | None, ticket: Ticket, trigger: str, unit: str | None) -> str | None:
    """What else may be answered, where the ticket's workflow has it: a unit with nobody to act is spared only what it leads."""
    other = OTHER_ANSWERS.get(trigger)
    if other is None or definition is None or (unit is not None and unit != ticket.lead):
        return None
    known = definition.triggers.get("consent" if other == DISSENT else other)
    return other if known is not None and ticket.state in known.sources else None


@lru_cache(maxsize=256)
def acts_in_order(definition: Definition, state: str) -> tuple[Trigger, ...]:
    """What the workflow has in a state, in the order in which a course goes; of two answers to the same question the one that goes on
    stands first.
    """
    found = {trigger.name: trigger for trigger in triggers_in_order(definition) if state in trigger.sources}
    names = list(found)
    for first, other in OTHER_ANSWERS.items():
        if first in found and other in found and names.index(other) < names.index(first):
            one, two = names.index(other), names.index(first)
            names[one], names[two] = first, other
    return tuple(found[name] for name in names)
