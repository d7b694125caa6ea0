"""Lists of tickets: filters, order, pages. Fragments are fixed text; what people typed is always bound.

A page costs the same however many tickets there are, and wherever it is:

- Pages go by key and not by offset, so nothing is shown twice while tickets move. Tickets without a date come last, in a statement of
  their own: no index is walked in the order that SQL calls NULLS LAST.
- A filter that may be rare has an index that begins with it and goes on in the order of the list. Where it names several values, or a
  unit that leads some tickets and cooperates in others, the page is merged from one branch for each, as long as the page itself.
- Words are looked for among the nearest tickets first. Only where these do not fill the page is every title looked at.

`tests/record/test_plans.py` reads the plans of both databases.
"""

# ruff: noqa: S608 – these texts are made of fixed fragments; what people give is always bound

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from engine.errors import UsageError
from engine.record.damage import as_written
from engine.record.database import Database, Row
from engine.record.journal import ticket_of, timed
from engine.record.queries import TICKET_COLUMNS
from engine.rules.search_text import searchable
from engine.rules.ticket import Ticket

OPEN, CLOSED, EVERY = "open", "closed", "all"
SCOPES = {OPEN: "NOT ticket.final", CLOSED: "ticket.final", EVERY: None}
"""Which tickets a list is about. The words are those of the partial indexes: a database uses one only where it finds them."""

ASKED = "(request IS NOT NULL OR returns_to IS NOT NULL)"
"""Blue: an extension is asked for, or the ticket is suspended."""

WAS_LATE = "late_days > 0"
"""How late the unit was when its promise stopped: handed in, suspended, closed. While it runs, `late_at` says since when it is late."""

LIGHTS = {
    "grey": "ticket.final",
    "blue": f"NOT ticket.final AND {ASKED}",
    "red": f"NOT ticket.final AND NOT {ASKED} AND late_at <= :now",
    "yellow": f"NOT ticket.final AND NOT {ASKED} AND warn_at <= :now AND (late_at IS NULL OR late_at > :now)",
    "green": f"NOT ticket.final AND NOT {ASKED} AND (late_at IS NULL OR late_at > :now) AND (warn_at IS NULL OR warn_at > :now)",
}
"""The light of the promise, as `rules.timing.clocks.light` gives it (a test holds the two together)."""

EITHER = {
    "state": "state", "source": "source", "turn": "turn", "measure": "measure", "grade": "grade", "lead": "lead",
    "officer": "officer",
}
"""Filters that name values of a column, the name and the column: a ticket has one of them."""

FILTERS = {
    "unit": "(lead IN :unit OR id IN (SELECT ticket FROM cooperator WHERE cooperator.unit IN :unit))",
    "cooperating": "id IN (SELECT ticket FROM cooperator WHERE cooperator.unit IN :cooperating AND cooperator.due_at IS NOT NULL)",
    "text": "(title_folded LIKE :text ESCAPE '!' OR number LIKE :text_in_number ESCAPE '!')",
    "hidden": "(definition || ' ' || state) NOT IN :hidden",
    "opened_from": "opened_at >= :opened_from",
    "opened_before": "opened_at < :opened_before",
    "due_from": "ticket.promised_at >= :due_from",
    "due_before": "ticket.promised_at < :due_before",
    "due_later": "(ticket.promised_at IS NULL OR ticket.promised_at >= :due_later)",
    "closed_from": "closed_at >= :closed_from",
    "closed_before": "closed_at < :closed_before",
    "changed_from": "changed_at >= :changed_from",
    "told_from": "told_at >= :told_from",
}
"""Filters with a value. `hidden` lists what units do not see, together with `unit`: a definition's hash, a blank, one of its states."""

SWITCHES = {
    "overdue": "NOT ticket.final AND late_at <= :now",
    "late": f"({WAS_LATE} OR late_at <= :now)",
    "on_time": "on_time",
    "submitted_late": "NOT on_time",
    "office_late": "NOT ticket.final AND office_due_at <= :now",
    "parts": "EXISTS (SELECT 1 FROM cooperator WHERE cooperator.ticket = ticket.id AND cooperator.due_at IS NOT NULL)",
    "instructed": "instructed",
    "asked": "request IS NOT NULL",
    "asked-again": "request IS NOT NULL AND grants <> '[]'",
    "running": "late_at IS NOT NULL",
    "sent-back": "submitted_at IS NOT NULL AND NOT submitted",
    "first-time": "submitted_at IS NULL",
    "pause-over": "returns_to IS NOT NULL AND office_due_at <= :now",
    "proposals": "proposals <> '[]'",
}
"""Filters that are on or off. `late`: the unit is late now or was when its promise stopped, also of closed ones; `on_time` and
`submitted_late` look at the last submission, and a ticket that never was submitted is neither.
"""


class Order(NamedTuple):
    """An order of a list: its column, whether the largest comes first, and whether a ticket may have no value there."""

    column: str
    descending: bool = False
    nullable: bool = False

    @property
    def direction(self) -> str:
        return " DESC" if self.descending else ""


SORTS = {
    "due": Order("promised_at", nullable=True),
    "turn-due": Order("due_at", nullable=True),
    "number": Order("id"),
    "newest": Order("id", descending=True),
    "changed": Order("changed_at", descending=True),
    "told": Order("told_at", descending=True),
    "level": Order("level", descending=True),
    "acted-level": Order("acted_level", descending=True),
    "closed": Order("closed_at", descending=True, nullable=True),
}
"""Orders of a list. Tickets without a value come last."""

DRIVERS = ("cooperating", "unit", "lead", "measure", "officer", "state", "turn", "source")
"""Filters that lead the way to a page, the narrowest first: each has an index of its own."""

FEW = frozenset({"instructed", "proposals", "asked", "asked-again", "pause-over"})
"""Switches that are on for few tickets: the index of these leads the way, and no filter."""

MOST_BRANCHES = 40
"""A list of more units or values than this is not merged from branches."""

SORTS_OF_UNITS = {"level": "acted-level", "changed": "told", "turn-due": "due"}
"""The order that a unit gets instead of another: it may not tell from an order what is the office's own, as are proposals, comments and
the limit for signing."""

INNER_SORTS = ("acted-level", "told")
"""Orders that nobody names."""

MOST_COUNTED = 1_000
"""Of a longer list a footer says `1000+`; `zg count` counts them all."""

NEAREST = 500
"""Among so many tickets words are looked for first."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Tickets to be read, whoever asks. `now` (UTC) decides lights and lateness; `after` is the sort value and id of the last row seen.

    A value of `unit`, `cooperating` and of the filters in EITHER is a list. `dated`: of a list that is read in two parts, the tickets
    that have a value in its order, or those that have none.
    """

    now: datetime
    filters: Mapping[str, Any] = field(default_factory=dict)
    switches: Collection[str] = ()
    lights: Sequence[str] = ()
    scope: str = EVERY
    sort: str = "due"
    limit: int = 50
    after: tuple[Any, int] | None = None
    dated: bool | None = None

    @property
    def order(self) -> Order:
        return order_of(self.sort)


Statement = tuple[str, dict[str, Any]]
"""A statement and its values."""


@as_written
def read_page(database: Database, selection: Selection) -> list[tuple[Ticket, tuple[Any, int]]]:
    """The tickets of one page, each with where it stands in the order: what `after` takes for the next page.

    Raises UsageError for an unknown filter, light or order.
    """
    rows = _rows_with_words(database, selection) if _looks_for_words(selection) else _rows(database, selection)
    return [(timed(ticket_of(row)), position(selection, row)) for row in rows]


def _rows(database: Database, selection: Selection) -> list[Row]:
    rows: list[Row] = []
    for part in parts(selection):
        statement, values = listing(replace(part, limit=selection.limit - len(rows)))
        rows += database.rows(statement, **values)
        if len(rows) == selection.limit:
            break
    return rows


def _rows_with_words(database: Database, selection: Selection) -> list[Row]:
    statement, values = nearest(next(parts(selection)))
    rows = database.rows(statement, **values)
    if len(rows) < selection.limit:
        statement, values = scan(selection)
        rows = database.rows(statement, **values)
    return rows


def _looks_for_words(selection: Selection) -> bool:
    """Whether words are looked for among all tickets: those of one unit are walked through."""
    return "text" in selection.filters and not {"unit", "cooperating"}.intersection(selection.filters)


def position(selection: Selection, row: Row) -> tuple[Any, int]:
    """Where a row stands in the order: what `after` takes for the next page."""
    return row[_COLUMNS.index(selection.order.column)], row[_COLUMNS.index("id")]


def parts(selection: Selection) -> Iterator[Selection]:
    """The parts of a list that are read one after the other: the tickets that have a value in its order, then those that have none."""
    if not selection.order.nullable:
        yield selection
        return
    if selection.after is None or selection.after[0] is not None:
        yield replace(selection, dated=True)
        selection = replace(selection, after=None)
    if selection.order.column != "promised_at" or not (_implied(selection) or {"due_from", "due_before"} & set(selection.filters)):
        yield replace(selection, dated=False)


def listing(part: Selection) -> Statement:
    """Statement and values for one page of a part: rows of TICKET_COLUMNS. Raises UsageError for an unknown filter, light or order."""
    ways = _ways(part)
    if len(ways) == 1 and not ways[0].shared:
        return _branch(part, ways[0], _PAGE)
    found = branches(part)
    direction = part.order.direction
    statement = (
        f"SELECT {_PAGE} FROM ({_union(found)}) AS page CROSS JOIN ticket WHERE ticket.id = page.chosen "
        f"ORDER BY page.place{direction}, page.chosen{direction} LIMIT :limit"
    )
    return statement, _all_values(found) | {"limit": part.limit}


def branches(part: Selection) -> list[Statement]:
    """The statements that a page is merged from: each gives `chosen` (an id) and `place` (the sort value) in the order of an index."""
    return [_branch(part, way) for way in _ways(part)]


def nearest(part: Selection) -> Statement:
    """Statement and values for those of the NEAREST tickets of a part, in its order, that have the words: rows of TICKET_COLUMNS."""
    others = {name: value for name, value in part.filters.items() if name != "text"}
    walked = replace(part, filters=others, limit=NEAREST)
    ways = _ways(walked)
    way = ways[0] if len(ways) == 1 else _PLAIN
    near, values = _branch(walked, way, "ticket.id AS chosen, title_folded AS titled, number AS numbered")
    words = FILTERS["text"].replace("title_folded", "near.titled").replace("number", "near.numbered", 1)
    statement = (
        f"SELECT {_PAGE} FROM ({near.replace(':limit', ':nearest')}) AS near CROSS JOIN ticket "
        f"WHERE ticket.id = near.chosen AND {words} ORDER BY {_ordered(part)} LIMIT :limit"
    )
    return statement, {**values, **_values_of("text", part.filters["text"]), "nearest": NEAREST, "limit": part.limit}


def scan(selection: Selection) -> Statement:
    """Statement and values for a page, found by looking at every title once: rows of TICKET_COLUMNS."""
    conditions, values = _conditions(replace(selection, after=None, dated=None), _PLAIN)
    place, chosen = _key(selection, _PLAIN)
    beyond = []
    for part in parts(selection) if selection.after is not None else ():
        beyond.append(f"({' AND '.join(_beyond(part, _PLAIN, values))})")
    found = f"{conditions} AND ({' OR '.join(beyond)})" if beyond else conditions
    statement = (
        f"WITH found AS MATERIALIZED (SELECT id AS chosen FROM ticket WHERE {found}) "
        f"SELECT {_PAGE} FROM found CROSS JOIN ticket WHERE ticket.id = found.chosen "
        f"ORDER BY {place} IS NULL, {_distinct(place, chosen, selection.order.direction)} LIMIT :limit"
    )
    return statement, values | {"limit": selection.limit}


def counting(selection: Selection) -> Statement:
    """Statement and values for how many tickets have each light: rows of (light, count), of the first MOST_COUNTED of the list.

    A footer must not read a million tickets to say how many there are.
    """
    cases = " ".join(f"WHEN {condition} THEN '{name}'" for name, condition in LIGHTS.items())
    condition, values = matching(selection, MOST_COUNTED)
    lights = f"SELECT CASE {cases} END AS light FROM ticket WHERE {condition} LIMIT :limit"
    statement = (
        f"SELECT light, count(*) FROM ({lights}) AS counted GROUP BY light"
    )
    return statement, values | {"now": selection.now, "limit": MOST_COUNTED}


def counting_by_measure(selection: Selection) -> Statement:
    """Statement and values for how many tickets each measure has: rows of (measure, count)."""
    condition, values = matching(selection, None)
    return f"SELECT measure, count(*) FROM ticket WHERE {condition} AND measure IS NOT NULL GROUP BY measure", values


def matching(selection: Selection, limit: int | None) -> Statement:
    """The condition for being in a list, and its values: of a list of units by way of their tickets, so many of each at most."""
    selection = replace(selection, after=None, dated=None)
    ways = _ways(selection)
    if not any(way.shared for way in ways):
        return _conditions(selection, _PLAIN)
    found = []
    for way in ways:
        conditions, values = _conditions(selection, way)
        table = "cooperator CROSS JOIN ticket" if way.shared else "ticket"
        found.append((f"SELECT ticket.id AS chosen, 0 AS place FROM {table} WHERE {conditions}{' LIMIT :limit' if limit else ''}", values))
    return f"ticket.id IN (SELECT chosen FROM ({_union(found)}) AS matching)", _all_values(found)


def counting_opened(selection: Selection, column: str) -> Statement:
    """Statement and values for how many tickets of the list have each value of a column: rows of (value, count)."""
    condition, values = matching(selection, None)
    return f"SELECT {_known(column)}, count(*) FROM ticket WHERE {condition} GROUP BY {column}", values


def counting_open(selection: Selection, column: str) -> Statement:
    """Statement and values for how many tickets of the list have each value of a column, and how many of them are late: rows of
    (value, count, late).
    """
    condition, values = matching(selection, None)
    late = f"sum(CASE WHEN {SWITCHES['overdue']} THEN 1 ELSE 0 END)"
    statement = f"SELECT {_known(column)}, count(*), {late} FROM ticket WHERE {condition} GROUP BY {column}"
    return statement, values | {"now": selection.now}


def times_of(selection: Selection, column: str) -> Statement:
    """Statement and values for how long each ticket of the list took: rows of (value of the column, lead, assigned_at, submitted_at,
    on_time).
    """
    condition, values = matching(selection, None)
    return f"SELECT {_known(column)}, lead, assigned_at, submitted_at, on_time FROM ticket WHERE {condition}", values


def order_of(sort: str) -> Order:
    """The order of that name. Raises UsageError for an unknown one."""
    found: Order = _lookup(SORTS, sort)
    return found


# how -----------------------------------------------------------------------------------------------------------------

_COLUMNS = TICKET_COLUMNS.split(", ")
_PAGE = ", ".join(f"ticket.{column}" for column in _COLUMNS)


class _Way(NamedTuple):
    """The way of one branch to its tickets: the filter that leads (None: the order alone), its value and the place of that value.

    `shared`: from the rows of `cooperator` (`unit`: of whoever cooperates, `part`: whose part is open) to their tickets.
    """

    driver: str | None = None
    value: object = None
    number: int = 0
    shared: str = ""


_PLAIN = _Way()


def _ways(part: Selection) -> list[_Way]:
    few = not FEW.isdisjoint(part.switches)
    driver = None if few else next((name for name in DRIVERS if name in part.filters), None)
    wanted = part.filters[driver] if driver is not None else ()
    if driver is None or len(wanted) > MOST_BRANCHES:
        return [_PLAIN]
    kinds = {"unit": ("", "unit"), "cooperating": ("part",)}.get(driver, ("",))
    return [_Way(driver, value, number, kind) for number, value in enumerate(wanted) for kind in kinds]


def _branch(part: Selection, way: _Way, columns: str = "") -> Statement:
    conditions, values = _conditions(part, way)
    place, chosen = _key(part, way)
    table = "cooperator CROSS JOIN ticket" if way.shared else "ticket"
    direction = part.order.direction
    statement = (
        f"SELECT {columns or f'{chosen} AS chosen, {place} AS place'} FROM {table} WHERE {conditions} "
        f"ORDER BY {_distinct(chosen if part.dated is False else place, chosen, direction)} LIMIT :limit"
    )
    return statement, values | {"limit": part.limit}


def _key(part: Selection, way: _Way) -> tuple[str, str]:
    """The columns of a position: sort value and id. A cooperator's row repeats the promised date, for an index of it."""
    if way.shared == "unit" and part.order.column == "promised_at":
        return "cooperator.promised_at", "cooperator.ticket"
    return f"ticket.{part.order.column}", "ticket.id"


def _distinct(place: str, chosen: str, direction: str) -> str:
    return f"{chosen}{direction}" if place == chosen else f"{place}{direction}, {chosen}{direction}"


def _ordered(part: Selection) -> str:
    place, chosen = _key(part, _PLAIN)
    return _distinct(chosen if part.dated is False else place, chosen, part.order.direction)


def _union(found: Sequence[Statement]) -> str:
    return " UNION ".join(f"SELECT chosen, place FROM ({branch}) AS branch{number}" for number, (branch, _) in enumerate(found))


def _all_values(found: Sequence[Statement]) -> dict[str, Any]:
    return {name: value for _, values in found for name, value in values.items()}


def _known(column: str) -> str:
    """The column, if the ticket has it. Raises KeyError: no text that was typed comes this far."""
    if column not in _COLUMNS:
        raise KeyError(column)
    return column


def _conditions(selection: Selection, way: _Way) -> Statement:
    """What a ticket must fulfil on one way, and the values."""
    conditions, values = _led(way)
    for name, value in selection.filters.items():
        if name != way.driver:
            condition = _filter(name, value)
            # An expression has no index: the database walks along the one of the few.
            conditions.append(condition.replace("lead ", "(lead || '') ", 1) if way.driver is None and name == "lead" else condition)
            values |= _values_of(name, value)
    conditions += [_lookup(SWITCHES, name) for name in selection.switches]
    if selection.lights:
        conditions.append("(" + " OR ".join(f"({_lookup(LIGHTS, name)})" for name in selection.lights) + ")")
    conditions += _implied(selection)
    if (scope := _lookup(SCOPES, selection.scope)) is not None:
        conditions.append(scope)
        if way.shared == "unit":
            conditions.append(scope.replace("ticket.final", "cooperator.final"))
    conditions += _beyond(selection, way, values)
    if any(":now" in condition for condition in conditions):
        values["now"] = selection.now
    return " AND ".join(conditions) or "1 = 1", values


def _led(way: _Way) -> tuple[list[str], dict[str, Any]]:
    if way.driver is None:
        return [], {}
    name = f"{way.driver}_{way.number}"
    if not way.shared:
        column = "lead" if way.driver == "unit" else EITHER[way.driver]
        return [f"{column} = :{name}"], {name: way.value}
    found = ["ticket.id = cooperator.ticket", f"cooperator.unit = :{name}"]
    return ([*found, "cooperator.due_at IS NOT NULL"] if way.shared == "part" else found), {name: way.value}


def _filter(name: str, value: Any) -> str:
    if name in EITHER:
        return f"{EITHER[name]} = :{name}" if len(value) == 1 else f"{EITHER[name]} IN :{name}"
    condition: str = _lookup(FILTERS, name)
    return condition


def _values_of(name: str, value: Any) -> dict[str, Any]:
    if name == "text":
        return {"text": _contains(searchable(value)), "text_in_number": _contains(searchable(value).upper())}
    if name in EITHER and len(value) == 1:
        return {name: value[0]}
    return {name: list(value) if name in EITHER or name in ("unit", "cooperating") else value}


def _implied(selection: Selection) -> list[str]:
    """What follows from the other conditions and tells the database where to end its walk through the dates, or to begin it."""
    if "overdue" in selection.switches or tuple(selection.lights) == ("red",):
        return ["ticket.promised_at <= :now"]
    return ["ticket.promised_at > :now"] if tuple(selection.lights) == ("yellow",) else []


def _beyond(selection: Selection, way: _Way, values: dict[str, Any]) -> list[str]:
    """The conditions for the part of the list, and for lying behind the last ticket seen."""
    place, chosen = _key(selection, way)
    found = [] if selection.dated is None else [f"{place} IS {'NOT ' if selection.dated else ''}NULL"]
    if selection.after is None:
        return found
    value, values["after_id"] = selection.after
    sign = "<" if selection.order.descending else ">"
    if place == chosen or selection.dated is False:
        return [*found, f"{chosen} {sign} :after_id"]
    values["after_value"] = value
    return [*found, f"({place}, {chosen}) {sign} (:after_value, :after_id)"]


def _lookup(table: Mapping[str, Any], name: str) -> Any:
    try:
        return table[name]
    except KeyError:
        raise UsageError(reason="list-unknown", name=name, known=list(table)) from None


def _contains(text: str) -> str:
    """The pattern that finds the words themselves, whatever signs are in them."""
    return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
