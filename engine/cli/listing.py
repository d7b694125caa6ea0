"""`zg list`: the ledger on a terminal, or lines for a program. Pages go on with a cursor."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from engine.cli.call import Call
from engine.cli.complete import complete_state, complete_unit
from engine.cli.frame import option, verb
from engine.cli.many import NUMBER
from engine.cli.table import Cell, Column, table, tsv
from engine.cli.terminal import clean, fit
from engine.desk import intake as given
from engine.desk.lists import count_by_light, page, portfolio_of, visible
from engine.errors import UsageError
from engine.record.listing import LIGHTS, MOST_COUNTED, SORTS, Wanted
from engine.rules.acts.opening import SOURCES
from engine.rules.proof.chain import LARGEST_INTEGER, moment, stamp
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import light as light_of
from engine.views.instruction import instruction_view
from engine.views.ticket import ticket_view
from engine.words.light import light_words

if TYPE_CHECKING:
    from engine.app.opening import AppContext

TURNS = ("office", "lead", "cooperator", "head")
MOST = 10_000
MOST_INSTRUCTED = 20
TITLE_LEAST, LEAD_LEAST = 20, 10
"""On a narrow terminal the problem stays readable longest."""


@verb(
    "list", option("--state", metavar="STATE", shell_complete=complete_state),
    option("--unit", metavar="UNIT", shell_complete=complete_unit), option("--light", type=click.Choice(tuple(LIGHTS))),
    option("--overdue", is_flag=True), option("--portfolio", is_flag=True),
    option("--source", type=click.Choice(SOURCES), metavar="SOURCE"),
    option("--turn", type=click.Choice(TURNS)), option("--text", metavar="WORDS"),
    option("--sort", type=click.Choice(tuple(SORTS)), default="due"),
    option("--limit", type=click.IntRange(1, MOST), metavar="N", default=50), option("--after", metavar="CURSOR"),
    option("--proposals", is_flag=True), option("--json", "as_json", is_flag=True),
)
def list_(
    call: Call, state: str | None, unit: str | None, light: str | None, overdue: bool, portfolio: bool, source: str | None,
    turn: str | None, text: str | None, sort: str, limit: int, after: str | None, proposals: bool, as_json: bool,
) -> int:
    app = call.app
    now = app.desk.clock.now()
    code = given.unit_or_group(call, unit) if unit is not None else None
    known = _state(app, state) if state is not None else None
    said: dict[str, Any] = {"state": known, "unit": code, "source": source, "turn": turn, "text": text}
    if portfolio:
        said["units"] = portfolio_of(app.database, app.actor)
    filters = {**{name: value for name, value in said.items() if value is not None}, **visible(app.database, app.desk.rules, app.actor)}
    if unit and filters["unit"] != said["unit"]:
        return 0  # another unit's tickets are not this unit's to see
    place = _cursor(call, after, sort) if after is not None else None
    switches = [*(("overdue",) if overdue else ()), *_parts(filters)]
    wanted = Wanted(now, filters, switches, light, sort, limit + 1, place)
    if proposals:
        from engine.cli.proposals import show_letters

        return show_letters(call, wanted)
    found = page(app.database, wanted)
    more = len(found) > limit
    found = found[:limit]
    if call.json:
        calendar = app.desk.rules.calendar()
        for ticket, _ in found:
            told = app.desk.told(ticket)
            call.dump(ticket_view(ticket, app.desk.definition(ticket), app.actor, now, calendar, told))
    elif call.terminal.out:
        call.lines(_instructed(call, wanted) if after is None else ())
        call.lines(_table(call, [ticket for ticket, _ in found], now))
    else:
        call.lines(tsv([_fields(call, ticket, now) for ticket, _ in found]))
    _footer(call, wanted, len(found), cursor_text(*found[-1][1]) if more else None)
    return 0


def _parts(filters: dict[str, Any]) -> tuple[str, ...]:
    """A ticket is with its lead and its cooperators at once: `--turn cooperator` asks whose part is open, of one unit or of any."""
    if filters.get("turn") != "cooperator":
        return ()
    del filters["turn"]
    if "unit" not in filters:
        return ("parts",)
    filters["cooperating"] = filters["unit"]
    return ()


def _state(app: AppContext, said: str) -> str:
    """A state of any workflow in force. Raises UsageError with those there are: an empty list would say that nothing is there."""
    known = dict.fromkeys(state for name in _workflows(app) for state in app.desk.rules.current(name).states)
    if said not in known:
        raise UsageError(reason="usage-choice", parameter="--state", choices=list(known), command="zg list")
    return said


def _workflows(app: AppContext) -> list[str]:
    from engine.desk.lists import workflow_names

    return workflow_names(app.database)


def _instructed(call: Call, wanted: Wanted) -> list[str]:
    """Above the first page: what leaders wait for an answer to, whatever page it is on."""
    found = page(call.app.database, replace(wanted, switches=(*wanted.switches, "instructed"), sort="due", limit=MOST_INSTRUCTED))
    if not found:
        return []
    desk = call.app.desk
    zone, now = desk.rules.zone(), desk.clock.now()
    lines = [call.terminal.paint(call.say("list.instructed", count=len(found)), "bold")]
    for ticket, _ in found:
        open_ = [item for item in ticket.instructions if item.reported_at is None]
        view = instruction_view(ticket, open_[-1], now, zone)
        said = call.say("list.instruction", number=ticket.number, by=view["by"], date=view["due_on"] or "—", title=ticket.title)
        lines.append(fit(clean(said), call.terminal.width))
    return [*lines, ""]


def _table(call: Call, tickets: list[Ticket], now: datetime) -> list[str]:
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
    """For programs: codes, never translated, nothing cut. number, light, state, lead, promised, due, level, title."""
    calendar = call.app.desk.rules.calendar()
    promised, due = (
        calendar.local_day(at).isoformat() if at else None for at in (ticket.promised_at, ticket.due_at)
    )
    return [ticket.number, light_of(ticket, now), ticket.state, ticket.lead, promised, due, ticket.level, ticket.title]


def _footer(call: Call, wanted: Wanted, shown: int, cursor: str | None) -> None:
    """How many there are by light, and how to go on; for people only."""
    if not call.terminal.err or call.json:
        return
    counts = count_by_light(call.app.database, wanted)
    total = sum(counts.values())
    if not total:
        call.hint("list.none")
        return
    lights = call.say("list.comma").join(
        call.say("list.light", light=call.say(f"light.{name}"), count=counts[name]) for name in LIGHTS_SHOWN if counts.get(name)
    )
    call.hint("list.count", shown=shown, total=total, more="+" if total >= MOST_COUNTED else "", lights=lights)
    if cursor is not None:
        call.hint("list.more", cursor=cursor)


LIGHTS_SHOWN = ("red", "yellow", "green", "blue", "grey")


def cursor_text(value: Any, ticket: int) -> str:
    """Where the next page begins, as a word that survives any shell."""
    said: Mapping[str, Any] = {"v": stamp(value) if isinstance(value, datetime) else value, "i": ticket}
    return base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode().rstrip("=")


def _cursor(call: Call, text: str, sort: str) -> tuple[Any, int]:
    """A cursor as it was given, or the number of the last ticket seen: what a program has. Raises UsageError, TicketNotFound."""
    if NUMBER.fullmatch(text):
        ticket = call.app.desk.ticket(call.app.actor, text)
        return getattr(ticket, SORTS[sort][0]), ticket.id
    try:
        said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return _value(said, SORTS[sort][0]), _whole(said["i"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(reason="usage-cursor", text=text) from None


def _value(said: Any, column: str) -> Any:
    """Where the column of the order stood. Raises ValueError, KeyError, TypeError for what the column never holds."""
    if column in ("id", "level"):
        return _whole(said["v"])
    return None if said["v"] is None else moment(said["v"])


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < LARGEST_INTEGER:
        raise ValueError(value)
    return value
