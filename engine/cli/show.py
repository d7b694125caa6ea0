"""`zg show`: a ticket as it is, or as it was at a moment."""

from __future__ import annotations

from typing import Any

from engine.cli.call import Call
from engine.cli.card import card, file_lines
from engine.cli.frame import option, verb
from engine.cli.many import each, named_tickets, numbers_argument
from engine.cli.table import pairs
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.views.moments import moment_text
from engine.views.ticket import ticket_view


@verb("show", numbers_argument(), option("--at", metavar="WHEN"), option("--json", "as_json", is_flag=True))
def show(call: Call, numbers: tuple[str, ...], at: str | None, as_json: bool) -> int:
    chosen = named_tickets(numbers)
    first = True

    def one(number: str) -> int:
        nonlocal first
        app = call.app
        desk = app.desk
        moment = call.value_of(app.intake.when(at)) if at is not None else None
        readable = desk.read(app.actor, number)
        now = moment or readable.left_at or desk.clock.now()
        ticket = desk.at(app.actor, number, moment) if moment else readable.ticket
        definition = desk.definition(ticket)
        refuse_unknown_rules(definition, ticket.number)
        view: dict[str, Any] = dict(ticket_view(ticket, definition, app.actor, now, desk.rules.calendar(), desk.referred_words(ticket)))
        view["left_at"] = moment_text(readable.left_at)
        if readable.left_at is not None:
            view["actions"] = []
        secret = desk.secret(app.actor, ticket)
        files = desk.files(app.actor, ticket)
        view["files"] = [file.to_json() for file in files]
        if call.json:
            call.dump({**view, "secret": dict(secret)} if secret else view)
            return 0
        if not first:
            call.out("")
        first = False
        phrase = call.phrase(definition, moment)
        call.lines(card(call, ticket, view, phrase, now))
        private = [(call.say("card.secret", name=phrase.label("input", name)), text) for name, text in secret.items()]
        call.lines(pairs(private, call.terminal))
        if files:
            call.lines(file_lines(call, files))
        if not chosen.several:
            call.hint("hint.show-next", number=ticket.serial)
        return 0

    return each(call, chosen, one)
