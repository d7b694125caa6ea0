"""How many tickets a selection has: by light, by measure, and what the figures are made of."""

# ruff: noqa: S608 – these texts are made of fixed fragments; what people give is always bound

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.record.listing.selection import FILTERS, LIGHT, SWITCHES, Selection
from engine.record.listing.ways import (
    PLAIN,
    Statement,
    all_values,
    first,
    fulfilled,
    through_titles,
    union,
    values_of,
    ways_of,
    without_words,
)
from engine.record.queries import TICKET_COLUMNS

MOST_COUNTED = 500
"""Of a longer list a footer says `500+`: nobody works through it a page at a time, and it is narrowed first. `zg count` counts them all."""


def counting(selection: Selection, columns: Sequence[str] = ()) -> Statement:
    """Statement and values for how many tickets have each light, or each light and values of some columns together: rows of (light,
    the columns, count), of the first MOST_COUNTED of the list.

    A footer must not read a million tickets to say how many there are.
    """
    source, (condition, values) = "ticket", matching(selection, MOST_COUNTED)
    if through_titles(selection):
        source = f"(SELECT id AS titled FROM ticket WHERE {FILTERS['text']}) AS titles CROSS JOIN ticket"
        others, values = fulfilled(replace(without_words(selection), after=None, dated=None), PLAIN)
        condition, values = f"ticket.id = titled AND {others}", values | values_of("text", selection.filters["text"])
    parted = ", ".join(("light", *map(_known, columns)))
    chosen = ", ".join((f"{LIGHT} AS light", *columns))
    found = f"SELECT {chosen} FROM {source} WHERE {condition} {first(MOST_COUNTED)}"
    statement = f"SELECT {parted}, count(*) FROM ({found}) AS counted GROUP BY {parted}"
    return statement, values | {"now": selection.now}


def counting_by_measure(selection: Selection) -> Statement:
    """Statement and values for how many tickets each measure has: rows of (measure, count)."""
    condition, values = matching(selection, None)
    return f"SELECT measure, count(*) FROM ticket WHERE {condition} AND measure IS NOT NULL GROUP BY measure", values


def counting_opened(selection: Selection, column: str) -> Statement:
    """Statement and values for how many tickets of the list have each value of a column: rows of (value, count)."""
    condition, values = matching(selection, None)
    return f"{_found(f'{_known(column)} AS part', condition)} SELECT part, count(*) FROM found GROUP BY part", values


def counting_open(selection: Selection, column: str) -> Statement:
    """Statement and values for how many tickets of the list have each value of a column, and of how many the unit is late, whether it
    still works on them or its promise stopped: rows of (value, count, late).
    """
    condition, values = matching(selection, None)
    late = f"CASE WHEN {SWITCHES['late']} THEN 1 ELSE 0 END AS late"
    statement = f"{_found(f'{_known(column)} AS part, {late}', condition)} SELECT part, count(*), sum(late) FROM found GROUP BY part"
    return statement, values | {"now": selection.now}


def times_of(selection: Selection, column: str) -> Statement:
    """Statement and values for how long each ticket of the list took: rows of (value of the column, lead, assigned_at, submitted_at,
    on_time).
    """
    condition, values = matching(selection, None)
    return f"SELECT {_known(column)}, lead, assigned_at, submitted_at, on_time FROM ticket WHERE {condition}", values


def matching(selection: Selection, limit: int | None) -> Statement:
    """The condition for being in a list, and its values: of a list of units by way of their tickets, so many of each at most."""
    selection = replace(selection, after=None, dated=None)
    ways = ways_of(selection)
    if len(ways) == 1 and not ways[0].shared:
        return fulfilled(selection, ways[0])
    if not any(way.shared or way.driver == "lead" for way in ways):
        return fulfilled(selection, PLAIN)
    found = []
    for way in ways:
        conditions, values = fulfilled(selection, way)
        table = "cooperator CROSS JOIN ticket" if way.shared else "ticket"
        few = f" {first(limit)}" if limit is not None else ""
        found.append((f"SELECT ticket.id AS chosen, 0 AS place FROM {table} WHERE {conditions}{few}", values))
    return f"ticket.id IN (SELECT chosen FROM ({union(found)}) AS matching)", all_values(found)


def _found(columns: str, condition: str) -> str:
    """The tickets that fulfil a condition, as `found`: before they are counted, since a database that is asked to group them walks along an
    index of what they are grouped by, past all the others.
    """
    return f"WITH found AS MATERIALIZED (SELECT {columns} FROM ticket WHERE {condition})"


def _known(column: str) -> str:
    """The column, if the ticket has it. Raises KeyError: no text that was typed comes this far."""
    if column not in TICKET_COLUMNS.split(", "):
        raise KeyError(column)
    return column
