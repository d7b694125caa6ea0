"""What a unit did on paper, typed in by the office (代录): the form of an act with the date of its sheet, and the act as of then."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk import pages
from engine.desk.late_entries import entry_form
from engine.desk.typed_inputs import typed_inputs
from engine.errors import UsageError
from engine.rules.acts.late_entry import Paper
from engine.views.ticket_page import EntryForm
from engine.web.attempt import attempted
from engine.web.context import Context
from engine.web.page import page
from engine.web.query import Texts

ON, BASIS, UNIT = SHEET = "on", "basis", "for"
"""The fields of the sheet: when it was signed, on what basis it is entered, and whose it is."""

ENTRY = {ON: "page.entries.on", BASIS: "page.entries.basis"}


def form(context: Context) -> Response:
    return page(context, "entries/form", _form(context), form=context.query)


def may_enter(context: Context) -> None:
    """Raises what stands against it whatever is handed in."""
    pages.must_handle(context.record.desk, context.who, context.asked.params["number"])


def enter(context: Context) -> Response:
    """Enters it as of the date of the sheet, and shows the ticket; or the form again with every word."""
    desk, params, texts = context.record.desk, context.asked.params, context.form.texts
    number, name = params["number"], params["trigger"]

    def entered() -> str:
        ticket = desk.ticket(context.who, number)
        trigger = desk.definition(ticket).triggers.get(name)
        typed = typed_inputs(trigger, texts.by_name(but=SHEET))
        command = context.app.intake.command(name, trigger, typed, ticket).value
        done = desk.do(context.who, ticket.number, command, files=context.handed_in(), paper=paper_of(context, texts))
        return f"/tickets/{done.ticket.number}?done={done.events[-1].seq}#event-{done.events[-1].seq}"

    return attempted(context, entered, "entries/form", lambda: _form(context), ENTRY)


def paper_of(context: Context, texts: Texts) -> Paper:
    """The sheet that an act is entered from. Raises UsageError, also where it has no date; UnitNotFound."""
    paper = context.app.intake.paper(texts.get(ON), texts.get(BASIS), texts.get(UNIT)).value
    if paper is None:
        raise UsageError(reason="form-unfilled", labels=[ON])
    return paper


def _form(context: Context) -> EntryForm:
    params = context.asked.params
    return entry_form(context.record.desk, context.who, params["number"], params["trigger"])
