"""Lists of what the office keeps beside tickets: the newest of a kind, those that are over on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from engine.desk.tickets import Desk
from engine.office.each import Became
from engine.rules.ticket import Ticket
from engine.views.ledger import LedgerRow
from engine.views.office_lists import BecamePage, BecameRow, Members, ThingList
from engine.web.context import Context

SHOWN = 200
"""So many are listed, the newest first."""

Kept = TypeVar("Kept")
View = TypeVar("View")


def listed(context: Context, every: Callable[[bool], Iterable[Kept]], view: Callable[[Kept], View]) -> ThingList[View]:
    """The newest of them; `every` gives them all, with those that are over where it is told so."""
    closed = context.query.on("every")
    found = list(islice(every(closed), SHOWN + 1))
    return ThingList(tuple(view(item) for item in found[:SHOWN]), closed, len(found) > SHOWN)


def members(desk: Desk, tickets: Sequence[Ticket]) -> Members:
    """The tickets of a thing as a page shows them."""
    rows = tuple(LedgerRow(ticket, desk.definition(ticket)) for ticket in tickets)
    return Members(rows, desk.clock.now(), desk.rules.calendar())


def became(desk: Desk, items: Iterable[Became], number: str, back: str) -> BecamePage:
    """What became of each of many tickets of one thing, which `number` names; `back` leads to it."""
    return BecamePage(number, back, tuple(BecameRow(item.after, desk.definition(item.ticket), item.error) for item in items))
