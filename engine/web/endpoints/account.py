"""The own account: its password, the browsers that are signed in, language and look."""

from __future__ import annotations

from starlette.responses import Response

from engine.app.access_log import CHANGED
from engine.desk.people import read_account
from engine.errors import LockedOut, UsageError, WeakPassword, ZgError
from engine.registry import sessions
from engine.registry.sign_in import set_password
from engine.views.account import AccountPage, Browser, SignInBefore
from engine.web.attempt import must_be_filled_in
from engine.web.context import THEMES, Context
from engine.web.gate import real_now
from engine.web.own_password import WrongPassword, must_know_password
from engine.web.page import own_path, page, see_other
from engine.web.problem import Problem, problem_of
from engine.web.session import LANGUAGE, THEME, choose
from engine.web.texts import Speech
from engine.words import LANGUAGES

REPEATED = "again"
"""The field in which a new password is typed a second time."""

CHANGE = {"old": "page.account.old", "password": "page.account.new", REPEATED: "page.account.again"}

DONE = frozenset({"password", "session"})
"""What the page may say was done."""


class Twice(ZgError):
    """The new password was typed in two ways."""

    code = "password-twice"
    exit = 2
    http = 422


def show(context: Context) -> Response:
    return page(context, "account/index", own(context))


def own(context: Context) -> AccountPage:
    record, actor = context.record, context.who
    browsers = tuple(
        Browser(item.id, item.begun_at, item.seen_at, item.address, item.agent, item.own)
        for item in sessions.listed(record.database, actor, context.secret or "")
    )
    done, before = context.query.get("done"), sessions.before(record.database, actor)
    return AccountPage(
        read_account(record.desk, actor, actor.name), browsers, context.site.policy.password_length,
        SignInBefore(*before) if before is not None else None, done if done in DONE else None, context.query.get("first") is not None,
    )


def password(context: Context) -> Response:
    """Another password, by whoever knows the old one. Every other browser is signed out."""
    texts, actor = context.form.texts, context.who
    typed = texts.get("password") or ""
    try:
        must_be_filled_in(context, CHANGE)
        if typed != (texts.get(REPEATED) or ""):
            raise Twice
        must_know_password(context, texts.get("old"))
        spared = sessions.digest(context.secret) if context.secret is not None else b""
        set_password(context.record.registry, actor, actor.name, typed, spared, context.site.policy.password_length)
    except (LockedOut, Twice, UsageError, WeakPassword, WrongPassword) as error:
        problem: Problem = problem_of(error, Speech(context).phrase())
        return page(context, "account/index", own(context), status=problem.status, problem=problem)
    context.site.tell(CHANGED, context.asked, actor.name, real_now(), way="password")
    return see_other(context, "/account?done=password")


def end_session(context: Context) -> Response:
    """Signs one of the own browsers out, or all the others."""
    chosen, database, actor = context.form.texts.get("session"), context.record.database, context.who
    if chosen is None:
        sessions.end_others(database, actor, context.secret or "")
    else:
        sessions.end_one(database, actor, chosen)
    return see_other(context, "/account?done=session")


def look(context: Context) -> Response:
    """The browser keeps the language and the look that were chosen; whoever is not signed in may choose too."""
    texts = context.form.texts
    response = see_other(context, own_path(texts.get("next")) or "/")
    if (language := texts.get("language")) in LANGUAGES:
        choose(response, context.asked, LANGUAGE, str(language))
    if (theme := texts.get("theme")) in THEMES:
        choose(response, context.asked, THEME, str(theme))
    return response
