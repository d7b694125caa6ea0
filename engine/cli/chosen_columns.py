"""`zg list --columns`: the columns of a ledger that goes out, on a terminal or as fields for a program."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.cli.call import Call
from engine.cli.table import Column, table, tsv
from engine.office.ledger.ticket_row import BRIEF, Speech, cell_texts, chosen, ticket_row
from engine.office.sheets.workbook import Value
from engine.rules.ticket import Ticket
from engine.views.names import Naming


def table_of(call: Call, tickets: Sequence[Ticket], names: Collection[str]) -> list[str]:
    """The lines of a table of these columns, in the order of the ledger."""
    columns = [Column(call.say(f"export.head.{name}"), whole=name in BRIEF) for name in chosen(names)]
    return table(columns, [cell_texts(_cells(call, ticket, names)) for ticket in tickets], call.terminal)


def fields_of(call: Call, ticket: Ticket, names: Collection[str]) -> list[str]:
    """A line of these columns for a program: nothing is cut, what is empty stays so."""
    return tsv([_cells(call, ticket, names)])


def _cells(call: Call, ticket: Ticket, names: Collection[str]) -> tuple[Value, ...]:
    desk = call.app.desk
    definition = desk.definition(ticket)
    speech = Speech(call.language, call.phrase, Naming(call.app.database))
    return ticket_row(ticket, definition, call.phrase(definition), speech, desk.rules.calendar(), desk.clock.now(), names)
