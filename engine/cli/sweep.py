"""`zg sweep`: fires what is due now, once, and says what fired."""

from __future__ import annotations

from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.table import Cell, Column, table, tsv
from engine.rules.deadline import OFFICE
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.views.event import event_title
from engine.views.moments import local_text, moment_text
from engine.watch.duties import by_hand


@verb("sweep", option("--json", "as_json", is_flag=True))
def sweep(call: Call, as_json: bool) -> int:
    desk = call.app.desk
    fired = [(ticket, event) for ticket, event in by_hand(call.app) if event.kind == "escalated"]
    rows: list[list[Cell | str]] = []
    for ticket, event in fired:
        data = event.data
        definition = desk.definition(ticket) if isinstance(ticket, Ticket) else None
        unit = _unit(definition, ticket, event) if definition is not None and isinstance(ticket, Ticket) else None
        if call.json:
            call.dump({
                "number": ticket.number, "seq": event.seq, "clock": data["clock"], "epoch": data["epoch"], "rung": data["rung"],
                "level": data["level"], "act": data["act"], "scheduled_for": data["scheduled_for"], "at": moment_text(event.at),
                "unit": unit, "recipients": data["recipients"], "letter": data.get("letter"), "n": data.get("n"),
                "missed": data.get("missed", 0),
            })
        elif call.terminal.out:
            phrase = call.phrase(definition)
            rows.append([
                ticket.number, event_title(event, phrase), str(data["level"]), phrase.moment(moment(data["scheduled_for"])),
                phrase.unit(unit) if unit is not None else phrase.label("who", OFFICE), Cell(ticket.title),
            ])
        else:
            due = local_text(moment(data["scheduled_for"]), desk.rules.zone())
            call.lines(tsv([[ticket.number, data["rung"], data["level"], due, unit, ticket.title]]))
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("field.rung"), least=12),
        Column(call.say("field.level"), whole=True, spare=1), Column(call.say("field.scheduled"), whole=True, spare=2),
        Column(call.say("field.unit"), least=10), Column(call.say("field.title"), least=16),
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("sweep.count" if fired else "sweep.none", events=len(fired), tickets=len({ticket.number for ticket, _ in fired}))
    return 0


def _unit(definition: Definition, ticket: Ticket, event: Event) -> str | None:
    """Whose date it is: a cooperator's part is that cooperator's; None of the office's own clocks."""
    name = event.data["clock"]
    if definition.clocks[name.partition(":")[0]].of == OFFICE:
        return None
    deadline = ticket.deadlines.get(name)
    return (deadline.unit if deadline else None) or ticket.lead
