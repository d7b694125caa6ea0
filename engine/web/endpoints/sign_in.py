"""Signing in and out."""

from __future__ import annotations

from starlette.responses import Response

from engine.errors import LockedOut, NotFound, NotSignedIn, SignInsBusy
from engine.registry import sessions
from engine.registry.sign_in import authenticate
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.page import own_path, page, see_other
from engine.web.problem import problem_of
from engine.web.session import forget, remember
from engine.web.texts import Speech


def show(context: Context) -> Response:
    """The form. Whoever is signed in already goes on."""
    if context.actor is not None:
        return see_other(context, own_path(context.query.get("next")) or "/")
    return page(context, "sign_in/index", None, form=context.query)


def sign_in(context: Context) -> Response:
    """Signs the browser in, and goes on to where somebody wanted to go."""
    texts = context.form.texts
    database = context.record.database
    try:
        actor = authenticate(database, texts.get("account") or "", texts.get("password") or "", real_now())
    except (NotSignedIn, LockedOut, SignInsBusy) as error:
        problem = problem_of(error, Speech(context).phrase())
        return page(context, "sign_in/index", None, status=problem.status, form=texts, problem=problem)
    if context.secret is not None:
        sessions.end(database, context.secret)  # one browser is one person
    secret = sessions.begin(database, actor, real_now(), sessions.Client(context.asked.address, context.asked.heads.get("user-agent")))
    response = see_other(context, own_path(texts.get("next")) or "/")
    remember(response, context.asked, secret)
    return response


def enter(context: Context) -> Response:
    """Signs a browser in by the link of a demo. Raises NotFound over a real ledger, which nobody enters without a password; NotSignedIn."""
    if not context.record.sandbox:
        raise NotFound(reason="page-not-found")
    secret = context.asked.params["secret"]
    sessions.signed_in(context.record.database, secret, real_now())
    response = see_other(context, "/")
    remember(response, context.asked, secret)
    return response


def sign_out(context: Context) -> Response:
    """The browser is signed out, here and in the record."""
    if context.secret is not None:
        sessions.end(context.record.database, context.secret)
    response = see_other(context, "/sign-in")
    forget(response, context.asked)
    return response
