"""The cookies: which browser is signed in, and which language and look its person chose; and how every cookie of ours is called."""

from __future__ import annotations

from typing import Literal, TypeAlias

from starlette.responses import Response

from engine.web.asked import Asked

Site: TypeAlias = Literal["lax", "strict"]

SECRET, LANGUAGE, THEME = "zg_session", "zg_language", "zg_theme"
YEAR_SECONDS = 365 * 24 * 3600
BOUND = "__Host-"
"""How a cookie begins of which a browser itself holds, over TLS, that this host alone set it: no neighbour under the same domain does."""


def named(asked: Asked, name: str) -> str:
    """What a cookie is called. A portal that serves us under a path shares its host with others, so `__Host-` is for a host of our own."""
    return f"{BOUND}{name}" if asked.secure and not asked.root else name


def kept(asked: Asked, name: str) -> str:
    """What the browser sends as a cookie of ours; nothing where it sends none."""
    return asked.cookies.get(named(asked, name), "")


def keep(response: Response, asked: Asked, name: str, value: str, *, seconds: int | None = None, samesite: Site = "lax") -> None:
    """The browser keeps a cookie, as long as it is open unless told for how many seconds."""
    response.set_cookie(
        named(asked, name), value, max_age=seconds, path=asked.root or "/", secure=asked.secure, httponly=True, samesite=samesite,
    )


def drop(response: Response, asked: Asked, name: str) -> None:
    """The browser keeps a cookie no more."""
    response.delete_cookie(named(asked, name), path=asked.root or "/", secure=asked.secure, httponly=True, samesite="lax")


def secret_of(asked: Asked) -> str | None:
    """The secret that the browser sends."""
    return kept(asked, SECRET) or None


def remember(response: Response, asked: Asked, secret: str) -> None:
    """The browser keeps the secret until it is closed; the record ends it earlier."""
    keep(response, asked, SECRET, secret)


def forget(response: Response, asked: Asked) -> None:
    """The browser keeps no secret any more."""
    drop(response, asked, SECRET)


def choose(response: Response, asked: Asked, name: str, value: str) -> None:
    """The browser keeps a choice of its person: a language, or a look."""
    keep(response, asked, name, value, seconds=YEAR_SECONDS)
