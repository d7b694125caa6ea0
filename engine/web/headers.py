"""What every answer carries, errors too: what a page may load, who may frame it, and that nothing of it is kept on a shared machine."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""One value for every page, and no path is an exception: no script and no style but our own files."""

EVIDENCE = "default-src 'none'; sandbox"
"""For what strangers handed in."""

DOCUMENT = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""For a PDF that the browser's viewer shows, beside or in a frame of our page: nothing is loaded, nothing runs. In a sandbox no viewer
opens; the style is its own."""

ALWAYS: Mapping[str, str] = {
    "content-security-policy": CONTENT, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin", "x-frame-options": "DENY",
    "permissions-policy": "camera=(self), geolocation=(), microphone=(self)", "cache-control": "no-store",
}
"""Pages are kept nowhere, so that Back shows nothing after signing out; what a hash names says otherwise itself."""


class Headers:
    """The outermost layer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                named = {name.lower() for name, _ in given}
                more = [(name.encode(), text.encode()) for name, text in ALWAYS.items() if name.encode() not in named]
                message = {**message, "headers": [*given, *more]}
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)
