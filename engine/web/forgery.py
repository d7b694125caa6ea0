"""Whether a POST came from a page of ours: by what the browser says of itself, else by the token in the form.

A browser of today says from which site a request comes; an older one says at least the origin of the page. Where neither is said, or the
origin is withheld (`null`), the token decides: only a page of ours can know it, since it hangs on a cookie that no other site reads.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.responses import Response

from engine.errors import NotPermitted
from engine.web.asked import Asked
from engine.web.session import keep, kept, secret_of

FIELD = "form_token"
VISITOR = "zg_visitor"
"""The cookie of a browser that is not signed in, on which the token of the form for signing in hangs."""


def token(asked: Asked, visitor: str = "") -> str:
    """The token of the forms that are shown to this browser. It follows from the cookie and is kept nowhere."""
    secret = secret_of(asked) or visitor or kept(asked, VISITOR)
    return hmac.new(secret.encode(errors="replace"), b"form", hashlib.sha256).hexdigest() if secret else ""


def new_visitor() -> str:
    return secrets.token_urlsafe(16)


def remember_visitor(response: Response, asked: Asked, visitor: str) -> None:
    keep(response, asked, VISITOR, visitor, samesite="strict")


def is_ours(asked: Asked) -> bool | None:
    """Whether the browser says that the request comes from a page of ours; None where it does not say. Raises NotPermitted where it says
    that it does not.
    """
    site, origin = asked.heads.get("sec-fetch-site"), asked.heads.get("origin")
    if site in ("cross-site", "same-site"):
        raise foreign()
    if origin is not None and origin not in ("null", asked.origin):
        raise foreign()
    return True if site == "same-origin" or origin == asked.origin else None


def holds(asked: Asked, given: str) -> bool:
    """Whether a form gave the token that this browser was shown."""
    expected = token(asked)
    return bool(expected) and hmac.compare_digest(expected, given)


def foreign() -> NotPermitted:
    """The error for what came from elsewhere."""
    return NotPermitted(reason="foreign-form")
