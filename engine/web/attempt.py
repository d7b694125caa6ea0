"""An act that a form asks for: it is done and leads on, or the page is shown again with what stands against it and every word kept."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from engine.desk.pages import NOT_YOURS
from engine.errors import Conflict, InvalidFile, InvalidInput, NotFound, NotPossible, Refused, UsageError, ZgError
from engine.web.context import Context
from engine.web.page import page, see_other
from engine.web.problem import problem_of, status_of
from engine.web.texts import Speech

MENDED = (Refused, Conflict, NotFound, UsageError, InvalidInput, InvalidFile, NotPossible)
"""What whoever filled in the form can mend in it."""


def attempted(context: Context, act: Callable[[], str], name: str, view: Callable[[], object]) -> Response:
    """Does it, and goes where it says; or shows the page of a name again."""
    try:
        return see_other(context, act())
    except MENDED as error:
        return again(context, error, name, view())


def again(context: Context, error: ZgError, name: str, view: object) -> Response:
    """The page with what stands against the act. Raises the error where it is about who asks: no form mends that."""
    if isinstance(error, Refused) and error.exit == NOT_YOURS:
        raise error
    problem = problem_of(error, Speech(context).of(error))
    return page(context, name, view, status=status_of(error), form=context.form.texts, problem=problem)
