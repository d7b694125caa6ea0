"""Complaints and reviews from other platforms (诉求评价), for programs: what a sender says comes in, and how it went goes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from starlette.responses import Response

from engine.desk.pages import MOST_ON_PAGE
from engine.errors import ZgError
from engine.office.complaints.inbound import take_in
from engine.office.complaints.messages import Misread
from engine.office.complaints.outbound import OutcomeLine, outcome_page
from engine.views.api import FaultView
from engine.web.api.answer import answer, named
from engine.web.api.messages import faults_of, messages_of, status_of_each
from engine.web.context import Context
from engine.web.query import must_know, whole_number
from engine.web.texts import Speech
from engine.words.phrase import Phrase


class Messages(TypedDict):
    """What a sender says: each message by its `ref`, a `version` or `at` that grows, and whatever else the sender knows."""

    messages: list[dict[str, object]]


class TakenView(TypedDict):
    """What became of a message: `action` is opened, added, counted, updated, same, older or echo; none where it cannot be used."""

    ref: str | None
    action: str | None
    number: str | None
    ticket: str | None
    faults: list[FaultView]


class TakenInView(TypedDict):
    """What became of each message, in their order."""

    results: list[TakenView]


class OutcomesView(TypedDict):
    """What a sender is told: of each of its complaints and reviews that has an outcome; `next` is the cursor of the page after this one,
    for `after`.
    """

    outcomes: list[OutcomeLine]
    next: str | None


def receive(context: Context) -> Response:
    """Takes in what a sender says, message by message: the same once, an older one or our own change never."""
    messages, phrase = messages_of(context), Speech(context).phrase()
    view: TakenInView = {"results": [_taken(context, phrase, message) for message in messages]}
    return answer(context.asked, view, status=status_of_each(item["faults"] for item in view["results"]))


def told(context: Context) -> Response:
    """The outcome of each complaint and review of a sender, for the platform that it came from, a page at a time."""
    texts, desk, source = named(context.asked), context.record.desk, context.asked.params["source"].strip()
    must_know(texts, ("after", "limit"))
    after, limit = whole_number(texts, "after") or 0, whole_number(texts, "limit") or MOST_ON_PAGE
    found = outcome_page(desk, context.who, source, after, min(limit, MOST_ON_PAGE))
    view: OutcomesView = {"outcomes": list(found.lines), "next": str(found.after) if found.after is not None else None}
    return answer(context.asked, view)


# how -----------------------------------------------------------------------------------------------------------------


def _taken(context: Context, phrase: Phrase, message: Mapping[str, object]) -> TakenView:
    ref = message.get("ref")
    view: TakenView = {"ref": str(ref) if ref is not None else None, "action": None, "number": None, "ticket": None, "faults": []}
    try:
        done = take_in(context.record.desk, context.who, context.asked.params["source"].strip(), message)
    except (Misread, ZgError) as error:
        view["faults"] = faults_of(error, phrase)
    else:
        view |= {"action": done.action, "number": done.feedback.number, "ticket": done.feedback.ticket}
    return view
