"""What the API adds to the views that every door shows: pages of a list, results of many acts, and errors (RFC 9457)."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from engine.views.event import EventView
from engine.views.people import UnitView
from engine.views.ticket import TicketView
from engine.views.verdicts import ReasonView
from engine.views.workflow import WorkflowView


class FaultView(TypedDict):
    """A fault of what was sent: where it stands, and in words."""

    code: str
    where: str
    message: str


class ProblemView(TypedDict):
    """What went wrong, as RFC 9457 has it. `code` is for programs, the texts are for people, in the language that was asked for. `reasons`:
    everything that stands against an act; `needs`: the inputs without which it cannot be. `faults`: of each field or row. `events`: what
    others did to the ticket since the version that was named, as far as the account may read it.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str | None
    hint: str | None
    reasons: list[ReasonView]
    needs: list[str]
    faults: NotRequired[list[FaultView]]
    events: NotRequired[list[EventView]]


class TicketsView(TypedDict):
    """A page of a list; `next` is the cursor of the one after it, for `after`."""

    tickets: list[TicketView]
    next: str | None


class DoneView(TypedDict):
    """What an act did: the ticket after it, the events it made (none: it had been done before), and what deserves a warning."""

    ticket: TicketView
    events: list[EventView]
    warnings: list[ReasonView]


class LogView(TypedDict):
    """The events of a ticket, as far as the account may read them, oldest first."""

    number: str
    events: list[EventView]


class ItemView(TypedDict):
    """What became of one of several: what was done, or why not. `status` is what it would have been alone."""

    number: str
    status: int
    done: NotRequired[DoneView]
    problem: NotRequired[ProblemView]


class ItemsView(TypedDict):
    """What became of several, in the order in which they were named."""

    results: list[ItemView]


class UnitsView(TypedDict):
    """Units and groups, by code."""

    units: list[UnitView]


class WorkflowsView(TypedDict):
    """The workflows that new tickets can have."""

    workflows: list[WorkflowView]


class AboutView(TypedDict):
    """Which program answers, and for whom."""

    version: str
    office: str
    account: str
    role: str
    unit: str | None
