"""What TAB offers: live numbers, legal triggers, units, states. It never writes, never locks, and never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from engine.app.opening import House

MOST = 200

Offer = Callable[["House", click.Context, str], Iterable[tuple[str, str]]]


def _live(offer: Offer) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """An offer from the open database. Whatever goes wrong, the shell only sees that there is nothing to offer."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            from engine.app.opening import open_house
            from engine.app.settings import load

            said = ctx.find_root().params
            with open_house(load(said.get("db"), said.get("as_"), said.get("lang"))) as house:
                found = [CompletionItem(value, help=about) for value, about in offer(house, ctx, incomplete)]
        except Exception:
            return []
        return [item for item in found if str(item.value).casefold().startswith(incomplete.casefold())][:MOST]

    return complete


def _numbers(house: House, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    from engine.cli.frame import language_of
    from engine.cli.listing import visible
    from engine.desk.lists import page
    from engine.record.listing import Wanted
    from engine.rules.timing.clocks import light
    from engine.words.light import light_words

    language, now, calendar = language_of(ctx), house.desk.clock.now(), house.desk.shelf.calendar()
    filters = visible(house)
    for ticket, _ in page(house.database, Wanted(now, filters, ("open",), limit=MOST)):
        about = f"{ticket.title} {light_words(light(ticket, now), ticket.promised_at, now, calendar, language)}"
        yield (str(ticket.serial) if incomplete and incomplete[0].isdecimal() else ticket.number), about


def _triggers(house: House, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """The triggers that the actor may fire now on the tickets named so far, or all of the workflows in force."""
    from engine.cli.frame import language_of

    language = language_of(ctx)
    said = ctx.params.get("numbers") or [ctx.params.get("number")]
    named = [name for name in said if name and name != "-"]
    if named:
        ticket = house.desk.ticket(house.actor, named[0])
        found = [verdict.trigger for verdict in house.desk.verdicts(house.actor, ticket) if verdict.possible]
    else:
        found = list(house.desk.shelf.current("rectification").triggers.values())
    return [(trigger.name, trigger.title.in_language(language)) for trigger in found]


def _units(house: House, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    from engine.desk.lists import read_units

    units = read_units(house.database)
    by_code = bool(incomplete) and incomplete.isascii()
    return [(unit.code, unit.name) if by_code else (unit.name, unit.code) for unit in units]


def _states(house: House, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    from engine.cli.frame import language_of

    states = house.desk.shelf.current("rectification").states.values()
    return [(state.name, state.title.in_language(language_of(ctx))) for state in states]


def _actors(house: House, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    from engine.desk.lists import account_names

    return account_names(house.database, house.desk.clock.now())


def _workflows(house: House, ctx: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    from engine.desk.lists import workflow_names

    return [(name, "") for name in workflow_names(house.database)]


complete_number = _live(_numbers)
complete_trigger = _live(_triggers)
complete_unit = _live(_units)
complete_state = _live(_states)
complete_actor = _live(_actors)
complete_workflow = _live(_workflows)
