"""A file that is made for whoever asks, handed out and shown nowhere."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

KIND = "application/octet-stream"


def download(body: bytes, name: str) -> Response:
    """The bytes as a file of this name."""
    return Response(body, headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}, media_type=KIND)
