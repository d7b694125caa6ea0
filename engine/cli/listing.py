"""`zg list`: the ledger on a terminal, or lines for a program. Pages go on with a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from engine.cli.call import Call
from engine.cli.complete import complete_state, complete_unit
from engine.cli.frame import option, verb
from engine.cli.proposals import show_letters
from engine.cli.table import Cell, Column, table, tsv
from engine.cli.terminal import clean, fit
from engine.desk.lists import LIGHTS, MOST, SORTS, TURNS, Page, Wanted, count_by_light, instructed, page
from engine.errors import UsageError
from engine.rules.acts.opening import SOURCES
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import light as light_of
from engine.views.instruction import instruction_view
from engine.views.ticket import ticket_view
from engine.words.light import light_words

TITLE_LEAST, LEAD_LEAST = 20, 10
"""The least widths of two columns: on a narrow terminal the title stays readable longest."""


@verb(
    "list", option("--state", metavar="STATE", shell_complete=complete_state),
    option("--unit", metavar="UNIT", shell_complete=complete_unit), option("--light", type=click.Choice(LIGHTS)),
    option("--overdue", is_flag=True), option("--portfolio", is_flag=True),
    option("--source", type=click.Choice(SOURCES), metavar="SOURCE"),
    option("--turn", type=click.Choice(TURNS)), option("--text", metavar="WORDS"),
    option("--sort", type=click.Choice(SORTS), default="due"),
    option("--limit", type=click.IntRange(1, MOST), metavar="N", default=50), option("--after", metavar="CURSOR"),
    option("--proposals", is_flag=True), option("--json", "as_json", is_flag=True),
)
def list_(
    call: Call, state: str | None, unit: str | None, light: str | None, overdue: bool, portfolio: bool, source: str | None,
    turn: str | None, text: str | None, sort: str, limit: int, after: str | None, proposals: bool, as_json: bool,
) -> int:
    app = call.app
    wanted = Wanted(
        state, app.intake.unit_or_group(unit) if unit is not None else None, light, source, turn, text, overdue=overdue,
        portfolio=portfolio, sort=sort, limit=limit, after=after,
    )
    try:
        return show_letters(call, wanted) if proposals else _show(call, wanted)
    except UsageError as error:
        if error.values.get("reason") == "usage-choice":  # the ledger does not know by which option it was asked
            error.values |= {"parameter": f"--{error.values['parameter']}", "command": "zg list"}
        raise


def _show(call: Call, wanted: Wanted) -> int:
    app = call.app
    now = app.desk.clock.now()
    found = page(app.desk, app.actor, wanted)
    if call.json:
        calendar = app.desk.rules.calendar()
        for ticket in found.tickets:
            words = app.desk.referred_words(ticket)
            call.dump(ticket_view(ticket, app.desk.definition(ticket), app.actor, now, calendar, words))
    elif call.terminal.out:
        call.lines(_instruction_lines(call, wanted) if wanted.after is None else ())
        call.lines(_table(call, found.tickets, now))
    else:
        call.lines(tsv([_fields(call, ticket, now) for ticket in found.tickets]))
    _footer(call, wanted, found)
    return 0


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


def _table(call: Call, tickets: Sequence[Ticket], now: datetime) -> list[str]:
    calendar = call.app.desk.rules.calendar()
    columns = [
        Column(call.say("field.lamp"), whole=True), Column(call.say("field.number"), whole=True),
        Column(call.say("field.title"), least=TITLE_LEAST), Column(call.say("field.lead"), least=LEAD_LEAST),
        Column(call.say("field.promised"), whole=True, spare=1), Column(call.say("field.state"), spare=2),
    ]
    rows: list[list[Cell | str]] = []
    for ticket in tickets:
        phrase = call.phrase(call.app.desk.definition(ticket))
        name = light_of(ticket, now)
        day = calendar.local_day(ticket.promised_at).isoformat() if ticket.promised_at else ""
        day = call.say("list.standing") if ticket.standing and not ticket.final else day
        rows.append([
            Cell(light_words(name, ticket.promised_at, now, calendar.of(ticket.lead), call.language, "short"), (name,)), ticket.number,
            call.say("list.mark", title=ticket.title) if ticket.instructed else ticket.title,
            phrase.unit(ticket.lead), day, phrase.state(ticket.state),
        ])
    return table(columns, rows, call.terminal)


def _fields(call: Call, ticket: Ticket, now: datetime) -> list[object]:
    """The fields for programs: number, light, state, lead, promised, due, level, title. Codes are not translated, nothing is cut."""
    calendar = call.app.desk.rules.calendar()
    promised, due = (
        calendar.local_day(at).isoformat() if at else None for at in (ticket.promised_at, ticket.due_at)
    )
    return [ticket.number, light_of(ticket, now), ticket.state, ticket.lead, promised, due, ticket.level, ticket.title]


def _footer(call: Call, wanted: Wanted, found: Page) -> None:
    """Prints how many tickets there are by light, and how to go on; for people only."""
    if not call.terminal.err or call.json:
        return
    counted = count_by_light(call.app.desk, call.app.actor, wanted)
    if not counted.total:
        call.hint("list.none")
        return
    lights = call.say("list.comma").join(
        call.say("list.light", light=call.say(f"light.{name}"), count=counted.lights[name])
        for name in LIGHTS_SHOWN if counted.lights.get(name)
    )
    call.hint("list.count", shown=len(found.tickets), total=counted.total, more="+" if counted.more else "", lights=lights)
    if found.cursor is not None:
        call.hint("list.more", cursor=found.cursor)


LIGHTS_SHOWN = ("red", "yellow", "green", "blue", "grey")
