"""Visits: where the office went, what it found there, consented to, assigned as suggested, looked at again, closed."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk import pages
from engine.desk.filing import LARGEST_FILE
from engine.desk.tickets import WORKFLOW
from engine.desk.typed_outing import draw, typed_outing
from engine.errors import UsageError
from engine.office.visits.assigning import assign_suggested, suggested
from engine.office.visits.rechecking import Rated, rate
from engine.office.visits.typed import TypedFinding, enter_typed
from engine.office.visits.visits import Visits
from engine.rules.loop.recheck import RATINGS
from engine.views.office_lists import FindingForm, SuggestedPage, UnitGroup, VisitPage
from engine.views.visit import VisitView, again_view
from engine.web.attempt import attempted
from engine.web.context import Context
from engine.web.listing import became, listed, members
from engine.web.page import page
from engine.web.query import Texts, whole_number

FINDING = {"title": "field.title"}
RATED = {"rating": "field.recheck-rating"}
MOST_MONTHS = 60


def index(context: Context) -> Response:
    visits = Visits(context.record.desk)
    view = listed(context, lambda closed: visits.every(context.who, closed=closed), visits.view)
    return page(context, "visits/index", view, form=context.query)


def show(context: Context) -> Response:
    return page(context, "visits/show", _found(context), form=context.query)


def new(context: Context) -> Response:
    """The form of a visit that begins, or of a 回头看."""
    return page(context, "visits/new", None, form=context.query)


def begin(context: Context) -> Response:
    return attempted(context, lambda: f"/visits/{begun(context)}?done=begun", "visits/new", lambda: None)


def begun(context: Context) -> str:
    """Begins a visit as it was typed, or a 回头看, which draws closed tickets, and returns its number. Raises UsageError."""
    texts, intake = context.form.texts, context.app.intake
    recheck = texts.on("recheck")
    if not recheck and (texts.get("on") is None or texts.get("place") is None):
        raise UsageError(reason="usage-visit-where")
    again = draw(texts.get("sample"), whole_number(texts, "months", MOST_MONTHS), texts.get("lot")) if recheck else None
    outing = typed_outing(
        intake, texts.get("on"), texts.get("place"), texts.get("team"), unannounced=texts.on("unannounced"), again=again,
    )
    return Visits(context.record.desk).begin(context.who, outing.value).thing.number


def finding(context: Context) -> Response:
    """The form of something that a visit found."""
    return page(context, "visits/finding", _finding_form(context), form=context.query)


def enter(context: Context) -> Response:
    texts, number = context.form.texts, context.asked.params["visit"]

    def entered() -> str:
        done = enter_typed(context.app.intake, number, typed_finding(texts), context.handed_in())
        return f"/visits/{number}?done=entered" if not texts.on("another") else f"/visits/{number}/finding?done={done.ticket.number}"

    return attempted(context, entered, "visits/finding", lambda: _finding_form(context), FINDING)


def typed_finding(texts: Texts) -> TypedFinding:
    """What a visit found, as it was typed."""
    return TypedFinding(
        texts.get("title") or "", texts.get("measure"), texts.get("grade"), texts.get("unit"), texts.get("place"),
        texts.get("detail"), texts.every("repeats"), texts.get("workflow") or WORKFLOW,
    )


def recheck(context: Context) -> Response:
    texts, number = context.form.texts, context.asked.params["visit"]

    def rated() -> str:
        given, adequate = texts.get("rating") or "", texts.get("adequate")
        if given not in map(str, RATINGS):
            raise UsageError(reason="query-unknown", names=["rating"])
        wish = Rated(int(given), None if adequate is None else adequate == "yes", texts.get("note"))
        files = context.handed_in()
        rate(context.record.desk, context.who, number, texts.get("ticket") or "", wish, WORKFLOW, files)
        return f"/visits/{number}?done=rated"

    return attempted(context, rated, "visits/show", lambda: _found(context), RATED)


def consent(context: Context) -> Response:
    def consented() -> str:
        done = Visits(context.record.desk).consent(context.who, context.asked.params["visit"])
        return f"/visits/{done.thing.number}?done=consented"

    return attempted(context, consented, "visits/show", lambda: _found(context))


def close(context: Context) -> Response:
    def closed() -> str:
        done = Visits(context.record.desk).close(context.who, context.asked.params["visit"])
        return f"/visits/{done.thing.number}?done=closed"

    return attempted(context, closed, "visits/show", lambda: _found(context))


def assign(context: Context) -> Response:
    """What would go to which unit."""
    found = suggested(context.record.desk, context.who, context.asked.params["visit"])
    groups = tuple(UnitGroup(item.unit, tuple(item.tickets), tuple(item.against)) for item in found)
    return page(context, "visits/assign", SuggestedPage(_view(context), groups), form=context.query)


def assign_all(context: Context) -> Response:
    """Assigns each to its unit, and says of each what became of it."""
    items = list(assign_suggested(context.record.desk, context.who, context.asked.params["visit"]))
    number = _view(context)["number"]
    return page(context, "bulk/became", became(context.record.desk, items, number, f"/visits/{number}"))


def _found(context: Context) -> VisitPage:
    visits = Visits(context.record.desk)
    found = visits.read(context.who, context.asked.params["visit"])
    again = tuple(again_view(found.thing, ticket) for ticket in visits.again(found.thing))
    return VisitPage(visits.view(found), members(context.record.desk, visits.findings(context.who, found.thing)), again)


def _finding_form(context: Context) -> FindingForm:
    return FindingForm(_view(context), pages.open_form(context.record.desk, context.who), LARGEST_FILE // pages.MEGABYTE)


def _view(context: Context) -> VisitView:
    visits = Visits(context.record.desk)
    return visits.view(visits.read(context.who, context.asked.params["visit"]))
