"""The page by which whoever complained says what they think of the end (回访): looking changes nothing, an answer is taken once."""

from __future__ import annotations

from starlette.responses import Response

from engine.errors import Refused
from engine.office.complaints.answers import answer, look
from engine.web.context import Context
from engine.web.page import page, see_other
from engine.web.problem import problem_of, status_of
from engine.web.texts import Speech

OVER = "answer-link-over"
"""The reason that a link is good for nothing any more: there is no form to show again."""


def show(context: Context) -> Response:
    """What is asked, and the form for an answer. Raises Refused where the link is over."""
    return page(context, "answer/show", look(context.record.desk, context.asked.params["secret"]), form=context.query)


def known(context: Context) -> None:
    """Raises what stands against a link that is good for nothing, before anything that is sent with it is read."""
    look(context.record.desk, context.asked.params["secret"])


def say(context: Context) -> Response:
    """Takes the answer, or shows the form again with what stands against it."""
    texts, desk, secret = context.form.texts, context.record.desk, context.asked.params["secret"]
    asked = look(desk, secret)
    try:
        answer(desk, secret, texts.get("said") or "", texts.every("because"), texts.get("text"))
    except Refused as error:
        if any(reason.code == OVER for reason in error.reasons):
            raise
        problem = problem_of(error, Speech(context).phrase())
        return page(context, "answer/show", asked, status=status_of(error), form=texts, problem=problem)
    return see_other(context, "/answer")


def thanks(context: Context) -> Response:
    """That it was taken."""
    return page(context, "answer/done", None)
