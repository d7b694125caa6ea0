"""What TAB offers: live numbers, legal triggers, units, states. It never writes, never locks, and never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from engine.cli.frame import language_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from engine.app.opening import AppContext
    from engine.rules.definition import Definition

MOST_OFFERED = 200

Offer = Callable[["AppContext", click.Context, str], Iterable[tuple[str, str]]]


def _completer(offer: Offer) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """A completion that asks the database. Whatever goes wrong, the shell only sees that there is nothing to offer."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem  # every command imports this file, and only TAB asks for it

        try:
            # every command imports this file, and `--help` opens nothing
            from engine.app.opening import open_app
            from engine.app.settings import load

            options = ctx.find_root().params
            with open_app(load(options.get("db"), options.get("as_"), options.get("lang"))) as app:
                found = [CompletionItem(value, help=about) for value, about in offer(app, ctx, incomplete)]
        except Exception:
            return []
        return [item for item in found if str(item.value).casefold().startswith(incomplete.casefold())][:MOST_OFFERED]

    return complete


def _numbers(app: AppContext, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    # only the shell that completes a number pays for the list
    from engine.desk.lists import page
    from engine.desk.wanted import Wanted
    from engine.words.light import light_words

    language, now, calendar = language_of(ctx), app.desk.clock.now(), app.desk.rules.calendar()
    for ticket in page(app.desk, app.actor, Wanted(limit=MOST_OFFERED)).tickets:
        about = f"{ticket.title} {light_words(ticket, now, calendar, language)}"
        yield (str(ticket.serial) if incomplete and incomplete[0].isdecimal() else ticket.number), about


def _triggers(app: AppContext, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """The triggers that the actor may fire now on the first ticket named so far; without one, all triggers of the workflows in force."""
    language = language_of(ctx)
    numbers = ctx.params.get("numbers") or [ctx.params.get("number")]
    named = [name for name in numbers if name and name != "-"]
    if named:
        ticket = app.desk.ticket(app.actor, named[0])
        found = [verdict.trigger for verdict in app.desk.verdicts(app.actor, ticket) if verdict.possible]
    else:
        found = [trigger for definition in _in_force(app) for trigger in definition.triggers.values()]
    return list({trigger.name: (trigger.name, trigger.title.in_language(language)) for trigger in reversed(found)}.values())


def _units(app: AppContext, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    from engine.desk.people import read_units  # only what is completed is imported

    units = read_units(app.desk, app.actor)
    by_code = bool(incomplete) and incomplete.isascii()
    return [(unit.code, unit.name) if by_code else (unit.name, unit.code) for unit in units]


def _states(app: AppContext, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    states = [state for definition in _in_force(app) for state in definition.states.values()]
    return list({state.name: (state.name, state.title.in_language(language_of(ctx))) for state in reversed(states)}.values())


def _in_force(app: AppContext) -> list[Definition]:
    """The definitions that new tickets get; the one that is used by default comes first."""
    from engine.desk.tickets import WORKFLOW  # only what is completed is imported

    names = sorted(app.desk.rules.names(), key=lambda name: (name != WORKFLOW, name))
    return [app.desk.rules.current(name) for name in names]


def _actors(app: AppContext, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    from engine.desk.people import account_names  # only what is completed is imported

    return account_names(app.desk, app.actor)


def _workflows(app: AppContext, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    return [(name, "") for name in app.desk.rules.names()]


complete_number = _completer(_numbers)
complete_trigger = _completer(_triggers)
complete_unit = _completer(_units)
complete_state = _completer(_states)
complete_actor = _completer(_actors)
complete_workflow = _completer(_workflows)
