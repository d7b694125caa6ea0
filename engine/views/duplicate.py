"""A ticket that repeats another one (重复), as the one that is kept lists it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from engine.rules.json_value import JsonObject
from engine.rules.ticket import Ticket


class DuplicateView(TypedDict):
    """The duplicate: its number, title and state, whom it was with, and the files that were handed in with it."""

    number: str
    title: str
    state: str
    lead: str | None
    files: list[JsonObject]


def duplicate_view(duplicate: Ticket, files: Iterable[JsonObject]) -> DuplicateView:
    """One duplicate, for a reader who may see it."""
    return {
        "number": duplicate.number, "title": duplicate.title, "state": duplicate.state, "lead": duplicate.lead, "files": list(files),
    }
