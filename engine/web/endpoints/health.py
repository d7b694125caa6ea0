"""For machines and for whoever asks what this is: whether it is well, the look of the pages, which version it is."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from engine import __version__
from engine.views.account import About
from engine.web.assets import FOREVER, find
from engine.web.context import Context
from engine.web.page import page

WELL = "ok\n"


def alive(context: Context) -> Response:
    """The record was opened, or this would not be reached."""
    return PlainTextResponse(WELL)


def about(context: Context) -> Response:
    return page(context, "about/index", About(__version__, context.record.desk.office))


def asset(context: Context) -> Response:
    """A file of the look, packed for whoever takes it so; every browser does."""
    found = find(context.asked.params["name"], context.asked.params["hash"])
    headers = {"cache-control": FOREVER, "content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(found.packed, headers=headers, media_type=found.kind)
