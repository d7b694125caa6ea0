"""Links between tickets of one problem (重复): a duplicate as the ticket that is kept lists it, and both ways by number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from engine.rules.acts.duplicates import DUPLICATE_OF, HAS_DUPLICATE
from engine.rules.json_value import JsonObject
from engine.rules.ticket import Ticket


class DuplicateView(TypedDict):
    """The duplicate: its number, title and state, whom it was with, and the files that were handed in with it."""

    number: str
    title: str
    state: str
    lead: str | None
    files: list[JsonObject]


class LinkView(TypedDict):
    """Another ticket that this one is linked with. `relation`: `duplicate-of` where this one repeats it, else `has-duplicate`."""

    relation: str
    number: str


def link_views(ticket: Ticket, duplicates: Iterable[DuplicateView]) -> list[LinkView]:
    """The ticket's links that its reader may know: its original first, then the duplicates that the reader may see."""
    original: list[LinkView] = [{"relation": DUPLICATE_OF, "number": ticket.duplicate_of}] if ticket.duplicate_of is not None else []
    repeating: list[LinkView] = [{"relation": HAS_DUPLICATE, "number": item["number"]} for item in duplicates]
    return original + repeating


def duplicate_view(duplicate: Ticket, files: Iterable[JsonObject]) -> DuplicateView:
    """One duplicate, for a reader who may see it."""
    return {
        "number": duplicate.number, "title": duplicate.title, "state": duplicate.state, "lead": duplicate.lead, "files": list(files),
    }
