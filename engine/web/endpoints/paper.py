"""A ticket on paper: all of it to be printed, and the sheet that a unit's head signs (审签单)."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk import pages
from engine.web.context import Context
from engine.web.page import page


def show(context: Context) -> Response:
    return page(context, "paper/show", pages.ticket_page(context.record.desk, context.who, context.asked.params["number"]))


def sheet(context: Context) -> Response:
    return page(context, "paper/sheet", pages.ticket_page(context.record.desk, context.who, context.asked.params["number"]))
