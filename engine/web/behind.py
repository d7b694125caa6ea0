"""Behind a proxy that is named: its word about who asked is taken, where that is an address."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

PEER = "zg.peer"
"""Where a request keeps who it came from, before a proxy's word is taken."""


class Behind:
    """The layer that takes the word of proxies. What one passes on unread may be anything, of any length, and ends in the access log and
    among the sessions: what is no address is not taken, and the proxy's own stands; the zone of an address says nothing here.
    """

    def __init__(self, app: ASGIApp, trusted: str) -> None:
        self._app = app
        self._proxied = ProxyHeadersMiddleware(self._told, trusted)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[PEER] = scope.get("client")
        await self._proxied(scope, receive, send)  # type: ignore[arg-type]

    async def _told(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The request with who asked, as the proxy told it where that is an address."""
        peer = scope[PEER]
        if scope.get("client") != peer:
            address = _address(scope["client"][0])
            scope["client"] = peer if address is None else (address, scope["client"][1])
        await self._app(scope, receive, send)


def _address(host: str) -> str | None:
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        return None
