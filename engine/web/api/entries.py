"""What a unit did on paper, entered by the office, for programs."""

from __future__ import annotations

from starlette.responses import Response

from engine.web.api.answer import answer, demanded, sent_texts
from engine.web.api.tickets import acted
from engine.web.context import Context
from engine.web.endpoints.entries import SHEET, paper_of
from engine.web.query import Texts


def enter(context: Context) -> Response:
    """Enters what a unit did on paper, as of the date of the sheet: what the act takes, and with it `on`, `basis`, and where several units
    may have done it `for`. The scan comes as a file of a form.
    """
    params, texts = context.asked.params, sent_texts(context.form)
    given = Texts(tuple(pair for pair in texts.pairs if pair[0] not in SHEET))
    view = acted(
        context, params["number"], params["trigger"], given, context.handed_in(), demanded(context.asked), paper=paper_of(context, texts),
    )
    return answer(context.asked, view, version=view["ticket"]["version"])
