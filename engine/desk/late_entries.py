"""What a unit did on paper, as the office types it in (补录, 代录): which acts, and the form of one."""

from __future__ import annotations

from dataclasses import replace

from engine.desk.pages import act_form, must_handle
from engine.desk.tickets import Desk
from engine.errors import NotFound
from engine.record import journal
from engine.rules.access import Actor
from engine.rules.acts.command import Verdict
from engine.rules.acts.late_entry import enterable, parties
from engine.views.ticket_page import EntryForm


def entry_form(desk: Desk, actor: Actor, number: str, name: str) -> EntryForm:
    """The form of an act on paper: what the act takes, and the units that may have done it. Raises TicketNotFound, NotPermitted, NotFound
    for an act that no unit may have done now.
    """
    must_handle(desk, actor, number)
    form = act_form(desk, actor, number, name)
    found = enterable(form.definition, form.ticket, journal.read_events(desk.database, form.ticket.id))
    trigger = next((item for item in found if item.name == name), None)
    if trigger is None:
        raise NotFound(reason="entry-not-now", number=form.ticket.number, trigger=name)
    return EntryForm(replace(form, verdict=Verdict(trigger, (), ())), parties(form.ticket, trigger))
