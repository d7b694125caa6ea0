"""Which date an extension extends."""

from __future__ import annotations

from datetime import datetime

from engine.rules.definition import Trigger
from engine.rules.ticket import Ticket

EXTENDING = frozenset({"ask", "grant"})
"""The effects by which more time is asked for and given."""


def extended_date(trigger: Trigger | None, ticket: Ticket) -> datetime | None:
    """The date that an amount typed for this trigger counts from: the promised one where the trigger asks for more time or
    gives it, so that `5wd` is five working days more; None where amounts count from now.
    """
    return ticket.promised_at if trigger is not None and EXTENDING & set(trigger.effects) else None
