"""Files that events cite: handed out as they came in, since strangers made them; pictures alone are also shown in place."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import FileResponse, Response

from engine.desk.evidence import FileNotFound, kept_file
from engine.views.ticket_page import PICTURES
from engine.web.context import Context
from engine.web.headers import EVIDENCE

KIND = "application/octet-stream"


def download(context: Context) -> Response:
    params = context.asked.params
    kept = kept_file(context.record.desk, context.who, params["number"], params["sha256"])
    return FileResponse(kept.path, headers={
        "content-disposition": f"attachment; filename*=UTF-8''{quote(kept.name)}", "content-security-policy": EVIDENCE,
    }, media_type=KIND)


def picture(context: Context) -> Response:
    """A picture as itself, so that the problem stands beside its proof. What is none by its content is not found."""
    params = context.asked.params
    kept = kept_file(context.record.desk, context.who, params["number"], params["sha256"])
    if kept.type not in PICTURES:
        raise FileNotFound(name=params["sha256"])
    return FileResponse(kept.path, headers={"content-security-policy": EVIDENCE}, media_type=kept.type)
