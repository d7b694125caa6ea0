"""Visits, for programs: where the office went, what it found there, consented to, looked at again, closed."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from starlette.responses import Response

from engine.desk.filing import inspect
from engine.desk.tickets import WORKFLOW
from engine.desk.typed_outing import typed_outing
from engine.errors import UsageError
from engine.office.visits.rechecking import Rated, rate
from engine.office.visits.typed import TypedFinding, enter_typed
from engine.office.visits.visits import Visits
from engine.rules.loop.recheck import RATINGS
from engine.views.batch import MemberView, member_view
from engine.views.visit import AgainView, VisitView, again_view
from engine.web.api.answer import answer, sent_texts
from engine.web.api.listing import listed
from engine.web.api.tickets import done_view
from engine.web.context import Context
from engine.web.query import must_know

CREATED = 201
BEGUN, FOUND = ("on", "place", "team", "unannounced"), ("title", "measure", "grade", "unit", "place", "detail", "repeats", "workflow")


class VisitsView(TypedDict):
    """The newest visits; there are `more` than a request lists."""

    visits: list[VisitView]
    more: bool


class VisitShownView(VisitView):
    """A visit with what it found, and what a 回头看 looks at again."""

    members: list[MemberView]
    rechecked: list[AgainView]


class Begun(TypedDict):
    """A visit that begins, each field as a person types it."""

    on: str
    place: str
    team: NotRequired[str]
    unannounced: NotRequired[bool]


class Found(TypedDict):
    """What a visit found, each field as a person types it."""

    title: str
    measure: NotRequired[str]
    grade: NotRequired[str]
    unit: NotRequired[str]
    place: NotRequired[str]
    detail: NotRequired[str]
    repeats: NotRequired[list[str]]
    workflow: NotRequired[str]


class RatedAgain(TypedDict):
    """What a 回头看 made of a ticket: a rating of 0, 50 or 100."""

    ticket: str
    rating: int
    adequate: NotRequired[bool]
    note: NotRequired[str]


def index(context: Context) -> Response:
    """The visits, newest first; with `every` also those that are closed."""
    visits = Visits(context.record.desk)
    found, more = listed(context, lambda closed: visits.every(context.who, closed=closed))
    view: VisitsView = {"visits": [visits.view(visit) for visit in found], "more": more}
    return answer(context.asked, view)


def one(context: Context) -> Response:
    """A visit with what it found, and how much of that is still to be assigned."""
    visits, zone = Visits(context.record.desk), context.record.desk.rules.zone()
    found = visits.read(context.who, context.asked.params["visit"])
    members = [member_view(ticket, zone) for ticket in visits.findings(context.who, found.thing)]
    again = [again_view(found.thing, ticket) for ticket in visits.again(found.thing)]
    return answer(context.asked, VisitShownView(**visits.view(found), members=members, rechecked=again))


def begin(context: Context) -> Response:
    """Begins a visit."""
    texts, intake = sent_texts(context.form), context.app.intake
    must_know(texts, BEGUN)
    if texts.get("on") is None or texts.get("place") is None:
        raise UsageError(reason="usage-visit-where")
    secret = texts.get("unannounced")
    outing = typed_outing(
        intake, texts.get("on"), texts.get("place"), texts.get("team"),
        unannounced=secret is not None and intake.flag("unannounced", secret), again=None,
    )
    done = Visits(context.record.desk).begin(context.who, outing.value)
    return answer(context.asked, _view(context, done.thing.number), status=CREATED)


def enter(context: Context) -> Response:
    """Enters what a visit found: a ticket, with its photos where they are sent as a form."""
    texts, number = sent_texts(context.form), context.asked.params["visit"]
    must_know(texts, FOUND)
    typed = TypedFinding(
        texts.get("title") or "", texts.get("measure"), texts.get("grade"), texts.get("unit"), texts.get("place"),
        texts.get("detail"), texts.every("repeats"), texts.get("workflow") or WORKFLOW,
    )
    done = enter_typed(context.app.intake, number, typed, [inspect(file.path, file.name) for file in context.form.files])
    return answer(context.asked, done_view(context, done), status=CREATED, version=done.ticket.version)


def recheck(context: Context) -> Response:
    """Rates what a 回头看 found of a ticket, with its photos where they are sent as a form."""
    texts, number = sent_texts(context.form), context.asked.params["visit"]
    must_know(texts, ("ticket", "rating", "adequate", "note"))
    given, adequate = texts.get("rating") or "", texts.get("adequate")
    if given not in map(str, RATINGS):
        raise UsageError(reason="query-number", name="rating", text=given[:100])
    wish = Rated(int(given), None if adequate is None else context.app.intake.flag("adequate", adequate), texts.get("note"))
    files = [inspect(file.path, file.name) for file in context.form.files]
    rate(context.record.desk, context.who, number, texts.get("ticket") or "", wish, WORKFLOW, files)
    return answer(context.asked, _view(context, number))


def consent(context: Context) -> Response:
    """Consents, as the leader, to what a visit found being assigned as suggested."""
    must_know(sent_texts(context.form), ())
    done = Visits(context.record.desk).consent(context.who, context.asked.params["visit"])
    return answer(context.asked, _view(context, done.thing.number))


def close(context: Context) -> Response:
    """Closes a visit."""
    must_know(sent_texts(context.form), ())
    done = Visits(context.record.desk).close(context.who, context.asked.params["visit"])
    return answer(context.asked, _view(context, done.thing.number))


def _view(context: Context, number: str) -> VisitView:
    visits = Visits(context.record.desk)
    return visits.view(visits.read(context.who, number))
