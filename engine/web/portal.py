"""Under a path of a portal: whether the proxy before us takes the path off what it passes on or leaves it, everything behind here sees the
same.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from engine.errors import UsageError
from engine.web.routes import ROWS

PATH = re.compile(r"(/[\w.~-]*[\w~-][\w.~-]*)*", re.ASCII)
OURS = frozenset(row.path.split("/")[1] for row in ROWS)
"""How the addresses of our own pages begin."""


def portal_path(text: str) -> str:
    """The path under which a portal serves the pages, as `/zg`; empty for none. Raises UsageError for what is none, and for one that begins
    as a page of ours does: nobody could tell whether a proxy left it.
    """
    path = f"/{text.strip('/')}".rstrip("/")
    if PATH.fullmatch(path) is None:
        raise UsageError(reason="usage-root-path", text=text)
    if path and path.split("/")[1] in OURS:
        raise UsageError(reason="usage-root-path-ours", text=text)
    return path


class Portal:
    """The layer that puts the path before what comes without it."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self.app, self.root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = scope["path"]
            below = path.removeprefix(self.root) if path == self.root or path.startswith(f"{self.root}/") else path
            scope = {**scope, "root_path": self.root, "path": f"{self.root}{below or '/'}"}
        await self.app(scope, receive, send)
