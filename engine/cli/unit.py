"""`zg unit`: which units there are, what they are and were called, and how they change: add, rename, merge, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.complete import complete_unit
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.table import Column, pairs, table, tsv
from engine.desk.naming import SHOWN, measures_naming
from engine.desk.people import read_unit, read_units
from engine.registry.units import EndedUnit, NewUnit
from engine.rules.plan import RANK_GROUPS, RELATIONS, UNIT_KINDS
from engine.rules.worktime import Side
from engine.views.moments import date_text
from engine.views.people import name_views, unit_view
from engine.words.phrase import Phrase


def _change_options() -> Sequence[click.Parameter]:
    """The options of every change of a unit: since when, on what basis."""
    return (
        option("--from", "since", required=True, metavar="DATE"), option("--basis", required=True, metavar="TEXT"), *_write_options(),
    )


def _write_options() -> Sequence[click.Parameter]:
    return option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True)


def _unit_argument(name: str = "unit") -> click.Argument:
    return argument(name, metavar="UNIT", shell_complete=complete_unit)


@verb("unit.list", option("--ended", is_flag=True), option("--json", "as_json", is_flag=True))
def list_(call: Call, ended: bool, as_json: bool) -> int:
    units = read_units(call.app.desk, call.app.actor, ended=ended)
    if call.json:
        for unit in units:
            call.dump(unit_view(unit))
        return 0
    if not call.terminal.out:
        call.lines(tsv([[unit.code, unit.name, unit.kind, unit.relation, ",".join(unit.aliases)] for unit in units]))
        return 0
    phrase = call.phrase()
    rows = [
        [unit.code, unit.name, phrase.label("kind-of-unit", unit.kind),
         phrase.label("relation", unit.relation) if unit.relation else "", phrase.several(unit.aliases)]
        for unit in units
    ]
    columns = [
        Column(call.say("field.code"), whole=True), Column(call.say("field.name"), least=16), Column(call.say("field.kind"), least=12),
        Column(call.say("field.relation"), least=12, spare=1), Column(call.say("field.aliases"), least=12, spare=2),
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("unit.count", count=len(units))
    return 0


@verb("unit.show", _unit_argument(), option("--json", "as_json", is_flag=True))
def show(call: Call, unit: str, as_json: bool) -> int:
    _print_unit(call, call.app.intake.unit_or_group(unit))
    return 0


@verb(
    "unit.add", argument("code", metavar="CODE"), argument("name", metavar="NAME"),
    option("--kind", required=True, type=Coded(UNIT_KINDS, "kind-of-unit"), metavar="KIND"),
    option("--relation", required=True, type=Coded(RELATIONS, "relation"), metavar="RELATION"),
    option("--alias", "aliases", multiple=True, metavar="NAME"), option("--parent", metavar="UNIT", shell_complete=complete_unit),
    option("--rank-group", type=Coded(RANK_GROUPS, "rank-group"), metavar="GROUP"), *_write_options(),
)
def add(
    call: Call, code: str, name: str, kind: str, relation: str, aliases: tuple[str, ...], parent: str | None, rank_group: str | None,
    dry_run: bool, as_json: bool,
) -> int:
    app = call.app
    above = call.app.intake.unit(parent) if parent else None
    new = NewUnit(code.strip().upper(), name.strip(), kind, relation, tuple(dict.fromkeys(aliases)), above, rank_group)
    app.registry.units.add(app.actor, new, dry_run=dry_run)
    if dry_run:
        _print_rehearsal(call, new.code)
        return 0
    _print_unit(call, new.code)
    call.hint("hint.unit-added", unit=new.code)
    return 0


@verb("unit.rename", _unit_argument(), option("--to", required=True, metavar="NAME"), *_change_options())
def rename(call: Call, unit: str, to: str, since: str, basis: str, dry_run: bool, as_json: bool) -> int:
    app = call.app
    code = call.app.intake.unit(unit)
    app.registry.units.rename(app.actor, code, to.strip(), call.value_of(call.app.intake.day(since, Side.PAST)), basis, dry_run=dry_run)
    if dry_run:
        _print_rehearsal(call, code)
    else:
        _print_unit(call, code)
    return 0


@verb(
    "unit.merge", _unit_argument(), option("--into", required=True, metavar="UNIT", shell_complete=complete_unit),
    option("--with-accounts", is_flag=True), *_change_options(),
)
def merge(
    call: Call, unit: str, into: str, with_accounts: bool, since: str, basis: str, dry_run: bool, as_json: bool,
) -> int:
    app = call.app
    code, successor = call.app.intake.unit_or_group(unit), call.app.intake.unit(into)
    passed = app.registry.units.merge(
        app.actor, code, successor, call.value_of(call.app.intake.day(since, Side.PAST)), basis, accounts=with_accounts, dry_run=dry_run,
    )
    _print_passed(call, code, successor, passed, dry_run, measures_naming(app.desk, app.actor, code))
    return 0


@verb("unit.end", _unit_argument(), *_change_options())
def end(call: Call, unit: str, since: str, basis: str, dry_run: bool, as_json: bool) -> int:
    app = call.app
    code = call.app.intake.unit(unit)
    passed = app.registry.units.end(app.actor, code, call.value_of(call.app.intake.day(since, Side.PAST)), basis, dry_run=dry_run)
    _print_passed(call, code, None, passed, dry_run, measures_naming(app.desk, app.actor, code))
    return 0


def _print_unit(call: Call, code: str) -> None:
    """Prints one unit: what it is, what it is and was called, who acts for it."""
    unit, spans, accounts = read_unit(call.app.desk, call.app.actor, code)
    if call.json:
        call.dump({**unit_view(unit), "names": name_views(spans), "accounts": list(accounts)})
        return
    phrase = call.phrase()
    called = [_name_span(call, name, since, until) for name, kind, since, until in spans if kind == "official" and len(spans) > 1]
    call.lines(pairs([
        (call.say("field.code"), unit.code), (call.say("field.name"), unit.name),
        (call.say("field.aliases"), phrase.several(unit.aliases)), (call.say("field.kind"), phrase.label("kind-of-unit", unit.kind)),
        (call.say("field.relation"), phrase.label("relation", unit.relation) if unit.relation else ""),
        (call.say("field.parent"), phrase.unit(unit.parent)), (call.say("field.members"), _unit_names(phrase, unit.members)),
        (call.say("field.ended"), date_text(unit.valid_to) or ""), (call.say("field.successor"), phrase.unit(unit.successor)),
        (call.say("field.called"), phrase.several(called) if unit.former or unit.valid_to else ""),
        (call.say("field.accounts"), phrase.several(accounts)),
    ], call.terminal))


def _print_passed(call: Call, code: str, successor: str | None, passed: EndedUnit, dry_run: bool, measures: Sequence[str]) -> None:
    """Prints what a unit's end passed to its successor, ticket by ticket, and what a person must see to: the accounts that are left, and
    the measures of the plan that still name the unit.
    """
    numbers = [ticket.number for ticket in passed.tickets]
    if call.json:
        call.dump({
            "unit": code, "into": successor, "tickets": numbers, "accounts_followed": list(passed.followed),
            "accounts_left": list(passed.left), "measures": list(measures), "dry_run": dry_run,
        })
        return
    if dry_run:
        call.hint("done.rehearsed")
    phrase = call.phrase()
    if not call.terminal.out:
        call.lines(tsv([[ticket.number, "lead" if ticket.lead == successor else "cooperator"] for ticket in passed.tickets]))
    elif successor is not None:
        call.out(call.say("unit.passed", unit=phrase.unit(code), into=phrase.unit(successor), count=len(numbers)))
        rows = [
            [ticket.number, phrase.label("who", "lead" if ticket.lead == successor else "cooperator"), ticket.title]
            for ticket in passed.tickets
        ]
        columns = [Column(call.say("field.number"), whole=True), Column(call.say("field.as")), Column(call.say("field.title"))]
        call.lines(table(columns, rows, call.terminal))
    else:
        call.out(call.say("unit.over", unit=phrase.unit(code)))
    if passed.followed:
        call.warn("unit.followed", accounts=phrase.several(passed.followed))
    if passed.left:
        call.warn("unit.left", accounts=phrase.several(passed.left))
        call.hint("hint.unit-left", account=passed.left[0])
    if measures:
        call.warn("unit.measures", count=len(measures), measures=phrase.several(measures[:SHOWN]))


def _print_rehearsal(call: Call, unit: str) -> None:
    """Prints that a dry run checked everything and wrote nothing."""
    call.hint("done.rehearsed")
    if call.json:
        call.dump({"unit": unit, "dry_run": True})


def _name_span(call: Call, name: str, since: date | None, until: date | None) -> str:
    code = "unit.span" if since and until else "unit.before" if until else "unit.since" if since else "unit.always"
    return call.say(code, name=name, since=date_text(since), until=date_text(until))


def _unit_names(phrase: Phrase, codes: Sequence[str]) -> str:
    return phrase.several(phrase.unit(code) for code in codes)


unit = Noun("unit", (list_, show, add, rename, merge, end))
