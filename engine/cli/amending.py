"""`zg amend`, `zg link` and `zg unlink`: correcting what the office itself got wrong, and saying how tickets belong together."""

from __future__ import annotations

from dataclasses import replace

from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.complete import complete_actor, complete_number, complete_unit
from engine.cli.failure import refusing
from engine.cli.frame import option, verb
from engine.cli.many import each, named_tickets, numbers_argument
from engine.cli.opening import GRADE_METAVAR
from engine.cli.result import result, write_options
from engine.errors import UsageError
from engine.rules.acts.amend import Amendment
from engine.rules.acts.opening import SOURCES
from engine.rules.worktime import Side


@verb(
    "amend", numbers_argument(), option("--reason", metavar="TEXT", required=True), option("--due", metavar="WHEN"),
    option("--title", metavar="TEXT"), option("--detail", metavar="TEXT"), option("--grade", metavar=GRADE_METAVAR),
    option("--measure", metavar="NO"), option("--source", type=Coded(SOURCES, "source"), metavar="SOURCE"),
    option("--standing", is_flag=True), option("--officer", metavar="WHO", shell_complete=complete_actor),
    option("--lead", metavar="UNIT", shell_complete=complete_unit), *write_options(),
)
def amend(
    call: Call, numbers: tuple[str, ...], reason: str, due: str | None, title: str | None, detail: str | None, grade: str | None,
    measure: str | None, source: str | None, standing: bool, officer: str | None, lead: str | None, dry_run: bool,
    if_version: int | None, as_json: bool,
) -> int:
    chosen = named_tickets(numbers)
    if if_version is not None and chosen.several:
        raise UsageError(reason="usage-version-of-many")
    intake = call.app.intake
    amendment = Amendment(
        reason, title, detail, grade, intake.measure(measure).no if measure is not None else None, source,
        call.value_of(intake.when(due, Side.COMING)) if due is not None else None, standing,
        officer=intake.accounts.officer(officer) if officer is not None else None, lead=intake.unit(lead) if lead is not None else None,
    )

    def one(number: str) -> int:
        with refusing("amend"):
            ticket = call.app.desk.ticket(call.app.actor, number)
            graded = replace(amendment, grade=intake.grade(call.app.desk.definition(ticket), grade))
            done = call.app.desk.amend(call.app.actor, number, graded, if_version=if_version, dry_run=dry_run)
        result(call, done, act="amend", dry_run=dry_run, several=chosen.several)
        return 0

    return each(call, chosen, one)


@verb(
    "link", numbers_argument(), option("--duplicate-of", "original", metavar="NO", shell_complete=complete_number),
    option("--repeats", "earlier", metavar="NO", shell_complete=complete_number),
    option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True),
)
def link(call: Call, numbers: tuple[str, ...], original: str | None, earlier: str | None, dry_run: bool, as_json: bool) -> int:
    chosen, desk = named_tickets(numbers), call.app.desk
    if (original is None) == (earlier is None):
        raise UsageError(reason="usage-link")

    def one(number: str) -> int:
        with refusing("link"):
            if earlier is not None:
                done = desk.repeat(call.app.actor, number, earlier, dry_run=dry_run)
            else:
                done = desk.link(call.app.actor, number, original or "", dry_run=dry_run)
        result(call, done, act="link", dry_run=dry_run, several=chosen.several)
        return 0

    return each(call, chosen, one)


@verb(
    "unlink", numbers_argument(), option("--reason", metavar="TEXT", required=True),
    option("--repeats", "earlier", metavar="NO", shell_complete=complete_number), option("--dry-run", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def unlink(call: Call, numbers: tuple[str, ...], reason: str, earlier: str | None, dry_run: bool, as_json: bool) -> int:
    chosen, desk = named_tickets(numbers), call.app.desk

    def one(number: str) -> int:
        with refusing("unlink"):
            if earlier is not None:
                done = desk.unrepeat(call.app.actor, number, earlier, reason, dry_run=dry_run)
            else:
                done = desk.unlink(call.app.actor, number, reason, dry_run=dry_run)
        result(call, done, act="unlink", dry_run=dry_run, several=chosen.several)
        return 0

    return each(call, chosen, one)
