"""A batch (来文批次) as JSON: what came with one letter."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TypedDict

from engine.rules.batch import Batch, is_late
from engine.rules.ticket import Ticket
from engine.views.moments import date_text, day_text, moment_text


class BatchView(TypedDict):
    """Every public fact of a batch. `letter` is the sender's number of the letter, `dated_on` the day it bears; `assign_due_at` and
    `assign_due_on` are when `assign_limit` is over, `office_late` says that it is and the batch is not closed, `next_alarm` when the office
    hears of it (again). `tickets` says how many there are, `unassigned` how many of them wait to be assigned,
    `open` how many are not closed, `repeats` how many repeat an earlier finding.
    """

    number: str
    title: str
    letter: str
    dated_on: str
    sender: str | None
    assign_limit: str
    assign_due_at: str
    assign_due_on: str
    office_late: bool
    next_alarm: str | None
    received_at: str
    received_on: str
    received_by: str
    closed_at: str | None
    closed_on: str | None
    closed_by: str | None
    version: int
    tickets: int
    unassigned: int
    open: int
    repeats: int


class MemberView(TypedDict):
    """A ticket of a batch, as far as it is needed to look it up."""

    number: str
    title: str
    state: str
    lead: str | None
    promised_on: str | None


def batch_view(batch: Batch, now: datetime, zone: tzinfo, *, tickets: int, unassigned: int, open_: int, repeats: int) -> BatchView:
    """What a batch is, with how many tickets it has. One that is assigned as a whole is late no more, and rings no more."""
    waits = unassigned > 0 or tickets == 0
    return {
        "number": batch.number, "title": batch.title, "letter": batch.letter, "dated_on": date_text(batch.dated) or "",
        "sender": batch.sender, "assign_limit": batch.assign_limit, "assign_due_at": moment_text(batch.assign_due_at) or "",
        "assign_due_on": day_text(batch.assign_due_at, zone) or "", "office_late": waits and is_late(batch, now),
        "next_alarm": moment_text(batch.wake_at) if waits else None, "received_at": moment_text(batch.received_at) or "",
        "received_on": day_text(batch.received_at, zone) or "", "received_by": batch.received_by,
        "closed_at": moment_text(batch.closed_at), "closed_on": day_text(batch.closed_at, zone), "closed_by": batch.closed_by,
        "version": batch.version, "tickets": tickets, "unassigned": unassigned, "open": open_, "repeats": repeats,
    }


def member_view(ticket: Ticket, zone: tzinfo) -> MemberView:
    """A ticket of a batch."""
    return {
        "number": ticket.number, "title": ticket.title, "state": ticket.state, "lead": ticket.lead,
        "promised_on": day_text(ticket.promised_at, zone),
    }
