"""Links between tickets: of one problem that was found twice (重复), and of a fault that was found again (反复), both ways by number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from engine.rules.acts.duplicates import DUPLICATE_OF, HAS_DUPLICATE
from engine.rules.acts.repeats import REPEATED_BY, REPEATS
from engine.rules.json_value import JsonObject
from engine.rules.loop.standing import RELAPSE_OF, RELAPSED_AS
from engine.rules.ticket import Ticket


class DuplicateView(TypedDict):
    """The duplicate: its number, title and state, whom it was with, and the files that were handed in with it."""

    number: str
    title: str
    state: str
    lead: str | None
    files: list[JsonObject]


class LinkView(TypedDict):
    """Another ticket that this one is linked with. `relation`: `duplicate-of` where this one was found twice,
    `has-duplicate` where that one was; `repeats` where this is an earlier fault again, `repeated-by` where that is; `relapse-of` where a
    round found the problem of that one again, which was closed in an earlier year; `relapsed-as` where that one is the later of the two.
    """

    relation: str
    number: str


def link_views(
    ticket: Ticket, duplicates: Iterable[DuplicateView], later: Iterable[Ticket], relapsed: Iterable[str] = (),
    relapses: Iterable[str] = (),
) -> list[LinkView]:
    """The ticket's links that its reader may know: its original first, the duplicates and what it repeats, then the `later` tickets that
    repeat it, those of an earlier year that `relapsed`, and those of a later one that are `relapses` of it.
    """
    original: list[LinkView] = [{"relation": DUPLICATE_OF, "number": ticket.duplicate_of}] if ticket.duplicate_of is not None else []
    repeating: list[LinkView] = [{"relation": HAS_DUPLICATE, "number": item["number"]} for item in duplicates]
    earlier: list[LinkView] = [{"relation": REPEATS, "number": number} for number in ticket.repeats]
    again: list[LinkView] = [{"relation": REPEATED_BY, "number": found.number} for found in later]
    before: list[LinkView] = [{"relation": RELAPSE_OF, "number": number} for number in relapsed]
    after: list[LinkView] = [{"relation": RELAPSED_AS, "number": number} for number in relapses]
    return original + repeating + earlier + again + before + after


def duplicate_view(duplicate: Ticket, files: Iterable[JsonObject]) -> DuplicateView:
    """One duplicate, for a reader who may see it."""
    return {
        "number": duplicate.number, "title": duplicate.title, "state": duplicate.state, "lead": duplicate.lead, "files": list(files),
    }
