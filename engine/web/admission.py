"""Whoever showed who they are is let in: at once, or halfway where the account has a second factor. Each way in ends here."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from engine.app.access_log import REFUSED, SIGNED_IN
from engine.errors import NotPermitted
from engine.registry import second_factor, sessions
from engine.registry.sessions import Client
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.page import see_other
from engine.web.rule import Actor
from engine.web.session import remember, secret_of


def admit(context: Context, actor: Actor, onward: str, way: str) -> Response:
    """Signs the browser in, or asks for the second factor first. Raises NotPermitted for an address that the office does not allow."""
    try:
        context.site.policy.must_come_from(actor, context.asked.address)
    except NotPermitted:
        context.site.tell(REFUSED, context.asked, actor.name, real_now(), way=way, code="address-not-allowed")
        raise
    if second_factor.is_on(context.record.database, actor):
        return _let_in(context, actor, f"/sign-in/second?{urlencode({'next': onward})}", halfway=True)
    return let_in(context, actor, onward, way)


def let_in(context: Context, actor: Actor, onward: str, way: str) -> Response:
    """Signs the browser in. Whoever was signed in or halfway in with it before is signed out: one browser is one person."""
    context.site.tell(SIGNED_IN, context.asked, actor.name, real_now(), way=way)
    return _let_in(context, actor, onward, halfway=False)


def _let_in(context: Context, actor: Actor, onward: str, *, halfway: bool) -> Response:
    database, asked, begin = context.record.database, context.asked, sessions.begin_halfway if halfway else sessions.begin
    if (before := secret_of(asked)) is not None:
        sessions.end(database, before)
    secret = begin(database, actor, real_now(), Client(asked.address, asked.heads.get("user-agent")), context.site.policy)
    response = see_other(context, onward)
    remember(response, asked, secret)
    return response
