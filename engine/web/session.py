"""The cookies: which browser is signed in, and which language and look its person chose."""

from __future__ import annotations

from starlette.responses import Response

from engine.web.asked import Asked

PLAIN, BOUND = "zg_session", "__Host-zg_session"
"""What the cookie is called; over TLS a browser itself holds to it that it is ours, for the whole site and unseen by scripts."""

LANGUAGE, THEME = "zg_language", "zg_theme"
YEAR_SECONDS = 365 * 24 * 3600


def name_of(asked: Asked) -> str:
    """A portal that serves us under a path shares its host with others, so `__Host-` is for a host of our own."""
    return BOUND if asked.secure and not asked.root else PLAIN


def secret_of(asked: Asked) -> str | None:
    """The secret that the browser sends."""
    return asked.cookies.get(name_of(asked))


def remember(response: Response, asked: Asked, secret: str) -> None:
    """The browser keeps the secret until it is closed; the record ends it earlier."""
    response.set_cookie(name_of(asked), secret, path=_path(asked), secure=asked.secure, httponly=True, samesite="lax")


def forget(response: Response, asked: Asked) -> None:
    """The browser keeps no secret any more."""
    response.delete_cookie(name_of(asked), path=_path(asked), secure=asked.secure, httponly=True, samesite="lax")


def choose(response: Response, asked: Asked, name: str, value: str) -> None:
    """The browser keeps a choice of its person: a language, or a look."""
    response.set_cookie(name, value, max_age=YEAR_SECONDS, path=_path(asked), secure=asked.secure, httponly=True, samesite="lax")


def _path(asked: Asked) -> str:
    return asked.root or "/"
