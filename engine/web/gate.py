"""Who asks, by cookie or by token, and whether the row of the site map lets them in: asked before a byte of the body is read."""

from __future__ import annotations

from datetime import datetime

from engine.app.serving import OpenRecord
from engine.clock import SystemClock
from engine.errors import NotSignedIn, ZgError
from engine.registry.sessions import signed_in
from engine.registry.sign_in import authenticate_token
from engine.web import forgery
from engine.web.asked import Asked
from engine.web.context import Context
from engine.web.rule import Rule, ask_scope
from engine.web.session import secret_of
from engine.web.site import Site

BEARER = "bearer "


def real_now() -> datetime:
    """Time for doors: a sandbox's clock stands still, and would keep them open."""
    return SystemClock().now()


class NotYet(ZgError):
    """Something has to be done before anything else: another password, or a second factor."""

    code = "not-yet"
    exit = 4
    http = 403


def passed(asked: Asked, rule: Rule, record: OpenRecord, site: Site, *, counted: bool = False, attended: bool = True) -> Context:
    """The request with whoever makes it; `counted`: it is one of those of its token, `attended`: a person asks. Raises
    NotSignedIn, NotPermitted, NotInScope, OnlyBrings, NotYet, TooOften.

    A token that opens nothing is an error everywhere; a cookie whose session ended is no cookie.
    """
    if by_token(asked):
        now = real_now()
        admitted = authenticate_token(record.database, asked.heads["authorization"][len(BEARER):].strip(), now)
        if counted:
            site.turns.take(admitted.token, admitted.per_minute, now.timestamp())
        if rule.account:
            ask_scope(admitted.scope, asked.method, rule)
            rule.ask(admitted.actor)
            site.policy.must_come_from(admitted.actor, asked.address)
        return Context(asked, site, record, admitted.actor)
    secret = secret_of(asked)
    try:
        own = signed_in(
            record.database, secret, real_now(), policy=site.policy, today=record.desk.clock.now(), attended=attended,
        ) if secret else None
    except NotSignedIn:
        own = None
    if own is None:
        rule.ask(None)
        return Context(asked, site, record)
    rule.ask(own.actor)
    if rule.account:
        site.policy.must_come_from(own.actor, asked.address)
        if own.first is not None and not rule.first:
            raise NotYet(reason=f"first-{own.first}", first=own.first)
    return Context(asked, site, record, own.actor, secret)


def by_token(asked: Asked) -> bool:
    """Whether a program asks, or somebody who says so."""
    return asked.heads.get("authorization", "").lower().startswith(BEARER)


def token_decides(asked: Asked) -> bool:
    """Whether the token in the form must say that a POST is from a page of ours, since the browser does not. Raises NotPermitted for what
    comes from elsewhere. A program's token is sent by nobody unasked, so nothing is asked of it.
    """
    if by_token(asked):
        return False
    return forgery.is_ours(asked) is None
