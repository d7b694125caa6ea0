"""The password of whoever is signed in, asked for again before what opens the account is changed."""

from __future__ import annotations

from engine.app.access_log import REFUSED
from engine.errors import LockedOut, NotSignedIn, ZgError
from engine.registry.sign_in import authenticate
from engine.web.context import Context
from engine.web.gate import real_now


class WrongPassword(ZgError):
    """What was typed is not the account's password."""

    code = "wrong-password"
    exit = 4
    http = 422


def must_know_password(context: Context, given: str | None) -> None:
    """Raises WrongPassword, LockedOut, and tells the access log: a browser that was left alone must not give the account away."""
    try:
        authenticate(context.record.database, context.who.name, given or "", real_now(), address=context.asked.address)
    except (NotSignedIn, LockedOut) as error:
        context.site.tell(REFUSED, context.asked, context.who.name, real_now(), way="own-password", code=error.code)
        if isinstance(error, LockedOut):
            raise
        raise WrongPassword from None
