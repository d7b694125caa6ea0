"""Figures of the ledger (分类统计): what was opened and closed in a span of time, what is open and late now, and how long it took.

They count what the list shows to the same actor, each ticket for the unit that leads it. What turned out to be no problem (撤销) is in
none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from engine.desk.people import account_names
from engine.desk.plan import read_plan
from engine.desk.tickets import Desk
from engine.desk.wanted import CLOSED, EVERY, OPEN, Wanted, named_units, selected, usual_first
from engine.errors import NotPossible
from engine.record.damage import as_written
from engine.record.listing import counts
from engine.record.listing.selection import Selection
from engine.rules.access import Actor, sees_everything
from engine.rules.worktime import Calendar, closes
from engine.rules.worktime.period import EVER, Span
from engine.views.figures import Figure, Figures
from engine.views.names import Naming

MONTH = "month"
COLUMNS = {"unit": "lead", "measure": "measure", "source": "source", "grade": "grade", "officer": "officer"}
BY = ("unit", "measure", "source", MONTH, "grade", "officer")
"""What figures may be parted by. A month is that of the opening, and of what was closed that of the closing."""

WITHDRAWN = "withdrawn"
"""The stage of what was no problem."""

ASSIGNED = "assigned"
"""The stage of what rests (中止): it was assigned; whether it was accepted its state does not tell."""


def this_year(desk: Desk) -> Span:
    """From the first moment of this year to the end of today: what figures are about unless told."""
    zone = desk.rules.zone()
    today = desk.clock.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return Span(today.replace(month=1, day=1).astimezone(UTC), (today + timedelta(days=1)).astimezone(UTC))


def figures(desk: Desk, actor: Actor, wanted: Wanted, by: str | None, span: Span) -> Figures:
    """The figures of what is wanted, parted by one of BY. `span` is for what was opened and closed; open and late are as of now. The units
    that are wanted are those that lead: the figures of one are its row of the figures by unit.

    Raises as `lists.page` does.
    """
    found = _counted(desk, actor, _of_leads(desk, actor, wanted), by, span)
    total = Figure(None)
    for row in found.values():
        total.opened += row.opened
        total.open += row.open
        total.late += row.late
        total.closed += row.closed
        total.on_time += row.on_time
        total.days += row.days
    return Figures(tuple(_ordered(found.values(), by)) if by is not None else (), total)


def key_names(desk: Desk, actor: Actor, by: str | None) -> Callable[[str], str]:
    """What the keys of figures are called, in every language alike; the key itself where it is called nothing else. Raises NotPermitted."""
    if by == "unit":
        return Naming(desk.database).unit
    if by == "officer":
        titles = dict(account_names(desk, actor))
        return lambda key: titles.get(key, key)
    if by == "measure":
        measures = measure_titles(desk, actor)
        return lambda key: measures.get(key, key)
    return str


def measure_titles(desk: Desk, actor: Actor) -> dict[str, str]:
    """What the measures of the plan are called, by their numbers; none of a record without a plan. Raises NotPermitted."""
    try:
        return {measure.no: measure.title for measure in read_plan(desk, actor).measures}
    except NotPossible:
        return {}


def states_counted(desk: Desk, *, ends: bool) -> tuple[str, ...]:
    """The states of what figures are about; with `ends` those alone in which a ticket is over."""
    final = {state.name for definition in usual_first(desk) for state in definition.states.values() if state.final}
    return tuple(name for name, stage in stages_of_states(desk).items() if stage != WITHDRAWN and (name in final or not ends))


def stages_of_states(desk: Desk) -> dict[str, str]:
    """The stage of each state, as the usual workflow has it, then the others."""
    found: dict[str, str] = {}
    for definition in usual_first(desk):
        for state in definition.states.values():
            found.setdefault(state.name, ASSIGNED if state.rests and not state.final else state.stage)
    return found


def _of_leads(desk: Desk, actor: Actor, wanted: Wanted) -> Wanted:
    """What is wanted, with the units as those that lead; a unit counts for no other one, as it lists for no other one."""
    leads = named_units(desk, actor, wanted)
    if wanted.leads is not None:
        leads = tuple(unit for unit in wanted.leads if leads is None or unit in leads)
    if leads is not None and not sees_everything(actor):
        leads = tuple(unit for unit in leads if unit == actor.unit)
    return replace(wanted, units=(), portfolio=False, leads=leads)


@as_written
def _counted(desk: Desk, actor: Actor, wanted: Wanted, by: str | None, span: Span) -> Mapping[str | None, Figure]:
    found: defaultdict[str | None, Figure] = defaultdict(lambda: Figure(None))
    zone, calendar = desk.rules.zone(), desk.rules.calendar()
    rows = desk.database.rows
    if (opened := part_of(desk, actor, wanted, EVERY, opened=span)) is not None:
        statement, values = counts.counting_opened(opened, _column(by, "opened_at"))
        for value, count in rows(statement, **values):
            _row(found, by, value, zone).opened += count
    if (under_way := part_of(desk, actor, wanted, OPEN)) is not None:
        statement, values = counts.counting_open(under_way, _column(by, "opened_at"))
        for value, count, late in rows(statement, **values):
            row = _row(found, by, value, zone)
            row.open += count
            row.late += late
    if (closed := part_of(desk, actor, wanted, CLOSED, closed=span)) is not None:
        statement, values = counts.times_of(closed, _column(by, "closed_at"))
        for value, lead, assigned_at, submitted_at, on_time in rows(statement, **values):
            row = _row(found, by, value, zone)
            row.closed += 1
            row.on_time += bool(on_time)
            row.days += _days(assigned_at, submitted_at, calendar.of(lead))
    return found


def part_of(
    desk: Desk, actor: Actor, wanted: Wanted, scope: str, *, opened: Span = EVER, closed: Span = EVER,
) -> Selection | None:
    """The tickets that one of the figures counts: of the scope that is wanted and of its own; None where there can be none."""
    if wanted.scope not in (None, EVERY, scope) and scope != EVERY:
        return None
    narrowed = replace(wanted, scope=wanted.scope if scope == EVERY and wanted.scope is not None else scope, sort="number")
    narrowed = replace(narrowed, opened=_both(narrowed.opened, opened), closed=_both(narrowed.closed, closed))
    selection = selected(desk, actor, narrowed)
    if selection is None or scope == OPEN:
        return selection
    withdrawn = [
        f"{definition.hash} {state.name}" for definition in desk.rules.every() for state in definition.states.values()
        if state.stage == WITHDRAWN
    ]
    hidden = [*selection.filters.get("hidden", ()), *withdrawn]
    return replace(selection, filters={**selection.filters, "hidden": hidden}) if hidden else selection


def _both(one: Span, other: Span) -> Span:
    """The span in which both are."""
    since = [at for at in (one.since, other.since) if at is not None]
    before = [at for at in (one.before, other.before) if at is not None]
    return Span(max(since, default=None), min(before, default=None))


def _column(by: str | None, moment: str) -> str:
    return "workflow" if by is None else moment if by == MONTH else COLUMNS[by]


def _row(found: defaultdict[str | None, Figure], by: str | None, value: object, zone: tzinfo) -> Figure:
    key = value.astimezone(zone).strftime("%Y-%m") if isinstance(value, datetime) else None if value is None else str(value)
    key = key if by is not None else None
    row = found[key]
    row.key = key
    return row


def _days(assigned_at: datetime | None, submitted_at: datetime | None, calendar: Calendar) -> list[int]:
    return [] if assigned_at is None or submitted_at is None else [closes(assigned_at, submitted_at, calendar)]


def _ordered(rows: Iterable[Figure], by: str | None) -> list[Figure]:
    """By month as time goes, by measure as the plan has them; else whoever has most that is late, then most that is open, first."""
    orders: Mapping[str, Callable[[Figure], tuple[object, ...]]] = {
        MONTH: lambda row: (row.key is None, row.key or ""),
        "measure": lambda row: (row.key is None, [int(part) for part in (row.key or "").split(".") if part.isdecimal()], row.key or ""),
    }
    return sorted(rows, key=orders.get(by or "", lambda row: (-row.late, -row.open, -row.opened, row.key is None, row.key or "")))
