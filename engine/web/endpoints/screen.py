"""The wall screen (展示大屏): figures for whoever passes, by the token of `zg.toml`. No menu, no ticket, no person."""

from __future__ import annotations

import hmac

from starlette.responses import Response

from engine.desk.dashboard import wall
from engine.errors import NotFound
from engine.web.context import Context
from engine.web.page import page

EVERY_SECONDS = "60"
STILL = "still"
"""What an address says where somebody reads it and wants it to stand."""


def show(context: Context) -> Response:
    """Raises NotFound where there is no screen, or the token is another."""
    setup, given = context.settings.screen_setup(), context.asked.params["secret"]
    if setup is None or not hmac.compare_digest(setup.token.encode(), given.encode(errors="replace")):
        raise NotFound(reason="page-not-found")
    response = page(context, "screen/show", wall(context.record.desk, names=setup.names), form=context.query)
    if not context.query.on(STILL):
        response.headers["refresh"] = EVERY_SECONDS
    return response
