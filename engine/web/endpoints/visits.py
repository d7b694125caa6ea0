"""Visits: where the office went, what was found, and how much of it is still to be assigned."""

from __future__ import annotations

from itertools import islice

from starlette.responses import Response

from engine.office.visits.visits import Visits
from engine.views.office_lists import VisitList
from engine.views.visit import visit_view
from engine.web.context import Context
from engine.web.page import page

SHOWN = 200
"""So many are listed, the newest first."""


def index(context: Context) -> Response:
    desk, closed = context.record.desk, context.query.on("every")
    found = list(islice(Visits(desk).every(context.who, closed=closed), SHOWN + 1))
    rows = tuple(
        visit_view(item.thing, desk.rules.zone(), findings=item.tickets, unassigned=item.unassigned, open_=item.open)
        for item in found[:SHOWN]
    )
    return page(context, "visits/index", VisitList(rows, closed, len(found) > SHOWN), form=context.query)
