"""A visit (督查检查) as JSON, for whoever may read where the office went and who took part."""

from __future__ import annotations

from datetime import tzinfo
from typing import TypedDict

from engine.rules.loop.recheck import rating_of
from engine.rules.loop.visit import Visit
from engine.rules.ticket import Ticket
from engine.views.moments import date_text, day_text, moment_text


class VisitView(TypedDict):
    """Every fact of a visit. `day` is when it was, `again` the closed tickets that it looked at once more, drawn as `sample` of those
    closed in the `months` before; `agreed` what a leader consented to assign. `findings` says how many tickets it made, `unassigned` how
    many of them wait to be assigned, `open` how many are not closed.
    """

    number: str
    day: str
    place: str
    unannounced: bool
    team: list[str]
    sample: str | None
    months: int | None
    lot: str | None
    again: list[str]
    agreed: list[str]
    begun_at: str
    begun_on: str
    begun_by: str
    consented_at: str | None
    consented_on: str | None
    consented_by: str | None
    closed_at: str | None
    closed_on: str | None
    closed_by: str | None
    version: int
    findings: int
    unassigned: int
    open: int


def visit_view(visit: Visit, zone: tzinfo, *, findings: int, unassigned: int, open_: int) -> VisitView:
    """What a visit is, with how many findings it has."""
    return {
        "number": visit.number, "day": date_text(visit.day) or "", "place": visit.place, "unannounced": visit.unannounced,
        "team": list(visit.team), "sample": visit.sample, "months": visit.months, "lot": visit.lot,
        "again": list(visit.again), "agreed": list(visit.agreed),
        "begun_at": moment_text(visit.begun_at) or "", "begun_on": day_text(visit.begun_at, zone) or "", "begun_by": visit.begun_by,
        "consented_at": moment_text(visit.consented_at), "consented_on": day_text(visit.consented_at, zone),
        "consented_by": visit.consented_by, "closed_at": moment_text(visit.closed_at), "closed_on": day_text(visit.closed_at, zone),
        "closed_by": visit.closed_by, "version": visit.version, "findings": findings, "unassigned": unassigned, "open": open_,
    }


class AgainView(TypedDict):
    """A closed ticket that a 回头看 was drawn to look at again. `rating` is 0, 50 or 100; none before it was looked at."""

    number: str
    title: str
    rating: int | None


def again_view(visit: Visit, ticket: Ticket) -> AgainView:
    """What a visit says of a ticket that it was drawn to look at again."""
    return {"number": ticket.number, "title": ticket.title, "rating": rating_of(ticket, visit)}
