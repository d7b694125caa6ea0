"""Drafts: what somebody began to type, kept on the way to another device or another day, by a button and by scripts."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.drafts import OPEN, drop_draft, own_drafts, save_draft
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
    params = context.asked.params
    return _saved(context, params["number"], params["trigger"], f"/tickets/{params['number']}/{params['trigger']}")


def save_new(context: Context) -> Response:
    """Keeps what was typed of a new ticket."""
    return _saved(context, None, OPEN, "/tickets/new")


def drop_new(context: Context) -> Response:
    """Keeps no new ticket any longer."""
    drop_draft(context.record.desk, context.who, None, OPEN, real_now())
    return see_other(context, "/drafts")


def drop(context: Context) -> Response:
    """Keeps it no longer."""
    desk, params = context.record.desk, context.asked.params
    drop_draft(desk, context.who, desk.ticket(context.who, params["number"]).number, params["trigger"], real_now())
    return see_other(context, "/drafts")


def _saved(context: Context, number: str | None, trigger: str, form: str) -> Response:
    texts = context.form.texts
    words = texts.by_name(but=(VERSION, NEXT, QUIET))
    save_draft(context.record.desk, context.who, Draft(number, trigger, version_of(texts) or 0, words, real_now()))
    return Response(status_code=NOTHING) if texts.on(QUIET) else see_other(context, form)
