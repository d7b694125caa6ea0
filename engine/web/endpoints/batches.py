"""Batches: what came with which letter, how much of it is still to be assigned; received and closed."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.typed_letter import typed_letter
from engine.office.batches import Batches
from engine.views.office_lists import BatchPage
from engine.web.attempt import attempted
from engine.web.context import Context
from engine.web.listing import listed, members
from engine.web.page import page

LETTER = {"title": "field.batch-title", "letter": "field.letter-number", "date": "field.dated", "sender": "field.sender"}


def index(context: Context) -> Response:
    batches = Batches(context.record.desk)
    view = listed(context, lambda closed: batches.every(context.who, closed=closed), batches.view)
    return page(context, "batches/index", view, form=context.query)


def show(context: Context) -> Response:
    return page(context, "batches/show", _found(context), form=context.query)


def new(context: Context) -> Response:
    """The form of a letter that came in."""
    return page(context, "batches/new", None, form=context.query)


def receive(context: Context) -> Response:
    texts = context.form.texts

    def received() -> str:
        letter = typed_letter(
            context.app.intake,
            texts.get("title") or "", texts.get("letter") or "", texts.get("date") or "", texts.get("sender") or "", texts.get("limit"),
        )
        files = context.handed_in()
        done = Batches(context.record.desk).receive(context.who, letter.value, files=files)
        return f"/batches/{done.thing.number}?done=received"

    return attempted(context, received, "batches/new", lambda: None, LETTER)


def close(context: Context) -> Response:
    def closed() -> str:
        done = Batches(context.record.desk).close(context.who, context.asked.params["batch"])
        return f"/batches/{done.thing.number}?done=closed"

    return attempted(context, closed, "batches/show", lambda: _found(context))


def _found(context: Context) -> BatchPage:
    batches = Batches(context.record.desk)
    found = batches.read(context.who, context.asked.params["batch"])
    return BatchPage(batches.view(found), members(context.record.desk, batches.tickets(context.who, found.thing)))
