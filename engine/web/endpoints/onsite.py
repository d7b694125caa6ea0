"""现场记录: a finding of a visit, from a phone. The page opens and saves without a network; what was saved is sent later by the same form.

A phone is handed on, and a session ends: whoever sends says whose finding it is, and of anybody else it is not taken.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from itertools import islice

from starlette.responses import Response

from engine.desk.filing import LARGEST_FILE
from engine.desk.people import read_units
from engine.desk.tickets import WORKFLOW
from engine.errors import NotPermitted, UsageError
from engine.office.visits.typed import TypedFinding, enter_typed
from engine.office.visits.visits import Visits
from engine.views.onsite import OnsitePage, OpenVisit
from engine.web.assets import assets
from engine.web.attempt import attempted
from engine.web.context import Context
from engine.web.limits import LARGEST_UPLOAD, MOST_FILES, megabytes
from engine.web.page import page

MOST_VISITS = 50
"""Visits that a phone may choose from, the newest first."""

KEY_BYTES = 16
WORKER = "onsite-worker.js"
OWNER = "account"
"""The field that says whose finding it is."""

FINDING = {"title": "field.title"}


def show(context: Context) -> Response:
    """The page; after something was entered it says as which ticket, and takes the next."""
    return page(context, "onsite/index", _view(context), form=context.query)


def kept(context: Context) -> Response:
    """The page as a phone keeps it: it is for nobody, and names nothing that only some may read."""
    nobody = replace(context, actor=None, secret=None)
    workflow = context.record.desk.rules.current(WORKFLOW)
    view = OnsitePage(workflow, (), (), "", MOST_FILES, megabytes(LARGEST_FILE), megabytes(LARGEST_UPLOAD))
    return page(nobody, "onsite/kept", view)


def worker(context: Context) -> Response:
    """The script that opens the page without a network. It stands under an address of its own, since that bounds what it may answer."""
    asset = assets()[WORKER]
    return Response(asset.body, headers={"service-worker-allowed": f"{context.asked.root}/onsite"}, media_type=asset.kind)


def enter(context: Context) -> Response:
    """Makes a ticket of it, or shows the form again with what was typed. Raises NotPermitted for what another account wrote."""
    texts = context.form.texts
    if texts.get(OWNER) not in (None, context.who.name):
        raise NotPermitted(reason="onsite-of-another")

    def entered() -> str:
        visit = texts.get("visit")
        if visit is None:
            raise UsageError(reason="onsite-no-visit")
        typed = TypedFinding(
            texts.get("title") or "", grade=texts.get("grade"), unit=texts.get("unit"), place=texts.get("place"),
            detail=texts.get("detail"), key=texts.get("key"),
        )
        files = context.handed_in()
        done = enter_typed(context.app.intake, visit, typed, files)
        return f"/onsite?done={done.ticket.number}&visit={visit}"

    return attempted(context, entered, "onsite/index", lambda: _view(context), FINDING)


def _view(context: Context) -> OnsitePage:
    desk, visits = context.record.desk, Visits(context.record.desk)
    going = islice(visits.every(context.who), MOST_VISITS)
    return OnsitePage(
        desk.rules.current(WORKFLOW), tuple(OpenVisit(item.thing.number, item.thing.day, item.thing.place) for item in going),
        tuple(unit.code for unit in read_units(desk, context.who)), secrets.token_hex(KEY_BYTES), MOST_FILES,
        megabytes(LARGEST_FILE), megabytes(LARGEST_UPLOAD), context.query.get("done") if context.asked.method == "GET" else None,
    )
