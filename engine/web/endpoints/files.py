"""Files that events cite: handed out as they came in, since strangers made them; pictures are also shown in place, and a PDF
beside or in a frame."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import FileResponse, Response, StreamingResponse

from engine.desk.evidence import FileNotFound, kept_file
from engine.desk.packing import pack
from engine.views.ticket_page import PDF, PICTURES
from engine.web.context import Context
from engine.web.headers import DOCUMENT, EVIDENCE

KIND = "application/octet-stream"


def download(context: Context) -> Response:
    """A file that the events of a ticket cite, as it came in. Whoever may see the ticket may have it."""
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


def pdf(context: Context) -> Response:
    """A PDF as itself, in a window of its own or in a frame of our page, where the browser's viewer shows it. What is none by its content
    is not found.
    """
    params = context.asked.params
    kept = kept_file(context.record.desk, context.who, params["number"], params["sha256"])
    if kept.type != PDF:
        raise FileNotFound(name=params["sha256"])
    return FileResponse(kept.path, headers={
        "content-disposition": f"inline; filename*=UTF-8''{quote(kept.name)}", "content-security-policy": DOCUMENT,
        "x-frame-options": "SAMEORIGIN",
    }, media_type=PDF)


def every(context: Context) -> Response:
    """All files of a ticket as one archive."""
    packed = pack(context.record.desk, context.who, context.asked.params["number"])
    named = {"content-disposition": f"attachment; filename={packed.number}.zip"}
    return StreamingResponse(packed.pieces(), headers=named, media_type=KIND)
