"""Queues: what waits for the same, as a list and one by one, with the forms of the acts that it waits for."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk import queues
from engine.web.context import Context
from engine.web.page import page, see_other


def index(context: Context) -> Response:
    name = context.asked.params["queue"]
    return page(context, "queues/index", queues.queue(context.record.desk, context.who, name), form=context.query)


def show(context: Context) -> Response:
    """One of them; whoever comes to one that somebody dealt with meanwhile is shown the others."""
    params = context.asked.params
    found = queues.queue_item(context.record.desk, context.who, params["queue"], params["number"])
    if found is None:
        return see_other(context, context.query.address(f"/queues/{params['queue']}"))
    return page(context, "queues/show", found, form=context.query)
