"""Pages of a list, by key: the statements that give them, and the tickets."""

# ruff: noqa: S608 – these texts are made of fixed fragments; what people give is always bound

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.record.damage import as_written
from engine.record.database import Database, Row
from engine.record.listing.selection import FILTERS, Selection
from engine.record.listing.ways import (
    PLAIN,
    Statement,
    all_values,
    behind,
    branch,
    distinct,
    first,
    fulfilled,
    implied,
    key,
    ordered,
    through_titles,
    union,
    values_of,
    ways_of,
    without_words,
)
from engine.record.queries import TICKET_COLUMNS
from engine.rules.ticket import Ticket

NEAREST = (500, 10_000)
"""Among so many tickets words are looked for first, and then among so many: what one ticket in two hundred says fills a page by then."""

_VALUE = re.compile(r":([a-z][a-z0-9_]*)")
"""Where a value stands in a statement."""

_PLACES = {column: place for place, column in enumerate(TICKET_COLUMNS.split(", "))}

_PAGE = ", ".join(f"ticket.{column}" for column in _PLACES)


@as_written
def read_page(database: Database, selection: Selection) -> list[tuple[Ticket, tuple[Any, int]]]:
    """The tickets of one page, each with where it stands in the order: what `after` takes for the next page.

    Raises UsageError for an unknown filter, light or order.
    """
    rows = _rows_with_words(database, selection) if _looks_for_words(selection) else _rows(database, selection)
    return [(TICKETS.read_to_show(row), position(selection, row)) for row in rows]


def read_states(database: Database) -> frozenset[str]:
    """The states that tickets have: a record seldom has tickets of all workflows that are loaded, and nobody need look for the others."""
    return frozenset(str(state) for (state,) in database.rows(queries.STATES_OF_TICKETS))


def read_beginnings(database: Database, selections: Sequence[Selection]) -> list[list[int]]:
    """The ids of the tickets with which several lists of the same order begin, each list as far as its limit: by one statement for all.

    A statement for each would cost more than what most of them find: nothing. Words are not looked for.
    """
    statement, values = beginnings(selections)
    found: list[list[tuple[int, Any, int]]] = [[] for _ in selections]
    for place_of_list, *row in database.rows(statement, **values):
        found[place_of_list].append((row[0], row[1], row[2]))
    return [_in_order(rows, selection) for rows, selection in zip(found, selections, strict=True)]


def _in_order(rows: list[tuple[int, Any, int]], selection: Selection) -> list[int]:
    """The ids of rows of (part, place, id), each once: part by part in the order of the list, as far as its limit."""
    in_order: list[int] = []
    for number in sorted({part for part, _, _ in rows}):
        of_part = [((place, id_) if place is not None else (id_,), id_) for part, place, id_ in rows if part == number]
        in_order += [id_ for _, id_ in sorted(of_part, reverse=selection.order.descending)]
    return list(dict.fromkeys(in_order))[:selection.limit]


def _rows(database: Database, selection: Selection) -> list[Row]:
    rows: list[Row] = []
    for part in parts(selection):
        statement, values = listing(part)
        rows += database.rows(statement, **values)
        if len(rows) >= selection.limit:
            break
    return rows[:selection.limit]


def _rows_with_words(database: Database, selection: Selection) -> list[Row]:
    part = next(parts(selection))
    for statement, values in (*(nearest(part, count) for count in NEAREST), scan(selection)):
        rows = database.rows(statement, **values)
        if len(rows) == selection.limit:
            break
    return rows


def _looks_for_words(selection: Selection) -> bool:
    """Whether words are looked for among all tickets: those of one unit are walked through."""
    return "text" in selection.filters and not {"unit", "cooperating"}.intersection(selection.filters)


def position(selection: Selection, row: Row) -> tuple[Any, int]:
    """Where a row stands in the order: what `after` takes for the next page."""
    return row[_PLACES[selection.order.column]], row[_PLACES["id"]]


def parts(selection: Selection) -> Iterator[Selection]:
    """The parts of a list that are read one after the other: the tickets that have a value in its order, then those that have none."""
    if not selection.order.nullable:
        yield selection
        return
    if selection.after is None or selection.after[0] is not None:
        yield replace(selection, dated=True)
        selection = replace(selection, after=None)
    if selection.order.column != "promised_at" or not (implied(selection) or {"due_from", "due_before"} & set(selection.filters)):
        yield replace(selection, dated=False)


def listing(part: Selection) -> Statement:
    """Statement and values for one page of a part: rows of TICKET_COLUMNS. Raises UsageError for an unknown filter, light or order."""
    ways = ways_of(part)
    if len(ways) == 1 and not ways[0].shared:
        return branch(part, ways[0], _PAGE)
    found = branches(part)
    direction = part.order.direction
    statement = (
        f"SELECT {_PAGE} FROM ({union(found)}) AS page CROSS JOIN ticket WHERE ticket.id = page.chosen "
        f"ORDER BY page.place{direction}, page.chosen{direction} {first(part.limit)}"
    )
    return statement, all_values(found)


def branches(part: Selection) -> list[Statement]:
    """The statements that a page is merged from: each gives `chosen` (an id) and `place` (the sort value) in the order of an index."""
    return [branch(part, way) for way in ways_of(part)]


def beginnings(selections: Sequence[Selection]) -> Statement:
    """Statement and values for the beginnings of several lists of the same order: rows of (place of the list, place of the part, sort
    value, id), as many of each branch as the list is to have, in any order.
    """
    found: list[str] = []
    values: dict[str, Any] = {}
    for number, selection in enumerate(selections):
        for part_number, part in enumerate(parts(selection)):
            for statement, given in branches(part):
                apart = _VALUE.sub(rf":list{number}_\1", statement)
                found.append(f"SELECT {number}, {part_number}, place, chosen FROM ({apart}) AS branch{len(found)}")
                values |= {f"list{number}_{name}": value for name, value in given.items()}
    return " UNION ALL ".join(found), values


def nearest(part: Selection, count: int) -> Statement:
    """Statement and values for those of the first tickets of a part, in its order, that have the words: rows of TICKET_COLUMNS."""
    walked = replace(without_words(part), limit=count)
    ways = ways_of(walked)
    way = ways[0] if len(ways) == 1 else PLAIN
    near, values = branch(walked, way, "ticket.id AS chosen, title_folded AS titled, number AS numbered")
    words = FILTERS["text"].replace("title_folded", "near.titled").replace("number", "near.numbered", 1)
    statement = (
        f"SELECT {_PAGE} FROM ({near}) AS near CROSS JOIN ticket "
        f"WHERE ticket.id = near.chosen AND {words} ORDER BY {ordered(part)} {first(part.limit)}"
    )
    return statement, {**values, **values_of("text", part.filters["text"])}


def scan(selection: Selection) -> Statement:
    """Statement and values for a page, found by looking at every title once: rows of TICKET_COLUMNS."""
    whole = replace(selection, after=None, dated=None)
    found, values = fulfilled(whole, PLAIN)
    others = "1 = 1"
    if through_titles(selection):
        (others, values), found = fulfilled(without_words(whole), PLAIN), FILTERS["text"]
        values |= values_of("text", selection.filters["text"])
    place, chosen = key(selection, PLAIN)
    beyond = []
    for part in parts(selection) if selection.after is not None else ():
        beyond.append(f"({' AND '.join(behind(part, PLAIN, values))})")
    if beyond:
        others = f"{others} AND ({' OR '.join(beyond)})"
    statement = (
        f"WITH found AS MATERIALIZED (SELECT id AS chosen FROM ticket WHERE {found}) "
        f"SELECT {_PAGE} FROM found CROSS JOIN ticket WHERE ticket.id = found.chosen AND {others} "
        f"ORDER BY {place} IS NULL, {distinct(place, chosen, selection.order.direction)} {first(selection.limit)}"
    )
    return statement, values
