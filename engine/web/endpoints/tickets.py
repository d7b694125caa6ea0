"""One ticket: its page, a new one, the form of any act, and the act itself. Which fields a form has follows from the workflow."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from engine.desk import pages
from engine.desk.drafts import OPEN, draft_of, drop_sent
from engine.desk.tickets import WORKFLOW
from engine.desk.typed_inputs import typed_inputs
from engine.desk.typed_opening import OPTIONAL, TypedOpening, opening
from engine.errors import Conflict, Refused, ZgError
from engine.office.visits.opening import open_with
from engine.web.attempt import MENDED, attempted
from engine.web.confided import tell_ticket
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.page import after, own_path, page, see_other
from engine.web.problem import problem_of, status_of
from engine.web.query import Texts
from engine.web.texts import Speech

NEW = {"title": "field.title", "source": "field.source"}

VERSION = "version"
"""The field that says which version of the ticket a form was made of."""

NEXT = "next"
"""The field that says where whoever acts goes on: to the next of a queue."""


def show(context: Context) -> Response:
    view = pages.ticket_page(context.record.desk, context.who, context.asked.params["number"])
    tell_ticket(context, view.shown)
    return page(context, "tickets/show", view, form=context.query)


def form(context: Context) -> Response:
    params = context.asked.params
    view = pages.act_form(context.record.desk, context.who, params["number"], params["trigger"])
    draft = draft_of(context.record.desk, context.who, view.ticket.number, view.verdict.trigger.name, real_now())
    begun = context.query if draft is None else Texts((*draft.pairs, *context.query.pairs))
    return page(context, "tickets/act", replace(view, draft=draft), form=begun)


def new(context: Context) -> Response:
    """The form of a new ticket."""
    draft = draft_of(context.record.desk, context.who, None, OPEN, real_now())
    begun = context.query if draft is None else Texts((*draft.pairs, *context.query.pairs))
    return page(context, "tickets/new", replace(pages.open_form(context.record.desk, context.who), draft=draft), form=begun)


def open_(context: Context) -> Response:
    """Opens it, and shows it; or shows the form again."""
    texts, desk = context.form.texts, context.record.desk
    workflow = texts.get("workflow") or WORKFLOW
    named = {name: texts.get(name) for name in OPTIONAL}

    def opened() -> str:
        typed = TypedOpening(
            texts.get("title") or "", texts.get("source") or "", together=texts.every("with"), repeats=texts.every("repeats"), **named,
        )
        done = open_with(desk, context.who, opening(context.app.intake, typed, workflow).value, context.handed_in(), workflow)
        drop_sent(desk, context.who, [None], OPEN, real_now())
        return f"/tickets/{done.ticket.number}?done={done.ticket.version}"

    return attempted(context, opened, "tickets/new", lambda: pages.open_form(desk, context.who), NEW)


def may_try(context: Context) -> None:
    """Raises what stands against the act whatever is handed in with it."""
    params = context.asked.params
    pages.may_try(context.record.desk, context.who, params["number"], params["trigger"])


def act(context: Context) -> Response:
    """Does it, and goes back to the ticket, to what was done; or shows the form again, with every word that was typed."""
    desk, actor, params, texts = context.record.desk, context.who, context.asked.params, context.form.texts
    number, name = params["number"], params["trigger"]
    seen = version_of(texts)
    try:
        ticket = desk.ticket(actor, number)
        trigger = desk.definition(ticket).triggers.get(name)
        command = context.app.intake.command(name, trigger, typed_inputs(trigger, texts.by_name(but=(VERSION, NEXT))), ticket).value
        done = desk.do(
            actor, ticket.number, command, seen=seen, if_version=pages.judged_version(name, seen),
            files=context.handed_in(),
        )
    except Conflict as error:
        return _again(context, error, texts, seen)
    except MENDED as error:
        if isinstance(error, Refused) and pages.not_theirs(error.reasons):
            raise
        return _again(context, error, texts, None)
    drop_sent(desk, actor, [done.ticket.number], name, real_now())
    last = done.events[-1].seq if done.events else done.ticket.version
    onward, own = own_path(texts.get(NEXT)), done.ticket.number
    return see_other(context, after(onward, own, last) if onward else f"/tickets/{own}?done={last}#event-{last}")


def _again(context: Context, error: ZgError, texts: Texts, since: int | None) -> Response:
    """The form with what was typed and what stands against it; where somebody was faster, with what happened since."""
    params = context.asked.params
    view = pages.act_form(context.record.desk, context.who, params["number"], params["trigger"], since)
    problem = problem_of(error, Speech(context).form_phrase(view.definition, params["trigger"]))
    kept = Texts(tuple(pair for pair in texts.pairs if pair[0] != VERSION))
    return page(context, "tickets/act", view, status=status_of(error), form=kept, problem=problem)


def version_of(texts: Texts, name: str = VERSION) -> int | None:
    """The version that a form was made of; None where it says none."""
    given = texts.get(name)
    return int(given) if given is not None and given.isdecimal() and len(given) < 10 else None
