"""The ways to the tickets of a selection: which index leads, what a ticket must fulfil on that way, and in which order it comes."""

# ruff: noqa: S608 – these texts are made of fixed fragments; what people give is always bound

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from engine.record.listing.selection import EITHER, FILTERS, LIGHTS, OPEN, SCOPES, SWITCHES, Selection, lookup
from engine.rules.search_text import searchable

Statement = tuple[str, dict[str, Any]]
"""A statement and its values."""

DRIVERS = ("batch", "visit", "cooperating", "unit", "lead", "measure", "officer", "state", "turn", "source")
"""Filters that lead the way to a page, the narrowest first: each has an index of its own."""

FEW = frozenset({"instructed", "relapsed", "repeats", "proposals", "objected", "asked", "asked-again", "pause-over"})
"""Switches that are on for few tickets: the index of these leads the way, and no filter."""

WALKED_PAST = ("lead", "state")
"""Filters whose own index would lead the way where that of a few tickets is to."""

MOST_BRANCHES = 40
"""A list of more units or values than this is not merged from branches."""


class Way(NamedTuple):
    """The way of one branch to its tickets: the filter that leads (None: the order alone), its value and the place of that value.

    `shared`: from the rows of `cooperator` (`unit`: of whoever cooperates, `part`: whose part is open) to their tickets.
    """

    driver: str | None = None
    value: object = None
    number: int = 0
    shared: str = ""


PLAIN = Way()


def ways_of(part: Selection) -> list[Way]:
    """The ways of a part: one for each value of the filter that leads, or the order alone."""
    few = not FEW.isdisjoint(part.switches)
    driver = None if few else next((name for name in DRIVERS if name in part.filters), None)
    wanted = part.filters[driver] if driver is not None else ()
    if driver is None or len(wanted) > MOST_BRANCHES:
        return [PLAIN]
    kinds = {"unit": ("", "unit"), "cooperating": ("part",)}.get(driver, ("",))
    return [Way(driver, value, number, kind) for number, value in enumerate(wanted) for kind in kinds]


def branch(part: Selection, way: Way, columns: str = "") -> Statement:
    """Statement and values for one way: rows of these columns, or else of `chosen` (an id) and `place` (the sort value)."""
    conditions, values = fulfilled(part, way)
    place, chosen = key(part, way)
    table = "cooperator CROSS JOIN ticket" if way.shared else "ticket"
    direction = part.order.direction
    statement = (
        f"SELECT {columns or f'{chosen} AS chosen, {place} AS place'} FROM {table} WHERE {conditions} "
        f"ORDER BY {distinct(chosen if part.dated is False else place, chosen, direction)} {first(part.limit)}"
    )
    return statement, values


def first(count: int) -> str:
    """The end of a statement that reads so many rows. The number stands in the text: where PostgreSQL plans once for all values it must
    know how far a walk goes, or it would rather sort, and plan every time.
    """
    return f"LIMIT {count:d}"


def union(found: Sequence[Statement]) -> str:
    """What any of the statements gives, each ticket once."""
    return " UNION ".join(f"SELECT chosen, place FROM ({branch}) AS branch{number}" for number, (branch, _) in enumerate(found))


def all_values(found: Sequence[Statement]) -> dict[str, Any]:
    return {name: value for _, values in found for name, value in values.items()}


def key(part: Selection, way: Way) -> tuple[str, str]:
    """The columns of a position: sort value and id. A cooperator's row repeats the promised date, for an index of it."""
    if way.shared == "unit" and part.order.column == "promised_at":
        return "cooperator.promised_at", "cooperator.ticket"
    return f"ticket.{part.order.column}", "ticket.id"


def ordered(part: Selection) -> str:
    """The order of a part, as SQL."""
    place, chosen = key(part, PLAIN)
    return distinct(chosen if part.dated is False else place, chosen, part.order.direction)


def distinct(place: str, chosen: str, direction: str) -> str:
    """The order by a sort value and then by id, which no two tickets share."""
    return f"{chosen}{direction}" if place == chosen else f"{place}{direction}, {chosen}{direction}"


def fulfilled(selection: Selection, way: Way) -> Statement:
    """What a ticket must fulfil on one way, and the values."""
    conditions, values = _led(way)
    for name, value in selection.filters.items():
        if name != way.driver:
            condition = _filter(name, value)
            if way.driver is None and name in WALKED_PAST:  # an expression has no index: the database walks along the one of the few
                condition = condition.replace(f"{name} ", f"({name} || '') ", 1)
            conditions.append(condition)
            values |= values_of(name, value)
    conditions += [lookup(SWITCHES, name) for name in selection.switches]
    if selection.lights:
        conditions.append("(" + " OR ".join(f"({lookup(LIGHTS, name)})" for name in selection.lights) + ")")
    conditions += implied(selection)
    if (scope := lookup(SCOPES, selection.scope)) is not None:
        conditions.append(scope)
        if way.shared == "unit":
            conditions.append(scope.replace("ticket.final", "cooperator.final"))
    conditions += behind(selection, way, values)
    if any(":now" in condition for condition in conditions):
        values["now"] = selection.now
    return " AND ".join(conditions) or "1 = 1", values


def _led(way: Way) -> tuple[list[str], dict[str, Any]]:
    if way.driver is None:
        return [], {}
    name = f"{way.driver}_{way.number}"
    if not way.shared:
        column = "lead" if way.driver == "unit" else EITHER[way.driver]
        return [f"{column} = :{name}"], {name: way.value}
    found = ["ticket.id = cooperator.ticket", f"cooperator.unit = :{name}"]
    return ([*found, "cooperator.due_at IS NOT NULL"] if way.shared == "part" else found), {name: way.value}


def through_titles(selection: Selection) -> bool:
    """Whether words are looked for in the index of titles: where nothing narrower leads to the tickets."""
    narrower = selection.scope == OPEN or not set(DRIVERS).isdisjoint(selection.filters) or not FEW.isdisjoint(selection.switches)
    return "text" in selection.filters and not narrower


def without_words(selection: Selection) -> Selection:
    """The same list whatever the words of its tickets."""
    return replace(selection, filters={name: value for name, value in selection.filters.items() if name != "text"})


def _filter(name: str, value: Any) -> str:
    if name in EITHER:
        return f"{EITHER[name]} = :{name}" if len(value) == 1 else f"{EITHER[name]} IN :{name}"
    condition: str = lookup(FILTERS, name)
    return condition


def values_of(name: str, value: Any) -> dict[str, Any]:
    """The values that the condition of a filter binds."""
    if name == "text":
        return {"text": _contains(searchable(value)), "text_in_number": _contains(searchable(value).upper())}
    if name in EITHER and len(value) == 1:
        return {name: value[0]}
    return {name: list(value) if name in EITHER or name in ("unit", "cooperating", "round", "repeating") else value}


def implied(selection: Selection) -> list[str]:
    """What follows from the other conditions and tells the database where to end its walk through the dates, or to begin it."""
    if "overdue" in selection.switches or tuple(selection.lights) == ("red",):
        return ["ticket.promised_at <= :now"]
    return ["ticket.promised_at > :now"] if tuple(selection.lights) == ("yellow",) else []


def behind(selection: Selection, way: Way, values: dict[str, Any]) -> list[str]:
    """The conditions for the part of the list, and for lying behind the last ticket seen."""
    place, chosen = key(selection, way)
    found = [] if selection.dated is None else [f"{place} IS {'NOT ' if selection.dated else ''}NULL"]
    if selection.after is None:
        return found
    value, values["after_id"] = selection.after
    sign = "<" if selection.order.descending else ">"
    if place == chosen or selection.dated is False:
        return [*found, f"{chosen} {sign} :after_id"]
    values["after_value"] = value
    return [*found, f"({place}, {chosen}) {sign} (:after_value, :after_id)"]


def _contains(text: str) -> str:
    """The pattern that finds the words themselves, whatever signs are in them."""
    return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
