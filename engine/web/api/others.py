"""What else programs ask: who they are, what waits, and figures."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from engine import __version__
from engine.desk.figures import BY, figures, key_names, this_year
from engine.desk.today import today as waiting
from engine.desk.wishes import FILTERS
from engine.errors import UsageError
from engine.rules.worktime import Side
from engine.rules.worktime.period import Span
from engine.views.api import AboutView
from engine.views.figures import figures_view
from engine.views.today import today_view
from engine.web.api.answer import answer, named
from engine.web.context import Context
from engine.web.endpoints.ledger import wanted
from engine.web.query import Texts, must_know


def me(context: Context) -> Response:
    """Which program answers, and as whom it sees whoever asks."""
    who = context.who
    view: AboutView = {
        "version": __version__, "office": context.record.desk.office, "account": who.name, "role": who.role, "unit": who.unit,
    }
    return answer(context.asked, view)


def today(context: Context) -> Response:
    """What waits for the account, each line with the command that does it."""
    desk, actor = context.record.desk, context.who
    return answer(context.asked, today_view(actor.name, desk.clock.now(), waiting(desk, actor), desk.rules.calendar()))


@dataclass(frozen=True, slots=True)
class Parted:
    """By what figures are parted, and about which time: a day each, the second one excluded."""

    by: str | None = None
    since: str | None = None
    before: str | None = None


def counts(context: Context) -> Response:
    """Figures of the ledger, as far as the account may see it, by every filter of the list; of this year unless told."""
    desk, texts = context.record.desk, named(context.asked)
    must_know(texts, (*FILTERS, "by", "since", "before"))
    by, since, before = (texts.get(name) for name in ("by", "since", "before"))
    if by is not None and by not in BY:
        raise UsageError(reason="usage-choice", parameter="by", choices=list(BY))
    usual, said = this_year(desk), context.app.intake.between(since, before, Side.PAST).value
    span = Span(usual.since if since is None else said.since, usual.before if before is None else said.before)
    asked = wanted(context, Texts(tuple(pair for pair in texts.pairs if pair[0] in FILTERS)))
    found = figures(desk, context.who, asked, by, span)
    return answer(context.asked, figures_view(found, by, span, key_names(desk, context.who, by), desk.rules.zone()))
