"""What became of each review (每个差评都得到整改) as JSON."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TypedDict

from engine.rules.loop.feedback import Feedback
from engine.rules.ticket import Ticket
from engine.views.moments import day_text


class ReviewView(TypedDict):
    """A review, its ticket, the call-back, the result, or why there is none. Nobody's name stands in it, nor what was written."""

    number: str
    source: str
    ref: str
    stated_on: str
    rating: int | None
    unit: str | None
    item: str | None
    ticket: str | None
    state: str | None
    call: str | None
    called_on: str | None
    result: str
    why: str | None
    closed_on: str | None
    late: bool
    answer: str | None
    redo: str | None


class RefusedView(TypedDict):
    """A message that could not be taken in, as far as it could be read, and why; null where these words were erased."""

    source: str
    ref: str
    stated_on: str
    rating: int | None
    unit: str | None
    row: int | None
    refused_on: str
    reasons: list[str] | None


ProofView = TypedDict("ProofView", {
    "from": str | None, "to": str | None, "unit": str | None, "rows": list[ReviewView], "refused": list[RefusedView],
    "total": dict[str, int],
})
"""The reviews of a time, and what they add up to."""


def review_view(
    feedback: Feedback, ticket: Ticket | None, zone: tzinfo, *, result: str, why: str | None, call: str | None, called_at: datetime | None,
    late: bool,
) -> ReviewView:
    """One review and what became of it."""
    return {
        "number": feedback.number, "source": feedback.source, "ref": feedback.ref, "stated_on": day_text(feedback.stated_at, zone) or "",
        "rating": feedback.rating, "unit": ticket.lead if ticket is not None else feedback.unit, "item": feedback.item,
        "ticket": feedback.ticket, "state": ticket.state if ticket is not None else None, "call": call,
        "called_on": day_text(called_at, zone), "result": result, "why": why,
        "closed_on": day_text(ticket.closed_at, zone) if ticket is not None and ticket.final else None, "late": late,
        "answer": feedback.answer, "redo": feedback.redo,
    }
