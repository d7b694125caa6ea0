"""One act on many tickets, each its own transaction: what one of them is refused does not stop the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.desk.awaited import undecided
from engine.desk.filing import HandedIn
from engine.desk.intake import Intake
from engine.desk.pages import act_form, verdict_of
from engine.desk.tickets import Desk
from engine.desk.typed_inputs import typed_inputs
from engine.errors import NotFound, Refused, UsageError, ZgError
from engine.rules.access import Actor
from engine.rules.acts.consent import CONSENTS, Waiting
from engine.rules.ticket import Ticket
from engine.views.bulk import BulkChoice, BulkChoices, BulkPage, BulkRow

MOST_AT_ONCE = 50
"""Tickets that one form may be about."""


class Wish(NamedTuple):
    """What was typed for one ticket, and which version of it was looked at; None where nobody looked yet."""

    number: str
    given: Mapping[str, Sequence[str]]
    version: int | None = None


def choices(desk: Desk, actor: Actor, numbers: Sequence[str]) -> BulkChoices:
    """What may be done to these tickets. Raises TicketNotFound, UsageError (none, or too many)."""
    tickets = tuple(_named_tickets(desk, actor, numbers).values())
    possible: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        for verdict in desk.verdicts(actor, ticket):
            if verdict.possible:
                possible.setdefault(verdict.trigger.name, []).append(ticket)
    found = [BulkChoice(name, len(own), own[0]) for name, own in possible.items()]
    return BulkChoices(tickets, tuple(sorted(found, key=lambda item: -item.possible)), desk.clock.now(), desk.rules.calendar())


def looked_at(intake: Intake, act: str, numbers: Sequence[str]) -> BulkPage:
    """The act as it stands for these tickets, before anything was typed. Raises TicketNotFound, UsageError, NotFound."""
    desk, actor = intake.desk, intake.actor
    rows = [_as_it_stands(desk, actor, act, ticket) for ticket in _named_tickets(desk, actor, numbers).values()]
    return BulkPage(act_form(desk, actor, rows[0].ticket.number, act), tuple(rows))


def attempt(intake: Intake, act: str, wishes: Sequence[Wish], files: Sequence[HandedIn] = (), *, dry_run: bool) -> BulkPage:
    """Does it to each of them, or says what would become of it. Raises TicketNotFound, UsageError, NotFound.

    It is done to the version that was looked at and to no other: a form that is sent twice does nothing twice.
    """
    tickets = _named_tickets(intake.desk, intake.actor, [wish.number for wish in wishes])
    wished = {wish.number: wish for wish in wishes}
    rows = tuple(_row(intake, act, wished[typed], ticket, files, dry_run) for typed, ticket in tickets.items())
    form = act_form(intake.desk, intake.actor, rows[0].ticket.number, act)
    return BulkPage(form, rows, tried=not dry_run, previewed=dry_run)


def _as_it_stands(desk: Desk, actor: Actor, act: str, ticket: Ticket) -> BulkRow:
    error: ZgError | None = None
    try:
        reasons = verdict_of(desk, actor, ticket, act).reasons
        error = Refused(reasons, number=ticket.number, trigger=act, ticket=ticket) if reasons else None
    except NotFound as unknown:
        error = unknown
    return BulkRow(ticket, desk.definition(ticket), ticket.version, ticket.lead, error, about=_about(desk, actor, act, ticket))


def _row(intake: Intake, act: str, wish: Wish, ticket: Ticket, files: Sequence[HandedIn], dry_run: bool) -> BulkRow:
    desk, version = intake.desk, wish.version if wish.version is not None else ticket.version
    definition = desk.definition(ticket)
    trigger, about = definition.triggers.get(act), _about(desk, intake.actor, act, ticket)
    try:
        command = intake.command(act, trigger, typed_inputs(trigger, wish.given), ticket).value
        done = desk.do(intake.actor, ticket.number, command, if_version=version, dry_run=dry_run, files=files)
    except ZgError as error:
        mended = trigger is not None and verdict_of(desk, intake.actor, ticket, act).possible
        return BulkRow(ticket, definition, ticket.version, ticket.lead, error, about=about, mended=mended)
    return BulkRow(done.ticket, definition, version, done.ticket.lead, done=not dry_run, about=about)


def _about(desk: Desk, actor: Actor, act: str, ticket: Ticket) -> Waiting | None:
    """What of a ticket a leader's word would be about: the first that waits."""
    definition = desk.definition(ticket)
    trigger = definition.triggers.get(act)
    if trigger is None or CONSENTS not in trigger.effects:
        return None
    return next(iter(undecided(desk, actor, definition, ticket)), None)


def must_be_few(numbers: Sequence[str]) -> None:
    """Raises UsageError where no ticket is named, or more than one form may be about."""
    if not 0 < len(numbers) <= MOST_AT_ONCE:
        raise UsageError(reason="bulk-too-many" if numbers else "bulk-none", most=MOST_AT_ONCE)


def _named_tickets(desk: Desk, actor: Actor, numbers: Sequence[str]) -> dict[str, Ticket]:
    """The tickets by these numbers as they were typed, each ticket once, however often and however it is named."""
    must_be_few(numbers)
    found: dict[str, tuple[str, Ticket]] = {}
    for typed in numbers:
        ticket = desk.ticket(actor, typed)
        found.setdefault(ticket.number, (typed, ticket))
    return dict(found.values())
