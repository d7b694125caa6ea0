"""Accounts, for programs: a list, one with its tokens; added, invited, suspended, stood in for. What opens something is answered once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NotRequired, TypedDict

from starlette.responses import Response

from engine.desk.people import read_account, read_accounts, read_tokens
from engine.registry.invitations import link_of
from engine.views.moments import moment_text
from engine.views.people import AccountView, account_view
from engine.web.api.answer import CREATED, answer, asked_for, sent
from engine.web.confided import tell_phones
from engine.web.context import Context
from engine.web.endpoints.accounts import (
    added,
    address,
    enabled,
    invited,
    issued_token,
    name_of,
    parted,
    revoked,
    stood_in,
    suspended,
)


class AccountsView(TypedDict):
    """Accounts, by name."""

    accounts: list[AccountView]


class TokenView(TypedDict):
    """A token of an account, without its secret."""

    id: str
    name: str
    scope: str
    per_minute: int
    created_at: str | None
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None


class AccountShownView(AccountView):
    """An account with its tokens."""

    tokens: list[TokenView]


class LinkView(TypedDict):
    """A one-time link by which a password is chosen; it is answered this once."""

    account: str
    link: str
    until: str | None


class IssuedView(TypedDict):
    """A new token; it is answered this once."""

    id: str
    account: str
    token: str
    scope: str


class SeparatedView(TypedDict):
    """The accounts of administrators, which ended."""

    ended: list[str]


class NewAccount(TypedDict):
    """An account that begins, each field as a person types it; `until` is its last day."""

    name: str
    title: str
    role: str
    unit: NotRequired[str]
    email: NotRequired[str]
    phone: NotRequired[str]
    until: NotRequired[str]


class Suspended(TypedDict):
    """Why an account may act no more."""

    reason: NotRequired[str]


class StandIn(TypedDict):
    """Who acts for an account, since when (now unless told), and until which day; with `end` no more."""

    by: str
    since: NotRequired[str]
    until: NotRequired[str]
    end: NotRequired[bool]


class NewToken(TypedDict):
    """A token: what it is called, what may be done with it (read unless told), and its last day."""

    called: NotRequired[str]
    scope: NotRequired[str]
    until: NotRequired[str]


class Revoked(TypedDict):
    """The token that is to open nothing any more, by its `id`."""

    id: str


@dataclass(frozen=True, slots=True)
class EndedToo:
    """`ended`: those too that may not act any more."""

    ended: bool = False


def index(context: Context) -> Response:
    """The accounts; with `ended` also those that may not act any more."""
    ended, now = asked_for(context, "ended"), context.record.desk.clock.now()
    rows = [account_view(account, now) for account in read_accounts(context.record.desk, context.who)]
    view: AccountsView = {"accounts": [row for row in rows if ended or row["active"]]}
    tell_phones(context, view["accounts"])
    return answer(context.asked, view)


def one(context: Context) -> Response:
    """An account with its tokens, and who stands in for it."""
    return answer(context.asked, _shown(context, name_of(context)))


def add(context: Context) -> Response:
    """Makes an account. Nothing opens it before a link or a password is given."""
    return answer(context.asked, _shown(context, added(sent(context, NewAccount))), status=CREATED)


def separate(context: Context) -> Response:
    """Parts the administrator's work in three, for good: the accounts of administrators end by it."""
    view: SeparatedView = {"ended": list(parted(sent(context)))}
    return answer(context.asked, view)


def invite(context: Context) -> Response:
    """Makes a one-time link by which the person of an account chooses a password; those of before open nothing any more."""
    made = invited(sent(context))
    view: LinkView = {"account": made.account, "link": link_of(made, address(context)), "until": moment_text(made.until)}
    return answer(context.asked, view)


def suspend(context: Context) -> Response:
    """Lets an account act no more."""
    suspended(sent(context, Suspended))
    return answer(context.asked, _shown(context, name_of(context)))


def enable(context: Context) -> Response:
    """Lets an account act again."""
    enabled(sent(context))
    return answer(context.asked, _shown(context, name_of(context)))


def stand_in(context: Context) -> Response:
    """Lets another account act for it until a day; with `end` no more."""
    stood_in(sent(context, StandIn))
    return answer(context.asked, _shown(context, name_of(context)))


def token(context: Context) -> Response:
    """Makes a token of an account. It is answered this once."""
    issued = issued_token(sent(context, NewToken))
    view: IssuedView = {"id": issued.id, "account": name_of(context), "token": issued.secret, "scope": issued.scope}
    return answer(context.asked, view, status=CREATED)


def revoke(context: Context) -> Response:
    """Revokes a token of an account."""
    revoked(sent(context, Revoked))
    return answer(context.asked, _shown(context, name_of(context)))


def _shown(context: Context, name: str) -> AccountShownView:
    desk = context.record.desk
    account = account_view(read_account(desk, context.who, name), desk.clock.now())
    tell_phones(context, [account])
    tokens: list[TokenView] = [
        {
            "id": each.id, "name": each.name, "scope": each.scope, "per_minute": each.per_minute,
            "created_at": moment_text(each.created_at), "expires_at": moment_text(each.expires_at),
            "revoked_at": moment_text(each.revoked_at), "used_at": moment_text(each.used_at),
        } for each in read_tokens(desk, context.who, name)
    ]
    return AccountShownView(**account, tokens=tokens)
