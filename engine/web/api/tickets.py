"""Tickets, for programs: found, looked at, opened, and any act on one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NotRequired, TypedDict
from urllib.parse import quote

from starlette.responses import Response

from engine.desk.act import Done
from engine.desk.explaining import explain
from engine.desk.filing import HandedIn
from engine.desk.lists import page
from engine.desk.pages import MOST_ON_PAGE, judged_version
from engine.desk.pages import may_try as must_be_tried
from engine.desk.showing import listed, show
from engine.desk.tickets import WORKFLOW
from engine.desk.typed_inputs import typed_inputs
from engine.desk.typed_opening import OPTIONAL, TypedOpening, opening
from engine.errors import Conflict, Reason, Refused
from engine.office.visits.opening import open_with
from engine.rules.acts.late_entry import Paper
from engine.rules.worktime import Side
from engine.views.api import DoneView, LogView, TicketsView
from engine.views.event import event_view
from engine.views.verdicts import reason_view, verdicts_view
from engine.web.api.answer import CREATED, answer, demanded, named, sent_texts
from engine.web.confided import tell_ticket
from engine.web.context import Context
from engine.web.endpoints.ledger import wanted
from engine.web.endpoints.tickets import VERSION
from engine.web.problem import problem_view
from engine.web.query import Texts, must_know, whole_number
from engine.web.texts import Speech

PRECONDITION_FAILED = 412

OWN_FIELDS = ("title", "source", "workflow", "with", "repeats")

Opened = TypedDict("Opened", {
    "title": str, "source": str, "workflow": NotRequired[str], "with": NotRequired[list[str]],
    "repeats": NotRequired[list[str]], "detail": NotRequired[str],
    "measure": NotRequired[str], "grade": NotRequired[str], "lead": NotRequired[str], "leader": NotRequired[str],
    "officer": NotRequired[str], "due": NotRequired[str], "key": NotRequired[str], "complainant": NotRequired[str],
    "phone": NotRequired[str], "clue": NotRequired[str], "batch": NotRequired[str],
})
"""A new ticket, each field as a person would type it."""

Given = dict[str, str | bool | int | list[str] | None]
"""What an act takes, each input as a person would type it: which there are, `can` says. `version` is the one that was looked at."""


@dataclass(frozen=True, slots=True)
class Order:
    """In which order a list is."""

    sort: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """As it was then: `at` is a day or a moment, as one types it."""

    at: str | None = None


# reading -------------------------------------------------------------------------------------------------------------


def index(context: Context) -> Response:
    """The tickets that the account may see, by every filter of the ledger, a page at a time."""
    desk, actor, asked = context.record.desk, context.who, wanted(context, named(context.asked))
    found = page(desk, actor, replace(asked, limit=min(asked.limit or MOST_ON_PAGE, MOST_ON_PAGE)))
    view: TicketsView = {"tickets": [listed(desk, actor, ticket) for ticket in found.tickets], "next": found.cursor}
    return answer(context.asked, view)


def one(context: Context) -> Response:
    """A ticket with all that is shown of it, as it is or as it was at a moment."""
    texts = named(context.asked)
    must_know(texts, ("at",))
    at = texts.get("at")
    when = context.app.intake.when(at, Side.PAST).value if at is not None else None
    shown = show(context.record.desk, context.who, context.asked.params["number"], when)
    tell_ticket(context, shown.view)
    return answer(context.asked, shown.view, version=shown.ticket.version)


def can(context: Context) -> Response:
    """What may be done to a ticket, what each act takes, and every reason against the rest."""
    desk, actor = context.record.desk, context.who
    ticket = desk.ticket(actor, context.asked.params["number"])
    phrase = Speech(context).phrase(desk.definition(ticket))
    return answer(context.asked, verdicts_view(ticket, desk.verdicts(actor, ticket), phrase), version=ticket.version)


def why(context: Context) -> Response:
    """How each date of a ticket came about, step by step."""
    return answer(context.asked, explain(context.record.desk, context.who, context.asked.params["number"]).view)


def log(context: Context) -> Response:
    """What happened to a ticket, oldest first."""
    found = context.record.desk.read_history(context.who, context.asked.params["number"])
    view: LogView = {"number": found.readable.ticket.number, "events": [event_view(item.event) for item in found.events]}
    return answer(context.asked, view)


# acting --------------------------------------------------------------------------------------------------------------


def open_(context: Context) -> Response:
    """Opens a ticket. The same `key` of the same source with the same content gives the ticket that is there."""
    texts, desk = sent_texts(context.form), context.record.desk
    must_know(texts, (*OPTIONAL, *OWN_FIELDS))
    workflow = texts.get("workflow") or WORKFLOW
    others = {name: texts.get(name) for name in OPTIONAL}
    typed = TypedOpening(
        texts.get("title") or "", texts.get("source") or "", together=texts.every("with"), repeats=texts.every("repeats"), **others,
    )
    found = opening(context.app.intake, typed, workflow)
    done = open_with(desk, context.who, found.value, context.handed_in(), workflow)
    return answer(
        context.asked, done_view(context, done, found.warnings), status=CREATED if done.events else 200, version=done.ticket.version,
        location=f"{context.asked.root}/api/v1/tickets/{quote(done.ticket.number)}",
    )


def may_try(context: Context) -> None:
    """Raises what stands against the act whatever is sent with it."""
    params = context.asked.params
    must_be_tried(context.record.desk, context.who, params["number"], params["trigger"])


def act(context: Context) -> Response:
    """Does any act of the workflow to a ticket, with files as its evidence where they are sent as a form."""
    params, texts = context.asked.params, sent_texts(context.form)
    try:
        view = acted(context, params["number"], params["trigger"], texts, context.handed_in(), demanded(context.asked))
    except Conflict as error:
        return overtaken(context, params["number"], error, whole_number(texts, VERSION) or demanded(context.asked))
    return answer(context.asked, view, version=view["ticket"]["version"])


# how -----------------------------------------------------------------------------------------------------------------


def acted(
    context: Context, number: str, name: str, texts: Texts, files: Sequence[HandedIn], demanded_version: int | None = None, *,
    dry_run: bool = False, paper: Paper | None = None,
) -> DoneView:
    """What an act did to a ticket, or in a dry run would do; of a unit's act on `paper` as of its date. Raises whatever the desk raises."""
    desk, actor = context.record.desk, context.who
    seen = whole_number(texts, VERSION)
    ticket = desk.ticket(actor, number)
    trigger = desk.definition(ticket).triggers.get(name)
    command = context.app.intake.command(name, trigger, typed_inputs(trigger, texts.by_name(but=(VERSION,))), ticket)
    try:
        done = desk.do(
            actor, ticket.number, command.value, seen=seen or ticket.version,
            if_version=demanded_version if demanded_version is not None else judged_version(name, seen),
            files=files, dry_run=dry_run, paper=paper,
        )
    except Refused as error:
        error.values.setdefault("trigger", name)  # what is refused is told by its name
        raise
    return done_view(context, done, command.warnings)


def overtaken(context: Context, number: str, error: Conflict, since: int | None) -> Response:
    """Somebody was faster: what they did since, as far as the account may read it."""
    view = problem_view(error, Speech(context).of(error))
    if since is not None:
        view["events"] = [event_view(item) for item in context.record.desk.events(context.who, number) if item.seq > since]
    if "if-match" in context.asked.heads:
        view["status"] = PRECONDITION_FAILED
    return answer(context.asked, view, status=view["status"])


def done_view(context: Context, done: Done, warnings: Sequence[Reason] = ()) -> DoneView:
    """What was done, and the ticket after it."""
    desk, actor = context.record.desk, context.who
    phrase = Speech(context).phrase(desk.definition(done.ticket))
    return {
        "ticket": listed(desk, actor, done.ticket, *done.events), "events": [event_view(event) for event in done.events],
        "warnings": [reason_view(warning, phrase) for warning in warnings],
    }
