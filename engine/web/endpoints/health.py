"""For machines and for whoever asks what this is: whether it is well, the look of the pages, which version it is."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from engine import __version__
from engine.desk.lists import count_by_light
from engine.desk.wanted import LIGHTS, OPEN, Wanted
from engine.errors import NoDatabase
from engine.views.account import About
from engine.watch.beats import since_well
from engine.web.assets import FOREVER, find
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.meter import METER, told
from engine.web.page import page

WELL = "ok\n"
PROMETHEUS, GAUGE = "text/plain;version=0.0.4", "gauge"


def alive(context: Context) -> Response:
    """The record was opened, or this would not be reached."""
    return PlainTextResponse(WELL)


def ready(context: Context) -> Response:
    """Whether what comes next can be answered: the record is of this program's version, and has a calendar and workflows."""
    rules = context.record.desk.rules
    rules.calendar()
    if not rules.names():
        raise NoDatabase
    return PlainTextResponse(WELL)


def metrics(context: Context) -> Response:
    """How it goes, for Prometheus: open tickets by light as the account sees them, answers, and since when each duty did not go well."""
    desk = context.record.desk
    lights = count_by_light(desk, context.who, Wanted(scope=OPEN)).lights
    beats = since_well(context.record.database, real_now())
    lines = [
        *told("info", GAUGE, {f'{{version="{__version__}",office="{desk.office}"}}': 1}),
        *told("open_tickets", GAUGE, {f'{{light="{light}"}}': lights.get(light, 0) for light in LIGHTS}),
        *told("duty_well_seconds", GAUGE, {f'{{duty="{duty}"}}': round(seconds) for duty, seconds in beats.items()}),
        *METER.lines(),
    ]
    return Response("\n".join(lines) + "\n", media_type=PROMETHEUS)


def about(context: Context) -> Response:
    return page(context, "about/index", About(__version__, context.record.desk.office))


def asset(context: Context) -> Response:
    """A file of the look, packed for whoever takes it so; every browser does."""
    found = find(context.asked.params["name"], context.asked.params["hash"])
    headers = {"cache-control": FOREVER, "content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(found.packed, headers=headers, media_type=found.kind)
