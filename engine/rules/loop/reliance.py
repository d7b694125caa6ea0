"""What an act rests on that is done because of a round (`zg evaluate verify`, `zg evaluate reopen`): the word that the ticket keeps of it.

Asked inside the act's own transaction, and again by the audit: a correction may have come since somebody looked.
"""

from __future__ import annotations

from engine.errors import Reason
from engine.rules.definition import Trigger
from engine.rules.loop.outcome import PASSED
from engine.rules.ticket import Ticket

REOPENS = "reopen"
"""The effect of what opens a closed ticket again."""


def rests_on(ticket: Ticket, trigger: Trigger, round_: str) -> Reason | None:
    """Why a round does not bear an act: what opens again needs a relapse that waits by this round, anything else that all it says of the
    ticket is that it is enough.
    """
    if REOPENS in trigger.effects:
        return None if ticket.relapse == round_ else Reason("round-says-no-relapse", {"round": round_})
    return None if passes(ticket, round_) else Reason("round-says-no-pass", {"round": round_})


def passes(ticket: Ticket, round_: str) -> bool:
    """Whether all that a round says of the ticket is that it is enough, and it is not closed."""
    return not ticket.final and {item.action for item in ticket.measurements if item.round == round_} == {PASSED}
