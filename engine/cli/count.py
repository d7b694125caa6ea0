"""`zg count`: the figures of the ledger, for people, in a pipe, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.cli.call import Call
from engine.cli.coded import Coded, Once
from engine.cli.filters import filter_options, named_by_option, wanted_by
from engine.cli.frame import option, verb
from engine.cli.table import Column, table, tsv
from engine.desk.figures import BY, figures, key_names, measure_titles, this_year
from engine.errors import UsageError
from engine.rules.worktime import Side
from engine.rules.worktime.period import Span
from engine.views.figures import Figure, figures_view

FIGURES = ("opened", "open", "late", "closed", "on_time", "mean_days")


@verb(
    "count", Once(["--by"], type=Coded(BY, "count.by")), option("--from", "since", metavar="WHEN"),
    option("--to", "before", metavar="WHEN"), *filter_options(), option("--json", "as_json", is_flag=True),
)
def count(call: Call, by: str | None, since: str | None, before: str | None, as_json: bool, **typed: Any) -> int:
    desk, intake = call.app.desk, call.app.intake
    usual = this_year(desk)
    said = intake.between(since, before, Side.PAST).value
    span = Span(usual.since if since is None else said.since, usual.before if before is None else said.before)
    if span.since is not None and span.before is not None and span.since >= span.before:
        raise UsageError(reason="usage-span", text=f"{since or ''}..{before or ''}")
    try:
        found = figures(desk, call.app.actor, wanted_by(call, typed), by, span)
    except UsageError as error:
        raise named_by_option(error, "zg count") from None
    zone = desk.rules.zone()
    if call.json:
        call.dump(figures_view(found, by, span, _names(call, by, spoken=False), zone))
        return 0
    name = _names(call, by, spoken=True)
    rows = [[name(row.key) if row.key is not None else call.say("count.without"), *_numbers(row)] for row in found.rows]
    if not call.terminal.out:
        keys = [[row.key, *_numbers(row)] for row in found.rows]
        call.lines(tsv(keys or [[None, *_numbers(found.total)]]))
        return 0
    last = [call.say("count.total"), *_numbers(found.total)]
    columns = [Column(call.say(f"count.by.{by or 'all'}")), *(
        Column(call.say(f"count.{figure}"), right=True, whole=True) for figure in FIGURES
    )]
    call.lines(table(columns, [*rows, last], call.terminal))
    view = figures_view(found, by, span, str, zone)
    call.hint("count.span", since=view["from"] or "—", before=view["to"] or "—")
    return 0


def _numbers(row: Figure) -> list[str]:
    mean = "" if row.mean_days is None else f"{row.mean_days:g}"
    return [str(row.opened), str(row.open), str(row.late), str(row.closed), str(row.on_time), mean]


def _names(call: Call, by: str | None, *, spoken: bool) -> Callable[[str], str]:
    """What the keys are called. `spoken`: on the screen, in its language; programs get names that are the same in every language."""
    if by == "measure" and spoken:
        measures = measure_titles(call.app.desk, call.app.actor)
        return lambda key: f"{key} {measures.get(key, '')}".strip()
    if by == "source" and spoken:
        return lambda key: call.phrase().label("source", key)
    return key_names(call.app.desk, call.app.actor, by)
