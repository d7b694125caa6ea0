"""What the office itself got wrong of a ticket (更正), and how tickets belong together: duplicates, and problems that came back."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from engine.desk import pages
from engine.desk.act import Done
from engine.rules.acts.amend import Amendment
from engine.rules.ticket import Ticket
from engine.rules.worktime import Side
from engine.views.ticket_page import AmendForm
from engine.web.attempt import Needs, attempted
from engine.web.context import Context
from engine.web.endpoints.tickets import VERSION, version_of
from engine.web.page import page
from engine.web.query import Texts, must_know

TYPED = ("reason", "title", "detail", "grade", "measure", "source", "due", "standing", "officer", "lead")

CORRECTION = {"reason": "page.amending.reason"}
OTHER = {"other": "page.amending.other"}
UNLINKED = {"reason": "page.amending.reason"}
DUPLICATE, REPEATS = "duplicate-of", "repeats"
"""How a ticket may belong to another one."""


def show(context: Context) -> Response:
    """The form of a correction. What is left empty stays as it is; the address may propose something."""
    return page(context, "amending/show", _form(context), form=context.query)


def may_try(context: Context) -> None:
    """Raises what stands against it whatever is sent."""
    pages.must_handle(context.record.desk, context.who, context.asked.params["number"])


def amend(context: Context) -> Response:
    texts = context.form.texts
    typed = Texts(tuple(pair for pair in texts.pairs if pair[0] != VERSION))

    def amended(ticket: Ticket) -> Done:
        return context.record.desk.amend(context.who, ticket.number, amendment_of(context, typed, ticket), if_version=version_of(texts))

    return _done(context, amended, CORRECTION)


def link(context: Context) -> Response:
    """Says that it is a duplicate of another one, or that its problem is an earlier one's."""
    texts, desk = context.form.texts, context.record.desk

    def linked(ticket: Ticket) -> Done:
        other = texts.get("other") or ""
        return (desk.link if texts.get("relation") == DUPLICATE else desk.repeat)(context.who, ticket.number, other)

    return _done(context, linked, OTHER)


def unlink(context: Context) -> Response:
    """Takes that back."""
    texts, desk = context.form.texts, context.record.desk

    def unlinked(ticket: Ticket) -> Done:
        reason, earlier = texts.get("reason") or "", texts.get(REPEATS)
        if earlier is not None:
            return desk.unrepeat(context.who, ticket.number, earlier, reason)
        return desk.unlink(context.who, ticket.number, reason)

    return _done(context, unlinked, UNLINKED)


# acts, by whichever door ---------------------------------------------------------------------------------------------


def amendment_of(context: Context, texts: Texts, ticket: Ticket) -> Amendment:
    """A correction as it was typed. Raises UsageError, and whatever the intake raises."""
    must_know(texts, TYPED)
    intake = context.app.intake
    measure, due, officer, lead, standing = (texts.get(name) for name in ("measure", "due", "officer", "lead", "standing"))
    when = intake.when(due, Side.COMING) if due is not None else None
    return Amendment(
        texts.get("reason") or "", texts.get("title"), texts.get("detail"),
        intake.grade(context.record.desk.definition(ticket), texts.get("grade")),
        intake.measure(measure).no if measure is not None else None, texts.get("source"), when.value if when is not None else None,
        standing is not None and intake.flag("standing", standing),
        officer=intake.accounts.officer(officer) if officer is not None else None,
        lead=intake.unit(lead) if lead is not None else None,
    )


# how -----------------------------------------------------------------------------------------------------------------


def _done(context: Context, act: Callable[[Ticket], Done], needs: Needs) -> Response:
    """Does it, and goes to what it did; or shows the form again."""
    def done() -> str:
        found = act(context.record.desk.ticket(context.who, context.asked.params["number"]))
        last = found.events[-1].seq if found.events else found.ticket.version
        return f"/tickets/{found.ticket.number}?done={last}#event-{last}"

    return attempted(context, done, "amending/show", lambda: _form(context), needs)


def _form(context: Context) -> AmendForm:
    return pages.amend_form(context.record.desk, context.who, context.asked.params["number"])
