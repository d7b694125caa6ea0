"""An act that a form asks for: it is done and leads on, or the page is shown again with what stands against it and every word kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from engine.desk.pages import not_theirs
from engine.errors import Conflict, InvalidFile, InvalidInput, NotFound, NotPossible, Refused, UsageError, ZgError
from engine.web.context import Context
from engine.web.page import page, see_other
from engine.web.problem import problem_of, status_of
from engine.web.texts import Speech

MENDED = (Refused, Conflict, NotFound, UsageError, InvalidInput, InvalidFile, NotPossible)
"""What whoever filled in the form can mend in it."""


Needs = Mapping[str, str]
"""The fields that a form cannot do without, each with the code of its label, as the page says it."""

FILE = "file"
"""The field of files."""


def attempted(context: Context, act: Callable[[], str], name: str, view: Callable[[], object], needs: Needs | None = None) -> Response:
    """Does it, and goes where it says; or shows the page of a name again, also where a field is empty that the form needs."""
    try:
        must_be_filled_in(context, needs or {})
        return see_other(context, act())
    except MENDED as error:
        return again(context, error, name, view())


def must_be_filled_in(context: Context, needs: Needs) -> None:
    """Raises UsageError with the labels of all fields that were left empty: browsers without `required` send such forms, and nobody should
    hear of one field after the other.
    """
    form, phrase = context.form, Speech(context).phrase()
    empty = [label for name, label in needs.items() if not (form.files if name == FILE else (form.texts.get(name) or "").strip())]
    if empty:
        raise UsageError(reason="form-unfilled", labels=[phrase.say(label) for label in empty])


def again(context: Context, error: ZgError, name: str, view: object) -> Response:
    """The page with what stands against the act. Raises the error where it is about who asks: no form mends that."""
    if isinstance(error, Refused) and not_theirs(error.reasons):
        raise error
    problem = problem_of(error, Speech(context).form_of(error, name))
    return page(context, name, view, status=status_of(error), form=context.form.texts, problem=problem)
