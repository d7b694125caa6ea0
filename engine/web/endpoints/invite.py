"""The page of a one-time link, on which a person gives the own account a password. Looking at it uses nothing up."""

from __future__ import annotations

from starlette.responses import Response

from engine.errors import WeakPassword
from engine.registry.invitations import accept as accept_invitation
from engine.registry.invitations import invited
from engine.views.account import InvitePage
from engine.web.admission import admit
from engine.web.context import Context
from engine.web.endpoints.account import REPEATED, Twice
from engine.web.gate import real_now
from engine.web.page import page
from engine.web.problem import problem_of
from engine.web.texts import Speech


def show(context: Context) -> Response:
    """Whose account it is, and the form for a password."""
    account = invited(context.record.database, context.asked.params["secret"], real_now())
    return page(context, "invite/show", InvitePage(account, context.site.policy.password_length))


def known(context: Context) -> None:
    """Raises what stands against a link that is good for nothing, before anything that is sent with it is read."""
    invited(context.record.database, context.asked.params["secret"], real_now())


def accept(context: Context) -> Response:
    """The account has its password, and the browser is signed in."""
    secret, texts = context.asked.params["secret"], context.form.texts
    account = invited(context.record.database, secret, real_now())
    typed, shortest = texts.get("password") or "", context.site.policy.password_length
    try:
        if typed != (texts.get(REPEATED) or ""):
            raise Twice
        actor = accept_invitation(context.record.registry, secret, typed, real_now(), shortest)
    except (WeakPassword, Twice) as error:
        problem = problem_of(error, Speech(context).phrase())
        return page(context, "invite/show", InvitePage(account, shortest), status=problem.status, problem=problem)
    return admit(context, actor, "/", "invitation")
