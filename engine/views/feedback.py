"""A complaint or review (诉求评价) as JSON, for whoever may read what came from other platforms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import TypedDict

from engine.rules.loop.feedback import Feedback
from engine.views.moments import day_text, moment_text


class FeedbackView(TypedDict):
    """Every fact of a complaint or review. `source` and `ref` are the sender and its id, `stated_version` and `stated_at` its latest
    message; `bad` says whether it is a bad review. `outcome` is what the sender was told last. `name` and `phone` are given to the
    supervision office where one is shown, and to nobody else.
    """

    number: str
    source: str
    ref: str
    kind: str
    bad: bool
    stated_version: int
    stated_at: str
    stated_on: str
    category: str
    rating: int | None
    unit: str | None
    item: str | None
    text: str | None
    received_at: str
    received_by: str
    ticket: str | None
    outcome: str | None
    outcome_at: str | None
    link_until: str | None
    answer: str | None
    answer_reasons: list[str]
    answer_text: str | None
    answered_at: str | None
    answered_by: str | None
    redo: str | None
    redo_due_at: str | None
    redo_due_on: str | None
    decided_at: str | None
    decided_by: str | None
    version: int
    mark: str
    name: str | None
    phone: str | None


class LinkView(TypedDict):
    """An answer link that was made: `token` is told this once."""

    number: str
    token: str
    until: str | None


def link_view(feedback: Feedback, token: str) -> LinkView:
    return {"number": feedback.number, "token": token, "until": moment_text(feedback.token_until_at)}


def feedback_view(feedback: Feedback, zone: tzinfo, secret: Mapping[str, str]) -> FeedbackView:
    """What a complaint or review is; `secret` is who complained, as far as the reader may know."""
    return {
        "number": feedback.number, "source": feedback.source, "ref": feedback.ref, "kind": feedback.kind, "bad": feedback.bad,
        "stated_version": feedback.stated_version, "stated_at": moment_text(feedback.stated_at) or "",
        "stated_on": day_text(feedback.stated_at, zone) or "", "category": feedback.category, "rating": feedback.rating,
        "unit": feedback.unit, "item": feedback.item, "text": feedback.said,
        "received_at": moment_text(feedback.received_at) or "", "received_by": feedback.received_by, "ticket": feedback.ticket,
        "outcome": feedback.outcome, "outcome_at": moment_text(feedback.outcome_at), "link_until": moment_text(feedback.token_until_at),
        "answer": feedback.answer, "answer_reasons": list(feedback.answer_reasons), "answer_text": feedback.answer_text,
        "answered_at": moment_text(feedback.answered_at), "answered_by": feedback.answered_by, "redo": feedback.redo,
        "redo_due_at": moment_text(feedback.redo_due_at), "redo_due_on": day_text(feedback.redo_due_at, zone),
        "decided_at": moment_text(feedback.decided_at), "decided_by": feedback.decided_by, "version": feedback.version,
        "mark": feedback.mark, "name": secret.get("complainant"), "phone": secret.get("phone"),
    }
