"""Lists of tickets as an actor may see them: pages with cursors, counts, letters to be signed. Nothing here lists without an actor.

A unit sees and counts its own tickets only, and none that was not assigned yet (交办): an unannounced visit is secret until then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.desk.cursor import cursor_text, position
from engine.desk.tickets import WORKFLOW, Desk
from engine.errors import NotPossible, RoundNotFound, UsageError
from engine.record import journal, queries
from engine.record.aggregates import ROUNDS
from engine.record.listing import selection as known
from engine.record.listing.counts import MOST_COUNTED, counting, counting_by_measure, values_of
from engine.record.listing.pages import read_page
from engine.record.listing.selection import SORTS_OF_UNITS, Selection
from engine.rules.access import (
    LEADER,
    Actor,
    may_read_batches,
    may_read_rounds,
    may_read_visits,
    must,
    must_have_role,
    sees_everything,
)
from engine.rules.acts.opening import SOURCES
from engine.rules.deadline import COOPERATOR, LEAD, OFFICE
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import GREY, light
from engine.rules.wording import LONGEST_TITLE
from engine.rules.worktime.period import EVER, Span

if TYPE_CHECKING:
    from engine.rules.acts.proposals import Letter
    from engine.rules.definition import Definition

LIGHTS, SORTS = tuple(known.LIGHTS), tuple(sort for sort in known.SORTS if sort not in known.INNER_SORTS)
OPEN, CLOSED, EVERY = known.OPEN, known.CLOSED, known.EVERY
TURNS = (OFFICE, LEAD, COOPERATOR, "head")
"""What a list may be filtered and ordered by."""

BY_LEVEL = "level"
"""The order by the level on the ladder: the highest first."""

MOST = 10_000
"""Tickets on one page."""

MOST_INSTRUCTED = 20
"""Tickets with an open instruction above the first page."""

PIECE = 1_000
"""Tickets that are read at a time where all of a list are needed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see of the ledger. Of several states, units (codes), lights … a ticket has one.

    A ticket is of the `units` that lead it or cooperate; of `leads` of the one that leads it (None: whoever does).
    `scope` is open, closed or all; unless it is told, the open ones, or whatever the other wishes name. `sort`: None for the order of
    what is wanted: by the promised date, or latest first. `late` and `on_time` are about closed ones too. `limit`: None for all of them.
    `after` is the cursor of the page before, or the last number seen. Moments are UTC, and spans half-open.
    """

    states: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    leads: tuple[str, ...] | None = None
    lights: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    text: str | None = None
    opened: Span = EVER
    due: Span = EVER
    closed: Span = EVER
    changed_since: datetime | None = None
    late: bool = False
    on_time: bool = False
    scope: str | None = None
    overdue: bool = False
    portfolio: bool = False
    sort: str | None = None
    limit: int | None = 50
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
    selection = selected(desk, actor, wanted)
    if selection is None:
        return Counted({}, more=False)
    statement, values = counting(selection)
    lights = {row[0]: int(row[1]) for row in desk.database.rows(statement, **values)}
    return Counted(lights, sum(lights.values()) >= MOST_COUNTED)


def count_by_value(desk: Desk, actor: Actor, wanted: Wanted, columns: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """How many tickets of the list, or of the first of a long one, have each value of some columns. Raises as `page` does."""
    selection = selected(desk, actor, wanted)
    if selection is None:
        return {name: {} for name in columns}
    statement, values = values_of(selection, columns)
    rows = desk.database.rows(statement, **values)
    return {
        name: dict(Counter(str(row[place]) for row in rows if row[place] is not None).most_common()) for place, name in enumerate(columns)
    }


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


def selected(desk: Desk, actor: Actor, wanted: Wanted) -> Selection | None:
    """Which tickets are wanted and may be seen; None where the actor may see none of those that are wanted."""
    must_have_role(actor)
    if wanted.batches:
        must(may_read_batches, actor)
    if wanted.visits:
        must(may_read_visits, actor)
    _must_be_known(desk, wanted)
    _must_be_in_order(desk, wanted)
    units = _units(desk, actor, wanted)
    rounds = _of_rounds(desk, actor, wanted.rounds)
    if () in (units, wanted.leads, rounds):
        return None
    named: dict[str, object] = {
        "state": wanted.states, "source": wanted.sources, "unit": units, "lead": wanted.leads, "measure": wanted.measures,
        "grade": wanted.grades, "officer": wanted.officers, "batch": wanted.batches, "round": rounds,
        "visit": wanted.visits, "text": wanted.text,
        "changed_from" if sees_everything(actor) else "told_from": wanted.changed_since,
    }
    for name, span in (("opened", wanted.opened), ("due", wanted.due), ("closed", wanted.closed)):
        named |= {f"{name}_from": span.since, f"{name}_before": span.before}
    filters = {name: value for name, value in named.items() if value}
    if not sees_everything(actor):
        filters |= _hidden(desk)
    switches = [name for name, on in (("overdue", wanted.overdue), ("late", wanted.late), ("on_time", wanted.on_time)) if on]
    if wanted.turns == (COOPERATOR,):  # a ticket is with its lead and its cooperators at once: whose part is open is asked
        if units is None:
            switches.append("parts")
        else:
            filters["cooperating"] = filters.pop("unit")
    elif wanted.turns:
        filters["turn"] = wanted.turns
    sort = _sort(actor, wanted)
    after = position(desk, actor, wanted.after, sort) if wanted.after is not None else None
    return Selection(desk.clock.now(), filters, switches, wanted.lights, _scope(wanted), sort, after=after)


def _of_rounds(desk: Desk, actor: Actor, rounds: Sequence[str]) -> tuple[str, ...] | None:
    """The numbers of the tickets that some rounds are about; None where none was named. Raises NotPermitted, RoundNotFound."""
    if not rounds:
        return None
    must(may_read_rounds, actor)
    found: dict[str, None] = {}
    for number in rounds:
        read = journal.read_thing(desk.database, ROUNDS, number)
        if read is None:
            raise RoundNotFound(round=number)
        found |= dict.fromkeys(result.ticket for result in read[0].results.values() if result.ticket is not None)
    return tuple(found)


def _scope(wanted: Wanted) -> str:
    """Open ones, unless another wish says of what state or light they are to be."""
    if wanted.scope is not None:
        return wanted.scope
    if wanted.closed != EVER:
        return CLOSED
    if wanted.sort == BY_LEVEL:
        return OPEN
    return EVERY if wanted.states or wanted.lights or wanted.changed_since is not None else OPEN


def _sort(actor: Actor, wanted: Wanted) -> str:
    """Most urgent first; what was closed or changed, the latest first. A unit reads a list by what was acted upon and what it was told,
    never by what is the office's.
    """
    sort = wanted.sort
    if sort is None:
        sort = "changed" if wanted.changed_since is not None else "closed" if _scope(wanted) == CLOSED else "due"
    return sort if sees_everything(actor) else SORTS_OF_UNITS.get(sort, sort)


def _units(desk: Desk, actor: Actor, wanted: Wanted) -> tuple[str, ...] | None:
    """The units whose tickets are wanted, as far as the actor may see them; None for those of all units, and none at all for ()."""
    units = named_units(desk, actor, wanted)
    if sees_everything(actor):
        return units
    return (actor.unit,) if actor.unit is not None and (units is None or actor.unit in units) else ()


def named_units(desk: Desk, actor: Actor, wanted: Wanted) -> tuple[str, ...] | None:
    """The units that are named, of a portfolio those in it; None where any will do. Raises NotPossible: a portfolio is a leader's."""
    units = wanted.units or None
    if not wanted.portfolio:
        return units
    return tuple(unit for unit in portfolio(desk, actor) if units is None or unit in units)


def _must_be_known(desk: Desk, wanted: Wanted) -> None:
    """Raises UsageError for a value that no ticket can have, with those there are: an empty list would say that nothing is there."""
    if wanted.text is not None and len(wanted.text) > LONGEST_TITLE:
        raise UsageError(reason="usage-text-long", length=len(wanted.text), longest=LONGEST_TITLE)
    if wanted.text is not None and "\0" in wanted.text:
        raise UsageError(reason="usage-text-unreadable")
    for parameter, named, choices in (("source", wanted.sources, SOURCES), ("turn", wanted.turns, TURNS), ("light", wanted.lights, LIGHTS)):
        _must_be_among(parameter, named, {name: name for name in choices})
    if wanted.states or wanted.grades:
        known = sorted(desk.rules.readable().values(), key=lambda definition: definition.name == WORKFLOW)  # its titles are the last word
        _must_be_among("state", wanted.states, {name: state for definition in known for name, state in definition.states.items()})
        _must_be_among("grade", wanted.grades, {name: name for definition in known for name in definition.grades})


def _must_be_among(parameter: str, named: Sequence[str], known: Mapping[str, object]) -> None:
    if not known.keys() >= set(named):
        raise UsageError(reason="usage-choice", parameter=parameter, choices=list(known.values()))


def _must_be_in_order(desk: Desk, wanted: Wanted) -> None:
    """Raises UsageError where tickets that are closed are to come by their level: nothing is urgent any more where nothing is open, and
    no index leads through all that was ever closed.
    """
    if wanted.sort != BY_LEVEL:
        return
    closed = wanted.scope in (CLOSED, EVERY) or wanted.closed != EVER or wanted.changed_since is not None or GREY in wanted.lights
    states = [state for definition in desk.rules.readable().values() for state in definition.states.values()] if wanted.states else []
    if closed or any(state.final and state.name in wanted.states for state in states):
        raise UsageError(reason="usage-level-of-closed")


def _hidden(desk: Desk) -> dict[str, list[str]]:
    """The states that units do not see, of every definition that a ticket may be pinned to."""
    hidden = [f"{definition.hash} {state}" for definition in desk.rules.every() for state in definition.hidden_states]
    return {"hidden": hidden} if hidden else {}


def portfolio(desk: Desk, actor: Actor) -> list[str]:
    """The units the actor answers for, or whoever the actor stands in for. Raises NotPossible for anybody but a leader."""
    name = actor.stands_for or actor.name
    if actor.role != LEADER:
        raise NotPossible(reason="account-no-leader", name=name)
    return [unit for account, unit in desk.database.rows(queries.PORTFOLIOS) if account == name]


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
