"""What came with which letter, for programs: listed, looked at, received, closed."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from starlette.responses import Response

from engine.desk.typed_letter import typed_letter
from engine.office.batches import Batches
from engine.views.batch import BatchView, MemberView, member_view
from engine.web.api.answer import CREATED, answer, sent_texts
from engine.web.api.listing import listed
from engine.web.context import Context
from engine.web.query import must_know

TYPED = ("title", "letter", "date", "sender", "limit")


class BatchesView(TypedDict):
    """The newest batches; there are `more` than a request lists."""

    batches: list[BatchView]
    more: bool


class BatchShownView(BatchView):
    """A batch with its tickets."""

    members: list[MemberView]


class Received(TypedDict):
    """A letter that came in, each field as a person types it."""

    title: str
    letter: str
    date: str
    sender: str
    limit: NotRequired[str]


def index(context: Context) -> Response:
    """The batches, newest first; with `every` also those that are closed."""
    batches = Batches(context.record.desk)
    found, more = listed(context, lambda closed: batches.every(context.who, closed=closed))
    view: BatchesView = {"batches": [batches.view(batch) for batch in found], "more": more}
    return answer(context.asked, view)


def one(context: Context) -> Response:
    """A batch with its tickets, and how much of it is still to be assigned."""
    batches, zone = Batches(context.record.desk), context.record.desk.rules.zone()
    found = batches.read(context.who, context.asked.params["batch"])
    members = [member_view(ticket, zone) for ticket in batches.tickets(context.who, found.thing)]
    return answer(context.asked, BatchShownView(**batches.view(found), members=members))


def receive(context: Context) -> Response:
    """Takes in a letter, with its files where they are sent as a form: what comes of it is one batch."""
    texts = sent_texts(context.form)
    must_know(texts, TYPED)
    letter = typed_letter(
        context.app.intake,
        texts.get("title") or "", texts.get("letter") or "", texts.get("date") or "", texts.get("sender") or "", texts.get("limit"),
    )
    files = context.handed_in()
    done = Batches(context.record.desk).receive(context.who, letter.value, files=files)
    return answer(context.asked, _view(context, done.thing.number), status=CREATED)


def close(context: Context) -> Response:
    """Closes a batch of which nothing is to be assigned any more."""
    must_know(sent_texts(context.form), ())
    done = Batches(context.record.desk).close(context.who, context.asked.params["batch"])
    return answer(context.asked, _view(context, done.thing.number))


def _view(context: Context, number: str) -> BatchView:
    batches = Batches(context.record.desk)
    return batches.view(batches.read(context.who, number))
