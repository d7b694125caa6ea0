"""What the office itself got wrong, and how tickets belong together, for programs: amend, link, unlink."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from starlette.responses import Response

from engine.desk.act import Done
from engine.errors import Conflict, UsageError
from engine.web.api.answer import answer, demanded, sent_texts
from engine.web.api.tickets import done_view, overtaken
from engine.web.context import Context
from engine.web.endpoints.amending import amendment_of
from engine.web.query import must_know


class Amended(TypedDict):
    """What is to be otherwise, each as a person types it, and why."""

    reason: str
    title: NotRequired[str]
    detail: NotRequired[str]
    grade: NotRequired[str]
    measure: NotRequired[str]
    source: NotRequired[str]
    due: NotRequired[str]
    standing: NotRequired[bool]
    officer: NotRequired[str]
    lead: NotRequired[str]


class Linked(TypedDict):
    """One of both: the ticket of which this is a duplicate, or an earlier one whose problem it repeats."""

    duplicate_of: NotRequired[str]
    repeats: NotRequired[str]


class Unlinked(TypedDict):
    """Why; with `repeats` the earlier ticket whose problem it does not repeat, else it is no duplicate."""

    reason: str
    repeats: NotRequired[str]


def amend(context: Context) -> Response:
    """Corrects what the office itself got wrong of a ticket, and says why."""
    texts, desk = sent_texts(context.form), context.record.desk
    ticket = desk.ticket(context.who, context.asked.params["number"])
    amendment = amendment_of(context, texts, ticket)
    try:
        done = desk.amend(context.who, ticket.number, amendment, if_version=demanded(context.asked))
    except Conflict as error:
        return overtaken(context, ticket.number, error, demanded(context.asked))
    return _answer(context, done)


def link(context: Context) -> Response:
    """Says that a ticket is a duplicate of another, or that it repeats the problem of an earlier one."""
    texts, desk, number = sent_texts(context.form), context.record.desk, context.asked.params["number"]
    desk.ticket(context.who, number)
    must_know(texts, ("duplicate_of", "repeats"))
    original, earlier = texts.get("duplicate_of"), texts.get("repeats")
    if earlier is not None and original is None:
        return _answer(context, desk.repeat(context.who, number, earlier))
    if original is None or earlier is not None:
        raise UsageError(reason="usage-link")
    return _answer(context, desk.link(context.who, number, original))


def unlink(context: Context) -> Response:
    """Takes back that a ticket is a duplicate, or that it repeats the problem of an earlier one, and says why."""
    texts, desk, number = sent_texts(context.form), context.record.desk, context.asked.params["number"]
    desk.ticket(context.who, number)
    must_know(texts, ("reason", "repeats"))
    reason, earlier = texts.get("reason") or "", texts.get("repeats")
    done = desk.unrepeat(context.who, number, earlier, reason) if earlier is not None else desk.unlink(context.who, number, reason)
    return _answer(context, done)


def _answer(context: Context, done: Done) -> Response:
    return answer(context.asked, done_view(context, done), version=done.ticket.version)
