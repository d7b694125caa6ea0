"""Visits, for programs: where the office went, what it found there, consented to, looked at again, closed."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from starlette.responses import Response

from engine.desk.tickets import WORKFLOW
from engine.errors import UsageError
from engine.office.visits.assigning import assign_suggested, suggested
from engine.office.visits.rechecking import Rated, rate
from engine.office.visits.typed import enter_typed
from engine.office.visits.visits import Visits
from engine.rules.loop.recheck import RATINGS
from engine.views.batch import MemberView, member_view
from engine.views.verdicts import ReasonView, reason_view
from engine.views.visit import AgainView, VisitView, again_view
from engine.web.api.answer import CREATED, answer, sent, sent_texts
from engine.web.api.listing import listed
from engine.web.api.several import answer_of_each
from engine.web.api.tickets import done_view
from engine.web.context import Context
from engine.web.endpoints.visits import begun, typed_finding
from engine.web.query import must_know
from engine.web.texts import Speech

FOUND = ("title", "measure", "grade", "unit", "place", "detail", "repeats", "workflow")


class VisitsView(TypedDict):
    """The newest visits; there are `more` than a request lists."""

    visits: list[VisitView]
    more: bool


class VisitShownView(VisitView):
    """A visit with what it found, and what a 回头看 looks at again."""

    members: list[MemberView]
    rechecked: list[AgainView]


class Begun(TypedDict):
    """A visit that begins, each field as a person types it: one that goes somewhere names day and place, a `recheck` neither."""

    on: NotRequired[str]
    place: NotRequired[str]
    team: NotRequired[str]
    unannounced: NotRequired[bool]
    recheck: NotRequired[bool]
    sample: NotRequired[str]
    months: NotRequired[int]
    lot: NotRequired[str]


class SuggestedView(TypedDict):
    """The findings that are suggested for one unit, by number (none: for nobody yet), and what stands against it."""

    unit: str | None
    tickets: list[str]
    against: list[ReasonView]


class SuggestionsView(TypedDict):
    """What would go to which unit."""

    groups: list[SuggestedView]


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
    """Begins a visit, or with `recheck` a 回头看, which draws closed tickets: `sample` of those of so many `months`, by a `lot`."""
    return answer(context.asked, _view(context, begun(sent(context, Begun))), status=CREATED)


def enter(context: Context) -> Response:
    """Enters what a visit found: a ticket, with its photos where they are sent as a form."""
    texts, number = sent_texts(context.form), context.asked.params["visit"]
    must_know(texts, FOUND)
    done = enter_typed(context.app.intake, number, typed_finding(texts), context.handed_in())
    return answer(context.asked, done_view(context, done), status=CREATED, version=done.ticket.version)


def recheck(context: Context) -> Response:
    """Rates what a 回头看 found of a ticket, with its photos where they are sent as a form."""
    texts, number = sent_texts(context.form), context.asked.params["visit"]
    must_know(texts, ("ticket", "rating", "adequate", "note"))
    given, adequate = texts.get("rating") or "", texts.get("adequate")
    if given not in map(str, RATINGS):
        raise UsageError(reason="query-number", name="rating", text=given[:100])
    wish = Rated(int(given), None if adequate is None else context.app.intake.flag("adequate", adequate), texts.get("note"))
    files = context.handed_in()
    rate(context.record.desk, context.who, number, texts.get("ticket") or "", wish, WORKFLOW, files)
    return answer(context.asked, _view(context, number))


def suggestions(context: Context) -> Response:
    """To which unit each finding would be assigned, and what stands against it."""
    phrase, found = Speech(context).phrase(), suggested(context.record.desk, context.who, context.asked.params["visit"])
    view: SuggestionsView = {"groups": [
        {
            "unit": item.unit, "tickets": [ticket.number for ticket in item.tickets],
            "against": [reason_view(reason, phrase) for reason in item.against],
        } for item in found
    ]}
    return answer(context.asked, view)


def assign(context: Context) -> Response:
    """Assigns each finding to its unit, as suggested and consented to, each by itself, and says of each what became of it."""
    sent(context)
    return answer_of_each(context, assign_suggested(context.record.desk, context.who, context.asked.params["visit"]))


def consent(context: Context) -> Response:
    """Consents, as the leader, to what a visit found being assigned as suggested."""
    sent(context)
    done = Visits(context.record.desk).consent(context.who, context.asked.params["visit"])
    return answer(context.asked, _view(context, done.thing.number))


def close(context: Context) -> Response:
    """Closes a visit."""
    sent(context)
    done = Visits(context.record.desk).close(context.who, context.asked.params["visit"])
    return answer(context.asked, _view(context, done.thing.number))


def _view(context: Context, number: str) -> VisitView:
    visits = Visits(context.record.desk)
    return visits.view(visits.read(context.who, number))
