"""Lists of tickets as an actor may see them: pages with cursors, counts, letters to be signed. Nothing here lists without an actor.

A unit sees and counts its own tickets only, and none that was not assigned yet (交办): an unannounced visit is secret until then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.desk.cursor import cursor_text
from engine.desk.tickets import Desk
from engine.desk.wanted import OPEN, Wanted, selected
from engine.record.listing.counts import MOST_COUNTED, counting, counting_by_measure
from engine.record.listing.pages import read_page
from engine.record.listing.selection import Selection
from engine.rules.access import Actor, sees_everything
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import light

if TYPE_CHECKING:
    from engine.rules.acts.proposals import Letter
    from engine.rules.definition import Definition


MOST = 10_000
"""Tickets on one page."""

MOST_INSTRUCTED = 20
"""Tickets with an open instruction above the first page."""

PIECE = 1_000
"""Tickets that are read at a time where all of a list are needed."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of tickets, and where the next one begins; None where this is the last."""

    tickets: tuple[Ticket, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many tickets a list has by light. Of a very long one only the first are counted: there are `more`."""

    lights: Mapping[str, int]
    more: bool

    @property
    def total(self) -> int:
        return sum(self.lights.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tickets a list has by light, and of each of some columns how many have each value, the most frequent first."""

    counted: Counted
    values: Mapping[str, Mapping[str, int]]


def page(desk: Desk, actor: Actor, wanted: Wanted) -> Page:
    """One page of what the actor may see. Raises NotPermitted, NotPossible (a portfolio of no leader), UsageError, TicketNotFound."""
    limit = MOST if wanted.limit is None else wanted.limit
    selection = selected(desk, actor, wanted)
    if selection is None:
        return Page(())
    found = read_page(desk.database, replace(selection, limit=limit + 1))
    shown = found[:limit]
    cursor = cursor_text(shown[-1][1][0], shown[-1][0].number, selection.order) if len(found) > len(shown) else None
    return Page(tuple(desk.as_seen(actor, ticket) for ticket, _ in shown), cursor)


def every(desk: Desk, actor: Actor, wanted: Wanted) -> Iterator[Ticket]:
    """Every ticket that is wanted and may be seen, read a piece at a time; at most `limit` of them. Raises as `page` does."""
    selection = selected(desk, actor, wanted)
    left = wanted.limit
    while selection is not None and left != 0:
        piece = replace(selection, limit=PIECE if left is None else min(left, PIECE))
        found = read_page(desk.database, piece)
        yield from (desk.as_seen(actor, ticket) for ticket, _ in found)
        left = None if left is None else left - len(found)
        selection = replace(selection, after=found[-1][1]) if len(found) == piece.limit else None


def count_by_light(desk: Desk, actor: Actor, wanted: Wanted) -> Counted:
    """How many tickets the whole list has by light, whatever page it is. Raises as `page` does."""
    return tally(desk, actor, wanted, ()).counted


def tally(desk: Desk, actor: Actor, wanted: Wanted, columns: Sequence[str]) -> Tally:
    """How many tickets the whole list has by light and by value of some columns, whatever page it is. Raises as `page` does."""
    selection = selected(desk, actor, wanted)
    found: dict[str, Counter[str]] = {name: Counter() for name in ("light", *columns)}
    if selection is not None:
        statement, values = counting(selection, columns)
        for *parted, count in desk.database.rows(statement, **values):
            for counts, value in zip(found.values(), parted, strict=True):
                if value is not None:
                    counts[str(value)] += int(count)
    lights = found.pop("light")
    counted = Counted(lights, more=lights.total() >= MOST_COUNTED)
    return Tally(counted, {name: dict(counts.most_common()) for name, counts in found.items()})


def counted_by_light(tickets: Sequence[Ticket], now: datetime) -> Counted:
    """How many tickets of a whole list, as it was read, have each light."""
    lights: dict[str, int] = {}
    for ticket in tickets:
        name = light(ticket, now)
        lights[name] = lights.get(name, 0) + 1
    return Counted(lights, more=False)


def open_by_measure(desk: Desk, actor: Actor) -> Mapping[str, int]:
    """How many open tickets of each measure the actor may see. Raises NotPermitted."""
    selection = selected(desk, actor, Wanted(scope=OPEN))
    if selection is None:
        return {}
    statement, values = counting_by_measure(selection)
    return {row[0]: int(row[1]) for row in desk.database.rows(statement, **values)}


def instructed(desk: Desk, actor: Actor, wanted: Wanted) -> list[Ticket]:
    """The tickets of a list in which a leader waits for an answer, most urgent first, whatever page they are on."""
    selection = selected(desk, actor, wanted)
    if selection is None:
        return []
    urgent = replace(selection, switches=(*selection.switches, "instructed"), sort="due", limit=MOST_INSTRUCTED, after=None)
    found = [desk.as_seen(actor, ticket) for ticket, _ in read_page(desk.database, urgent)]
    return [ticket for ticket in found if any(item.reported_at is None for item in ticket.instructions)]


def letters_to_sign(desk: Desk, actor: Actor, wanted: Wanted) -> list[Letter]:
    """The letters that wait for a signature among the tickets of a list, those due first; none for a unit. Raises as `page` does.

    They are one page: `after` is looked at, so that a wrong cursor is told, and passes over nothing.
    """
    from engine.rules.acts.proposals import letters  # a plain list does not ask what is proposed

    selection = selected(desk, actor, wanted)
    if selection is None:
        return []
    if not sees_everything(actor):
        return []
    return letters(_proposing(desk, selection), desk.rules.calendar())[: wanted.limit]


# how -----------------------------------------------------------------------------------------------------------------


def _proposing(desk: Desk, selection: Selection) -> Iterator[Ticket]:
    """Every ticket with open proposals, but those where nothing can be issued now: they are suspended."""
    piece = replace(selection, switches=(*selection.switches, "proposals"), sort="number", limit=PIECE, after=None)
    while True:
        found = read_page(desk.database, piece)
        yield from (ticket for ticket, _ in found if _issues(ticket.state, desk.definition(ticket)))
        if len(found) < PIECE:
            return
        piece = replace(piece, after=found[-1][1])


def _issues(state: str, definition: Definition) -> bool:
    return any("issue" in trigger.effects and state in trigger.sources for trigger in definition.triggers.values())
