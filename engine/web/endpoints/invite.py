"""The page of a one-time link, on which a person gives the own account a password. Looking at it uses nothing up."""

from __future__ import annotations

from starlette.responses import Response

from engine.errors import WeakPassword
from engine.registry import sessions
from engine.registry.invitations import accept as accept_invitation
from engine.registry.invitations import invited
from engine.registry.sign_in import SHORTEST
from engine.views.account import InvitePage
from engine.web.context import Context
from engine.web.endpoints.account import REPEATED, Twice
from engine.web.gate import real_now
from engine.web.page import page, see_other
from engine.web.problem import problem_of
from engine.web.session import remember
from engine.web.texts import Speech


def show(context: Context) -> Response:
    """Whose account it is, and the form for a password."""
    account = invited(context.record.database, context.asked.params["secret"], real_now())
    return page(context, "invite/show", InvitePage(account, SHORTEST))


def known(context: Context) -> None:
    """Raises what stands against a link that is good for nothing, before anything that is sent with it is read."""
    invited(context.record.database, context.asked.params["secret"], real_now())


def accept(context: Context) -> Response:
    """The account has its password, and the browser is signed in."""
    secret, texts = context.asked.params["secret"], context.form.texts
    account = invited(context.record.database, secret, real_now())
    typed = texts.get("password") or ""
    try:
        if typed != (texts.get(REPEATED) or ""):
            raise Twice
        actor = accept_invitation(context.record.registry, secret, typed, real_now())
    except (WeakPassword, Twice) as error:
        problem = problem_of(error, Speech(context).phrase())
        return page(context, "invite/show", InvitePage(account, SHORTEST), status=problem.status, problem=problem)
    client = sessions.Client(context.asked.address, context.asked.heads.get("user-agent"))
    own = sessions.begin(context.record.database, actor, real_now(), client)
    response = see_other(context, "/")
    remember(response, context.asked, own)
    return response
