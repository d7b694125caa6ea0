"""What a browser or a program asked for, as values: read once from the request, so that nothing behind the gate knows of HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

FORWARDED = (
    "accept-language", "authorization", "user-agent", "origin", "sec-fetch-site", "if-match", "if-none-match", "idempotency-key",
    "last-event-id", "webhook-id", "webhook-timestamp", "webhook-signature",
)
"""The heads of a request that anything is decided by."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `root` is the path under which a portal serves the pages; `origin` where the pages come from."""

    method: str
    path: str
    params: Mapping[str, str]
    query: str
    cookies: Mapping[str, str]
    heads: Mapping[str, str]
    address: str | None
    origin: str
    root: str

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https:")


def asked_by(request: Request) -> Asked:
    """The values of a request."""
    root = str(request.scope.get("root_path", "")).rstrip("/")
    path = request.url.path
    return Asked(
        request.method, path.removeprefix(root) or "/", dict(request.path_params), request.url.query, dict(request.cookies),
        {name: text for name in FORWARDED if (text := request.headers.get(name)) is not None},
        request.client.host if request.client else None, f"{request.url.scheme}://{request.url.netloc}", root,
    )
