"""Everything that is done to a ticket by a trigger: `zg assign`, `zg submit`, …, and `zg do` for any trigger of any workflow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from engine.cli.agreeing import yes_option
from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.complete import complete_actor, complete_number, complete_trigger, complete_unit
from engine.cli.each_unit import each_option, for_each
from engine.cli.failure import refusing
from engine.cli.frame import Verb, option, verb
from engine.cli.many import each, named_tickets, numbers_argument
from engine.cli.path import FilePath
from engine.cli.result import result, write_options
from engine.errors import UsageError
from engine.words.vocabulary import choice_group

OPTIONS: dict[str, dict[str, Any]] = {
    "lead": {"metavar": "UNIT", "shell_complete": complete_unit},
    "with": {"metavar": "UNIT", "multiple": True, "shell_complete": complete_unit},
    "leader": {"metavar": "ACCOUNT", "shell_complete": complete_actor},
    "due": {"metavar": "WHEN"}, "outer": {"metavar": "WHEN"}, "to": {"metavar": "WHEN"}, "until": {"metavar": "WHEN"},
    "designate": {"is_flag": True},
    "basis": {"metavar": "TEXT"}, "reason": {"metavar": "TEXT"}, "clause": {"metavar": "TEXT"}, "note": {"metavar": "TEXT"},
    "approved_by": {"metavar": "NAME"}, "by": {"metavar": "WHO"}, "rung": {"metavar": "RUNG"},
    "suggest": {"metavar": "UNIT", "shell_complete": complete_unit},
    "of": {"metavar": "NO", "shell_complete": complete_number},
    "without": {"metavar": "UNIT", "multiple": True, "shell_complete": complete_unit},
    "again": {"metavar": "UNIT", "multiple": True, "shell_complete": complete_unit},
    "report_by": {"metavar": "WHEN"}, "urgent": {"is_flag": True}, "to_unit": {"is_flag": True}, "standing": {"is_flag": True},
    "about": {"metavar": "WHAT"}, "refuse": {"is_flag": True},
    "file": {"metavar": "FILE", "multiple": True, "type": FilePath(dir_okay=False)},
}
"""The option of each input of a trigger. The kind of an input is defined by the workflow, not here."""


class TypedPaper(NamedTuple):
    """What was typed of the paper that an act is entered from (补录): its date, the basis for entering it, and the unit that did it."""

    on: str | None = None
    basis: str | None = None
    unit: str | None = None


NO_PAPER = TypedPaper()


def paper_options() -> tuple[click.Parameter, ...]:
    """Options of what units do and the office may enter for them."""
    return (
        option("--on", "paper_on", metavar="WHEN"), option("--basis", "paper_basis", metavar="TEXT"),
        option("--for", "paper_unit", metavar="UNIT", shell_complete=complete_unit),
    )


def unit_act(name: str, *inputs: str) -> Verb:
    """The command of a trigger that units fire: the office may enter it from paper."""
    return act(name, *inputs, more=paper_options())


def act(name: str, *inputs: str, more: Sequence[click.Parameter] = (), **choices: Sequence[str]) -> Verb:
    """The command of one trigger with the inputs it takes in the shipped workflows, and `more` options."""
    params: list[click.Parameter] = [numbers_argument()]
    for item in inputs:
        params.append(option(f"--{item.replace('_', '-')}", f"in_{item}", **OPTIONS[item]))
    for item, values in choices.items():
        word = item.rstrip("_")
        params.append(option(f"--{word}", f"in_{word}", type=Coded(values, choice_group(word))))

    def run(call: Call, numbers: tuple[str, ...], dry_run: bool, if_version: int | None, as_json: bool, **given: Any) -> int:
        files = given.pop("in_file", ())
        paper = TypedPaper(*(given.pop(f"paper_{part}", None) for part in TypedPaper._fields))
        return perform(
            call, name, numbers, {key.removeprefix("in_"): value for key, value in given.items()}, files, dry_run, if_version, paper,
        )

    return verb(name, *params, *more, *write_options())(run)


def perform(
    call: Call, name: str, numbers: Sequence[str], given: dict[str, Any], files: Sequence[str], dry_run: bool, if_version: int | None,
    typed: TypedPaper = NO_PAPER,
) -> int:
    """Fires a trigger on every ticket that the command line names, each in its own transaction."""
    chosen = named_tickets(numbers)
    if if_version is not None and chosen.several:
        raise UsageError(reason="usage-version-of-many")

    def one(number: str) -> int:
        app = call.app
        ticket = app.desk.ticket(app.actor, number)
        trigger = app.desk.definition(ticket).triggers.get(name)
        command = call.value_of(app.intake.command(name, trigger, given, ticket))
        paper = call.value_of(app.intake.paper(*typed))
        with refusing(name):
            done = app.desk.do(
                app.actor, ticket.number, command, if_version=if_version, dry_run=dry_run, seen=ticket.version,
                files=app.intake.files(files), paper=paper,
            )
        result(call, done, act=name, dry_run=dry_run, several=chosen.several)
        return 0

    return each(call, chosen, one, dry_run=dry_run)


def _assign(
    call: Call, numbers: tuple[str, ...], visit: str | None, suggested: bool, sheet: str | None, doc: str | None, each_unit: bool,
    yes: bool, dry_run: bool, if_version: int | None, as_json: bool, **given: Any,
) -> int:
    if visit is not None or suggested:
        from engine.cli.suggested import assign_suggested  # few assignments are of a visit

        others = numbers, if_version, each_unit, sheet, doc, *given.values()
        if visit is None or not suggested or any(others):
            raise UsageError(reason="usage-suggested")
        return assign_suggested(call, visit, dry_run=dry_run, yes=yes)
    if sheet is not None or doc is not None:
        if sheet is None or doc is None:
            raise UsageError(reason="usage-assign-doc")
        if numbers or each_unit or if_version is not None or any(given.values()):
            raise UsageError(reason="usage-assign-from")
        from engine.cli.assign_from import assign_from  # few assignments are of a sheet

        return assign_from(call, sheet, doc, dry_run=dry_run)
    if not numbers:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    inputs = {key.removeprefix("in_"): value for key, value in given.items()}
    if not each_unit:
        return perform(call, "assign", numbers, inputs, (), dry_run, if_version)
    chosen = named_tickets(numbers)
    if if_version is not None or chosen.several:
        raise UsageError(reason="usage-each-ticket")
    app, lead = call.app, inputs.pop("lead")
    ticket = app.desk.ticket(app.actor, chosen.names[0])
    trigger = app.desk.definition(ticket).triggers.get("assign")
    command = call.value_of(app.intake.command("assign", trigger, inputs, ticket))
    return for_each(
        call, lead, "assign", lambda leads: app.desk.assign_each(app.actor, ticket.number, command, leads, dry_run=dry_run),
        dry_run=dry_run, yes=yes,
    )


assign = verb(
    "assign", numbers_argument(required=False), option("--visit", metavar="VISIT"), option("--suggested", is_flag=True),
    option("--from", "sheet", metavar="FILE", type=FilePath(dir_okay=False)), option("--doc", metavar="NO"),
    *(option(f"--{item}", f"in_{item}", **OPTIONS[item])
      for item in ("lead", "with", "leader", "due", "outer", "designate", "basis", "standing", "note")),
    each_option(), yes_option(), *write_options(),
)(_assign)
accept = unit_act("accept", "note")
decline = unit_act("decline", "reason", "clause", "suggest", "approved_by")
sign_off = unit_act("sign-off", "note")
endorse = unit_act("endorse", "note", "file")
send_back = act("send-back", "reason", "file")
object_ = unit_act("object", "reason")
submit = unit_act("submit", "note", "file", "without", "reason")
verify = act("verify", "note", "file")
reject = act("reject", "reason", "due", "again")
withdraw = act("withdraw", "reason", "of", as_=("duplicate", "mistake", "not-a-problem"))
suspend = act("suspend", "reason", "until")
resume = act("resume", "note", "due")
request_extension = unit_act("request-extension", "to", "reason", "approved_by")
grant = act("grant", "to", "note")
refuse = act("refuse", "reason")
reopen = act("reopen", "reason", "lead", "due", as_=("relapse", "correction"))
reinstate = act("reinstate", "reason", "lead", "due")
reassign = act("reassign", "lead", "with", "reason", "due")
consent = act("consent", "refuse", "note", "about", "by", "file")
issue = act("issue", "by", "rung", "note")
waive = act("waive", "reason", "rung")
comment = act("comment", "note", "to_unit", "file")
progress = unit_act("progress", "note", "file")
urge = act("urge", "note", by=("phone", "sms", "visit"))
instruct = act("instruct", "note", "by", "report_by", "urgent")
report_back = unit_act("report-back", "note", "file")
review = act("review", "note", "file")


def parse_pairs(pairs: Sequence[str]) -> dict[str, Any]:
    """The inputs given as `KEY=VALUE`; a key that is given several times has all its values. Raises UsageError."""
    found: dict[str, Any] = {}
    for item in pairs:
        key, equals, value = item.partition("=")
        name = key.strip().replace("-", "_")
        if not equals or not name:
            raise UsageError(reason="usage-pair", text=item)
        if name in found:
            earlier = found[name]
            found[name] = (*earlier, value) if isinstance(earlier, tuple) else (earlier, value)
        else:
            found[name] = value
    return found


def _do(
    call: Call, trigger: str, numbers: tuple[str, ...], pairs: tuple[str, ...], file: tuple[str, ...], paper_on: str | None,
    paper_basis: str | None, paper_unit: str | None, dry_run: bool, if_version: int | None, as_json: bool,
) -> int:
    call.typed = "--set {name}="
    paper = TypedPaper(paper_on, paper_basis, paper_unit)
    return perform(call, trigger, numbers, parse_pairs(pairs), file, dry_run, if_version, paper)


do = verb(
    "do", click.Argument(["trigger"], metavar="TRIGGER", shell_complete=complete_trigger), numbers_argument(),
    option("--set", "pairs", metavar="KEY=VALUE", multiple=True), option("--file", **OPTIONS["file"]), *paper_options(), *write_options(),
)(_do)
