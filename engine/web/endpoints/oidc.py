"""Signing in by another service: to it by a link, and back with a code."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from engine.app.access_log import REFUSED
from engine.errors import NotFound, NotPermitted, NotSignedIn
from engine.registry.identity import person
from engine.web.admission import admit
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.oidc import Attempt, Provider, begin, subject_of
from engine.web.page import SEE_OTHER, page
from engine.web.problem import problem_of
from engine.web.query import Texts
from engine.web.session import drop, keep, kept
from engine.web.texts import Speech

COOKIE = "zg_oidc"
MINUTES_AWAY = 10
BACK = "/sign-in/oidc/back"


def go(context: Context) -> Response:
    """The browser goes to the service. It keeps what it has to show when it comes back."""
    provider = _provider(context)
    try:
        address, attempt = begin(provider, _back(context))
    except NotSignedIn as error:
        return _refused(context, error, provider)
    response = RedirectResponse(address, SEE_OTHER)
    keep(response, context.asked, COOKIE, attempt.text, seconds=60 * MINUTES_AWAY)
    return response


def back(context: Context) -> Response:
    """The browser comes back with a code, and is signed in as the account of the person whom the service names."""
    provider, asked, texts = _provider(context), context.asked, context.query
    try:
        attempt = Attempt.of(kept(asked, COOKIE))
        subject = subject_of(provider, _back(context), attempt, texts.get("state") or "", texts.get("code") or "")
        response = admit(context, person(context.record.database, provider.name, subject, real_now()), "/", provider.name)
    except (NotSignedIn, NotPermitted) as error:
        return _refused(context, error, provider)
    drop(response, asked, COOKIE)
    return response


def _provider(context: Context) -> Provider:
    """The service of the settings. Raises NotFound where there is none."""
    if context.site.provider is None:
        raise NotFound(reason="page-not-found")
    return context.site.provider


def _back(context: Context) -> str:
    return f"{context.asked.origin}{context.asked.root}{BACK}"


def _refused(context: Context, error: NotSignedIn | NotPermitted, provider: Provider) -> Response:
    context.site.tell(REFUSED, context.asked, None, real_now(), way=provider.name, code=str(error.values.get("reason")))
    problem = problem_of(error, Speech(context).phrase())
    return page(context, "sign_in/index", provider, status=problem.status, form=Texts(), problem=problem)
