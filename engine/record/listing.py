"""Lists of tickets: filters, order, pages. Fragments are fixed text; what people typed is always bound.

Pages go by key and not by offset: a page costs the same wherever it is, and nothing is shown twice while tickets move.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.errors import UsageError
from engine.record.queries import TICKET_COLUMNS

ASKED = "(request IS NOT NULL OR returns_to IS NOT NULL)"
"""Blue: an extension is asked for, or the ticket is suspended."""

LIGHTS = {
    "grey": "final",
    "blue": f"NOT final AND {ASKED}",
    "red": f"NOT final AND NOT {ASKED} AND late_at <= :now",
    "yellow": f"NOT final AND NOT {ASKED} AND warn_at <= :now AND (late_at IS NULL OR late_at > :now)",
    "green": f"NOT final AND NOT {ASKED} AND (late_at IS NULL OR late_at > :now) AND (warn_at IS NULL OR warn_at > :now)",
}
"""The light of the promise, as `rules.timing.clocks.light` gives it (a test holds the two together)."""

FILTERS = {
    "state": "state = :state",
    "unit": "(lead = :unit OR id IN (SELECT ticket FROM cooperator WHERE unit = :unit))",
    "cooperating": "id IN (SELECT ticket FROM cooperator WHERE unit = :cooperating AND due_at IS NOT NULL)",
    "units": "(lead IN :units OR id IN (SELECT ticket FROM cooperator WHERE unit IN :units))",
    "lead": "lead = :lead",
    "leader": "leader = :leader",
    "source": "source = :source",
    "turn": "turn = :turn",
    "grade": "grade = :grade",
    "workflow": "workflow = :workflow",
    "measure": "measure = :measure",
    "level": "level >= :level",
    "text": "(lower(title) LIKE :text ESCAPE '!' OR lower(number) LIKE :text ESCAPE '!')",
    "hidden": "(definition || ' ' || state) NOT IN :hidden",
    "numbers": "number IN :numbers",
    "opened_from": "opened_at >= :opened_from",
    "opened_before": "opened_at < :opened_before",
    "due_before": "promised_at < :due_before",
}
"""Filters with a value. `hidden` lists what units do not see, together with `unit`: a definition's hash, a blank, one of its states."""

SWITCHES = {
    "overdue": "NOT final AND late_at <= :now",
    "office_late": "NOT final AND office_due_at <= :now",
    "parts": "id IN (SELECT ticket FROM cooperator WHERE due_at IS NOT NULL)",
    "instructed": "instructed",
    "open": "NOT final",
    "proposals": "proposals <> '[]'",
}
"""Filters that are on or off."""

SORTS = {
    "due": ("promised_at", "ASC"),
    "turn-due": ("due_at", "ASC"),
    "number": ("id", "ASC"),
    "newest": ("id", "DESC"),
    "changed": ("state_since", "DESC"),
    "level": ("level", "DESC"),
}
"""Orders of a list. Those ascending may meet tickets without a date: they come last."""


MOST_COUNTED = 10_000
"""Of a longer list a footer says `10000+`."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Tickets to be read, whoever asks. `now` (UTC) decides lights and lateness; `after` is the sort value and id of the last row seen."""

    now: datetime
    filters: Mapping[str, Any] = field(default_factory=dict)
    switches: Collection[str] = ()
    light: str | None = None
    sort: str = "due"
    limit: int = 50
    after: tuple[Any, int] | None = None


def listing(selection: Selection) -> tuple[str, dict[str, Any]]:
    """Statement and values for one page: rows of TICKET_COLUMNS. Raises UsageError for an unknown filter, light or order."""
    conditions, values = _conditions(selection)
    column, direction = _lookup(SORTS, selection.sort)
    if selection.after is not None:
        values["after_id"] = selection.after[1]
        conditions.append(_beyond(column, direction, selection.after[0], values))
    order = f"id {direction}" if column == "id" else f"{column} {direction}{' NULLS LAST' if direction == 'ASC' else ''}, id {direction}"
    values["limit"] = selection.limit
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {TICKET_COLUMNS} FROM ticket{where} ORDER BY {order} LIMIT :limit", values  # noqa: S608


def counting(selection: Selection) -> tuple[str, dict[str, Any]]:
    """Statement and values for how many tickets have each light: rows of (light, count), of the first MOST_COUNTED of the list.

    A footer must not read a million tickets to say how many there are.
    """
    conditions, values = _conditions(selection)
    cases = " ".join(f"WHEN {condition} THEN '{name}'" for name, condition in LIGHTS.items())
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    values |= {"now": selection.now, "limit": MOST_COUNTED}
    lights = f"SELECT CASE {cases} END AS light FROM ticket{where} LIMIT :limit"  # noqa: S608
    return f"SELECT light, count(*) FROM ({lights}) AS counted GROUP BY light", values  # noqa: S608


def counting_by_measure(selection: Selection) -> tuple[str, dict[str, Any]]:
    """Statement and values for how many tickets each measure has: rows of (measure, count)."""
    conditions, values = _conditions(selection)
    where = " AND ".join(["measure IS NOT NULL", *conditions])
    return f"SELECT measure, count(*) FROM ticket WHERE {where} GROUP BY measure", values  # noqa: S608


def column_of(sort: str) -> str:
    """The column of an order. Raises UsageError for an unknown one."""
    return str(_lookup(SORTS, sort)[0])


def position(selection: Selection, row: tuple[Any, ...]) -> tuple[Any, int]:
    """Where a row stands in the order: what `after` takes for the next page."""
    column, _ = _lookup(SORTS, selection.sort)
    return row[_COLUMNS.index(column)], row[_COLUMNS.index("id")]


_COLUMNS = TICKET_COLUMNS.split(", ")


def _conditions(selection: Selection) -> tuple[list[str], dict[str, Any]]:
    conditions = [_lookup(FILTERS, name) for name in selection.filters]
    conditions += [_lookup(SWITCHES, name) for name in selection.switches]
    if selection.light is not None:
        conditions.append(_lookup(LIGHTS, selection.light))
    values = {name: _contains(value) if name == "text" else value for name, value in selection.filters.items()}
    if any(":now" in condition for condition in conditions):
        values["now"] = selection.now
    return conditions, values


def _beyond(column: str, direction: str, last: Any, values: dict[str, Any]) -> str:
    sign = ">" if direction == "ASC" else "<"
    if column == "id":
        return f"id {sign} :after_id"
    if last is None:
        return f"{column} IS NULL AND id > :after_id"
    values["after_value"] = last
    without_date = f" OR {column} IS NULL" if direction == "ASC" else ""
    return f"({column} {sign} :after_value OR ({column} = :after_value AND id {sign} :after_id){without_date})"


def _lookup(table: Mapping[str, Any], name: str) -> Any:
    try:
        return table[name]
    except KeyError:
        raise UsageError(reason="list-unknown", name=name, known=list(table)) from None


def _contains(text: str) -> str:
    """The pattern that finds the words themselves, whatever signs are in them. Upper and lower case are one."""
    return "%" + text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
