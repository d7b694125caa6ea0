"""`zg open`: a finding becomes a ticket. With a measure the plan suggests who leads; a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from engine.cli.acts import OPTIONS
from engine.cli.agreeing import yes_option
from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.complete import complete_actor, complete_number, complete_workflow
from engine.cli.each_unit import each_option, for_each
from engine.cli.failure import refusing
from engine.cli.frame import argument, option, verb
from engine.cli.result import result
from engine.desk.tickets import WORKFLOW
from engine.desk.typed_opening import TypedOpening
from engine.desk.typed_opening import opening as read_opening
from engine.office.visits.opening import open_with, with_files
from engine.rules.acts.opening import SOURCES
from engine.views.moments import day_text
from engine.views.today import Line, command_of

if TYPE_CHECKING:
    from engine.rules.plan import Measure
    from engine.rules.ticket import Ticket

GRADE_METAVAR = "A|B|C"


def repeats_option() -> click.Option:
    """The earlier findings that a new one repeats."""
    return option("--repeats", "earlier", metavar="NO", multiple=True, shell_complete=complete_number)


@verb(
    "open", argument("title", metavar="TITLE"),
    option("--source", required=True, type=Coded(SOURCES, "source"), metavar="SOURCE"),
    option("--measure", metavar="NO"), option("--grade", metavar=GRADE_METAVAR), option("--detail", metavar="TEXT"),
    option("--lead", **OPTIONS["lead"]), option("--with", "with_", **OPTIONS["with"]), option("--leader", **OPTIONS["leader"]),
    option("--due", metavar="WHEN"), option("--officer", metavar="WHO", shell_complete=complete_actor),
    option("--workflow", metavar="NAME", default=WORKFLOW, shell_complete=complete_workflow),
    option("--complainant", metavar="TEXT"), option("--phone", metavar="TEXT"), option("--clue", metavar="TEXT"),
    option("--key", metavar="ID"), option("--batch", metavar="BATCH"), each_option(), yes_option(),
    repeats_option(), option("--file", **OPTIONS["file"]),
    option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True),
)
def open_(
    call: Call, title: str, source: str, measure: str | None, grade: str | None, detail: str | None, lead: str | None,
    with_: tuple[str, ...], leader: str | None, due: str | None, officer: str | None, workflow: str, complainant: str | None,
    phone: str | None, clue: str | None, key: str | None, batch: str | None, each_unit: bool, yes: bool, earlier: tuple[str, ...],
    file: tuple[str, ...], dry_run: bool, as_json: bool,
) -> int:
    app = call.app
    intake = app.intake
    if measure is not None and lead is None and not each_unit:
        lead = _lead_confirmed_by_person(call, intake.measure(measure))
    typed = TypedOpening(
        title, source, detail, measure, grade, None if each_unit else lead, with_, leader, officer, due, key, complainant, phone, clue,
        batch, earlier,
    )
    opening = call.value_of(read_opening(intake, typed, workflow))
    files = intake.files(file)
    if each_unit:
        return for_each(
            call, lead, "open", lambda leads: with_files(
                app.desk, app.actor, opening, files,
                lambda found, keep, rehearsed: app.desk.open_each(app.actor, found, leads, workflow, keep=keep, dry_run=rehearsed),
                dry_run=dry_run,
            ), dry_run=dry_run, yes=yes,
        )
    with refusing("open"):
        done = open_with(app.desk, app.actor, opening, files, workflow, dry_run=dry_run)
    similar = app.desk.similar(app.actor, done.ticket)
    result(call, done, act="open", dry_run=dry_run, several=False, more={"similar": [_similar_view(call, ticket) for ticket in similar]})
    for ticket in similar if not call.json else ():
        phrase = call.phrase(app.desk.definition(ticket))
        call.warn(
            "hint.similar-unkept" if dry_run else "hint.similar", number=ticket.number, title=ticket.title,
            state=phrase.state(ticket.state), new=call.number(done.ticket),
        )
    assigning = app.desk.definition(done.ticket).triggers.get("assign")
    if not dry_run and assigning is not None and done.ticket.state in assigning.sources and done.ticket.turn == "office":
        call.hint("hint.next", command=command_of(Line(done.ticket, None, "assign"), call.number(done.ticket), call.language))
    return 0


def _similar_view(call: Call, ticket: Ticket) -> dict[str, Any]:
    """The JSON of a ticket that may be about the same problem: enough to look it up."""
    zone = call.app.desk.rules.zone()
    return {
        "number": ticket.number, "title": ticket.title, "state": ticket.state, "measure": ticket.measure, "lead": ticket.lead,
        "opened_on": day_text(ticket.opened_at, zone),
    }


def _lead_confirmed_by_person(call: Call, task: Measure) -> str | None:
    """The lead that a person at the terminal took from the plan's suggestion. Without a person the suggestion is only a hint."""
    named = call.app.intake.suggested_leads(task)
    if not named:
        return None
    names = call.phrase().several(call.unit_name(code) for code in named)
    if not call.terminal.ask or call.json:
        call.hint("hint.lead-suggested", measure=task.no, units=names)
        return None
    answer: str = click.prompt(
        call.say("ask.lead", measure=task.no, units=names, empty=_without_answer(call, named)),
        default=call.unit_name(named[0]) if len(named) == 1 else "", show_default=False, err=True,
    )
    return call.app.intake.unit(answer) if answer.strip() else None


def _without_answer(call: Call, named: Sequence[str]) -> str:
    """What Enter alone means: the one unit that the plan names, or nothing where it names several."""
    return call.say("ask.takes", unit=call.unit_name(named[0])) if len(named) == 1 else call.say("ask.leaves-empty")
