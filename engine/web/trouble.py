"""The answer to a request that came to nothing: a page with its menu, a bare one, the way to sign in, or JSON."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from engine.app.settings import Settings
from engine.errors import NotSignedIn, ZgError
from engine.registry.sessions import PASSWORD, SECOND
from engine.web.asked import Asked
from engine.web.context import Context, language_of
from engine.web.gate import NotYet
from engine.web.limits import BadForm, NotKept, TooLarge, TooSlow
from engine.web.page import page, see_other
from engine.web.problem import headers_of, json_problem, problem_of, status_of
from engine.web.query import Texts
from engine.web.routes import ROWS
from engine.web.templating import environment
from engine.web.texts import Speech
from engine.words import say
from engine.words.phrase import Phrase

FIRST = {PASSWORD: "/account?first=password", SECOND: "/account/second"}
"""Where somebody is led who has to do something before anything else."""

NOT_TAKEN = (TooLarge, TooSlow, NotKept, BadForm)
"""What came to nothing on its way in: nobody has read the form, and the browser still has it."""


def answer(error: ZgError, context: Context | None, asked: Asked, settings: Settings) -> Response:
    """The answer to an error. Without a context no record can be read."""
    if asked.path.startswith("/api/"):
        return json_problem(error, Speech(context).of(error) if context is not None else Phrase(language_of(asked, settings), typed=None))
    if context is None:
        return bare(error, asked, settings)
    if isinstance(error, NotSignedIn) and asked.method == "GET" and context.actor is None:
        here = f"{asked.path}?{asked.query}" if asked.query else asked.path
        return see_other(context, f"/sign-in?{urlencode({'next': here})}" if here != "/" else "/sign-in")
    if isinstance(error, NotYet) and asked.method == "GET":
        return see_other(context, FIRST[error.values["first"]])
    way = Texts((("next", page_of(asked.path)),)) if isinstance(error, NotSignedIn) and context.actor is None else None
    if isinstance(error, NOT_TAKEN) and asked.method == "POST":
        way = Texts((("form", page_of(asked.path)),))
    response = page(context, "problem/index", problem_of(error, Speech(context).of(error)), status=status_of(error), form=way)
    response.headers.update(headers_of(error))
    return response


def page_of(path: str) -> str:
    """The page of a form that is sent to a path: the page there, else the nearest one above."""
    while not any(row.method == "GET" and row.takes(path) for row in ROWS):
        path = path.rpartition("/")[0] or "/"
    return path


def bare(error: ZgError, asked: Asked, settings: Settings) -> Response:
    """The answer while no record can be read: no menu, no names, only what happened."""
    language = language_of(asked, settings)
    html = environment(language).get_template("problem/bare.html").render(
        problem=problem_of(error, Phrase(language, typed=None)), language=language, heading=say("page.problem.title", language),
        back=f"{asked.root}{asked.path}", again=say("page.problem.again", language),
    )
    return HTMLResponse(html, status_of(error), headers_of(error))
