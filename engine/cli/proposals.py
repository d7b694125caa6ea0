"""`zg list --proposals`: the letters that wait for a signature, one line a unit, day and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.cli.call import Call
from engine.cli.table import Cell, Column, table, tsv
from engine.desk.lists import letters_to_sign
from engine.rules.ticket_number import short_number
from engine.views.moments import moment_text

if TYPE_CHECKING:
    from engine.desk.wanted import Wanted
    from engine.rules.acts.proposals import Letter


def show_letters(call: Call, wanted: Wanted) -> int:
    """Prints the letters that wait for a signature, of the wanted tickets, sorted by the limit for signing."""
    desk = call.app.desk
    calendar = desk.rules.calendar()
    year = calendar.local_day(desk.clock.now()).year
    found = letters_to_sign(desk, call.app.actor, wanted)
    rows: list[list[Cell | str]] = []
    for letter in found:
        due_on = calendar.local_day(letter.due_at).isoformat()
        if call.json:
            call.dump({
                "tickets": list(letter.tickets), "unit": letter.unit, "letter": letter.kind, "rung": letter.rung, "level": letter.level,
                "on": letter.on.isoformat(), "due_at": moment_text(letter.due_at), "due_on": due_on, "key": letter.key,
            })
        elif call.terminal.out:
            phrase = call.phrase()
            rows.append([
                phrase.label("letter", letter.kind), phrase.unit(letter.unit), str(letter.level), letter.on.isoformat(), due_on,
                " ".join(short_number(number, year) for number in letter.tickets),
            ])
        else:
            call.lines(tsv([[
                ",".join(letter.tickets), letter.unit, letter.kind, letter.level, letter.on.isoformat(), due_on,
            ]]))
    call.lines(table([
        Column(call.say("field.letter"), least=16), Column(call.say("field.lead"), least=12),
        Column(call.say("field.level"), whole=True, spare=1), Column(call.say("field.day"), whole=True, spare=2),
        Column(call.say("field.limit"), whole=True), Column(call.say("field.tickets")),
    ], rows, call.terminal))
    _footer(call, found)
    return 0


def _footer(call: Call, found: list[Letter]) -> None:
    if not found:
        call.hint("letters.none")
        return
    call.hint("letters.count", count=len(found), tickets=sum(len(letter.tickets) for letter in found))
    call.hint("hint.letters-next")
