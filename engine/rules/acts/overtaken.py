"""Whether an act would write over what somebody else made of a ticket meanwhile: of two hands on one ticket, the slower one asks again."""

from __future__ import annotations

from engine.rules.ticket import Ticket

STANDING = ("state", "lead", "cooperators", "leader", "grade", "promised_at")
"""What an act can take from another one: where a ticket stands, whose it is and until when. What is only added to is not among them."""


def writes_over(seen: Ticket, before: Ticket, after: Ticket) -> bool:
    """Whether an act, which makes `after` of `before`, changes what others changed since whoever does it looked at `seen`."""
    return any(
        getattr(seen, name) != getattr(before, name) and getattr(before, name) != getattr(after, name) for name in STANDING
    )
