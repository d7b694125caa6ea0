"""Drafts: what somebody began to type, kept on the way to another device or another day, by a button and by scripts."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.drafts import drop_draft, own_drafts, save_draft
from engine.views.draft import Draft
from engine.web.context import Context
from engine.web.endpoints.tickets import NEXT, VERSION, version_of
from engine.web.gate import real_now
from engine.web.page import page, see_other

QUIET = "quiet"
"""The field by which a script says that it wants no page."""

NOTHING = 204


def index(context: Context) -> Response:
    """What the reader began, the newest first."""
    return page(context, "drafts/index", own_drafts(context.record.desk, context.who, real_now()))


def save(context: Context) -> Response:
    """Keeps what was typed, and shows the form with it. Raises as `save_draft` does."""
    params, texts = context.asked.params, context.form.texts
    words = texts.by_name(but=(VERSION, NEXT, QUIET))
    save_draft(context.record.desk, context.who, Draft(params["number"], params["trigger"], version_of(texts) or 0, words, real_now()))
    if texts.on(QUIET):
        return Response(status_code=NOTHING)
    return see_other(context, f"/tickets/{params['number']}/{params['trigger']}")


def drop(context: Context) -> Response:
    """Keeps it no longer."""
    desk, params = context.record.desk, context.asked.params
    drop_draft(desk, context.who, desk.ticket(context.who, params["number"]).number, params["trigger"], real_now())
    return see_other(context, "/drafts")
