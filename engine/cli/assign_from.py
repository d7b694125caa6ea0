"""`zg assign --from`: the tickets of a sheet, each by its own columns; with `--dry-run` first a look at what each unit is to get."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from engine.cli.call import Call
from engine.cli.failure import refusing
from engine.cli.many import Numbers, each
from engine.cli.result import result, view_of, warn_of
from engine.cli.table import Column, table
from engine.errors import ZgError
from engine.office.assigning import RowAssignment, assignments, repeated
from engine.office.ledger.pictures import lying
from engine.office.sheets.reader import read
from engine.rules.ticket import Ticket

ASSIGN = "assign"


def assign_from(call: Call, sheet: str, doc: str, *, dry_run: bool) -> int:
    """Assigns each ticket of a sheet, and says how many each unit gets. A rehearsal at a terminal lists the units."""
    book = read(Path(sheet))
    rows = {row.number: row for row in assignments(book)}
    earlier = repeated(call.app.desk.database, [*rows.values()], book.name)
    app, given = call.app, defaultdict[str, list[Ticket]](list)
    same = {number for number, row in rows.items() if _stands(call, row)}
    for number in same:
        _link(call, number, earlier[number], dry_run=dry_run)
    if same:
        call.hint("assign.same", count=len(same))
    if pictures := sum(lying(each) for each in book):
        call.hint("assign.pictures", count=pictures)
    zone = app.desk.rules.zone()
    today = app.desk.clock.now().astimezone(zone).date()
    by_unit = dry_run and call.terminal.out and not call.json

    def one(number: str) -> int:
        ticket, row = app.desk.ticket(app.actor, number), rows[number]
        definition = app.desk.definition(ticket)
        trigger = definition.triggers.get(ASSIGN)
        together = {"with": (row.given["with"],)} if "with" in row.given else {}
        try:
            typed = {"basis": doc, **row.beyond(ticket, definition, zone, today), **together}
            command = call.value_of(app.intake.command(ASSIGN, trigger, typed, ticket))
            with refusing(ASSIGN):
                done = app.desk.do(app.actor, ticket.number, command, dry_run=dry_run, seen=ticket.version)
                _link(call, number, earlier[number], dry_run=dry_run)
        except ZgError:
            call.warn("assign.row", number=number, row=row.row)
            raise
        given[str(command.input["lead"])].append(done.ticket)
        if by_unit:
            warn_of(call, done, view_of(call, done))
        else:
            result(call, done, act=ASSIGN, dry_run=dry_run, several=True)
        return 0

    code = each(call, Numbers(tuple(number for number in rows if number not in same), several=True), one, dry_run=dry_run)
    if by_unit:
        call.lines(_by_unit(call, given))
    if given:
        call.hint("assign.would-be" if dry_run else "assign.done", count=sum(map(len, given.values())), units=len(given))
    return code


def _stands(call: Call, row: RowAssignment) -> bool:
    """Whether the ticket was assigned before to the unit that the row names, as when a sheet is given again."""
    app = call.app
    try:
        ticket, unit = app.desk.ticket(app.actor, row.number), app.intake.unit(row.given["lead"])
    except ZgError:  # told where the row is assigned
        return False
    trigger = app.desk.definition(ticket).triggers.get(ASSIGN)
    return ticket.assigned_at is not None and ticket.lead == unit and trigger is not None and ticket.state not in trigger.sources


def _link(call: Call, number: str, earlier: Sequence[str], *, dry_run: bool) -> None:
    """Says that a ticket repeats earlier findings, where it does not say so already."""
    app = call.app
    known = app.desk.ticket(app.actor, number).repeats if earlier else ()
    for other in earlier:
        if other not in known:
            app.desk.repeat(app.actor, number, other, dry_run=dry_run)


def _by_unit(call: Call, given: dict[str, list[Ticket]]) -> list[str]:
    """A line a unit: how many tickets it gets, the earliest date, and which they are."""
    phrase = call.phrase()
    rows = []
    for unit, tickets in sorted(given.items(), key=lambda item: -len(item[1])):
        dates = [ticket.promised_at for ticket in tickets if ticket.promised_at is not None]
        numbers = phrase.several(ticket.number for ticket in tickets)
        rows.append([phrase.unit(unit), str(len(tickets)), phrase.day(min(dates)) if dates else "", numbers])
    columns = [
        Column(call.say("field.lead"), least=8), Column(call.say("field.tickets"), right=True),
        Column(call.say("field.earliest"), whole=True), Column(call.say("field.number"), least=12, spare=1),
    ]
    return table(columns, rows, call.terminal) if rows else []
