"""今日待办: what waits for whoever is signed in, each line with the form that does it."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.today import today
from engine.views.today import TodayPage
from engine.web.context import Context
from engine.web.page import page


def show(context: Context) -> Response:
    return page(context, "today/index", waiting(context))


def waiting(context: Context) -> TodayPage:
    desk = context.record.desk
    return TodayPage(tuple(section for section in today(desk, context.who) if section.total), desk.clock.now(), desk.rules.calendar())
