"""Batches: what came with which letter, and how much of it is still to be assigned."""

from __future__ import annotations

from itertools import islice

from starlette.responses import Response

from engine.office.batches import Batches
from engine.views.office_lists import BatchList
from engine.web.context import Context
from engine.web.page import page

SHOWN = 200
"""So many are listed, the newest first."""


def index(context: Context) -> Response:
    batches, closed = Batches(context.record.desk), context.query.on("every")
    found = list(islice(batches.every(context.who, closed=closed), SHOWN + 1))
    rows = tuple(batches.view(item) for item in found[:SHOWN])
    return page(context, "batches/index", BatchList(rows, closed, len(found) > SHOWN), form=context.query)
