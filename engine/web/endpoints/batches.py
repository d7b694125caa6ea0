"""Batches: what came with which letter, and how much of it is still to be assigned."""

from __future__ import annotations

from itertools import islice

from starlette.responses import Response

from engine.office.batches import Batches
from engine.views.batch import batch_view
from engine.views.office_lists import BatchList
from engine.web.context import Context
from engine.web.page import page

SHOWN = 200
"""So many are listed, the newest first."""


def index(context: Context) -> Response:
    desk, closed = context.record.desk, context.query.on("every")
    found = list(islice(Batches(desk).every(context.who, closed=closed), SHOWN + 1))
    rows = tuple(batch_view(
        item.thing, desk.clock.now(), desk.rules.zone(), tickets=item.tickets, unassigned=item.unassigned, open_=item.open,
        repeats=item.repeats,
    ) for item in found[:SHOWN])
    return page(context, "batches/index", BatchList(rows, closed, len(found) > SHOWN), form=context.query)
