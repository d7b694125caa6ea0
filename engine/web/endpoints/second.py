"""The second factor: asked for after the password, set up with a phone, taken away again."""

from __future__ import annotations

import segno
from starlette.responses import Response

from engine.app.access_log import CHANGED, REFUSED
from engine.errors import LockedOut, NotSignedIn, UsageError, ZgError
from engine.registry import second_factor
from engine.registry.second_factor import WrongCode
from engine.registry.sessions import digest, halfway_in
from engine.registry.sign_in import has_password
from engine.views.account import SecondPage
from engine.web.admission import let_in
from engine.web.attempt import must_be_filled_in
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.own_password import WrongPassword, must_know_password
from engine.web.page import own_path, page, see_other
from engine.web.problem import problem_of
from engine.web.rule import Actor
from engine.web.session import forget, secret_of
from engine.web.texts import Speech

QR_SCALE = 5
ASKED = {"password": "page.second.password", "otp": "page.second.code"}
"""What the form cannot do without where there is a password."""


def ask(context: Context) -> Response:
    """The form for the code, of a browser whose person gave the right password."""
    if context.actor is not None:
        return see_other(context, own_path(context.query.get("next")) or "/")
    _halfway(context)
    return page(context, "second/ask", None, form=context.query)


def give(context: Context) -> Response:
    """Signs the browser in by a code. Raises NotSignedIn where its time is over."""
    texts, actor = context.form.texts, _halfway(context)
    try:
        left = second_factor.check(context.record.registry, actor, texts.get("otp") or "", real_now())
    except (WrongCode, LockedOut) as error:
        context.site.tell(REFUSED, context.asked, actor.name, real_now(), way="second-factor", code=error.code)
        problem = problem_of(error, Speech(context).phrase())
        return page(context, "second/ask", None, status=problem.status, form=texts, problem=problem)
    way = "second-factor" if left is None else "recovery-code"
    return let_in(context, actor, own_path(texts.get("next")) or "/", way)


def show(context: Context) -> Response:
    """Whether the account has one, and the form that sets it up or takes it away."""
    return page(context, "second/show", _page(context))


def enrol(context: Context) -> Response:
    """Sets it up, by whoever knows the password where there is one, and shows the recovery codes, this once. Every other browser is signed
    out.
    """
    texts, actor, registry = context.form.texts, context.who, context.record.registry
    spared = digest(context.secret) if context.secret is not None else b""
    try:
        if _has_password(context):
            must_be_filled_in(context, ASKED)
            must_know_password(context, texts.get("password"))
        codes = second_factor.enrol(registry, actor, texts.get("secret") or "", texts.get("otp") or "", real_now(), spared=spared)
    except (WrongCode, WrongPassword, LockedOut, UsageError) as error:
        return _again(context, error, texts.get("secret"))
    context.site.tell(CHANGED, context.asked, actor.name, real_now(), way="second-factor")
    return page(context, "second/done", codes)


def end(context: Context) -> Response:
    """Takes it away, by whoever has it. Every browser of the account is signed out."""
    registry, actor = context.record.registry, context.who
    try:
        second_factor.check(registry, actor, context.form.texts.get("otp") or "", real_now())
    except (WrongCode, LockedOut) as error:
        return _again(context, error, None)
    registry.credentials.end_second_factor(actor, actor.name)
    context.site.tell(CHANGED, context.asked, actor.name, real_now(), way="second-factor-ended")
    response = see_other(context, "/sign-in")
    forget(response, context.asked)
    return response


def _again(context: Context, error: ZgError, secret: str | None) -> Response:
    problem = problem_of(error, Speech(context).phrase())
    return page(context, "second/show", _page(context, secret), status=problem.status, problem=problem)


def _page(context: Context, secret: str | None = None) -> SecondPage:
    """The page of the own second factor; with a secret that was shown before, the phone that read it need not read another."""
    actor = context.who
    if second_factor.is_on(context.record.database, actor):
        return SecondPage()
    shown = secret if secret is not None and second_factor.SECRET.fullmatch(secret) else second_factor.new_secret()
    address = second_factor.address_of(shown, actor.name, Speech(context).phrase().say("page.frame.name"))
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=QR_SCALE, light="white")
    return SecondPage(shown, picture, _has_password(context))


def _has_password(context: Context) -> bool:
    return has_password(context.record.database, context.who.name, context.record.desk.clock.now())


def _halfway(context: Context) -> Actor:
    """Whoever gave the right password with this browser. Raises NotSignedIn."""
    secret = secret_of(context.asked)
    if secret is None:
        raise NotSignedIn(reason="sign-in-first")
    return halfway_in(context.record.database, secret, real_now())
