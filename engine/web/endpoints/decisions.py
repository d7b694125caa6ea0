"""What leaders decide on paper: all that waits for their word, each with the form by which the office writes it down, name and scan; and
the visits that wait for a leader, who consents to them here.
"""

from __future__ import annotations

from starlette.responses import Response

from engine.desk.queues import MOST_IN_QUEUE
from engine.desk.today import decisions_of_all, visits_to_consent
from engine.views.today import TodayPage
from engine.web.context import Context
from engine.web.page import page


def index(context: Context) -> Response:
    desk = context.record.desk
    section = decisions_of_all(desk, context.who, MOST_IN_QUEUE)
    visits = visits_to_consent(desk, context.who, MOST_IN_QUEUE)
    return page(context, "decisions/index", TodayPage((section, visits), desk.clock.now(), desk.rules.calendar()))
