"""Visits: where the office went, what was found, and how much of it is still to be assigned."""

from __future__ import annotations

from itertools import islice

from starlette.responses import Response

from engine.office.visits.visits import Visits
from engine.views.office_lists import VisitList
from engine.web.context import Context
from engine.web.page import page

SHOWN = 200
"""So many are listed, the newest first."""


def index(context: Context) -> Response:
    visits, closed = Visits(context.record.desk), context.query.on("every")
    found = list(islice(visits.every(context.who, closed=closed), SHOWN + 1))
    rows = tuple(visits.view(item) for item in found[:SHOWN])
    return page(context, "visits/index", VisitList(rows, closed, len(found) > SHOWN), form=context.query)
