"""今日待办: what waits for whoever is signed in, each line with the form that does it; a leader sees what is to be decided and no more."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.drafts import own_drafts
from engine.desk.queues import before_leader
from engine.desk.today import today
from engine.desk.unit_work import row_acts
from engine.views.today import TodayPage
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.page import page, reader_of


def show(context: Context) -> Response:
    if reader_of(context).answers:
        return page(context, "today/leader", before_leader(context.record.desk, context.who))
    return page(context, "today/index", waiting(context))


def waiting(context: Context) -> TodayPage:
    desk = context.record.desk
    sections = tuple(section for section in today(desk, context.who) if section.total)
    drafts = len(own_drafts(desk, context.who, real_now()))
    return TodayPage(sections, desk.clock.now(), desk.rules.calendar(), drafts, row_acts(desk, context.who, sections))
