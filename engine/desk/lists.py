"""Lists of tickets as an actor may see them: pages with cursors, counts, letters to be signed. Nothing here lists without an actor.

A unit sees and counts its own tickets only, and none that was not assigned yet (交办): an unannounced visit is secret until then.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from engine.desk.tickets import Desk
from engine.errors import NotPossible, TicketNotFound, UsageError
from engine.record import listing, queries
from engine.record.damage import as_written
from engine.record.journal import ticket_of, timed
from engine.record.listing import MOST_COUNTED, Selection
from engine.rules.access import LEADER, Actor, must_have_role, sees_everything
from engine.rules.proof.chain import LARGEST_INTEGER, moment, stamp
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.rules.acts.proposals import Letter
    from engine.rules.definition import Definition

LIGHTS, SORTS = tuple(listing.LIGHTS), tuple(listing.SORTS)
TURNS = ("office", "lead", "cooperator", "head")
"""What a list may be filtered and ordered by."""

MOST = 10_000
"""Tickets on one page."""

MOST_INSTRUCTED = 20
"""Tickets with an open instruction above the first page."""

PIECE = 500
"""Tickets that are read at a time where all of a list are needed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see of the ledger. `unit` is a code; `after` is the cursor of the page before, or the last number seen."""

    state: str | None = None
    unit: str | None = None
    light: str | None = None
    source: str | None = None
    turn: str | None = None
    text: str | None = None
    overdue: bool = False
    open: bool = False
    portfolio: bool = False
    sort: str = "due"
    limit: int = 50
    after: str | None = None


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


def page(desk: Desk, actor: Actor, wanted: Wanted) -> Page:
    """One page of what the actor may see. Raises NotPermitted, NotPossible (a portfolio of no leader), UsageError, TicketNotFound."""
    selection = _selection(desk, actor, wanted)
    if selection is None:
        return Page(())
    after = _position(desk, actor, wanted.after, wanted.sort) if wanted.after is not None else None
    found = _read(desk, replace(selection, limit=wanted.limit + 1, after=after))
    shown = found[: wanted.limit]
    return Page(tuple(ticket for ticket, _ in shown), cursor_text(*shown[-1][1]) if len(found) > len(shown) else None)


def count_by_light(desk: Desk, actor: Actor, wanted: Wanted) -> Counted:
    """How many tickets the whole list has by light, whatever page it is. Raises as `page` does."""
    selection = _selection(desk, actor, wanted)
    if selection is None:
        return Counted({}, more=False)
    statement, values = listing.counting(selection)
    lights = {row[0]: int(row[1]) for row in desk.database.rows(statement, **values)}
    return Counted(lights, sum(lights.values()) >= MOST_COUNTED)


def open_by_measure(desk: Desk, actor: Actor) -> Mapping[str, int]:
    """How many open tickets of each measure the actor may see. Raises NotPermitted."""
    selection = _selection(desk, actor, Wanted(open=True))
    if selection is None:
        return {}
    statement, values = listing.counting_by_measure(selection)
    return {row[0]: int(row[1]) for row in desk.database.rows(statement, **values)}


def instructed(desk: Desk, actor: Actor, wanted: Wanted) -> list[Ticket]:
    """The tickets of a list in which a leader waits for an answer, most urgent first, whatever page they are on."""
    selection = _selection(desk, actor, wanted)
    if selection is None:
        return []
    urgent = replace(selection, switches=(*selection.switches, "instructed"), sort="due", limit=MOST_INSTRUCTED)
    return [ticket for ticket, _ in _read(desk, urgent)]


def letters_to_sign(desk: Desk, actor: Actor, wanted: Wanted) -> list[Letter]:
    """The letters that wait for a signature among the tickets of a list, those due first. Raises as `page` does.

    They are one page: `after` is looked at, so that a wrong cursor is told, and passes over nothing.
    """
    from engine.rules.acts.proposals import letters  # a plain list does not ask what is proposed

    selection = _selection(desk, actor, wanted)
    if selection is None:
        return []
    if wanted.after is not None:
        _position(desk, actor, wanted.after, wanted.sort)
    return letters(_proposing(desk, selection), desk.rules.calendar())[: wanted.limit]


def cursor_text(value: object, ticket: int) -> str:
    """Where the next page begins, as a word that survives any shell."""
    position: Mapping[str, object] = {"v": stamp(value) if isinstance(value, datetime) else value, "i": ticket}
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


# how -----------------------------------------------------------------------------------------------------------------


def _selection(desk: Desk, actor: Actor, wanted: Wanted) -> Selection | None:
    """Which tickets are wanted and may be seen; None where the actor may see none of those that are wanted."""
    must_have_role(actor)
    _must_be_state(desk, wanted.state)
    named = {"state": wanted.state, "unit": wanted.unit, "source": wanted.source, "turn": wanted.turn, "text": wanted.text}
    filters: dict[str, object] = {name: value for name, value in named.items() if value is not None}
    if wanted.portfolio:
        filters["units"] = _portfolio(desk, actor)
    if not sees_everything(actor):
        if wanted.unit not in (None, actor.unit):
            return None
        filters |= {"unit": actor.unit, **_hidden(desk)}
    switches = [name for name, on in (("overdue", wanted.overdue), ("open", wanted.open)) if on]
    if filters.get("turn") == "cooperator":  # a ticket is with its lead and its cooperators at once: whose part is open is asked
        del filters["turn"]
        if "unit" in filters:
            filters["cooperating"] = filters["unit"]
        else:
            switches.append("parts")
    return Selection(desk.clock.now(), filters, switches, wanted.light, wanted.sort)


def _must_be_state(desk: Desk, state: str | None) -> None:
    """Raises UsageError for a state that no workflow in force has: an empty list would say that nothing is there."""
    if state is None:
        return
    states = dict.fromkeys(name for workflow in desk.rules.names() for name in desk.rules.current(workflow).states)
    if state not in states:
        raise UsageError(reason="usage-choice", parameter="state", choices=list(states))


def _hidden(desk: Desk) -> dict[str, list[str]]:
    """The states that units do not see, of every definition that a ticket may be pinned to."""
    hidden = [f"{definition.hash} {state}" for definition in desk.rules.every() for state in definition.hidden_states()]
    return {"hidden": hidden} if hidden else {}


def _portfolio(desk: Desk, actor: Actor) -> list[str]:
    """The units the actor answers for, or whoever the actor stands in for. Raises NotPossible for anybody but a leader."""
    name = actor.stands_for or actor.name
    if actor.role != LEADER:
        raise NotPossible(reason="account-no-leader", name=name)
    return [unit for account, unit in desk.database.rows(queries.PORTFOLIOS) if account == name]


@as_written
def _read(desk: Desk, selection: Selection) -> list[tuple[Ticket, tuple[object, int]]]:
    """The tickets of a selection, each with its position in the order: sort value and id."""
    statement, values = listing.listing(selection)
    return [(timed(ticket_of(row)), listing.position(selection, row)) for row in desk.database.rows(statement, **values)]


def _proposing(desk: Desk, selection: Selection) -> Iterator[Ticket]:
    """Every ticket with open proposals, but those where nothing can be issued now: they are suspended."""
    piece = replace(selection, switches=(*selection.switches, "proposals"), sort="number", limit=PIECE, after=None)
    while True:
        found = _read(desk, piece)
        yield from (ticket for ticket, _ in found if _issues(ticket.state, desk.definition(ticket)))
        if len(found) < PIECE:
            return
        piece = replace(piece, after=found[-1][1])


def _issues(state: str, definition: Definition) -> bool:
    return any("issue" in trigger.effects and state in trigger.sources for trigger in definition.triggers.values())


def _position(desk: Desk, actor: Actor, text: str, sort: str) -> tuple[object, int]:
    """A cursor as it was given, or the number of the last ticket seen: what a program has. Raises UsageError, TicketNotFound."""
    column = listing.column_of(sort)
    try:
        number = desk.number(text)
    except TicketNotFound:
        try:
            node = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            return _value(node, column), _whole(node["i"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise UsageError(reason="usage-cursor", text=text) from None
    ticket = desk.ticket(actor, number)
    return getattr(ticket, column), ticket.id


def _value(node: Mapping[str, object], column: str) -> object:
    """The sort value that a cursor holds. Raises ValueError, KeyError, TypeError for what the column never holds."""
    if column in ("id", "level"):
        return _whole(node["v"])
    return None if node["v"] is None else moment(cast(str, node["v"]))


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < LARGEST_INTEGER:
        raise ValueError(value)
    return value
