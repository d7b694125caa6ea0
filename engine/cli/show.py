"""`zg show`: a ticket as it is, or as it was at a moment."""

from __future__ import annotations

from engine.cli.call import Call
from engine.cli.card import card, duplicate_lines, file_lines
from engine.cli.frame import option, verb
from engine.cli.many import each, named_tickets, numbers_argument
from engine.cli.table import pairs
from engine.desk.showing import show as read_shown
from engine.rules.worktime import Side


@verb("show", numbers_argument(), option("--at", metavar="WHEN"), option("--json", "as_json", is_flag=True))
def show(call: Call, numbers: tuple[str, ...], at: str | None, as_json: bool) -> int:
    chosen = named_tickets(numbers)
    first = True

    def one(number: str) -> int:
        nonlocal first
        moment = call.value_of(call.app.intake.when(at, Side.PAST)) if at is not None else None
        shown = read_shown(call.app.desk, call.app.actor, number, moment)
        if call.json:
            call.dump(shown.view)
            return 0
        if not first:
            call.out("")
        first = False
        phrase = call.phrase(shown.definition, moment)
        call.lines(card(call, shown.ticket, shown.view, phrase, shown.at))
        private = [(call.say("card.secret", name=phrase.label("input", name)), text) for name, text in shown.secret.items()]
        call.lines(pairs(private, call.terminal))
        if shown.files:
            call.lines(file_lines(call, shown.files))
        call.lines(duplicate_lines(call, shown.duplicates, phrase))
        if not chosen.several:
            call.hint("hint.show-next" if shown.view["left_at"] is None else "hint.show-past", number=call.number(shown.ticket))
        return 0

    return each(call, chosen, one)
