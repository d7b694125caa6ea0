"""`zg can`: what may be done to a ticket now, by whom, with what; and every reason against the rest."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

import click

from engine.cli.call import Call
from engine.cli.complete import complete_number, complete_trigger
from engine.cli.frame import argument, option, verb
from engine.cli.many import each, named_tickets
from engine.cli.terminal import clean
from engine.errors import NotFound
from engine.rules.acts.command import Verdict
from engine.rules.drawing import triggers_in_order
from engine.views.verdicts import verdict_view, verdicts_view
from engine.words.phrase import Phrase

NOT_PERMITTED, NOT_POSSIBLE = 4, 5


@verb(
    "can", argument("number", metavar="NO|-", shell_complete=complete_number),
    argument("trigger", metavar="[TRIGGER]", required=False, shell_complete=complete_trigger),
    option("--json", "as_json", is_flag=True),
)
def can(call: Call, number: str, trigger: str | None, as_json: bool) -> int:
    chosen = named_tickets([number])

    def one(name: str) -> int:
        if chosen.several and call.terminal.out and not call.json:
            call.out(call.terminal.paint(name, "bold"))
        return _can(call, name, trigger, several=chosen.several)

    return each(call, chosen, one)


def _can(call: Call, number: str, trigger: str | None, *, several: bool) -> int:
    """Prints what may be done to one ticket. The lines for a program begin with its number where there are several."""
    app = call.app
    ticket = app.desk.ticket(app.actor, number)
    phrase = call.phrase(app.desk.definition(ticket))
    verdicts = app.desk.verdicts(app.actor, ticket)
    if trigger is not None:
        names = [verdict.trigger.name for verdict in verdicts]
        verdicts = [verdict for verdict in verdicts if verdict.trigger.name == trigger]
        if not verdicts:
            known = app.desk.definition(ticket).triggers
            near = get_close_matches(trigger, names, 3, 0.4) or names
            raise NotFound(reason="trigger-not-found", name=trigger, nearest=[known[name] for name in near])
    if call.json:
        call.dump(verdict_view(verdicts[0], phrase) if trigger is not None else verdicts_view(ticket, verdicts, phrase))
    else:
        order = [item.name for item in triggers_in_order(app.desk.definition(ticket))]
        for verdict in sorted(verdicts, key=lambda verdict: (not verdict.possible, order.index(verdict.trigger.name))):
            head = f"{ticket.number}\t" if several and not call.terminal.out else ""
            call.lines(head + line for line in _lines(call, verdict, phrase))
    return _exit(verdicts[0]) if trigger is not None else 0


def _exit(verdict: Verdict) -> int:
    if verdict.possible:
        return 0
    return NOT_PERMITTED if any(reason.exit == NOT_PERMITTED for reason in verdict.reasons) else NOT_POSSIBLE


def _commands() -> Collection[str]:
    """The names of the commands that there are; a trigger without one is fired by `zg do`."""
    root = click.get_current_context().find_root()
    return root.command.list_commands(root) if isinstance(root.command, click.Group) else ()


def _lines(call: Call, verdict: Verdict, phrase: Phrase) -> list[str]:
    name, possible = verdict.trigger.name, verdict.possible
    title = phrase.trigger(name)
    by = phrase.several(phrase.label("who", who) for who in verdict.trigger.by)
    own = name in _commands()
    how = "--{}" if own else "--set {}=…"
    needs = phrase.several(f"{phrase.field(item, name)} {how.format(item.replace('_', '-'))}" for item in verdict.needs)
    if not call.terminal.out:
        codes = ",".join(reason.code for reason in verdict.reasons)
        return ["\t".join((name, "yes" if possible else "no", ",".join(verdict.trigger.by), ",".join(verdict.needs), codes))]
    sign = call.terminal.paint("✓", "green") if possible else call.terminal.paint("✗", "dim")
    command = name if own else " ".join(("zg", "do", name))
    head = f"{sign} {title} {command}" if title != name else f"{sign} {command}"
    lines = [f"{head}  {call.terminal.paint(call.say('can.by', by=by), 'dim')}"]
    if needs and possible:
        lines.append(f"    {call.say('can.needs', needs=needs)}")
    return lines + [f"    {clean(phrase.reason(reason))}" for reason in verdict.reasons]
