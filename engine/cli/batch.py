"""`zg batch`: what came with one letter (来文批次): received, looked at, closed. Tickets come into it by `zg open --batch`."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.call import Call
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.listing import TITLE_LEAST
from engine.cli.path import FilePath
from engine.cli.table import Cell, Column, pairs, table, tsv
from engine.office.batches import Batches, Counted
from engine.rules.access import may_read_batches
from engine.rules.batch import Batch
from engine.rules.ticket import Ticket
from engine.views.batch import batch_view, member_view
from engine.views.event import EventView, event_view


def _number_argument() -> click.Argument:
    return argument("number", metavar="BATCH")


def _write_options() -> tuple[click.Option, ...]:
    return option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True)


@verb(
    "batch.new", argument("title", metavar="TITLE"), option("--letter", required=True, metavar="NO"),
    option("--date", "dated", required=True, metavar="DAY"), option("--sender", required=True, metavar="TEXT"),
    option("--limit", metavar="AMOUNT"),
    option("--file", metavar="FILE", multiple=True, type=FilePath(dir_okay=False)), *_write_options(),
)
def new(
    call: Call, title: str, letter: str, dated: str, sender: str, limit: str | None, file: tuple[str, ...], dry_run: bool, as_json: bool,
) -> int:
    app = call.app
    given = call.value_of(app.intake.letter(title, letter, dated, sender, limit))
    done = _batches(call).receive(app.actor, given, files=app.intake.files(file), dry_run=dry_run)
    _print_done(call, done.thing, event_view(done.event) if dry_run else None)
    if not dry_run:
        call.hint("hint.batch-next", batch=done.thing.number)
    return 0


@verb("batch.close", _number_argument(), *_write_options())
def close(call: Call, number: str, dry_run: bool, as_json: bool) -> int:
    done = _batches(call).close(call.app.actor, number, dry_run=dry_run)
    _print_done(call, done.thing, event_view(done.event) if dry_run else None)
    return 0


def redact(call: Call, number: str, seq: int, reason: str | None, dry_run: bool) -> int:
    """Asks for words of a batch to be erased, or without a reason confirms it: `zg redact` with the number of a batch."""
    batches, actor = _batches(call), call.app.actor
    if reason is not None:
        done = batches.ask_erasure(actor, number, seq, reason, dry_run=dry_run)
    else:
        done = batches.erase(actor, number, seq, dry_run=dry_run)
    rehearsed = event_view(done.event) if dry_run else None
    if may_read_batches(actor):
        _print_done(call, done.thing, rehearsed)
    elif call.json:
        call.dump({"number": done.thing.number, "dry_run": True, "events": [rehearsed]} if rehearsed else {"number": done.thing.number})
    elif rehearsed:
        call.hint("done.rehearsed")
    return 0


@verb("batch.show", _number_argument(), option("--json", "as_json", is_flag=True))
def show(call: Call, number: str, as_json: bool) -> int:
    batches, actor = _batches(call), call.app.actor
    found = batches.read(actor, number)
    tickets = batches.tickets(actor, found.batch)
    if call.json:
        zone = call.app.desk.rules.zone()
        call.dump({**_view(call, found), "members": [member_view(ticket, zone) for ticket in tickets]})
        return 0
    _print_card(call, found)
    call.lines(_members(call, tickets))
    return 0


@verb("batch.list", option("--all", "every", is_flag=True), option("--json", "as_json", is_flag=True))
def list_(call: Call, every: bool, as_json: bool) -> int:
    found = _batches(call).every(call.app.actor, closed=every)
    if call.json:
        for each in found:
            call.dump(_view(call, each))
        return 0
    shown = [(each, _view(call, each)) for each in found]
    if not call.terminal.out:
        fields = ("number", "letter", "sender", "dated_on", "assign_due_on", "tickets", "unassigned", "open", "closed_on", "title")
        call.lines(tsv([[*(dict(view)[name] for name in fields), "late" if view["office_late"] else ""] for _, view in shown]))
        return 0
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("field.batch-title"), least=TITLE_LEAST),
        Column(call.say("field.letter-number"), least=TITLE_LEAST, spare=1), Column(call.say("field.assign-due"), whole=True),
        Column(call.say("field.in-batch"), right=True), Column(call.say("field.unassigned"), right=True),
    ]
    names = ["number", "title", "letter", "assign_due_on", "tickets", "unassigned"]
    if every:
        columns.append(Column(call.say("field.batch-closed"), whole=True))
        names.append("closed_on")
    rows: list[list[Cell | str]] = [["" if view[name] is None else str(view[name]) for name in names] for _, view in shown]
    for row, (_, view) in zip(rows, shown, strict=True):
        row[names.index("assign_due_on")] = _due_cell(call, view)
    call.lines(table(columns, rows, call.terminal))
    call.hint("batch.count" if shown else "batch.none", count=len(shown))
    return 0


def _due_cell(call: Call, view: dict[str, Any]) -> Cell:
    """The date by which a batch is to be assigned, marked where it is over."""
    day = str(view["assign_due_on"])
    return Cell(call.say("batch.late", date=day), ("red",)) if view["office_late"] else Cell(day)


def _batches(call: Call) -> Batches:
    return Batches(call.app.desk)


def _view(call: Call, found: Counted) -> dict[str, Any]:
    desk = call.app.desk
    return dict(batch_view(
        found.batch, desk.clock.now(), desk.rules.zone(), tickets=found.tickets, unassigned=found.unassigned, open_=found.open,
    ))


def _print_done(call: Call, batch: Batch, rehearsed: EventView | None) -> None:
    """Prints a batch as it is after an act, or in a rehearsal as it would be, with the event."""
    [found] = _batches(call).counted([batch])
    if call.json:
        view = _view(call, found)
        call.dump(view if rehearsed is None else {"number": batch.number, "dry_run": True, "events": [rehearsed], "batch": view})
        return
    if rehearsed is not None:
        call.hint("done.rehearsed")
    _print_card(call, found)


def _print_card(call: Call, found: Counted) -> None:
    batch, phrase, view = found.batch, call.phrase(), _view(call, found)
    closed = call.say("batch.closed", date=view["closed_on"], who=call.person(batch.closed_by)) if batch.closed_by else ""
    call.lines(pairs([
        (call.say("field.number"), batch.number), (call.say("field.batch-title"), batch.title),
        (call.say("field.letter-number"), batch.letter),
        (call.say("field.dated"), view["dated_on"]), (call.say("field.sender"), batch.sender or ""),
        (call.say("field.received"), call.say("batch.received", date=view["received_on"], who=call.person(batch.received_by))),
        (call.say("field.assign-due"), call.say(
            "batch.due-late" if view["office_late"] else "batch.due", date=view["assign_due_on"], limit=phrase.amount(batch.assign_limit),
        )),
        (call.say("field.alarm"), phrase.moment(batch.wake_at) if batch.wake_at else ""),
        (call.say("field.in-batch"), call.say("batch.tickets", **{name: view[name] for name in ("tickets", "unassigned", "open")})),
        (call.say("field.batch-closed"), closed),
    ], call.terminal))


def _members(call: Call, tickets: list[Ticket]) -> list[str]:
    """The tickets of a batch, line by line."""
    desk, zone = call.app.desk, call.app.desk.rules.zone()
    views = [(ticket, member_view(ticket, zone)) for ticket in tickets]
    if not call.terminal.out:
        return tsv([["ticket", *view.values()] for _, view in views])
    rows = []
    for ticket, view in views:
        phrase = call.phrase(desk.definition(ticket))
        rows.append([ticket.number, ticket.title, phrase.unit(ticket.lead), view["promised_on"] or "", phrase.state(ticket.state)])
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("field.title"), least=TITLE_LEAST),
        Column(call.say("field.lead"), spare=1), Column(call.say("field.promised"), whole=True), Column(call.say("field.state")),
    ]
    return ["", *table(columns, rows, call.terminal)] if rows else []


batch = Noun("batch", (new, show, list_, close))
