"""A ticket on paper: all of it to be printed, and the sheet that a unit's head signs (审签单)."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk import pages
from engine.web.confided import tell_phones, tell_ticket
from engine.web.context import Context
from engine.web.page import page


def show(context: Context) -> Response:
    view = pages.ticket_page(context.record.desk, context.who, context.asked.params["number"])
    tell_ticket(context, view.shown)
    return page(context, "paper/show", view)


def sheet(context: Context) -> Response:
    view = pages.ticket_page(context.record.desk, context.who, context.asked.params["number"])
    tell_phones(context, view.shown.get("contacts", ()))
    return page(context, "paper/sheet", view)
