"""Whether anything changed since a page was made: asked once a minute by scripts, one indexed read, no sign that anybody is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.responses import HTMLResponse, Response

from engine.desk.lists import count_by_light
from engine.desk.wanted import EVERY, Wanted
from engine.errors import UsageError
from engine.web.context import Context
from engine.web.page import own_path
from engine.web.templating import environment
from engine.web.texts import Speech

NOTHING = 204
AFTER = timedelta(microseconds=1)
"""A page shows what had happened by its moment."""


def show(context: Context) -> Response:
    """How many tickets of the reader changed, and the way to the page as it is now; nothing where none did."""
    since = context.query.get("since")
    if since is None:
        raise UsageError(reason="query-unknown", names=["since"])
    moment = context.app.intake.since(since).value + AFTER
    counted = count_by_light(context.record.desk, context.who, Wanted(scope=EVERY, changed_since=moment))
    if not counted.total:
        return Response(status_code=NOTHING)
    speech = Speech(context)
    here = own_path(context.query.get("here")) or "/"
    part: Any = environment(speech.language).get_template("parts/changed.html").module
    return HTMLResponse(str(part.changed(speech, speech.t, counted.total, counted.more, here)))
