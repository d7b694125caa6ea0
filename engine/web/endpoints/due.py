"""Due dates: a month in whole weeks, with what is due on each day."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.dashboard import due_month, month_of
from engine.web.context import Context
from engine.web.page import page


def show(context: Context) -> Response:
    desk = context.record.desk
    month = month_of(desk, context.query.get("month"))
    return page(context, "due/show", due_month(desk, context.who, month), form=context.query)
