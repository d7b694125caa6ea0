"""What is wanted of a list of tickets, and which tickets that are for an actor: a unit sees its own only, and none before its 交办."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.desk.cursor import position
from engine.desk.leftovers import left_to_people
from engine.desk.tickets import WORKFLOW, Desk
from engine.errors import NotPossible, RoundNotFound, UsageError
from engine.record import journal, queries
from engine.record.aggregates import ROUNDS
from engine.record.listing import selection as known
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
from engine.rules.definition.model import LARGEST_LEVEL, Definition
from engine.rules.timing.clocks import GREY
from engine.rules.wording import LONGEST_TITLE
from engine.rules.worktime.period import EVER, Span

LIGHTS, SORTS = tuple(known.LIGHTS), tuple(sort for sort in known.SORTS if sort not in known.INNER_SORTS)
OPEN, CLOSED, EVERY = known.OPEN, known.CLOSED, known.EVERY
TURNS = (OFFICE, LEAD, COOPERATOR, "head")
"""What a list may be filtered and ordered by."""

LEVELS = tuple(map(str, range(LARGEST_LEVEL + 1)))
"""The levels of ladders, as they are typed."""

MOST_REPEATING = 1_000
"""So many tickets of a unit that repeat an earlier finding are looked at."""

BY_LEVEL = "level"
"""The order by the level on the ladder: the highest first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see of the ledger. Of several states, units (codes), lights … a ticket has one.

    A ticket is of the `units` that lead it or cooperate; of `leads` of the one that leads it (None: whoever does).
    `scope` is open, closed or all; unless it is told, the open ones, or whatever the other wishes name. `sort`: None for the order of
    what is wanted: by the promised date, or latest first. `late`, `on_time` and
    `repeats` (they name an earlier finding) are about closed ones too. `limit`: None for all of them.
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
    levels: tuple[str, ...] = ()
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
    repeats: bool = False
    scope: str | None = None
    overdue: bool = False
    portfolio: bool = False
    sort: str | None = None
    limit: int | None = 50
    after: str | None = None


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
    sees = sees_everything(actor)
    named: dict[str, object] = {
        "state": wanted.states, "source": wanted.sources, "unit": units, "lead": wanted.leads, "measure": wanted.measures,
        "grade": wanted.grades, "officer": wanted.officers, "batch": wanted.batches, "round": rounds,
        "visit": wanted.visits, "text": wanted.text, level_of(actor): tuple(map(int, wanted.levels)),
        "changed_from" if sees else "told_from": wanted.changed_since,
    }
    for name, span in (("opened", wanted.opened), ("due", wanted.due), ("closed", wanted.closed)):
        named |= {f"{name}_from": span.since, f"{name}_before": span.before}
    filters = {name: value for name, value in named.items() if value}
    if not sees:
        filters |= _hidden(desk)
    switches = [name for name, on in (("overdue", wanted.overdue), ("late", wanted.late), ("on_time", wanted.on_time)) if on]
    if wanted.turns == (COOPERATOR,):  # a ticket is with its lead and its cooperators at once: whose part is open is asked
        if units is None:
            switches.append("parts")
        else:
            filters["cooperating"] = filters.pop("unit")
    elif wanted.turns:
        filters["turn"] = wanted.turns
    if wanted.repeats and sees:
        switches.append("repeats")
    elif wanted.repeats:
        if not (repeating := _repeating(desk, actor, filters)):
            return None
        filters["repeating"] = repeating
    sort = _sort(actor, wanted)
    after = position(desk, actor, wanted.after, sort) if wanted.after is not None else None
    return Selection(desk.clock.now(), filters, switches, wanted.lights, scope_of(wanted), sort, after=after)


def level_of(actor: Actor) -> str:
    """The column of a ticket's level as the actor may know it: a unit is told what was acted upon."""
    return "level" if sees_everything(actor) else "acted_level"


def _of_rounds(desk: Desk, actor: Actor, rounds: Sequence[str]) -> tuple[str, ...] | None:
    """The numbers of the tickets that some rounds are about, and of those that they left to people; None where none was named.

    Raises NotPermitted, RoundNotFound.
    """
    if not rounds:
        return None
    must(may_read_rounds, actor)
    found: dict[str, None] = {}
    for number in rounds:
        read = journal.read_thing(desk.database, ROUNDS, number)
        if read is None:
            raise RoundNotFound(round=number)
        found |= dict.fromkeys(result.ticket for result in read[0].results.values() if result.ticket is not None)
        if read[0].leftovers:  # what stood on a result that was taken away is the round's until somebody judged it
            found |= dict.fromkeys(item.ticket.number for item in left_to_people(desk.database, round_number=number))
    return tuple(found)


def _repeating(desk: Desk, actor: Actor, filters: Mapping[str, object]) -> tuple[str, ...]:
    """The numbers of the tickets of a list that repeat a finding which the actor may know of."""
    few = Selection(desk.clock.now(), filters, ("repeats",), limit=MOST_REPEATING)
    return tuple(ticket.number for ticket, _ in read_page(desk.database, few) if desk.as_seen(actor, ticket).repeats)


def scope_of(wanted: Wanted) -> str:
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
        sort = "changed" if wanted.changed_since is not None else "closed" if scope_of(wanted) == CLOSED else "due"
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


def usual_first(desk: Desk) -> list[Definition]:
    """Every version that a ticket may be pinned to, the usual workflow first: what several of them have is called as it calls it."""
    return sorted(desk.rules.readable().values(), key=lambda definition: definition.name != WORKFLOW)


def _must_be_known(desk: Desk, wanted: Wanted) -> None:
    """Raises UsageError for a value that no ticket can have, with those there are: an empty list would say that nothing is there."""
    if wanted.text is not None and len(wanted.text) > LONGEST_TITLE:
        raise UsageError(reason="usage-text-long", length=len(wanted.text), longest=LONGEST_TITLE)
    if wanted.text is not None and "\0" in wanted.text:
        raise UsageError(reason="usage-text-unreadable")
    for parameter, named, choices in (
        ("source", wanted.sources, SOURCES), ("turn", wanted.turns, TURNS), ("light", wanted.lights, LIGHTS),
        ("level", wanted.levels, LEVELS),
    ):
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
