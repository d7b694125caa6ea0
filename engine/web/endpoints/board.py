"""The board of the rounds of evaluation: a line a target and subject, a column a round."""

from __future__ import annotations

from starlette.responses import Response

from engine.errors import NotPossible
from engine.office.rounds.board import board, schemes
from engine.office.rounds.shown import board_view
from engine.views.office_lists import BoardPage
from engine.web.context import Context
from engine.web.page import page


def show(context: Context) -> Response:
    desk = context.record.desk
    offered = schemes(desk, context.who)
    try:
        found = board_view(board(desk, context.who, context.query.get("scheme")), desk.clock.now())
    except NotPossible:  # no round yet
        return page(context, "board/show", BoardPage(None, offered))
    return page(context, "board/show", BoardPage(found, offered))
