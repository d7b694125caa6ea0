"""A week's digest, to be read or printed."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.digest import digest
from engine.web.context import Context
from engine.web.page import page
from engine.web.query import must_know


def show(context: Context) -> Response:
    must_know(context.query, ())
    return page(context, "digest/show", digest(context.record.desk, context.who), form=context.query)
