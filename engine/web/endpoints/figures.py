"""Figures: how the ledger stands, by unit, month, state and age; each leads to the tickets that it counts."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.dashboard import dashboard
from engine.web.context import Context
from engine.web.page import page
from engine.web.query import must_know


def show(context: Context) -> Response:
    must_know(context.query, ())
    return page(context, "figures/show", dashboard(context.record.desk, context.who), form=context.query)
