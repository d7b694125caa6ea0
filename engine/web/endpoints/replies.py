"""One reply for several tickets of a letter: they are ticked here, and the reply is a form over them with a result for each."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.unit_work import together
from engine.web.context import Context
from engine.web.page import page


def index(context: Context) -> Response:
    return page(context, "replies/index", together(context.record.desk, context.who))
