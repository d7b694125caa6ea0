"""What monitoring points (监测点) find, for their programs: it comes in, each by the sender's own id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from starlette.responses import Response

from engine.errors import ZgError
from engine.office.monitoring import take_in
from engine.views.api import FaultView
from engine.web.api.answer import answer
from engine.web.api.messages import faults_of, messages_of, status_of_each
from engine.web.context import Context
from engine.web.texts import Speech
from engine.words.phrase import Phrase


class Found(TypedDict):
    """What a monitoring point found: each finding by its `ref`, with a `title` and what is known of `detail`, `unit` (a suggestion),
    `measure` of the plan, and who told it (`name`, `phone`), which the supervision office alone reads.
    """

    messages: list[dict[str, object]]


class BroughtView(TypedDict):
    """What became of a finding: `action` is opened or same; none where it cannot be used."""

    ref: str | None
    action: str | None
    ticket: str | None
    faults: list[FaultView]


class BroughtInView(TypedDict):
    """What became of each finding, in their order."""

    results: list[BroughtView]


def receive(context: Context) -> Response:
    """Takes in what a monitoring point found, finding by finding: each opens one ticket, and the same again none."""
    messages, phrase = messages_of(context), Speech(context).phrase()
    view: BroughtInView = {"results": [_brought(context, phrase, message) for message in messages]}
    return answer(context.asked, view, status=status_of_each(item["faults"] for item in view["results"]))


def _brought(context: Context, phrase: Phrase, message: Mapping[str, object]) -> BroughtView:
    ref = message.get("ref")
    view: BroughtView = {"ref": str(ref) if ref is not None else None, "action": None, "ticket": None, "faults": []}
    try:
        done = take_in(context.record.desk, context.who, context.asked.params["source"].strip(), message)
    except ZgError as error:
        view["faults"] = faults_of(error, phrase)
    else:
        view |= {"action": "opened" if done.events else "same", "ticket": done.ticket.number}
    return view
