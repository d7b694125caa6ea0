"""Accounts: a list, one with its tokens and stand-ins; added, invited, suspended, stood in for. What opens something is shown once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.responses import Response

from engine.desk.people import account_names, read_account, read_accounts, read_tokens, read_units
from engine.errors import UsageError
from engine.registry.accounts import NewAccount
from engine.registry.invitations import Invitation, link_of
from engine.registry.invitations import invite as make_invitation
from engine.registry.sign_in import Issued, issue_token
from engine.views.administration import AccountList, AccountPage, TokenLine
from engine.views.people import account_view
from engine.web.attempt import MENDED, Needs, again, attempted, must_be_filled_in
from engine.web.confided import tell_phones
from engine.web.context import Context
from engine.web.page import page

NEW = {"name": "field.account", "title": "field.called-person", "role": "field.role"}
STAND_IN = {"by": "page.accounts.by", "until": "page.accounts.until"}
TOKEN = {"called": "page.accounts.called"}


def index(context: Context) -> Response:
    return page(context, "accounts/index", _list(context), form=context.query)


def show(context: Context) -> Response:
    return page(context, "accounts/show", _account(context), form=context.query)


def add(context: Context) -> Response:
    return attempted(context, lambda: f"/accounts/{added(context)}?done=added", "accounts/index", lambda: _list(context), NEW)


def separate(context: Context) -> Response:
    """Parts the administrator's work in three; whoever did it has no account any more."""
    def separated() -> str:
        parted(context)
        return "/sign-in"

    return attempted(context, separated, "accounts/index", lambda: _list(context))


def invite(context: Context) -> Response:
    """Makes a link by which a password is chosen, and shows it this once."""
    return page(context, "accounts/show", _account(context, link_of(invited(context), address(context))))


def suspend(context: Context) -> Response:
    return _changed(context, suspended, "suspended")


def enable(context: Context) -> Response:
    return _changed(context, enabled, "enabled")


def stand_in(context: Context) -> Response:
    """Another acts for it, until a day; or does so no more."""
    if context.form.texts.on("end"):
        return _changed(context, stood_in, "ended")
    return _changed(context, stood_in, "stand-in", STAND_IN)


def token(context: Context) -> Response:
    """Makes a token, and shows it this once."""
    try:
        must_be_filled_in(context, TOKEN)
        issued = issued_token(context)
    except MENDED as error:
        return again(context, error, "accounts/show", _account(context))
    return page(context, "accounts/show", _account(context, issued.secret))


def revoke(context: Context) -> Response:
    return _changed(context, revoked, "revoked")


# acts, by whichever door ---------------------------------------------------------------------------------------------


def added(context: Context) -> str:
    """Makes an account as it was typed, and returns its name."""
    texts = context.form.texts
    name, unit = (texts.get("name") or "").strip(), texts.get("unit")
    context.record.registry.accounts.add(context.who, NewAccount(
        name, (texts.get("title") or "").strip(), texts.get("role") or "",
        context.app.intake.unit(unit) if unit is not None else None, texts.get("email"), texts.get("phone"),
        valid_to=end_of(context),
    ))
    return name


def parted(context: Context) -> tuple[str, ...]:
    """Parts the administrator's work in three, and returns the accounts that ended by it."""
    return context.record.registry.accounts.separate(context.who)


def invited(context: Context) -> Invitation:
    """A link by which a password is chosen."""
    return make_invitation(context.record.registry, context.who, name_of(context), datetime.now(UTC))


def address(context: Context) -> str:
    """Where the pages are found by whoever asks."""
    return f"{context.asked.origin}{context.asked.root}"


def suspended(context: Context) -> None:
    context.record.registry.accounts.disable(context.who, name_of(context), context.form.texts.get("reason"))


def enabled(context: Context) -> None:
    context.record.registry.accounts.change(context.who, name_of(context), active=True)


def stood_in(context: Context) -> None:
    """Lets another act for it until a day, or no more. Raises UsageError where no day is named."""
    texts, accounts, name = context.form.texts, context.record.registry.accounts, name_of(context)
    by, last = texts.get("by") or "", end_of(context)
    if texts.on("end"):
        accounts.end_stand_in(context.who, name, by)
        return
    if last is None:
        raise UsageError(reason="stand-in-until")
    begin = texts.get("since")
    since = context.app.intake.begin(begin).value if begin is not None else context.record.desk.clock.now()
    accounts.stand_in(context.who, name, by, since, last)


def issued_token(context: Context) -> Issued:
    """A token as it was typed; its secret is known this once."""
    texts = context.form.texts
    return issue_token(
        context.record.registry, context.who, name_of(context), (texts.get("called") or "").strip(), end_of(context),
        scope=texts.get("scope"),
    )


def revoked(context: Context) -> None:
    context.record.registry.credentials.revoke_token(context.who, name_of(context), context.form.texts.get("id") or "")


# how -----------------------------------------------------------------------------------------------------------------


def _changed(context: Context, change: Callable[[Context], None], done: str, needs: Needs | None = None) -> Response:
    """Changes the account, and shows it as it is then."""
    def changed() -> str:
        change(context)
        return f"/accounts/{name_of(context)}?done={done}"

    return attempted(context, changed, "accounts/show", lambda: _account(context), needs)


def _list(context: Context) -> AccountList:
    desk, ended = context.record.desk, context.query.on("ended")
    rows = [account_view(account, desk.clock.now()) for account in read_accounts(desk, context.who)]
    units = tuple(unit.code for unit in read_units(desk, context.who))
    return AccountList(tuple(row for row in rows if ended or row["active"]), ended, units)


def _account(context: Context, secret: str | None = None) -> AccountPage:
    desk, now = context.record.desk, context.record.desk.clock.now()
    account = account_view(read_account(desk, context.who, name_of(context)), now)
    tell_phones(context, [account])
    tokens = [
        TokenLine(
            each.id, each.name, each.scope, each.created_at, each.expires_at, each.used_at,
            each.revoked_at is not None or (each.expires_at is not None and each.expires_at <= now),
        ) for each in read_tokens(desk, context.who, account["name"])
    ]
    return AccountPage(account, tuple(tokens), tuple(account_names(desk, context.who)), secret)


def name_of(context: Context) -> str:
    """The account that the address names."""
    return context.asked.params["account"]


def end_of(context: Context) -> datetime | None:
    """Until when, to the end of the day. Raises UsageError."""
    until = context.form.texts.get("until")
    return context.app.intake.end(until).value if until is not None else None
