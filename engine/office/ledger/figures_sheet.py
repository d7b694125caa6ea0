"""The sheet of figures beside a ledger that goes out: for each lead what lies in the ledger by its light, and the figures of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from engine.office.ledger.ticket_row import Speech
from engine.office.sheets.workbook import Chart, Column, Table, Value
from engine.rules.timing.clocks import LIGHTS
from engine.views.figures import Figure, Figures
from engine.words import say

COLOURS: Mapping[str, str] = {"red": "#C00000", "yellow": "#FFC000", "green": "#70AD47", "blue": "#5B9BD5", "grey": "#A5A5A5"}
FIGURES = ("opened", "open", "late", "closed", "on_time", "mean_days")

Counts = Counter[tuple[str | None, str]]
"""How many tickets of each lead have each light."""


def figures_sheet(counts: Counts, year: Figures, speech: Speech, notes: tuple[str, ...]) -> Table:
    """The figures as a table with two charts. `counts` are of the rows that were written, `year` as `zg count` tells them."""
    language = speech.language
    heads = [say("count.by.unit", language), say("export.head.count", language)]
    heads += [say(f"light.{name}", language) for name in LIGHTS] + [say(f"count.{name}", language) for name in FIGURES]
    columns = tuple(Column(head, 24 if index == 0 else 9) for index, head in enumerate(heads))
    places, colours = tuple(range(2, 2 + len(LIGHTS))), tuple(COLOURS[name] for name in LIGHTS)
    charts = (
        Chart("bar", say("export.chart.units", language), places, colours, max(1, _most(counts) // 5)),
        Chart("pie", say("export.chart.lights", language), places, colours),
    )
    title = say("export.figures", language)
    return Table(title, title, columns, list(_rows(counts, year, speech)), charts, notes)


def _rows(counts: Counts, year: Figures, speech: Speech) -> Iterator[tuple[Value, ...]]:
    """A row for each lead, whoever has most that is late first, and the sum."""
    by_lead = {row.key: row for row in year.rows}
    leads = {lead for lead, _ in counts} | by_lead.keys()
    none = say("count.without", speech.language)
    for lead in sorted(leads, key=lambda key: (-counts[key, "red"], -_sum(counts, key), key is None, key or "")):
        yield speech.naming.unit(lead) if lead else none, *_numbers(counts, lead, by_lead.get(lead, Figure(lead)))
    lights = [sum(number for (_, name), number in counts.items() if name == light) for light in LIGHTS]
    yield say("count.total", speech.language), sum(lights), *lights, *_figures(year.total)


def _most(counts: Counts) -> int:
    """The most tickets that one lead has."""
    return max((_sum(counts, lead) for lead, _ in counts), default=0)


def _numbers(counts: Counts, lead: str | None, row: Figure) -> tuple[Value, ...]:
    return _sum(counts, lead), *(counts[lead, light] for light in LIGHTS), *_figures(row)


def _sum(counts: Counts, lead: str | None) -> int:
    return sum(counts[lead, light] for light in LIGHTS)


def _figures(row: Figure) -> tuple[Value, ...]:
    return row.opened, row.open, row.late, row.closed, row.on_time, row.mean_days
