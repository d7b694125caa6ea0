"""Queues (待验收, 待审签, 待批 …), for programs: the tickets that wait for the same, and the acts that they wait for."""

from __future__ import annotations

from typing import TypedDict

from starlette.responses import Response

from engine.desk.queues import MOST_IN_QUEUE, queue
from engine.desk.today import decisions_of_all
from engine.views.today import LineView, line_view, section_view
from engine.web.api.answer import answer, named
from engine.web.context import Context
from engine.web.query import must_know


class QueueView(TypedDict):
    """A queue; `count` is of all of it, `more` where it was not counted to the end. `acts` are the triggers that it waits for."""

    queue: str
    count: int
    more: bool
    acts: list[str]
    tickets: list[LineView]


def one(context: Context) -> Response:
    """The tickets that wait for the same, the first first. Which queues there are, `today` says."""
    must_know(named(context.asked), ())
    found = queue(context.record.desk, context.who, context.asked.params["queue"])
    view: QueueView = {
        "queue": found.name, "count": found.total, "more": found.more, "acts": [act.trigger for act in found.acts],
        "tickets": [line_view(line, found.now, found.calendar) for line in found.lines],
    }
    return answer(context.asked, view)


def decisions(context: Context) -> Response:
    """What waits for any leader's word. What was decided on paper the office sends to `consent`, with `by` and the scan."""
    must_know(named(context.asked), ())
    desk = context.record.desk
    section = decisions_of_all(desk, context.who, MOST_IN_QUEUE)
    return answer(context.asked, section_view(section, desk.clock.now(), desk.rules.calendar()))
