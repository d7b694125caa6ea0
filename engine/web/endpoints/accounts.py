"""Accounts: a list, one with its tokens and stand-ins; added, invited, suspended, stood in for. What opens something is shown once."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.responses import Response

from engine.desk.people import account_names, read_account, read_accounts, read_tokens, read_units
from engine.errors import UsageError
from engine.registry.accounts import NewAccount
from engine.registry.invitations import invite as make_invitation
from engine.registry.invitations import link_of
from engine.registry.sign_in import issue_token
from engine.views.administration import AccountList, AccountPage, TokenLine
from engine.views.people import account_view
from engine.web.attempt import MENDED, again, attempted
from engine.web.context import Context
from engine.web.page import page


def index(context: Context) -> Response:
    return page(context, "accounts/index", _list(context), form=context.query)


def show(context: Context) -> Response:
    return page(context, "accounts/show", _account(context), form=context.query)


def add(context: Context) -> Response:
    texts = context.form.texts

    def added() -> str:
        name, unit = (texts.get("name") or "").strip(), texts.get("unit")
        context.record.registry.accounts.add(context.who, NewAccount(
            name, (texts.get("title") or "").strip(), texts.get("role") or "",
            context.app.intake.unit(unit) if unit is not None else None, texts.get("email"), texts.get("phone"),
            valid_to=_end(context),
        ))
        return f"/accounts/{name}?done=added"

    return attempted(context, added, "accounts/index", lambda: _list(context))


def invite(context: Context) -> Response:
    """Makes a link by which a password is chosen, and shows it this once."""
    made = make_invitation(context.record.registry, context.who, _name(context), datetime.now(UTC))
    link = link_of(made, f"{context.asked.origin}{context.asked.root}")
    return page(context, "accounts/show", _account(context, link))


def suspend(context: Context) -> Response:
    def suspended() -> str:
        context.record.registry.accounts.disable(context.who, _name(context), context.form.texts.get("reason"))
        return f"/accounts/{_name(context)}?done=suspended"

    return attempted(context, suspended, "accounts/show", lambda: _account(context))


def enable(context: Context) -> Response:
    def enabled() -> str:
        context.record.registry.accounts.change(context.who, _name(context), active=True)
        return f"/accounts/{_name(context)}?done=enabled"

    return attempted(context, enabled, "accounts/show", lambda: _account(context))


def stand_in(context: Context) -> Response:
    """Another acts for it, until a day; or does so no more."""
    texts, accounts, name = context.form.texts, context.record.registry.accounts, _name(context)

    def standing_in() -> str:
        by, last = texts.get("by") or "", _end(context)
        if texts.on("end"):
            accounts.end_stand_in(context.who, name, by)
            return f"/accounts/{name}?done=ended"
        if last is None:
            raise UsageError(reason="stand-in-until")
        begin = texts.get("since")
        since = context.app.intake.begin(begin).value if begin is not None else context.record.desk.clock.now()
        accounts.stand_in(context.who, name, by, since, last)
        return f"/accounts/{name}?done=stand-in"

    return attempted(context, standing_in, "accounts/show", lambda: _account(context))


def token(context: Context) -> Response:
    """Makes a token, and shows it this once."""
    texts = context.form.texts
    try:
        issued = issue_token(
            context.record.registry, context.who, _name(context), (texts.get("called") or "").strip(), _end(context),
            scope=texts.get("scope"),
        )
    except MENDED as error:
        return again(context, error, "accounts/show", _account(context))
    return page(context, "accounts/show", _account(context, issued.secret))


def revoke(context: Context) -> Response:
    def revoked() -> str:
        context.record.registry.credentials.revoke_token(context.who, _name(context), context.form.texts.get("id") or "")
        return f"/accounts/{_name(context)}?done=revoked"

    return attempted(context, revoked, "accounts/show", lambda: _account(context))


def _list(context: Context) -> AccountList:
    desk, ended = context.record.desk, context.query.on("ended")
    rows = [account_view(account, desk.clock.now()) for account in read_accounts(desk, context.who)]
    units = tuple(unit.code for unit in read_units(desk, context.who))
    return AccountList(tuple(row for row in rows if ended or row["active"]), ended, units)


def _account(context: Context, secret: str | None = None) -> AccountPage:
    desk, now = context.record.desk, context.record.desk.clock.now()
    account = read_account(desk, context.who, _name(context))
    tokens = [
        TokenLine(
            each.id, each.name, each.scope, each.created_at, each.expires_at, each.used_at,
            each.revoked_at is not None or (each.expires_at is not None and each.expires_at <= now),
        ) for each in read_tokens(desk, context.who, account.name)
    ]
    return AccountPage(account_view(account, now), tuple(tokens), tuple(account_names(desk, context.who)), secret)


def _name(context: Context) -> str:
    return context.asked.params["account"]


def _end(context: Context) -> datetime | None:
    """Until when, to the end of the day. Raises UsageError."""
    until = context.form.texts.get("until")
    return context.app.intake.end(until).value if until is not None else None
