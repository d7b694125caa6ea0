"""Signing in and out."""

from __future__ import annotations

from starlette.responses import Response

from engine.app.access_log import REFUSED, SIGNED_OUT
from engine.errors import LockedOut, NotFound, NotPermitted, NotSignedIn, SignInsBusy
from engine.registry import sessions
from engine.registry.sign_in import authenticate, known_name
from engine.web.admission import admit, let_in
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.page import own_path, page, see_other
from engine.web.problem import problem_of
from engine.web.rule import Actor
from engine.web.session import forget
from engine.web.texts import Speech


def show(context: Context) -> Response:
    """The form. Whoever is signed in already goes on."""
    if context.actor is not None:
        return see_other(context, own_path(context.query.get("next")) or "/")
    return page(context, "sign_in/index", context.site.provider, form=context.query)


def sign_in(context: Context) -> Response:
    """Signs the browser in, and goes on to where somebody wanted to go."""
    texts = context.form.texts
    database = context.record.database
    try:
        actor = authenticate(
            database, texts.get("account") or "", texts.get("password") or "", real_now(), address=context.asked.address,
        )
        return admit(context, actor, own_path(texts.get("next")) or "/", "password")
    except (NotSignedIn, LockedOut, NotPermitted, SignInsBusy) as error:
        if not isinstance(error, NotPermitted):
            name = known_name(database, texts.get("account") or "", real_now())
            context.site.tell(REFUSED, context.asked, name, real_now(), way="password", code=error.code)
        problem = problem_of(error, Speech(context).phrase())
        return page(context, "sign_in/index", context.site.provider, status=problem.status, form=texts, problem=problem)


def enter(context: Context) -> Response:
    """Signs a browser in by the link of a demo, however often while the demo is served. Raises NotFound for any other, and over a real
    ledger, which nobody enters without a password.
    """
    account = context.site.entries.get(context.asked.params["secret"])
    if account is None or not context.record.sandbox:
        raise NotFound(reason="page-not-found")
    return let_in(context, Actor(account, "", None, "web"), "/", "demo")


def sign_out(context: Context) -> Response:
    """The browser is signed out, here and in the record."""
    if context.secret is not None:
        sessions.end(context.record.database, context.secret)
        context.site.tell(SIGNED_OUT, context.asked, context.who.name, real_now())
    response = see_other(context, "/sign-in")
    forget(response, context.asked)
    return response
