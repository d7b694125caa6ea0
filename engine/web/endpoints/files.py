"""Files that events cite: handed out as they came in, and never shown in place: strangers made them."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import FileResponse, Response

from engine.desk.evidence import kept_file
from engine.web.context import Context
from engine.web.headers import EVIDENCE

KIND = "application/octet-stream"


def download(context: Context) -> Response:
    params = context.asked.params
    kept = kept_file(context.record.desk, context.who, params["number"], params["sha256"])
    return FileResponse(kept.path, headers={
        "content-disposition": f"attachment; filename*=UTF-8''{quote(kept.name)}", "content-security-policy": EVIDENCE,
    }, media_type=KIND)
