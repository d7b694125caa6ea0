"""`zg list`: the ledger on a terminal, or lines for a program. Pages go on with a cursor."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from engine.cli.call import Call
from engine.cli.coded import Coded, several
from engine.cli.filters import filter_options, named_by_option, wanted_by
from engine.cli.frame import argument, option, verb
from engine.cli.proposals import show_letters
from engine.cli.table import Cell, Column, table, tsv
from engine.cli.terminal import clean, fit
from engine.desk.lists import MOST, Page, count_by_light, counted_by_light, every, instructed, page
from engine.desk.showing import listed
from engine.desk.wanted import SORTS, Wanted
from engine.errors import UsageError
from engine.rules.ticket import Ticket
from engine.rules.ticket_number import short_number
from engine.rules.timing.clocks import light as light_of
from engine.rules.worktime import Calendar
from engine.views.instruction import instruction_view
from engine.views.ledger import ALWAYS, EXPORTED
from engine.views.ticket import outer_at, planned_at
from engine.words.light import light_words

USUAL_PAGE = 50
"""Tickets on a page of a terminal. A program gets all of them."""

OUTER = 5
"""The place of the superior's own dates, a column that is there where a ticket has one."""

TITLE_LEAST, LEAD_LEAST, STATE_LEAST = 12, 10, 14
"""The least widths of three columns. Where they do not fit, these give in, one after the other: the superior's own dates are left out,
numbers become short, the days beside a light are left out, dates lose the current year, states are left out; then titles and leads become
shorter than this. What it is, whose, how urgent and until when stays on the narrowest terminal.
"""


@verb(
    "list", argument("view", metavar="[@NAME]", required=False), *filter_options(), option("--sort", type=Coded(SORTS, "sort")),
    option("--limit", type=click.IntRange(1, MOST), metavar="N"), option("--after", metavar="CURSOR"),
    several("--columns", type=Coded(EXPORTED, "export.head")),
    option("--proposals", is_flag=True), option("--json", "as_json", is_flag=True),
)
def list_(
    call: Call, view: str | None, sort: str | None, limit: int | None, after: str | None, columns: tuple[str, ...], proposals: bool,
    as_json: bool, **typed: Any,
) -> int:
    if columns and (as_json or proposals):
        raise UsageError(reason="usage-columns")
    meant, kept = (wanted_by(call, typed), ()) if view is None else _of_view(call, view, typed)
    wanted = replace(meant, sort=sort or meant.sort, limit=limit, after=after)
    try:
        return show_letters(call, wanted) if proposals else _show(call, wanted, columns or kept)
    except UsageError as error:
        raise named_by_option(error, "zg list") from None


def _of_view(call: Call, name: str, typed: dict[str, Any]) -> tuple[Wanted, tuple[str, ...]]:
    """What a saved view wants, and its columns; a filter that is typed beside it stands in the place of the view's. Raises NotFound."""
    from engine.desk.saved_views import saved_view  # a list without a view reads none
    from engine.desk.wishes import Wishes, texts_of, understood, wishes_of

    if not name.startswith("@"):
        raise UsageError(reason="usage-view", name=name)
    intake = call.app.intake
    texts = {**saved_view(call.app.desk, call.app.actor, name.removeprefix("@")).texts, **texts_of(Wishes(**typed))}
    meant = understood(intake, wishes_of(intake, texts))
    kept = tuple(texts.get("column", ()))
    return replace(meant, sort=texts["sort"][-1]) if texts.get("sort") else meant, (*ALWAYS, *kept) if kept else ()


def _show(call: Call, wanted: Wanted, columns: Collection[str]) -> int:
    if not call.json and call.terminal.out:
        _show_page(call, wanted if wanted.limit is not None else replace(wanted, limit=USUAL_PAGE), columns)
        return 0
    cut = False
    for number, ticket in enumerate(every(call.app.desk, call.app.actor, wanted if wanted.limit is None else _one_more(wanted))):
        cut = number == wanted.limit
        if not cut:
            _tell(call, ticket, columns)
    if cut:
        call.remark("list.cut", limit=wanted.limit)
    return 0


def _one_more(wanted: Wanted) -> Wanted:
    return replace(wanted, limit=wanted.limit + 1 if wanted.limit is not None else None)


def _tell(call: Call, ticket: Ticket, columns: Collection[str]) -> None:
    """Prints a ticket for a program."""
    desk = call.app.desk
    if columns and not call.json:
        from engine.cli.chosen_columns import fields_of  # a list of the usual columns makes no row of a sheet

        call.lines(fields_of(call, ticket, columns))
        return
    if not call.json:
        call.lines(tsv([_fields(call, ticket, desk.clock.now())]))
        return
    call.dump(listed(desk, call.app.actor, ticket))


def _show_page(call: Call, wanted: Wanted, columns: Collection[str]) -> None:
    found = page(call.app.desk, call.app.actor, wanted)
    call.lines(_instruction_lines(call, wanted) if wanted.after is None else ())
    call.lines(_rows(call, found.tickets, columns))
    _footer(call, wanted, found)


def _instruction_lines(call: Call, wanted: Wanted) -> list[str]:
    """The lines above the first page: the instructions that leaders wait for an answer to, whatever page their tickets are on."""
    found = instructed(call.app.desk, call.app.actor, wanted)
    if not found:
        return []
    desk = call.app.desk
    zone, now = desk.rules.zone(), desk.clock.now()
    lines = [call.terminal.paint(call.say("list.instructed", count=len(found)), "bold")]
    for ticket in found:
        open_ = [item for item in ticket.instructions if item.reported_at is None]
        view = instruction_view(ticket, open_[-1], now, zone)
        by, date = call.person(view["by"]), view["due_on"] or "—"
        text = call.say("list.instruction", number=ticket.number, by=by, date=date, title=ticket.title)
        lines.append(fit(clean(text), call.terminal.width))
    return [*lines, ""]


def _rows(call: Call, tickets: Sequence[Ticket], columns: Collection[str]) -> list[str]:
    if not columns:
        return _table(call, tickets, call.app.desk.clock.now())
    from engine.cli.chosen_columns import table_of  # no row of a sheet without them

    return table_of(call, tickets, columns)


def _table(call: Call, tickets: Sequence[Ticket], now: datetime) -> list[str]:
    calendar = call.app.desk.rules.calendar()
    columns = [
        Column(call.say("field.lamp"), whole=True, brief=3), Column(call.say("field.number"), whole=True, brief=4, brief_title="#"),
        Column(call.say("field.title"), least=TITLE_LEAST), Column(call.say("field.lead"), least=LEAD_LEAST),
        Column(call.say("field.promised"), whole=True, brief=2, brief_title=call.say("field.promised-brief")),
        Column(call.say("field.outer"), spare=5), Column(call.say("field.state"), least=STATE_LEAST, firm=True, spare=1),
    ]
    year = calendar.local_day(now).year
    rows: list[list[Cell | str]] = []
    for ticket in tickets:
        name = light_of(ticket, now)
        definition = call.app.desk.definition(ticket)
        phrase, outer = call.phrase(definition), outer_at(ticket, definition)
        day = calendar.local_day(ticket.promised_at).isoformat() if ticket.promised_at else _planned(ticket, calendar)
        day = call.say("list.standing") if ticket.standing and not ticket.final else day
        lamp, brief = (light_words(ticket, now, calendar, call.language, form) for form in ("short", "brief"))
        rows.append([
            Cell(lamp, (name,), brief=brief),
            Cell(ticket.number, brief=short_number(ticket.number, year)),
            _title(call, ticket),
            phrase.unit(ticket.lead), Cell(day, brief=day.replace(f"{year}-", "")),
            calendar.local_day(outer).isoformat() if outer else "", phrase.state(ticket.state),
        ])
    if not any(row[OUTER] for row in rows):
        del columns[OUTER]
        for row in rows:
            del row[OUTER]
    return table(columns, rows, call.terminal)


def _title(call: Call, ticket: Ticket) -> str:
    """The title, marked where it repeats an earlier finding, and where a leader waits for an answer."""
    title = f"{call.say('list.again')}{ticket.title}" if ticket.repeats else ticket.title
    return call.say("list.mark", title=title) if ticket.instructed else title


def _planned(ticket: Ticket, calendar: Calendar) -> str:
    """The date that was given for a ticket and holds once it is assigned."""
    at = planned_at(ticket)
    return f"({calendar.local_day(at).isoformat()})" if at is not None else ""


def _fields(call: Call, ticket: Ticket, now: datetime) -> list[object]:
    """The fields for programs: number, light, state, lead, promised, due, level, title. Codes are not translated, nothing is cut."""
    calendar = call.app.desk.rules.calendar()
    promised, due = (
        calendar.local_day(at).isoformat() if at else None for at in (ticket.promised_at, ticket.due_at)
    )
    return [ticket.number, light_of(ticket, now), ticket.state, ticket.lead, promised, due, ticket.level, ticket.title]


def _footer(call: Call, wanted: Wanted, found: Page) -> None:
    """Prints how many tickets there are by light, and how to go on; for people only."""
    if not call.terminal.err:
        return
    app = call.app
    whole = found.cursor is None and wanted.after is None
    counted = counted_by_light(found.tickets, app.desk.clock.now()) if whole else count_by_light(app.desk, app.actor, wanted)
    if not counted.total:
        call.hint("list.none" if wanted.scope is not None else "list.none-open")
        return
    lights = call.say("list.comma").join(
        call.say("list.light", light=call.say(f"light.{name}"), count=counted.lights[name])
        for name in LIGHTS_SHOWN if counted.lights.get(name)
    )
    if counted.more:
        call.hint("list.count-more", shown=len(found.tickets), total=counted.total)
    else:
        call.hint("list.count", shown=len(found.tickets), total=counted.total, lights=lights)
    if found.cursor is not None:
        call.hint("list.more", cursor=found.cursor)


LIGHTS_SHOWN = ("red", "yellow", "green", "blue", "grey")
