"""A ticket on paper: all of it to be printed, and the sheet that a unit's head signs (审签单)."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk import pages
from engine.web.confided import tell_confided
from engine.web.context import Context
from engine.web.page import page


def show(context: Context) -> Response:
    view = pages.ticket_page(context.record.desk, context.who, context.asked.params["number"])
    tell_confided(context, view.secret)
    return page(context, "paper/show", view)


def sheet(context: Context) -> Response:
    return page(context, "paper/sheet", pages.ticket_page(context.record.desk, context.who, context.asked.params["number"]))
